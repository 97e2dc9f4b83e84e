"""The words by which a table of figures is understood, from ``words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields, parse_yaml_table

COLUMN_WORDS_FILE = "pipeline/calculation/column_names.yaml"


@dataclass(frozen=True)
class ColumnWords:
    """Lists of words, folded as ``folded`` does."""

    names: tuple[str, ...]
    """Titles of the column that names the office."""
    regencies: tuple[str, ...]
    """Titles of the column that names its regency."""
    totals: tuple[str, ...]
    """Of which the name of a row is made that sums up all offices."""
    nothing: tuple[str, ...]
    """What stands for no figure."""


def fold_text(text: str) -> str:
    """A text with blanks and capitals made one."""
    return " ".join(text.split()).casefold()


@cache
def column_words() -> ColumnWords:
    """All lists. Raises ConfigError where the file is wrong."""
    return parse_column_words(files("pipeline.calculation").joinpath("column_names.yaml").read_text("utf-8"))


def parse_column_words(text: str) -> ColumnWords:
    """The lists of a YAML text.

    Raises:
        ConfigError: with file, line and reason.
    """
    data, node = parse_yaml_table(text, COLUMN_WORDS_FILE)
    field_names = [field.name for field in fields(ColumnWords)]
    check_fields(data, node, field_names, COLUMN_WORDS_FILE, field_names)
    return ColumnWords(**{key.value: _read_texts(key.value, value) for key, value in node.value})


def _read_texts(name: str, node: Any) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _table_error(node, f"{name}: a list of texts is expected")
    texts: dict[str, None] = {}
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode) or item.tag != "tag:yaml.org,2002:str":
            raise _table_error(item, f"{name}: a text is expected; quote what YAML takes for something else")
        word = fold_text(item.value)
        if not word or word in texts:
            raise _table_error(item, f"{name}: “{item.value}” is {'given twice' if word else 'empty'}")
        texts[word] = None
    return tuple(texts)


def _table_error(node: Any, why: str) -> ConfigError:
    return ConfigError(f"{COLUMN_WORDS_FILE}, line {node.start_mark.line + 1}: {why}.")
