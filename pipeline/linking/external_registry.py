"""Definitions of other programs: a YAML file or folder as ours, or a JSON list of names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.linking.definitions import (
    Definition,
    DefinitionBasis,
    DefinitionError,
    DefinitionScope,
    load_definitions,
)
from pipeline.linking.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONLY_A_NAME = DefinitionBasis(kind="local-consensus", source="a list of names", evidence="unverified")
MOST_NAMES = 100_000
LARGEST_LIST = 20_000_000
"""Characters of the largest list of names."""


@dataclass(frozen=True)
class ExternalRegistry:
    """Definitions ready for look-up, and what each is called outside."""

    registry: Registry
    index_by_id: dict[str, int] | None = None
    """Id to index, where the definitions are a list of names; None: they are called by their ids."""

    def external_id(self, target: str | None) -> str | int | None:
        """What the caller calls a definition: its id, or its index in the list."""
        if target is None or self.index_by_id is None:
            return target
        return self.index_by_id[target]


def load_registry(source: Path | None = None) -> ExternalRegistry:
    """The definitions of a YAML file or folder, or of a JSON list (None: the reviewed ones).

    Raises:
        DefinitionError: with the file, the line or entry, and the reason.
    """
    if source is None or source.suffix.lower() != ".json":
        return ExternalRegistry(Registry(load_definitions(source)))
    names = _read_names(source)
    index_by_id = {_index_id(number): number for number in range(len(names))}
    return ExternalRegistry(Registry(map(_name_only_definition, index_by_id, names)), index_by_id)


def _read_names(file: Path) -> Sequence[str]:
    """The names of a JSON list."""
    try:
        text = file.read_text("utf-8-sig")
        if len(text) > LARGEST_LIST:
            raise DefinitionError(f"{file.name}: larger than {LARGEST_LIST} characters")
        names = json.loads(text)
    except json.JSONDecodeError as error:
        raise DefinitionError(f"{file.name}, line {error.lineno}: is no JSON: {error.msg}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise DefinitionError(f"{file.name}: cannot be read: {error}") from None
    if not isinstance(names, list) or not names or len(names) > MOST_NAMES:
        raise DefinitionError(f"{file.name}: needs a list of 1 to {MOST_NAMES} names")
    first_numbers: dict[str, int] = {}
    for number, name in enumerate(names):
        if not isinstance(name, str) or not name.strip():
            raise DefinitionError(f"{file.name}, entry {number} (from 0): is no name")
        first_number = first_numbers.setdefault(" ".join(name.split()), number)
        if first_number != number:
            raise DefinitionError(
                f"{file.name}, entry {number} (from 0): {name!r} is already entry {first_number}"
            )
    return names


def _index_id(number: int) -> str:
    return f"r{number:06}"  # by id is by index: of two equally near the first is taken


def _name_only_definition(id_: str, name: str) -> Definition:
    """A definition that is nothing but its name."""
    return Definition.model_construct(
        id=id_,
        name=name,
        formula=None,
        formula_reason="only a name",
        unit=None,
        scope=DefinitionScope(),
        basis=_ONLY_A_NAME,
        level="agency",
    )
