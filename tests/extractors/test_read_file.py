"""One door for every file: a record, or a status and a sentence that says what to do."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import extractors
import pipeline
from extractors.errors import ReadError, ReadStatus
from extractors.model.record import Decree

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "text").iterdir())

SHEET = """INDIKATOR KINERJA UTAMA
KECAMATAN SUKAMULIH KABUPATEN WANAREJA

Instansi : KECAMATAN SUKAMULIH

No.\tSasaran Strategis\tIndikator Kinerja Utama\tRumus\tSumber Data\tPenanggung Jawab
1\tMeningkatnya pelayanan\tNilai IKM\tRata-rata tertimbang x 25\tLaporan SKM\tCamat
"""

BUDGET = """KEPUTUSAN CAMAT SUKAMULIH
NOMOR : 900/12/2024
TENTANG
PENETAPAN PEJABAT PENGELOLA KEUANGAN

Uraian\tAnggaran\tRealisasi
Belanja pegawai\t1.000.000\t900.000
"""


def refused(path: Path) -> ReadError:
    with pytest.raises(ReadError) as error:
        pipeline.read(path)
    return error.value


def test_a_sheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keputusan camat – salinan é.md"
    path.write_text(SHEET, encoding="utf-16")
    decree = pipeline.read(path)
    assert decree.document.name == path.name
    assert decree.document.media_type == "text/markdown"
    assert (decree.kecamatan, decree.regency) == ("Sukamulih", "Kabupaten Wanareja")
    [indicator] = decree.holders[0].indicators
    assert (indicator.name, indicator.data_sources) == ("Nilai IKM", ["Laporan SKM"])


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", ReadStatus.EMPTY),
        (b"%PDF-1.4", ReadStatus.DAMAGED),
        ("Laporan tanpa tabel, hanya kalimat biasa.\n" * 30, ReadStatus.NO_TABLE),
        (BUDGET, ReadStatus.OTHER_DECREE),
        ("<div>" * 50_000, ReadStatus.EMPTY),
    ],
    ids=["empty", "of another kind", "without a table", "of another sort", "markup alone"],
)
def test_what_gives_no_record_says_why(tmp_path: Path, content: bytes | str, status: ReadStatus) -> None:
    path = tmp_path / "berkas.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    error = refused(path)
    assert error.status is status
    assert error.message.endswith(".") and error.remedy.endswith(".")


def test_a_folder_and_a_missing_file_are_named_as_such(tmp_path: Path) -> None:
    assert refused(tmp_path).status is ReadStatus.DIRECTORY
    assert refused(tmp_path / "tidak-ada.txt").status is ReadStatus.MISSING


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.txt"
    path.write_text(SHEET)
    path.chmod(0)
    assert refused(path).status is ReadStatus.NO_PERMISSION


def test_every_word_ends_somewhere_and_every_leaf_knows_its_line() -> None:
    decree = extractors.read_bytes((SHEET + "\nCatatan kaki yang tidak dikenal.\n").encode(), "a.txt")
    coverage = decree.document.coverage
    assert [note.message for note in decree.notes if note.code == "unplaced-text"] == [
        "No field of the record takes: “Catatan kaki yang tidak dikenal.”"
    ]
    assert coverage.notes == 5
    place = decree.provenance["/holders/0/indicators/0/name"]
    assert place.lines == (7, 7)
    assert printed_leaves(decree) == set(decree.provenance)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_leaf_of_a_sample_knows_its_line(path: Path) -> None:
    decree = pipeline.read(path)
    assert printed_leaves(decree) == set(decree.provenance)


def test_the_year_of_a_target_stands_where_its_column_is_headed() -> None:
    sheet = SHEET.replace("\tSumber Data\t", "\tTarget 2024\t2025\tSumber Data\t").replace(
        "\tLaporan SKM\t", "\t82\t83,5\tLaporan SKM\t"
    )
    decree = extractors.read_bytes(sheet.encode(), "a.txt")
    places = {
        name: decree.provenance[f"/holders/0/indicators/0/targets/1/{name}"].lines
        for name in ("year", "value")
    }
    assert places == {"year": (6, 6), "value": (7, 7)}


def printed_leaves(decree: Decree) -> set[str]:
    """Pointers of what the record holds of the decree's own words."""
    outside = {"document", "provenance", "notes", "schema_version"}
    leaves = {pointer for pointer, value in flat(decree.model_dump(), "") if value is not None}
    return {pointer for pointer in leaves if pointer.split("/")[1] not in outside}


def flat(node: object, pointer: str) -> list[tuple[str, object]]:
    """Every leaf of a record with its JSON Pointer."""
    if isinstance(node, dict):
        keys = {key: key.replace("~", "~0").replace("/", "~1") for key in node}
        return [leaf for key, value in node.items() for leaf in flat(value, f"{pointer}/{keys[key]}")]
    if isinstance(node, list):
        return [leaf for i, value in enumerate(node) for leaf in flat(value, f"{pointer}/{i}")]
    return [(pointer, node)]


CONCLUDED = re.compile(r"/kind|/holders/\d+/type")
"""Leaves that a decree need not print: they have no place then."""
PIECES = st.sampled_from(
    [
        "No.\tIndikator Kinerja\tRumus\n",
        "1\tNilai IKM\tx 25\n",
        "Fungsi : a. satu\n",
        "b. dua\n",
        "\n",
        "| a | b |\n",
        "<table><tr><td>",
        "</td></tr></table>\n",
        "NIP. 19700101 199001 1 001\n",
        "Tujuan :\n",
        "$\\frac{a}{b}$\n",
        "Kota, 5 Mei 2024\n",
        "TENTANG\n",
        "Menimbang : a. bahwa\n",
        "1. Jabatan : KASI\n",
        "x\t\t\n",
        "2O24\t1\t2\t3\n",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=20), max_size=25))
@example(["00/", "No.\tIndikator Kinerja\tRumus\n", "1\tNilai IKM\tx 25\n"])
def test_any_mixture_of_parts_gives_a_record_or_a_reason(parts: list[str]) -> None:
    data = "".join(parts).encode(errors="replace")
    try:
        decree = extractors.read_bytes(data, "campuran.txt")
    except ReadError as error:
        assert error.remedy
    else:
        nowhere = printed_leaves(decree) ^ set(decree.provenance)
        assert [pointer for pointer in sorted(nowhere) if not CONCLUDED.fullmatch(pointer)] == []
