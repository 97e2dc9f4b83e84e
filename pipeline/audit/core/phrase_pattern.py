"""Lists of words and phrases of the audit's tables, each compiled to one pattern of whole words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator

_WORD_PATTERN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|%")


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case; hyphenated words stay together."""
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
            for e in sorted(entries, key=lambda e: (-len(e), e))
        ]
        return cls(
            tuple(entries),
            re.compile(rf"(?<![\w-])(?:{'|'.join(parts) or '(?!)'})(?![\w-])", re.IGNORECASE),
        )

    def find_first(self, text: str) -> str | None:
        """Return the first entry that occurs in the text, as printed; None without one."""
        match = self.pattern.search(text)
        return match.group() if match else None

    def occurs_in(self, text: str) -> bool:
        """Return whether any entry occurs in the text."""
        return self.pattern.search(text) is not None

    def is_entry(self, word: str) -> bool:
        """Return whether the text as a whole is one entry."""
        return self.pattern.fullmatch(word) is not None

    def match_start(self, text: str) -> str | None:
        """Return the entry that the text begins with, as printed; None where it begins otherwise."""
        match = self.pattern.match(text.lstrip(" -–•*.()0123456789"))
        return match.group() if match else None

    def remove_from(self, text: str) -> str:
        """Return the text with a blank for each entry that occurs in it."""
        return self.pattern.sub(" ", text)


def _compile_phrases(entries: Any) -> PhrasePattern:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError(
            "must be a list of words or phrases; quote what YAML reads as a number or a truth value"
        )
    return PhrasePattern.from_entries(entries)


Phrases = Annotated[PhrasePattern, PlainValidator(_compile_phrases)]
"""A list of phrases in a YAML table."""
