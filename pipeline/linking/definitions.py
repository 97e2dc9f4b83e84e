"""Canonical definitions: reviewed YAML read into typed models, with errors that name file and entry."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractors.errors import TableError
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 2_000_000
DEEPEST = 40
"""Levels of nesting in a file of rows; they have four."""


class DefinitionError(TableError):
    """A definition file that cannot be used; the message names file and entry."""


class Strict(BaseModel):
    """Base of the models: frozen, unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Scope(Strict):
    """Where and from when a definition holds."""

    regency: Annotated[str, Field(pattern=r"^(Kabupaten|Kota) \S")] | None = None
    """``Kabupaten X`` or ``Kota X``; null: everywhere."""
    from_year: int | None = None
    """First year; null: always."""


class Basis(Strict):
    """What a definition rests on."""

    kind: Literal["regulation", "local-consensus"]
    """``regulation``: a law; ``local-consensus``: the custom of decrees, not law."""
    source: Annotated[str, Field(min_length=3)]
    """The regulation or the decrees."""
    evidence: Literal["verified", "secondary", "unverified"]
    """How well the source was seen: the text itself, a page about it, or neither."""


class Notes(Strict):
    """Remarks for readers."""

    id: str
    """In Indonesian."""
    en: str
    """In English."""


class Definition(Strict):
    """A canonical indicator."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """Stable key."""
    name: Annotated[str, Field(min_length=3)]
    """Canonical name."""
    aliases: tuple[str, ...] = ()
    """Other names that mean the same and that normalisation alone would not bring to the name."""
    formula: str | None
    """Formula in the linear syntax; null for a value that an evaluator gives."""
    also: tuple[str, ...] = ()
    """Other formulas in the linear syntax that compute the same and count as right."""
    formula_reason: str | None = None
    """Why there is no formula; only where ``formula`` is null."""
    unit: str | None
    """Unit."""
    scope: Scope
    """Where and from when it holds."""
    basis: Basis
    """What it rests on."""
    level: Literal["agency", "position"]
    """Whose indicator it usually is: a hint, never a condition."""
    notes: Notes | None = None
    """Remarks."""

    @model_validator(mode="after")
    def formula_or_reason(self) -> Definition:
        """A definition has a formula that can be parsed, or says why it has none."""
        if (self.formula is None) == (self.formula_reason is None):
            raise ValueError("give either a formula or a formula_reason")
        if self.formula is None and self.also:
            raise ValueError("also: give a formula first, and others beside it")
        from pipeline.formulas.expression import parse

        for formula in self.formulas:
            parse(formula)
        return self

    @property
    def version(self) -> str:
        """What the definition says, as eight digits: a decision on it holds while it says the same."""
        said = json.dumps([self.name, *sorted(self.aliases), *self.formulas, self.scope.model_dump()])
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def formulas(self) -> tuple[str, ...]:
        """All formulas that count as right, the canonical one first; none for a value that is given."""
        return (self.formula, *self.also) if self.formula is not None else ()


def load(source: Path | None = None) -> tuple[Definition, ...]:
    """All definitions of a YAML file or a folder of them (None: the reviewed ones of this package), by id.

    Raises ``DefinitionError`` where a file cannot be read, a field is unknown or missing, a formula does
    not parse, or two entries share an id or a name within one scope.
    """
    root: Traversable = source if source is not None else files("normalized").joinpath("definitions")
    every = [root] if root.is_file() else [f for f in root.iterdir() if f.name.endswith(".yaml")]
    found: list[tuple[str, Definition]] = []
    for file in sorted(every, key=lambda f: f.name):
        found += read(file)
    if not found:
        raise DefinitionError(f"{root.name}: holds no definitions (*.yaml)")
    check_unique(found)
    return tuple(sorted((d for _, d in found), key=lambda d: d.id))


def read(file: Traversable) -> Iterator[tuple[str, Definition]]:
    """The definitions of one file, each with the file, line and id that errors name."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{file.name}: cannot be read: {error}") from error
    for line, row in rows_of(text, "definitions", file.name, DefinitionError):
        entry = row.get("id") if isinstance(row, dict) else None
        where = f"{file.name}, line {line} ({entry})" if entry else f"{file.name}, line {line}"
        try:
            yield where, Definition.model_validate(row)
        except ValidationError as error:
            raise DefinitionError(f"{where}: {reasons(error)}") from error


def rows_of(text: str, name: str, file: str, wrong: type[TableError]) -> list[tuple[int, Any]]:
    """The rows of the list ``name`` in a YAML text, each with its line (from 1).

    Raises ``wrong`` with the file, the line and the reason.
    """
    if len(text) > MOST_BYTES:
        raise wrong(f"{file}: larger than {MOST_BYTES} characters")
    try:
        _check_depth(text)
        data = yaml.load(text, Loader=Loader)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise wrong(f"{file}, line {line}: is no YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise wrong(f"{file}: cannot be read: {error}") from None
    rows = data.get(name, "") if isinstance(data, dict) else None
    if rows is None and isinstance(data, dict):
        return []
    if not isinstance(rows, list):
        raise wrong(f"{file}: needs a list named '{name}'")
    listed = next(value.value for key, value in cast(Any, node).value if key.value == name)
    return [(row.start_mark.line + 1, value) for row, value in zip(listed, rows, strict=True)]


def reasons(error: ValidationError) -> str:
    """What is wrong with an entry, field by field, on one line."""
    return "; ".join(
        f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors(include_url=False)
    )


def _check_depth(text: str) -> None:
    """Refuse what is nested beyond all use, before a loader recurses into it."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError(f"nested deeper than {DEEPEST} levels")


def check_unique(found: list[tuple[str, Definition]]) -> None:
    """Refuse an id or, within one scope, a name that two entries share."""
    seen: dict[tuple[object, ...], str] = {}
    for where, definition in found:
        claims: list[tuple[tuple[object, ...], str]] = [(("id", definition.id), f"id {definition.id}")]
        claims += [((definition.scope, normalise(n).signature), f"name {n!r}") for n in definition.names]
        for key, what in claims:
            other = seen.setdefault(key, where)
            if other != where:
                raise DefinitionError(f"{where}: {what} is already that of {other}")
