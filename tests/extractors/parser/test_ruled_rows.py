"""Where rules part rows, they decide; sections across a table are headings of what follows."""

import extractors
from extractors.model.record import Decree, Indicator

HEAD = "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH\n\nInstansi : KECAMATAN SUKAMULIH\n\n"


def read(table: str) -> Decree:
    """Return the record of a table in HTML."""
    return extractors.read_bytes((HEAD + table).encode(), "lembar.html.txt")


def html(header: str, *rows: str) -> str:
    """Return a table; ``*2 text`` is a cell over two rows, ``=5 text`` one over five columns."""
    text = "".join(f"<th>{title}</th>" for title in header.split(" | "))
    lines = [f"<tr>{text}</tr>"]
    for row in rows:
        cells = ""
        for cell in row.split(" | "):
            span, _, content = cell.partition(" ")
            if span.startswith("*"):
                cells += f"<td rowspan='{span[1:]}'>{content}</td>"
            elif span.startswith("="):
                cells += f"<td colspan='{span[1:]}'>{content}</td>"
            else:
                cells += f"<td>{cell}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def indicators(header: str, *rows: str) -> list[Indicator]:
    """Return the indicators of a table in HTML."""
    return read(html(header, *rows)).holders[0].indicators


def test_a_row_beside_merged_cells_is_an_indicator_whatever_its_first_word() -> None:
    made = indicators(
        "No | Sasaran | Indikator Kinerja | Formulasi | Sumber Data",
        "*2 1 | *2 Tertib desa | Persentase desa tertib | Jumlah A / Jumlah B | Register",
        "% aset tercatat | Jumlah C / Jumlah D | Buku",
    )
    assert [(i.number, i.name, i.objective) for i in made] == [
        (1, "Persentase desa tertib", "Tertib desa"),
        (None, "% aset tercatat", "Tertib desa"),
    ]


def test_a_row_with_its_own_target_is_an_indicator_without_a_number() -> None:
    made = indicators(
        "No | Sasaran | Indikator Kinerja | Target",
        "1 | Siaga bencana | Indeks siaga | 0,7",
        " |  | Warga terlatih | 120 Orang",
    )
    assert [i.name for i in made] == ["Indeks siaga", "Warga terlatih"]
    assert made[1].objective == "Siaga bencana"


def test_numbers_before_names_are_no_part_of_them() -> None:
    made = indicators(
        "Sasaran | Indikator Kinerja | Target",
        "*2 Tertib desa | IKU 1.1 Desa tertib | 10",
        "IKU 1.2 Desa lunas | 12",
        "Aman | IKU 2.1 Desa aman | 15",
    )
    assert [i.name for i in made] == ["Desa tertib", "Desa lunas", "Desa aman"]


def test_numbers_without_a_stop_are_those_of_the_indicators() -> None:
    made = indicators(
        "Sasaran | Indikator Kinerja | Target",
        "*2 Tertib | 1 Desa tertib | 10",
        "2 Desa lunas | 12",
        "Aman | 3 Desa aman | 9",
    )
    assert [(i.number, i.name) for i in made] == [(1, "Desa tertib"), (2, "Desa lunas"), (3, "Desa aman")]


def test_a_name_that_begins_with_a_number_keeps_it() -> None:
    made = indicators(
        "Sasaran | Indikator Kinerja | Target", "Tertib | 10 program PKK aktif | 10", "Aman | Pos aktif | 12"
    )
    assert made[0].name == "10 program PKK aktif"


def test_a_section_is_the_group_where_objectives_have_a_column() -> None:
    made = indicators(
        "No | Sasaran | Indikator Kinerja | Formulasi | Sumber Data",
        "=5 MISI KEDUA : Desa sejahtera",
        "1 | Tertib desa | Desa tertib | Jumlah desa tertib | Register",
    )
    assert [(i.name, i.objective, i.group) for i in made] == [
        ("Desa tertib", "Tertib desa", "MISI KEDUA : Desa sejahtera")
    ]


def test_a_section_is_the_objective_where_none_has_a_column() -> None:
    made = indicators(
        "No | Indikator Kinerja | Formulasi | Sumber Data",
        "=4 TERTIBNYA DESA",
        "1 | Desa tertib | Jumlah desa tertib | Register",
    )
    assert [(i.name, i.objective, i.group) for i in made] == [("Desa tertib", "TERTIBNYA DESA", None)]


def test_agencies_that_rows_name_are_holders_of_what_follows() -> None:
    decree = read(
        html(
            "Program | Indikator Kinerja | Target | Realisasi",
            "KECAMATAN SUKAMULIH |  |  | ",
            "Pelayanan | Nilai SKM | 80 | 81",
            "KECAMATAN SUKARAJA |  |  | ",
            "Pelayanan | Nilai SKM | 70 | 71",
        )
    )
    assert [(h.name, len(h.indicators)) for h in decree.holders][-2:] == [
        ("KECAMATAN SUKAMULIH", 1),
        ("KECAMATAN SUKARAJA", 1),
    ]


def test_dashes_below_a_name_are_its_parts() -> None:
    [one] = indicators(
        "Sasaran | Indikator Kinerja | Satuan | Target",
        "Tuntas | <p>Persentase temuan tuntas</p><p>- Keuangan</p><p>- Aset</p> | Persen | 90",
    )
    assert one.name == "Persentase temuan tuntas - Keuangan - Aset"


def test_objectives_in_the_column_of_indicators_are_those_of_the_rows_below() -> None:
    made = indicators(
        "Sasaran / Indikator Kinerja | Satuan | Target",
        "Meningkatnya layanan |  | ",
        "Nilai SKM | Nilai | 80",
        "Jumlah aduan selesai | Aduan | 20",
    )
    assert [(i.name, i.objective) for i in made] == [
        ("Nilai SKM", "Meningkatnya layanan"),
        ("Jumlah aduan selesai", "Meningkatnya layanan"),
    ]


def test_a_heading_behind_a_letter_is_a_section() -> None:
    made = indicators(
        "No | Bidang | Indikator Kinerja | Formulasi",
        "A | PENDIDIKAN |  | ",
        "1 |  | Angka partisipasi | Jumlah siswa / jumlah anak x 100%",
    )
    assert [(i.number, i.name, i.objective) for i in made] == [(1, "Angka partisipasi", "PENDIDIKAN")]


def test_codes_of_programmes_are_no_part_of_names() -> None:
    made = indicators(
        "Kode | Program | Indikator Kinerja | Satuan | Target",
        "7.01.01.2.01 | Perencanaan | Jumlah dokumen | Dokumen | 6",
    )
    assert (made[0].name, made[0].extra["Kode"]) == ("Jumlah dokumen", "7.01.01.2.01")


def test_goals_objectives_and_programmes_on_rows_of_their_own_give_the_level() -> None:
    made = indicators(
        "Tujuan | Sasaran | Program | Indikator | Satuan | Target 2025",
        "Mewujudkan warga sehat |  |  | Usia harapan hidup | Tahun | 72",
        " | Meningkatnya gizi |  | Balita bergizi baik | % | 90",
        " |  | *2 Program Gizi | Posyandu yang aktif | Unit | 30",
        " |  | Kader yang terlatih | Orang | 60",
    )
    assert [(i.level, i.objective) for i in made] == [
        ("tujuan", "Mewujudkan warga sehat"),
        ("sasaran", "Meningkatnya gizi"),
        ("program", "Meningkatnya gizi"),
        ("program", "Meningkatnya gizi"),
    ]
    assert [i.extra.get("Program") for i in made[2:]] == ["Program Gizi"] * 2
