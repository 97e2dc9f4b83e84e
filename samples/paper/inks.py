"""Stamps and signatures, drawn as ink on a page of a given size."""

from __future__ import annotations

import cv2
import numpy as np

from samples.paper.effects import Chance, Image

VIOLET, BLUE = (70, 60, 170), (30, 45, 140)
STAMP_RADIUS = 1.6 / 2.54
"""In inches."""


def stamp(size: tuple[int, int], centre: tuple[int, int], dpi: int, text: str, chance: Chance) -> Image:
    """Return a round office stamp with text around a star in uneven ink; ``size`` is height and width."""
    radius = int(STAMP_RADIUS * dpi)
    ink = np.zeros(size, np.uint8)
    for share, thick in ((1.0, 3), (0.93, 1), (0.62, 1)):
        cv2.circle(ink, centre, int(radius * share), 255, max(1, thick * dpi // 200), cv2.LINE_AA)
    for number, letter in enumerate(text):
        _letter(ink, centre, int(radius * 0.77), 360 * number / len(text), letter, dpi)
    points = [
        (
            int(centre[0] + radius * share * np.sin(angle)),
            int(centre[1] - radius * share * np.cos(angle)),
        )
        for angle, share in zip(np.linspace(0, 2 * np.pi, 10, False), [0.4, 0.17] * 5, strict=True)
    ]
    cv2.polylines(ink, [np.array(points, np.int32)], True, 255, max(1, dpi // 100), cv2.LINE_AA)
    patches = chance.uniform(0.35, 1, (size[0] // 16 + 1, size[1] // 16 + 1)).astype(np.float32)
    even = cv2.resize(patches, (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
    return (ink * even).astype(np.uint8)


def _letter(ink: Image, centre: tuple[int, int], radius: int, degrees: float, letter: str, dpi: int) -> None:
    """Draw a letter on the stamp's ring, with its foot towards the centre."""
    side = dpi // 8
    tile = np.zeros((side, side), np.uint8)
    cv2.putText(
        tile, letter, (side // 4, side * 3 // 4), cv2.FONT_HERSHEY_SIMPLEX, side / 45, 255, max(1, dpi // 120)
    )
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), -degrees, 1)
    tile = np.asarray(cv2.warpAffine(tile, turn, (side, side)), np.uint8)
    angle = np.radians(degrees)
    left = int(centre[0] + radius * np.sin(angle) - side / 2)
    top = int(centre[1] - radius * np.cos(angle) - side / 2)
    if left >= 0 and top >= 0:
        place = ink[top : top + side, left : left + side]
        np.maximum(place, tile[: place.shape[0], : place.shape[1]], out=place)


def scribble(size: tuple[int, int], centre: tuple[int, int], dpi: int, chance: Chance) -> Image:
    """Return a signature: one stroke through random places around ``centre``, smoothed."""
    ink = np.zeros(size, np.uint8)
    count = int(chance.integers(9, 14))
    across = np.linspace(-0.9, 0.9, count) * dpi * 0.9 + chance.normal(0, 0.1, count) * dpi
    down = chance.normal(0, 0.22, count) * dpi
    smooth = np.linspace(0, count - 1, count * 24)
    kernel = np.hanning(25) / np.hanning(25).sum()
    lines = [
        np.convolve(np.interp(smooth, np.arange(count), values), kernel, "valid") for values in (across, down)
    ]
    points = np.stack([lines[0] + centre[0], lines[1] + centre[1]], axis=1).astype(np.int32)
    cv2.polylines(ink, [points], False, 255, max(2, dpi // 70), cv2.LINE_AA)
    return ink
