"""Definitions of other programs: a YAML file or folder as ours, or a JSON list of names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.linking.definitions import Basis, Definition, DefinitionError, Scope, load
from pipeline.linking.match import Registry
from pipeline.linking.rows import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONLY_A_NAME = Basis(kind="local-consensus", source="a list of names", evidence="unverified")
MOST_NAMES = 100_000


@dataclass(frozen=True)
class Known:
    """Definitions ready for look-up, and what each is called outside."""

    registry: Registry
    places: dict[str, int] | None = None
    """Id to index, where the definitions are a list of names; None: they are called by their ids."""

    def called(self, target: str | None) -> str | int | None:
        """What the caller calls a definition: its id, or its index in the list."""
        if target is None or self.places is None:
            return target
        return self.places[target]


def known(source: Path | None = None) -> Known:
    """The definitions of a YAML file or folder, or of a JSON list (None: the reviewed ones).

    Raises:
        DefinitionError: with the file, the line or entry, and the reason.
    """
    if source is None or source.suffix.lower() != ".json":
        return Known(Registry(load(source)))
    names = _names(source)
    made = {_id(number): number for number in range(len(names))}
    return Known(Registry(map(_named, made, names)), made)


def _names(file: Path) -> Sequence[str]:
    """The names of a JSON list."""
    try:
        text = file.read_text("utf-8-sig")
        if len(text) > MOST_BYTES * 10:
            raise DefinitionError(f"{file.name}: larger than {MOST_BYTES * 10} characters")
        names = json.loads(text)
    except json.JSONDecodeError as error:
        raise DefinitionError(f"{file.name}, line {error.lineno}: is no JSON: {error.msg}") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise DefinitionError(f"{file.name}: cannot be read: {error}") from None
    if not isinstance(names, list) or not names or len(names) > MOST_NAMES:
        raise DefinitionError(f"{file.name}: needs a list of 1 to {MOST_NAMES} names")
    first: dict[str, int] = {}
    for number, name in enumerate(names):
        if not isinstance(name, str) or not name.strip():
            raise DefinitionError(f"{file.name}, entry {number} (from 0): is no name")
        other = first.setdefault(" ".join(name.split()), number)
        if other != number:
            raise DefinitionError(f"{file.name}, entry {number} (from 0): {name!r} is already entry {other}")
    return names


def _id(number: int) -> str:
    return f"r{number:06}"  # by id is by index: of two equally near the first is taken


def _named(id_: str, name: str) -> Definition:
    """A definition that is nothing but its name."""
    return Definition.model_construct(
        id=id_,
        name=name,
        formula=None,
        formula_reason="only a name",
        unit=None,
        scope=Scope(),
        basis=_ONLY_A_NAME,
        level="agency",
    )
