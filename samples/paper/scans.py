"""Scans of a PDF, seeded: rendered, worn by a profile, and bound as a PDF of images."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image as Pillow

from samples.paper import effects, inks
from samples.paper.effects import Chance, Image
from samples.words import words

EPOCH = time.gmtime(0)
"""The date in the files: they must not depend on when they were made."""


@dataclass(frozen=True)
class Page:
    """A page under way: its image, its place in the file and how many there are."""

    image: Image
    dpi: int
    number: int
    count: int


@dataclass(frozen=True)
class Profile:
    """A way of scanning: dots an inch, what it does to a page, and how the image is kept."""

    dpi: int
    wear: Callable[[Page, Chance], Image]
    quality: int | None = 70
    """Of the JPEG; None where pages are black and white, which are kept without loss."""


def scan(pdf: bytes, profile: str, seed: int) -> bytes:
    """Return a scan of each page, as a PDF of images of the same size; the same seed gives the same scan.

    ``profile`` is one of ``PROFILES``. The bits may differ between versions of OpenCV and pdfium; the
    pages look alike. KeyError where there is no such profile.
    """
    way = PROFILES[profile]
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        pages = [
            Page(_rendered(document, number, way.dpi), way.dpi, number, count) for number in range(count)
        ]
    finally:
        document.close()
    worn = (way.wear(page, np.random.default_rng([seed, page.number])) for page in pages)
    return _bound([Pillow.fromarray(image) for image in worn], way)


def _rendered(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Image:
    page = document[number]
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    image = np.array(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    page.close()
    return image


def _bound(images: list[Pillow.Image], way: Profile) -> bytes:
    kept = {} if way.quality is None else {"quality": way.quality}
    if way.quality is None:
        images = [image.convert("1") for image in images]
    out = io.BytesIO()
    first, *others = images
    dates = {"creationDate": EPOCH, "modDate": EPOCH}
    first.save(out, "PDF", save_all=True, append_images=others, resolution=way.dpi, **kept, **dates)
    return out.getvalue()


def _office(page: Page, chance: Chance) -> Image:
    image = effects.skewed(effects.grey(page.image), chance.uniform(-0.6, 0.6))
    image = effects.noisy(effects.blurred(image, 0.5), chance, 3)
    return effects.specks(image, chance, 12)


def _fax(page: Page, chance: Chance) -> Image:
    image = effects.skewed(effects.grey(page.image), chance.uniform(-0.8, 0.8))
    image = effects.coarse(image, 1.0, 0.5)
    image = effects.binary(effects.noisy(image, chance, 12), int(chance.integers(150, 180)))
    return effects.streaks(effects.specks(image, chance, 120, 1), chance, 1)


def _phone(page: Page, chance: Chance) -> Image:
    image = effects.photographed(page.image, chance, 0.018)
    image = effects.shadowed(effects.blurred(image, 0.7), chance, chance.uniform(0.25, 0.45))
    return effects.noisy(image, chance, 4)


def _stamped(page: Page, chance: Chance) -> Image:
    """Return the page with a stamp: with a signature on the last page, over the table on the others."""
    image, size = page.image, page.image.shape[:2]
    bottom = _last_ink(image)
    across = chance.uniform(0.62, 0.7) if page.number == page.count - 1 else chance.uniform(0.3, 0.7)
    place = (int(size[1] * across), max(page.dpi, int(bottom - page.dpi * chance.uniform(0.3, 0.7))))
    mark = inks.stamp(size, place, page.dpi, words("paper_marks")["stamp"], chance)
    image = effects.overprinted(image, mark, inks.VIOLET, 0.85)
    if page.number == page.count - 1:
        hand = inks.scribble(size, (place[0] + page.dpi // 2, place[1]), page.dpi, chance)
        image = effects.overprinted(image, hand, inks.BLUE, 0.95)
    image = effects.skewed(effects.holes(image, page.dpi // 9), chance.uniform(-0.5, 0.5))
    return effects.noisy(effects.blurred(image, 0.5), chance, 3)


def _last_ink(image: Image) -> int:
    """Return the lowest row of the page that is printed on."""
    rows = np.flatnonzero(effects.grey(image).min(axis=1) < 128)
    return int(rows[-1]) if len(rows) else image.shape[0] // 2


def _rotated(page: Page, chance: Chance) -> Image:
    """Return the page fed at an angle or upside down."""
    image = effects.grey(page.image)
    quarters = int(chance.integers(4))
    degrees = chance.uniform(1.5, 5) * chance.choice([-1, 1]) if quarters == 0 else chance.uniform(-0.6, 0.6)
    image = effects.turned(effects.skewed(image, degrees), quarters)
    return effects.noisy(effects.blurred(image, 0.5), chance, 3)


PROFILES = {
    "office": Profile(200, _office),
    "office150": Profile(150, _office, 60),
    "fax": Profile(200, _fax, None),
    "phone": Profile(170, _phone, 62),
    "stamped": Profile(200, _stamped, 62),
    "rotated": Profile(200, _rotated),
}
"""Ways of scanning by name."""
