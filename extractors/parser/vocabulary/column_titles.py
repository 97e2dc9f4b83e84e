"""The table of column titles: cues of fields, and the words that titles are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.parser.vocabulary.vocabulary_tables import WordList

_WORD = re.compile(r"\w+")


class FieldCues(TableModel):
    """Cues of one field."""

    strong: WordList
    weak: WordList


class HeaderTable(TableModel):
    """The table of column titles (``headers.yaml``)."""

    indicators: dict[str, FieldCues]
    activities: dict[str, FieldCues]
    combinations: dict[str, tuple[str, str]]
    transparent: frozenset[str]
    qualifiers: frozenset[str]
    quarters: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]

    def family_cues(self, family: str) -> Mapping[str, FieldCues]:
        """Return the cues of the tables of one family."""
        return self.indicators if family == "indicators" else self.activities


@cache
def header_table() -> HeaderTable:
    """Return the table of column titles."""
    return load_table("extractors.parser.vocabulary", "headers.yaml", HeaderTable)


@cache
def title_words() -> frozenset[str]:
    """Return every word that titles of columns are made of."""
    table = header_table()
    cues = [
        cue
        for fields in (table.indicators, table.activities)
        for field_cues in fields.values()
        for cue in (*field_cues.strong, *field_cues.weak)
    ]
    return frozenset(_WORD.findall(" ".join(cues).lower())) | table.transparent | table.qualifiers
