"""Word documents and workbooks that nobody should have to expect."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from samples.hostile.case import Case
from samples.office_files.package import zip_parts
from samples.office_files.word_file import cell, paragraph, table, word_file
from samples.office_files.workbook_file import SheetContent, workbook_file

if TYPE_CHECKING:
    from collections.abc import Callable

_TITLES = ("No", "Sasaran Strategis", "Indikator Kinerja Utama", "Formulasi", "Sumber Data")
_ROW = ("1", "Meningkatnya tertib desa", "Persentase desa tertib", "Desa tertib / Desa x 100%", "Rekap")
_TABLE = table([_TITLES, _ROW])
_SHEET_ROWS: dict[int, dict[str, str | float]] = {
    1: dict(zip("ABCDE", _TITLES, strict=True)),
    2: dict(zip("ABCDE", _ROW, strict=True)),
}
_MAIN = "word/document.xml"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(change: Callable[[dict[str, bytes]], None], body: str = _TABLE) -> Callable[[], bytes]:
    """Return a Word document with its parts changed."""

    def make() -> bytes:
        parts = _parts(word_file(body))
        change(parts)
        return zip_parts(parts)

    return make


def _with_main(content: bytes) -> Callable[[], bytes]:
    return _changed(lambda parts: parts.update({_MAIN: content}))


def _document_type(parts: dict[str, bytes]) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    head, _, rest = parts[_MAIN].partition(b"\n")
    parts[_MAIN] = head + b"\n" + entities + rest


def _without_main(parts: dict[str, bytes]) -> None:
    del parts[_MAIN]


def _bomb(size: int) -> Callable[[], bytes]:
    """Return a document whose text unpacks to ``size`` bytes of nothing."""

    def make() -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _parts(word_file(_TABLE)).items():
                if name != _MAIN:
                    archive.writestr(zipfile.ZipInfo(name), content)
            info = zipfile.ZipInfo(_MAIN)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as stream:
                for _ in range(size // 2**20):
                    stream.write(b" " * 2**20)
        return buffer.getvalue()

    return make


def _nested(depth: int) -> bytes:
    body = _TABLE
    for _ in range(depth):
        body = table([[cell(body), "x"]])
    return word_file(_TABLE + body)


def _cut() -> bytes:
    data = word_file(_TABLE)
    return data[: len(data) // 2]


def _broken_packing() -> bytes:
    """Return a document whose packed text is overwritten in the middle."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(word_file(_TABLE * 50)).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    data = bytearray(buffer.getvalue())
    middle = data.index(_MAIN.encode()) + 200
    data[middle : middle + 60] = bytes(60)
    return bytes(data)


def _external_picture() -> bytes:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="900000"/>'
        '<a:blip r:link="rIdLuar"/></wp:inline></w:drawing></w:r>'
    )
    return word_file(paragraph(picture) + _TABLE, external={"rIdLuar": "http://192.0.2.1/rumus.png"})


def _macros(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(2000)


def _locked() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1000)
    )


def _many_rows(count: int, filled: bool) -> bytes:
    rows: dict[int, dict[str, str | float]] = {**_SHEET_ROWS}
    rows |= {number: {"A": number, "B": "isi"} if filled else {} for number in range(3, count)}
    return workbook_file(SheetContent("IKU", rows))


CASES = (
    Case("office-intact.docx", "ok", "nothing odd", lambda: word_file(_TABLE), 1),
    Case("office-cut.docx", "damaged", "breaks off in the middle", _cut),
    Case("office-packing.docx", "damaged", "its packed text is overwritten", _broken_packing),
    Case("office-xml.docx", "damaged", "XML that breaks off", _with_main(b"<w:document><w:body><w:p>")),
    Case("office-other-xml.docx", "damaged", "XML of something else", _with_main(b"<svg/>")),
    Case(
        "office-no-text.docx",
        "damaged",
        "the part with the text is missing",
        _changed(_without_main),
    ),
    Case("office-blank.docx", "empty", "no text", lambda: word_file("<w:p/>")),
    Case("office-entities.docx", "unsupported", "entities that explode", _changed(_document_type)),
    Case("office-bomb.docx", "too-large", "unpacks to 300 MB", _bomb(300 * 2**20)),
    Case("office-deep.docx", "ok", "tables nested 50 deep", lambda: _nested(50), 1),
    Case("office-too-deep.docx", "too-large", "tables nested 500 deep", lambda: _nested(500)),
    Case("office-external.docx", "ok", "a picture at an address", _external_picture, 1),
    Case("office-macros.docm", "ok", "macros, never run", _changed(_macros), 1),
    Case("office-locked.docx", "encrypted", "locked with a password", _locked),
    Case("office-archive.docx", "damaged", "an archive of other files", lambda: zip_parts({"a.txt": "isi"})),
    Case(
        "office-long.docx",
        "ok",
        "100,000 paragraphs",
        lambda: word_file(_TABLE + paragraph("Jumlah desa yang tertib") * 100_000),
        1,
        heavy=True,
    ),
    Case(
        "office-intact.xlsx", "ok", "nothing odd", lambda: workbook_file(SheetContent("IKU", _SHEET_ROWS)), 1
    ),
    Case(
        "office-hidden.xlsx",
        "empty",
        "its only sheet is hidden",
        lambda: workbook_file(SheetContent("IKU", _SHEET_ROWS, hidden=True)),
    ),
    Case(
        "office-merged.xlsx",
        "ok",
        "a merged range of seventeen billion cells",
        lambda: workbook_file(SheetContent("IKU", _SHEET_ROWS, merged=["F9:XFD1048576"])),
        1,
    ),
    Case(
        "office-links.xlsx",
        "ok",
        "formulas that point outside",
        lambda: workbook_file(
            SheetContent(
                "IKU", {**_SHEET_ROWS, 4: {"A": ""}}, formulas={"A4": "'http://192.0.2.1/[x.xlsx]A'!A1"}
            )
        ),
        1,
    ),
    Case(
        "office-empty-rows.xlsx",
        "ok",
        "a million empty rows",
        lambda: _many_rows(10**6, False),
        1,
        heavy=True,
    ),
    Case(
        "office-rows.xlsx", "too-large", "a million filled rows", lambda: _many_rows(10**6, True), heavy=True
    ),
)
