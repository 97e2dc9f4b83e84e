"""The words of the field: labels, column titles and cues, read from YAML and found through OCR damage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from rapidfuzz import fuzz, process
from spacy.matcher import Matcher

from extractors.parse import digits
from extractors.parse.wordlists import table as table
from extractors.parse.wordlists import words as words

LONGEST_LABEL = 64
"""Characters. A label stands at the beginning of its line; what comes later is its value."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line: its group and field, where its words end, how alike they are."""

    group: str
    field: str
    end: int
    likeness: float


def starts_with(text: str, name: str) -> bool:
    """Does a text begin with one of the words of a list, as whole words?"""
    return _starts(name).match(text) is not None


@cache
def _starts(name: str) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words(name), key=len, reverse=True)
    )
    return re.compile(rf"(?:{alternatives})(?!\w)", re.IGNORECASE)


@cache
def has_word(name: str) -> re.Pattern[str]:
    """A pattern that finds any of the words of a list as whole words."""
    alternatives = "|".join(re.escape(word) for word in words(name))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def find_label(text: str) -> Label | None:
    """The label at the beginning of a text, if its words stand there; the longest one wins.

    Words that OCR tore or ran together are found by their letters, if a colon ends them.
    """
    nlp, matcher = _matcher()
    text = digits.lettered(text[:LONGEST_LABEL])
    doc = nlp.make_doc(text)
    best: Label | None = None
    for match, start, end in matcher(doc):
        if start:
            continue
        group, field, printed = nlp.vocab.strings[match].split("\t")
        span = doc[start:end]
        label = Label(group, field, span.end_char, fuzz.ratio(printed.lower(), span.text.lower()) / 100)
        if best is None or (label.end, label.likeness) > (best.end, best.likeness):
            best = label
    if best is not None and text[best.end :].lstrip().startswith(":"):
        return best
    return _by_letters(text) or best


_BEFORE_COLON = re.compile(r"([^:;]{3,44}?)\s*[:;]")


def _by_letters(text: str) -> Label | None:
    head = _BEFORE_COLON.match(text)
    if head is None:
        return None
    known = _squeezed_labels()
    best = process.extractOne(squeezed(head.group(1)), known.keys(), scorer=fuzz.ratio, score_cutoff=84)
    if best is None:
        return None
    group, field = known[best[0]]
    return Label(group, field, head.end(1), best[1] / 100)


@cache
def _squeezed_labels() -> dict[str, tuple[str, str]]:
    return {
        squeezed(label): (group, field)
        for group, fields in table("labels").items()
        for field, labels in fields.items()
        for label in labels
        if len(squeezed(label)) >= 5
    }


@cache
def _matcher() -> tuple[Any, Matcher]:
    """spaCy's rule matcher over all labels; a longer word may have a damaged letter or two."""
    nlp = spacy.blank("id")
    matcher = Matcher(nlp.vocab)
    for group, fields in table("labels").items():
        for field, printed in fields.items():
            for label in printed:
                pattern = [_token_pattern(token.text) for token in nlp.make_doc(label)]
                matcher.add(f"{group}\t{field}\t{label}", [pattern])
    return nlp, matcher


def _token_pattern(token: str) -> dict[str, Any]:
    word = token.lower()
    if len(word) < 5:
        return {"LOWER": word}
    return {"LOWER": {"FUZZY1" if len(word) < 8 else "FUZZY2": word}}


@dataclass(frozen=True, slots=True)
class Title:
    """What a column's title means: a field, and how alike the printed title is to the known one."""

    field: str
    likeness: float


def find_title(printed: str, family: str) -> Title | None:
    """The field that a header cell of an ``indicators`` or ``activities`` table names."""
    wanted = squeezed(digits.lettered(printed))
    if not wanted:
        return None
    known = _titles(family)
    best = process.extractOne(wanted, known.keys(), scorer=fuzz.ratio, score_cutoff=80)
    if best is None or (best[1] < 95 and not _same_words(printed, best[0])):
        return None
    return Title(known[best[0]], best[1] / 100)


def _same_words(printed: str, title: str) -> bool:
    """Does each longer word of a printed title stand in the known one, damaged perhaps but no other word?"""
    longer = [word for word in re.findall(r"\w+", printed.lower()) if len(word) >= 4]
    return all(fuzz.partial_ratio(word, title) >= 66 for word in longer)


@cache
def form_words() -> frozenset[str]:
    """Every word of the vocabulary: what a form may print of itself."""
    found: set[str] = set()

    def gather(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                gather(str(key))
                gather(value)
        elif isinstance(node, list):
            for value in node:
                gather(value)
        else:
            found.update(re.findall(r"[^\W\d_]+", str(node).lower()))

    for name in ("words", "labels", "headers"):
        gather(table(name))
    return frozenset(found)


def is_title_word(word: str) -> bool:
    """Is a word one of those that column titles are made of, through OCR damage?"""
    known = _title_words()
    return word in known or (
        len(word) >= 5 and process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=80) is not None
    )


def squeezed(text: str) -> str:
    """Letters and digits alone, in lower case: torn words and punctuation do not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


@cache
def _titles(family: str) -> dict[str, str]:
    return {squeezed(title): field for field, titles in table("headers")[family].items() for title in titles}


@cache
def _title_words() -> frozenset[str]:
    every = " ".join(
        title for fields in table("headers").values() for titles in fields.values() for title in titles
    )
    return frozenset(re.findall(r"\w+", every.lower()))


def resembles(word: str, known: Iterable[str]) -> bool:
    """Is a word one of those known, but for OCR damage or a piece torn off?"""
    return process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=75) is not None


def alike(one: str, other: str) -> bool:
    """Are two short texts the same but for OCR damage, white space and punctuation?"""
    a, b = squeezed(one), squeezed(other)
    return a == b or (bool(a and b) and fuzz.ratio(a, b) >= 80)


def starts_alike(text: str, name: str) -> bool:
    """Does a text begin with one of the words of a list, or with what OCR damage made of them?"""
    if starts_with(text, name):
        return True
    lowered = text.lower()
    return any(fuzz.ratio(lowered[: len(word)], word) >= 88 for word in words(name) if len(word) > 8)
