"""The texts of reviews and of drafts of definitions, from ``review_words.yaml``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.models.findings import Wording

ColumnKey = Literal[
    "text",
    "kecamatan",
    "objective",
    "formula",
    "reason",
    "choices",
    "verdict",
    "definition",
    "who",
    "note",
    "regency",
]


class ReviewColumn(TableModel):
    """A column of the workbook: its title, and its width in characters."""

    title: str
    width: int


class PlaceWords(TableModel):
    """Labels of a place's objective and formula on a terminal."""

    objective: str
    formula: str


class DraftWords(TableModel):
    """The sentences of a draft in Indonesian and English; each ``{…}`` is filled in."""

    source: str
    id_prefix: str
    no_formula: tuple[str, str]
    majority: tuple[str, str]
    tie: tuple[str, str]
    different: tuple[str, str]


class ReviewWords(TableModel):
    """The table ``review_words.yaml``."""

    sheet: str
    verdicts: dict[str, str]
    columns: dict[ColumnKey, ReviewColumn]
    place: PlaceWords
    draft: DraftWords

    def column_index(self, key: ColumnKey) -> int:
        """Return the position of a column, from 0."""
        return list(self.columns).index(key)


def fill_sentence(sentence: tuple[str, str], **values: object) -> Wording:
    """Return a sentence in both languages with its placeholders filled."""
    indonesian, english = sentence
    return Wording(id=indonesian.format(**values), en=english.format(**values))


@cache
def review_words() -> ReviewWords:
    """Return the texts. Raises ConfigError where the table is wrong."""
    return load_table("pipeline.review", "review_words.yaml", ReviewWords)
