"""The page ``audit.html``: one file that asks the network for nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.assessment import CRITERIA
from pipeline.report import plots
from pipeline.report.between import compared, tasks
from pipeline.report.content import FAMILIES, SEVERITIES, Content
from pipeline.report.data import Data, with_pictures
from pipeline.report.days import day_told
from pipeline.report.labels import known, told
from pipeline.report.mathematics import typeset
from pipeline.report.originals import Originals
from pipeline.report.places import worded
from pipeline.report.scope import regencies
from pipeline.report.texts import clipped
from pipeline.report.wordings import basis_told

if TYPE_CHECKING:
    from pipeline.catalogue import Wording

LARGEST = 14_000_000
"""Bytes of the page: pictures fill what the rest leaves, up to ``MOST_PICTURES``."""
MOST_PICTURES = 9_000_000
PLAIN = 1_500_000
"""Characters of the findings that are repeated in plain text, for readers without script."""
SCRIPTS = (
    "core.js",
    "grid.js",
    "rules.js",
    "detail.js",
    "findings.js",
    "between.js",
    "sheets.js",
    "start.js",
)
STYLES = ("base.css", "parts.css", "print.css")
CSP = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def html(content: Content, originals: Originals | None = None) -> bytes:
    """The page; the same bytes for the same catalogue and files."""
    data = Data(content, originals or Originals())
    made = data.made()
    values = _values(content, data)
    template = _environment().get_template("page.html.j2")
    length = len(template.render(**values, data=_json(made), pictures=(0, 0)).encode())
    budget = min(MOST_PICTURES, max(0, LARGEST - length)) * 3 // 4  # base64 takes four thirds
    pictures = with_pictures(made, data.originals.crops(data.views.ranked(), budget))
    return template.render(**values, data=_json(made), pictures=pictures).encode()


def _values(content: Content, data: Data) -> dict[str, Any]:
    script, style = _assets(SCRIPTS), _assets(STYLES)
    plain, length = [], 0
    for finding in content.catalogue.findings:
        length += 500 + len(clipped(finding.message.id)) + len(clipped(finding.place.quote))
        if length > PLAIN:
            break
        plain.append(finding)
    return {
        "content": content,
        "csp": CSP.format(script=_hash(script), style=_hash(style)),
        "script": Markup(f"<script>{script}</script>"),
        "style": Markup(f"<style>{style}</style>"),
        "formulas": data.formulas,
        "criteria": CRITERIA,
        "plots": plots,
        "plain": plain,
        "regencies": regencies(content.catalogue),
        "compared": compared(content),
        "tasks": tasks(content),
        "families": FAMILIES,
        "severities": SEVERITIES,
    }


def _assets(names: tuple[str, ...]) -> str:
    folder = files("pipeline.report") / "assets"
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"sha256-{digest}"


def _json(data: dict[str, Any]) -> Markup:
    """Data in a script block that is never run: no sign in it can end the block or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=lambda _: None)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _told(key: str, **values: object) -> Markup:
    return _both(told(key, **values))


def _known(prefix: str, value: str) -> Markup:
    return _both(known(prefix, value))


def _both(wording: Wording) -> Markup:
    """A text in both languages, of which the page shows one."""
    if wording.id == wording.en:
        return escape(wording.id)
    one = Markup('<span class="t" lang="id">{}</span><span class="t" lang="en">{}</span>')
    return one.format(clipped(wording.id), clipped(wording.en))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(t=_told, known=_known, w=_both, typeset=typeset, worded=worded)
    made.globals.update(basis_told=basis_told, day_told=day_told)
    made.filters.update(clipped=clipped, zip=zip)
    return made
