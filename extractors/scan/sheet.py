"""The sheet of paper in a photograph: its four corners, where it lies on something darker."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scan.images import Image

_SIDE = 400  # pixels of the longer side that the search is made in
_LEAST = 0.25  # share of the picture that a sheet fills
_MOST = 0.98
_STRAIGHT = 0.96  # share of a sheet's outline that its four corners must explain
_CONTRAST = 25  # grey levels between paper and what it lies on


def find_sheet(grey: Image) -> NDArray[np.float32] | None:
    """The corners of the sheet in pixels, clockwise from top left; ``None`` where the page fills the image.

    Shadows make one threshold wrong, so many are tried; the brighter part that is most like a
    quadrilateral is the sheet.
    """
    scale = _SIDE / max(grey.shape)
    reduced = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.GaussianBlur(reduced, (5, 5), 0), np.uint8)
    paper, ground = float(np.percentile(small, 90)), float(np.percentile(_rim(small), 50))
    if paper - ground < _CONTRAST:
        return None
    best: tuple[float, NDArray[np.float32]] | None = None
    for share in np.linspace(0.1, 0.8, 15):
        level = ground + share * (paper - ground)
        found = _quadrilateral((small > level).astype(np.uint8))
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return None
    return np.asarray((best[1] + 0.5) / scale, np.float32)


def straighten(corners: NDArray[np.float32]) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The matrix that makes the sheet a rectangle, and the rectangle's width and height in pixels."""
    tl, tr, br, bl = corners
    width = round(float(np.linalg.norm(tr - tl) + np.linalg.norm(br - bl)) / 2)
    height = round(float(np.linalg.norm(bl - tl) + np.linalg.norm(br - tr)) / 2)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, flat), np.float64), (width, height)


def _rim(grey: Image) -> Image:
    edge = max(2, min(grey.shape) // 50)
    return np.concatenate(
        [part.ravel() for part in (grey[:edge], grey[-edge:], grey[:, :edge], grey[:, -edge:])]
    )


def _quadrilateral(mask: Image) -> tuple[float, NDArray[np.float32]] | None:
    """How well the greatest bright part fits four corners (0 to 1), and the corners."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(hull)
    if not _LEAST < area / mask.size < _MOST:
        return None
    for tolerance in (0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(corners) == 4:
            break
    else:
        return None
    fitted = _fitted(hull[:, 0].astype(np.float32), corners[:, 0].astype(np.float32))
    inside = np.zeros_like(mask)
    cv2.fillConvexPoly(inside, np.round(fitted).astype(np.int32), 1)
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, [max(outlines, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    fit = float((inside & filled).sum() / max(1, (inside | filled).sum()))
    touching = ((fitted <= 1) | (fitted >= np.array(mask.shape[::-1]) - 2)).sum()
    return (fit, fitted) if fit >= _STRAIGHT and touching <= 3 else None


def _fitted(hull: NDArray[np.float32], corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Corners as crossings of lines laid through the outline's sides, clockwise from top left."""
    corners = _clockwise(corners)
    dense = np.concatenate(
        [
            np.linspace(a, b, 1 + int(np.linalg.norm(b - a)))
            for a, b in zip(hull, np.roll(hull, -1, 0), strict=True)
        ]
    ).astype(np.float32)
    sides = []
    for a, b in zip(corners, np.roll(corners, -1, 0), strict=True):
        along = (b - a) / np.linalg.norm(b - a)
        offset = dense - a
        place = offset @ along / np.linalg.norm(b - a)
        apart = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0])
        near = dense[(apart < 6) & (place > 0.05) & (place < 0.95)]
        if len(near) < 10:
            return corners
        vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        sides.append(np.cross((x, y, 1.0), (x + vx, y + vy, 1.0)))
    crossings = [np.cross(sides[i - 1], sides[i]) for i in range(4)]
    return np.array([point[:2] / point[2] for point in crossings], np.float32)


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    return np.asarray(corners[order], np.float32)
