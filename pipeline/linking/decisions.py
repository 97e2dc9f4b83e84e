"""Decisions of the reviewer: read from YAML, checked, and replayed. A decision always wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from extractors.errors import TableError
from pipeline.linking import regencies
from pipeline.linking.definitions import Strict, reasons
from pipeline.linking.match import Link
from pipeline.linking.rows import rows_of
from pipeline.linking.telling import reason
from pipeline.words import key_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NEEDS_DEFINITION = ("same", "different")


class DecisionError(TableError):
    """A decision file that cannot be used; the message names the entry."""


class Decision(Strict):
    """One judgement of a reviewer on one printed text."""

    verdict: Literal["same", "different", "new", "not-an-indicator", "revoked"]
    """What was decided; ``revoked`` takes back the newest decision on the text that still stands."""
    text: Annotated[str, Field(min_length=1)]
    """The name as printed; case and blanks do not matter."""
    definition: str | None = None
    """Id of the definition for ``same`` and ``different``."""
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")] | None = None
    """What the definition said when it was decided; once it says something else, a person is asked again."""
    regency: str | None = None
    """Only in this regency; null: everywhere."""
    who: Annotated[str, Field(min_length=1)]
    """Role or initials of the reviewer."""
    when: date
    """Day of the decision."""
    note: str | None = None
    """Why, in words."""

    @property
    def home(self) -> regencies.Key | None:
        """The regency in which it holds, however it is written; None: everywhere."""
        return regencies.home(self.regency)

    @model_validator(mode="after")
    def definition_where_needed(self) -> Decision:
        """``same`` and ``different`` name a definition, the others do not."""
        if (self.definition is not None) != (self.verdict in NEEDS_DEFINITION):
            raise ValueError("name a definition for 'same' and 'different', and only there")
        if self.version is not None and self.definition is None:
            raise ValueError("version: there is no definition that it could be of")
        return self


def load_decisions(file: Path | None = None, known: Iterable[str] | None = None) -> tuple[Decision, ...]:
    """The decisions in the order in which they were made (None: the reviewed file of this package).

    ``known`` are the ids of the definitions; a decision on another id is refused, unless it says which
    version it was of: then the definition is gone, and a person is asked again. Raises ``DecisionError``.
    """
    source = file if file is not None else files("normalized").joinpath("decisions.yaml")
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(f"{source.name}: cannot be read: {error}") from error
    return read_decisions(text, source.name, known)


def read_decisions(text: str, file: str, known: Iterable[str] | None = None) -> tuple[Decision, ...]:
    """The decisions of a YAML text; ``file`` names it in errors. See ``load_decisions``."""
    ids = None if known is None else frozenset(known)
    rows = rows_of(text, "decisions", file, DecisionError)
    return tuple(checked(f"{file}, line {line}", row, ids) for line, row in rows)


def checked(where: str, row: object, known: frozenset[str] | None) -> Decision:
    """One row as a decision, or an error that says where it is."""
    try:
        decision = Decision.model_validate(row)
    except ValidationError as error:
        raise DecisionError(f"{where}: {reasons(error)}") from error
    gone = known is not None and decision.definition is not None and decision.definition not in known
    if gone and decision.version is None:
        raise DecisionError(f"{where}: no definition has the id {decision.definition!r}")
    return decision


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions on one text, oldest first, without those that were taken back."""
    out: list[Decision] = []
    for decision in decisions:
        if decision.verdict != "revoked":
            out.append(decision)
            continue
        newest = next((d for d in reversed(out) if d.home == decision.home), None)
        out = [d for d in out if d is not newest]
    return out


@dataclass(frozen=True)
class Conflict:
    """Two people's decisions on one text that cannot both hold; the later one does."""

    earlier: Decision
    later: Decision

    @property
    def told(self) -> str:
        """What contradicts what, in a line."""
        one, other = (
            f"{d.verdict}{f' {d.definition}' if d.definition else ''} ({d.who}, {d.when})"
            for d in (self.earlier, self.later)
        )
        return f"Decisions disagree on “{self.later.text}”: {one}, then {other}; the later one holds."


def conflicts(decisions: Iterable[Decision]) -> Iterator[Conflict]:
    """Decisions on one text by different people that contradict each other, neither taken back."""
    by_text: dict[tuple[str, regencies.Key | None], list[Decision]] = {}
    for decision in decisions:
        by_text.setdefault((key_text(decision.text), decision.home), []).append(decision)
    for found in by_text.values():
        for earlier, later in combinations(standing(found), 2):
            if earlier.who != later.who and _contradict(earlier, later):
                yield Conflict(earlier, later)


def _contradict(one: Decision, other: Decision) -> bool:
    """Can two verdicts on one text not both be right? ``different`` only denies its own definition."""
    if "different" not in (one.verdict, other.verdict):
        return (one.verdict, one.definition) != (other.verdict, other.definition)
    return one.definition == other.definition and one.verdict != other.verdict


class Decisions:
    """Decisions ready for replay.

    ``versions`` tells what each definition says now; without, no decision is out of date.
    """

    def __init__(self, decisions: Iterable[Decision], versions: Mapping[str, str] | None = None) -> None:
        self._versions = versions
        self._by_text: dict[str, list[Decision]] = {}
        for decision in decisions:
            self._by_text.setdefault(key_text(decision.text), []).append(decision)

    def on(self, text: str, regency: str | None = None) -> tuple[Decision, ...]:
        """The decisions that stand for a text in a regency, oldest first."""
        found = self._by_text.get(key_text(text), ())
        here = (None, regencies.home(regency))
        return tuple(standing(d for d in found if d.home in here))

    def out_of_date(self, decision: Decision) -> bool:
        """Does the definition that was decided on say something else by now?"""
        if self._versions is None or decision.version is None or decision.definition is None:
            return False
        return self._versions.get(decision.definition) != decision.version

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
        if self.out_of_date(last):
            link = match(ruled_out(found[:-1]))
            told = reason("decided-again", decided=told, id=last.definition or "")
            return Link("review", None, link.score, told, link.runners_up)
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
