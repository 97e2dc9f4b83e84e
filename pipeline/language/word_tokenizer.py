"""From text to words: Unicode, case, symbols, hyphens and brackets, before any word is understood."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pipeline.language.lexicon import load_lexicon

MOST_CHARACTERS = 4000
"""Longer texts are cut: no indicator name or quantity is that long."""

DOTTED_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
TORN_WORD = re.compile(r"(\w{2,})[-\u00ad\u2010\u2011]\s+(\w+)")
DOUBLED_WORD = re.compile(r"\b([^\W\d_]{3,})\s*-\s*\1(\w*)\b", re.IGNORECASE)
LATEX_MARKUP = re.compile(r"\\(?:text|mathrm|textbf|mathbf)\b|[{}$]")
TAG_MARKUP = re.compile(r"<[^<>]{0,40}>")
WORD_PATTERN = re.compile(
    r"\b[nt]\s?[-–]\s?\d\b"
    r"|\d+(?:[.,]\d+)+"
    r"|(?:[^\W_]|(?<=[^\W_])[|!](?=[^\W_]))+(?:['’][^\W\d_]+)?"
    r"|[%&()\[\]∑Σ]",
    re.IGNORECASE,
)


PLAIN_TEXT = re.compile(r"[A-Za-z0-9 ]*")
"""Texts of which nothing needs to be folded, and whose words stand between blanks: most names."""
MARKUP_SIGNS = re.compile(r"[<\\{}$.]")
"""Signs of markup and of dots: without them there is nothing to take off."""
HYPHENS = frozenset("-\u00ad\u2010\u2011")


class WordForm(NamedTuple):
    """A word on its way to a token: as it was printed, and the form it has by now."""

    printed: str
    form: str


def fold_text(text: str) -> str:
    """Compatibility forms, blanks and dashes made one; markup and dots of abbreviations gone; case kept."""
    text = text[:MOST_CHARACTERS]
    if PLAIN_TEXT.fullmatch(text):
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    if not MARKUP_SIGNS.search(text):
        return " ".join(text.split())
    text = LATEX_MARKUP.sub(" ", TAG_MARKUP.sub(" ", text))
    text = DOTTED_ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    return " ".join(text.split())


def join_hyphenated(text: str) -> str:
    """Words torn at a line's end joined (``adminis- trasi``), doubled words made single (``rata - rata``)."""
    if HYPHENS.isdisjoint(text):
        return text
    doubled = DOUBLED_WORD.sub(lambda m: collapse_doubled(m.group(1), m.group(2)), text)
    return TORN_WORD.sub(r"\1\2", doubled)


def collapse_doubled(word: str, ending: str) -> str:
    """A doubled word: one word of its own where the measures know it, else the plain word."""
    hyphenated = f"{word}-{word}"
    return (
        hyphenated.replace("-", "") + ending
        if hyphenated.lower() in load_lexicon().measures
        else word + ending
    )


def split_words(text: str) -> tuple[WordForm, ...]:
    """The words of a folded text in printed order; brackets and measure symbols are words of their own."""
    if PLAIN_TEXT.fullmatch(text):
        return tuple([WordForm(printed, correct_capitals(printed).lower()) for printed in text.split()])
    symbols = load_lexicon().grammar.symbols
    words = []
    for match in WORD_PATTERN.finditer(join_hyphenated(text)):
        printed = match.group()
        form = symbols.get(
            printed, correct_capitals(printed).lower().replace(" ", "").replace("–", "-").replace("’", "'")
        )
        words.append(WordForm(printed, form))
    return tuple(words)


def correct_capitals(printed: str) -> str:
    """Return an abbreviation in capitals with a small ``l`` or a figure at its head read as the capital."""
    meant = load_lexicon().grammar.ocr.capitals.get(printed[:1])
    return meant + printed[1:] if meant and len(printed) > 2 and printed[1:].isupper() else printed


def key_text(text: str) -> str:
    """A text in lower case with blanks folded: for telling whether two printed texts are the same."""
    return fold_text(text).casefold()
