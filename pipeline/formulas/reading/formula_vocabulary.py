"""The tables of `reading.yaml`, compiled once for the steps of the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class DamageRepair:
    """A named mend of scanner damage: what it looks like, what it becomes, what trust is left."""

    name: str
    pattern: re.Pattern[str]
    replace: str


@dataclass(frozen=True, slots=True)
class ReadingVocabulary:
    """Everything the reader knows of words; phrases are keyed by the skeleton of their first word."""

    sum_word: str
    sums: frozenset[str]
    heads: frozenset[str]
    results: frozenset[str]
    connectives: frozenset[str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    phrase_starts: frozenset[str]
    """Every beginning of an operator's words: no other word can be one, be it torn."""
    opener_cues: frozenset[str]
    """One word of each opener, the rarest."""
    openers: tuple[tuple[tuple[str, ...], str], ...]
    separators: frozenset[str]
    only_before_number: frozenset[str]
    only_before_sum: frozenset[str]
    nothing: frozenset[str]
    slash_damage: frozenset[str]
    slash_cues: frozenset[str]
    fillers_before: frozenset[str]
    fillers_after: frozenset[str]
    currency: frozenset[str]
    weight_words: frozenset[str]
    whole_words: frozenset[str]
    torn_starts: frozenset[str]
    """All that whole words begin with."""
    label_names: dict[str, str]
    equals_words: frozenset[str]
    number_words: dict[str, str]
    number_cues: frozenset[str]
    """The words one of which stands in every number that is written in words."""
    percent_words: frozenset[str]
    percentages: frozenset[str]
    multipliers: frozenset[str]
    periods: frozenset[str]
    abbreviations: frozenset[str]
    leads: re.Pattern[str]
    lead_prefilter: PhrasePrefilter
    labels: re.Pattern[str]
    label_prefilter: PhrasePrefilter
    formula_labels: frozenset[str]
    alternatives: frozenset[str]
    mean: re.Pattern[str]
    list_joints: re.Pattern[str]
    repairs: tuple[DamageRepair, ...]
    confidence: dict[str, float]


@cache
def reading_tables() -> dict[str, Any]:
    """The raw tables of `reading.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("pipeline.formulas.reading") / "formula_vocabulary.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)
    return loaded


@lru_cache(maxsize=8192)
def word_skeleton(word: str) -> str:
    """The word in lower case with letters that scanners confuse made one: `Jurnlah` → `jumiah`."""
    word = word.lower()
    for printed, read in reading_tables()["alike"].items():
        word = word.replace(printed, read)
    return word


@cache
def reading_vocabulary() -> ReadingVocabulary:
    """The compiled tables."""
    raw = reading_tables()
    phrases = _group_by_first_word(raw["operators"])
    percent_words = frozenset(map(word_skeleton, raw["percent_words"]))
    whole_words = _whole_words(raw)
    return ReadingVocabulary(
        sum_word=raw["sum_word"],
        sums=frozenset(map(word_skeleton, raw["sums"])),
        phrases=phrases,
        phrase_starts=_word_prefixes(phrases),
        opener_cues=frozenset(
            word_skeleton(_rarest_word(phrase, raw["connectives"]))
            for phrases in raw["openers"].values()
            for phrase in phrases
        ),
        slash_cues=frozenset(map(word_skeleton, raw["slash_damage"])),
        openers=tuple(sorted(_split_phrases(raw["openers"]), key=lambda entry: -len(entry[0]))),
        only_before_number=frozenset(map(word_skeleton, raw["only_before_number"])),
        only_before_sum=frozenset(map(word_skeleton, raw["only_before_sum"])),
        leads=_words_pattern(raw["leads"]),
        lead_prefilter=_phrase_prefilter(raw["leads"], raw["connectives"], r"(?<!\w)"),
        labels=_labels_pattern(raw["labels"]),
        label_prefilter=_phrase_prefilter(
            [*raw["labels"]["formula"], *raw["labels"]["explanation"]], raw["connectives"], r"(?:^|[.;,%)\d])"
        ),
        formula_labels=frozenset(" ".join(label.split()) for label in raw["labels"]["formula"]),
        mean=re.compile(rf"(?:{_regex_alternatives(raw['mean'])})\s+(.+)", re.DOTALL),
        list_joints=re.compile(rf",\s*(?:(?:{_regex_alternatives(raw['list_joints'])})\s+)?|\s+(?:{_regex_alternatives(raw['list_joints'])})\s+"),
        repairs=_compile_repairs(raw),
        whole_words=whole_words,
        torn_starts=_word_prefixes(whole_words),
        fillers_after=frozenset(map(word_skeleton, raw["fillers_after"])),
        fillers_before=frozenset(map(word_skeleton, raw["fillers_before"])),
        separators=frozenset(map(word_skeleton, raw["separators"])),
        weight_words=frozenset(map(word_skeleton, raw["weight_words"])),
        percent_words=percent_words,
        number_cues=percent_words.union(word_skeleton(spelled.split()[0]) for spelled in raw["number_words"]),
        percentages=frozenset(raw["percentages"]),
        label_names=_remove_blanks(
            [*raw["labels"]["formula"], *raw["labels"]["explanation"], *raw["leads"]]
        ),
        number_words={
            " ".join(map(word_skeleton, spelled.split())): number
            for spelled, number in raw["number_words"].items()
        },
        confidence=dict(raw["confidence"]) | {entry["name"]: entry["confidence"] for entry in raw["repairs"]},
        **{
            name: frozenset(raw[name])
            for name in (
                "heads", "results", "connectives",
                "equals_words", "multipliers", "periods", "abbreviations", "alternatives",
                "nothing", "slash_damage", "currency",
            )
        },
    )  # fmt: skip


def _split_phrases(phrases: dict[str, list[str]]) -> list[tuple[tuple[str, ...], str]]:
    return [
        (tuple(map(word_skeleton, phrase.split())), sign)
        for sign, texts in phrases.items()
        for phrase in texts
    ]


def _group_by_first_word(phrases: dict[str, list[str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    phrases_by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, sign in sorted(_split_phrases(phrases), key=lambda entry: (-len(entry[0]), entry)):
        phrases_by_word.setdefault(words[0], []).append((words, sign))
        if len(words) > 1:  # a scanner lost the blanks
            phrases_by_word.setdefault("".join(words), []).append((("".join(words),), sign))
    return {first: tuple(entries) for first, entries in phrases_by_word.items()}


def _word_prefixes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:length] for word in words for length in range(len(word) + 1))


def _remove_blanks(names: list[str]) -> dict[str, str]:
    return {"".join(name.split()): " ".join(name.split()) for name in names}


_MIN_TORN_LENGTH = 5
"""Letters of a word that is looked for in two torn halves."""


def _whole_words(raw: dict[str, Any]) -> frozenset[str]:
    """Skeletons of the words by which a formula is read; torn ones are joined."""
    phrases = [
        *(text for name in ("sums", "fillers_before", "weight_words", "percent_words") for text in raw[name]),
        *raw["number_words"],
        *(text for name in ("operators", "openers") for texts in raw[name].values() for text in texts),
    ]  # fmt: skip
    return frozenset(
        word_skeleton(word) for phrase in phrases for word in phrase.split() if len(word) >= _MIN_TORN_LENGTH
    )


def _regex_alternatives(phrases: list[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


class PhrasePrefilter:
    """A quick look for phrases, before the slow search for them in all of a text: may one begin in it at all?

    Told from each piece between blanks, by a pattern of one word of each phrase. Decrees use the same words
    over and over, so what is told of a piece is remembered.
    """

    def __init__(self, words: re.Pattern[str]) -> None:
        """The pattern is looked for in one piece; it may find too much, but never too little."""
        self._holds = lru_cache(maxsize=4096)(lambda piece: words.search(piece) is not None)

    def may_contain(self, text: str) -> bool:
        """Whether a phrase may stand in the text."""
        return any(map(self._holds, text.split()))


def _phrase_prefilter(phrases: list[str], connectives: list[str], before: str) -> PhrasePrefilter:
    words = {_rarest_word(phrase, connectives) for phrase in phrases}
    return PhrasePrefilter(
        re.compile(rf"{before}(?:{_regex_alternatives(sorted(words))})(?!\w)", re.IGNORECASE)
    )


def _rarest_word(phrase: str, connectives: list[str]) -> str:
    """The word by which a phrase is told: `dengan cara` by `cara`, as `dengan` stands everywhere."""
    return max(phrase.split(), key=lambda word: (word not in connectives, len(word)))


def _words_pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_regex_alternatives(phrases)})(?!\w)", re.IGNORECASE)


def _labels_pattern(labels: dict[str, list[str]]) -> re.Pattern[str]:
    """A label at a line's start or after a sentence, or anywhere before a colon; `start` is what precedes."""
    names = _regex_alternatives(labels["formula"] + labels["explanation"])
    return re.compile(
        rf"(?P<start>^|[\n.;,%)\d]\s*|(?<=\w)\s+)(?P<label>{names})(?!\w)\s*(?P<sign>[:=]|\n|$)?",
        re.IGNORECASE,
    )


def _compile_repairs(raw: dict[str, Any]) -> tuple[DamageRepair, ...]:
    return tuple(
        DamageRepair(
            entry["name"],
            re.compile(entry["pattern"].replace("{percent}", raw["percent_damage"])),
            entry["replace"],
        )
        for entry in raw["repairs"]
    )
