"""The tables of the language as typed values: the grammar, the roots, the glossary, classes of synonyms."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, field_validator

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel
from pipeline.language.lexicon import entry_words

FilledText = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
TermKind = Literal[
    "document", "index", "body", "fund", "forum", "staff", "event", "service", "qualifier", "unit-of-office"
]
"""What sorts of thing a term may be."""


def split_word_set(value: Any) -> frozenset[str]:
    """Return a set of words, given as a YAML list or as words between blanks."""
    return frozenset(value.split() if isinstance(value, str) else (str(word) for word in value or ()))


WordSet = Annotated[frozenset[str], BeforeValidator(split_word_set)]


class PrefixRow(TableModel):
    """A verb or noun prefix: what comes off, what the root then begins with, and the voice it makes."""

    prefix: str
    restore: tuple[str, ...] = ("",)
    before: str = ""
    voice: str


class VerbalRow(TableModel):
    """Suffixes of verbs, and the voices that they go with."""

    suffixes: frozenset[str]
    voices: frozenset[str]


class LoanEndingRow(TableModel):
    """An ending of loan verbs and the ending of the noun that it stands for."""

    ending: str
    stands_for: str


class LightVerbs(TableModel):
    """Verbs that say little before the noun of an act."""

    passive: WordSet
    active: WordSet


class OfficeTable(TableModel):
    """Words round the names of places."""

    heads: WordSet
    short_heads: WordSet
    leads: WordSet
    place_leads: WordSet
    places: WordSet
    parents: WordSet
    may_begin_names: WordSet
    villages: WordSet
    never_in_names: WordSet
    counted_after: WordSet
    longest_name: int


class OcrTable(TableModel):
    """Letters that reading confuses."""

    confusions: tuple[tuple[str, str], ...]
    skeleton: dict[str, str]
    coarse: dict[str, str]
    capitals: dict[str, str]
    most_changes: int


class ContextRule(TableModel):
    """A word that says nothing new in certain company; see ``neutral_beside`` of the grammar."""

    words: WordSet
    after: WordSet = frozenset()
    before: WordSet = frozenset()
    before_kind: str = ""
    measure: str = ""
    first: bool = False
    counts: bool = False


class GrammarTable(TableModel):
    """How words and names are formed: ``grammar.yaml``."""

    prefixes: tuple[PrefixRow, ...]
    suffixes: tuple[str, ...]
    nominal_suffixes: WordSet
    guess_suffixes: tuple[str, ...]
    verbal: VerbalRow
    nominal: dict[str, str]
    particles: WordSet
    loan_endings: tuple[LoanEndingRow, ...]
    passive_words: WordSet
    village_endings: dict[str, str]
    guess_from: int
    torn_prefixes: WordSet
    compounds: tuple[tuple[str, str], ...]
    stop: WordSet
    inside_terms: WordSet
    office: OfficeTable
    measures: dict[str, tuple[str, ...]]
    shares: WordSet
    always_percent: WordSet
    symbols: dict[str, str]
    implied: WordSet
    silent_after: dict[str, tuple[str, ...]]
    combine: WordSet
    units: WordSet
    percent: str
    count: str
    percent_units: WordSet
    percent_for: WordSet
    percent_with_unit: WordSet
    rate_words: WordSet
    synonyms: dict[str, tuple[str, ...]]
    neutral: WordSet
    having: WordSet
    doing: WordSet
    done: WordSet
    neutral_beside: tuple[ContextRule, ...]
    document_words: WordSet
    act_words: WordSet
    telic: WordSet
    on_documents: WordSet
    head_acts: dict[str, str]
    reached_prefix: str
    nominal_particle: str
    states: WordSet
    act_endings: tuple[str, ...]
    bare_acts: WordSet
    light: LightVerbs
    as_active: dict[str, str]
    numbered: WordSet
    ordinals: dict[str, str]
    year_words: tuple[str, ...]
    qualifiers: WordSet
    negations: WordSet
    ocr: OcrTable


class RootTable(TableModel):
    """Roots by word class: ``roots.yaml``. Where a root stands in two classes, the first counts."""

    verbs: str
    nouns: str
    adjectives: str

    def word_classes(self) -> dict[str, str]:
        """Return every root with its word class."""
        classes: dict[str, str] = {}
        for word_class, words in (
            ("verbs", self.verbs),
            ("nouns", self.nouns),
            ("adjectives", self.adjectives),
        ):
            for root in words.split():
                classes.setdefault(root, word_class)
        return classes


class TermRow(TableModel):
    """One notion of the glossary."""

    term: FilledText
    expansion: FilledText | None = None
    variants: tuple[FilledText, ...] = ()
    kind: TermKind | None = None
    note: FilledText | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms of the term."""
        return tuple(form for form in (self.term, self.expansion, *self.variants) if form)


class ContextualRow(TableModel):
    """A short form that means a term only near certain words."""

    variant: FilledText
    means: FilledText
    near: tuple[FilledText, ...]
    note: FilledText | None = None


class GlossaryTable(TableModel):
    """The reviewed glossary: ``normalized/glossary.yaml``."""

    terms: tuple[TermRow, ...]
    contextual: tuple[ContextualRow, ...]
    short: dict[str, FilledText]
    spelling: dict[str, FilledText]
    period_phrases: tuple[FilledText, ...]

    @field_validator("short", "spelling")
    @classmethod
    def _are_single_words(cls, table: dict[str, str]) -> dict[str, str]:
        for key in table:
            if len(entry_words(key)) != 1:
                raise ValueError(f"“{key}” is not one word; give it as a variant of a term.")
        return table


def check_repeated_forms(glossary: GlossaryTable) -> None:
    """Raise ConfigError where a form is claimed by two terms of the glossary."""
    owners: dict[tuple[str, ...], str] = {}
    for row in glossary.terms:
        for form in row.forms:
            owner = owners.setdefault(entry_words(form), row.term)
            if owner != row.term:
                raise ConfigError(
                    f"normalized/glossary.yaml, {row.term}: “{form}” is already a form of {owner}."
                )


class SynonymClass(TableModel):
    """Words that may stand for one another in names."""

    words: Annotated[tuple[FilledText, ...], Field(min_length=2)]
    certain: bool = False
    """Whether they are one where the rest is equal; else a person is asked."""


class SynonymTable(TableModel):
    """Classes of synonyms: ``normalized/synonyms.yaml``."""

    classes: tuple[SynonymClass, ...]
