"""PDFs with a wrong structure: index, page tree, lengths, loops, depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf, bodies, decree, packed, table

if TYPE_CHECKING:
    from collections.abc import Callable

TWO = 2 * INDICATORS


def _pdf(pages: int = 2, **objects: bytes) -> Pdf:
    """Return two pages of a decree; objects by number (``o1=…``) replace what is there."""
    document = Pdf()
    for _ in range(pages):
        document.page()
    document.objects.update({int(name[1:]): body for name, body in objects.items()})
    return document


def _with(**objects: bytes) -> Callable[[], bytes]:
    return lambda: _pdf(2, **objects).bytes()


def _index(change: Callable[[bytes, dict[int, int]], bytes]) -> Callable[[], bytes]:
    """Return the index changed: its text, and where each object begins."""

    def make() -> bytes:
        document = _pdf()
        places = bodies(document.whole())[1]
        return document.bytes(xref=change(table(places), places))

    return make


def _edited(old: bytes, new: bytes, count: int = -1) -> Callable[[], bytes]:
    """Return the plain file with its text changed, its index left as it was."""
    return lambda: _pdf().bytes().replace(old, new, count)


def _tree(count: bytes, kids: bytes, **objects: bytes) -> Callable[[], bytes]:
    body = b"<</Type/Pages/Count %s/Kids[%s]/MediaBox[0 0 842 595]>>" % (count, kids)
    return _with(o2=body, **objects)


def _deep_tree(levels: int) -> bytes:
    """Return a PDF with deeply nested page tree nodes, each with one child."""
    document = _pdf(1)
    leaf = document.pages[0]
    below = leaf
    for _ in range(levels):
        below = document.add(b"<</Type/Pages/Count 1/Parent 2 0 R/Kids[%d 0 R]>>" % below)
    document.objects[2] = b"<</Type/Pages/Count 1/Kids[%d 0 R]/MediaBox[0 0 842 595]>>" % below
    return document.bytes()


def _nested(opening: bytes, closing: bytes, levels: int) -> bytes:
    return opening * levels + b"0" + closing * levels


def _updates(times: int) -> bytes:
    """Return a PDF with many incremental updates of the first page's contents."""
    data = _pdf().bytes()
    before = data.rindex(b"startxref") + 10
    for _ in range(times):
        at = len(data)
        data += b"4 0 obj\n%s\nendobj\n" % packed(decree())
        begin = len(data)
        data += b"xref\n4 1\n%010d 00000 n \ntrailer<</Size 8/Root 1 0 R/Prev %d>>\n" % (
            at,
            int(data[before:].split()[0]),
        )
        data += b"startxref\n%d\n%%%%EOF\n" % begin
        before = data.rindex(b"startxref") + 10
    return data


def _prev_loop() -> bytes:
    document = _pdf()
    begin = len(bodies(document.whole())[0])
    document.trailer = b"/Prev %d" % begin
    return document.bytes()


def _xref_stream(entries: bytes, rows: bytes = b"\x00" * 40) -> bytes:
    """Return the index as a stream of its own, and a wrong one."""
    out, _ = bodies(_pdf().whole())
    stream = packed(rows, b"/Type/XRef/Root 1 0 R" + entries)
    return out + b"90 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream, len(out))


def _object_stream(entries: bytes, data: bytes) -> bytes:
    """Return an object stream beside the pages, to which the index sends for an object that nobody needs."""
    document = _pdf()
    document.stream(data, b"/Type/ObjStm" + entries)
    return document.bytes()


def _deep_parents(levels: int) -> bytes:
    document = _pdf(1)
    document.objects[2] = b"<</Type/Pages/Count 1/Kids[%d 0 R]/MediaBox 20 0 R>>" % document.pages[0]
    for number in range(20, 20 + levels):
        document.objects[number] = b"%d 0 R" % (number + 1)
    document.objects[20 + levels] = b"[0 0 842 595]"
    return document.bytes()


def _case(name: str, status: str, why: str, make: Callable[[], bytes], **more: Any) -> Case:
    if status == "ok":
        more.setdefault("indicators", TWO)
    return Case(f"structure-{name}.pdf", status, why, make, **more)


CASES = (
    _case("plain", "ok", "nothing is wrong with it: what the others are made of", _pdf().bytes),
    _case("only-header", "damaged", "begins and ends at once", lambda: b"%PDF-1.7\n"),
    _case("no-pages", "empty", "a page tree without a leaf", lambda: Pdf().bytes()),
    _case("no-pages-counted", "damaged", "five pages counted, none there", _tree(b"5", b"")),
    _case("count-too-high", "ok", "a thousand pages counted, two there", _tree(b"1000", b"5 0 R 7 0 R"), unread=(3,)),
    _case("count-too-low", "ok", "one page counted, two there", _tree(b"1", b"5 0 R 7 0 R"), indicators=INDICATORS, unread=(2,)),
    _case("count-zero", "ok", "no page counted, two there", _tree(b"0", b"5 0 R 7 0 R")),
    _case("count-negative", "ok", "minus one page counted, two there", _tree(b"-1", b"5 0 R 7 0 R")),
    _case("count-huge", "ok", "more pages counted than a number holds", _tree(b"99999999999", b"5 0 R 7 0 R")),
    _case("count-a-name", "ok", "the count is a word", _tree(b"/Two", b"5 0 R 7 0 R")),
    _case("kids-loop", "ok", "the tree is its own child", _tree(b"3", b"5 0 R 7 0 R 2 0 R"), unread=(3,)),
    _case("kids-only-loop", "damaged", "the tree's only child is the tree", _tree(b"1", b"2 0 R")),
    _case("kids-missing", "ok", "children that are not in the file", _tree(b"4", b"5 0 R 7 0 R 77 0 R 78 0 R"), unread=(3,)),
    _case("kids-null", "damaged", "children that are nothing", _tree(b"2", b"null null")),
    _case("kids-by-reference", "ok", "the list of children stands elsewhere",
          _with(o2=b"<</Type/Pages/Count 2/Kids 30 0 R/MediaBox[0 0 842 595]>>", o30=b"[5 0 R 7 0 R]")),
    _case("tree-without-type", "ok", "the tree does not say what it is",
          _with(o2=b"<</Count 2/Kids[5 0 R 7 0 R]/MediaBox[0 0 842 595]>>")),
    _case("tree-deep", "ok", "a page under 300 branches", lambda: _deep_tree(300), indicators=INDICATORS),
    _case("tree-bottomless", "damaged", "a page under 5,000 branches", lambda: _deep_tree(5000)),
    _case("references-in-a-row", "ok", "a size told by 20 references", lambda: _deep_parents(20), indicators=INDICATORS),
    _case("reference-to-itself", "ok", "a size that refers to itself",
          lambda: _pdf(1, o2=b"<</Type/Pages/Count 1/Kids[5 0 R]/MediaBox 30 0 R>>", o30=b"30 0 R").bytes(), indicators=INDICATORS),
    _case("xref-nothing", "ok", "no index", _index(lambda _, __: b"")),
    _case("xref-shifted", "ok", "every place is told three bytes too far",
          _index(lambda _, places: table({k: at + 3 for k, at in places.items()}))),
    _case("xref-zeros", "ok", "every place is told as 0", _index(lambda _, places: table(dict.fromkeys(places, 0)))),
    _case("xref-swapped", "ok", "the first page's place is the font's",
          _index(lambda _, places: table({**places, 5: places[3], 3: places[5]}))),
    _case("xref-noise", "ok", "an index of letters", _index(lambda text, _: text.translate(bytes((b * 7) % 256 for b in range(256))))),
    _case("xref-counts-too-many", "ok", "an index of a billion rows, it says",
          _index(lambda text, _: text.replace(b"0 8", b"0 999999999", 1))),
    _case("startxref-beyond", "ok", "the index begins behind the end", lambda: _pdf().bytes(start=10**9)),
    _case("startxref-negative", "ok", "the index begins before the file", lambda: _pdf().bytes(start=-7)),
    _case("startxref-missing", "ok", "nothing says where the index is", _edited(b"startxref", b"startyref")),
    _case("xref-loop", "ok", "the index before the index is the index", _prev_loop),
    _case("xref-stream-broken", "ok", "an index stream of zeros",
          lambda: _xref_stream(b"/Size 8/W[1 2 1]")),
    _case("xref-stream-huge", "ok", "an index stream of two billion rows, it says",
          lambda: _xref_stream(b"/Size 2147483647/Index[0 2147483647]/W[1 2 1]")),
    _case("xref-stream-wide", "ok", "an index stream with columns of a billion bytes",
          lambda: _xref_stream(b"/Size 8/W[1 1000000000 1]")),
    _case("xref-stream-negative", "ok", "an index stream with columns of less than nothing",
          lambda: _xref_stream(b"/Size 8/W[-1 -2 -1]")),
    _case("no-endobj", "ok", "no object says where it ends", _edited(b"endobj\n", b"")),
    _case("no-endstream", "ok", "no stream says where it ends", _edited(b"\nendstream", b"")),
    _case("no-trailer", "ok", "no trailer", _edited(b"trailer", b"trailor")),
    _case("no-root", "ok", "the trailer names no catalogue", _edited(b"/Root 1 0 R", b"/Ruut 1 0 R")),
    _case("root-not-there", "ok", "the catalogue is not where the trailer says", _edited(b"/Root 1 0 R", b"/Root 9 0 R")),
    _case("root-is-a-page", "ok", "the trailer's catalogue is a page", _edited(b"/Root 1 0 R", b"/Root 5 0 R")),
    _case("no-catalogue", "ok", "no catalogue anywhere", _with(o1=b"null")),
    _case("no-eof", "ok", "no mark at the end", _edited(b"%%EOF", b"")),
    _case("garbage-before", "ok", "a mail's header before it", lambda: b"Content-Type: application/pdf\r\n\r\n" + _pdf().bytes()),
    _case("garbage-behind", "ok", "100,000 bytes behind its end", lambda: _pdf().bytes() + b"\x00" * 100_000),
    _case("carriage-returns", "ok", "its lines end as on old machines", _edited(b"\n", b"\r")),
    _case("version", "ok", "of a version that does not exist", _edited(b"%PDF-1.7", b"%PDF-9.9")),
    _case("length-zero", "ok", "streams without length, they say", _edited(b"/Length ", b"/Length 0%")),
    _case("length-short", "ok", "a stream ten bytes long, it says", lambda: _length(b"10")),
    _case("length-long", "ok", "a stream longer than the file, it says", lambda: _length(b"99999999")),
    _case("length-negative", "ok", "a stream of less than no bytes", lambda: _length(b"-5")),
    _case("length-refers-to-itself", "ok", "a stream as long as the stream is", lambda: _length(b"4 0 R")),
    _case("length-missing", "ok", "a stream that does not tell its length", lambda: _length(b"null")),
    _case("updated-often", "ok", "saved anew fifty times", lambda: _updates(50)),
    _case("object-stream-counts-too-many", "ok", "a billion objects in a stream, it says",
          lambda: _object_stream(b"/N 1000000000/First 10", b"1 0 2 5 ")),
    _case("object-stream-of-itself", "ok", "an object stream that goes on in itself",
          lambda: _object_stream(b"/N 1/First 4/Extends 8 0 R", b"8 0 null")),
    _case("arrays-deep", "ok", "lists 20,000 deep that nobody needs", lambda: _plus(_nested(b"[", b"]", 20_000))),
    _case("dictionaries-deep", "ok", "entries 20,000 deep that nobody needs", lambda: _plus(_nested(b"<</A ", b">>", 20_000))),
    _case("info-deep", "ok", "a title 2,000 lists deep", lambda: _info(b"<</Title %s>>" % _nested(b"[", b"]", 2000))),
    _case("info-loop", "ok", "a title that refers to the titles", lambda: _info(b"<</Title 8 0 R>>")),
    _case("info-no-dictionary", "ok", "titles that are a number", lambda: _info(b"42")),
    _case("page-deep", "ok", "a page with an entry 2,000 lists deep", lambda: _page_entry(_nested(b"[", b"]", 2000))),
    _case("page-loop", "ok", "a page with an entry that leads back to it", lambda: _page_entry(b"[5 0 R 5 0 R [5 0 R]]")),
    _case("string-open", "ok", "a title in a bracket that nothing closes", lambda: _info(b"<</Title (Keputusan>>")),
    _case("page-without-type", "ok", "pages that do not say what they are", _edited(b"/Type/Page/", b"/Typo/Page/")),
    _case("catalogue-without-type", "ok", "a catalogue that does not say what it is", _edited(b"/Type/Catalog", b"/Typo/Catalog")),
)  # fmt: skip


def _length(told: bytes) -> bytes:
    document = _pdf()
    document.objects[4] = packed(decree(), length=told)
    return document.bytes()


def _plus(body: bytes) -> bytes:
    document = _pdf()
    document.add(body)
    return document.bytes()


def _info(body: bytes) -> bytes:
    document = _pdf()
    document.trailer = b"/Info %d 0 R" % document.add(body)
    return document.bytes()


def _page_entry(body: bytes) -> bytes:
    document = Pdf()
    for _ in range(2):
        document.page(None, b"", b"/PieceInfo %s" % body)
    return document.bytes()
