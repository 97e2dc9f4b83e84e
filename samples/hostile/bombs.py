"""PDFs that unpack to more than a machine holds."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf, decree

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, TWO = INDICATORS, 2 * INDICATORS
_MOST = 40 * 2**20


def _stream(entries: bytes, data: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a decree's page, and one whose contents are this."""

    def make() -> bytes:
        document = Pdf()
        document.page()
        document.bare(b"/Contents %d 0 R" % document.stream(data(), entries))
        return document.bytes()

    return make


def _picture(entries: bytes, data: bytes = b"\x00" * 100) -> Callable[[], bytes]:
    """Return a decree's page, and one with a picture beside its table."""

    def make() -> bytes:
        document = Pdf()
        document.page()
        image = document.stream(data, b"/Type/XObject/Subtype/Image" + entries)
        document.page(decree(10) + b"\nq 90 0 0 90 20 20 cm /I Do Q", b"/XObject<</I %d 0 R>>" % image)
        return document.bytes()

    return make


def _object(entries: bytes, data: Callable[[], bytes]) -> Callable[[], bytes]:
    def make() -> bytes:
        document = Pdf()
        document.page()
        document.stream(data(), entries)
        return document.bytes()

    return make


def _deflated(times: int) -> bytes:
    data = b"0 0 m 1 1 l S\n" * (_MOST // 14)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def _lzw(codes: int) -> bytes:
    """Return codes of which each stands for one byte more than the last; the table is never cleared."""
    bits, held, out, next_code, width = 0, 0, bytearray(), 258, 9
    for code in [256, 32, *range(258, 258 + codes)]:
        told = min(code, 4095)
        held, bits = held << width | told, bits + width
        while bits >= 8:
            bits -= 8
            out.append(held >> bits & 255)
        held &= (1 << bits) - 1
        next_code += code > 256
        width = 9 + (next_code >= 511) + (next_code >= 1023) + (next_code >= 2047)
    return bytes(out)


def _page(name: str, why: str, make: Callable[[], bytes], **more: Any) -> Case:
    more = {"indicators": ONE, "unread": (2,), **more}
    return Case(f"bombs-{name}.pdf", "ok", why, make, **more)


_SIZE = b"/Width %d/Height %d/BitsPerComponent %d/ColorSpace/%s"
_GIANT = _SIZE % (60_000, 60_000, 8, b"DeviceRGB")

CASES = (
    _page("flate", "contents that unpack to 40 MB", _stream(b"/Filter/FlateDecode", lambda: _deflated(1))),
    _page("flate-flate", "packed twice", _stream(b"/Filter[/FlateDecode/FlateDecode]", lambda: _deflated(2))),
    _page("flate-often", "packed four times", _stream(b"/Filter[%s]" % (b"/FlateDecode" * 4), lambda: _deflated(4))),
    _page("lzw", "packed by LZW, some thousandfold", _stream(b"/Filter/LZWDecode", lambda: _lzw(20_000))),
    _page("run-length", "packed as runs", _stream(b"/Filter/RunLengthDecode", lambda: b"\x81 " * 200_000)),
    _page("run-length-flate", "runs, packed again", _stream(
        b"/Filter[/FlateDecode/RunLengthDecode]", lambda: zlib.compress(b"\x81 " * 200_000, 9))),
    _page("hex-flate", "packed and written in digits", _stream(
        b"/Filter[/ASCIIHexDecode/FlateDecode]", lambda: _deflated(1).hex().encode() + b">")),
    _page("picture", "a picture of 3,600 million dots", _picture(_GIANT + b"/Filter/FlateDecode")),
    _page("picture-jpeg", "a JPEG of 3,600 million dots, it says", _picture(_GIANT + b"/Filter/DCTDecode")),
    _page("picture-jpeg2000", "a JPEG 2000 of 3,600 million dots, it says", _picture(_GIANT + b"/Filter/JPXDecode")),
    _page("picture-jbig2", "a JBIG2 of 3,600 million dots, it says", _picture(
        _SIZE % (60_000, 60_000, 1, b"DeviceGray") + b"/Filter/JBIG2Decode")),
    _page("picture-fax", "a fax of 3,600 million dots, it says", _picture(
        _SIZE % (60_000, 60_000, 1, b"DeviceGray") + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>")),
    _page("picture-beyond", "a picture of more dots than a number holds", _picture(
        _SIZE % (2**31 - 1, 2**31 - 1, 8, b"DeviceRGB"))),
    _page("picture-negative", "a picture of less than no dots", _picture(_SIZE % (-5, -5, 8, b"DeviceRGB")),
          indicators=TWO, unread=()),
    _page("picture-none", "a picture of no dots", _picture(_SIZE % (0, 0, 8, b"DeviceRGB")), indicators=TWO, unread=()),
    _page("picture-torn", "a picture that lacks most of its dots", _picture(_SIZE % (900, 900, 8, b"DeviceRGB")),
          indicators=TWO, unread=()),
    _page("picture-deep", "a picture of 77 bits a dot", _picture(_SIZE % (90, 90, 77, b"DeviceRGB")),
          indicators=TWO, unread=()),
    _page("filters-many", "packed by a hundred packers", _stream(b"/Filter[%s]" % (b"/ASCIIHexDecode" * 100), lambda: b"41>")),
    _page("filter-unknown", "packed by a packer that does not exist", _stream(b"/Filter/FooDecode", lambda: b"x")),
    _page("predictor-huge", "rows of two billion columns", _stream(
        b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 4/BitsPerComponent 16>>",
        lambda: zlib.compress(decree(10)))),
    Case("bombs-object-stream.pdf", "too-large", "objects that unpack to 80 MB", _object(
        b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", lambda: zlib.compress(bytes(80 * 2**20), 9)), heavy=True),
)  # fmt: skip
