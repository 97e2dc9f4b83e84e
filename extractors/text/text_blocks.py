"""Text to blocks: which source lines are prose, which are rows of a table, and of which kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extractors.model.page import Block, Line
from extractors.model.passage import Passage
from extractors.text import delimited_tables, html_tables, markup
from extractors.text.markup import SourcePiece

_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|(?=[A-Z*]))")
_BULLET = re.compile(r"^\s*[-*+•●▪◦·–]\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"^\s*[-–—]\s*\d{1,3}\s*[-–—]\s*$")
_THEMATIC_BREAK = re.compile(r"^\s*(?:-{3}|={3,}|\*{3,}|_{3}|`{3,}\w*|~{3,})\s*$")
_FORM_FEED = re.compile("(\f)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_SILENT_TAG = re.compile(r"\s*<(style|script)\b[^<>]*>(?!.*</)", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</(style|script)", re.IGNORECASE)
_MAX_ELEMENT_LINES = 5000
"""Lines in which an element that is not printed must close."""


def parse_blocks(text: str) -> Iterator[Block]:
    """Yield lines and tables of a text in printed order."""
    source = [
        SourcePiece(part, number)
        for number, line in enumerate(text.split("\n"), start=1)
        for part in _split_form_feeds(line)
    ]
    closings: dict[str, list[int]] = {"style": [], "script": []}
    for i, piece in enumerate(source):
        for name in {m.group(1).lower() for m in _CLOSING_TAG.finditer(piece.text)}:
            closings[name].append(i)
    position = 0
    gap = True
    while position < len(source):
        new_blocks: list[Block]
        if silent_match := _SILENT_TAG.match(source[position].text):
            end, new_blocks = _line_after(closings[silent_match.group(1).lower()], position), []
        else:
            end, new_blocks = _read_next_block(source, position)
        for block in new_blocks:
            yield replace(block, gap=gap or block.gap) if isinstance(block, Line) else block
            gap = False
        gap = gap or not new_blocks
        position = end


def _split_form_feeds(line: str) -> list[str]:
    """Return a line cut at its form feeds, which are kept: the next page begins there."""
    if "\f" not in line:
        return [line]
    return [part for part in _FORM_FEED.split(line) if part]


def _read_next_block(source: list[SourcePiece], start: int) -> tuple[int, list[Block]]:
    """Return the blocks that begin at a source line, and the line after them. No blocks: white space."""
    text = source[start].text
    if _HTML_TABLE.search(text):
        return html_tables.read_html_table(source, start)
    if delimited_tables.is_pipe_table(source, start):
        return delimited_tables.read_pipe_table(source, start)
    if "\t" in text.strip():
        return delimited_tables.read_tab_table(source, start)
    if text.count("$$") == 1 or (r"\[" in text and r"\]" not in text):
        return _read_display_math(source, start)
    return start + 1, list(_prose_lines(source[start]))


def _prose_lines(piece: SourcePiece) -> Iterator[Line]:
    text = _QUOTE.sub("", piece.text)
    if _THEMATIC_BREAK.match(text) or delimited_tables.is_border(text):
        return
    heading = bool(_HEADING.match(text)) or markup.is_bold(text)
    text = _HEADING.sub("", text)
    bullet = not _PAGE_NUMBER.match(text) and _BULLET.match(text) is not None
    if bullet:
        text = _BULLET.sub("", text)
    for i, line in enumerate(markup.parse_lines([SourcePiece(text, piece.line)])):
        yield replace(line, heading=line.heading or heading, bullet=line.bullet or (bullet and i == 0))


def _line_after(closings: list[int], start: int) -> int:
    """Return the line after the one that closes an element; the next line where nothing closes it."""
    next_closing = bisect_left(closings, start)
    if next_closing < len(closings) and closings[next_closing] < start + _MAX_ELEMENT_LINES:
        return closings[next_closing] + 1
    return start + 1


def _read_display_math(source: list[SourcePiece], start: int) -> tuple[int, list[Block]]:
    """Return a displayed formula over several source lines as one line, and the line after it."""
    closing = "$$" if "$$" in source[start].text else r"\]"
    for end in range(start + 1, min(len(source), start + 40)):
        if closing in source[end].text:
            parts = [markup.plain_passage(piece) for piece in source[start : end + 1]]
            return end + 1, [Line(Passage.join(" ", parts).fold_whitespace())]
        if not source[end].text.strip():
            break
    return start + 1, list(_prose_lines(source[start]))
