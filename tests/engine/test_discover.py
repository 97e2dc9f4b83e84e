"""Which files of a folder are read, which are refused by name, and which are passed over."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import extractors
import pipeline
from extractors.errors import ReadError
from extractors.own_outputs import is_own_output
from pipeline import reports
from pipeline.engine.discover import search_paths
from pipeline.read_decree import read
from pipeline.reports.summary import render_summary

SHEET = Path(__file__).parents[2] / "samples" / "text" / "watugilang-iku-2024.lumajang.txt"
DRAFT = Path(__file__).parents[2] / "samples" / "office" / "sendangmulih-iku-2024.naskah.docx"

OPENDOCUMENT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the program writes on a decree."""
    folder = tmp_path_factory.mktemp("hasil")
    catalogue = pipeline.build([SHEET])
    (folder / "catalogue.json").write_text(catalogue.to_json(), encoding="utf-8")
    (folder / "summary.md").write_text(render_summary(catalogue), encoding="utf-8")
    for name, data in reports.render_report_files(catalogue).items():
        (folder / name).write_bytes(data)
    (folder / "rekaman.json").write_text(read(SHEET).model_dump_json(indent=2), encoding="utf-8")
    return folder


def test_own_outputs_are_recognised_whatever_their_name(outputs: Path, tmp_path: Path) -> None:
    names = ["catalogue.json", "summary.md", "audit.html", "audit.xlsx", "findings.json"]
    for name in names:
        (tmp_path / f"lain-{name}").write_bytes((outputs / name).read_bytes())
    found_files = search_paths([tmp_path])
    assert found_files.documents == ()
    assert sorted(file.name for file in found_files.own_outputs) == sorted(f"lain-{name}" for name in names)
    for file in found_files.own_outputs:
        with pytest.raises(ReadError, match="written by iku itself") as caught:
            extractors.read_bytes(file.read_bytes(), file.name)
        assert caught.value.status == "unsupported"


def test_decrees_are_no_own_outputs() -> None:
    for path in (SHEET, DRAFT):
        assert not is_own_output(io.BytesIO(path.read_bytes()))


def test_a_record_is_read_as_what_it_is(outputs: Path) -> None:
    assert [file.name for file in search_paths([outputs]).documents] == ["rekaman.json"]
    record, decree = read(outputs / "rekaman.json"), read(SHEET)
    assert record.model_dump(exclude={"document"}) == decree.model_dump(exclude={"document"})
    assert record.document.name == "rekaman.json"


def test_a_record_that_is_broken_is_refused_with_the_field() -> None:
    data = b'{"schema_version": "2", "document": {"sha256": "00"}}'
    with pytest.raises(ReadError, match="not a record of version") as caught:
        extractors.read_bytes(data, "rekaman.json")
    assert caught.value.status == "damaged"


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("sk.txt", "lama.doc", "foto.heic", "catatan.csv", "lain.json", ".rahasia.txt"):
        (tmp_path / name).write_text('{"a": 1}' if name == "lain.json" else "isi", encoding="utf-8")
    found_files = search_paths([tmp_path])
    assert [file.name for file in found_files.documents] == ["foto.heic", "lama.doc", "sk.txt"]
    assert [file.name for file in found_files.other_files] == ["catatan.csv", "lain.json"]
    assert found_files.describe_skipped() == [
        "Not read, because they are not documents: catatan.csv, lain.json."
    ]


@pytest.mark.parametrize(
    ("data", "name", "indonesian", "english"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "sk.doc", "berkas Word lama", "Word 97–2003"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "a.bin", "berkas Excel lama", "Excel 97–2003"),
        (b"{\\rtf1 isi}", "sk.rtf", "teks kaya", "rich text"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "IMG_1.heic", "gambar HEIC", "HEIC picture"),
        (OPENDOCUMENT, "sk.odt", "dokumen OpenDocument", "(.odt)"),
        (b"Rar!\x1a\x07" + bytes(40), "sk.rar", "arsip", "archive"),
    ],
)  # fmt: skip
def test_other_formats_are_refused_by_name_with_what_to_do(
    data: bytes, name: str, indonesian: str, english: str
) -> None:
    with pytest.raises(ReadError) as caught:
        extractors.read_bytes(data, name)
    assert caught.value.status == "unsupported"
    assert indonesian in caught.value.message
    assert english in caught.value.message
    assert caught.value.remedy


def test_a_page_that_a_system_exports_as_xls_is_read_as_the_page_that_it_is() -> None:
    page = SHEET.parent / "sendangmulih-iku-2024.html.md"
    assert extractors.read_bytes(page.read_bytes(), "ekspor.xls").holders
