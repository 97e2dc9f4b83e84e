"""Simulate a scanner, a fax or a phone: images in, images out, with a seeded random generator.

Images are arrays of unsigned bytes, height × width (grey) or height × width × 3 (red, green, blue).
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Chance = np.random.Generator
PAPER = 248
"""Grey of scanned paper."""


def grey(image: Image) -> Image:
    """Return the page in grey."""
    return _bytes(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)) if image.ndim == 3 else image


def skewed(image: Image, degrees: float) -> Image:
    """Return the page rotated a little about its centre; the corners show paper."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return _bytes(
        cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(PAPER,) * 3)
    )


def turned(image: Image, quarters: int) -> Image:
    """Return the page rotated counter-clockwise in steps of 90 degrees."""
    return _bytes(np.ascontiguousarray(np.rot90(image, quarters)))


def noisy(image: Image, chance: Chance, strength: float) -> Image:
    """Return the page with sensor noise of deviation ``strength`` (of 255); white becomes paper."""
    grain = chance.normal(0, strength, image.shape[:2]).astype(np.float32)
    if image.ndim == 3:
        grain = grain[:, :, None]
    return _bytes(image.astype(np.float32) * (PAPER / 255) + grain)


def specks(image: Image, chance: Chance, count: int, size: int = 2) -> Image:
    """Return the page with dust: dark dots of up to ``size`` pixels, ``count`` of them."""
    image = image.copy()
    height, width = image.shape[:2]
    for _ in range(count):
        place = (int(chance.integers(width)), int(chance.integers(height)))
        cv2.circle(image, place, int(chance.integers(1, size + 1)), (int(chance.integers(120)),) * 3, -1)
    return image


def holes(image: Image, radius: int) -> Image:
    """Return the page with two punch holes at the left edge."""
    image = image.copy()
    height = image.shape[0]
    for share in (0.38, 0.62):
        cv2.circle(image, (radius * 3, int(height * share)), radius, (50, 50, 50), -1)
    return image


def streaks(image: Image, chance: Chance, count: int) -> Image:
    """Return the page with thin dark vertical lines, as from a dirty fax roller."""
    image = image.copy()
    for place in chance.integers(image.shape[1], size=count):
        image[:, place : place + 1] = 0
    return image


def binary(image: Image, threshold: int) -> Image:
    """Return the page in pure black and white."""
    return _bytes(np.where(image < threshold, 0, 255))


def coarse(image: Image, across: float, down: float) -> Image:
    """Return the page sampled at a lower resolution (as shares) and enlarged again."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (int(width * across), int(height * down)), interpolation=cv2.INTER_AREA)
    return _bytes(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def blurred(image: Image, radius: float) -> Image:
    """Return the page out of focus; ``radius`` is the standard deviation in pixels."""
    return _bytes(cv2.GaussianBlur(image, (0, 0), radius))


def shadowed(image: Image, chance: Chance, depth: float) -> Image:
    """Return the page with a soft slanted shadow; ``depth`` is the share of light that is lost."""
    height, width = image.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    slant, start = chance.uniform(-0.6, 0.6), chance.uniform(0.35, 0.7)
    edge = (across / width + slant * down / height - start) * chance.uniform(6, 12)
    light = 1 - depth / (1 + np.exp(-edge))
    light *= 1 - 0.15 * (down / height - 0.5) * chance.choice([-1, 1])
    tint = np.array([1.0, 0.97, 0.88], np.float32)
    return _bytes(image.astype(np.float32) * light[:, :, None] * tint)


def photographed(image: Image, chance: Chance, tilt: float, desk: int = 70) -> Image:
    """Return the page photographed at an angle; each corner is off by up to ``tilt`` of the page's size."""
    height, width = image.shape[:2]
    room = int(max(height, width) * 0.03)
    whole = (width + 2 * room, height + 2 * room)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + room + chance.uniform(-tilt, tilt, (4, 2)).astype(np.float32) * [width, height]
    view = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    grain = chance.normal(desk, 8, (whole[1], whole[0], 1)).clip(0, 255).astype(np.uint8)
    base = np.repeat(grain, 3, axis=2)
    seen = cv2.warpPerspective(image, view, whole, dst=base, borderMode=cv2.BORDER_TRANSPARENT)
    return _bytes(seen)


def overprinted(image: Image, ink: Image, colour: tuple[int, int, int], strength: float) -> Image:
    """Return the page with ink over it, which darkens but hides nothing; ``ink`` is 255 at full strength."""
    share = (ink.astype(np.float32) / 255 * strength)[:, :, None]
    tone = 1 - share * (1 - np.array(colour, np.float32) / 255)
    return _bytes(image.astype(np.float32) * tone)


def _bytes(image: Any) -> Image:
    return np.asarray(np.clip(image, 0, 255), np.uint8)
