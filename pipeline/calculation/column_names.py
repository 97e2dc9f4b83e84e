"""The words by which a table of figures is understood, from ``column_names.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator

from extractors.knowledge.yaml_loader import TableModel, parse_table

COLUMN_WORDS_FILE = "pipeline/calculation/column_names.yaml"


def fold_text(text: str) -> str:
    """Return a text in lower case, with single spaces."""
    return " ".join(text.split()).casefold()


def _check_words(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        raise ValueError("a list of texts is expected, this one is empty.")
    folded_words = tuple(fold_text(word) for word in words)
    for position, (word, folded) in enumerate(zip(words, folded_words, strict=True)):
        if not folded or folded in folded_words[:position]:
            raise ValueError(f"“{word}” is {'given twice' if folded else 'empty'}.")
    return folded_words


WordList = Annotated[tuple[str, ...], AfterValidator(_check_words)]


class ColumnWords(TableModel):
    """Lists of words, each folded by ``fold_text``."""

    names: WordList
    """Titles of the column that names the office."""
    regencies: WordList
    """Titles of the column that names the office's regency."""
    totals: WordList
    """Words that make up the name of a row with the sum of all offices."""
    nothing: WordList
    """Marks in a cell without a figure."""


@cache
def column_words() -> ColumnWords:
    """Return all lists.

    Raises:
        ConfigError: the table is wrong; the message names file, line and entry.
    """
    return parse_column_words(files("pipeline.calculation").joinpath("column_names.yaml").read_text("utf-8"))


def parse_column_words(text: str) -> ColumnWords:
    """Return the lists of a YAML text.

    Raises:
        ConfigError: the text does not fit; the message names file, line and entry.
    """
    return parse_table(text, COLUMN_WORDS_FILE, ColumnWords)
