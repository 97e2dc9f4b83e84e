"""The annex tables Jenis Fasilitasi, Koordinasi and Rekomendasi, as tab-separated lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples.printing.parts import numbered
from samples.printing.tables import tabbed
from samples.words import words

if TYPE_CHECKING:
    from samples.printing.dress import Record


def annex(record: Record) -> list[str]:
    """Return the lines of the tables of activities, each with a heading; empty if there are none."""
    lines: list[str] = []
    number = 0
    for category in words("printing")["annex"]["order"]:
        rows = [row for row in record["activities"] if row["category"] == category]
        if rows:
            number += 1
            form = words("printing")["annex"][category]
            count = [str(column) for column in range(1, len(form["columns"]) + 1)]
            body = tabbed([form["columns"], count, *_rows(rows)])
            lines += ["", f"{number}. {form['heading']} :", "", *body]
    return lines


def _rows(activities: list[dict[str, Any]]) -> list[list[str]]:
    """Return rows of one table; evidence that the row above shares stands there once."""
    rows, above = [], None
    for activity in activities:
        evidence = "" if activity["evidence"] == above else _listed(activity["evidence"])
        above = activity["evidence"]
        cells = [_listed(activity["activities"]), _listed(activity["outputs"]), evidence]
        rows.append([f"{activity['number']}.", activity["name"], *cells])
    return rows


def _listed(items: list[str]) -> str:
    return " ".join(numbered(items)) if len(items) > 1 else "".join(items)
