"""Image files that are truncated, giant, tiny, or of unusual colours."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image


def _sheet(mode: str = "L", size: tuple[int, int] = (600, 80)) -> Image:
    """Return a strip of paper with a few words: OCR looks at each for as long as it is high."""
    from PIL import Image, ImageDraw

    sheet = Image.new("L", size, 255)
    ImageDraw.Draw(sheet).text((40, 20), "Undangan rapat koordinasi", fill=0, font_size=36)
    if mode.startswith("I"):
        return sheet.convert("I").point(lambda grey: grey * 257).convert(mode)
    return sheet.convert(mode)


def _saved(kind: str, mode: str = "L", **options: object) -> bytes:
    out = io.BytesIO()
    _sheet(mode).save(out, kind, **options)
    return out.getvalue()


def _blank(kind: str, size: tuple[int, int], grey: int = 255) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", size, grey).save(out, kind)
    return out.getvalue()


def _torn(kind: str, percent: int) -> bytes:
    data = _saved(kind, "RGB")
    return data[: len(data) * percent // 100]


def _flipped(kind: str, seed: int) -> bytes:
    """Return an image with forty flipped bits in its second half."""
    data = bytearray(_saved(kind, "RGB"))
    chance = random.Random(seed)
    for _ in range(40):
        data[chance.randrange(len(data) // 2, len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int = 8, colour: int = 0, before: bytes = b"") -> bytes:
    """Return a PNG of this size, it says, with a few dots."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + before
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def _jpeg(width: int, height: int) -> bytes:
    """Return a JPEG whose head tells another size."""
    data = bytearray(_saved("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _tiff_loop() -> bytes:
    """Return a TIFF whose next page is its first."""
    data = bytearray(_saved("TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


def _tiff_tag(tag: int, value: int) -> bytes:
    """Return a TIFF with a tag's value changed."""
    data = bytearray(_saved("TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    for at in range(first + 2, first + 2 + 12 * struct.unpack_from("<H", data, first)[0], 12):
        if struct.unpack_from("<H", data, at)[0] == tag:
            struct.pack_into("<HII", data, at + 2, 4, 1, value)
    return bytes(data)


def _tiff_pages(count: int) -> bytes:
    """Return blank pages."""
    from PIL import Image

    out = io.BytesIO()
    pages = [Image.new("1", (60, 80), 1) for _ in range(count)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    return out.getvalue()


def _exif(orientation: object) -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    return _saved("JPEG", exif=exif.tobytes())


def _read(name: str, why: str, make: Callable[[], bytes], status: str = "no-table", **more: Any) -> Case:
    return Case(f"pictures-{name}", status, why, make, **more)


CASES = (
    *(
        _read(f"torn-{percent}.{kind.lower()}", f"{percent} % of a {kind} are left", partial(_torn, kind, percent), "damaged")
        for kind in ("PNG", "JPEG", "TIFF")
        for percent in (5, 30, 60)
    ),
    *(
        _read(f"colours-{mode.lower().replace(';', '')}.tif", f"dots of the kind {mode}", partial(_saved, "TIFF", mode))
        for mode in ("1", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "LAB")
    ),
    _read("bits.png", "bits turned over", partial(_flipped, "PNG", 1), "damaged"),
    _read("cmyk.jpg", "a JPEG for the press", partial(_saved, "JPEG", "CMYK")),
    _read("progressive.jpg", "a JPEG that comes in steps", partial(_saved, "JPEG", "RGB", progressive=True)),
    _read("palette.png", "a PNG of few colours", partial(_saved, "PNG", "P")),
    _read("clear.png", "a PNG with a clear ground", partial(_saved, "PNG", "LA")),
    _read("bilevel.png", "black and white", partial(_saved, "PNG", "1")),
    *(
        _read(f"packed-{kind}.tif", f"a TIFF packed by {kind}", partial(_saved, "TIFF", "1" if "group" in kind else "RGB", compression=kind))
        for kind in ("tiff_lzw", "tiff_deflate", "jpeg", "packbits", "group3", "group4")
    ),
    _read("one-dot.png", "a single dot", partial(_blank, "PNG", (1, 1)), "empty"),
    _read("thread.png", "60,000 dots wide and one high", partial(_blank, "PNG", (60_000, 1)), "empty"),
    _read("ribbon.png", "one dot wide and 60,000 high", partial(_blank, "PNG", (1, 60_000)), "empty"),
    _read("white.png", "nothing on it", partial(_blank, "PNG", (900, 1200)), "empty"),
    _read("black.jpg", "all black", partial(_blank, "JPEG", (900, 1200), 0), "empty"),
    _read("giant.png", "ten thousand million dots, it says", partial(_png, 100_000, 100_000), "too-large"),
    _read("beyond.png", "more dots than a number holds", partial(_png, 2**31 - 1, 2**31 - 1), "too-large"),
    _read("nothing.png", "no dots", partial(_png, 0, 0), "damaged"),
    _read("deep.png", "77 bits a dot", partial(_png, 40, 40, 77), "damaged"),
    _read("text-bomb.png", "a remark that unpacks to 90 MB", lambda: _png(
        30, 30, before=_chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(90 * 2**20), 9))), "damaged"),
    _read("giant.jpg", "four thousand million dots, it says", partial(_jpeg, 65_500, 65_500), "too-large"),
    _read("giant.tif", "ten thousand million dots, it says", partial(_tiff_tag, 257, 2**24), "too-large"),
    _read("loop.tif", "its next page is its first", _tiff_loop),
    _read("strips.tif", "its dots lie behind its end", partial(_tiff_tag, 273, 10**9), "damaged"),
    _read("packed-unknown.tif", "packed in a way that does not exist", partial(_tiff_tag, 259, 77), "damaged"),
    _read("pages.tif", "thirty pages, all blank", partial(_tiff_pages, 30), "empty", heavy=True),
    _read("turned-99.jpg", "turned by 99, says the camera", partial(_exif, 99)),
    _read("turned-0.jpg", "turned by nothing, says the camera", partial(_exif, 0)),
    _read("resolution-zero.jpg", "no dots an inch", partial(_saved, "JPEG", dpi=(0, 0))),
    _read("resolution-huge.tif", "a million dots an inch", partial(_saved, "TIFF", dpi=(10**6, 10**6))),
)  # fmt: skip
