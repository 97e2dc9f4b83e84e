"""Inline markup: HTML tags, Markdown emphasis and entities taken off; LaTeX left as it stands.

A small scanner and no HTML library, because what OCR engines emit is no HTML document but cells and
lines with a handful of tags, unclosed as often as not; because every word must keep its line; and
because it takes linear time whatever the nesting.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.model.page import Line
from extractors.model.passage import Passage, PrintedPlace

TAG_PATTERN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]{0,500})?)/?>")
MATH_PATTERN = re.compile(
    r"\$\$[^$]{1,4000}\$\$|\$[^$\n]{1,4000}\$"
    # Up to the next bracket that opens one, so that many that nothing closes are read once each.
    r"|\\\((?:[^\n\\]|\\\\|\\(?![()\\])){1,2000}\\\)|\\\[(?:[^$\\]|\\\\|\\(?![\[\]\\])){1,4000}\\\]"
)

BREAK_TAGS = frozenset(
    "p br div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr center section article header footer nav main aside"
    " figure figcaption blockquote form hr body html head".split()
)
INLINE_TAGS = frozenset(
    "u b i em strong s sup sub span a font small big mark code tt img input label math meta link base".split()
)
TABLE_TAGS = frozenset("table thead tbody tfoot tr td th caption colgroup col".split())
KNOWN_TAGS = BREAK_TAGS | INLINE_TAGS | TABLE_TAGS
HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SILENT_TAGS = frozenset("script style title".split())
"""Elements whose content is not printed."""

_DECLARATION = re.compile(r"<!DOCTYPE[^<>]{0,200}>|<\?[^<>]{0,200}\?>", re.IGNORECASE)
_LONGEST_COMMENT = 2000
_PLAIN_TEXT = re.compile(r"[^<&$*_`\[\\\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]*")
"""A text without any sign that could be markup: most lines are."""
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_STARS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1(?!\*)")
_UNDERLINES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]{1,2000}?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\+([\\`*_{}\[\]()#+.!|~&-])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}")
_STRAY_MARK = re.compile(r"(?<!\*)\*\*(?!\*)|(?<=\s)`|`(?=\s)")


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A stretch of source text on one line, with the line's number."""

    text: str
    line: int


def split_source_lines(text: str, first_line: int) -> list[SourcePiece]:
    """The text cut at its line ends."""
    return [SourcePiece(part, first_line + i) for i, part in enumerate(text.split("\n"))]


def strip_comments(text: str) -> str:
    """A space for each comment and declaration."""
    if "<!" not in text and "<?" not in text:
        return text
    parts: list[str] = []
    position, end = 0, -1
    start = text.find("<!--")
    while start >= 0:
        if end < start + 4:
            end = text.find("-->", start + 4)
        if end < 0:  # nothing closes this one, nor any that follows
            break
        if end - start - 4 <= _LONGEST_COMMENT:
            parts += [text[position:start], " "]
            position = end + 3
        start = text.find("<!--", max(position, start + 4))
    return _DECLARATION.sub(" ", "".join(parts) + text[position:])


def plain_passage(piece: SourcePiece) -> Passage:
    """One piece without inline markup. LaTeX between its delimiters is left untouched."""
    if _PLAIN_TEXT.fullmatch(piece.text):
        return Passage.from_text(piece.text, PrintedPlace(lines=(piece.line, piece.line)))
    passage = Passage.from_text(_INVISIBLE.sub("", piece.text), PrintedPlace(lines=(piece.line, piece.line)))
    parts: list[Passage] = []
    position = 0
    for math in MATH_PATTERN.finditer(passage.text):
        parts += [_strip_markdown(passage[position : math.start()]), passage[math.start() : math.end()]]
        position = math.end()
    parts.append(_strip_markdown(passage[position:]))
    return Passage.concatenate(parts)


def is_bold(text: str) -> bool:
    """Is the whole line set in bold?"""
    stripped = text.strip()
    return (
        len(stripped) > 4
        and stripped.startswith(("**", "<b>", "<strong>"))
        and stripped.endswith(("**", "</b>", "</strong>"))
    )


def parse_lines(source: Iterable[SourcePiece]) -> tuple[Line, ...]:
    """The printed lines of a cell or a stretch of text: broken at tags that break, list items marked."""
    out: list[Line] = []
    open_pieces: list[Passage] = []
    bullet = heading = False
    silent_tag = ""

    def close_line() -> None:
        nonlocal bullet
        text = Passage.join(" ", open_pieces).strip()
        if text:
            out.append(Line(text, bullet=bullet, heading=heading))
            bullet = False
        open_pieces.clear()

    for piece in source:
        for tag, closing, text in scan_tags(piece):
            if silent_tag:
                silent_tag = "" if tag == silent_tag and closing else silent_tag
                continue
            if text is not None:
                open_pieces.append(plain_passage(text))
                continue
            if tag in SILENT_TAGS:
                silent_tag = "" if closing else tag
                continue
            close_line()
            bullet = bullet if closing or tag != "li" else True
            heading = (tag in HEADING_TAGS and not closing) or (heading and tag not in HEADING_TAGS)
    close_line()
    return tuple(out)


def scan_tags(piece: SourcePiece) -> Iterator[tuple[str, bool, SourcePiece | None]]:
    """Breaking tags ``(name, closing, None)`` and the text between them ``("", False, piece)``."""
    if "<" not in piece.text:
        yield "", False, piece
        return
    text = strip_comments(piece.text)
    text_parts: list[str] = []
    position = 0
    for tag in TAG_PATTERN.finditer(text):
        name = tag.group(2).lower()
        if name not in KNOWN_TAGS and name not in SILENT_TAGS:
            continue
        text_parts.append(text[position : tag.start()])
        position = tag.end()
        if name in INLINE_TAGS:
            continue
        yield "", False, SourcePiece("".join(text_parts), piece.line)
        text_parts.clear()
        yield name, bool(tag.group(1)), None
    yield "", False, SourcePiece("".join(text_parts) + text[position:], piece.line)


def _strip_markdown(passage: Passage) -> Passage:
    if _COMMAND.search(passage.text):  # LaTeX without its dollar signs: its marks are not Markdown's
        return passage
    passage = (
        passage.replace_pattern(_LINK, r"\1")
        .replace_pattern(_STARS, r"\2")
        .replace_pattern(_UNDERLINES, r"\2")
        .replace_pattern(_STRAY_MARK, "")
    )
    return passage.replace_pattern(_ESCAPE, r"\1").replace_pattern(
        _ENTITY, lambda m: html.unescape(m.group())
    )
