"""The sheet of paper in a photograph: its four corners, where it lies on something darker."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.image_input import Image

_SEARCH_SIZE = 400  # pixels of the longer side that the search is made in
_MIN_AREA = 0.25  # share of the picture that a sheet fills
_MAX_AREA = 0.98
_MIN_FIT = 0.96  # share of a sheet's outline that its four corners must explain
_MIN_CONTRAST = 25  # grey levels between paper and what it lies on


def find_page_corners(grey: Image) -> NDArray[np.float32] | None:
    """The corners of the sheet in pixels, clockwise from top left; ``None`` where the page fills the image.

    Shadows make one threshold wrong, so many are tried; the brighter part that is most like a
    quadrilateral is the sheet.
    """
    scale = _SEARCH_SIZE / max(grey.shape)
    reduced = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    thumbnail = np.asarray(cv2.GaussianBlur(reduced, (5, 5), 0), np.uint8)
    paper, ground = float(np.percentile(thumbnail, 90)), float(np.percentile(_rim_pixels(thumbnail), 50))
    if paper - ground < _MIN_CONTRAST:
        return None
    best: tuple[float, NDArray[np.float32]] | None = None
    for share in np.linspace(0.1, 0.8, 15):
        threshold = ground + share * (paper - ground)
        candidate = _fit_quadrilateral((thumbnail > threshold).astype(np.uint8))
        if candidate is not None and (best is None or candidate[0] > best[0]):
            best = candidate
    if best is None:
        return None
    return np.asarray((best[1] + 0.5) / scale, np.float32)


def rectangle_transform(corners: NDArray[np.float32]) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Return the matrix that makes the sheet a rectangle, and the rectangle's width and height in pixels."""
    tl, tr, br, bl = corners
    width = round(float(np.linalg.norm(tr - tl) + np.linalg.norm(br - bl)) / 2)
    height = round(float(np.linalg.norm(bl - tl) + np.linalg.norm(br - tr)) / 2)
    rectangle = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, rectangle), np.float64), (width, height)


def _rim_pixels(grey: Image) -> Image:
    edge = max(2, min(grey.shape) // 50)
    return np.concatenate(
        [part.ravel() for part in (grey[:edge], grey[-edge:], grey[:, :edge], grey[:, -edge:])]
    )


def _fit_quadrilateral(mask: Image) -> tuple[float, NDArray[np.float32]] | None:
    """Return how well the greatest bright part fits four corners (0 to 1), and the corners."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(hull)
    if not _MIN_AREA < area / mask.size < _MAX_AREA:
        return None
    for tolerance in (0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(corners) == 4:
            break
    else:
        return None
    fitted_corners = _refine_corners(hull[:, 0].astype(np.float32), corners[:, 0].astype(np.float32))
    inside_mask = np.zeros_like(mask)
    cv2.fillConvexPoly(inside_mask, np.round(fitted_corners).astype(np.int32), 1)
    outline_mask = np.zeros_like(mask)
    cv2.drawContours(outline_mask, [max(outlines, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    fit = float((inside_mask & outline_mask).sum() / max(1, (inside_mask | outline_mask).sum()))
    touching_count = ((fitted_corners <= 1) | (fitted_corners >= np.array(mask.shape[::-1]) - 2)).sum()
    return (fit, fitted_corners) if fit >= _MIN_FIT and touching_count <= 3 else None


def _refine_corners(hull: NDArray[np.float32], corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Corners as crossings of lines laid through the outline's sides, clockwise from top left."""
    corners = _sort_clockwise(corners)
    outline_points = np.concatenate(
        [
            np.linspace(a, b, 1 + int(np.linalg.norm(b - a)))
            for a, b in zip(hull, np.roll(hull, -1, 0), strict=True)
        ]
    ).astype(np.float32)
    sides = []
    for a, b in zip(corners, np.roll(corners, -1, 0), strict=True):
        direction = (b - a) / np.linalg.norm(b - a)
        offset = outline_points - a
        positions = offset @ direction / np.linalg.norm(b - a)
        distances = np.abs(offset[:, 0] * direction[1] - offset[:, 1] * direction[0])
        side_points = outline_points[(distances < 6) & (positions > 0.05) & (positions < 0.95)]
        if len(side_points) < 10:
            return corners
        vx, vy, x, y = cv2.fitLine(side_points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        sides.append(np.cross((x, y, 1.0), (x + vx, y + vy, 1.0)))
    crossings = [np.cross(sides[i - 1], sides[i]) for i in range(4)]
    return np.array([point[:2] / point[2] for point in crossings], np.float32)


def _sort_clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    return np.asarray(corners[order], np.float32)
