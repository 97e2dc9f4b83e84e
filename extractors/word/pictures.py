"""Pictures in a Word document that may hold text (pasted formulas, tables, scans): read by OCR."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.errors import ReadError
from extractors.model.page import AsideReason, Block, Cell, Line, Table
from extractors.model.passage import Passage, PrintedPlace, word_place
from extractors.word.xml_names import WP, A, R, V, to_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.office_address import WordAddress
    from extractors.office_package import Element
    from extractors.word.story import Story

_EMU_PER_POINT = 12700
_LINE_ASPECT = 2.0
"""Heights that a picture is wide, if it may hold a line or a formula; crests are as high as wide."""
_TEXT_AREA = 0.15 * 595 * 842
"""Square points from which a picture is no crest or signature: 15 % of an A4 page."""
_RASTER_ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


def read_pictures(story: Story, element: Element, address: WordAddress) -> Iterator[Block]:
    """Yield the lines and tables of the pictures in a drawing that may hold text.

    Pictures that cannot be read are told of in the asides.
    """
    width, height = _drawn_size(element)
    for node in element.iter(f"{A}blip", f"{V}imagedata"):
        relation = story.relationships.get(node.get(f"{R}embed") or node.get(f"{R}id") or "")
        link = story.relationships.get(node.get(f"{R}link", ""))
        if relation is None or relation.external:
            target = (relation or link).target if relation or link else ""  # type: ignore[union-attr]
            story.set_aside(AsideReason.EXTERNAL, "", address, target)
            continue
        if not (width >= _LINE_ASPECT * height or width * height >= _TEXT_AREA):
            continue
        name = relation.target.rsplit("/", 1)[-1]
        if not name.lower().endswith(_RASTER_ENDINGS):
            story.set_aside(AsideReason.PICTURE, "", address, name)
            continue
        try:
            yield from _read_by_ocr(story.package.read_part(relation.target), address)
        except Exception:  # native code meets broken pictures with exceptions of every kind
            story.set_aside(AsideReason.PICTURE, "", address, name)


def _drawn_size(element: Element) -> tuple[float, float]:
    """Return the points that a drawing is wide and high; of old pictures, whose style tells, a wide guess."""
    extent = next(element.iter(f"{WP}extent"), None)
    if extent is None:
        return _LINE_ASPECT, 1.0
    return (
        to_number(extent.get("cx")) / _EMU_PER_POINT,
        to_number(extent.get("cy")) / _EMU_PER_POINT,
    )


def _read_by_ocr(data: bytes, address: WordAddress) -> list[Block]:
    from extractors import ocr  # heavy: OpenCV, OCR
    from extractors.layout import layout_page

    blocks: list[Block] = []
    for number, decoded in enumerate(ocr.open_images(data), start=1):
        if isinstance(decoded, ReadError):
            raise decoded
        for block in layout_page(ocr.read_image(*decoded, number).page).blocks:
            if isinstance(block, Table):
                rows = (tuple(_place_cell(cell, address) for cell in row) for row in block.rows)
                blocks.append(Table(tuple(rows)))
            else:
                blocks.append(_place_line(block, address))
    return blocks


def _place_cell(cell: Cell, address: WordAddress) -> Cell:
    return replace(cell, lines=tuple(_place_line(line, address) for line in cell.lines))


def _place_line(line: Line, address: WordAddress) -> Line:
    """Return a line whose words stand at the place of the picture."""
    confidence = min((word_place(word).confidence for word in line.text.words), default=1.0)
    return Line(Passage.from_text(line.text.text, PrintedPlace(address=address, confidence=confidence)))
