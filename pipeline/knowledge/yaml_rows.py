"""Lists of rows in YAML files that people write: each with its line, errors with file, line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from extractors.knowledge.marked_yaml import YamlLoader, parse_yaml_table

if TYPE_CHECKING:
    from extractors.errors import ConfigError

MAX_TEXT_SIZE = 2_000_000
MAX_DEPTH = 40
"""Levels of nesting in a file of rows; they have four."""


def parse_rows(text: str, name: str, file: str, error_type: type[ConfigError]) -> list[tuple[int, Any]]:
    """The rows of the list ``name`` in a YAML text, each with its line (from 1).

    Raises ``wrong`` with the file, the line and the reason.
    """
    return rows_with_lines(*parse_limited_yaml(text, file, error_type), name, file, error_type)


def parse_limited_yaml(text: str, file: str, error_type: type[ConfigError]) -> tuple[Any, Any]:
    """A YAML text that is neither too large nor too deep, and its nodes."""
    if len(text) > MAX_TEXT_SIZE:
        raise error_type(f"{file}: larger than {MAX_TEXT_SIZE} characters")
    _check_depth(text, file, error_type)
    return parse_yaml_table(text, file, error_type)


def rows_with_lines(
    data: Any, node: Any, name: str, file: str, error_type: type[ConfigError]
) -> list[tuple[int, Any]]:
    """The rows of the list ``name`` of a table that ``marked`` gave, each with its line."""
    rows = data.get(name, "") if isinstance(data, dict) else None
    if rows is None and isinstance(data, dict):
        return []
    if not isinstance(rows, list):
        raise error_type(f"{file}: needs a list named '{name}'")
    row_nodes = next(value.value for key, value in node.value if key.value == name)
    return [(row.start_mark.line + 1, value) for row, value in zip(row_nodes, rows, strict=True)]


def _check_depth(text: str, file: str, error_type: type[ConfigError]) -> None:
    """Refuse what is nested beyond all use, before a loader recurses into it."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=YamlLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise error_type(f"{file}: nested deeper than {MAX_DEPTH} levels")
    except yaml.YAMLError:
        return  # told, with its line, by whoever loads it
