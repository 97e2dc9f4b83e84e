"""Pages whose size is giant, nothing, negative or no number; the decree's own page stays what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def _second(entries: bytes) -> Callable[[], bytes]:
    """Return a decree's page, and a second one with these entries."""

    def make() -> bytes:
        document = Pdf()
        document.page()
        document.page(None, b"", entries)
        return document.bytes()

    return make


def _case(name: str, why: str, entries: bytes, indicators: int | None = 2 * INDICATORS, **more: Any) -> Case:
    return Case(f"boxes-{name}.pdf", "ok", why, _second(entries), indicators=indicators, **more)


ONE = INDICATORS
"""Of the first page alone."""

CASES = (
    _case("giant", "a kilometre wide", b"/MediaBox[0 0 2834645 2834645]", ONE, unread=(2,)),
    _case("beyond-numbers", "wider than a number holds", b"/MediaBox[0 0 1e300 9" + b"9" * 400 + b"]"),
    _case("zero", "no width and no height", b"/MediaBox[0 0 0 0]", ONE, unread=(2,)),
    _case("flat", "no height", b"/MediaBox[0 0 842 0]", ONE, unread=(2,)),
    _case("sliver", "a tenth of a point high", b"/MediaBox[0 0 842 0.1]", ONE, unread=(2,)),
    _case("speck", "one point wide and high", b"/MediaBox[0 0 1 1]", ONE),
    _case("ribbon", "five metres wide and a point high", b"/MediaBox[0 0 14400 1]", ONE),
    _case("turned-over", "corners told the other way round", b"/MediaBox[842 595 0 0]"),
    _case("negative", "left of and below nothing", b"/MediaBox[-842 -595 0 0]", ONE),
    _case("far-away", "a page far from where the print is", b"/MediaBox[5000 5000 5842 5595]", ONE),
    _case("three-numbers", "a corner too few", b"/MediaBox[0 0 842]", heavy=True),
    _case("words", "corners told in words", b"/MediaBox[/a /b /c /d]", heavy=True),
    _case("not-a-number", "corners that are no numbers", b"/MediaBox[nan nan inf -inf]", heavy=True),
    _case("nothing", "corners that are nothing", b"/MediaBox[null null null null]", heavy=True),
    _case("by-reference", "each corner a reference to nothing", b"/MediaBox[99 0 R 99 0 R 842 595]"),
    _case("crop-outside", "cut to where there is no page", b"/CropBox[9000 9000 9842 9595]"),
    _case("crop-nothing", "cut to nothing", b"/CropBox[0 0 0 0]"),
    _case("crop-larger", "cut to more than the page", b"/CropBox[-500 -500 2000 2000]"),
    _case("crop-part", "cut to its left half", b"/CropBox[0 0 370 595]", None),
    _case("rotated-90", "on its side", b"/Rotate 90"),
    _case("rotated-45", "turned by what no page is turned by", b"/Rotate 45"),
    _case("rotated-often", "turned ten times round", b"/Rotate 3600"),
    _case("rotated-back", "turned by less than nothing", b"/Rotate -360"),
    _case("rotated-by-a-word", "turned by a word", b"/Rotate/North"),
    _case("units", "each point is ten", b"/UserUnit 10"),
    _case("units-zero", "each point is none", b"/UserUnit 0"),
    _case("units-negative", "each point is less than none", b"/UserUnit -3"),
)  # fmt: skip
