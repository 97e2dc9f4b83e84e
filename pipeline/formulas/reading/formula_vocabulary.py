"""The tables of `formula_vocabulary.yaml`, checked, and compiled once for the steps of the reader."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.formulas.reading.formula_reading import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable


class SectionLabels(TableModel):
    """Labels of sections in a cell."""

    formula: tuple[str, ...]
    explanation: tuple[str, ...]


class SideLabels(TableModel):
    """Names of a fraction's sides, and of what multiplies it."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    factor: tuple[str, ...]


class NumeralTable(TableModel):
    """Numbers in words."""

    digits: dict[str, Decimal]
    fixed: dict[str, Decimal]
    teens: tuple[str, ...]
    scales: dict[str, Decimal]


class DamageEntry(TableModel):
    """What a scanner makes of a number or a sign, and what it was."""

    name: Repair
    pattern: str
    replace: str


class UnreadableEntry(TableModel):
    """How a formula looks that is no text, and what is said of it."""

    reason: str
    pattern: str


class FormulaTable(TableModel):
    """The table as it is written; the comments there say what each entry is."""

    sum_word: str
    sums: frozenset[str]
    heads: frozenset[str]
    results: frozenset[str]
    connectives: frozenset[str]
    operators: dict[str, tuple[str, ...]]
    only_before_number: tuple[str, ...]
    only_before_sum: tuple[str, ...]
    openers: dict[str, tuple[str, ...]]
    separators: tuple[str, ...]
    fillers_before: tuple[str, ...]
    fillers_after: tuple[str, ...]
    currency: frozenset[str]
    value_words: frozenset[str]
    target_words: frozenset[str]
    column_words: frozenset[str]
    clause_joints: frozenset[str]
    time_words: frozenset[str]
    conclusions: frozenset[str]
    step_words: frozenset[str]
    tail_words: frozenset[str]
    weak_divisions: tuple[str, ...]
    share_words: frozenset[str]
    ratio_words: tuple[str, ...]
    relative_word: str
    lead_words: tuple[str, ...]
    lead_fillers: tuple[str, ...]
    structure_words: tuple[str, ...]
    equals_words: frozenset[str]
    alternatives: frozenset[str]
    nothing: frozenset[str]
    unreadable: tuple[UnreadableEntry, ...]
    conditions: tuple[str, ...]
    numerals: NumeralTable
    percent_words: tuple[str, ...]
    percentages: frozenset[str]
    multipliers: frozenset[str]
    periods: frozenset[str]
    abbreviations: frozenset[str]
    labels: SectionLabels
    sides: SideLabels
    weight_words: tuple[str, ...]
    mean: tuple[str, ...]
    list_joints: tuple[str, ...]
    percent_damage: str
    damage: tuple[DamageEntry, ...]
    slash_damage: frozenset[str]
    alike: dict[str, str]
    confidence: dict[Repair, float]


class DamageRepair(NamedTuple):
    """A damage as a compiled pattern."""

    name: Repair
    pattern: re.Pattern[str]
    replace: str


class NumeralSkeletons(NamedTuple):
    """The numerals by the skeletons of their words."""

    digits: dict[str, Decimal]
    fixed: dict[str, Decimal]
    teens: frozenset[str]
    scales: dict[str, Decimal]


OperatorPhrase = tuple[tuple[str, ...], str]
"""The skeletons of a phrase's words, and the sign that it stands for."""


@cache
def reading_table() -> FormulaTable:
    """Return the table as it is written."""
    return load_table("pipeline.formulas.reading", "formula_vocabulary.yaml", FormulaTable)


@lru_cache(maxsize=8192)
def word_skeleton(word: str) -> str:
    """Return the word in lower case with letters that scanners confuse made one: `Jurnlah` → `jumiah`."""
    word = word.lower()
    for printed, read in reading_table().alike.items():
        word = word.replace(printed, read)
    return word


@cache
def reading_vocabulary() -> ReadingVocabulary:
    """Return the compiled table."""
    return ReadingVocabulary(reading_table())


class ReadingVocabulary:
    """What the steps look up; phrases are keyed by the skeleton of their first word."""

    def __init__(self, table: FormulaTable) -> None:
        self.table = table
        self.sum_word = table.sum_word
        self.phrases = _group_by_first_word(table.operators)
        self.phrase_starts = _word_prefixes(self.phrases)
        self.openers = tuple(sorted(_split_phrases(table.openers), key=lambda entry: -len(entry[0])))
        self.opener_starts = frozenset(words[0] for words, _ in self.openers)
        self.opener_cues = frozenset(
            word_skeleton(_rarest_word(phrase, table.connectives))
            for phrases in table.openers.values()
            for phrase in phrases
        )
        self.only_before_number = _skeletons(table.only_before_number)
        self.only_before_sum = _skeletons(table.only_before_sum)
        self.separators = _skeletons(table.separators)
        self.fillers_before = _skeletons(table.fillers_before)
        self.fillers_after = _skeletons(table.fillers_after)
        self.weak_divisions = _skeletons(table.weak_divisions)
        self.ratio_words = _skeletons(table.ratio_words)
        self.lead_words = _skeletons(table.lead_words)
        self.lead_fillers = _skeletons(table.lead_fillers)
        self.structure_words = _skeletons(table.structure_words)
        self.conditions = _skeletons(table.conditions)
        self.weight_words = _skeletons(table.weight_words)
        self.percent_words = _skeletons(table.percent_words)
        self.slash_cues = _skeletons(table.slash_damage)
        numerals = table.numerals
        self.numerals = NumeralSkeletons(
            _skeleton_keys(numerals.digits),
            _skeleton_keys(numerals.fixed),
            _skeletons(numerals.teens),
            _skeleton_keys(numerals.scales),
        )
        self.number_cues = self.percent_words.union(
            self.numerals.digits, self.numerals.fixed, self.numerals.scales
        )
        self.whole_words = self._collect_whole_words()
        self.torn_starts = _word_prefixes(self.whole_words)
        self.operator_starts = frozenset(
            words[0]
            for entries in self.phrases.values()
            for words, _ in entries
            if len(words[0]) > _SHORT_OPERATOR
        )
        operator_words = {word for entries in self.phrases.values() for words, _ in entries for word in words}
        self.joint_words = (
            self.fillers_before
            | self.fillers_after
            | self.separators
            | _skeletons(table.alternatives | table.equals_words | table.clause_joints)
            | frozenset(operator_words)
        )

    @cached_property
    def mean(self) -> re.Pattern[str]:
        """A listed mean; what follows is the list."""
        return re.compile(rf"(?:{regex_alternatives(self.table.mean)})\s+(.+)", re.DOTALL)

    @cached_property
    def list_joints(self) -> re.Pattern[str]:
        """What stands between the items of a list."""
        joints = regex_alternatives(self.table.list_joints)
        return re.compile(rf",\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+")

    @cached_property
    def damage(self) -> tuple[DamageRepair, ...]:
        """The damages of numbers and signs, in their order."""
        percent = self.table.percent_damage
        return tuple(
            DamageRepair(entry.name, re.compile(entry.pattern.replace("{percent}", percent)), entry.replace)
            for entry in self.table.damage
        )

    @cached_property
    def unreadable(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The forms that are no text, each with what is said of it."""
        return tuple((entry.reason, re.compile(entry.pattern)) for entry in self.table.unreadable)

    @cached_property
    def label_names(self) -> dict[str, str]:
        """The labels without blanks, and with them."""
        labels = self.table.labels
        return {"".join(name.split()): name for name in (*labels.formula, *labels.explanation)}

    def _collect_whole_words(self) -> frozenset[str]:
        """Return the skeletons of the words by which a formula is read; torn ones are joined."""
        table = self.table
        numerals = (*table.numerals.digits, *table.numerals.fixed, *table.numerals.scales)
        phrases = (
            *table.sums, *table.fillers_before, *table.weight_words, *table.percent_words, *numerals,
            *(text for texts in (*table.operators.values(), *table.openers.values()) for text in texts),
        )  # fmt: skip
        words = (word for phrase in phrases for word in phrase.split())
        return frozenset(word_skeleton(word) for word in words if len(word) >= _MIN_TORN_LENGTH)


_SHORT_OPERATOR = 4
"""Letters of operators that stand in other phrases too, `per`, `di`, `kali`."""
_MIN_TORN_LENGTH = 5
"""Letters of a word that is looked for in two torn halves."""


def _skeletons(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(word_skeleton, words))


def _skeleton_keys(numbers: dict[str, Decimal]) -> dict[str, Decimal]:
    return {word_skeleton(word): number for word, number in numbers.items()}


def _split_phrases(phrases: dict[str, tuple[str, ...]]) -> list[OperatorPhrase]:
    return [
        (tuple(map(word_skeleton, phrase.split())), sign)
        for sign, texts in phrases.items()
        for phrase in texts
    ]


def _group_by_first_word(phrases: dict[str, tuple[str, ...]]) -> dict[str, tuple[OperatorPhrase, ...]]:
    phrases_by_word: dict[str, list[OperatorPhrase]] = {}
    for words, sign in sorted(_split_phrases(phrases), key=lambda entry: (-len(entry[0]), entry)):
        phrases_by_word.setdefault(words[0], []).append((words, sign))
        if len(words) > 1:  # a scanner lost the blanks
            phrases_by_word.setdefault("".join(words), []).append((("".join(words),), sign))
    return {first: tuple(entries) for first, entries in phrases_by_word.items()}


def _word_prefixes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:length] for word in words for length in range(len(word) + 1))


def regex_alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern of any of the phrases, the longest first."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


def _rarest_word(phrase: str, connectives: Iterable[str]) -> str:
    """Return the word by which a phrase is told: `dengan cara` by `cara`, as `dengan` stands everywhere."""
    return max(phrase.split(), key=lambda word: (word not in connectives, len(word)))


class PhrasePrefilter:
    """A quick look for phrases, before the slow search for them in all of a text.

    It looks at each piece between blanks; decrees repeat their words, so answers are remembered.
    """

    def __init__(self, words: re.Pattern[str]) -> None:
        """The pattern is looked for in one piece; it may find too much, but never too little."""
        self._holds = lru_cache(maxsize=4096)(lambda piece: words.search(piece) is not None)

    def may_contain(self, text: str) -> bool:
        """Return whether a phrase may stand in the text."""
        return any(map(self._holds, text.split()))
