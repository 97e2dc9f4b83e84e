"""Indicators printed one below the other (Sasaran : … Indikator : …), in place of a table or beside one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document.labelled_sections import LabelledSection
from extractors.parser.performance import table_indicators
from extractors.parser.performance.table_indicators import IndicatorDraft
from extractors.parser.record_builder import SourcedValue, WordLedger
from extractors.parser.tables import column_assignment
from extractors.parser.tables.logical_rows import ObjectiveGroup, TableEntry
from extractors.parser.vocabulary import vocabulary_matcher

SAME_INDICATOR_SCORE = 88
"""Indel similarity (0 to 100) from which a detailed indicator is one of the table."""

_SHOWN_IN_TABLE = ("name", "objective", "unit", "formula")


@dataclass(slots=True)
class LabelledIndicators:
    """The detailed part while it is read, section by section."""

    group: ObjectiveGroup = field(default_factory=ObjectiveGroup)
    entries: list[TableEntry] = field(default_factory=list)
    names_come_first: bool = False
    """Each indicator is printed before its objective."""
    follows_name: bool = False
    """The name of an indicator was printed last."""
    next_extra: dict[str, list[Line]] = field(default_factory=dict)
    """Fields under unknown labels that stand above the name that they belong to."""

    def add_section(self, section: LabelledSection, ledger: WordLedger) -> bool:
        """Take a labelled section; ``False`` where it belongs to no indicator."""
        followed_name, self.follows_name = self.follows_name, section.field == "name"
        if section.field == "objective":
            self.names_come_first = self.names_come_first or (followed_name and not self.group.lines)
            self.group = ObjectiveGroup(list(section.lines))
            if followed_name and self.names_come_first:
                self.entries[-1].group = self.group
            return True
        if section.field == "name":
            entry = TableEntry(Passage(), self.group, {"name": list(section.lines)}, self.next_extra)
            self.entries.append(entry)
            self.next_extra = {}
            return True
        if section.field == "extra":
            title = section.label.text
            value_column = column_assignment.find_value_column(section.label)
            if value_column is not None and self.entries:
                self.entries[-1].add_value(value_column, section.lines)
                return True
            if not self.entries or title in self.entries[-1].extra:
                self.next_extra[title] = list(section.lines)
            else:
                self.entries[-1].extra[title] = list(section.lines)
            return True
        if not self.entries:
            return False
        name = "formula_or_explanation" if section.field == "formula" else section.field
        self.entries[-1].fields.setdefault(name, []).extend(section.lines)
        return True

    def build_drafts(self, ledger: WordLedger) -> list[IndicatorDraft]:
        """The indicators of the detailed part."""
        return [
            draft
            for entry in self.entries
            for draft in table_indicators.read_entry_indicators(entry, True, ledger)
        ]


def merge_drafts(
    table_drafts: list[IndicatorDraft], labelled_drafts: list[IndicatorDraft], ledger: WordLedger
) -> list[IndicatorDraft]:
    """One entry for an indicator that is printed twice, the detail adding what the table lacks."""
    merged_drafts = list(table_drafts)
    for labelled_draft in labelled_drafts:
        table_draft = max(
            table_drafts, key=lambda draft: _name_similarity(draft, labelled_draft), default=None
        )
        if table_draft is None or _name_similarity(table_draft, labelled_draft) < SAME_INDICATOR_SCORE:
            merged_drafts.append(labelled_draft)
            continue
        for name, value in labelled_draft.fields.items():
            if not value:
                continue
            if name == "extra":
                table_draft.fields[name] = value | table_draft.fields[name]
            elif not table_draft.fields[name]:
                table_draft.fields[name] = value
            elif name in _SHOWN_IN_TABLE or value != table_draft.fields[name]:
                _note_difference(name, table_draft, value, ledger)
    return merged_drafts


def _name_similarity(first_draft: IndicatorDraft, second_draft: IndicatorDraft) -> float:
    return fuzz.ratio(
        vocabulary_matcher.squeeze_text(first_draft.name), vocabulary_matcher.squeeze_text(second_draft.name)
    )


def _note_difference(name: str, table_draft: IndicatorDraft, value: Any, ledger: WordLedger) -> None:
    """What both parts print: the same is furniture, another reading is noted with its words."""
    for leaf, table_leaf in zip(
        _collect_leaves(value), _collect_leaves(table_draft.fields[name]), strict=False
    ):
        if vocabulary_matcher.squeeze_text(str(leaf.value)) == vocabulary_matcher.squeeze_text(
            str(table_leaf.value)
        ):
            ledger.add_furniture(leaf.source)
        else:
            message = f"The detailed part prints it otherwise: “{leaf.value}”"
            table_draft.notes.append(("detail-differs", message, name))
            ledger.quote_words(leaf.source)


def _collect_leaves(value: Any) -> list[SourcedValue]:
    if isinstance(value, SourcedValue):
        return [value]
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _collect_leaves(part)]
    return [leaf for part in value for leaf in _collect_leaves(part)] if isinstance(value, list) else []
