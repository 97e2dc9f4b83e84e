"""Annex tables: kinds of facilitation, coordination and recommendation with their activities and evidence."""

from __future__ import annotations

import re
from typing import Any

from extractors.parse import digits, indicators, items
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.rows import entries
from extractors.parse.tables import Grid
from extractors.passage import Passage


def from_grid(grid: Grid, ledger: Ledger) -> list[dict[str, Any]]:
    """The activities of one annex table in printed order."""
    category = grid.category
    made: list[dict[str, Any]] = []
    for entry in entries(grid, category, ledger):
        listed = items.split(entry.lines(category))
        for item in listed:
            ledger.drop(*item.marks)
        name = items.mended(Passage.join(" ", (item.text for item in listed)).folded())
        number = re.sub(r"\D", "", digits.repaired(entry.number.text))
        sure = entry.likeness
        made.append(
            {
                "category": Found(category, name),
                "number": Found(int(number), entry.number) if number else None,
                "name": found(name, sure.get(category, 1.0)) or Found("", Passage()),
                **{
                    key: indicators.listed(entry.lines(key), sure.get(key, 1.0), ledger)
                    for key in ("activities", "outputs", "evidence")
                },
            }
        )
    return made
