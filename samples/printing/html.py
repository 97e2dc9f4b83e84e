"""A decree whose OCR gave HTML: paragraphs, lists, and tables with merged cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.printing.parts import block, heading, signature, word
from samples.printing.tables import Indicator, cell, headers, tagged
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samples.printing.dress import Record


def text(record: Record) -> str:
    """Return the annex; a table for each holder."""
    lines = [*_head(record)]
    for holder in record["holders"]:
        lines += ["", *_labels(holder), "", *_table(holder["indicators"])]
    place, post, *_, name, number = signature(record)
    lines += _activities(record)
    lines += ["", f"<p>{place}<br>{post}</p>", "", f"<p><b><u>{tagged(name)}</u></b><br>{number}</p>"]
    return "\n".join(lines)


def _head(record: Record) -> Iterator[str]:
    if record["number"]:
        yield f"<p>{word('decree', 'annex', record)}<br>{word('decree', 'heading', record)}<br>"
        yield f"{word('decree', 'number', record)} : {record['number']}</p>"
    yield f"<h2>{'<br>'.join(heading(record['title']))}</h2>"


def _labels(holder: Indicator) -> Iterator[str]:
    for field, label, items in block(holder, "html"):
        if not items:
            yield f"<p>{label} : -</p>"
        elif field == "functions" or len(items) > 1:
            yield f"<p>{label} :</p>"
            yield f'<ol type="a">{_items(items)}</ol>'
        else:
            yield f"<p>{label} : {tagged(items[0])}</p>"


def _table(indicators: list[Indicator]) -> Iterator[str]:
    """Yield rows whose objective spans those that share it; columns that no indicator fills are left out."""
    columns = {
        field: header
        for field, header in headers("html").items()
        if field in {"objective", "name", "formula"} or any(indicator[field] for indicator in indicators)
    }
    yield "<table>"
    yield f"<tr>{''.join(f'<th>{header}</th>' for header in columns.values())}</tr>"
    above: str | None = None
    for position, indicator in enumerate(indicators):
        first = position == 0 or indicator["objective"] != above
        above = indicator["objective"]
        shown = [field for field in columns if first or field != "objective"]
        spans = _span(indicators[position:])
        cells = (
            f'<td rowspan="{spans}">{_cell(indicator, field)}</td>'
            if field == "objective" and spans > 1
            else f"<td>{_cell(indicator, field)}</td>"
            for field in shown
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"


def _span(indicators: Sequence[Indicator]) -> int:
    """Return how many rows from the first share its objective."""
    same = [indicator["objective"] == indicators[0]["objective"] for indicator in indicators]
    return [*same, False].index(False)


def _cell(indicator: Indicator, field: str) -> str:
    value = indicator[field]
    if isinstance(value, list) and len(value) > 1:
        return f"<ol>{_items(value)}</ol>"
    shown = tagged(cell(indicator, field))
    if field == "formula" and indicator["explanation"]:
        label = words("printing")["explanation"]
        return f"<p>{shown}</p><p><u>{label} :</u><br>{tagged(indicator['explanation'])}</p>"
    return shown


def _items(items: Sequence[str]) -> str:
    return "".join(f"<li>{tagged(item)}</li>" for item in items)


def _activities(record: Record) -> Iterator[str]:
    """Yield the annex tables, one a category."""
    number = 0
    for category in words("printing")["annex"]["order"]:
        rows = [row for row in record["activities"] if row["category"] == category]
        if rows:
            number += 1
            form = words("printing")["annex"][category]
            yield from ("", f"<p>{number}. {form['heading']} :</p>", "", "<table>")
            yield f"<tr>{''.join(f'<th>{header}</th>' for header in form['columns'])}</tr>"
            yield from (_activity(row) for row in rows)
            yield "</table>"


def _activity(row: Indicator) -> str:
    listed = [f"<ol>{_items(row[field])}</ol>" for field in ("activities", "outputs", "evidence")]
    cells = [f"{row['number']}.", tagged(row["name"]), *listed]
    return f"<tr>{''.join(f'<td>{shown}</td>' for shown in cells)}</tr>"
