"""Signs of OCR damage in a printed text: asked by the O rules, and by others before they blame a decree."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language import normalise_text

MAX_STRAY_LENGTH = 2
"""A formula cell of at most so many letters or digits is what OCR left of one."""
MAX_REPEATED_WORDS = 30
"""Words; a repetition longer than this is looked for no further."""

_MARKUP = re.compile(r"\\(?:[A-Za-z]+|[,;:!])|[{}$\\]|</?\w[^<>]{0,20}>")
# A digit inside a word, a letter that Indonesian print does not have, a sign torn from its place.
_OCR_NOISE = re.compile(
    r"[^\W\d_]{2,30}[(;!\[][a-z]{2,30}(?![^()]*\))|"
    r"[^\W\d_]{2,30}[01589|][^\W\d_]{2}\w{0,30}|(?<!\w)[^\W\d_]*[§¢£¥©®¬�¤|~^]+[^\W\d_]*|·\s*·|(?<!\S)[`´¨]+(?!\S)"
)
_TORN_BAR = re.compile(r"[—–_─-]{4,}$|^[—–_─-]{4,}")
_TOKEN = re.compile(r"\w+")
_SUM_SIGNS = str.maketrans({"∑": " jumlah ", "Σ": " jumlah "})


def strip_markup(raw: str) -> str:
    """A printed text with blanks for its LaTeX commands, braces and tags."""
    return _MARKUP.sub(" ", raw)


def find_ocr_noise(text: str) -> str:
    """The first run of characters in the text that only OCR makes; empty where there is none."""
    match = _OCR_NOISE.search(strip_markup(text))
    return match.group().strip() if match else ""


def is_stray_text(raw: str | None) -> bool:
    """Whether a formula cell holds only a stray character or two."""
    return bool(raw) and len(re.sub(r"[\W_]", "", raw or "")) <= MAX_STRAY_LENGTH


@lru_cache(maxsize=4096)
def find_repeated_tail(raw: str) -> str:
    """A run of words that the text ends with twice over (``∑ Desa ∑ Desa``); empty where none is."""
    tokens = _TOKEN.findall(strip_markup(raw.replace(r"\sum", " ∑ ")).translate(_SUM_SIGNS).casefold())
    for size in range(min(MAX_REPEATED_WORDS, len(tokens) // 2), 1, -1):
        if tokens[-size:] == tokens[-2 * size : -size] and len(tokens) > 2 * size:
            return " ".join(tokens[-size:])
    return ""


def has_torn_bar(raw: str) -> bool:
    """Whether a formula's rule (a run of dashes) has nothing above or below it: one side of it is lost."""
    return _TORN_BAR.search(strip_markup(raw).strip()) is not None


def has_misread_words(*texts: str) -> bool:
    """Return whether any word may be misread, as the tables of the language do not explain it."""
    return any(normalise_text(strip_markup(text)).has_unknown_words for text in texts)


def has_formula_damage(raw: str | None) -> bool:
    """Whether a printed formula shows signs of OCR damage, so that its faults may not be the decree's."""
    return bool(raw) and (
        is_stray_text(raw)
        or bool(find_ocr_noise(raw or ""))
        or bool(find_repeated_tail(raw or ""))
        or has_torn_bar(raw or "")
    )
