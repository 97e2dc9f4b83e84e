"""Skew and perspective: the homography that lays lines of text and rulings level and upright.

In a page nearly straight, a line that should be level has the slope ``g·y - q`` and one that should be
upright leans by ``h·x - p``: four numbers, fitted to all directions seen, make the homography
``x' = (x + p·y)/w, y' = (y + q·x)/w, w = 1 + g·x + h·y``. A few rounds make "nearly" exact.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.image_input import Image

Matrix = NDArray[np.float64]
Segments = NDArray[np.float64]
"""n × 2 ends × (x, y)."""

_MAX_SKEW = 0.18  # tangent of the greatest slope that is skew (10°) and not something slanting
_FIT_ROUNDS = 3
_MIN_PERSPECTIVE_WIDTH = 3.0  # image widths of lines in one direction, to trust its perspective


def detect_segments(grey: Image, min_length: float) -> Segments:
    """Straight edges of at least so many pixels (rulings, mostly)."""
    lines = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(grey)[0]
    if lines is None:
        return np.zeros((0, 2, 2))
    ends = lines.reshape(-1, 2, 2).astype(np.float64)
    return np.asarray(ends[np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1) >= min_length])


def text_segments(quads: NDArray[np.float32]) -> Segments:
    """Return the middle lines of long lines of text."""
    left, right = (quads[:, 0] + quads[:, 3]) / 2, (quads[:, 1] + quads[:, 2]) / 2
    height = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    is_long = np.linalg.norm(right - left, axis=1) > 6 * height
    return np.stack([left[is_long], right[is_long]], axis=1).astype(np.float64)


def fit_homography(segments: Segments, size: tuple[int, int]) -> Matrix:
    """The homography, in pixels, that makes the segments level or upright; about the image's middle."""
    width, height = size
    scale = max(width, height) / 2
    centre = np.array([[1 / scale, 0, -width / 2 / scale], [0, 1 / scale, -height / 2 / scale], [0, 0, 1]])
    homography = np.eye(3)
    for _ in range(_FIT_ROUNDS):
        homography = _fit_step(_map_segments(segments, homography @ centre)) @ homography
    return np.asarray(np.linalg.inv(centre) @ homography @ centre)


def corner_displacement(matrix: Matrix, size: tuple[int, int]) -> float:
    """Return how far the matrix moves any corner of an image, in pixels."""
    width, height = size
    corners = np.array([[[0, 0], [width, 0]], [[width, height], [0, height]]], np.float64)
    return float(np.abs(_map_segments(corners, matrix) - corners).max())


def map_points(matrix: Matrix, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Points (… × 2) mapped."""
    if not points.size:
        return points
    mapped_points = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix)
    return np.asarray(mapped_points.reshape(points.shape), np.float32)


def _map_segments(segments: Segments, matrix: Matrix) -> Segments:
    if not len(segments):
        return segments
    return np.asarray(cv2.perspectiveTransform(segments.reshape(-1, 1, 2), matrix).reshape(-1, 2, 2))


def _fit_step(segments: Segments) -> Matrix:
    """Return one round's ``p, q, g, h`` of the segments as they lie now, in units of half the longer side."""
    if not len(segments):
        return np.eye(3)
    directions = segments[:, 1] - segments[:, 0]
    centers = segments.mean(axis=1)
    is_level = np.abs(directions[:, 1]) < _MAX_SKEW * np.abs(directions[:, 0])
    is_upright = np.abs(directions[:, 0]) < _MAX_SKEW * np.abs(directions[:, 1])
    q, g = _fit_slope(
        centers[is_level, 1],
        directions[is_level, 1] / directions[is_level, 0],
        np.abs(directions[is_level, 0]),
    )
    p, h = _fit_slope(
        centers[is_upright, 0],
        directions[is_upright, 0] / directions[is_upright, 1],
        np.abs(directions[is_upright, 1]),
    )
    if np.abs(directions[is_upright, 1]).sum() < 0.3:
        p, h = -q, 0.0
    elif np.abs(directions[is_level, 0]).sum() < 0.3:
        q, g = -p, 0.0
    return np.array([[1, p, 0], [q, 1, 0], [g, h, 1.0]])


def _fit_slope(
    positions: NDArray[np.float64], slope: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """``a`` and ``b`` of ``slope = b·at - a``, long segments weighing more and outliers nothing.

    The perspective ``b`` is fitted only to enough lines, lest noise bend a page that is flat.
    """
    if not len(positions):
        return 0.0, 0.0
    fits_perspective = weight.sum() >= _MIN_PERSPECTIVE_WIDTH and np.ptp(positions) > 0.5
    a, b = -_weighted_median(slope, weight), 0.0
    for tolerance in (0.03, 0.01, 0.004):
        residuals = slope - (b * positions - a)
        w = weight / (1 + (residuals / tolerance) ** 2) ** 2
        if fits_perspective:
            columns = np.stack([-np.ones_like(positions), positions], axis=1) * np.sqrt(w)[:, None]
            (a, b), *_ = np.linalg.lstsq(columns, slope * np.sqrt(w), rcond=None)
        else:
            a = -float((slope * w).sum() / w.sum())
    return float(a), float(b)


def _weighted_median(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    half = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    return float(values[order][min(half, len(values) - 1)])
