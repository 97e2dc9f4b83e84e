"""The document as one flow of lines and tables: table parts put together, layout tables taken apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.model.page import Block, Line, Page, Table
from extractors.model.passage import Passage
from extractors.parser.document import indicator_sheets, printed_dates, running_lines
from extractors.parser.performance import activity_categories, program_tables
from extractors.parser.performance.program_tables import ProgramTable
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import column_mapping, framed_tables, list_items
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

FlowElement = Line | TableGrid | ProgramTable

MOST_LINES_WITHIN_GRID = 3
"""Lines that may stand between the parts of one table."""
LONGEST_SECTION_LINE = 80
"""Characters of such a line."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*|\(?\d{1,3}\s*/\s*\d{1,3}\)?")
_LETTER_GAP = re.compile(r"(?<=[A-Z]) (?=[A-Z](?![A-Z]))")
_SEPARATOR_LINE = re.compile(r"[\W_]+")
_NIP = re.compile(r"(?<!\d)(?:\d[\s.]{0,3}){17}\d(?!\d)")


def read_flow(pages: Iterable[Page], ledger: WordLedger) -> list[FlowElement]:
    """Return lines and grids in printed order, page numbers and running heads taken out as furniture."""
    elements: list[FlowElement] = []
    lines_above: frozenset[str] = frozenset()
    for page, next_page in _iterate_with_next(pages):
        if page.excluded_text:
            ledger.note_aside(page.number, page.excluded_text)
        ledger.add_furniture(*page.furniture)
        for aside in page.asides:
            ledger.note_office_aside(aside)
        lines_below = running_lines.find_running_lines(page, next_page) if next_page else frozenset()
        for block in page.blocks:
            if isinstance(block, Line) and block.text.text in lines_above | lines_below:
                ledger.add_furniture(block.text)
                continue
            for element in _block_elements(block, elements, ledger):
                elements.append(element)
        lines_above = lines_below
    return elements


def _iterate_with_next(pages: Iterable[Page]) -> Iterator[tuple[Page, Page | None]]:
    """Yield each page with the one behind it; no more than two are held."""
    iterator = iter(pages)
    page = next(iterator, None)
    while page is not None:
        next_page = next(iterator, None)
        yield page, next_page
        page = next_page


def drop_elements(elements: Sequence[FlowElement], indices: Collection[int]) -> list[FlowElement]:
    """Return the flow without some elements; what follows them is set apart from what stands above."""
    kept_elements: list[FlowElement] = []
    for i, element in enumerate(elements):
        if i in indices:
            continue
        if i - 1 in indices and isinstance(element, Line):
            element = replace(element, gap=True)
        kept_elements.append(element)
    return kept_elements


def _block_elements(
    block: Block, elements_before: list[FlowElement], ledger: WordLedger
) -> Sequence[FlowElement]:
    """Return what a block of a page is: lines, a table that begins, nothing where it goes on with one."""
    if isinstance(block, Line):
        return _line_elements(block, ledger)
    parts = program_tables.split_glued_table(block) or framed_tables.split_at_category_header(block)
    if parts is not None:
        upper_elements = _block_elements(parts[0], elements_before, ledger)
        return [*upper_elements, *_block_elements(parts[1], [*elements_before, *upper_elements], ledger)]
    last_element = elements_before[-1] if elements_before else None
    if (program_table := program_tables.open_program_table(block, ledger)) is not None:
        return [program_table]
    if isinstance(last_element, ProgramTable) and last_element.is_continued_by(block):
        last_element.rows += block.rows
        return []
    if (sheet_lines := indicator_sheets.read_sheet_table(block, ledger)) is not None:
        return sheet_lines
    opened_grid = column_mapping.open_grid(block, ledger)
    if opened_grid is None:
        return _untitled_table_elements(block, elements_before, ledger)
    grid, lines_above = opened_grid
    if (
        isinstance(last_element, TableGrid)
        and not lines_above
        and column_mapping.has_same_header(last_element, grid)
    ):
        last_element.append_rows(grid.rows, ledger)
        return []
    return [*lines_above, grid]


def _line_elements(line: Line, ledger: WordLedger) -> list[FlowElement]:
    """Return a line as words; nothing where it is a page number."""
    if _is_page_number(line.text.text):
        ledger.add_furniture(line.text)
        return []
    text = _remove_letter_spacing(line.text)
    return [line if text is line.text else replace(line, text=text)]


def _untitled_table_elements(
    table: Table, elements_before: list[FlowElement], ledger: WordLedger
) -> Sequence[FlowElement]:
    """Return a table whose titles say nothing: the next part of one above, a grid by its cells, or layout."""
    last_element = elements_before[-1] if elements_before else None
    if (
        isinstance(last_element, TableGrid)
        and column_mapping.continues_grid(last_element, table)
        and not _is_form_layout(table)
    ):
        last_element.append_rows(table.rows, ledger)
        return []
    if isinstance(last_element, TableGrid) and activity_categories.continues_with_category(
        last_element, table
    ):
        last_element.append_rows(table.rows, ledger)
        return []
    upper_grid = _find_grid_above(elements_before)
    if upper_grid is not None and column_mapping.fits_grid(upper_grid, table):
        upper_grid.append_rows(table.rows, ledger)
        return []
    if untitled_grid := column_mapping.open_untitled_grid(table, ledger):
        return [untitled_grid]
    if table.width > 1:
        ledger.rejected_tables.append(_first_texts(table))
    return list(_lines_by_column(table) if _has_nip(table) else column_mapping.flatten_table(table))


def _find_grid_above(elements: Sequence[FlowElement]) -> TableGrid | None:
    """The grid that a table may go on with although a short line or two (a section's heading) part them."""
    for element in reversed(elements[-MOST_LINES_WITHIN_GRID - 1 :]):
        if isinstance(element, TableGrid):
            return element
        if not isinstance(element, Line) or len(element.text.text) > LONGEST_SECTION_LINE:
            return None
        if vocabulary_matcher.find_label(element.text.text) is not None:
            return None
    return None


def _first_texts(table: Table) -> list[str]:
    """The texts of the first row of a table that holds any: its titles, as like as not."""
    return [cell.text.text for cell in next((row for row in table.rows if any(row)), ()) if cell]


def _has_nip(table: Table) -> bool:
    """Does a layout table hold signatures side by side?"""
    return (
        sum(find_nip(line.text.text) is not None for row in table.rows for cell in row for line in cell.lines)
        > 0
    )


def _lines_by_column(table: Table) -> Iterable[Line]:
    """A layout table read column by column: signatures that stand side by side."""
    for column in range(table.width):
        lines = [line for row in table.rows for line in row[column].lines]
        yield from (replace(line, gap=True) if i == 0 else line for i, line in enumerate(lines))


def _remove_letter_spacing(text: Passage) -> Passage:
    """A letter-spaced heading (``T E N T A N G``) as words; wider gaps part them."""
    words = text.text.rstrip(" :").split()
    if len(words) < 4 or not text.text.isupper() or sum(len(word) == 1 for word in words) < 0.8 * len(words):
        return text
    return text.replace_pattern(_LETTER_GAP, "")


def _is_page_number(text: str) -> bool:
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return (
        len(text) < 30
        and vocabulary_matcher.starts_with(text, "furniture/page")
        and any(c.isdigit() for c in text)
    )


def is_separator_line(text: str) -> bool:
    """Is a line a drawn rule or dots, without a letter or digit?"""
    return _SEPARATOR_LINE.fullmatch(text) is not None


def _is_form_layout(table: Table) -> bool:
    """Does a table lay out labels or a signature rather than rows?"""
    for line in column_mapping.flatten_table(table):
        text = line.text.text
        unmarked_text = text[marker.end :] if (marker := list_items.find_marker(text)) else text
        label = vocabulary_matcher.find_label(unmarked_text)
        is_section_label = (
            label is not None and label.group != "detail"
        )  # `Penjelasan :` may stand in any cell
        if label is not None and is_section_label and unmarked_text[label.end :].lstrip().startswith(":"):
            return True
        if find_nip(text) or ("," in text and len(text) < 60 and printed_dates.find_date(text)):
            return True
    return False


def find_nip(text: str) -> re.Match[str] | None:
    """The 18 digits of a civil servant's number, through OCR damage."""
    return _NIP.search(ocr_digits.repair_digits(text)) if len(text) < 200 else None


def split_marker(line: Line) -> tuple[Passage, Passage]:
    """A line without its list mark, and the mark."""
    marker = list_items.find_marker(line.text.text)
    cut = marker.end if marker else 0
    return line.text[cut:], line.text[:cut]
