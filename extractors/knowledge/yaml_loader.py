"""Load a YAML table into a Pydantic model; each error names the file, the line and the entry.

Every table of the project and every YAML file of a user (definitions, decisions, settings) comes through
here. Anchors and aliases are refused: a few lines of them unfold to gigabytes.
"""

from __future__ import annotations

from contextlib import ExitStack
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from extractors.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Model = TypeVar("Model", bound=BaseModel)

LARGEST_TABLE = 16 * 2**20
"""Bytes of the largest YAML file that is parsed."""
DEEPEST_TABLE = 40
"""Levels of nesting; a real table has fewer than ten."""
MOST_ERRORS = 5
"""Mistakes of one file that are listed; the rest are counted."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TableModel(BaseModel):
    """Base of the models of tables: an unknown field is an error, and a loaded table never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def load_table(package: str, name: str, model: type[Model]) -> Model:
    """Return the table ``name`` that is installed with ``package``.

    Raises:
        ConfigError: the table does not fit the model; the message names file, line and entry.
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return parse_table(text, f"{package.replace('.', '/')}/{name}", model)


def parse_table(
    text: str, file_name: str, model: type[Model], error_type: type[ConfigError] = ConfigError
) -> Model:
    """Return a YAML text as a value of ``model``; ``file_name`` stands in each error.

    Raises:
        ConfigError: as ``error_type``, where the text is not YAML or does not fit the model.
    """
    data, node = parse_yaml(text, file_name, error_type)
    return validate_node(data, node, file_name, model, error_type)


def validate_node(
    data: Any, node: Any, file_name: str, model: type[Model], error_type: type[ConfigError] = ConfigError
) -> Model:
    """Return parsed YAML as a value of ``model``; ``node`` tells the lines of what does not fit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        messages = [_describe_mistake(dict(mistake), node, file_name) for mistake in error.errors()]
        if len(messages) > MOST_ERRORS:
            messages[MOST_ERRORS:] = [f"{file_name}: and {len(messages) - MOST_ERRORS} more mistakes."]
        raise error_type("\n".join(messages)) from None


def parse_yaml(text: str, file_name: str, error_type: type[ConfigError] = ConfigError) -> tuple[Any, Any]:
    """Return the data of a YAML text and its root node, which knows the lines.

    Raises:
        ConfigError: as ``error_type``: no YAML, too large or too deep, an alias, a key given twice.
    """
    if len(text) > LARGEST_TABLE:
        raise error_type(f"{file_name}: the file has more than {LARGEST_TABLE // 2**20} MB.")
    try:
        _refuse_aliases(text, file_name, error_type)
        with ExitStack() as stack:
            loader = _Loader(text)
            stack.callback(loader.dispose)
            node = loader.get_single_node()
            _refuse_repeated_keys(node, file_name, error_type)
            return (loader.construct_document(node) if node else None), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = error.problem or error.context
        raise error_type(f"{file_name}, line {line}: this is not valid YAML: {reason}") from None
    except ConfigError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise error_type(f"{file_name}: the file cannot be read: {error}") from None


def entry_lines(node: Any, name: str) -> list[int]:
    """Return the line of each entry of the list ``name`` at the top of a YAML document."""
    children = dict(_child_nodes(node))
    if name not in children or not isinstance(children[name][1], yaml.SequenceNode):
        return []
    return [entry.start_mark.line + 1 for entry in children[name][1].value]


def _refuse_aliases(text: str, file_name: str, error_type: type[ConfigError]) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise error_type(
                f"{file_name}, line {line}: anchors (&) and aliases (*) are not allowed; write it out."
            )
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST_TABLE:
                raise error_type(f"{file_name}, line {line}: more than {DEEPEST_TABLE} levels deep.")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _refuse_repeated_keys(node: Any, file_name: str, error_type: type[ConfigError]) -> None:
    """Raise where a mapping gives a key twice: YAML itself would drop the first."""
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            place = f"{file_name}, line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise error_type(f"{place}: a name is expected before the colon.")
            if key.value in keys:
                raise error_type(f"{place}: “{key.value}” is given twice.")
            keys.add(key.value)
            _refuse_repeated_keys(value, file_name, error_type)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, file_name, error_type)


def _describe_mistake(mistake: dict[str, Any], node: Any, file_name: str) -> str:
    """Return one validation error as ``file, line N, entry: what is wrong``."""
    location = [part for part in mistake["loc"] if isinstance(part, (str, int))]
    line, entry = _locate(node, location)
    message = _PLAIN_MESSAGES.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))
    shown = f", {entry}" if entry else ""
    return f"{file_name}, line {line}{shown}: {message}"


_PLAIN_MESSAGES = {
    "extra_forbidden": "unknown field.",
    "missing": "this field is missing.",
    "string_type": 'a text is expected; put quotes round what YAML takes for something else ("No", numbers).',
    "list_type": "a list is expected; check the indent.",
    "tuple_type": "a list is expected; check the indent.",
    "frozen_set_type": "a list is expected; check the indent.",
    "dict_type": "named fields are expected; check the indent.",
    "model_type": "named fields are expected; check the indent.",
    "model_attributes_type": "named fields are expected; check the indent.",
}


def _locate(node: Any, location: Iterable[str | int]) -> tuple[int, str]:
    """Return the line of a place in the document, and its path as far as it exists (``months.mei``)."""
    line = node.start_mark.line + 1 if node is not None else 1
    path: list[str] = []
    for part in location:
        child = dict(_child_nodes(node)).get(str(part))
        if child is None:
            if isinstance(part, str) and isinstance(node, yaml.MappingNode):
                path.append(part)
            continue
        key, node = child
        line = key.start_mark.line + 1
        path.append(str(part))
    return line, ".".join(path)


def _child_nodes(node: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), (key, value)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield str(index), (item, item)
