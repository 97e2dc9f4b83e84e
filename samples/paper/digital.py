"""A record as a digital PDF: the parts of a page layout one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from samples.paper import parts
from samples.paper.grid import Printer
from samples.paper.lines import paragraph
from samples.paper.looks import Look
from samples.paper.sheet import Sheet
from samples.paper.tables import annex_grids, indicator_grid
from samples.printing.dress import Record, dress, folded
from samples.words import words

if TYPE_CHECKING:
    from samples.printing.tables import Indicator

PAPERS = {name: Look(name=name, **entry) for name, entry in words("paper").items()}


def carried(record: Record, layout: str) -> Record:
    """Return the record as it can be read from the pages: what the layout drops is empty, raw as printed.

    A fraction's bar is a slash in ``raw``, with brackets round each side that needs them.
    """
    look = PAPERS[layout]
    return folded(dress(record, look.drops, look.formulas))


def digital(record: Record, layout: str) -> bytes:
    """Return the record printed in a page layout as a PDF; the same bytes for the same record, always."""
    look = PAPERS[layout]
    dressed = dress(record, look.drops, look.formulas)
    sheet = Sheet(look)
    for part in look.parts:
        PARTS[part](sheet, dressed)
    return sheet.pdf()


def _page(sheet: Sheet, _: Record) -> None:
    sheet.page(section=True)


def _holders(sheet: Sheet, record: Record) -> None:
    """Print labels and table of each holder, one below the other."""
    for holder in record["holders"]:
        sheet.need(120)
        parts.labels(sheet, holder)
        _table(sheet, holder["indicators"])


def _table(sheet: Sheet, indicators: list[Indicator]) -> None:
    Printer(sheet, indicator_grid(indicators, sheet.look, sheet.measure)).print()
    sheet.space(14)


def _annex(sheet: Sheet, record: Record) -> None:
    bold = replace(sheet.look.style, bold=True)
    tables = annex_grids(record, sheet.look, sheet.measure)
    for number, (heading, grid) in enumerate(tables, start=1):
        sheet.need(90)
        sheet.put((0, paragraph(f"{number}. {heading} :", sheet.measure, bold)))
        sheet.space(6)
        Printer(sheet, grid).print()
        sheet.space(12)


PARTS: dict[str, Callable[[Sheet, Record], None]] = {
    "letterhead": parts.letterhead,
    "title": parts.title,
    "number": parts.number,
    "body": parts.body,
    "page": _page,
    "annex_heading": parts.annex_heading,
    "annex_block": parts.annex_block,
    "headed": parts.headed,
    "holders": _holders,
    "annex": _annex,
    "signature": parts.signature,
}
"""The parts that a layout may print."""
