"""Signs of OCR damage in a printed text: asked by the O rules, and by others before they blame a decree."""

from __future__ import annotations

import re
from functools import lru_cache

STRAY_LENGTH = 2
"""A formula cell of at most so many letters or digits is what OCR left of one."""
LONGEST_REPEAT = 30
"""Words; a repetition longer than this is looked for no further."""

_MARKUP = re.compile(r"\\(?:[A-Za-z]+|[,;:!])|[{}$\\]|</?\w[^<>]{0,20}>")
# A digit inside a word, a letter that Indonesian print does not have, a sign torn from its place.
_NOISE = re.compile(
    r"[^\W\d_]{2,30}[01589|][^\W\d_]{2}\w{0,30}|(?<!\w)[^\W\d_]*[§¢£¥©®¬�¤|~^]+[^\W\d_]*|·\s*·|(?<!\S)[`´¨]+(?!\S)"
)
_TORN = re.compile(r"[—–_─-]{4,}$|^[—–_─-]{4,}")
_TOKEN = re.compile(r"\w+")
_SUMS = str.maketrans({"∑": " jumlah ", "Σ": " jumlah "})


def without_markup(raw: str) -> str:
    """A printed text with blanks for its LaTeX commands, braces and tags."""
    return _MARKUP.sub(" ", raw)


def noise(text: str) -> str:
    """The first run of characters in the text that only OCR makes; empty where there is none."""
    found = _NOISE.search(without_markup(text))
    return found.group().strip() if found else ""


def stray(raw: str | None) -> bool:
    """Whether a formula cell holds only a stray character or two."""
    return bool(raw) and len(re.sub(r"[\W_]", "", raw or "")) <= STRAY_LENGTH


@lru_cache(maxsize=4096)
def doubled(raw: str) -> str:
    """A run of words that the text ends with twice over (``∑ Desa ∑ Desa``); empty where none is."""
    tokens = _TOKEN.findall(without_markup(raw.replace(r"\sum", " ∑ ")).translate(_SUMS).casefold())
    for size in range(min(LONGEST_REPEAT, len(tokens) // 2), 1, -1):
        if tokens[-size:] == tokens[-2 * size : -size] and len(tokens) > 2 * size:
            return " ".join(tokens[-size:])
    return ""


def torn(raw: str) -> bool:
    """Whether a formula's rule (a run of dashes) has nothing above or below it: one side of it is lost."""
    return _TORN.search(without_markup(raw).strip()) is not None


def formula_damage(raw: str | None) -> bool:
    """Whether a printed formula shows signs of OCR damage, so that its faults may not be the decree's."""
    return bool(raw) and (stray(raw) or bool(noise(raw or "")) or bool(doubled(raw or "")) or torn(raw or ""))
