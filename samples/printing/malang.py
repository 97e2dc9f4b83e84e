"""The IKI form of Malang: a table for each post, some of them torn into printed lines by the OCR."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from samples.printing.parts import block, heading, labelled, lettered, signature, word
from samples.printing.tables import Indicator, Row, cell, headers, merged, tabbed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record

WIDTHS = {"objective": 26, "name": 28, "formula": 36, "data_sources": 24}
"""Characters that a printed line of each column holds."""


def text(record: Record) -> str:
    """Return the annex of a decree on individual indicators; any number of posts."""
    lines = [*_heading(record), "", f"### {words('printing')['headings'][record['kind']]}"]
    for position, holder in enumerate(record["holders"]):
        rows = _torn(holder["indicators"]) if position % 2 else _whole(holder["indicators"])
        lines += ["", *_labels(holder), "", *tabbed([list(headers("malang").values()), *rows])]
    return "\n".join([*lines, "", *signature(record)])


def _heading(record: Record) -> Iterator[str]:
    yield word("decree", "annex", record)
    yield word("decree", "heading", record)
    if record["number"]:
        yield f"{word('decree', 'number', record)}: {record['number']}"
    yield word("decree", "about", record)
    yield from heading(record["title"])


def _labels(holder: Indicator) -> Iterator[str]:
    """Yield ``1. Jabatan``, ``2. Tugas``, ``3. Fungsi``; a dash says that there is none."""
    for number, (field, label, items) in enumerate(block(holder, "malang"), start=1):
        shown = items if field == "name" else list(lettered(items, ")")) or ["-"]
        first, *rest = labelled(label, shown)
        yield f"{number}. {first}"
        yield from (f"   {line}" for line in rest)


def _whole(indicators: list[Indicator]) -> list[Row]:
    """Return a row for each indicator, the objective once for the rows that share it."""
    return [
        [objective, *(cell(indicator, field) for field in headers("malang") if field != "objective")]
        for indicator, objective in zip(indicators, merged(indicators), strict=True)
    ]


def _torn(indicators: list[Indicator]) -> list[Row]:
    """Return a row for each printed line; indicators begin with a dash.

    A single objective runs down beside all of them, as in a merged cell; several keep to their rows.
    """
    objectives = merged(indicators)
    alone = bool(objectives[0]) and not any(objectives[1:])
    rows = [
        row
        for indicator, objective in zip(indicators, objectives, strict=True)
        for row in _lines(indicator, "" if alone else objective)
    ]
    if not alone:
        return rows
    column = _wrapped(objectives[0], "objective")
    blank = ["", "", "", ""]
    return [[line or "", *(row or blank)[1:]] for line, row in zip_longest(column, rows)]


def _lines(indicator: Indicator, objective: str) -> list[Row]:
    """Return the printed lines of one indicator; the lines of a stacked formula stay apart."""
    formula = (indicator["formula"] or {"raw": ""})["raw"]
    columns = [
        _wrapped(objective, "objective"),
        _wrapped(f"- {indicator['name']}", "name"),
        [part for line in formula.split("\n") for part in _wrapped(line, "formula")],
        _wrapped(cell(indicator, "data_sources"), "data_sources"),
    ]
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


def _wrapped(text: str, column: str) -> list[str]:
    """Return lines of a column; words are not torn."""
    return textwrap.wrap(text, WIDTHS[column], break_on_hyphens=False, break_long_words=False)
