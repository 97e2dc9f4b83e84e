"""Decisions of the reviewer: read from YAML, checked, and replayed. A decision always wins."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from extractors.errors import TableError
from pipeline.linking.definitions import Strict, reasons
from pipeline.linking.match import Link
from pipeline.linking.telling import reason
from pipeline.words import key_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NEEDS_DEFINITION = ("same", "different")


class DecisionError(TableError):
    """A decision file that cannot be used; the message names the entry."""


class Decision(Strict):
    """One judgement of a reviewer on one printed text."""

    verdict: Literal["same", "different", "new", "not-an-indicator"]
    """What was decided."""
    text: Annotated[str, Field(min_length=1)]
    """The name as printed; case and blanks do not matter."""
    definition: str | None = None
    """Id of the definition for ``same`` and ``different``."""
    regency: str | None = None
    """Only in this regency; null: everywhere."""
    who: Annotated[str, Field(min_length=1)]
    """Role or initials of the reviewer."""
    when: date
    """Day of the decision."""
    note: str | None = None
    """Why, in words."""

    @model_validator(mode="after")
    def definition_where_needed(self) -> Decision:
        """``same`` and ``different`` name a definition, the others do not."""
        if (self.definition is not None) != (self.verdict in NEEDS_DEFINITION):
            raise ValueError("name a definition for 'same' and 'different', and only there")
        return self


def load_decisions(file: Path | None = None, known: Iterable[str] | None = None) -> tuple[Decision, ...]:
    """The decisions in the order in which they were made (None: the reviewed file of this package).

    ``known`` are the ids of the definitions; a decision on another id is refused. Raises
    ``DecisionError``.
    """
    source = file if file is not None else files("normalized").joinpath("decisions.yaml")
    try:
        data = yaml.load(source.read_text(encoding="utf-8"), Loader=Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DecisionError(f"{source.name}: cannot be read: {error}") from error
    rows = data.get("decisions") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise DecisionError(f"{source.name}: needs a list named 'decisions'")
    ids = None if known is None else frozenset(known)
    return tuple(checked(source.name, n, row, ids) for n, row in enumerate(rows, start=1))


def checked(file: str, number: int, row: object, known: frozenset[str] | None) -> Decision:
    """One row as a decision, or an error that names it."""
    try:
        decision = Decision.model_validate(row)
    except ValidationError as error:
        raise DecisionError(f"{file}, entry {number}: {reasons(error)}") from error
    if known is not None and decision.definition is not None and decision.definition not in known:
        raise DecisionError(f"{file}, entry {number}: no definition has the id {decision.definition!r}")
    return decision


class Decisions:
    """Decisions ready for replay."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._by_text: dict[str, list[Decision]] = {}
        for decision in decisions:
            self._by_text.setdefault(key_text(decision.text), []).append(decision)

    def on(self, text: str, regency: str | None = None) -> tuple[Decision, ...]:
        """The decisions that hold for a text in a regency, oldest first."""
        found = self._by_text.get(key_text(text), ())
        return tuple(d for d in found if d.regency is None or d.regency == regency)

    def apply(self, text: str, regency: str | None, match: Callable[[frozenset[str]], Link]) -> Link:
        """The link that the decisions on ``text`` ask for; ``match`` finds one without the ids ruled out.

        The last decision overrules those before it, but every definition that was once ruled out and
        never taken back by ``same`` stays ruled out.
        """
        found = self.on(text, regency)
        if not found:
            return match(frozenset())
        last = found[-1]
        told = reason("decided", who=last.who, when=last.when.isoformat())
        if last.note:
            told = reason("decided-note", decided=told, note=last.note)
        if last.verdict == "same":
            return Link("definition", last.definition, 1.0, told)
        if last.verdict == "different":
            link = match(ruled_out(found))
            return Link(link.kind, link.target, link.score, f"{told}; {link.reason}", link.runners_up)
        return Link("cluster", None, 1.0, reason(last.verdict, decided=told))


def ruled_out(decisions: Iterable[Decision]) -> frozenset[str]:
    """Definitions that the decisions, in their order, leave ruled out."""
    out: set[str] = set()
    for decision in decisions:
        if decision.verdict == "different" and decision.definition:
            out.add(decision.definition)
        elif decision.verdict == "same":
            out.discard(decision.definition or "")
        elif decision.verdict == "new":
            out.clear()
    return frozenset(out)
