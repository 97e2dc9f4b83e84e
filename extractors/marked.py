"""YAML tables with their lines: what would be passed over or lost is refused, with file, line and reason."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from extractors.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_marked(package: str, name: str) -> tuple[Any, Any]:
    """A YAML table and its nodes, which know their lines; a key given twice is refused. Raises TableError."""
    where = f"{package.replace('.', '/')}/{name}"
    return parse_marked(files(package).joinpath(name).read_text(encoding="utf-8"), where)


def parse_marked(text: str, where: str, wrong: type[TableError] = TableError) -> tuple[Any, Any]:
    """``read_marked`` of a text; ``wrong`` is what is raised."""
    try:
        with ExitStack() as stack:
            loader = Loader(text)  # the one without libyaml looks at every character already
            stack.callback(loader.dispose)
            node = loader.get_single_node()
            _refuse_twice(node, where, wrong, set())
            return (loader.construct_document(node) if node else None), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise wrong(f"{where}, line {line}: is no YAML: {error.problem or error.context}") from None
    except TableError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise wrong(f"{where}: cannot be read: {error}") from None


def _refuse_twice(node: Any, where: str, wrong: type[TableError], seen: set[int]) -> None:
    """Refuse a key that a mapping holds twice: the first would be lost. ``seen``: what anchors repeat."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = f"{where}, line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise wrong(f"{at}: a name is expected before the colon.")
            if key.value in keys:
                raise wrong(f"{at}: “{key.value}” is given twice.")
            keys.add(key.value)
            _refuse_twice(value, where, wrong, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_twice(item, where, wrong, seen)


def check_fields(
    data: Any,
    node: Any,
    allowed: Iterable[str],
    where: str,
    needed: Iterable[str] = (),
    wrong: type[TableError] = TableError,
) -> None:
    """Refuse what is no mapping of the allowed fields, or lacks a needed one."""
    line = node.start_mark.line + 1 if node is not None else 1
    if not isinstance(data, dict):
        raise wrong(f"{where}, line {line}: fields by name are expected.")
    for key, _ in node.value:
        if key.value not in allowed:
            known = ", ".join(sorted(allowed)) if len(set(allowed)) < 12 else "those that the others use"
            raise wrong(
                f"{where}, line {key.start_mark.line + 1}: unknown field “{key.value}” (known: {known})."
            )
    for name in needed:
        if name not in data:
            raise wrong(f"{where}, line {line}: a field “{name}” is expected.")
