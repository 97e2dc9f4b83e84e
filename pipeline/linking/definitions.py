"""Canonical definitions: reviewed YAML read into typed models, with errors that name file and entry."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractors.errors import TableError
from extractors.marked import check_fields
from pipeline.linking import regencies
from pipeline.linking.rows import marked, rows_in
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable


class DefinitionError(TableError):
    """A definition file that cannot be used; the message names file and entry."""


class Strict(BaseModel):
    """Base of the models: frozen, unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _with_kind(regency: str) -> str:
    """A regency, if its name says of which kind it is."""
    if not all(regencies.key(regency)):
        raise ValueError(f"write {regency!r} as 'Kabupaten X' or 'Kota X'")
    return regency


class Scope(Strict):
    """Where and from when a definition holds."""

    regency: Annotated[str, AfterValidator(_with_kind)] | None = None
    """``Kabupaten X`` or ``Kota X``, of ``regencies.yaml`` or declared; null: everywhere."""
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
    not parse, a regency is neither known nor declared in one of the files, or two entries share an id or a
    name within one scope.
    """
    root: Traversable = source if source is not None else files("normalized").joinpath("definitions")
    every = [root] if root.is_file() else [f for f in root.iterdir() if f.name.endswith(".yaml")]
    opened = [_opened(file) for file in sorted(every, key=lambda f: f.name)]
    if not any(rows for _, rows, _ in opened):
        raise DefinitionError(f"{root.name}: holds no definitions (*.yaml)")
    declared = [name for _, _, names in opened for name in names]
    found = [made for file, rows, _ in opened for made in _read(file, rows, declared)]
    check_unique(found)
    return tuple(sorted((d for _, d in found), key=lambda d: d.id))


def _opened(file: Traversable) -> tuple[str, list[tuple[int, Any]], list[str]]:
    """A file's name, its rows with their lines, and the regencies that it declares."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{file.name}: cannot be read: {error}") from error
    data, node = marked(text, file.name, DefinitionError)
    rows = rows_in(data, node, "definitions", file.name, DefinitionError)
    check_fields(data, node, ("definitions", "regencies"), file.name, wrong=DefinitionError)
    return file.name, rows, [_declared(file.name, *row) for row in _declarations(data, node, file.name)]


def _declarations(data: Any, node: Any, file: str) -> list[tuple[int, Any]]:
    return rows_in(data, node, "regencies", file, DefinitionError) if "regencies" in data else []


def _declared(file: str, line: int, name: object) -> str:
    """A regency that the list lacks: one that is newer, or invented."""
    if not isinstance(name, str) or not all(regencies.key(name)):
        raise DefinitionError(f"{file}, line {line}: regencies: write {name!r} as 'Kabupaten X' or 'Kota X'")
    return name


def _read(file: str, rows: list[tuple[int, Any]], declared: list[str]) -> Iterator[tuple[str, Definition]]:
    """The definitions of one file, each with the file, line and id that errors name."""
    for line, row in rows:
        entry = row.get("id") if isinstance(row, dict) else None
        where = f"{file}, line {line} ({entry})" if entry else f"{file}, line {line}"
        try:
            yield where, _at_home(where, Definition.model_validate(row), declared)
        except ValidationError as error:
            raise DefinitionError(f"{where}: {reasons(error)}") from error


def _at_home(where: str, definition: Definition, declared: list[str]) -> Definition:
    """The definition with its regency as the list writes it; one that nobody knows is refused."""
    regency = definition.scope.regency
    if regency is None:
        return definition
    known = regencies.official(regency, declared)
    if known is None:
        like = regencies.nearest(regency, declared)
        meant = f" (nearest: {like!r})" if like else ""
        raise DefinitionError(
            f"{where}: scope.regency: no regency {regency!r} is known{meant}; if it is right, declare it at "
            f"the head of the file: regencies: [{regency}]"
        )
    return definition.model_copy(update={"scope": definition.scope.model_copy(update={"regency": known})})


def reasons(error: ValidationError) -> str:
    """What is wrong with an entry, field by field, on one line."""
    return "; ".join(
        f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors(include_url=False)
    )


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
