"""Tables of every make become the same indicators: column order, split rows, merged cells, broken pages."""

import pytest

import extractors
from extractors.model.record import Decree, Indicator

HEAD = "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH\n\nInstansi : KECAMATAN SUKAMULIH\n\n"


def read(text: str) -> Decree:
    return extractors.read_bytes((HEAD + text).encode(), "lembar.txt")


def indicators(text: str) -> list[Indicator]:
    return read(text).holders[0].indicators


def rows(*lines: str) -> str:
    """Rows of a tab-separated table, cells written with `` | `` between them."""
    return "\n".join(line.replace(" | ", "\t").removesuffix(" |") for line in lines) + "\n"


def test_columns_are_known_by_their_titles_in_any_order_and_through_ocr_damage() -> None:
    [one] = indicators(
        rows(
            "Penangqung Jawab | lndikator Kinerja | Rumus/Forrnula | N0. | Sumber Dala | Sasaran Strateqis",
            "Camat | Nilai SAKIP | Nilai hasil evaluasi | 1 | LHE Inspektorat | Meningkatnya akuntabilitas",
        )
    )
    assert (one.name, one.objective, one.responsible) == (
        "Nilai SAKIP",
        "Meningkatnya akuntabilitas",
        ["Camat"],
    )
    assert one.formula is not None and one.formula.raw == "Nilai hasil evaluasi"
    assert one.data_sources == ["LHE Inspektorat"]


def test_a_column_that_no_field_fits_is_kept_under_its_title() -> None:
    [one] = indicators(rows("Indikator | Rumus | Tipe Penghitungan", "Nilai IKM | x 25 | Non kumulatif"))
    assert one.extra == {"Tipe Penghitungan": "Non kumulatif"}


def test_targets_by_year_under_one_title() -> None:
    [one] = indicators(
        rows(
            "No | Indikator Kinerja | Satuan | Target |  |  | Sumber Data",
            " |  |  | 2024 | 2O25 | 2026 | ",
            "1 | Nilai IKM | Indeks | 82 | 83,5 |  | SKM",
        )
    )
    assert [(t.year, t.value) for t in one.targets] == [(2024, "82"), (2025, "83,5")]
    assert one.unit == "Indeks"


def test_header_repeated_and_row_of_column_numbers_are_no_rows() -> None:
    header = "No | Sasaran | Indikator Kinerja | Formulasi | Sumber Data"
    text = rows(header, "1 | 2 | 3 | 4 | 5", "1 | A | Nilai IKM | x 25 | SKM") + "\n- 2 -\n\n"
    text += rows(header, "1 | 2 | 3 | 4 | 5", "2 | A | Nilai SAKIP | LHE | LHE")
    assert [(i.number, i.name) for i in indicators(text)] == [(1, "Nilai IKM"), (2, "Nilai SAKIP")]


def test_a_row_broken_by_a_page_goes_on_with_the_indicator_above() -> None:
    header = "No | Sasaran | Indikator Kinerja | Formulasi | Sumber Data"
    text = rows(header, "1 | Meningkatnya tertib | Persentase desa | Jumlah A dibagi | Register") + "\n"
    text += rows(header, " | administrasi | yang tertib | jumlah B | desa", "2 | B | Nilai IKM | x 25 | SKM")
    first, second = indicators(text)
    assert (first.objective, first.name) == (
        "Meningkatnya tertib administrasi",
        "Persentase desa yang tertib",
    )
    assert first.formula is not None and first.formula.raw == "Jumlah A dibagi jumlah B"
    assert first.data_sources == ["Register desa"]
    assert second.number == 2


def test_printed_lines_that_ocr_made_rows_of_are_put_together_by_their_dashes() -> None:
    made = indicators(
        rows(
            "Sasaran | Indikator Kinerja | Penjelasan/Formulasi Penghitungan | Sumber Data",
            "Situasi aman | - Jumlah Kegiatan | Jumlah Kegiatan | Seluruh desa",
            "dan tertib | Pembinaan Linmas | Pembinaan | ",
            " | - Jumlah laporan | Jumlah laporan | Seluruh desa",
            "Tertib aset | - Jumlah aset | Jumlah aset | Kartu inventaris",
        )
    )
    assert [i.name for i in made] == ["Jumlah Kegiatan Pembinaan Linmas", "Jumlah laporan", "Jumlah aset"]
    assert [i.objective for i in made] == ["Situasi aman dan tertib"] * 2 + ["Tertib aset"]


def test_a_sum_with_a_bar_of_its_own_begins_another_indicator() -> None:
    made = indicators(
        rows(
            "Sasaran | Indikator Kinerja | Formulasi | Sumber Data",
            "Tertib | - Persentase kehadiran | ∑ pegawai hadir x 100% | Presensi",
            " | pegawai | ∑ pegawai | ",
            " | penyerapan | ∑ anggaran terserap —————————— | SPJ",
            " | anggaran | ∑ anggaran | ",
        )
    )
    assert [i.name for i in made] == ["Persentase kehadiran pegawai", "penyerapan anggaran"]


def test_one_row_with_several_numbered_indicators_is_divided() -> None:
    made = indicators(
        rows(
            "No | Sasaran Strategis | Indikator Kinerja Utama | Rumus | Sumber Data | Penanggung Jawab",
            "1 | Meningkatnya mutu | <p>1. Nilai IKM</p><p>2. Persentase desa lunas PBB</p>"
            " | <p>Nilai IKM x 25</p><p>Jumlah desa lunas PBB</p><p>dibagi jumlah desa wajib PBB</p>"
            " | Survei dan register | Camat",
        )
    )
    assert [(i.number, i.name) for i in made] == [(1, "Nilai IKM"), (2, "Persentase desa lunas PBB")]
    assert [i.formula and i.formula.raw for i in made] == [
        "Nilai IKM x 25",
        "Jumlah desa lunas PBB dibagi jumlah desa wajib PBB",
    ]
    assert [i.responsible for i in made] == [["Camat"], ["Camat"]]


def test_a_cell_that_cannot_be_divided_is_given_to_each_and_noted() -> None:
    decree = read(
        rows("Indikator | Rumus | Sumber Data", "<li>Nilai IKM</li><li>Nilai IPP</li> | x 25 | Survei")
    )
    assert [i.data_sources for i in decree.holders[0].indicators] == [["Survei"], ["Survei"]]
    noted = {note.pointer for note in decree.notes if note.code == "shared-cell"}
    assert "/holders/0/indicators/1/data_sources" in noted


def test_explanation_and_formula_in_one_column() -> None:
    one, two = indicators(
        rows(
            "No | Indikator Kinerja | Penjelasan/Formulasi Penghitungan",
            "1 | Persentase LKD aktif | <p>LKD aktif / LKD x 100%</p><p>Penje1asan : aktif berapat.</p>",
            "2 | Nilai IKM | Indeks yang dimaksud adalah hasil survei tahunan.",
        )
    )
    assert one.formula is not None and one.formula.raw == "LKD aktif / LKD x 100%"
    assert one.explanation == "aktif berapat."
    assert two.formula is None and two.explanation == "Indeks yang dimaksud adalah hasil survei tahunan."


def test_merged_html_cells_fill_down() -> None:
    html = (
        "<table><tr><th>Sasaran</th><th>Indikator Kinerja</th><th>Penanggung Jawab</th></tr>"
        "<tr><td rowspan='2'>Tertib desa</td><td>Nilai A</td><td rowspan='2'>Camat</td></tr>"
        "<tr><td>Nilai B</td></tr></table>"
    )
    assert [(i.objective, i.responsible) for i in indicators(html)] == [("Tertib desa", ["Camat"])] * 2


def test_posts_in_a_column_are_holders() -> None:
    decree = read(
        rows(
            "No | Jabatan | Indikator Kinerja Individu | Formulasi",
            "1 | Kasi Pemerintahan | Jumlah desa binaan | Jumlah desa binaan",
            "2 |  | Jumlah laporan | Jumlah laporan",
            "3 | Bendahara | Jumlah SPJ | Jumlah SPJ",
        )
    )
    assert [(h.type, h.name, len(h.indicators)) for h in decree.holders] == [
        ("position", "Kasi Pemerintahan", 2),
        ("position", "Bendahara", 1),
    ]
    assert decree.kind == "IKI"


def test_the_last_lines_of_a_list_alone_on_a_page_are_no_header() -> None:
    header = "No | Indikator Kinerja | Formulasi | Penanggung Jawab"
    text = rows(header, "1 | Nilai IKM | x 25 | - Camat") + "\n"
    text += rows(header, " |  |  | - Sekretaris Kecamatan")
    [one] = indicators(text)
    assert one.responsible == ["Camat", "Sekretaris Kecamatan"]


def test_another_table_of_the_same_width_is_no_continuation() -> None:
    text = rows("No | Indikator Kinerja | Formulasi | Sumber", "1 | Nilai IKM | x 25 | SKM") + "\n"
    text += rows("No | Program | Pagu | Realisasi", "1 | Pelayanan | Rp 5.000 | Rp 4.000")
    made = indicators(text)
    assert [(i.name, i.formula and i.formula.raw) for i in made] == [("Nilai IKM", "x 25")]


def test_two_unknown_columns_with_one_title_are_told_apart() -> None:
    [one] = indicators(rows("Indikator | Rumus | Tren | Tren", "Nilai IKM | x 25 | naik | turun"))
    assert one.extra == {"Tren": "naik", "Tren (2)": "turun"}


@pytest.mark.slow
def test_a_header_of_two_meanings_is_read_alike_in_every_process() -> None:
    import subprocess
    import sys

    header = "Indikator | Rumus | Sumber Data\\n |  | Penanggung Jawab\\nNilai IKM | x 25 | Camat"
    code = (
        "import extractors; t = 'INDIKATOR KINERJA UTAMA\\n\\n' + '" + header + "'.replace(' | ', '\\t');"
        "print(extractors.read_bytes(t.encode(), 'a').model_dump_json())"
    )
    made = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1 and made != {b""}
