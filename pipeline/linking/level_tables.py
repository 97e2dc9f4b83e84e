"""The tables of comparing: costs of differences, classes of synonyms, and how common words are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.language.lexicon import entry_words, join_compound_words, load_lexicon
from pipeline.language.steps.glossary_terms import find_terms
from pipeline.language.steps.token_roles import build_token
from pipeline.language.table_models import WordSet
from pipeline.language.word_tokenizer import WordForm

Level = Literal["measure", "object", "population", "action", "qualifier", "negation", "number"]
PairKind = Literal[
    "same-form", "derived", "unknown", "event", "voice", "certain", "likely", "damaged", "guessed"
]
LoneKind = Literal["neutral", "echo", "doublet", "category", "doing", "counter"]
MeasureKind = Literal["implied", "open", "combined"]


class AskedRewording(TableModel):
    """When a person is asked whether a name says the same as a definition in other words."""

    shared: float
    shared_with_condition: float = Field(alias="shared-with-condition")
    shared_with_other: float = Field(alias="shared-with-other")
    shared_words: int = Field(alias="shared-words")
    cost: float
    levels: frozenset[Level]


class LevelTable(TableModel):
    """What each difference costs: ``levels.yaml``."""

    levels: dict[Level, float]
    pairs: dict[PairKind, float]
    lone: dict[LoneKind, float]
    measures: dict[MeasureKind, float]
    commonness: float
    link: float
    review: float
    cluster: float
    least_shared: float = Field(alias="least-shared")
    asked: AskedRewording
    category_words: WordSet
    counter_words: WordSet
    person_words: WordSet
    population_words: WordSet
    helping_words: WordSet
    event_words: WordSet


class WordCounts(TableModel):
    """In how many of so many real names each word stands: ``word_counts.yaml``."""

    names: int
    counts: dict[str, int]


@dataclass(frozen=True)
class SynonymIndex:
    """The classes of each word, by its root or term, and which of them are certain."""

    classes: dict[str, frozenset[int]]
    certain: frozenset[int]


@cache
def load_levels() -> LevelTable:
    """Return the costs, read once."""
    return load_table("pipeline.linking", "levels.yaml", LevelTable)


@cache
def load_synonyms() -> SynonymIndex:
    """Return the classes of synonyms by what their words are read as."""
    rows = load_lexicon().synonym_classes
    classes: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for entry in row.words:
            classes.setdefault(synonym_key(entry), set()).add(number)
    certain = frozenset(number for number, row in enumerate(rows) if row.certain)
    return SynonymIndex({key: frozenset(numbers) for key, numbers in classes.items()}, certain)


def synonym_key(entry: str) -> str:
    """Return what names are looked up by for an entry: its term, or the root of its word."""
    forms = join_compound_words(entry_words(entry), load_lexicon().grammar.compounds)
    words = [WordForm(form, form) for form in forms]
    terms = find_terms(words)
    token = build_token(*terms[0])
    if len(terms) > 1:
        return " ".join(word.form for word in words)
    return token.analysis.root if token.analysis else token.key


@cache
def word_weight(root: str) -> float:
    """Return how much a word of a root says (1: all that a word can): less, the more real names have it."""
    counts, names = _count_roots()
    share = math.log1p(counts.get(root, 0)) / math.log1p(names)
    return 1 - load_levels().commonness * share


@cache
def _count_roots() -> tuple[dict[str, int], int]:
    """Return in how many real names each root stands, by its most frequent word, and how many there are."""
    table = load_table("pipeline.linking", "word_counts.yaml", WordCounts)
    counts: dict[str, int] = {}
    for word, count in table.counts.items():
        root = synonym_key(word)
        counts[root] = max(count, counts.get(root, 0))
    return counts, table.names
