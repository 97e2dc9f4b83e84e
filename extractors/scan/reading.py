"""A picture of a page becomes a ``PrintedPage``: turned, flattened, cleaned, its rules and words read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.printed import PrintedPage, Rule
from extractors.scan.clean import ink_of, is_bilevel, whiten, without_rules, without_specks
from extractors.scan.engine import Engine, engine
from extractors.scan.flatten import Matrix, apply, level, segments_of, strays, text_segments
from extractors.scan.images import DPI, Image
from extractors.scan.lines import TextLine, cut_at_rules, cut_out, lines_of
from extractors.scan.marks import missed_marks
from extractors.scan.rules import find_rules
from extractors.scan.sheet import find_sheet, straighten
from extractors.scan.upright import lies, stands_on_head
from extractors.scan.warp import Warp, warp_of
from extractors.scan.words import words_of

_SEARCH_DPI = 90.0
"""Resolution in which lines of text are looked for; see docs/decisions/0002-ocr-resolution.md."""

_EDGE = 30.0  # points: a shorter edge tells no direction
_MOVED = 1.5  # pixels: a page that flattening moves less is flat


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page read from a picture: flattened, in points; and the way back to the page as it is seen."""

    page: PrintedPage
    warp: Warp


@dataclass(frozen=True, slots=True)
class _View:
    """The page at ``DPI`` as it is seen through ``matrix`` (pixels of the picture given → of ``image``)."""

    image: Image
    matrix: Matrix
    quads: NDArray[np.float32]


def read_image(image: Image, dpi: float, number: int) -> Scanned:
    """Read a page.

    Args:
        image: RGB pixels, height × width × 3.
        dpi: its pixels an inch.
        number: the page's number in its file, from 1.

    Returns:
        Words and rules in points of the flattened page. A page without text has no words.
    """
    ocr = engine()
    view = _flat(_upright(_sheet(image, dpi), ocr), image)
    point = DPI / 72
    grey = cv2.cvtColor(view.image, cv2.COLOR_RGB2GRAY)
    white = whiten(np.asarray(grey, np.uint8), DPI)
    ink = ink_of(white)
    rules, streaks = find_rules(ink, DPI)
    if is_bilevel(view.image[:, :, 1]):
        white = without_specks(white, ink, DPI)
    white = without_rules(white, rules + streaks)
    ink = ink_of(white)
    lines = cut_at_rules(lines_of(view.quads), rules, point)
    lines += missed_marks(ink, lines, rules, point)
    readings = ocr.read([cut_out(white, line) for line in lines])
    words = [
        word
        for line, reading in zip(lines, readings, strict=True)
        for word in words_of(line, reading, ink, point, number)
    ]
    height, width = ink.shape
    page = PrintedPage(
        number, width / point, height / point, "scan", tuple(words), tuple(_points(rules, point))
    )
    return Scanned(page, warp_of(view.matrix, dpi / 72, point))


def _sheet(image: Image, dpi: float) -> _View:
    """The sheet alone, at ``DPI``."""
    matrix = np.diag([DPI / dpi, DPI / dpi, 1.0])
    size = (round(image.shape[1] * DPI / dpi), round(image.shape[0] * DPI / dpi))
    corners = find_sheet(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8))
    if corners is not None:
        flat, size = straighten(apply(matrix, corners))
        matrix = flat @ matrix
    return _View(_seen(image, matrix, size), matrix, np.zeros((0, 4, 2), np.float32))


def _upright(view: _View, ocr: Engine) -> _View:
    """The page turned so that its text can be read, and its lines of text."""
    quads = _found(view.image, ocr)
    matrix, image = view.matrix, view.image
    if len(quads) and lies(quads):
        matrix = np.array([[0, 1, 0], [-1, 0, image.shape[1]], [0, 0, 1.0]]) @ matrix
        image = np.ascontiguousarray(np.rot90(image))
        quads = _found(image, ocr)
    samples = [cut_out(image, line) for line in lines_of(quads)]
    if stands_on_head(ocr, samples):
        half = np.array([[-1, 0, image.shape[1]], [0, -1, image.shape[0]], [0, 0, 1.0]])
        matrix, image = half @ matrix, np.ascontiguousarray(image[::-1, ::-1])
        quads = apply(half, quads)[:, [2, 3, 0, 1]]
    return _View(image, matrix, quads)


def _flat(view: _View, image: Image) -> _View:
    """The page with its lines level and its rules upright."""
    height, width = view.image.shape[:2]
    share = _SEARCH_DPI / DPI
    small = cv2.resize(view.image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    edges = segments_of(
        np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8), _EDGE * _SEARCH_DPI / 72
    )
    lines = np.concatenate([edges / share, text_segments(view.quads)])
    step = level(lines, (width, height))
    if strays(step, (width, height)) < _MOVED:
        return view
    matrix = step @ view.matrix
    return _View(_seen(image, matrix, (width, height)), matrix, apply(step, view.quads))


def _found(image: Image, ocr: Engine) -> NDArray[np.float32]:
    share = _SEARCH_DPI / DPI
    return (
        ocr.find(np.asarray(cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)))
        / share
    )


def _seen(image: Image, matrix: Matrix, size: tuple[int, int]) -> Image:
    """The picture through a matrix; one that only scales is averaged, so that thin rules stay."""
    scale = float(abs(np.linalg.det(matrix[:2, :2]))) ** 0.5
    if matrix[0, 1] == matrix[1, 0] == matrix[2, 0] == 0:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
    if scale < 0.67:
        image = np.asarray(
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
        matrix = matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    return np.asarray(
        cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def _points(rules: list[Rule], point: float) -> list[Rule]:
    return [Rule(r.x0 / point, r.top / point, r.x1 / point, r.bottom / point) for r in rules]
