"""Canonical definitions: reviewed YAML read into typed models, with errors that name file and entry."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, model_validator

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, entry_lines, parse_yaml, validate_node
from pipeline.language import normalise_text
from pipeline.places import regencies

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class DefinitionError(ConfigError):
    """A definition file that cannot be used; the message names file and entry."""


class StrictYamlModel(TableModel):
    """Base of the models whose fields are described in a schema."""

    model_config = ConfigDict(use_attribute_docstrings=True)


def _require_kind(regency: str) -> str:
    """A regency, if its name says of which kind it is."""
    if not all(regencies.regency_key(regency)):
        raise ValueError(f"write {regency!r} as 'Kabupaten X' or 'Kota X'")
    return regency


class DefinitionScope(StrictYamlModel):
    """Where and from when a definition holds."""

    regency: Annotated[str, AfterValidator(_require_kind)] | None = None
    """``Kabupaten X`` or ``Kota X``, of the official list or declared; null: everywhere."""
    from_year: int | None = None
    """First year; null: always."""


class DefinitionBasis(StrictYamlModel):
    """What a definition rests on."""

    kind: Literal["regulation", "local-consensus"]
    """``regulation``: a law; ``local-consensus``: the custom of decrees, not law."""
    source: Annotated[str, Field(min_length=3)]
    """The regulation or the decrees."""
    evidence: Literal["verified", "secondary", "unverified"]
    """How well the source was seen: the text itself, a page about it, or neither."""


class DefinitionNotes(StrictYamlModel):
    """Remarks for readers."""

    id: str
    """In Indonesian."""
    en: str
    """In English."""


class Definition(StrictYamlModel):
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
    scope: DefinitionScope
    """Where and from when it holds."""
    basis: DefinitionBasis
    """What it rests on."""
    level: Literal["agency", "position"]
    """Whose indicator it usually is: a hint, never a condition."""
    notes: DefinitionNotes | None = None
    """Remarks."""

    @model_validator(mode="after")
    def formula_or_reason(self) -> Definition:
        """A definition has a formula that can be parsed, or says why it has none."""
        if (self.formula is None) == (self.formula_reason is None):
            raise ValueError("give either a formula or a formula_reason")
        if self.formula is None and self.also:
            raise ValueError("also: give a formula first, and others beside it")
        from pipeline.formulas.expression.linear_syntax import parse_expression

        for formula in self.formulas:
            parse_expression(formula)
        return self

    @property
    def version(self) -> str:
        """What the definition says, as eight digits: a decision on it holds while it says the same."""
        content = json.dumps([self.name, *sorted(self.aliases), *self.formulas, self.scope.model_dump()])
        return hashlib.sha256(content.encode()).hexdigest()[:8]

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def formulas(self) -> tuple[str, ...]:
        """All formulas that count as right, the canonical one first; none for a value that is given."""
        return (self.formula, *self.also) if self.formula is not None else ()


def load_definitions(source: Path | None = None) -> tuple[Definition, ...]:
    """All definitions of a YAML file or a folder of them (None: the reviewed ones of this package), by id.

    Raises ``DefinitionError`` where a file cannot be read, a field is unknown or missing, a formula does
    not parse, a regency is neither known nor declared in one of the files, or two entries share an id or a
    name within one scope.
    """
    root: Traversable = source if source is not None else files("normalized").joinpath("definitions")
    sources = [root] if root.is_file() else [f for f in root.iterdir() if f.name.endswith(".yaml")]
    tables = [_read_file(file) for file in sorted(sources, key=lambda f: f.name)]
    if not any(content.definitions for content, _ in tables):
        raise DefinitionError(f"{root.name}: holds no definitions (*.yaml)")
    declared = [name for content, _ in tables for name in content.regencies or ()]
    located_definitions = [
        (where, _resolve_regency(where, definition, declared))
        for content, places in tables
        for where, definition in zip(places, content.definitions or (), strict=True)
    ]
    check_unique(located_definitions)
    return tuple(sorted((d for _, d in located_definitions), key=lambda d: d.id))


class DefinitionFile(TableModel):
    """A file of definitions, and the regencies that it declares: newer than the list, or invented."""

    definitions: tuple[Definition, ...] | None = None
    regencies: tuple[Annotated[str, AfterValidator(_require_kind)], ...] | None = None


def _read_file(file: Traversable) -> tuple[DefinitionFile, list[str]]:
    """Return a file's content, and where each of its definitions stands, as errors name it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{file.name}: cannot be read: {error}") from error
    data, node = parse_yaml(text, file.name, DefinitionError)
    content = validate_node(data, node, file.name, DefinitionFile, DefinitionError)
    lines = entry_lines(node, "definitions")
    rows = zip(content.definitions or (), lines, strict=True)
    return content, [f"{file.name}, line {line} ({row.id})" for row, line in rows]


def _resolve_regency(where: str, definition: Definition, declared: list[str]) -> Definition:
    """The definition with its regency as the list writes it; one that nobody knows is refused."""
    regency = definition.scope.regency
    if regency is None:
        return definition
    official_name = regencies.official_name(regency, declared)
    if official_name is None:
        nearest_name = regencies.nearest_name(regency, declared)
        meant = f" (nearest: {nearest_name!r})" if nearest_name else ""
        raise DefinitionError(
            f"{where}: scope.regency: no regency {regency!r} is known{meant}; if it is right, declare it at "
            f"the head of the file: regencies: [{regency}]"
        )
    return definition.model_copy(
        update={"scope": definition.scope.model_copy(update={"regency": official_name})}
    )


def format_validation_error(error: ValidationError) -> str:
    """What is wrong with an entry, field by field, on one line."""
    return "; ".join(
        f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors(include_url=False)
    )


def check_unique(located_definitions: list[tuple[str, Definition]]) -> None:
    """Refuse an id or, within one scope, a name that two entries share."""
    owners: dict[tuple[object, ...], str] = {}
    for where, definition in located_definitions:
        claims: list[tuple[tuple[object, ...], str]] = [(("id", definition.id), f"id {definition.id}")]
        claims += [((definition.scope, normalise_text(n).signature), f"name {n!r}") for n in definition.names]
        for key, what in claims:
            owner = owners.setdefault(key, where)
            if owner != where:
                raise DefinitionError(f"{where}: {what} is already that of {owner}")
