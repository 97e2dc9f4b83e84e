"""Files that cannot be read, or only in part, say why."""

from __future__ import annotations

import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import ReadError, ReadStatus
from extractors.pdf import PageKind, PdfPage, UnreadPage, needs_ocr, open_document, read_pages, read_pdf_pages
from tests.support.pdf_prints import drained, pages_of, printed, text, words_of

DECREE = printed(text(50, 80, "Keputusan Camat"))


def status_of(data: bytes, password: str | None = None) -> ReadStatus:
    with pytest.raises(ReadError) as caught:
        list(read_pdf_pages(data, password))
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.status


def raw_pdf(pages: list[tuple[bytes, bytes]], *extra: bytes, boxes: bytes = b"[0 0 595 842]") -> bytes:
    """A PDF by hand: for each page its stream's dictionary entries and its stream."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * i) for i in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]/MediaBox %s>>" % (len(pages), kids, boxes),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for i, (entries, stream) in enumerate(pages):
        objects[10 + 2 * i] = (
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>"
            % (11 + 2 * i, extra[0] if extra else b"")
        )
        objects[11 + 2 * i] = b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(stream), stream)
    for number, body in enumerate(extra[1:], 4):
        objects[number] = body
    out, offsets = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, most = len(out), max(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (most + 1)
    for number in range(1, most + 1):
        known = number in offsets
        out += b"%010d %05d %s \n" % (offsets.get(number, 0), 0 if known else 65535, b"n" if known else b"f")
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (most + 1, start)


GOOD = (b"", b"BT /F 12 Tf 50 700 Td (Keputusan) Tj ET")


def test_the_password_opens_what_is_locked() -> None:
    locked = printed(text(50, 80, "Rahasia"), encrypt=StandardEncryption("kunci", strength=128))
    assert status_of(locked) is ReadStatus.ENCRYPTED
    assert status_of(locked, "salah") is ReadStatus.ENCRYPTED
    assert [words_of(page) for page in pages_of(locked, "kunci")] == [["Rahasia"]]


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert len(pages_of(DECREE, "kunci")) == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", ReadStatus.EMPTY),
        (b"Keputusan Camat", ReadStatus.UNSUPPORTED),
        (b"%PDF-1.4\n", ReadStatus.DAMAGED),
        (DECREE[: len(DECREE) // 3], ReadStatus.DAMAGED),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, ReadStatus.DAMAGED),
    ],
)
def test_what_is_no_pdf_or_a_torn_one_says_so(data: bytes, status: ReadStatus) -> None:
    assert status_of(data) is status


def test_no_pages_and_blank_pages_are_empty() -> None:
    assert status_of(raw_pdf([])) in {ReadStatus.EMPTY, ReadStatus.DAMAGED}
    pages, error = drained(read_pdf_pages(printed(lambda _: None, lambda _: None)))
    assert [page.kind for page in pages if isinstance(page, PdfPage)] == [PageKind.BLANK] * 2
    assert isinstance(error, ReadError)
    assert error.status is ReadStatus.EMPTY


def test_a_blank_page_among_others_is_told() -> None:
    pages = pages_of(printed(text(50, 80, "Satu"), lambda _: None, text(50, 80, "Tiga")))
    assert [page.kind for page in pages] == [PageKind.DIGITAL, PageKind.BLANK, PageKind.DIGITAL]
    assert [page.number for page in pages] == [1, 2, 3]


@pytest.mark.parametrize("cut", [0.6, 0.9, 0.99])
def test_a_truncated_file_gives_its_pages_or_a_status(cut: float) -> None:
    whole = printed(*(text(50, 80, f"Halaman {n}") for n in range(5)))
    pages, error = drained(read_pdf_pages(whole[: int(len(whole) * cut)]))
    assert pages or (isinstance(error, ReadError) and error.status is ReadStatus.DAMAGED)


def test_a_broken_index_is_mended() -> None:
    (page,) = pages_of(DECREE.replace(b"startxref", b"startxxxx"))
    assert words_of(page) == ["Keputusan", "Camat"]


@pytest.mark.parametrize("side", [b"2000000", b"20000"])
def test_a_huge_page_is_refused_and_the_others_read(side: bytes) -> None:
    huge = printed(text(50, 80, "Satu"), text(50, 80, "Dua")).replace(
        b"/MediaBox [ 0 0 595.2756 841.8898 ]",
        b"/MediaBox [ 0 0 " + side.rjust(8) + b" " + side.rjust(8) + b" ]",
        1,
    )
    first, second = read_pdf_pages(huge)
    assert isinstance(first, UnreadPage)
    assert (first.number, first.status) == (1, ReadStatus.TOO_LARGE)
    assert isinstance(second, PdfPage)
    assert words_of(second) == ["Dua"]


@pytest.mark.parametrize("layers", [1, 2])
def test_a_stream_that_unpacks_beyond_measure_is_refused(layers: int) -> None:
    bomb = b"0 0 m 1 1 l S\n" * 3_000_000
    for _ in range(layers):
        bomb = zlib.compress(bomb, 9)
    entries = b"/Filter[" + b"/FlateDecode " * layers + b"]"
    first, second = read_pdf_pages(raw_pdf([(entries, bomb), GOOD]))
    assert isinstance(first, UnreadPage)
    assert first.status is ReadStatus.TOO_LARGE
    assert isinstance(second, PdfPage)
    assert words_of(second) == ["Keputusan"]


def test_an_object_stream_that_unpacks_beyond_measure_is_refused() -> None:
    bomb = zlib.compress(bytes(80 * 2**20), 9)
    entries = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(bomb)
    data = raw_pdf([GOOD], b"", entries + b"stream\n" + bomb + b"\nendstream")
    assert status_of(data) is ReadStatus.TOO_LARGE


def test_forms_that_call_forms_without_end_are_refused() -> None:
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 59>>stream\n"
        % (n + 1)
        + b"/X Do " * 9
        + b"     \nendstream"
        for n in range(4, 9)
    ]
    data = raw_pdf([(b"", b"/X Do " * 9), GOOD], b"/XObject<</X 4 0 R>>", *forms)
    first, second = read_pdf_pages(data)
    assert isinstance(second, PdfPage)
    assert isinstance(first, UnreadPage) or not first.words


def test_broken_contents_cost_their_page_alone() -> None:
    first, second = read_pdf_pages(raw_pdf([(b"/Filter/FlateDecode", b"no zlib at all"), GOOD]))
    assert first.number == 1
    assert isinstance(first, UnreadPage) or first.kind is PageKind.BLANK
    assert isinstance(second, PdfPage)
    assert words_of(second) == ["Keputusan"]


def test_hundreds_of_pages_come_one_by_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Halaman")

    with open_document(printed(*[draw] * 400)) as document:
        pages = read_pages(document)
        assert document.page_count == 400
        first = next(pages)
        assert isinstance(first, PdfPage)
        assert not needs_ocr(first)
        assert sum(1 for _ in pages) == 399
