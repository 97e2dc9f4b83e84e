"""A form in Markdown: labels, a pipe table with a row of column numbers, formulas in LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.printing.annex import annex
from samples.printing.parts import block, heading, labelled, lettered, letterhead, numbered, signature, word
from samples.printing.tables import Indicator, Row, cell, headers, piped, targets, years
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samples.printing.dress import Record


def text(record: Record) -> str:
    """Return the form of one holder."""
    holder = record["holders"][0]
    lines = [
        *_head(record),
        "",
        *_labels(holder),
        "",
        f"## {words('printing')['headings'][record['kind']].title()}",
        "",
        *_table(holder["indicators"]),
        *annex(record),
        "",
        *signature(record),
    ]
    return "\n".join(lines)


def _head(record: Record) -> Iterator[str]:
    government, office, *rest = letterhead(record)
    yield from (f"**{government}**  ", f"**{office}**  ", *rest, "")
    yield from (f"# {line}" for line in heading(record["title"]))
    if record["number"]:
        yield from ("", f"{word('decree', 'number', record).capitalize()} : {record['number']}")


def _labels(holder: Indicator) -> Iterator[str]:
    for field, label, items in block(holder, "formulir"):
        shown = list(lettered(items)) if field == "functions" else items
        yield from (f"{line}  " for line in labelled(f"**{label}**", shown))


def _table(indicators: list[Indicator]) -> list[str]:
    """Return header, column numbers and body; each year of the targets has a column."""
    columns = years(indicators)
    head: Row = []
    for field, header in headers("formulir").items():
        head += [f"{header} {year}" for year in columns] if field == "targets" else [header]
    count = [str(column) for column in range(1, len(head) + 1)]
    return piped(head, [count, *(_row(indicator, columns) for indicator in indicators)])


def _row(indicator: Indicator, columns: list[int]) -> Row:
    row: Row = []
    for field in headers("formulir"):
        row += targets(indicator, columns) if field == "targets" else [cell(indicator, field, _broken)]
    return row


def _broken(items: Sequence[str]) -> str:
    """Return items of one cell, numbered, each on a line of its own."""
    return items[0] if len(items) == 1 else "<br>".join(numbered(items))
