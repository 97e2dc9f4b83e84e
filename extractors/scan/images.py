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

from extractors.errors import ReadError, Status

Image = NDArray[np.uint8]
_T = TypeVar("_T")

DPI = 150.0
"""Resolution that scans are read at; see docs/decisions/0002-ocr-resolution.md."""

MOST_PIXELS = 120_000_000
"""Of one image (an A3 page at 600 dpi has 70 million); more is taken for a decompression bomb."""

SMALLEST = 16
"""Pixels of the shorter side: in fewer no word can be read."""

_KEPT = 18_000_000  # pixels of a drawn page (A1 has 17 million): more would only cost memory
_FORMATS = ("PNG", "JPEG", "TIFF")
_LONG_SIDE = 11.69  # inches: a picture that does not tell its resolution is taken for an A4 page
_LONG_SIDE_F4, _F4 = 13.0, 1.475  # or, from this shape on, for one of F4 (folio)
_PAGE = (7.0, 20.0)  # inches of a page's long side: a resolution that makes it other is no scanner's word
_UNEVEN, _MOST_UNEVEN = 0.05, 4.0  # dots across to dots down: a coarse fax has 204 to 98
_BELIEVED = (50.0, 1200.0)  # a resolution outside this is a camera's default, not a scanner's word


def render(page: Any, dpi: float = DPI) -> Image:
    """A pypdfium2 page as RGB pixels, ``/Rotate`` applied; a huge page is drawn in fewer dots an inch.

    The resolution it came to is ``72 * image.shape[1] / page.get_width()``.
    """
    width, height = page.get_size()
    scale = min(dpi / 72, (_KEPT / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return np.ascontiguousarray(_rgb(bitmap.to_numpy()))
    finally:
        bitmap.close()


def open_images(data: bytes) -> Iterator[tuple[Image, float] | ReadError]:
    """Each image of a file: its RGB pixels, turned as its camera says, and its dots an inch.

    An image that cannot be read comes as its error (``too-large`` before a bomb is unpacked, ``damaged``
    where a picture breaks off); those behind it follow.

    Raises:
        ReadError: ``damaged`` where the file is no image at all.
    """
    for number in range(_guarded(data, _count)):
        try:
            yield _guarded(data, partial(_frame, number=number))
        except ReadError as error:
            yield error


def _count(file: Any) -> int:
    """Pages; what stands in a JPEG behind the picture is a camera's preview of it."""
    return 1 if file.format in ("JPEG", "MPO") else int(getattr(file, "n_frames", 1))


def _guarded(data: bytes, what: Callable[[Any], _T]) -> _T:
    """What a function finds in the file opened."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Pillow.open(io.BytesIO(data), formats=_FORMATS) as file,
        ):
            return what(file)
    except ReadError:
        raise
    except Pillow.DecompressionBombError:
        raise _too_large("The image unpacks to too many pixels.") from None
    except UnidentifiedImageError:
        reason = "it is no PNG, JPEG or TIFF"
    except Exception as error:  # decoders meet broken bytes with exceptions of every kind
        reason = str(error) or type(error).__name__
    raise ReadError(Status.DAMAGED, f"The image cannot be read: {reason}.", "Scan or save it anew.")


def _too_large(message: str) -> ReadError:
    return ReadError(Status.TOO_LARGE, message, "Save it in a lower resolution.")


def _frame(file: Any, number: int) -> tuple[Image, float]:
    file.seek(number)
    width, height = file.size
    if width * height > MOST_PIXELS:
        raise _too_large(
            f"The image has {width} × {height} pixels, more than {MOST_PIXELS // 10**6} million."
        )
    if min(width, height) < SMALLEST:
        raise ReadError(
            Status.EMPTY,
            f"The image has {width} × {height} pixels, too few for a word.",
            "Scan the decree with 200 dots per inch or more.",
        )
    dpi, stretch = _resolution(file.info, width, height)
    picture = ImageOps.exif_transpose(file if stretch == 1 else _square(file, stretch))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(paper, picture.convert("RGBA"))
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return _rgb((np.asarray(picture, np.uint32) >> 8).astype(np.uint8)), dpi
    return np.asarray(picture.convert("RGB"), np.uint8), dpi


def _rgb(pixels: NDArray[Any]) -> Image:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return pixels[:, :, :3]


def _square(file: Any, stretch: float) -> Any:
    """The picture with as many dots an inch down as across: a fax sends half as many lines as dots."""
    mode = file if file.mode not in ("1", "P") else file.convert("RGB" if file.mode == "P" else "L")
    return mode.resize((file.width, round(file.height * stretch)), Pillow.Resampling.BICUBIC)


def _resolution(info: dict[str, Any], width: int, height: int) -> tuple[float, float]:
    """Dots an inch across, and how many times as many as down."""
    told = info.get("dpi", (0, 0))
    try:
        across, down = float(told[0]), float(told[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = down = 0.0
    if all(_BELIEVED[0] <= dpi <= _BELIEVED[1] and dpi != 72 for dpi in (across, down)):
        stretch = across / down if abs(across / down - 1) > _UNEVEN else 1.0
        long = max(width, height * stretch) / across
        if 1 / _MOST_UNEVEN <= stretch <= _MOST_UNEVEN and _PAGE[0] <= long <= _PAGE[1]:
            return across, stretch
    long, short = max(width, height), min(width, height)
    return long / (_LONG_SIDE_F4 if long > _F4 * short else _LONG_SIDE), 1.0
