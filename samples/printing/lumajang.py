"""The sheet of Lumajang's form: numbered labels, one tab-separated table that goes on over a page break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.printing.annex import annex
from samples.printing.parts import block, heading, labelled, numbered, signature
from samples.printing.tables import Indicator, Row, cell, headers, tabbed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record

KEPT = 0.6
"""Share of the words of a cell that stays above a page break."""


def text(record: Record) -> str:
    """Return the decree as this sheet prints it; one holder."""
    holder = record["holders"][0]
    rows = [_row(indicator) for indicator in holder["indicators"]]
    lines = [
        *_title(record),
        "",
        *_labels(holder),
        "",
        words("printing")["headings"][record["kind"]],
        "",
        *_table(rows),
        "",
        *signature(record),
        *annex(record),
    ]
    return "\n".join(lines)


def _title(record: Record) -> list[str]:
    first, *rest = heading(record["title"])
    lines = [f"**{first}", *rest]
    return [*lines[:-1], f"{lines[-1]}**"]


def _labels(holder: Indicator) -> Iterator[str]:
    for number, (field, label, items) in enumerate(block(holder, "lumajang"), start=1):
        if field == "functions":
            yield f"{number}. {label} :"
            yield from (f" {line}" for line in numbered(items))
        else:
            yield from labelled(f"{number}. {label}", items)


def _row(indicator: Indicator) -> Row:
    row = [cell(indicator, field) for field in headers("lumajang")]
    row[0] += "."
    if indicator["explanation"]:
        label = words("printing")["explanation"]
        place = list(headers("lumajang")).index("formula")
        row[place] = f"<p>{row[place]}</p> <p><u>{label} :</u> {indicator['explanation']}</p>"
    return row


def _table(rows: list[Row]) -> list[str]:
    """Return rows below their header; a page break cuts the last row but one, and the header is repeated."""
    head = list(headers("lumajang").values())
    cut = max(len(rows) - 2, 0)
    above, below = _split(rows[cut])
    return [*tabbed([head, *rows[:cut], above]), "", *tabbed([head, below, *rows[cut + 1 :]])]


def _split(row: Row) -> tuple[Row, Row]:
    """Return a row in two: its longest cell goes on below the break, the other cells stay above it."""
    place = max(range(1, len(row)), key=lambda column: len(row[column]))
    if "</p> <p>" in row[place]:
        text_above, rest = row[place].split("</p> <p>")
        text_above, rest = f"{text_above}</p>", f"<p>{rest}"
    else:
        parts = row[place].split(" ")
        at = round(len(parts) * KEPT)
        text_above, rest = " ".join(parts[:at]), " ".join(parts[at:])
    above = [*row[:place], text_above, *row[place + 1 :]]
    return above, [rest if column == place else "" for column in range(len(row))]
