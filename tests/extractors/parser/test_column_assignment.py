"""Columns are understood from their titles by parts, from their cells and from what stands beside them."""

import pytest

import extractors
from extractors.errors import ReadError, ReadStatus
from extractors.model.record import Decree, Indicator
from extractors.parser.tables import cell_evidence, title_cues

HEAD = "INDIKATOR KINERJA UTAMA\nDINAS PERIKANAN KABUPATEN SUKAMAJU\nTAHUN 2025-2029\n\n"


def read(*lines: str, head: str = HEAD) -> Decree:
    """Return the record of a table, cells written with `` | `` between them."""
    table = "\n".join(line.replace(" | ", "\t").removesuffix(" |") for line in lines)
    return extractors.read_bytes((head + table + "\n").encode(), "lembar.txt")


def indicators(*lines: str) -> list[Indicator]:
    """Return the indicators of a table."""
    return read(*lines).holders[0].indicators


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Nama IKU", "name"),
        ("Tolok Ukur Capaian", "name"),
        ("lndikator Klnerja", "name"),
        ("Indikator Kinerja Sasaran", "name"),
        ("Sasaran Kinerja Utama", "objective"),
        ("KINERJA UTAMA / SASARAN", "objective"),
        ("Satuan Ukur", "unit"),
        ("Metode Pengukuran", "formula"),
        ("Tata Cara Penghitungan", "formula"),
        ("Definisi Operasional dan Rumus Perhitungan", "formula_or_explanation"),
        ("Sumber Data / Penanggung Jawab", "source_or_responsible"),
        ("Bidang Penanggung Jawab", "responsible"),
        ("Jawab Penanggung", "responsible"),
        ("Target RPJMD", "target"),
        ("Kondisi Awal (2024)", "baseline"),
        ("Jenis Indikator", "extra"),
    ],
)
def test_the_head_of_a_title_names_the_field(title: str, field: str) -> None:
    scores = title_cues.score_title(title, "indicators")
    assert max(scores, key=lambda name: scores[name].score) == field


@pytest.mark.parametrize("title", ["Keterkaitan", "Strategi Dinas", ""])
def test_a_title_without_a_cue_names_nothing(title: str) -> None:
    assert not any(score.score >= 0.75 for score in title_cues.score_title(title, "indicators").values())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("94,20%", "value"),
        ("12 Desa", "value"),
        ("Level 3", "value"),
        ("Rp 125.000.000", "money"),
        ("1.250.000.000", "money"),
        ("Persen", "unit"),
        ("orang per desa", "unit"),
        ("Jumlah kapal dibagi jumlah nelayan", "formula"),
        ("Meningkatnya hasil tangkapan", "outcome"),
        ("Lancarnya pelabuhan", "outcome"),
        ("Kepala Bidang Tangkap", "post"),
        ("Laporan tahunan", "document"),
        ("Nelayan aktif adalah nelayan yang melaut setiap bulan", "prose"),
    ],
)
def test_a_cell_speaks_for_itself(text: str, kind: str) -> None:
    assert kind in cell_evidence.classify_cell(text)


def test_one_unknown_title_costs_no_table() -> None:
    [one] = indicators(
        "No | Hasil Kerja | Tolok Ukur | Teknik Menghitung | Acuan Awal | Rencana 2026 | Pemangku",
        "1 | Meningkatnya mutu | Persentase kapal aktif | Kapal aktif / kapal x 100% | A | 80 | Kasi Kapal",
    )
    assert (one.objective, one.name) == ("Meningkatnya mutu", "Persentase kapal aktif")
    assert one.formula is not None and one.formula.raw == "Kapal aktif / kapal x 100%"
    assert [(t.year, t.value) for t in one.targets] == [(2026, "80")]
    assert one.responsible == ["Kasi Kapal"]


def test_a_table_without_titles_is_known_by_its_cells_and_noted() -> None:
    decree = read(
        "Meningkatnya produksi | Persentase kapal aktif | Jumlah kapal aktif / jumlah kapal x 100% | 80%",
        "Terjaganya mutu | Indeks kesegaran ikan | Rata-rata nilai uji | 3,4",
    )
    first, second = decree.holders[0].indicators
    assert (first.objective, first.name) == ("Meningkatnya produksi", "Persentase kapal aktif")
    assert second.formula is not None and second.formula.raw == "Rata-rata nilai uji"
    assert [t.value for t in second.targets] == ["3,4"]
    assert "untitled-table" in {note.code for note in decree.notes}


def test_numbers_whose_columns_nothing_names_are_kept_but_not_as_targets() -> None:
    first, _ = indicators(
        "Meningkatnya produksi | Persentase kapal aktif | Persen | 80 | 85",
        "Terjaganya mutu | Indeks kesegaran ikan | Indeks | 3,1 | 3,2",
    )
    assert (first.targets, first.extra) == ([], {"(4)": "80", "(5)": "85"})


def test_levels_side_by_side_give_the_indicators_of_the_objective() -> None:
    [one] = indicators(
        "Tujuan | Indikator Tujuan | Sasaran | Indikator Sasaran | Satuan | Program | Indikator Program",
        "Laut lestari | Indeks | Terjaganya karang | Luas karang sehat | Ha | Konservasi | Jumlah patroli",
    )
    assert (one.name, one.objective, one.unit) == ("Luas karang sehat", "Terjaganya karang", "Ha")
    assert one.extra["Indikator Program"] == "Jumlah patroli"


def test_baseline_quarters_and_realisations_have_fields_of_their_own() -> None:
    html = (
        "<table><tr><th rowspan=2>Sasaran</th><th rowspan=2>Indikator</th>"
        "<th rowspan=2>Kondisi Awal 2024</th><th rowspan=2>Target 2025</th>"
        "<th colspan=2>Target Triwulan</th><th colspan=2>Realisasi Triwulan I</th></tr>"
        "<tr><th>I</th><th>II</th><th>K</th><th>Rp</th></tr>"
        "<tr><td>Terjaganya mutu</td><td>Nilai uji</td><td>60</td><td>70</td><td>65</td><td>70</td>"
        "<td>64</td><td>1.250.000</td></tr></table>"
    )
    [one] = read(html).holders[0].indicators
    assert one.baseline is not None and (one.baseline.year, one.baseline.value) == (2024, "60")
    assert [(t.year, t.value) for t in one.targets] == [(2025, "70")]
    assert [(t.quarter, t.value) for t in one.quarter_targets] == [(1, "65"), (2, "70")]
    assert [(r.quarter, r.value, r.budget) for r in one.realisations] == [(1, "64", 1_250_000)]


def test_sources_and_officers_of_one_column_are_parted() -> None:
    [one] = indicators(
        "Indikator | Rumus | Sumber Data / Penanggung Jawab",
        "Nilai uji | Rata-rata x 25 | Buku uji / Kasi Mutu",
    )
    assert (one.data_sources, one.responsible) == (["Buku uji"], ["Kasi Mutu"])


def test_a_refusal_names_the_titles_that_were_found() -> None:
    with pytest.raises(ReadError) as error:
        read("No | Nama Kapal | Pemilik", "1 | Camar | Budi", "2 | Elang | Ani")
    assert error.value.status is ReadStatus.NO_TABLE
    assert "Nama Kapal | Pemilik" in error.value.message


def test_a_diagram_of_boxes_is_refused_by_name() -> None:
    text = (
        "POHON KINERJA DINAS PERIKANAN\n\nIndikator : Indeks laut\n\n"
        "Indikator : Jumlah kapal    Indikator : Jumlah jaring\n"
        "Indikator : Jumlah patroli    Indikator : Jumlah pos\n"
    )
    with pytest.raises(ReadError, match="pohon kinerja") as error:
        extractors.read_bytes(text.encode(), "pohon.txt")
    assert error.value.status is ReadStatus.NO_TABLE
