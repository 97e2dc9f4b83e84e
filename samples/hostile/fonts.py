"""Pages whose letters mean nothing, something else, or more than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf, decree, packed

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, TWO = INDICATORS, 2 * INDICATORS
_CMAP = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n%s\nendcmap end end"
_CID = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%s>>"
_TYPE0 = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding%s/DescendantFonts[20 0 R]%s>>"


def _font(font: bytes, *objects: bytes) -> Callable[[], bytes]:
    """Return a decree's page, and a second one that writes some words more in a font of its own, ``/G``."""

    def make() -> bytes:
        document = Pdf()
        document.objects.update(enumerate(objects, 20))
        document.page()
        extra = b"\nBT /G 9 Tf 60 60 Td (Kata) Tj <0041004200430044> Tj ET"
        document.page(decree(10) + extra, b"/Font<</F 3 0 R/G %s>>" % font)
        return document.bytes().replace(b"/Font<</F 3 0 R>>/Font", b"/Font")

    return make


def _unicode(ranges: bytes) -> Callable[[], bytes]:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 20 0 R>>"
    return _font(font, packed(_CMAP % ranges))


def _cid(
    entries: bytes, encoding: bytes = b"/Identity-H", more: bytes = b"", *objects: bytes
) -> Callable[[], bytes]:
    return _font(_TYPE0 % (encoding, more), _CID % entries, *objects)


def _case(name: str, why: str, make: Callable[[], bytes], indicators: int | None = TWO, **more: Any) -> Case:
    return Case(f"fonts-{name}.pdf", "ok", why, make, indicators=indicators, **more)


CASES = (
    _case("missing", "a font that is not in the file", _font(b"99 0 R")),
    _case("null", "a font that is nothing", _font(b"null")),
    _case("number", "a font that is a number", _font(b"42")),
    _case("empty", "a font without entries", _font(b"<<>>")),
    _case("itself", "a font made of itself", _cid(b"", b"/Identity-H", b"", b"")),
    _case("unknown-kind", "a font of a kind that does not exist", _font(b"<</Type/Font/Subtype/Type9/BaseFont/A>>")),
    _case("unknown-name", "a font that no computer has", _font(b"<</Type/Font/Subtype/Type1/BaseFont/Tidak-Ada>>")),
    _case("file-noise", "a font whose file is noise", _font(
        b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontFile2 20 0 R/FontName/A/Flags 4>>>>",
        packed(bytes(range(256)) * 20))),
    _case("file-type1-noise", "a font whose program never ends", _font(
        b"<</Type/Font/Subtype/Type1/BaseFont/A/FontDescriptor<</FontFile 20 0 R/FontName/A>>>>",
        packed(b"%!PS-AdobeFont /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for dup 1 /x put {{{{[[[(((")))
    ,
    _case("widths-huge", "widths for four billion letters", _cid(b"/W[0 4294967295 500]"), ONE, unread=(2,)),
    _case("widths-odd", "widths that are words", _cid(b"/W[/a(b)null 1]/DW/x")),
    _case("widths-negative", "widths less than nothing", _font(
        b"<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 255/Widths[%s]>>" % (b"-900 " * 256)), None),
    _case("unicode-huge", "meanings for four billion letters", _unicode(
        b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"), ONE, unread=(2,)),
    _case("unicode-many", "meanings for all letters a hundred times", _unicode(
        b"100 beginbfrange " + b"<0000> <ffff> <0041> " * 100 + b"endbfrange"), ONE, unread=(2,)),
    _case("unicode-odd", "meanings that are none", _unicode(b"1 beginbfrange <> <zz> [ ] endbfrange beginbfchar <01> endbfchar")),
    _case("unicode-long", "a letter that means ten thousand", _unicode(
        b"1 beginbfchar <4b> <%s> endbfchar" % (b"0041" * 10_000))),
    _case("unicode-itself", "meanings taken from themselves", _unicode(b"/A usecmap /Identity-H usecmap")),
    _case("encoding-path", "an encoding named like a file of the computer's", _cid(b"", b"/../../../../etc/passwd")),
    _case("encoding-missing", "an encoding that does not exist", _cid(b"", b"/UniJIS-UCS2-Foo-H")),
    _case("encoding-itself", "an encoding that goes on in itself", _cid(
        b"", b" 21 0 R", b"", packed(b"/A usecmap", b"/Type/CMap/CMapName/A/UseCMap 21 0 R"))),
    _case("differences-odd", "letters numbered beyond all letters", _font(
        b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences[-5/A 999999999/B/C null(x)]>>>>")),
    _case("upright", "letters one below the other", _cid(b"", b"/Identity-V")),
    _case("type3-itself", "letters drawn with themselves", _font(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 75/LastChar 75/Widths[9]"
        b"/Encoding<</Differences[75/k]>>/CharProcs<</k 20 0 R>>/Resources<</Font<</G 21 0 R>>>>>>",
        packed(b"9 0 d0 BT /G 9 Tf (KK) Tj ET"),
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 75/LastChar 75/Widths[9]"
        b"/Encoding<</Differences[75/k]>>/CharProcs<</k 20 0 R>>/Resources<</Font<</G 21 0 R>>>>>>")),
    _case("type3-flat", "letters without a size", _font(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs<<>>/Encoding<<>>>>")),
)  # fmt: skip
