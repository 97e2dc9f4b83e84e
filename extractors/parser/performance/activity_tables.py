"""Annex tables: kinds of facilitation, coordination and recommendation with their activities and evidence."""

from __future__ import annotations

import re
from typing import Any

from extractors.model.passage import Passage
from extractors.parser.performance import activity_categories, table_indicators
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.tables import list_items
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.tables.logical_rows import read_entries
from extractors.parser.vocabulary import ocr_digits


def read_activities(grid: TableGrid, ledger: WordLedger) -> list[dict[str, Any]]:
    """The activities of one annex table in printed order."""
    return [
        activity
        for part in activity_categories.split_by_category(grid, ledger)
        for activity in _read_category(part, ledger)
    ]


def _read_category(grid: TableGrid, ledger: WordLedger) -> list[dict[str, Any]]:
    category = grid.category
    activities: list[dict[str, Any]] = []
    for entry in read_entries(grid, category, ledger):
        name_items = list_items.split_items(entry.field_lines(category))
        for item in name_items:
            ledger.add_furniture(*item.marks)
        name = list_items.rejoin_torn_words(
            Passage.join(" ", (item.text for item in name_items)).fold_whitespace()
        )
        number = re.sub(r"\D", "", ocr_digits.repair_digits(entry.number.text))
        field_likeness = entry.likeness
        activities.append(
            {
                "category": SourcedValue(category, name),
                "number": SourcedValue(int(number), entry.number) if number else None,
                "name": sourced_text(name, field_likeness.get(category, 1.0)) or SourcedValue("", Passage()),
                **{
                    key: table_indicators.read_list_field(
                        entry.field_lines(key), field_likeness.get(key, 1.0), ledger
                    )
                    for key in ("activities", "outputs", "evidence")
                },
            }
        )
    return activities
