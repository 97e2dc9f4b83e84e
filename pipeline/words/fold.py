"""From text to words: Unicode, case, symbols, hyphens and brackets, before any word is understood."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pipeline.words.tables import tables

MOST_CHARACTERS = 4000
"""Longer texts are cut: no indicator name or quantity is that long."""

DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
TORN = re.compile(r"(\w{2,})[-\u00ad\u2010\u2011]\s+(\w+)")
DOUBLED = re.compile(r"\b([^\W\d_]{3,})\s*-\s*\1(\w*)\b", re.IGNORECASE)
LATEX = re.compile(r"\\(?:text|mathrm|textbf|mathbf)\b|[{}$]")
MARKUP = re.compile(r"<[^<>]{0,40}>")
TOKEN = re.compile(
    r"\b[nt]\s?[-–]\s?\d\b"
    r"|\d+(?:[.,]\d+)+"
    r"|(?:[^\W_]|(?<=[^\W_])[|!](?=[^\W_]))+(?:['’][^\W\d_]+)?"
    r"|[%&()\[\]∑Σ]",
    re.IGNORECASE,
)


PLAIN = re.compile(r"[A-Za-z0-9 ]*")
"""Texts of which nothing needs to be folded, and whose words stand between blanks: most names."""
MARKED = re.compile(r"[<\\{}$.]")
"""Signs of markup and of dots: without them there is nothing to take off."""
HYPHENS = frozenset("-\u00ad\u2010\u2011")


class Word(NamedTuple):
    """A word on its way to a token: as it was printed, and the form it has by now."""

    printed: str
    form: str


def fold(text: str) -> str:
    """Compatibility forms, blanks and dashes made one; markup and dots of abbreviations gone; case kept."""
    text = text[:MOST_CHARACTERS]
    if PLAIN.fullmatch(text):
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    if not MARKED.search(text):
        return " ".join(text.split())
    text = LATEX.sub(" ", MARKUP.sub(" ", text))
    text = DOTTED.sub(lambda m: m.group().replace(".", ""), text)
    return " ".join(text.split())


def mend_hyphens(text: str) -> str:
    """Words torn at a line's end joined (``adminis- trasi``), doubled words made single (``rata - rata``)."""
    if HYPHENS.isdisjoint(text):
        return text
    doubled = DOUBLED.sub(lambda m: doubled_word(m.group(1), m.group(2)), text)
    return TORN.sub(r"\1\2", doubled)


def doubled_word(word: str, ending: str) -> str:
    """A doubled word: one word of its own where the measures know it, else the plain word."""
    whole = f"{word}-{word}"
    return whole.replace("-", "") + ending if whole.lower() in tables().measures else word + ending


def split(text: str) -> tuple[Word, ...]:
    """The words of a folded text in printed order; brackets and measure symbols are words of their own."""
    if PLAIN.fullmatch(text):
        return tuple([Word(printed, printed.lower()) for printed in text.split()])
    symbols = tables().grammar["symbols"]
    words = []
    for match in TOKEN.finditer(mend_hyphens(text)):
        printed = match.group()
        form = symbols.get(printed, printed.lower().replace(" ", "").replace("–", "-").replace("’", "'"))
        words.append(Word(printed, form))
    return tuple(words)


def key_text(text: str) -> str:
    """A text in lower case with blanks folded: for telling whether two printed texts are the same."""
    return fold(text).casefold()
