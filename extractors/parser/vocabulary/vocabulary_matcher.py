"""The words of the field: labels, column titles and cues, read from YAML and found through OCR damage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process
from spacy.lang.punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
from spacy.language import BaseDefaults
from spacy.matcher import Matcher
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

from extractors.parser.vocabulary import ocr_digits
from extractors.parser.vocabulary.column_titles import title_words
from extractors.parser.vocabulary.form_words import form_words
from extractors.parser.vocabulary.vocabulary_tables import label_table, word_table
from extractors.parser.vocabulary.vocabulary_tables import word_list as word_list

SAME_WORD_SCORE = 66
"""Partial similarity (0 to 100) of a damaged word and itself; of two words it is seldom as high."""
LONGEST_LABEL = 64
"""Characters. A label stands at the beginning of its line; what comes later is its value."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label at the beginning of a line: its group and field, where its words end, how alike they are."""

    group: str
    field: str
    end: int
    likeness: float


def starts_with(text: str, name: str) -> bool:
    """Does a text begin with one of the words of a list, as whole words?"""
    return _list_start_pattern(name).match(text) is not None


@cache
def _list_start_pattern(name: str) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(word_list(name), key=len, reverse=True)
    )
    return re.compile(rf"(?:{alternatives})(?!\w)", re.IGNORECASE)


def join_alternatives(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; their blanks may be lost or doubled."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in longest_first)


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds any of the words of a list as whole words."""
    alternatives = "|".join(re.escape(word) for word in word_list(name))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def find_label(text: str) -> LabelMatch | None:
    """The label at the beginning of a text, if its words stand there; the longest one wins.

    Words that OCR tore or ran together are found by their letters, if a colon ends them.
    """
    tokenizer, matcher = _label_matcher()
    text = ocr_digits.repair_letters(text[:LONGEST_LABEL])
    doc = tokenizer(text)
    best: LabelMatch | None = None
    for match_id, start, end in matcher(doc):
        if start:
            continue
        group, field, label_text = tokenizer.vocab.strings[match_id].split("\t")
        span = doc[start:end]
        label = LabelMatch(
            group, field, span.end_char, fuzz.ratio(label_text.lower(), span.text.lower()) / 100
        )
        if best is None or (label.end, label.likeness) > (best.end, best.likeness):
            best = label
    if best is not None and text[best.end :].lstrip().startswith(":"):
        return best
    return _find_squeezed_label(text) or best


_BEFORE_COLON = re.compile(r"([^:;]{3,44}?)\s*[:;]")


def _find_squeezed_label(text: str) -> LabelMatch | None:
    head = _BEFORE_COLON.match(text)
    if head is None:
        return None
    field_by_label = _squeezed_labels()
    best = process.extractOne(
        squeeze_text(head.group(1)), field_by_label.keys(), scorer=fuzz.ratio, score_cutoff=84
    )
    if best is None or not _has_same_words(head.group(1), best[0]):
        return None
    group, field = field_by_label[best[0]]
    return LabelMatch(group, field, head.end(1), best[1] / 100)


def _has_same_words(text: str, known_letters: str) -> bool:
    """Does each longer word of a text stand in the known letters, damaged perhaps but no other word?"""
    longer_words = [word for word in re.findall(r"\w+", text.lower()) if len(word) >= 4]
    return all(fuzz.partial_ratio(word, known_letters) >= SAME_WORD_SCORE for word in longer_words)


@cache
def _squeezed_labels() -> dict[str, tuple[str, str]]:
    return {
        squeeze_text(label): (group, field)
        for group, field, label in label_table().iterate_labels()
        if len(squeeze_text(label)) >= 5
    }


@cache
def _label_matcher() -> tuple[Tokenizer, Matcher]:
    """Return a tokenizer and spaCy's rule matcher over all labels; long words may have damaged letters.

    The tokenizer is that of a blank Indonesian pipeline without its thousands of exceptions, which are
    reduplicated words that no label has and take most of a cold start.
    """
    tokenizer = Tokenizer(
        create_vocab("id", BaseDefaults),
        prefix_search=compile_prefix_regex(TOKENIZER_PREFIXES).search,
        suffix_search=compile_suffix_regex(TOKENIZER_SUFFIXES).search,
        infix_finditer=compile_infix_regex(TOKENIZER_INFIXES).finditer,
    )
    matcher = Matcher(tokenizer.vocab)
    for group, field, label in label_table().iterate_labels():
        pattern = [_token_pattern(token.text) for token in tokenizer(label)]
        matcher.add(f"{group}\t{field}\t{label}", [pattern])
    return tokenizer, matcher


def _token_pattern(token: str) -> dict[str, Any]:
    word = token.lower()
    if len(word) < 5:
        return {"LOWER": word}
    return {"LOWER": {"FUZZY1" if len(word) < 8 else "FUZZY2": word}}


@cache
def vocabulary_words() -> frozenset[str]:
    """Every word of the vocabulary: what a form may print of itself."""
    all_words: set[str] = set()

    def gather_words(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                gather_words(str(key))
                gather_words(value)
        elif isinstance(node, list):
            for value in node:
                gather_words(value)
        else:
            all_words.update(re.findall(r"[^\W\d_]+", str(node).lower()))

    for table in (word_table(), label_table()):
        gather_words(table.model_dump(mode="json"))
    gather_words(form_words().model_dump(mode="json"))
    return frozenset(all_words) | title_words()


def squeeze_text(text: str) -> str:
    """Letters and digits alone, in lower case: torn words and punctuation do not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def resembles_any(word: str, known_words: Iterable[str]) -> bool:
    """Is a word one of those known, but for OCR damage or a piece torn off?"""
    return process.extractOne(word, list(known_words), scorer=fuzz.ratio, score_cutoff=75) is not None


def is_similar_text(first_text: str, second_text: str) -> bool:
    """Are two short texts the same but for OCR damage, white space and punctuation?"""
    a, b = squeeze_text(first_text), squeeze_text(second_text)
    return a == b or (bool(a and b) and fuzz.ratio(a, b) >= 80)


def starts_with_similar(text: str, name: str) -> bool:
    """Does a text begin with one of the words of a list, or with what OCR damage made of them?"""
    if starts_with(text, name):
        return True
    lowered = text.lower()
    return any(fuzz.ratio(lowered[: len(word)], word) >= 88 for word in word_list(name) if len(word) > 8)
