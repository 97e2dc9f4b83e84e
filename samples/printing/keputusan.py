"""A full decree: letterhead, body with dictums, annex with a table of two header rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.printing.annex import annex
from samples.printing.parts import (
    block,
    heading,
    labelled,
    lettered,
    letterhead,
    long_date,
    numbered,
    signature,
    word,
)
from samples.printing.tables import Indicator, Row, cell, headers, merged, tabbed, targets, years
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record


def text(record: Record) -> str:
    """Return the decree and its annex; one holder."""
    holder = record["holders"][0]
    lines = [
        *_body(record),
        "",
        *_annex_heading(record),
        "",
        words("printing")["headings"][record["kind"]],
        "",
        *_labels(holder),
        "",
        *tabbed(indicator_rows(holder["indicators"])),
        *annex(record),
        "",
        *signature(record),
    ]
    return "\n".join(lines)


def _body(record: Record) -> Iterator[str]:
    government, office, *rest = letterhead(record)
    yield from (government, f"**{office}**", *rest, "")
    yield word("decree", "heading", record)
    if record["number"]:
        yield f"{word('decree', 'number', record)} : {record['number']}"
    yield from ("", word("decree", "about", record), "", *heading(record["title"]), "")
    yield from (word("decree", "author", record), "")
    yield from labelled(word("decree", "considering", record), list(lettered(record["considerations"])))
    yield ""
    yield from labelled(word("decree", "recalling", record), list(numbered(record["legal_basis"])))
    yield from ("", word("decree", "decided", record), "")
    yield f"{word('decree', 'fixing', record)} : {word('decree', 'fixed', record)}"
    for name, dictum in zip(words("printing")["dictums"], record["dictums"], strict=False):
        yield f"{name} : {dictum}"
    yield from ("", *signature(record, enacted=True))


def _annex_heading(record: Record) -> Iterator[str]:
    yield f"{word('decree', 'annex', record)} : {word('decree', 'heading', record)}"
    if record["number"]:
        yield f"{word('decree', 'number', record)} : {record['number']}"
    yield f"{word('decree', 'annex_date', record)} : {long_date(record['date']).upper()}"
    yield from labelled(word("decree", "about", record), heading(record["title"]))


def _labels(holder: Indicator) -> Iterator[str]:
    for field, label, items in block(holder, "keputusan"):
        yield from labelled(label, list(lettered(items)) if field == "functions" else items)


def indicator_rows(indicators: list[Indicator]) -> list[Row]:
    """Return header rows and body; the years stand in a second header row under *Target*."""
    columns = years(indicators)
    extras = list(dict.fromkeys(name for indicator in indicators for name in indicator["extra"]))
    top: Row = []
    second: Row = []
    for field, header in headers("keputusan").items():
        if field == "targets":
            top += [header, *[""] * (len(columns) - 1)] if columns else []
            second += [str(year) for year in columns]
        else:
            top.append(header)
            second.append("")
    rows = [
        _row(indicator, objective, columns) + [indicator["extra"].get(name, "") for name in extras]
        for indicator, objective in zip(indicators, merged(indicators), strict=True)
    ]
    head = [top + extras, second + [""] * len(extras)] if columns else [top + extras]
    return [*head, *rows]


def _row(indicator: Indicator, objective: str, columns: list[int]) -> Row:
    row: Row = []
    for field in headers("keputusan"):
        if field == "targets":
            row += targets(indicator, columns)
        elif field == "objective":
            row.append(objective)
        elif field == "number":
            row.append(f"{cell(indicator, field)}.")
        else:
            row.append(cell(indicator, field))
    return row
