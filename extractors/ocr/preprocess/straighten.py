"""A picture laid straight: the sheet found, turned upright, skew and perspective taken out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.detect.text_lines import crop_line, lines_from_quads
from extractors.ocr.image_input import DPI, Image
from extractors.ocr.preprocess.orientation import is_upside_down, runs_vertically
from extractors.ocr.preprocess.page_boundary import find_page_corners, rectangle_transform
from extractors.ocr.preprocess.rectify import (
    Matrix,
    corner_displacement,
    detect_segments,
    fit_homography,
    map_points,
    text_segments,
)
from extractors.ocr.recognise.ocr_engine import OcrEngine

_SEARCH_DPI = 90.0
"""Resolution in which lines of text are looked for; see docs/decisions/0002-ocr-resolution.md."""

_MIN_EDGE_LENGTH = 30.0  # points: a shorter edge tells no direction
_MIN_DISPLACEMENT = 1.5  # pixels: a page that flattening moves less is flat


@dataclass(frozen=True, slots=True)
class StraightenedPage:
    """The page at ``DPI`` as it is seen through ``matrix`` (pixels of the picture given → of ``image``)."""

    image: Image
    matrix: Matrix
    quads: NDArray[np.float32]
    """Corners of the lines of text found: n × 4 × (x, y)."""


def straighten_page(image: Image, dpi: float, ocr: OcrEngine) -> StraightenedPage:
    """Return the page of an RGB picture, flat and upright."""
    return _flatten_page(_turn_upright(_crop_sheet(image, dpi), ocr), image)


def _crop_sheet(image: Image, dpi: float) -> StraightenedPage:
    """Return the sheet alone, at ``DPI``."""
    matrix = np.diag([DPI / dpi, DPI / dpi, 1.0])
    size = (round(image.shape[1] * DPI / dpi), round(image.shape[0] * DPI / dpi))
    corners = find_page_corners(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8))
    if corners is not None:
        sheet_matrix, size = rectangle_transform(map_points(matrix, corners))
        matrix = sheet_matrix @ matrix
    return StraightenedPage(_warp_image(image, matrix, size), matrix, np.zeros((0, 4, 2), np.float32))


def _turn_upright(view: StraightenedPage, ocr: OcrEngine) -> StraightenedPage:
    """Return the page turned so that its text can be read, and its lines of text."""
    quads = _find_quads(view.image, ocr)
    matrix, image = view.matrix, view.image
    if len(quads) and runs_vertically(quads):
        matrix = np.array([[0, 1, 0], [-1, 0, image.shape[1]], [0, 0, 1.0]]) @ matrix
        image = np.ascontiguousarray(np.rot90(image))
        quads = _find_quads(image, ocr)
    samples = [crop_line(image, line) for line in lines_from_quads(quads)]
    if is_upside_down(ocr, samples):
        half_turn = np.array([[-1, 0, image.shape[1]], [0, -1, image.shape[0]], [0, 0, 1.0]])
        matrix, image = half_turn @ matrix, np.ascontiguousarray(image[::-1, ::-1])
        quads = map_points(half_turn, quads)[:, [2, 3, 0, 1]]
    return StraightenedPage(image, matrix, quads)


def _flatten_page(view: StraightenedPage, image: Image) -> StraightenedPage:
    """Return the page with its lines level and its rules upright."""
    height, width = view.image.shape[:2]
    share = _SEARCH_DPI / DPI
    reduced_image = cv2.resize(view.image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    edge_segments = detect_segments(
        np.asarray(cv2.cvtColor(reduced_image, cv2.COLOR_RGB2GRAY), np.uint8),
        _MIN_EDGE_LENGTH * _SEARCH_DPI / 72,
    )
    segments = np.concatenate([edge_segments / share, text_segments(view.quads)])
    homography = fit_homography(segments, (width, height))
    if corner_displacement(homography, (width, height)) < _MIN_DISPLACEMENT:
        return view
    matrix = homography @ view.matrix
    return StraightenedPage(
        _warp_image(image, matrix, (width, height)), matrix, map_points(homography, view.quads)
    )


def _find_quads(image: Image, ocr: OcrEngine) -> NDArray[np.float32]:
    share = _SEARCH_DPI / DPI
    return (
        ocr.find_lines(np.asarray(cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)))
        / share
    )


def _warp_image(image: Image, matrix: Matrix, size: tuple[int, int]) -> Image:
    """Return the picture through a matrix; one that only scales is averaged, so that thin rules stay."""
    scale = float(abs(np.linalg.det(matrix[:2, :2]))) ** 0.5
    if matrix[0, 1] == matrix[1, 0] == matrix[2, 0] == 0:
        interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(image, size, interpolation=interpolation), np.uint8)
    if scale < 0.67:
        image = np.asarray(
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
        matrix = matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    return np.asarray(
        cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )
