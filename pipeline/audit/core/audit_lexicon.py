"""The words that audit rules look for, from ``words.yaml``, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.models.findings import Wording

WORD_TABLES = ("spellings", "replaced_terms", "short_names")
"""Tables of ``words.yaml`` that give a word for a word."""

_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD_PATTERN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|%")


def load_audit_table(name: str) -> Any:
    """A YAML table of this package."""
    return yaml.load((files("pipeline.audit") / name).read_text("utf-8"), Loader=_YAML_LOADER)


def split_words(text: str) -> list[str]:
    """The words of a text in lower case; hyphenated words stay whole."""
    return _WORD_PATTERN.findall(text.casefold())


@dataclass(frozen=True)
class PhrasePattern:
    """A list of words and phrases; ``*`` in an entry stands for any letters."""

    entries: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def from_entries(cls, entries: list[str]) -> PhrasePattern:
        """Compile the entries, longest first, to whole words."""
        parts = [
            re.escape(e).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
            for e in sorted(map(str, entries), key=lambda e: (-len(e), e))
        ]
        return cls(
            tuple(map(str, entries)),
            re.compile(rf"(?<![\w-])(?:{'|'.join(parts) or '(?!)'})(?![\w-])", re.IGNORECASE),
        )

    def find_first(self, text: str) -> str | None:
        """The first entry that stands in the text, as printed."""
        match = self.pattern.search(text)
        return match.group() if match else None

    def occurs_in(self, text: str) -> bool:
        """Whether any entry stands in the text."""
        return self.pattern.search(text) is not None

    def is_entry(self, word: str) -> bool:
        """Whether the whole text is one entry."""
        return self.pattern.fullmatch(word) is not None

    def match_start(self, text: str) -> str | None:
        """The entry that the text begins with, as printed; None where it begins otherwise."""
        match = self.pattern.match(text.lstrip(" -–•*.()0123456789"))
        return match.group() if match else None


@dataclass(frozen=True)
class ConversionFactor:
    """A conversion factor that decrees misread as a number of things."""

    factor: int
    noun: str
    count: int


@dataclass(frozen=True)
class DocumentDeadline:
    """The last month, or the months after the fiscal year, by which a village document is due."""

    document: str
    words: PhrasePattern
    month: int
    months_after: int | None
    running: PhrasePattern
    """Words that put a date into the very fiscal year, where the document is due before it."""
    law: Wording
    """What the regulation fixes, as a clause."""
    basis: str


@dataclass(frozen=True)
class AuditLexicon:
    """All tables of ``words.yaml``."""

    words: dict[str, PhrasePattern]
    factors: tuple[ConversionFactor, ...]
    deadlines: tuple[DocumentDeadline, ...]
    months: dict[str, int]
    numerals: dict[str, int]
    heads: dict[str, str]
    """Short title of a head to the unit that he leads."""
    tables: dict[str, dict[str, str]]
    """Tables of words with another word each: spellings, terms that were replaced, short names."""
    countables: tuple[PhrasePattern, ...]
    """Kinds of countable things, each with its words: a unit of one kind is none of another."""

    def __getitem__(self, name: str) -> PhrasePattern:
        return self.words[name]

    def countable_of_unit(self, unit: str) -> PhrasePattern | None:
        """The kind of countable thing that a unit names; None for any other unit."""
        return next((group for group in self.countables if group.occurs_in(unit)), None)

    def countable_of_word(self, word: str) -> PhrasePattern | None:
        """The kind of countable thing that one word is; None for any other word."""
        return next((group for group in self.countables if word and group.is_entry(word)), None)


@cache
def load_lexicon() -> AuditLexicon:
    """The audit's words, read once."""
    table = load_audit_table("core/audit_words.yaml")
    return AuditLexicon(
        words={
            k: PhrasePattern.from_entries(v)
            for k, v in table.items()
            if isinstance(v, list) and isinstance(v[0], str)
        },
        factors=tuple(ConversionFactor(**f) for f in table["factors"]),
        deadlines=tuple(
            DocumentDeadline(
                **d
                | {
                    "words": PhrasePattern.from_entries(d["words"]),
                    "running": PhrasePattern.from_entries(d["running"]),
                    "law": Wording(**d["law"]),
                }
            )
            for d in table["deadlines"]
        ),
        months=table["months"],
        numerals=table["numerals"],
        heads=table["heads"],
        tables={name: table[name] for name in WORD_TABLES},
        countables=tuple(map(PhrasePattern.from_entries, table["countables"])),
    )
