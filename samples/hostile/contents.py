"""Pages with endless, meaningless or oversized contents."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf, decree, one, packed

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, TWO = INDICATORS, 2 * INDICATORS
SECOND = decree(10)
"""What the second page prints."""


def _drawn(before: bytes, after: bytes = b"", resources: bytes = b"", *objects: bytes) -> Callable[[], bytes]:
    """Return a second page on which something is drawn before and after a decree's table."""
    return lambda: one(before + b"\n" + SECOND + b"\n" + after, resources, objects)


def _packed(contents: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a second page of contents that compress well."""

    def make() -> bytes:
        document = Pdf()
        document.page()
        body = document.stream(zlib.compress(contents(), 9), b"/Filter/FlateDecode")
        document.bare(b"/Contents %d 0 R" % body)
        return document.bytes()

    return make


def _rules(count: int) -> Callable[[], bytes]:
    def draw() -> bytes:
        lines = (b"%d %d m %d %d l S" % (i % 800, i // 1400, i % 800 + 9, i // 1400) for i in range(count))
        return SECOND + b"\n".join([b"", b"0.1 w", *lines])

    return draw


def _cells(rows: int, columns: int) -> bytes:
    """Return a table without end: every cell with a word."""
    wide, high = 800 / columns, 560 / rows
    parts = [b"0.1 w"]
    for row in range(rows):
        for column in range(columns):
            x, y = 10 + column * wide, 10 + row * high
            parts.append(b"%.2f %.2f %.2f %.2f re S" % (x, y, wide, high))
            parts.append(
                b"BT /F 3 Tf %.2f %.2f Td (s%d) Tj ET" % (x + 1, y + 1, (row * columns + column) % 100)
            )
    return b"\n".join(parts)


def _repeated(times: int) -> bytes:
    """Return the same contents named many times over."""
    document = Pdf()
    document.page()
    body = document.stream(b"0 0 m 9 9 l S\n" * 400)
    document.bare(b"/Contents[%s]" % (b"%d 0 R " % body * times))
    return document.bytes()


def _split(parts: int) -> bytes:
    """Return contents that are split into many streams."""
    document = Pdf()
    document.page()
    lines = SECOND.split(b"\n")
    bodies = [document.stream(line) for line in lines] + [document.stream(b"") for _ in range(parts)]
    document.bare(b"/Contents[%s]" % b" ".join(b"%d 0 R" % body for body in bodies))
    return document.bytes()


def _entry(entries: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        document = Pdf()
        document.page()
        document.bare(entries)
        return document.bytes()

    return make


def _pages(count: int, contents: bytes) -> bytes:
    document = Pdf()
    body = document.stream(contents)
    for _ in range(count):
        document.bare(b"/Contents %d 0 R" % body)
    return document.bytes()


def _form(contents: bytes, resources: bytes, extra: bytes = b"") -> bytes:
    return packed(
        contents, b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<<%s>>%s" % (resources, extra)
    )


def _pattern(contents: bytes, step: bytes, resources: bytes = b"") -> bytes:
    entries = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep %s/YStep %s/Resources<<%s>>"
    return packed(contents, entries % (step, step, resources))


_SELF = _form(b"/X Do /X Do", b"/XObject<</X 10 0 R>>")
_TILES = b"/Pattern cs /P scn 0 0 842 595 re f"
_WILD = b"1e400 -1e400 1.2.3 --5 +-3 99999999999999999999 .e. cm\n" + b"(a)(b)<</A/B>>[ 1 2 ] true null cm\n"


def _case(name: str, why: str, make: Callable[[], bytes], indicators: int | None = TWO, **more: Any) -> Case:
    return Case(f"contents-{name}.pdf", "ok", why, make, indicators=indicators, **more)


CASES = (
    _case("nested", "50,000 states put by and never taken back", _drawn(b"q " * 50_000)),
    _case("unnested", "50,000 states taken back that were not put by", _drawn(b"Q " * 50_000)),
    _case("text-in-text", "text that begins in text", _drawn(b"BT " * 3000, b"ET " * 3000)),
    _case("unknown-words", "words that no viewer knows", _drawn(b"foo bar /Baz qux (x) y\n" * 3000)),
    _case("operands", "50,000 numbers and nothing to do with them", _drawn(b"1 " * 50_000 + b"cm_ ")),
    _case("lists-deep", "lists 3,000 deep", _drawn(b"[" * 3000 + b"]" * 3000 + b" foo"), None),
    _case("lists-open", "lists that nothing closes", _drawn(b"", b"[" * 3000)),
    _case("string-open", "a string that nothing closes", _drawn(b"", b"(Keputusan")),
    _case("wild-numbers", "numbers that are none", _drawn(b"q " + _WILD + b" Q"), None),
    _case("scaled-to-nothing", "drawn at no size", _drawn(b"q 0 0 0 0 0 0 cm BT /F 9 Tf (x) Tj ET Q")),
    _case("scaled-beyond", "drawn a trillion times its size", _drawn(b"q 1e12 0 0 1e12 0 0 cm 0 0 1 1 re f Q"), None),
    _case("font-size-zero", "letters of no size", _drawn(b"BT /F 0 Tf 9 9 Td (kecil) Tj ET")),
    _case("font-size-huge", "letters larger than the page", _drawn(b"BT /F 99999999 Tf 9 9 Td (A) Tj ET", b""), None),
    _case("far-text", "words a light year off", _drawn(b"BT /F 9 Tf 1e30 1e30 Td (jauh) Tj ET")),
    _case("squeezed", "letters squeezed to nothing", _drawn(b"BT /F 9 Tf 0 Tz 9 9 Td (sempit) Tj ET 100 Tz")),
    _case("clipped", "cut to nothing, then a decree", _drawn(b"q 0 0 0 0 re W n BT /F 9 Tf 9 9 Td (x) Tj ET Q")),
    _case("dashes-of-nothing", "a rule of dashes that are none", _drawn(b"[0 0] 0 d 0 0 m 9 9 l S [] 0 d")),
    _case("dashes-tiny", "a rule of a billion dashes", _drawn(b"q [0.000001] 0 d 0 9 m 842 9 l S Q")),
    _case("inline-open", "a picture among the words that nothing closes", _drawn(b"", b"BI /W 9 /H 9 /BPC 8 /CS /G ID abc")),
    _case("inline-huge", "a picture among the words, of a billion dots", _drawn(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID abc EI"), ONE, unread=(2,)),
    _case("inline-odd", "a picture among the words without size", _drawn(b"BI /F/Foo ID abc EI")),
    _case("form-of-itself", "a drawing that contains itself", _drawn(b"/X Do", b"", b"/XObject<</X 10 0 R>>", _SELF), ONE, unread=(2,)),
    _case("form-of-each-other", "two drawings that contain each other", _drawn(
        b"/X Do", b"", b"/XObject<</X 10 0 R>>",
        _form(b"/X Do /X Do", b"/XObject<</X 11 0 R>>"), _form(b"/X Do /X Do", b"/XObject<</X 10 0 R>>")), ONE, unread=(2,)),
    _case("forms-of-forms", "ten drawings of ten drawings, twelve deep", _drawn(
        b"/X Do", b"", b"/XObject<</X 10 0 R>>",
        *[_form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (11 + i)) for i in range(12)], _form(b"0 0 1 1 re f", b"")),
        ONE, unread=(2,)),
    _case("tiles", "a ground of a hundred million tiles", _drawn(
        _TILES, b"", b"/Pattern<</P 10 0 R>>", _pattern(b"0 0 1 1 re f", b"0.0001")), ONE, unread=(2,)),
    _case("tiles-of-nothing", "a ground of tiles of no size", _drawn(
        _TILES, b"", b"/Pattern<</P 10 0 R>>", _pattern(b"", b"0")), None),
    _case("tiles-of-themselves", "a ground of tiles with the same ground", _drawn(
        _TILES, b"", b"/Pattern<</P 10 0 R>>", _pattern(_TILES, b"9", b"/Pattern<</P 10 0 R>>")), None),
    _case("mask-of-itself", "a mask that is masked by itself", _drawn(
        b"q /G gs 0 0 9 9 re f Q", b"", b"/ExtGState<</G 10 0 R>>",
        b"<</SMask<</S/Alpha/G 11 0 R>>>>",
        _form(b"/G gs 0 0 9 9 re f", b"/ExtGState<</G 10 0 R>>", b"/Group<</S/Transparency>>"))),
    _case("shading-huge", "a colour that changes by a function without sense", _drawn(
        b"q /S sh Q", b"", b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Function 10 0 R>>>>",
        packed(b"{ 1 1 1 1000000 { dup } repeat }", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"))),
    _case("colours-of-themselves", "a colour space that is its own", _drawn(
        b"q /C cs 1 scn 0 0 9 9 re f Q", b"", b"/ColorSpace<</C 10 0 R>>", b"[/Indexed 10 0 R 1 <0001>]")),
    _case("repeated", "the same contents named 20,000 times", lambda: _repeated(20_000), ONE, unread=(2,)),
    _case("split", "contents in 3,000 streams, most of them empty", lambda: _split(3000)),
    _case("no-contents", "a page without contents", _entry(b""), ONE),
    _case("contents-null", "contents that are nothing", _entry(b"/Contents null"), ONE),
    _case("contents-missing", "contents that are not in the file", _entry(b"/Contents 99 0 R"), ONE, unread=(2,)),
    _case("contents-a-font", "contents that are no stream", _entry(b"/Contents 3 0 R"), ONE),
    _case("contents-the-page", "contents that are the page", _entry(b"/Contents 6 0 R"), ONE),
    _case("contents-nested", "contents in lists of lists", _entry(b"/Contents[[[4 0 R]]]"), ONE, unread=(2,)),
    _case("no-resources", "print without a font", lambda: one(SECOND.replace(b"/F ", b"/Q ")), None),
    _case("rules", "20,000 rules behind a decree", _packed(_rules(20_000)), None, heavy=True),
    _case("rules-100000", "100,000 rules behind a decree", _packed(_rules(100_000)), None, heavy=True),
    _case("rules-too-many", "more rules than any page has", _packed(_rules(200_000)), ONE, unread=(2,), heavy=True),
    _case("cells", "a table of 1,000 cells", lambda: one(_cells(40, 25)), None),
    _case("cells-10000", "a table of 10,000 cells", lambda: one(_cells(100, 100)), None, heavy=True),
    _case("letters", "200,000 letters, more than any page has", _packed(lambda: b"BT /F 4 Tf 9 9 Td" + b" (kata) Tj" * 40_000 + b" ET"), ONE, unread=(2,)),
    _case("dots", "4,000 dots in a row, each a word", _packed(
        lambda: b"".join(b"BT /F 4 Tf %.2f %d Td (.) Tj ET\n" % (9 + i % 400 * 2, 9 + i // 400 * 7) for i in range(4_000))), None),
    Case("contents-pages.pdf", "empty", "150 pages, all blank", lambda: _pages(150, b"")),
    Case("contents-pages-10000.pdf", "empty", "10,000 pages, all blank", lambda: _pages(10_000, b""), heavy=True),
    Case("contents-blank.pdf", "empty", "white words on a white page", lambda: _pages(1, b"1 g BT /F 9 Tf 50 50 Td (putih) Tj ET")),
    Case("contents-drawing.pdf", "empty", "a drawing and no word", lambda: _pages(1, b"".join(
        b"%d %d m %d %d l S\n" % (i * 7 % 800, i * 3 % 500, i * 5 % 700, i * 11 % 500) for i in range(60)))),
    Case("contents-letter.pdf", "no-table", "a letter, no decree", lambda: _pages(1, b"BT /F 12 Tf 50 500 Td (Undangan rapat) Tj ET")),
)  # fmt: skip
