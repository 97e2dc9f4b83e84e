"""Signatures that stand side by side: their printed lines, read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.model.page import Line
from extractors.parser.document.document_flow import FlowElement, find_nip
from extractors.parser.document.pledge_parties import find_roles

LEAST_GAP = 14.0
"""Points between two columns; words of one line stand closer, justified ones too."""
LINES_ABOVE = 12
"""Lines above a NIP, or a party's mark, among which a signature begins."""
LINES_BELOW = 14
"""Lines below a party's mark to which its signature reaches."""
LONGEST_LINE = 110
"""Characters from which a line is prose."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space between two words of a line: where it lies on the page, and where in the text."""

    left: float
    right: float
    offset: int


def arrange_signatures(elements: Sequence[FlowElement]) -> list[FlowElement]:
    """Return the flow with the lines of signatures side by side put one column after the other."""
    arranged: list[FlowElement] = []
    position = 0
    while position < len(elements):
        stop = _block_end(elements, position)
        lines = [element for element in elements[position:stop] if isinstance(element, Line)]
        if len(lines) > 1 and (cut := _find_cut(lines)) is not None:
            arranged += _read_by_column(lines, cut)
            position = stop
        else:
            arranged.append(elements[position])
            position += 1
    return arranged


def _block_end(elements: Sequence[FlowElement], start: int) -> int:
    """Return where a block of signatures ends that starts here; ``start`` where none does.

    It starts with a line that has two columns and holds a mark of a party, a NIP or a date, and ends
    behind its last NIP or its last line of two columns.
    """
    first = elements[start]
    if not isinstance(first, Line) or not _gaps(first) or _is_prose(first):
        return start
    end, last_certain = start, start
    is_certain = False
    for index in range(start, min(len(elements), start + LINES_ABOVE + LINES_BELOW)):
        element = elements[index]
        if not isinstance(element, Line) or _is_prose(element) or _page(element) != _page(first):
            break
        roles = find_roles(element.text.text)
        if len(roles) > 1 or find_nip(element.text.text):
            is_certain = True
        if _gaps(element) or find_nip(element.text.text):
            last_certain = index
        end = index
    return min(end, last_certain) + 1 if is_certain else start


def _is_prose(line: Line) -> bool:
    text = line.text.text
    return len(text) > LONGEST_LINE or text.rstrip().endswith(";")


def _page(line: Line) -> int | None:
    return line.text.words[0].place.page if line.text.words else None


def _gaps(line: Line) -> list[_Gap]:
    """Return the wide gaps of a line; none where its words have no places on a page."""
    spans = [(start, word.place.box) for start, _, word in line.text.word_spans]
    return [
        _Gap(left[2], right[0], offset)
        for (_, left), (offset, right) in pairwise(spans)
        if left
        and right
        and right[0] - left[2] >= LEAST_GAP
        and not line.text.text[offset:].lstrip().startswith(":")  # the value of a label
        and not line.text.text[:offset].rstrip().endswith(":")
    ]


def _find_cut(lines: Sequence[Line]) -> float | None:
    """Return where the page is cut in two: through the gaps of most lines, of two at least.

    No cut goes through the words of as many lines.
    """
    gaps = [gap for line in lines for gap in _gaps(line)]
    best: tuple[int, float, float] | None = None
    for gap in gaps:
        for cut in (gap.left + LEAST_GAP / 2, (gap.left + gap.right) / 2, gap.right - LEAST_GAP / 2):
            through = sum(other.left <= cut <= other.right for other in gaps)
            crossed = sum(_crosses(line, cut) for line in lines)
            if through >= 2 and crossed < through:
                score = (through - crossed, gap.right - gap.left, cut)
                best = max(best, score) if best else score
    return best[2] if best else None


def _crosses(line: Line, cut: float) -> bool:
    """Do the words of a line stand on both sides of a cut, with no wide gap there?"""
    boxes = [box for word in line.text.words if (box := word.place.box)]
    has_gap = any(gap.left <= cut <= gap.right for gap in _gaps(line))
    return bool(boxes) and boxes[0][0] < cut < boxes[-1][2] and not has_gap


def _read_by_column(lines: Sequence[Line], cut: float) -> list[Line]:
    """Return the lines that cross the cut, then those on its left, then those on its right."""
    across: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        gap = next((gap for gap in _gaps(line) if gap.left <= cut <= gap.right), None)
        if gap is not None:
            left.append(replace(line, text=line.text[: gap.offset].strip(), gap=False))
            right.append(replace(line, text=line.text[gap.offset :].strip(), gap=False))
        elif _crosses(line, cut):
            across.append(line)
        else:
            box = line.text.words[0].place.box if line.text.words else None
            (left if box is None or box[0] < cut else right).append(line)
    columns = (left, right)
    return across + [
        replace(line, gap=line.gap or i == 0) for column in columns for i, line in enumerate(column)
    ]
