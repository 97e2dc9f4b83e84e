"""Agency and positions with their duties, functions, goals and indicators; the rows of the annex tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from extractors.page import Line
from extractors.parse import activities, details, indicators, items, vocabulary
from extractors.parse.details import Details
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.indicators import Draft
from extractors.parse.sections import Part, Section
from extractors.parse.tables import Grid
from extractors.passage import Passage

LONGEST_NAME = 90
"""Characters of the name of an agency or a post that heads its table."""
_NUMBER = re.compile(r"\(?(?:[IVXL]{1,6}|\d{1,2}|[A-Za-z])[.)]\s*(?=\S)")
_LISTS = ("duties", "functions")
_GOALS = ("goal", "goal_indicator")


@dataclass(slots=True)
class HolderDraft:
    """A holder in the making."""

    type: Literal["agency", "position"]
    name: Found | None = None
    lists: dict[str, list[Found]] = field(default_factory=dict)
    goals: dict[str, Found] = field(default_factory=dict)
    indicators: list[Draft] = field(default_factory=list)
    details: Details = field(default_factory=Details)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    """``(code, message, field)``"""

    @property
    def is_bare(self) -> bool:
        """Nothing but a name."""
        return not (self.lists or self.goals or self.indicators or self.details.entries)

    def fields(self) -> dict[str, Any]:
        """The fields of the record, indicators without their doubts."""
        return {
            "type": Found(self.type, self.name.source) if self.name else self.type,
            "name": self.name,
            **{name: self.lists.get(name, []) for name in _LISTS},
            **{name: self.goals.get(name) for name in _GOALS},
            "indicators": [draft.fields for draft in self.indicators],
        }


@dataclass(slots=True)
class Performance:
    """What the decree measures: holders, and the activities of its annex tables."""

    holders: list[HolderDraft] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)


class _Reader:
    """Goes through the parts once, the current holder in mind."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.holders: list[HolderDraft] = []
        self.activities: list[dict[str, Any]] = []
        self.goal_open = False
        """A goal was printed last, so that ``Indikator :`` is its indicator."""

    @property
    def current(self) -> HolderDraft:
        if not self.holders:
            self.holders.append(HolderDraft("agency"))
        return self.holders[-1]

    def section(self, section: Section) -> bool:
        """Take a labelled section; ``False`` where no field takes it."""
        if section.group == "holder":
            return self._holder(section)
        if section.group == "block":
            self._block(section)
            return True
        if section.group != "detail":
            return False
        if section.field == "name" and self.goal_open:
            self._goal("goal_indicator", section)
            self.goal_open = False
            return True
        self.goal_open = False
        return self.current.details.take(section, self.ledger)

    def _holder(self, section: Section) -> bool:
        name = found(items.mended(section.text).strip(" ,;"), section.likeness)
        kind: Literal["agency", "position"] = "position" if section.field == "position" else "agency"
        if kind == "agency" and self.holders and self.holders[-1].type == "position":
            return False  # the unit that a post belongs to
        known = self.holders[-1] if self.holders else None
        if known is not None and known.type == kind:
            if kind == "agency" and name and known.name and vocabulary.alike(known.name.value, name.value):
                self.ledger.form(name.source)  # printed again on the next page
                return True
            if known.name is None and known.is_bare:
                known.name = name
                return True
        self.holders.append(HolderDraft(kind, name))
        self.goal_open = False
        return True

    def _block(self, section: Section) -> None:
        self.goal_open = section.field == "goal"
        if section.field in _GOALS:
            self._goal(section.field, section)
            return
        leaves = indicators.listed(section.lines, section.likeness, self.ledger)
        known = self.current.lists.setdefault(section.field, [])
        known.extend(leaves)
        if not leaves:
            nil = any(line.text for line in section.lines)
            message = (
                f"“{section.label.text}” is printed with {'an explicit nil' if nil else 'nothing behind it'}."
            )
            self.current.doubts.append(("explicit-nil" if nil else "empty-field", message, section.field))

    def _goal(self, name: str, section: Section) -> None:
        listed = items.split(section.lines)
        for item in listed:
            self.ledger.drop(*item.marks)
        leaf = found(Passage.join(" ", (item.text for item in listed)), section.likeness)
        known = self.current.goals.get(name)
        if leaf is None:
            self.current.doubts.append(
                ("empty-field", f"“{section.label.text}” is printed with nothing behind it.", name)
            )
        elif known is None:
            self.current.goals[name] = leaf
        elif vocabulary.alike(known.value, leaf.value):
            self.ledger.form(leaf.source)
        else:
            self.current.doubts.append(
                ("restated-differently", f"Printed again, but not the same: “{leaf.value}”", name)
            )
            self.ledger.quote(leaf.source)

    def grid(self, grid: Grid) -> None:
        """Take a table."""
        self.goal_open = False
        if grid.family == "activities":
            self.activities += activities.from_grid(grid, self.ledger)
            return
        for draft in indicators.from_grid(grid, self.ledger):
            self._of_position(draft).indicators.append(draft)

    def _of_position(self, draft: Draft) -> HolderDraft:
        """The holder of an indicator: the post of its row, where the table has a column for posts."""
        if not draft.position:
            return self.current
        name = draft.position.text
        for holder in self.holders:
            if holder.name is not None and vocabulary.squeezed(holder.name.value) == vocabulary.squeezed(
                name
            ):
                return holder
        self.holders.append(HolderDraft("position", found(draft.position)))
        return self.holders[-1]

    def agency_heading(self, line: Line) -> None:
        """An agency printed above its table without a label, numbered where there are several."""
        cut = _numbered(line)
        self.ledger.drop(line.text[:cut])
        name = found(line.text[cut:].strip(" :.,"))
        known = self.holders[-1] if self.holders else None
        if known is not None and name and known.name and vocabulary.alike(known.name.value, name.value):
            self.ledger.form(name.source)  # printed again on the next page
        elif known is not None and known.name is None and known.is_bare:
            known.name = name
        else:
            self.holders.append(HolderDraft("agency", name))

    def post_heading(self, line: Line) -> None:
        """A post printed above its table without a label."""
        self.holders.append(HolderDraft("position", found(line.text.strip(" :.,"))))


def read_holders(parts: list[Part], ledger: Ledger) -> tuple[Performance, list[Part]]:
    """Holders and activities, and the parts that no field takes.

    Empties ``parts``, so that a long document's lines are let go as its fields come.
    """
    reader = _Reader(ledger)
    rest: list[Part] = []
    parts.reverse()
    while parts:
        part = parts.pop()
        following = parts[-1] if parts else None
        if isinstance(part, Grid):
            reader.grid(part)
        elif isinstance(part, Section):
            if not reader.section(part):
                rest.append(part)
        elif _heads_a_post(part, following):
            reader.post_heading(part)
        elif _heads_an_agency(part, following):
            reader.agency_heading(part)
        else:
            rest.append(part)
    for holder in reader.holders:
        holder.indicators = details.merge(holder.indicators, holder.details.drafts(ledger), ledger)
    return Performance(_measured(reader.holders, ledger), reader.activities), rest


def _heads_a_post(line: Line, following: Part | None) -> bool:
    if not vocabulary.starts_with(line.text.text, "holder_posts") or len(line.text) > LONGEST_NAME:
        return False
    duties = isinstance(following, Section) and following.group == "block"
    return (duties or isinstance(following, Grid)) and (line.text.text.isupper() or line.heading)


def _heads_an_agency(line: Line, following: Part | None) -> bool:
    """Does a line name an agency right above its duties or its table, in capitals or set as a heading?"""
    text = line.text.text[_numbered(line) :]
    if not vocabulary.starts_with(text, "holder_agencies") or len(text) > LONGEST_NAME:
        return False
    own = isinstance(following, Section) and following.group == "block"
    return (own or isinstance(following, Grid)) and (text.isupper() or line.heading)


def _numbered(line: Line) -> int:
    """Where what follows a heading's number, letter or Roman number begins."""
    number = _NUMBER.match(line.text.text)
    return number.end() if number else 0


def _measured(holders: list[HolderDraft], ledger: Ledger) -> list[HolderDraft]:
    """Without the agency that a list of posts is headed by: nothing of its own is measured."""
    positions = any(holder.type == "position" for holder in holders)
    kept = [h for h in holders if not (positions and h.type == "agency" and not h.indicators and not h.lists)]
    for holder in holders:
        if holder not in kept and holder.name is not None:
            ledger.form(holder.name.source)
    return kept
