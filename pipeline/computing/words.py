"""The words by which a table of figures is understood, from ``words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extractors.errors import TableError
from extractors.marked import check_fields, parse_marked

FILE = "pipeline/computing/words.yaml"


@dataclass(frozen=True)
class Words:
    """Lists of words, folded as ``folded`` does."""

    names: tuple[str, ...]
    """Titles of the column that names the office."""
    regencies: tuple[str, ...]
    """Titles of the column that names its regency."""
    totals: tuple[str, ...]
    """Of which the name of a row is made that sums up all offices."""
    nothing: tuple[str, ...]
    """What stands for no figure."""


def folded(text: str) -> str:
    """A text with blanks and capitals made one."""
    return " ".join(text.split()).casefold()


@cache
def words() -> Words:
    """All lists. Raises TableError where the file is wrong."""
    return read(files("pipeline.computing").joinpath("words.yaml").read_text("utf-8"))


def read(text: str) -> Words:
    """The lists of a YAML text.

    Raises:
        TableError: with file, line and reason.
    """
    data, node = parse_marked(text, FILE)
    known = [field.name for field in fields(Words)]
    check_fields(data, node, known, FILE, known)
    return Words(**{key.value: _texts(key.value, value) for key, value in node.value})


def _texts(name: str, node: Any) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _wrong(node, f"{name}: a list of texts is expected")
    found: dict[str, None] = {}
    for one in node.value:
        if not isinstance(one, yaml.ScalarNode) or one.tag != "tag:yaml.org,2002:str":
            raise _wrong(one, f"{name}: a text is expected; quote what YAML takes for something else")
        word = folded(one.value)
        if not word or word in found:
            raise _wrong(one, f"{name}: “{one.value}” is {'given twice' if word else 'empty'}")
        found[word] = None
    return tuple(found)


def _wrong(node: Any, why: str) -> TableError:
    return TableError(f"{FILE}, line {node.start_mark.line + 1}: {why}.")
