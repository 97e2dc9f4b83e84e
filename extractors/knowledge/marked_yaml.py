"""YAML tables with their lines: what would be passed over or lost is refused, with file, line and reason."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from extractors.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

YamlLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml_table(package: str, name: str) -> tuple[Any, Any]:
    """Return a YAML table and its nodes; raise ConfigError where a key stands twice."""
    source = f"{package.replace('.', '/')}/{name}"
    return parse_yaml_table(files(package).joinpath(name).read_text(encoding="utf-8"), source)


def parse_yaml_table(text: str, source: str, error_type: type[ConfigError] = ConfigError) -> tuple[Any, Any]:
    """``read_marked`` of a text; ``wrong`` is what is raised."""
    try:
        with ExitStack() as stack:
            loader = YamlLoader(text)  # the one without libyaml looks at every character already
            stack.callback(loader.dispose)
            node = loader.get_single_node()
            _reject_duplicate_keys(node, source, error_type, set())
            return (loader.construct_document(node) if node else None), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise error_type(f"{source}, line {line}: is no YAML: {error.problem or error.context}") from None
    except ConfigError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise error_type(f"{source}: cannot be read: {error}") from None


def _reject_duplicate_keys(node: Any, source: str, error_type: type[ConfigError], visited: set[int]) -> None:
    """Refuse a key that a mapping holds twice: the first would be lost. ``seen``: what anchors repeat."""
    if node is None or id(node) in visited:
        return
    visited.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            location = f"{source}, line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise error_type(f"{location}: a name is expected before the colon.")
            if key.value in keys:
                raise error_type(f"{location}: “{key.value}” is given twice.")
            keys.add(key.value)
            _reject_duplicate_keys(value, source, error_type, visited)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _reject_duplicate_keys(item, source, error_type, visited)


def check_fields(
    data: Any,
    node: Any,
    allowed: Iterable[str],
    source: str,
    required: Iterable[str] = (),
    error_type: type[ConfigError] = ConfigError,
) -> None:
    """Refuse what is no mapping of the allowed fields, or lacks a needed one."""
    line = node.start_mark.line + 1 if node is not None else 1
    if not isinstance(data, dict):
        raise error_type(f"{source}, line {line}: fields by name are expected.")
    for key, _ in node.value:
        if key.value not in allowed:
            known_fields = (
                ", ".join(sorted(allowed)) if len(set(allowed)) < 12 else "those that the others use"
            )
            raise error_type(
                f"{source}, line {key.start_mark.line + 1}: "
                f"unknown field “{key.value}” (known: {known_fields})."
            )
    for name in required:
        if name not in data:
            raise error_type(f"{source}, line {line}: a field “{name}” is expected.")
