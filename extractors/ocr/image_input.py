"""Pictures to read: pages of a PDF drawn as pixels, and image files (PNG, JPEG, TIFF of several pages)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from extractors.errors import ReadError, ReadStatus

Image = NDArray[np.uint8]
_T = TypeVar("_T")

DPI = 150.0
"""Resolution that scans are read at; see docs/decisions/0002-ocr-resolution.md."""

MAX_PIXELS = 120_000_000
"""Of one image (an A3 page at 600 dpi has 70 million); more is taken for a decompression bomb."""

MIN_SIDE = 16
"""Pixels of the shorter side: in fewer no word can be read."""

_MAX_RENDERED_PIXELS = 18_000_000  # pixels of a drawn page (A1 has 17 million): more would only cost memory
_FORMATS = ("PNG", "JPEG", "TIFF")
_LONG_SIDE = 11.69  # inches: a picture that does not tell its resolution is taken for an A4 page
_LONG_SIDE_F4, _F4_RATIO = 13.0, 1.475  # or, from this shape on, for one of F4 (folio)
_PAGE_LONG_SIDE = (
    7.0,
    20.0,
)  # inches of a page's long side: a resolution that makes it other is no scanner's word
_MIN_STRETCH, _MAX_STRETCH = 0.05, 4.0  # dots across to dots down: a coarse fax has 204 to 98
_PLAUSIBLE_DPI = (50.0, 1200.0)  # a resolution outside this is a camera's default, not a scanner's word


def render_page(page: Any, dpi: float = DPI) -> Image:
    """Return a pypdfium2 page as RGB pixels, ``/Rotate`` applied; a huge page is drawn in fewer dots an inch.

    The resolution it came to is ``72 * image.shape[1] / page.get_width()``.
    """
    width, height = page.get_size()
    scale = min(dpi / 72, (_MAX_RENDERED_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return np.ascontiguousarray(_to_rgb(bitmap.to_numpy()))
    finally:
        bitmap.close()


def open_images(data: bytes) -> Iterator[tuple[Image, float] | ReadError]:
    """Each image of a file: its RGB pixels, turned as its camera says, and its dots an inch.

    An image that cannot be read comes as its error (``too-large`` before a bomb is unpacked, ``damaged``
    where a picture breaks off); those behind it follow.

    Raises:
        ReadError: ``damaged`` where the file is no image at all.
    """
    for number in range(_with_image_file(data, _count_images)):
        try:
            yield _with_image_file(data, partial(_read_frame, number=number))
        except ReadError as error:
            yield error


def _count_images(file: Any) -> int:
    """Pages; what stands in a JPEG behind the picture is a camera's preview of it."""
    return 1 if file.format in ("JPEG", "MPO") else int(getattr(file, "n_frames", 1))


def _with_image_file(data: bytes, action: Callable[[Any], _T]) -> _T:
    """Return what a function finds in the file opened."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Pillow.open(io.BytesIO(data), formats=_FORMATS) as file,
        ):
            return action(file)
    except ReadError:
        raise
    except Pillow.DecompressionBombError:
        raise _too_large_error("The image unpacks to too many pixels.") from None
    except UnidentifiedImageError:
        reason = "it is no PNG, JPEG or TIFF"
    except Exception as error:  # decoders meet broken bytes with exceptions of every kind
        reason = str(error) or type(error).__name__
    raise ReadError(ReadStatus.DAMAGED, f"The image cannot be read: {reason}.", "Scan or save it again.")


def _too_large_error(message: str) -> ReadError:
    return ReadError(ReadStatus.TOO_LARGE, message, "Save it in a lower resolution.")


def _read_frame(file: Any, number: int) -> tuple[Image, float]:
    file.seek(number)
    width, height = file.size
    if width * height > MAX_PIXELS:
        raise _too_large_error(
            f"The image has {width} × {height} pixels, more than {MAX_PIXELS // 10**6} million."
        )
    if min(width, height) < MIN_SIDE:
        raise ReadError(
            ReadStatus.EMPTY,
            f"The image has {width} × {height} pixels, too few for a word.",
            "Scan the decree with 200 dots per inch or more.",
        )
    dpi, stretch = _read_resolution(file.info, width, height)
    picture = ImageOps.exif_transpose(file if stretch == 1 else _square_pixels(file, stretch))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(paper, picture.convert("RGBA"))
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return _to_rgb((np.asarray(picture, np.uint32) >> 8).astype(np.uint8)), dpi
    return np.asarray(picture.convert("RGB"), np.uint8), dpi


def _to_rgb(pixels: NDArray[Any]) -> Image:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return pixels[:, :, :3]


def _square_pixels(file: Any, stretch: float) -> Any:
    """Return the picture with as many dots an inch down as across: a fax sends half as many lines as dots."""
    picture = file if file.mode not in ("1", "P") else file.convert("RGB" if file.mode == "P" else "L")
    return picture.resize((file.width, round(file.height * stretch)), Pillow.Resampling.BICUBIC)


def _read_resolution(info: dict[str, Any], width: int, height: int) -> tuple[float, float]:
    """Dots an inch across, and how many times as many as down."""
    declared_dpi = info.get("dpi", (0, 0))
    try:
        dpi_x, dpi_y = float(declared_dpi[0]), float(declared_dpi[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi_x = dpi_y = 0.0
    if all(_PLAUSIBLE_DPI[0] <= dpi <= _PLAUSIBLE_DPI[1] and dpi != 72 for dpi in (dpi_x, dpi_y)):
        stretch = dpi_x / dpi_y if abs(dpi_x / dpi_y - 1) > _MIN_STRETCH else 1.0
        long_side = max(width, height * stretch) / dpi_x
        if (
            1 / _MAX_STRETCH <= stretch <= _MAX_STRETCH
            and _PAGE_LONG_SIDE[0] <= long_side <= _PAGE_LONG_SIDE[1]
        ):
            return dpi_x, stretch
    long_side, short_side = max(width, height), min(width, height)
    return long_side / (_LONG_SIDE_F4 if long_side > _F4_RATIO * short_side else _LONG_SIDE), 1.0
