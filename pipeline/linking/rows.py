"""Lists of rows in YAML files that people write: each with its line, errors with file, line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from extractors.marked import Loader, parse_marked

if TYPE_CHECKING:
    from extractors.errors import TableError

MOST_BYTES = 2_000_000
DEEPEST = 40
"""Levels of nesting in a file of rows; they have four."""


def rows_of(text: str, name: str, file: str, wrong: type[TableError]) -> list[tuple[int, Any]]:
    """The rows of the list ``name`` in a YAML text, each with its line (from 1).

    Raises ``wrong`` with the file, the line and the reason.
    """
    return rows_in(*marked(text, file, wrong), name, file, wrong)


def marked(text: str, file: str, wrong: type[TableError]) -> tuple[Any, Any]:
    """A YAML text that is neither too large nor too deep, and its nodes."""
    if len(text) > MOST_BYTES:
        raise wrong(f"{file}: larger than {MOST_BYTES} characters")
    _check_depth(text, file, wrong)
    return parse_marked(text, file, wrong)


def rows_in(data: Any, node: Any, name: str, file: str, wrong: type[TableError]) -> list[tuple[int, Any]]:
    """The rows of the list ``name`` of a table that ``marked`` gave, each with its line."""
    rows = data.get(name, "") if isinstance(data, dict) else None
    if rows is None and isinstance(data, dict):
        return []
    if not isinstance(rows, list):
        raise wrong(f"{file}: needs a list named '{name}'")
    listed = next(value.value for key, value in node.value if key.value == name)
    return [(row.start_mark.line + 1, value) for row, value in zip(listed, rows, strict=True)]


def _check_depth(text: str, file: str, wrong: type[TableError]) -> None:
    """Refuse what is nested beyond all use, before a loader recurses into it."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise wrong(f"{file}: nested deeper than {DEEPEST} levels")
    except yaml.YAMLError:
        return  # told, with its line, by whoever loads it
