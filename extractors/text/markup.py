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

from extractors.page import Line
from extractors.passage import Passage, Place

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]{0,500})?)/?>")
MATH = re.compile(
    r"\$\$[^$]{1,4000}\$\$|\$[^$\n]{1,4000}\$"
    # Up to the next bracket that opens one, so that many that nothing closes are read once each.
    r"|\\\((?:[^\n\\]|\\\\|\\(?![()\\])){1,2000}\\\)|\\\[(?:[^$\\]|\\\\|\\(?![\[\]\\])){1,4000}\\\]"
)

BREAKS = frozenset(
    "p br div li ul ol h1 h2 h3 h4 h5 h6 tr center section article header footer hr body html head".split()
)
INLINE = frozenset(
    "u b i em strong s sup sub span a font small big mark code tt img input label math".split()
)
TABLES = frozenset("table thead tbody tfoot tr td th caption colgroup col".split())
KNOWN = BREAKS | INLINE | TABLES
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SILENT = frozenset("script style title".split())
"""Elements whose content is not printed."""

_DECLARED = re.compile(r"<!DOCTYPE[^<>]{0,200}>|<\?[^<>]{0,200}\?>", re.IGNORECASE)
_LONGEST_COMMENT = 2000
_PLAIN = re.compile(r"[^<&$*_`\[\\\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]*")
"""A text without any sign that could be markup: most lines are."""
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_STARS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1(?!\*)")
_UNDERLINES = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]{1,2000}?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\+([\\`*_{}\[\]()#+.!|~&-])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}")
_STRAY = re.compile(r"(?<!\*)\*\*(?!\*)|(?<=\s)`|`(?=\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of source text on one line, with the line's number."""

    text: str
    line: int


def pieces(text: str, first_line: int) -> list[Piece]:
    """The text cut at its line ends."""
    return [Piece(part, first_line + i) for i, part in enumerate(text.split("\n"))]


def uncommented(text: str) -> str:
    """A space for each comment and declaration."""
    if "<!" not in text and "<?" not in text:
        return text
    parts: list[str] = []
    done, end = 0, -1
    start = text.find("<!--")
    while start >= 0:
        if end < start + 4:
            end = text.find("-->", start + 4)
        if end < 0:  # nothing closes this one, nor any that follows
            break
        if end - start - 4 <= _LONGEST_COMMENT:
            parts += [text[done:start], " "]
            done = end + 3
        start = text.find("<!--", max(done, start + 4))
    return _DECLARED.sub(" ", "".join(parts) + text[done:])


def plain(piece: Piece) -> Passage:
    """One piece without inline markup. LaTeX between its delimiters is left untouched."""
    if _PLAIN.fullmatch(piece.text):
        return Passage.of(piece.text, Place(lines=(piece.line, piece.line)))
    passage = Passage.of(_INVISIBLE.sub("", piece.text), Place(lines=(piece.line, piece.line)))
    parts: list[Passage] = []
    done = 0
    for math in MATH.finditer(passage.text):
        parts += [_unmarked(passage[done : math.start()]), passage[math.start() : math.end()]]
        done = math.end()
    parts.append(_unmarked(passage[done:]))
    return Passage.glue(parts)


def bold(text: str) -> bool:
    """Is the whole line set in bold?"""
    stripped = text.strip()
    return (
        len(stripped) > 4
        and stripped.startswith(("**", "<b>", "<strong>"))
        and stripped.endswith(("**", "</b>", "</strong>"))
    )


def lines(source: Iterable[Piece]) -> tuple[Line, ...]:
    """The printed lines of a cell or a stretch of text: broken at tags that break, list items marked."""
    out: list[Line] = []
    open_pieces: list[Passage] = []
    bullet = heading = False
    silent = ""

    def close() -> None:
        nonlocal bullet
        text = Passage.join(" ", open_pieces).strip()
        if text:
            out.append(Line(text, bullet=bullet, heading=heading))
            bullet = False
        open_pieces.clear()

    for piece in source:
        for tag, closing, text in scan(piece):
            if silent:
                silent = "" if tag == silent and closing else silent
                continue
            if text is not None:
                open_pieces.append(plain(text))
                continue
            if tag in SILENT:
                silent = "" if closing else tag
                continue
            close()
            bullet = bullet if closing or tag != "li" else True
            heading = (tag in HEADINGS and not closing) or (heading and tag not in HEADINGS)
    close()
    return tuple(out)


def scan(piece: Piece) -> Iterator[tuple[str, bool, Piece | None]]:
    """Breaking tags ``(name, closing, None)`` and the text between them ``("", False, piece)``."""
    if "<" not in piece.text:
        yield "", False, piece
        return
    text = uncommented(piece.text)
    kept: list[str] = []
    done = 0
    for tag in TAG.finditer(text):
        name = tag.group(2).lower()
        if name not in KNOWN and name not in SILENT:
            continue
        kept.append(text[done : tag.start()])
        done = tag.end()
        if name in INLINE:
            continue
        yield "", False, Piece("".join(kept), piece.line)
        kept.clear()
        yield name, bool(tag.group(1)), None
    yield "", False, Piece("".join(kept) + text[done:], piece.line)


def _unmarked(passage: Passage) -> Passage:
    if _COMMAND.search(passage.text):  # LaTeX without its dollar signs: its marks are not Markdown's
        return passage
    passage = passage.sub(_LINK, r"\1").sub(_STARS, r"\2").sub(_UNDERLINES, r"\2").sub(_STRAY, "")
    return passage.sub(_ESCAPE, r"\1").sub(_ENTITY, lambda m: html.unescape(m.group()))
