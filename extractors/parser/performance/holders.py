"""Agency and positions with their duties, functions, goals and indicators; the rows of the annex tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document import document_identity
from extractors.parser.document.labelled_sections import DocumentPart, LabelledSection
from extractors.parser.performance import activity_tables as activities
from extractors.parser.performance import indicator_values
from extractors.parser.performance import labelled_indicators as details
from extractors.parser.performance import table_indicators as indicators
from extractors.parser.performance.formula_lines import FormulaLines
from extractors.parser.performance.labelled_indicators import LabelledIndicators
from extractors.parser.performance.program_tables import ProgramDraft, ProgramTable
from extractors.parser.performance.table_indicators import IndicatorDraft
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.tables import list_items
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import vocabulary_matcher

MAX_NAME_LENGTH = 90
"""Characters of the name of an agency or a post that heads its table."""
_HEADING_NUMBER = re.compile(r"\(?(?:[IVXL]{1,6}|\d{1,2}|[A-Za-z])[.)]\s*(?=\S)")
_LIST_FIELDS = ("duties", "functions")
_GOAL_FIELDS = ("goal", "goal_indicator")


@dataclass(slots=True)
class HolderDraft:
    """A holder in the making."""

    type: Literal["agency", "position"]
    name: SourcedValue | None = None
    lists: dict[str, list[SourcedValue]] = field(default_factory=dict)
    goals: dict[str, SourcedValue] = field(default_factory=dict)
    indicators: list[IndicatorDraft] = field(default_factory=list)
    details: LabelledIndicators = field(default_factory=LabelledIndicators)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """``(code, message, field)``"""

    @property
    def has_only_name(self) -> bool:
        """Nothing but a name."""
        return not (self.lists or self.goals or self.indicators or self.details.entries)

    def record_fields(self) -> dict[str, Any]:
        """The fields of the record, indicators without their doubts."""
        return {
            "type": SourcedValue(self.type, self.name.source) if self.name else self.type,
            "name": self.name,
            **{name: self.lists.get(name, []) for name in _LIST_FIELDS},
            **{name: self.goals.get(name) for name in _GOAL_FIELDS},
            "indicators": [draft.fields for draft in self.indicators],
        }


@dataclass(slots=True)
class PerformanceData:
    """What the decree measures: holders, and the activities of its annex tables."""

    holders: list[HolderDraft] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    programs: list[ProgramDraft] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    """Lines that name an agency above its table: a period may be printed there."""
    led_agency: SourcedValue | None = None
    """The agency whose head is the one post."""

    def measure_agency(self, ledger: WordLedger) -> None:
        """Take the indicators of the one post for those of the agency that it leads."""
        if self.led_agency is not None and len(self.holders) == 1:
            holder = self.holders[0]
            if holder.name is not None:
                ledger.add_form_text(holder.name.source)
            holder.type, holder.name = "agency", self.led_agency

    def date_targets(self, year: SourcedValue) -> None:
        """Give values whose column names no year that of a document of one year."""
        for holder in self.holders:
            for indicator in holder.indicators:
                indicator_values.set_missing_years(indicator.fields, year)


class _HolderReader:
    """Goes through the parts once, the current holder in mind."""

    def __init__(self, ledger: WordLedger) -> None:
        self.ledger = ledger
        self.holders: list[HolderDraft] = []
        self.activities: list[dict[str, Any]] = []
        self.programs: list[ProgramDraft] = []
        self.headings: list[Passage] = []
        self.goal_open = False
        """A goal was printed last, so that ``Indikator :`` is its indicator."""
        self.formula_lines = FormulaLines()

    @property
    def current_holder(self) -> HolderDraft:
        if not self.holders:
            self.holders.append(HolderDraft("agency"))
        return self.holders[-1]

    def add_section(self, section: LabelledSection) -> bool:
        """Take a labelled section; ``False`` where no field takes it."""
        if section.group == "holder":
            return self._add_holder(section)
        if section.group == "block":
            self._add_block(section)
            return True
        if section.group != "detail":
            return False
        if section.field == "name" and self.goal_open:
            self._add_goal("goal_indicator", section)
            self.goal_open = False
            return True
        self.goal_open = False
        return self.current_holder.details.add_section(section, self.ledger)

    def _add_holder(self, section: LabelledSection) -> bool:
        name = sourced_text(list_items.rejoin_torn_words(section.text).strip(" ,;"), section.likeness)
        kind: Literal["agency", "position"] = "position" if section.field == "position" else "agency"
        if kind == "agency" and self.holders and self.holders[-1].type == "position":
            return False  # the unit that a post belongs to
        last_holder = self.holders[-1] if self.holders else None
        if last_holder is not None and last_holder.type == kind:
            if (
                kind == "agency"
                and name
                and last_holder.name
                and vocabulary_matcher.is_similar_text(last_holder.name.value, name.value)
            ):
                self.ledger.add_form_text(name.source)  # printed again on the next page
                return True
            if last_holder.name is None and last_holder.has_only_name:
                last_holder.name = name
                return True
        self.holders.append(HolderDraft(kind, name))
        self.goal_open = False
        return True

    def _add_block(self, section: LabelledSection) -> None:
        self.goal_open = section.field == "goal"
        if section.field in _GOAL_FIELDS:
            self._add_goal(section.field, section)
            return
        leaves = indicators.read_list_field(section.lines, section.likeness, self.ledger)
        field_values = self.current_holder.lists.setdefault(section.field, [])
        field_values.extend(leaves)
        if not leaves:
            is_explicit_nil = any(line.text for line in section.lines)
            content = "an explicit nil" if is_explicit_nil else "nothing behind it"
            message = f"“{section.label.text}” is printed with {content}."
            self.current_holder.notes.append(
                ("explicit-nil" if is_explicit_nil else "empty-field", message, section.field)
            )

    def _add_goal(self, name: str, section: LabelledSection) -> None:
        goal_items = list_items.split_items(section.lines)
        for item in goal_items:
            self.ledger.add_furniture(*item.marks)
        leaf = sourced_text(Passage.join(" ", (item.text for item in goal_items)), section.likeness)
        earlier_goal = self.current_holder.goals.get(name)
        if leaf is None:
            self.current_holder.notes.append(
                ("empty-field", f"“{section.label.text}” is printed with nothing behind it.", name)
            )
        elif earlier_goal is None:
            self.current_holder.goals[name] = leaf
        elif vocabulary_matcher.is_similar_text(earlier_goal.value, leaf.value):
            self.ledger.add_form_text(leaf.source)
        else:
            self.current_holder.notes.append(
                ("restated-differently", f"Printed again, but not the same: “{leaf.value}”", name)
            )
            self.ledger.quote_words(leaf.source)

    def add_grid(self, grid: TableGrid) -> None:
        """Take a table."""
        self.goal_open = False
        if grid.family == "activities":
            self.activities += activities.read_activities(grid, self.ledger)
            return
        drafts = indicators.read_indicators(grid, self.ledger)
        for draft in drafts:
            self._holder_of_position(draft).indicators.append(draft)
        self.formula_lines = FormulaLines(drafts)

    def _holder_of_position(self, draft: IndicatorDraft) -> HolderDraft:
        """The holder of an indicator: the post of its row, or the agency that a row above it names."""
        if not draft.position and not draft.agency:
            return self.current_holder
        holder_name = draft.position or draft.agency
        name = holder_name.text
        for holder in self.holders:
            if holder.name is not None and vocabulary_matcher.squeeze_text(
                holder.name.value
            ) == vocabulary_matcher.squeeze_text(name):
                return holder
        kind: Literal["agency", "position"] = "position" if draft.position else "agency"
        self.holders.append(HolderDraft(kind, sourced_text(holder_name)))
        return self.holders[-1]

    def add_agency_heading(self, line: Line) -> None:
        """An agency printed above its table without a label, numbered where there are several."""
        cut = _number_end(line)
        self.ledger.add_furniture(line.text[:cut])
        name = sourced_text(document_identity.cut_title_end(line.text[cut:]).strip(" :.,"))
        self.headings.append(line.text)
        last_holder = self.holders[-1] if self.holders else None
        if (
            last_holder is not None
            and name
            and last_holder.name
            and vocabulary_matcher.is_similar_text(last_holder.name.value, name.value)
        ):
            self.ledger.add_form_text(name.source)  # printed again on the next page
        elif last_holder is not None and last_holder.name is None and last_holder.has_only_name:
            last_holder.name = name
        else:
            self.holders.append(HolderDraft("agency", name))

    def add_post_heading(self, line: Line) -> None:
        """A post printed above its table without a label."""
        self.holders.append(HolderDraft("position", sourced_text(line.text.strip(" :.,"))))


def read_holders(parts: list[DocumentPart], ledger: WordLedger) -> tuple[PerformanceData, list[DocumentPart]]:
    """Holders and activities, and the parts that no field takes.

    Empties ``parts``, so that a long document's lines are let go as its fields come.
    """
    reader = _HolderReader(ledger)
    rest: list[DocumentPart] = []
    parts.reverse()
    while parts:
        part = parts.pop()
        next_part = parts[-1] if parts else None
        if isinstance(part, Line) and reader.formula_lines.add_line(part, ledger):
            continue
        reader.formula_lines.settle(ledger)
        if isinstance(part, TableGrid):
            reader.add_grid(part)
        elif isinstance(part, ProgramTable):
            reader.programs += part.read_programs(ledger)
        elif isinstance(part, LabelledSection):
            if not reader.add_section(part):
                rest.append(part)
        elif _heads_a_post(part, next_part):
            reader.add_post_heading(part)
        elif _heads_an_agency(part, next_part):
            reader.add_agency_heading(part)
        else:
            rest.append(part)
    reader.formula_lines.settle(ledger)
    for holder in reader.holders:
        holder.indicators = details.merge_drafts(
            holder.indicators, holder.details.build_drafts(ledger), ledger
        )
    measured_holders = _drop_unmeasured_agency(reader.holders, ledger)
    return PerformanceData(
        measured_holders, reader.activities, reader.programs, reader.headings, find_led_agency(reader.holders)
    ), rest


def _heads_a_post(line: Line, next_part: DocumentPart | None) -> bool:
    if not vocabulary_matcher.starts_with(line.text.text, "holder_posts") or len(line.text) > MAX_NAME_LENGTH:
        return False
    heads_duties = isinstance(next_part, LabelledSection) and next_part.group == "block"
    return (heads_duties or isinstance(next_part, TableGrid)) and (line.text.text.isupper() or line.heading)


def _heads_an_agency(line: Line, next_part: DocumentPart | None) -> bool:
    """Does a line name an agency right above its duties or its table, in capitals or set as a heading?"""
    text = line.text.text[_number_end(line) :]
    if not vocabulary_matcher.starts_with(text, "holder_agencies") or len(text) > MAX_NAME_LENGTH:
        return False
    heads_duties = isinstance(next_part, LabelledSection) and next_part.group == "block"
    return (heads_duties or isinstance(next_part, TableGrid)) and (text.isupper() or line.heading)


def _number_end(line: Line) -> int:
    """Where what follows a heading's number, letter or Roman number begins."""
    number = _HEADING_NUMBER.match(line.text.text)
    return number.end() if number else 0


def _drop_unmeasured_agency(holders: list[HolderDraft], ledger: WordLedger) -> list[HolderDraft]:
    """Return the holders without the agency that a list of posts is headed by, which measures nothing."""
    has_positions = any(holder.type == "position" for holder in holders)
    measured_holders = [
        h for h in holders if not (has_positions and h.type == "agency" and not h.indicators and not h.lists)
    ]
    for holder in holders:
        if holder not in measured_holders and holder.name is not None:
            ledger.add_form_text(holder.name.source)
    return measured_holders


def find_led_agency(holders: list[HolderDraft]) -> SourcedValue | None:
    """Return the agency whose head alone is named below it (``Dinas X``, ``Kepala Dinas X``).

    A form on an agency may print both; whose indicators they are says the document's title.
    """
    agencies = [h.name for h in holders if h.type == "agency" and h.name and not h.indicators]
    posts = [h.name for h in holders if h.type == "position" and h.name]
    if len(agencies) != 1 or len(posts) != 1:
        return None
    letters = vocabulary_matcher.squeeze_text(agencies[0].value)
    return agencies[0] if letters in vocabulary_matcher.squeeze_text(posts[0].value) else None
