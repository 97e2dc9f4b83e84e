"""A picture laid straight: the sheet found, turned upright, skew and perspective taken out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scan.engine import Engine
from extractors.scan.flatten import Matrix, apply, level, segments_of, strays, text_segments
from extractors.scan.images import DPI, Image
from extractors.scan.lines import cut_out, lines_of
from extractors.scan.sheet import find_sheet, straighten
from extractors.scan.upright import lies, stands_on_head

_SEARCH_DPI = 90.0
"""Resolution in which lines of text are looked for; see docs/decisions/0002-ocr-resolution.md."""

_EDGE = 30.0  # points: a shorter edge tells no direction
_MOVED = 1.5  # pixels: a page that flattening moves less is flat


@dataclass(frozen=True, slots=True)
class View:
    """The page at ``DPI`` as it is seen through ``matrix`` (pixels of the picture given → of ``image``)."""

    image: Image
    matrix: Matrix
    quads: NDArray[np.float32]
    """Corners of the lines of text found: n × 4 × (x, y)."""


def straight_view(image: Image, dpi: float, ocr: Engine) -> View:
    """The page of an RGB picture, flat and upright."""
    return _flat(_upright(_sheet(image, dpi), ocr), image)


def _sheet(image: Image, dpi: float) -> View:
    """The sheet alone, at ``DPI``."""
    matrix = np.diag([DPI / dpi, DPI / dpi, 1.0])
    size = (round(image.shape[1] * DPI / dpi), round(image.shape[0] * DPI / dpi))
    corners = find_sheet(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8))
    if corners is not None:
        flat, size = straighten(apply(matrix, corners))
        matrix = flat @ matrix
    return View(_seen(image, matrix, size), matrix, np.zeros((0, 4, 2), np.float32))


def _upright(view: View, ocr: Engine) -> View:
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
    return View(image, matrix, quads)


def _flat(view: View, image: Image) -> View:
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
    return View(_seen(image, matrix, (width, height)), matrix, apply(step, view.quads))


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
