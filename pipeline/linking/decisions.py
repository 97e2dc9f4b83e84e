"""Decisions of the reviewer: read from YAML, checked, and replayed. A decision always wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, entry_lines, parse_yaml, validate_node
from pipeline.language import key_text
from pipeline.linking.definitions import StrictYamlModel
from pipeline.linking.reasons import format_reason
from pipeline.linking.registry import Link
from pipeline.places import regencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NEEDS_DEFINITION = ("same", "different")


class DecisionError(ConfigError):
    """A decision file that cannot be used; the message names the entry."""


class Decision(StrictYamlModel):
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
    def regency_key(self) -> regencies.RegencyKey | None:
        """The regency in which it holds, however it is written; None: everywhere."""
        return regencies.optional_regency_key(self.regency)

    @model_validator(mode="after")
    def definition_where_needed(self) -> Decision:
        """``same`` and ``different`` name a definition, the others do not."""
        if (self.definition is not None) != (self.verdict in NEEDS_DEFINITION):
            raise ValueError("name a definition for 'same' and 'different', and only there")
        if self.version is not None and self.definition is None:
            raise ValueError("version: there is no definition that it could be of")
        return self


class DecisionFile(TableModel):
    """A file of decisions."""

    decisions: tuple[Decision, ...] | None


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


def read_decisions(text: str, file: str, definition_ids: Iterable[str] | None = None) -> tuple[Decision, ...]:
    """The decisions of a YAML text; ``file`` names it in errors. See ``load_decisions``."""
    id_set = None if definition_ids is None else frozenset(definition_ids)
    data, node = parse_yaml(text, file, DecisionError)
    decisions = validate_node(data, node, file, DecisionFile, DecisionError).decisions or ()
    for decision, line in zip(decisions, entry_lines(node, "decisions"), strict=True):
        _check_definition(decision, f"{file}, line {line}", id_set)
    return decisions


def _check_definition(decision: Decision, where: str, definition_ids: frozenset[str] | None) -> None:
    """Raise DecisionError where a decision names a definition that is not there, and no version of it."""
    is_missing = (
        definition_ids is not None
        and decision.definition is not None
        and decision.definition not in definition_ids
    )
    if is_missing and decision.version is None:
        raise DecisionError(f"{where}: no definition has the id {decision.definition!r}")


def drop_revoked(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions on one text, oldest first, without those that were taken back."""
    valid_decisions: list[Decision] = []
    for decision in decisions:
        if decision.verdict != "revoked":
            valid_decisions.append(decision)
            continue
        newest = next((d for d in reversed(valid_decisions) if d.regency_key == decision.regency_key), None)
        valid_decisions = [d for d in valid_decisions if d is not newest]
    return valid_decisions


@dataclass(frozen=True)
class DecisionConflict:
    """Two people's decisions on one text that cannot both hold; the later one does."""

    earlier: Decision
    later: Decision

    @property
    def message(self) -> str:
        """What contradicts what, in a line."""
        earlier_text, later_text = (
            f"{d.verdict}{f' {d.definition}' if d.definition else ''} ({d.who}, {d.when})"
            for d in (self.earlier, self.later)
        )
        return (
            f"Decisions disagree on “{self.later.text}”: "
            f"{earlier_text}, then {later_text}; the later one holds."
        )


def find_conflicts(decisions: Iterable[Decision]) -> Iterator[DecisionConflict]:
    """Decisions on one text by different people that contradict each other, neither taken back."""
    by_text: dict[tuple[str, regencies.RegencyKey | None], list[Decision]] = {}
    for decision in decisions:
        by_text.setdefault((key_text(decision.text), decision.regency_key), []).append(decision)
    for text_decisions in by_text.values():
        for earlier, later in combinations(drop_revoked(text_decisions), 2):
            if earlier.who != later.who and _is_contradiction(earlier, later):
                yield DecisionConflict(earlier, later)


def _is_contradiction(first: Decision, second: Decision) -> bool:
    """Can two verdicts on one text not both be right? ``different`` only denies its own definition."""
    if "different" not in (first.verdict, second.verdict):
        return (first.verdict, first.definition) != (second.verdict, second.definition)
    return first.definition == second.definition and first.verdict != second.verdict


class DecisionReplay:
    """Decisions ready for replay.

    ``versions`` tells what each definition says now; without, no decision is out of date.
    """

    def __init__(self, decisions: Iterable[Decision], versions: Mapping[str, str] | None = None) -> None:
        self._versions = versions
        self._by_text: dict[str, list[Decision]] = {}
        for decision in decisions:
            self._by_text.setdefault(key_text(decision.text), []).append(decision)

    def find_decisions(self, text: str, regency: str | None = None) -> tuple[Decision, ...]:
        """The decisions that stand for a text in a regency, oldest first."""
        text_decisions = self._by_text.get(key_text(text), ())
        regency_keys = (None, regencies.optional_regency_key(regency))
        return tuple(drop_revoked(d for d in text_decisions if d.regency_key in regency_keys))

    def is_outdated(self, decision: Decision) -> bool:
        """Does the definition that was decided on say something else by now?"""
        if self._versions is None or decision.version is None or decision.definition is None:
            return False
        return self._versions.get(decision.definition) != decision.version

    def apply(self, text: str, regency: str | None, match: Callable[[frozenset[str]], Link]) -> Link:
        """The link that the decisions on ``text`` ask for; ``match`` finds one without the ids ruled out.

        The last decision overrules those before it, but every definition that was once ruled out and
        never taken back by ``same`` stays ruled out.
        """
        text_decisions = self.find_decisions(text, regency)
        if not text_decisions:
            return match(frozenset())
        latest = text_decisions[-1]
        explanation = format_reason("decided", who=latest.who, when=latest.when.isoformat())
        if latest.note:
            explanation = format_reason("decided-note", decided=explanation, note=latest.note)
        if self.is_outdated(latest):
            link = match(ruled_out_ids(text_decisions[:-1]))
            explanation = format_reason("decided-again", decided=explanation, id=latest.definition or "")
            return Link("review", None, link.score, explanation, link.runners_up)
        if latest.verdict == "same":
            return Link("definition", latest.definition, 1.0, explanation)
        if latest.verdict == "different":
            link = match(ruled_out_ids(text_decisions))
            return Link(link.kind, link.target, link.score, f"{explanation}; {link.reason}", link.runners_up)
        return Link("cluster", None, 1.0, format_reason(latest.verdict, decided=explanation))


def ruled_out_ids(decisions: Iterable[Decision]) -> frozenset[str]:
    """Definitions that the decisions, in their order, leave ruled out."""
    ids: set[str] = set()
    for decision in decisions:
        if decision.verdict == "different" and decision.definition:
            ids.add(decision.definition)
        elif decision.verdict == "same":
            ids.discard(decision.definition or "")
        elif decision.verdict == "new":
            ids.clear()
    return frozenset(ids)
