"""Catalogues for the tests of the report: the samples', one of hostile texts, one of many kecamatan."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pipeline
from bench.reporting import catalogue
from pipeline.models.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "samples" / "text"
PAGES = ROOT / "samples" / "pdf" / "sendangmulih-iku-2024.decree.pdf"

ATTACKS = (
    "<script>window.hurt = 'script'</script>",
    "</script><script>window.hurt = 'closed'</script>",
    "<!--<script>window.hurt = 'comment'</script>-->",
    "<img src=x onerror=\"window.hurt = 'image'\">",
    '"><svg onload="window.hurt = 1"><script>window.hurt = 2</script></svg>',
    "'><a href=\"javascript:window.hurt = 'link'\" autofocus onfocus=\"window.hurt = 'focus'\">Klik</a>",
    "<math><mtext><mglyph><style><!--</style><img src=x onerror=\"window.hurt = 'math'\">",
    "<math href=\"javascript:window.hurt = 'h'\"><mi xlink:href='javascript:window.hurt = 3'>x</mi></math>",
    "</template></noscript></style></title><iframe srcdoc=\"<script>top.hurt = 'frame'</script>\"></iframe>",
    '<meta http-equiv="refresh" content="0;url=http://192.0.2.1/"><base href="http://192.0.2.1/">',
    '<link rel=stylesheet href="http://192.0.2.1/a.css"><style>@import "http://192.0.2.1/b.css";</style>',
    "{{ 7 * 191 }} {% raw %} ${window.hurt = 'template'} javascript:window.hurt='url'",
    '=HYPERLINK("http://192.0.2.1/","Klik") \u202egnp.exe \u2066 \u200f data:text/html,<script>x=1</script>',
)


@cache
def sample() -> Catalogue:
    """The catalogue of the samples, texts and one of pages."""
    texts = ("jatirumpun-iku-2024.html.md", "watugilang-iku-2024.labels.md")
    return pipeline.build([*(TEXTS / name for name in texts), PAGES])


@cache
def hostile() -> Catalogue:
    """The catalogue of the samples with an attack at the end of every text that a decree may print."""
    counted = iter(range(10**6))

    def spoiled(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            both = set(value) == {"id", "en"}  # a text in both languages; else ``id`` names something
            return {name: spoiled(held, "text" if both else name) for name, held in value.items()}
        if isinstance(value, list):
            return [spoiled(held, key) for held in value]
        if isinstance(value, str) and key in PRINTED:
            return f"{value} {ATTACKS[next(counted) % len(ATTACKS)]}"
        return value

    plain = sample().model_dump(mode="json")
    failure = {"name": "a.txt", "status": "damaged", "message": "Broken.", "mend": "Mend it."}
    plain["failures"] = [failure for _ in ATTACKS]
    return Catalogue.model_validate(spoiled(plain, ""))


PRINTED = frozenset(
    "name also_named title number kecamatan regency place considerations legal_basis dictums duties "
    "functions goal goal_indicator objective raw expression explanation unit value data_sources responsible "
    "quote text message expected recommendation source reason status mend en position forms".split()
)


@cache
def many() -> Catalogue:
    """A catalogue of two hundred kecamatan of one regency and period, from generated decrees."""
    return catalogue()
