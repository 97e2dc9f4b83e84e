"""Files that are not what their name says."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from typing import TYPE_CHECKING

from samples.hostile.case import Case
from samples.hostile.pdf import INDICATORS, Pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def _pdf() -> bytes:
    document = Pdf()
    document.page()
    return document.bytes()


def _zip(**members: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in members.items():
                archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), data)
        return out.getvalue()

    return make


def _text() -> bytes:
    rows = "\n".join(f"{i}\tPelayanan\tPersentase layanan {i}\tSelesai / Masuk x 100%\tBuku" for i in (1, 2))
    return f"No\tSasaran\tIndikator Kinerja Utama\tFormulasi\tSumber Data\n{rows}\n".encode()


def _case(name: str, status: str, why: str, make: Callable[[], bytes], indicators: int | None = None) -> Case:
    return Case(name, status, why, make, indicators)


CASES = (
    _case("fakes-nothing.pdf", "empty", "no byte", lambda: b""),
    _case("fakes-nothing.png", "empty", "no byte", lambda: b""),
    _case("fakes-blanks.pdf", "empty", "blanks only", lambda: b" \n\t" * 500),
    _case("fakes-zeros.pdf", "empty", "zeros only, as a broken disk gives", lambda: bytes(5000)),
    _case("fakes-docx.pdf", "unsupported", "an Office file", _zip(Content_Types_xml=b"<Types/>", word_xml=b"<w/>")),
    _case("fakes-zip-with-pdf.pdf", "unsupported", "a ZIP with a PDF in it", lambda: _zip(a_pdf=_pdf())()),
    _case("fakes-gzip.pdf", "unsupported", "packed by gzip", lambda: gzip.compress(_pdf(), mtime=0)),
    _case("fakes-program.pdf", "unsupported", "a program", lambda: b"MZ\x90\x00\x03" + bytes(range(256)) * 30),
    _case("fakes-elf.pdf", "unsupported", "a program", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 30),
    _case("fakes-doc.pdf", "unsupported", "Word 97", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)),
    _case("fakes-rtf.pdf", "unsupported", "a rich text file", lambda: b"{\\rtf1 Keputusan Camat}"),
    _case("fakes-noise.pdf", "unsupported", "noise", lambda: random.Random(1).randbytes(9000)),
    _case("fakes-gif.pdf", "unsupported", "a GIF", lambda: b"GIF89a\x01\x00\x01\x00" + bytes(50)),
    _case("fakes-webp.png", "unsupported", "a WebP", lambda: b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(50)),
    _case("fakes-heic.jpg", "unsupported", "a HEIC", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(50)),
    _case("fakes-bmp.jpg", "unsupported", "a BMP", lambda: b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00" + bytes(80)),
    _case("fakes-postscript.pdf", "unsupported", "PostScript", lambda: b"%!PS-Adobe-3.0\n/Helvetica 12 selectfont (x) show\n"),
    _case("fakes-html.pdf", "no-table", "a web page that says that something went wrong", lambda: b"<!DOCTYPE html><html><h1>404 Not Found</h1></html>"),
    _case("fakes-text.pdf", "ok", "a text under the name of a PDF", _text, 2),
    _case("fakes-text.docx", "ok", "a text under the name of an Office file", _text, 2),
    _case("fakes-pdf.txt", "ok", "a PDF under the name of a text", _pdf, INDICATORS),
    _case("fakes-pdf.jpg", "ok", "a PDF under the name of a picture", _pdf, INDICATORS),
    _case("fakes-pdf", "ok", "a PDF without an ending", _pdf, INDICATORS),
    _case("fakes-about-pdf.txt", "ok", "a text that speaks of %PDF-", lambda: b"Berkas %PDF- rusak.\n" + _text(), 2),
    _case("fakes-head-only.png", "damaged", "the mark of a PNG and no more", lambda: b"\x89PNG\r\n\x1a\n"),
    _case("fakes-head-only.jpg", "damaged", "the mark of a JPEG and no more", lambda: b"\xff\xd8\xff"),
    _case("fakes-head-only.tif", "damaged", "the mark of a TIFF and no more", lambda: b"II*\x00"),
    _case("fakes-noise.png", "damaged", "the mark of a PNG, then noise", lambda: b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(4000)),
)  # fmt: skip
