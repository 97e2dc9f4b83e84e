"""Paragraphs and tables of a part in order, as lines and tables of the page model."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.model.nested_rows import nested_row_lines
from extractors.model.office_address import WordAddress
from extractors.model.page import COVERED_CELL, EMPTY_CELL, Aside, AsideReason, Block, Cell, Line, Table
from extractors.model.passage import Passage, PrintedPlace
from extractors.text.html_tables import MAX_COLUMNS, make_table
from extractors.word.inline_content import ParagraphText, read_paragraph
from extractors.word.list_numbering import ListNumbering
from extractors.word.tabbed_lines import join_tabbed_lines
from extractors.word.xml_names import MC, R, W, child_value, is_on, to_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.office_package import Element
    from extractors.word.story import Story

_WRAPPERS = frozenset(f"{W}{name}" for name in "sdt sdtContent customXml ins moveTo smartTag".split())
"""Elements around paragraphs, tables, rows and cells that add nothing."""
_OUTLINE_LABEL = re.compile(r"\(?\d+(?:\.\d+)+[.)]?")
"""Numbers of several levels (``1.2``): a mark before the text, as a bullet is."""
_DELETED_WRAPPERS = frozenset((f"{W}del", f"{W}moveFrom"))


@dataclass(slots=True)
class _BlockPosition:
    """Where reading has come to in a part: numbers for addresses, and what goes on."""

    address: WordAddress
    in_table: bool = False
    paragraph: int = 0
    table: int = 0
    gap: bool = True
    carried_lines: tuple[Passage, ...] = ()
    """Lines of a paragraph whose end was deleted: they go on in the next one."""

    def next_paragraph(self) -> WordAddress:
        """Return the address of the next paragraph."""
        self.paragraph += 1
        return replace(self.address, paragraph=self.paragraph)

    def next_table(self) -> WordAddress:
        """Return the address of the next table; a table within a cell has that of the cell."""
        self.table += 1
        return self.address if self.in_table else replace(self.address, table=self.table)


def read_blocks(story: Story, container: Element) -> list[Block]:
    """Return the lines and tables of a part."""
    marks = Counter(mark.get(f"{W}fldCharType") for mark in container.iter(f"{W}fldChar"))
    story.fields_end = marks["begin"] == marks["end"]
    blocks = list(_container_blocks(story, container, _BlockPosition(WordAddress(story.part))))
    story.close()
    return join_tabbed_lines(blocks)


def _container_blocks(story: Story, container: Element, position: _BlockPosition) -> Iterator[Block]:
    yield from _child_blocks(story, container, position)
    if position.carried_lines:  # nothing follows the deleted end
        yield from (Line(passage) for passage in position.carried_lines)


def _child_blocks(story: Story, container: Element, position: _BlockPosition) -> Iterator[Block]:
    for child in container:
        if child.tag == f"{W}p":
            yield from _paragraph_blocks(story, child, position)
        elif child.tag == f"{W}tbl":
            yield from _table_blocks(story, child, position)
        elif child.tag in _WRAPPERS:
            yield from _child_blocks(story, child, position)
        elif child.tag == f"{MC}AlternateContent":
            if len(child):  # the first form; the others say the same
                yield from _child_blocks(story, child[0], position)
        elif child.tag in _DELETED_WRAPPERS:
            _set_aside_content(story, child, AsideReason.DELETED, position.address)
        elif child.tag == f"{W}altChunk":
            relation = story.relationships.get(child.get(f"{R}id", ""))
            target = relation.target if relation else "altChunk"
            story.set_aside(AsideReason.EXTERNAL, "", position.address, target)


def _set_aside_content(story: Story, container: Element, reason: AsideReason, address: WordAddress) -> None:
    """Set aside the text of a cell, a row or other content that is not printed; its lists are not counted."""
    numbering, story.numbering = story.numbering, ListNumbering()
    containers = [container] if container.tag != f"{W}tr" else _wrapped_children(container, f"{W}tc")
    passages: list[Passage] = []
    for part in containers:
        for block in _container_blocks(story, part, _BlockPosition(address, in_table=True)):
            passages += block_passages(block)
    story.numbering = numbering
    if passages:
        story.asides.append(Aside(reason, Passage.join(" ", passages)))


def block_passages(block: Block) -> list[Passage]:
    """Return the texts of a line, or of the cells of a table."""
    if isinstance(block, Table):
        return [line.text for row in block.rows for cell in row for line in cell.lines]
    return [block.text]


def _paragraph_blocks(story: Story, paragraph: Element, position: _BlockPosition) -> Iterator[Block]:
    address = position.next_paragraph()
    story.paragraphs.setdefault(address, paragraph)
    text = read_paragraph(story, paragraph, address)
    passages = text.passages
    boxes, story.text_boxes = story.text_boxes, []
    if position.carried_lines and passages:
        joined_line = Passage.join(" ", [position.carried_lines[-1], passages[0]])
        passages = [*position.carried_lines[:-1], joined_line, *passages[1:]]
        position.carried_lines = ()
    if _is_mark_deleted(text.properties):
        position.carried_lines = (*position.carried_lines, *passages)
    else:
        lines = _number_lines(story, text, passages)
        if lines and position.gap:
            lines[0] = replace(lines[0], gap=not position.in_table)
        yield from lines
        position.gap = not lines or text.page_break
    yield from text.picture_blocks
    for box in boxes:
        yield from _container_blocks(story, box, _BlockPosition(address, in_table=True))


def _is_mark_deleted(properties: Element | None) -> bool:
    return properties is not None and any(
        properties.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom")
    )


def _number_lines(story: Story, text: ParagraphText, passages: list[Passage]) -> list[Line]:
    """Return the lines of a paragraph, the first behind the label of its list."""
    heading = text.is_bold or story.styles.is_heading(text.properties)
    in_table = text.address.table > 0
    lines = [Line(passage, heading=heading and not in_table, own_paragraph=in_table) for passage in passages]
    if not in_table and passages == text.passages:
        lines = [replace(line, parts=parts) for line, parts in zip(lines, text.tabbed_parts, strict=True)]
    numbering = story.styles.find_list(text.properties)
    if numbering is None or (label := story.numbering.next_label(*numbering)) is None:
        return lines
    if story.numbering.is_bullet(*numbering) or (lines and _OUTLINE_LABEL.fullmatch(label.strip())):
        return [replace(lines[0], bullet=True), *lines[1:]] if lines else []
    label_passage = Passage.from_text(label.strip(), PrintedPlace(address=text.address))
    first_passage = Passage.join(" ", [label_passage, *passages[:1]])
    first_line = replace(lines[0], text=first_passage) if lines else Line(first_passage)
    return [first_line, *lines[1:]] if first_passage else lines


def _table_blocks(story: Story, table: Element, position: _BlockPosition) -> Iterator[Block]:
    """Yield a table; of one column, which only frames a text, what stands in it."""
    address = position.next_table()
    rows = list(_wrapped_children(table, f"{W}tr"))
    if all(_row_width(row) == 1 for row in rows):
        for row_number, row in enumerate(rows, start=1):
            for cell in _wrapped_children(row, f"{W}tc"):
                cell_address = address if position.in_table else replace(address, row=row_number, cell=1)
                yield from _container_blocks(story, cell, _BlockPosition(cell_address, in_table=True))
        return
    if table_rows := _read_rows(story, rows, address, position.in_table):
        yield make_table(table_rows)
        position.gap = True


def _wrapped_children(element: Element, tag: str) -> Iterator[Element]:
    """Yield the children with a tag, also those within wrappers."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _wrapped_children(child, tag)


def _row_width(row: Element) -> int:
    cells = list(_wrapped_children(row, f"{W}tc"))
    spans = sum(_span(cell.find(f"{W}tcPr")) for cell in cells)
    return spans if len(cells) > 1 else len(cells)


def _span(properties: Element | None) -> int:
    return min(max(to_number(child_value(properties, "gridSpan"), 1), 1), MAX_COLUMNS)


def _read_rows(story: Story, rows: list[Element], address: WordAddress, in_table: bool) -> list[list[Cell]]:
    merged_columns: set[int] = set()
    table_rows: list[list[Cell]] = []
    for row_number, row in enumerate(rows, start=1):
        row_address = address if in_table else replace(address, row=row_number)
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            _set_aside_content(story, row, AsideReason.DELETED, row_address)
        elif is_on(properties, "hidden"):
            _set_aside_content(story, row, AsideReason.HIDDEN, row_address)
        else:
            table_rows.append(_read_row(story, row, row_address, in_table, merged_columns))
    return [cells for cells in table_rows if cells]


def _read_row(
    story: Story, row: Element, address: WordAddress, in_table: bool, merged_columns: set[int]
) -> list[Cell]:
    """Return the cells of a row in the grid; keeps which columns a cell that goes on below begins."""
    properties = row.find(f"{W}trPr")
    cells: list[Cell] = [EMPTY_CELL] * min(
        max(to_number(child_value(properties, "gridBefore")), 0), MAX_COLUMNS
    )
    for cell_number, cell in enumerate(_wrapped_children(row, f"{W}tc"), start=1):
        cell_address = address if in_table else replace(address, cell=cell_number)
        cell_properties = cell.find(f"{W}tcPr")
        column, width = len(cells), _span(cell_properties)
        is_covered = _continues_merge(cell_properties, "hMerge") or (
            _continues_merge(cell_properties, "vMerge") and column in merged_columns
        )
        if cell_properties is None or cell_properties.find(f"{W}vMerge") is None:
            merged_columns.discard(column)
        else:
            merged_columns.add(column)
        if is_covered:
            _set_aside_content(story, cell, AsideReason.HIDDEN, cell_address)
            cells += [COVERED_CELL] * width
        elif cell_properties is not None and cell_properties.find(f"{W}cellDel") is not None:
            _set_aside_content(story, cell, AsideReason.DELETED, cell_address)
            cells += [EMPTY_CELL] * width
        else:
            cells += [_read_cell(story, cell, cell_address), *[COVERED_CELL] * (width - 1)]
    return cells


def _continues_merge(properties: Element | None, name: str) -> bool:
    """Return whether a cell belongs to the one above (``vMerge``) or left of it (``hMerge``)."""
    merge = properties.find(f"{W}{name}") if properties is not None else None
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _read_cell(story: Story, cell: Element, address: WordAddress) -> Cell:
    lines: list[Line] = []
    for block in _container_blocks(story, cell, _BlockPosition(address, in_table=True)):
        lines += nested_row_lines(block) if isinstance(block, Table) else [block]
    return Cell(tuple(lines))
