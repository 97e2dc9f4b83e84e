"""Compare two PDFs by what they show; their bytes may differ by the libraries that compressed them."""

from __future__ import annotations

import numpy as np
import pypdfium2

DPI, BLOCK = 40, 8
FAR = 12.0
"""Grey levels by which a block of pixels may differ at most; a missing word makes more."""


def alike(one: bytes, other: bytes) -> bool:
    """Return whether two PDFs have the same pages, text layer and appearance, apart from noise.

    Grain and JPEG differ between versions of OpenCV, NumPy and libjpeg; averaged over blocks of pixels
    they vanish.
    """
    if one == other:
        return True
    first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    try:
        return len(first) == len(second) and all(
            _same(first[number], second[number]) for number in range(len(first))
        )
    finally:
        first.close()
        second.close()


def _same(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> bool:
    if not np.allclose(one.get_size(), other.get_size(), atol=0.5) or _text(one) != _text(other):
        return False
    first, second = _blocks(one), _blocks(other)
    return first.shape == second.shape and float(np.abs(first - second).max()) <= FAR


def _text(page: pypdfium2.PdfPage) -> list[str]:
    return str(page.get_textpage().get_text_bounded()).split()


def _blocks(page: pypdfium2.PdfPage) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return mean greys of the page's blocks."""
    pixels = page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze().astype(np.float64)
    height, width = (side // BLOCK * BLOCK for side in pixels.shape)
    cut = pixels[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return np.asarray(cut.mean(axis=(1, 3)))
