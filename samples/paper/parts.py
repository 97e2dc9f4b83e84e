"""The parts of a decree around its tables: letterhead, title, body, labels, signature."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from samples.paper.lines import paragraph
from samples.printing.parts import block, heading, lettered, long_date, numbered, word
from samples.printing.parts import letterhead as head_lines
from samples.printing.parts import signature as signed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samples.paper.fonts import Style
    from samples.paper.lines import Align, Line
    from samples.paper.sheet import Sheet
    from samples.printing.dress import Record
    from samples.printing.tables import Indicator

LABEL, COLON = 0.16, 0.012
"""Width of the labels and of the colon behind them, as shares of the print's width."""
RIGHT = 0.62
"""Where the signature begins."""


def letterhead(sheet: Sheet, record: Record) -> None:
    """Print government, office, street and place next to a crest, above a thick and a thin rule."""
    government, office, *rest = head_lines(record)
    style = sheet.look.style
    _crest(sheet)
    for text, size in ((government, 1.15), (office, 1.35)):
        _centered(sheet, text, replace(style, size=style.size * size, bold=True))
    for text in rest:
        _centered(sheet, text, replace(style, size=style.size * 0.85))
    y, canvas = sheet.top - 5, sheet.canvas
    for shift, width in ((0.0, 1.8), (3.0, 0.5)):
        canvas.setLineWidth(width)
        canvas.line(sheet.left, y - shift, sheet.left + sheet.measure, y - shift)
    sheet.space(22)


def title(sheet: Sheet, record: Record) -> None:
    """Print the title on centred lines."""
    for text in heading(record["title"]):
        _centered(sheet, text, replace(sheet.look.style, bold=True, size=sheet.look.size * 1.1))
    sheet.space(10)


def number(sheet: Sheet, record: Record) -> None:
    """Print ``Nomor : …`` below the title."""
    if record["number"]:
        label = word("decree", "number", record).capitalize()
        _centered(sheet, f"{label} : {record['number']}", sheet.look.style)
        sheet.space(8)


def body(sheet: Sheet, record: Record) -> None:
    """Print the decree: heading, considerations, legal basis, dictums, signature."""
    style = sheet.look.style
    _centered(sheet, word("decree", "heading", record), style)
    if record["number"]:
        _centered(sheet, f"{word('decree', 'number', record)} : {record['number']}", style)
    about = word("decree", "about", record)
    sheet.space(8)
    _centered(sheet, " ".join(about) if sheet.look.letter_spaced else about, style)
    sheet.space(8)
    for text in heading(record["title"]):
        _centered(sheet, text, style)
    sheet.space(8)
    _centered(sheet, word("decree", "author", record), style)
    sheet.space(8)
    considering, recalling = (word("decree", key, record) for key in ("considering", "recalling"))
    labelled(sheet, considering, list(lettered(record["considerations"])), align="justify")
    labelled(sheet, recalling, list(numbered(record["legal_basis"])), align="justify")
    sheet.space(4)
    _centered(sheet, word("decree", "decided", record), style)
    sheet.space(6)
    fixed = word("decree", "fixed", record)
    labelled(sheet, word("decree", "fixing", record), [fixed], align="justify")
    for name, dictum in zip(words("printing")["dictums"], record["dictums"], strict=False):
        labelled(sheet, name, [dictum], align="justify")
    signature(sheet, record, enacted=True)


def annex_heading(sheet: Sheet, record: Record) -> None:
    """Print ``LAMPIRAN : …`` with number, date and title at the upper right."""
    style = replace(sheet.look.style, size=sheet.look.size * 0.85)
    rows = [(word("decree", "annex", record), [word("decree", "heading", record)])]
    if record["number"]:
        rows.append((word("decree", "number", record), [record["number"]]))
    rows.append((word("decree", "annex_date", record), [long_date(record["date"]).upper()]))
    rows.append((word("decree", "about", record), heading(record["title"])))
    left, colon, text = (sheet.measure * share for share in (0.6, 0.68, 0.69))
    for label, lines in rows:
        printed = [line for item in lines for line in paragraph(item, sheet.measure - text, style)]
        sheet.put((left, paragraph(label, 90, style)), (colon, paragraph(":", 9, style)), (text, printed))
    headed(sheet, record)


def annex_block(sheet: Sheet, record: Record) -> None:
    """Print the annex's heading as a block of lines without colons."""
    lines = [word("decree", "annex", record), word("decree", "heading", record)]
    if record["number"]:
        lines.append(f"{word('decree', 'number', record)}: {record['number']}")
    lines += [word("decree", "about", record), *heading(record["title"])]
    for text in lines:
        sheet.put((sheet.measure * 0.5, paragraph(text, sheet.measure * 0.5, sheet.look.style)))


def headed(sheet: Sheet, record: Record) -> None:
    """Print the table's heading, centred and bold."""
    sheet.space(12)
    heading_text = words("printing")["headings"][record["kind"]]
    _centered(sheet, heading_text, replace(sheet.look.style, bold=True))
    sheet.space(8)


def labels(sheet: Sheet, holder: Indicator) -> None:
    """Print the labels above a table, their texts in a separate column."""
    look = sheet.look
    for position, (field, label, items) in enumerate(block(holder, look.form), start=1):
        listed = field in {"functions", "duties"} and (len(items) > 1 or field == "functions")
        marks = lettered(items, look.function_mark) if look.function_mark else numbered(items)
        shown = (list(marks) or ["-"]) if listed else items
        labelled(sheet, f"{position}.  {label}" if look.numbered_labels else label, shown, listed=listed)
    sheet.space(8)


def labelled(
    sheet: Sheet, label: str, items: Sequence[str], *, align: Align = "left", listed: bool | None = None
) -> None:
    """Print a label, a colon, and a text or list items with hanging indent."""
    look, style = sheet.look, sheet.look.style
    listed = len(items) > 1 if listed is None else listed
    at = sheet.measure * LABEL
    text = at + sheet.measure * COLON + 4
    lines: list[Line] = []
    for item in items:
        mark, blank, rest = item.partition(" ") if listed else ("", "", item)
        mark, rest = (mark, rest) if blank else ("", item)
        lines += paragraph(rest, sheet.measure - text, style, align, mark, 1.6 * look.size if mark else 0)
    left = paragraph(label, at, replace(style, bold=look.bold_labels))
    sheet.put((0, left), (at, paragraph(":", 9, style)), (text, lines))
    sheet.space(3)


def signature(sheet: Sheet, record: Record, *, enacted: bool = False) -> None:
    """Print place, date, post, space for the signature, name and NIP at the right, on one page."""
    style = sheet.look.style
    *first, post, _, _, name, nip = signed(record, enacted=enacted)
    left = sheet.measure * RIGHT

    def put(text: str, look: Style) -> None:
        sheet.put((left, paragraph(text, sheet.measure - left, look)))

    sheet.need(style.leading * (len(first) + 8))
    sheet.space(style.leading)
    for text in [*first, post]:
        put(text, style)
    sheet.space(style.leading * 3.5)
    put(name, replace(style, bold=True, underlined=True))
    put(nip, style)
    sheet.space(style.leading)


def _centered(sheet: Sheet, text: str, style: Style) -> None:
    sheet.put((0, paragraph(text, sheet.measure, style, "center")))


def _crest(sheet: Sheet) -> None:
    """Draw a shield with a hill and a sun."""
    canvas, x, y = sheet.canvas, sheet.left + 6, sheet.top - 48
    path = canvas.beginPath()
    path.moveTo(x, y + 46)
    for across, up in ((38, 46), (38, 16), (19, 0), (0, 16), (0, 46)):
        path.lineTo(x + across, y + up)
    canvas.setLineWidth(1.2)
    canvas.drawPath(path)
    canvas.circle(x + 19, y + 34, 5)
    canvas.lines([(x + 5, y + 14, x + 15, y + 26), (x + 15, y + 26, x + 33, y + 13)])
