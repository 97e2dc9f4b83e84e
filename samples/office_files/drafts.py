"""Records as drafts: a Word document as an office writes it, a workbook with the indicator table."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from samples.formulas import PAGE, Binary, parse
from samples.office_files.word_file import (
    DASHES,
    LETTERS,
    NUMBERS,
    cell,
    deleted,
    field,
    fraction,
    inserted,
    list_definitions,
    paragraph,
    run,
    table,
    word_file,
)
from samples.office_files.workbook_file import BORDERED, SheetContent, workbook_file
from samples.printing.keputusan import indicator_rows
from samples.printing.parts import block, heading, lettered, letterhead, long_date, signature, word
from samples.printing.tables import headers, years
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samples.formulas import Node
    from samples.printing.dress import Record

_LAYOUT = "keputusan"
_FIRST_COLUMN = ord("A")


def carry_draft(record: Record) -> Record:
    """Return what the drafts carry of a record: all of it, formulas on one line."""
    carried = copy.deepcopy(record)
    for holder in carried["holders"]:
        for indicator in holder["indicators"]:
            if indicator["formula"]:
                indicator["formula"]["raw"] = _line_formula(parse(indicator["formula"]["raw"]))
    return carried


def carry_workbook(record: Record) -> Record:
    """Return what a workbook carries of a record: the indicators, the title and the signature."""
    carried = copy.deepcopy(record)
    for name in ("considerations", "legal_basis", "dictums"):
        carried[name] = []
    return carried


def _line_formula(node: Node) -> str:
    match node:
        case Binary("x", Binary("/", above, below), factor):
            return f"{_fraction_side(above)} / {_fraction_side(below)} x {PAGE.write(factor)}"
    return PAGE.write(node)


def _fraction_side(node: Node) -> str:
    written = PAGE.write(node)
    return f"({written})" if isinstance(node, Binary) else written


def print_draft(record: Record) -> bytes:
    """Return a decree as a Word draft: layout tables, automatic numbers, merged cells, drawn fractions, a
    proposed change and a comment."""
    lists = [LETTERS, NUMBERS, DASHES, LETTERS, NUMBERS]
    body = "".join([*_decree(record), *_annex(record)])
    comment = f'<w:comment w:id="0" w:author="Sekcam">{paragraph("sudah diperiksa")}</w:comment>'
    parts = {
        "numbering": list_definitions(*lists, restarts={"4": 1, "5": 1}),
        "comments": comment,
        "header": paragraph("Konsep"),
    }
    return word_file(body, parts=parts)


def _decree(record: Record) -> Iterator[str]:
    for line in (*letterhead(record), "", word("decree", "heading", record)):
        yield paragraph(line, bold=True)
    yield paragraph(f"{word('decree', 'number', record)} : {record['number']}")
    for line in ("", word("decree", "about", record), "", *heading(record["title"]), ""):
        yield paragraph(line)
    yield paragraph(word("decree", "author", record)) + paragraph()
    yield _labelled(word("decree", "considering", record), record["considerations"], "1")
    yield _labelled(word("decree", "recalling", record), record["legal_basis"], "2")
    yield paragraph() + paragraph(word("decree", "decided", record)) + paragraph()
    yield _labelled(word("decree", "fixing", record), [word("decree", "fixed", record)], "")
    for name, dictum in zip(words("printing")["dictums"], record["dictums"], strict=False):
        yield _labelled(name, [dictum], "")
    yield from map(paragraph, signature(record, enacted=True))


def _labelled(label: str, items: Sequence[str], list_id: str) -> str:
    """Return a row of a layout table: label, colon, items of a list."""
    return table([[label, ":", cell("".join(paragraph(item, list_id=list_id) for item in items))]])


def _annex(record: Record) -> Iterator[str]:
    yield paragraph('<w:r><w:br w:type="page"/></w:r>')
    yield paragraph(f"{word('decree', 'annex', record)} : {word('decree', 'heading', record)}")
    yield paragraph(f"{word('decree', 'number', record)} : {record['number']}")
    yield paragraph(f"{word('decree', 'annex_date', record)} : {long_date(record['date']).upper()}")
    yield paragraph() + paragraph(words("printing")["headings"][record["kind"]], bold=True)
    for holder in record["holders"]:
        for name, label, items in block(holder, _LAYOUT):
            yield _labelled(label, items, "4" if name == "functions" else "")
        yield paragraph() + table(list(_table_rows(holder["indicators"])))
    yield paragraph()
    yield from map(paragraph, signature(record))


def _table_rows(indicators: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    columns = years(indicators)
    extras = list(dict.fromkeys(name for indicator in indicators for name in indicator["extra"]))
    titles = [*headers(_LAYOUT).items(), *((name, name) for name in extras)]
    yield [
        cell(title, span=len(columns)) if name == "targets" else cell(title, merge="restart")
        for name, title in titles
    ]
    yield [
        content
        for name, _ in titles
        for content in ([str(year) for year in columns] if name == "targets" else [cell(merge="continue")])
    ]
    objective = None
    for number, indicator in enumerate(indicators):
        merge = "continue" if indicator["objective"] == objective else "restart"
        objective = indicator["objective"]
        yield [
            content
            for name, _ in titles
            for content in _indicator_cells(indicator, name, columns, merge, is_first=number == 0)
        ]


def _indicator_cells(
    indicator: dict[str, Any], name: str, columns: Sequence[int], merge: str, *, is_first: bool
) -> list[str]:
    """Return the cells of one column, or of the years."""
    if name == "number":
        return [cell(paragraph(list_id="5"))]
    if name == "objective":
        return [cell(indicator["objective"] if merge == "restart" else "", merge=merge)]
    if name == "targets":
        values = {target["year"]: target["value"] for target in indicator["targets"]}
        return [_target_cell(values.get(year, ""), is_first and year == columns[0]) for year in columns]
    if name == "formula":
        formula = indicator["formula"]
        return [cell(_formula_paragraph(parse(formula["raw"]), indicator["number"]) if formula else "")]
    value = indicator[name] if name in indicator else indicator["extra"].get(name)
    if isinstance(value, list):
        list_id = "3" if len(value) > 1 else ""
        return [cell("".join(paragraph(item, list_id=list_id) for item in value))]
    return [cell(value or "")]


def _target_cell(value: str, is_changed: bool) -> str:
    """Return a target; of the first one the draft proposes a change."""
    return cell(paragraph(deleted("0,00") + inserted(value))) if is_changed else cell(value)


def _formula_paragraph(node: Node, number: int) -> str:
    """Return a formula with its fraction as an equation or as a field, in turn."""
    match node:
        case Binary("x", Binary("/", above, below), factor):
            sides = PAGE.write(above), PAGE.write(below)
            drawn = fraction(*sides) if number % 2 else field(rf"EQ \f({sides[0]};{sides[1]})")
            return paragraph(drawn + run(f" x {PAGE.write(factor)}"))
    return paragraph(PAGE.write(node))


def print_workbook(record: Record) -> bytes:
    """Return a workbook with the title, the labels, the indicator table and the signature on one sheet."""
    lines = [*heading(record["title"]), f"{word('decree', 'number', record)} : {record['number']}"]
    rows: dict[int, dict[str, str | float]] = {
        number: {"A": line} for number, line in enumerate(lines, start=1)
    }
    [holder] = record["holders"]
    for number, (name, label, items) in enumerate(block(holder, _LAYOUT), start=len(rows) + 2):
        printed_items = lettered(items) if name == "functions" else items
        rows[number] = {"A": label, "B": ":", "C": "\n".join(printed_items)}
    first_row = max(rows) + 2
    printed_rows = indicator_rows(holder["indicators"])
    for number, row in enumerate(printed_rows, start=first_row):
        rows[number] = {_column(index): text for index, text in enumerate(row)}
    bordered = [f"{column}{row}" for row in rows if row >= first_row for column in rows[row]]
    for number, line in enumerate(signature(record), start=max(rows) + 2):
        if line:
            rows[number] = {"H": line}
    merged = [*_merged_titles(printed_rows, first_row), *_merged_objectives(printed_rows, first_row)]
    return workbook_file(SheetContent("IKU", rows, merged, dict.fromkeys(bordered, BORDERED)))


def _column(index: int) -> str:
    return chr(_FIRST_COLUMN + index)


def _merged_titles(rows: Sequence[Sequence[str]], first_row: int) -> Iterator[str]:
    """Return the titles of two header rows, with the title over the years."""
    top, second = rows[0], rows[1]
    years_columns = [index for index, text in enumerate(second) if text]
    yield f"{_column(years_columns[0])}{first_row}:{_column(years_columns[-1])}{first_row}"
    for index in range(len(top)):
        if not second[index]:
            yield f"{_column(index)}{first_row}:{_column(index)}{first_row + 1}"


def _merged_objectives(rows: Sequence[Sequence[str]], first_row: int) -> Iterator[str]:
    """Yield objectives over the rows that share them."""
    index = list(headers(_LAYOUT)).index("objective")
    starts = [number for number, row in enumerate(rows) if number > 1 and row[index]] + [len(rows)]
    for start, end in pairwise(starts):
        if end - start > 1:
            yield f"{_column(index)}{first_row + start}:{_column(index)}{first_row + end - 1}"
