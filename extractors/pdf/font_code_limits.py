"""Fonts that run through more character codes than any page has are found before anything reads them.

A map (``ToUnicode``, ``Encoding``) and a table of widths (``W``, ``W2``) name ranges of codes, four billion
in as many bytes as four, and pdfminer goes through them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from io import BytesIO

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSKeyword
from pdfminer.utils import choplist, nunpack

MOST_FONT_CODES = 1_000_000
"""Character codes in the ranges of a page's fonts. The largest East Asian font has 65 000, told twice."""


def has_excessive_font_codes(
    resources: object, known_counts: MutableMapping[int, int], most: int = MOST_FONT_CODES
) -> bool:
    """Do the fonts of a page, taken together, go through more codes than any page has?

    ``known_counts`` keeps the count of each font by its object number, for the pages that share it.
    """
    total = 0
    for reference in _iter_fonts(resources):
        number = reference.objid if isinstance(reference, PDFObjRef) else None
        count = known_counts.get(number) if number is not None else None
        if count is None:
            count = count_font_codes(resolve1(reference))
        if number is not None:
            known_counts[number] = count
        total += count
        if total > most:
            return True
    return False


def count_font_codes(font: object) -> int:
    """Return how many codes the ranges of a font have in all."""
    return sum(max(0, size) for size in _range_sizes(font))


def _iter_fonts(resources: object) -> Iterator[object]:
    """Yield the fonts that a page and its forms name."""
    pending, visited = [resources], set[int]()
    while pending:
        entries = resolve1(pending.pop())
        if not isinstance(entries, dict) or id(entries) in visited:
            continue
        visited.add(id(entries))
        yield from _dict_values(entries.get("Font"))
        for xobject in map(resolve1, _dict_values(entries.get("XObject"))):
            if isinstance(xobject, PDFStream):
                pending.append(xobject.get("Resources"))


def _dict_values(value: object) -> list[object]:
    entries = resolve1(value)
    return list(entries.values()) if isinstance(entries, dict) else []


def _range_sizes(font: object) -> Iterator[int]:
    """Yield the sizes of the ranges in a font's own maps and widths, and in those of its descendants."""
    entries = font if isinstance(font, dict) else {}
    descendants = resolve1(entries.get("DescendantFonts"))
    for part in (entries, *map(resolve1, descendants if isinstance(descendants, list) else ())):
        if not isinstance(part, dict):
            continue
        for cmap in (resolve1(part.get("ToUnicode")), resolve1(part.get("Encoding"))):
            if isinstance(cmap, PDFStream):
                yield from _read_range_sizes(cmap.get_data())
        yield from _width_range_sizes(resolve1(part.get("W")), 1)
        yield from _width_range_sizes(resolve1(part.get("W2")), 3)


def _width_range_sizes(widths: object, value_count: int) -> Iterator[int]:
    """Yield the sizes of the ranges ``first last value …`` in a table of widths."""
    numbers: list[int | float] = []
    for value in map(resolve1, widths if isinstance(widths, list) else ()):
        if isinstance(value, list):
            numbers = []
        elif isinstance(value, int | float):
            numbers.append(value)
            if len(numbers) == 2 + value_count:
                yield int(numbers[1] - numbers[0]) + 1
                numbers = []


def _read_range_sizes(data: bytes) -> list[int]:
    """Return the number of codes of each range in a character map."""
    parser = _RangeParser(FileUnicodeMap(), BytesIO(data))
    parser.run()
    return parser.sizes


class _RangeParser(CMapParser):
    """pdfminer's parser of character maps, which notes the ranges in place of going through them."""

    def __init__(self, cmap: FileUnicodeMap, source: BytesIO) -> None:
        super().__init__(cmap, source)
        self.sizes: list[int] = []

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Note the ranges that a keyword ends."""
        if token not in (self.KEYWORD_ENDCIDRANGE, self.KEYWORD_ENDBFRANGE):
            super().do_keyword(pos, token)
            return
        operands = [operand for _, operand in self.popall()]
        for first, last, _ in choplist(3, operands):
            if isinstance(first, bytes) and isinstance(last, bytes):
                self.sizes.append(nunpack(last) - nunpack(first) + 1)
