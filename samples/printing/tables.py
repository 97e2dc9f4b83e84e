"""Tables: the cells that a layout prints, and the markups that carry them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Indicator = dict[str, Any]
Row = list[str]


def headers(layout: str) -> dict[str, str]:
    """Return field to printed header of a layout, in printed order."""
    columns: dict[str, str] = words("printing")["columns"][layout]
    return columns


def dashed(items: Sequence[str]) -> str:
    """Return items of one cell in one line: ``- A - B``; a single one stands bare."""
    return items[0] if len(items) == 1 else " ".join(f"- {item}" for item in items)


def cell(indicator: Indicator, field: str, listed: Callable[[Sequence[str]], str] = dashed) -> str:
    """Return what the column of a field shows for an indicator; empty where there is nothing."""
    value = indicator[field]
    if value is None:
        return ""
    if field == "formula":
        return " ".join(value["raw"].split())
    if isinstance(value, list):
        return listed(value) if value else ""
    return str(value)


def merged(indicators: Sequence[Indicator]) -> list[str]:
    """Return objectives as a merged cell shows them: once for the rows that share it."""
    shown, last = [], None
    for indicator in indicators:
        objective = indicator["objective"] or ""
        shown.append("" if objective == last else objective)
        last = objective
    return shown


def years(indicators: Sequence[Indicator]) -> list[int]:
    """Return years that any indicator has a target for."""
    return sorted({target["year"] for indicator in indicators for target in indicator["targets"]})


def targets(indicator: Indicator, columns: Sequence[int]) -> Row:
    """Return target values in the columns of their years."""
    values: Mapping[int, str] = {target["year"]: target["value"] for target in indicator["targets"]}
    return [values.get(year, "") for year in columns]


def tabbed(rows: Sequence[Row]) -> list[str]:
    """Return rows as lines of tab-separated cells."""
    return ["\t".join(row) for row in rows]


def piped(head: Row, rows: Sequence[Row]) -> list[str]:
    """Return rows as a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def tagged(text: str) -> str:
    """Return text made safe to stand between tags."""
    return html.escape(text, quote=False)
