"""Whose indicators they are, and which objective each has, where no label says it."""

from __future__ import annotations

import extractors
from extractors.model.page import Cell, Line, Page, Table
from extractors.model.passage import Passage, PrintedPlace
from extractors.model.record import Decree
from extractors.parser import parse_pages


def printed(text: str, gap: bool = False) -> Line:
    return Line(Passage.from_text(text, PrintedPlace(lines=(1, 1))), gap=gap)


def record(*blocks: Line | Table) -> Decree:
    document = {"sha256": "0" * 64, "name": "a.pdf", "media_type": "application/pdf", "pages": 1}
    parsed, _ = parse_pages([Page(blocks)], {**document, "origin": "digital"})
    return parsed.to_decree()


def table(title: str, name: str) -> Table:
    rows = (("No", title, "Formula", "Sumber Data"), ("1", name, f"Jumlah {name}", "SPJ"))
    return Table(tuple(tuple(Cell((printed(text),)) for text in row) for row in rows))


HEAD = printed("INDIKATOR KINERJA UTAMA PERANGKAT DAERAH")


def test_agencies_that_head_their_tables_are_holders() -> None:
    decree = record(
        HEAD,
        printed("I. KECAMATAN SUKAMULIH", gap=True),
        table("Indikator Kinerja", "Desa tertib"),
        printed("II. DINAS PERTANIAN", gap=True),
        table("Indikator Kinerja", "Petani aktif"),
    )
    assert [(h.type, h.name, [i.name for i in h.indicators]) for h in decree.holders] == [
        ("agency", "KECAMATAN SUKAMULIH", ["Desa tertib"]),
        ("agency", "DINAS PERTANIAN", ["Petani aktif"]),
    ]


def test_a_sentence_about_an_agency_heads_no_table() -> None:
    decree = record(
        HEAD,
        table("Indikator Kinerja", "Desa tertib"),
        printed("Kecamatan menyusun laporan setiap bulan.", gap=True),
        table("Indikator Kinerja", "Petani aktif"),
    )
    assert len(decree.holders) == 1


def test_the_old_form_titles_its_indicators_uraian() -> None:
    assert record(HEAD, table("Uraian", "Desa tertib")).holders[0].indicators[0].name == "Desa tertib"


def pairs(*lines: str) -> list[tuple[str, str | None]]:
    decree = record(HEAD, *(printed(text, gap=True) for text in lines))
    return [(i.name, i.objective) for holder in decree.holders for i in holder.indicators]


def test_an_objective_may_stand_behind_its_indicator() -> None:
    assert pairs(
        "Indikator : Desa tertib",
        "Sasaran : Meningkatnya ketertiban",
        "Formula : Jumlah desa tertib",
        "Indikator : Petani aktif",
        "Sasaran : Meningkatnya panen",
        "Formula : Jumlah petani aktif",
    ) == [("Desa tertib", "Meningkatnya ketertiban"), ("Petani aktif", "Meningkatnya panen")]


def test_an_objective_before_its_indicators_holds_for_all_of_them() -> None:
    assert pairs(
        "Sasaran : Meningkatnya ketertiban",
        "Indikator : Desa tertib",
        "Indikator : Dusun tertib",
        "Sasaran : Meningkatnya panen",
        "Indikator : Petani aktif",
    ) == [
        ("Desa tertib", "Meningkatnya ketertiban"),
        ("Dusun tertib", "Meningkatnya ketertiban"),
        ("Petani aktif", "Meningkatnya panen"),
    ]


def test_the_last_officer_of_a_list_is_no_objective() -> None:
    lines = ("Penanggung Jawab :", "a. Kasi Pemerintahan", "b. Sekretaris Kecamatan")
    decree = record(
        HEAD,
        printed("Sasaran : Meningkatnya ketertiban", gap=True),
        printed("Indikator : Desa tertib", gap=True),
        *(printed(text) for text in lines),
        printed("Indikator : Petani aktif", gap=True),
    )
    first, second = decree.holders[0].indicators
    assert first.responsible == ["Kasi Pemerintahan", "Sekretaris Kecamatan"]
    assert second.objective == "Meningkatnya ketertiban"


SHEETS = """INDIKATOR KINERJA UTAMA
DINAS CONTOH KABUPATEN WANA REJA TAHUN 2024-2026

MANUAL INDIKATOR KINERJA UTAMA

Kode Ukuran : U-1
Nama Indikator : Nilai kepuasan pemohon
Formulasi : Jumlah nilai / Jumlah pemohon
Arah Capaian : makin besar makin baik
Sumber Data : Laporan survei

MANUAL INDIKATOR KINERJA UTAMA

Kode Ukuran : U-2
Nama Indikator : Persentase izin tepat waktu
Formulasi : Izin tepat waktu / Izin terbit x 100%
Arah Capaian : makin besar makin baik
Sumber Data : Register izin
"""


def test_unknown_labels_of_an_indicators_sheet_are_kept_under_their_printed_name() -> None:
    decree = extractors.read_bytes(SHEETS.encode(), "manual.md")
    indicators = decree.holders[0].indicators
    assert [i.extra for i in indicators] == [
        {"Kode Ukuran": "U-1", "Arah Capaian": "makin besar makin baik"},
        {"Kode Ukuran": "U-2", "Arah Capaian": "makin besar makin baik"},
    ]
    assert [i.formula.raw for i in indicators if i.formula] == [
        "Jumlah nilai / Jumlah pemohon",
        "Izin tepat waktu / Izin terbit x 100%",
    ]
    assert decree.holders[0].name == "DINAS CONTOH KABUPATEN WANA REJA"


FORM_WITHOUT_COLONS = """INDIKATOR KINERJA UTAMA
1. Perangkat Daerah Dinas Contoh Kabupaten Wana Reja
2. Jabatan Kepala Dinas Contoh Kabupaten Wana Reja
3. Tugas Membantu Bupati menyelenggarakan urusan contoh
4. Fungsi a. Perumusan kebijakan contoh;
b. Pelaksanaan kebijakan contoh.

No\tSasaran\tIndikator Kinerja Utama\tRumus
1\tTertibnya contoh\tNilai contoh\tJumlah nilai / Jumlah contoh
"""


def test_an_agency_is_measured_where_the_form_names_its_head_beside_it() -> None:
    decree = extractors.read_bytes(FORM_WITHOUT_COLONS.encode(), "iku.md")
    holder = decree.holders[0]
    assert (decree.kind, holder.type, holder.name) == (
        "IKU",
        "agency",
        "Dinas Contoh Kabupaten Wana Reja",
    )
    assert holder.duties == ["Membantu Bupati menyelenggarakan urusan contoh"]
    assert holder.functions == ["Perumusan kebijakan contoh;", "Pelaksanaan kebijakan contoh."]


def test_the_head_of_an_agency_is_measured_where_the_title_speaks_of_individuals() -> None:
    text = FORM_WITHOUT_COLONS.replace("INDIKATOR KINERJA UTAMA", "INDIKATOR KINERJA INDIVIDU")
    decree = extractors.read_bytes(text.encode(), "iki.md")
    assert (decree.kind, decree.holders[0].type) == ("IKI", "position")


def test_a_table_of_labels_and_values_is_the_sheet_of_one_indicator() -> None:
    rows = (
        ("1", "Nama Indikator", "Nilai kepuasan pemohon"),
        ("2", "Definisi Operasional", "Nilai rata-rata dari unsur layanan"),
        ("3", "Formula", "Jumlah nilai / Jumlah pemohon"),
        ("4", "Arah Indikator", "Maksimum"),
        ("5", "Sumber Data", "Laporan survei"),
    )
    table = Table(tuple(tuple(Cell((printed(text),)) for text in row) for row in rows))
    decree = record(printed("KAMUS INDIKATOR KINERJA UTAMA TAHUN 2025"), table)
    indicator = decree.holders[0].indicators[0]
    assert decree.title == "KAMUS INDIKATOR KINERJA UTAMA TAHUN 2025"
    assert (indicator.name, indicator.data_sources) == ("Nilai kepuasan pemohon", ["Laporan survei"])
    assert indicator.explanation == "Nilai rata-rata dari unsur layanan"
    assert indicator.extra == {"Arah Indikator": "Maksimum"}


def test_a_target_with_its_year_on_a_sheet_is_a_target() -> None:
    sheets = SHEETS.replace("Arah Capaian : makin besar makin baik", "Target 2025 : 87,5")
    made = extractors.read_bytes(sheets.encode(), "manual.md").holders[0].indicators
    assert [[(t.year, t.value) for t in i.targets] for i in made] == [[(2025, "87,5")]] * 2
