"""Text to blocks: which source lines are prose, which are rows of a table, and of which kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from extractors.page import Block, Line
from extractors.passage import Passage
from extractors.text import markup, rows, tables
from extractors.text.markup import Piece

_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|(?=[A-Z*]))")
_BULLET = re.compile(r"^\s*[-*+•●▪◦·–]\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"^\s*[-–—]\s*\d{1,3}\s*[-–—]\s*$")
_THEMATIC = re.compile(r"^\s*(?:-{3}|={3,}|\*{3,}|_{3}|`{3,}\w*|~{3,})\s*$")
_FORM_FEED = re.compile("(\f)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_SILENT = re.compile(r"\s*<(style|script)\b[^<>]*>(?!.*</)", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(style|script)", re.IGNORECASE)
_SEARCHED = 5000
"""Lines in which an element that is not printed must close."""


def blocks(text: str) -> Iterator[Block]:
    """Lines and tables of a text in printed order."""
    source = [
        Piece(part, number) for number, line in enumerate(text.split("\n"), start=1) for part in _pages(line)
    ]
    closings: dict[str, list[int]] = {"style": [], "script": []}
    for i, piece in enumerate(source):
        for name in {m.group(1).lower() for m in _CLOSES.finditer(piece.text)}:
            closings[name].append(i)
    at = 0
    gap = True
    while at < len(source):
        found: list[Block]
        if silent := _SILENT.match(source[at].text):
            end, found = _after(closings[silent.group(1).lower()], at), []
        else:
            end, found = _next(source, at)
        for block in found:
            yield replace(block, gap=gap or block.gap) if isinstance(block, Line) else block
            gap = False
        gap = gap or not found
        at = end


def _pages(line: str) -> list[str]:
    """A line cut at its form feeds, which are kept: the next page begins there."""
    if "\f" not in line:
        return [line]
    return [part for part in _FORM_FEED.split(line) if part]


def _next(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """The blocks that begin at a source line, and the line after them. No blocks: white space."""
    text = source[at].text
    if _HTML_TABLE.search(text):
        return tables.html(source, at)
    if rows.piped(source, at):
        return rows.pipes(source, at)
    if "\t" in text.strip():
        return rows.tabs(source, at)
    if text.count("$$") == 1 or (r"\[" in text and r"\]" not in text):
        return _display_math(source, at)
    return at + 1, list(_prose(source[at]))


def _prose(piece: Piece) -> Iterator[Line]:
    text = _QUOTE.sub("", piece.text)
    if _THEMATIC.match(text) or rows.is_border(text):
        return
    heading = bool(_HEADING.match(text)) or markup.bold(text)
    text = _HEADING.sub("", text)
    bullet = not _PAGE_NUMBER.match(text) and _BULLET.match(text) is not None
    if bullet:
        text = _BULLET.sub("", text)
    for i, line in enumerate(markup.lines([Piece(text, piece.line)])):
        yield replace(line, heading=line.heading or heading, bullet=line.bullet or (bullet and i == 0))


def _after(closings: list[int], at: int) -> int:
    """The line after the one that closes an element; the next line where nothing closes it."""
    following = bisect_left(closings, at)
    if following < len(closings) and closings[following] < at + _SEARCHED:
        return closings[following] + 1
    return at + 1


def _display_math(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """A displayed formula over several source lines is one line."""
    closing = "$$" if "$$" in source[at].text else r"\]"
    for end in range(at + 1, min(len(source), at + 40)):
        if closing in source[end].text:
            parts = [markup.plain(piece) for piece in source[at : end + 1]]
            return end + 1, [Line(Passage.join(" ", parts).folded())]
        if not source[end].text.strip():
            break
    return at + 1, list(_prose(source[at]))
