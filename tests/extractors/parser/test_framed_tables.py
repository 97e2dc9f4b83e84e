"""One frame around several things: a form above a table's header, annex tables one below the other."""

from extractors.model.page import COVERED_CELL, EMPTY_CELL, Cell, Line, Page, Table, TableRow
from extractors.model.passage import Passage, PrintedPlace
from extractors.model.record import Decree
from extractors.parser import parse_pages

ANNEX = ("Uraian Aktivitas", "Output", "Bukti")
INDICATORS = (
    ("No", "Sasaran", "Indikator Kinerja", "Formula", "Sumber Data"),
    ("1", "Desa tertib", "Persentase desa tertib", "Jumlah desa tertib / Jumlah desa", "Register"),
)


def line(text: str, gap: bool = False) -> Line:
    return Line(Passage.from_text(text, PrintedPlace(lines=(1, 1))), gap=gap)


def row(*texts: str) -> TableRow:
    """Return a row; ``^`` is a place of a merged cell, lines of a cell stand behind a stroke."""
    return tuple(
        COVERED_CELL
        if text == "^"
        else Cell(tuple(line(part) for part in text.split("|")))
        if text
        else EMPTY_CELL
        for text in texts
    )


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(row(*texts) for texts in rows))


def record(*pages: tuple[Line | Table, ...]) -> Decree:
    document = {"sha256": "0" * 64, "name": "a.pdf", "media_type": "application/pdf", "pages": len(pages)}
    parsed, _ = parse_pages([Page(blocks) for blocks in pages], {**document, "origin": "digital"})
    return parsed.to_decree()


def activities(*blocks: Line | Table) -> list[tuple[str, int | None, str]]:
    decree = record((line("INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH"), table(*INDICATORS), *blocks))
    return [(a.category, a.number, a.name) for a in decree.activities]


def test_a_form_in_the_first_cell_of_a_table_is_read_as_one() -> None:
    form = (
        "INDIKATOR KINERJA UTAMA|KECAMATAN SUKAMULIH|TAHUN 2021-2026|Instansi : KECAMATAN SUKAMULIH"
        "|Tugas : Membina desa.|Fungsi : a. membina;|b. melayani.|Tujuan : Desa yang maju"
    )
    decree = record((table((form, "^", "^", "^", "^"), *INDICATORS),))
    holder = decree.holders[0]
    assert (holder.name, holder.duties, holder.functions) == (
        "KECAMATAN SUKAMULIH",
        ["Membina desa."],
        ["membina;", "melayani."],
    )
    assert holder.goal == "Desa yang maju"
    assert decree.period is not None and decree.period.end == 2026
    assert [i.objective for i in holder.indicators] == ["Desa tertib"]


def test_a_row_of_titles_within_a_frame_begins_a_table_of_another_kind() -> None:
    made = activities(
        table(
            ("No", "Jenis Fasilitasi", *ANNEX),
            ("1", "Penyusunan perdes", "Pendampingan", "Perdes", "Undangan"),
            ("2", "Batas desa", "Mediasi", "Peta", "Peta"),
            ("2. JENIS KOORDINASI :", "^", "^", "^", "^"),
            ("No", "Jenis Koordinasi", *ANNEX),
            ("1", "Pendamping desa", "Rapat", "Rencana", "Notulen"),
            ("No", "Jenis Rekomendasi", *ANNEX),
            ("1", "Perangkat desa", "Penelitian", "Surat", "Salinan"),
        )
    )
    assert made == [
        ("facilitation", 1, "Penyusunan perdes"),
        ("facilitation", 2, "Batas desa"),
        ("coordination", 1, "Pendamping desa"),
        ("recommendation", 1, "Perangkat desa"),
    ]


def test_titles_printed_again_on_the_next_page_begin_no_table() -> None:
    header = ("No", "Jenis Fasilitasi", *ANNEX)
    made = activities(
        table(header, ("1", "Penyusunan perdes", "Pendampingan", "Perdes", "Undangan")),
        table(header, ("2", "Batas desa", "Mediasi", "Peta", "Peta")),
    )
    assert [number for _, number, _ in made] == [1, 2]
    assert {category for category, _, _ in made} == {"facilitation"}


def test_an_objective_that_a_page_cuts_is_one() -> None:
    header, first = INDICATORS
    upper = table(header, (first[0], "Meningkatnya ketertiban", *first[2:]))
    lower = table(header, ("2", "administrasi desa", "Nilai kepatuhan", "Jumlah nilai", "Buku"))
    decree = record((line("INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH"), upper), (lower,))
    assert [i.objective for i in decree.holders[0].indicators] == [
        "Meningkatnya ketertiban administrasi desa"
    ] * 2


def test_formulas_and_sources_of_a_packed_row_are_dealt_whole() -> None:
    names = "1. Indeks kepuasan|2. Persentase berkas selesai|3. Persentase aduan selesai"
    formulas = (
        "Jumlah nilai per unsur dibagi jumlah|unsur, dikalikan 25|(Jumlah berkas yang selesai :"
        "|Jumlah berkas masuk) x 100%|(Jumlah aduan selesai / Jumlah|aduan masuk) x 100%"
    )
    packed = ("1", "Mutu layanan", names, formulas, "Hasil survei|SKM|Buku register|Buku aduan")
    decree = record((line("INDIKATOR KINERJA UTAMA"), table(INDICATORS[0], packed)))
    made = decree.holders[0].indicators
    assert [i.formula and " ".join(i.formula.raw.split()) for i in made] == [
        "Jumlah nilai per unsur dibagi jumlah unsur, dikalikan 25",
        "(Jumlah berkas yang selesai : Jumlah berkas masuk) x 100%",
        "(Jumlah aduan selesai / Jumlah aduan masuk) x 100%",
    ]
    assert [i.data_sources for i in made] == [["Hasil survei SKM"], ["Buku register"], ["Buku aduan"]]


def test_a_packed_formula_that_cannot_be_divided_is_torn_for_nobody() -> None:
    names = "1. Indeks kepuasan|2. Persentase berkas selesai"
    packed = ("1", "Mutu layanan", names, "Jumlah berkas selesai dibagi|jumlah berkas|masuk x 100%", "Buku")
    decree = record((line("INDIKATOR KINERJA UTAMA"), table(INDICATORS[0], packed)))
    raws = {i.formula and " ".join(i.formula.raw.split()) for i in decree.holders[0].indicators}
    assert raws == {"Jumlah berkas selesai dibagi jumlah berkas masuk x 100%"}
    assert "/holders/0/indicators/0/formula" in {n.pointer for n in decree.notes if n.code == "shared-cell"}


def test_the_region_code_of_a_letterhead_and_a_place_without_a_date() -> None:
    decree = record(
        (
            line("KECAMATAN SUKAMULIH"),
            line("Jl. Raya Sukamulih No. 4 Telp. (0331) 4711 Kode Wilayah 35.99.07"),
            line("INDIKATOR KINERJA UTAMA", gap=True),
            table(*INDICATORS),
            line("Sukamulih", gap=True),
            line("CAMAT SUKAMULIH"),
            line("BUDI SANTOSO, S.Sos.", gap=True),
            line("NIP. 19700101 199503 1 001"),
        )
    )
    assert (decree.region_code, decree.place) == ("35.99.07", "Sukamulih")


def test_rows_numbered_from_one_again_are_of_the_kind_that_their_words_name() -> None:
    made = activities(
        table(
            ("No", "Jenis Fasilitasi", *ANNEX),
            ("1", "Fasilitasi perdes", "Pendampingan", "Perdes", "Undangan"),
            ("1", "Koordinasi pendamping", "Rapat", "Rencana", "Notulen"),
            ("2", "Koordinasi kawasan", "Rapat", "Usulan", "Notulen"),
        ),
        table(("1", "Rekomendasi perangkat", "Penelitian", "Surat", "Salinan")),
    )
    assert made == [
        ("facilitation", 1, "Fasilitasi perdes"),
        ("coordination", 1, "Koordinasi pendamping"),
        ("coordination", 2, "Koordinasi kawasan"),
        ("recommendation", 1, "Rekomendasi perangkat"),
    ]


def test_a_heading_across_the_table_names_the_kind_of_the_rows_below() -> None:
    made = activities(
        table(
            ("No", "Jenis Fasilitasi", *ANNEX),
            ("1", "Perdes", "Pendampingan", "Perdes", "Undangan"),
            ("B. Jenis Koordinasi", "^", "^", "^", "^"),
            ("1", "Pendamping desa", "Rapat", "Rencana", "Notulen"),
        )
    )
    assert made == [("facilitation", 1, "Perdes"), ("coordination", 1, "Pendamping desa")]


def test_one_row_with_another_kinds_word_stays_where_it_is_numbered() -> None:
    made = activities(
        table(
            ("No", "Jenis Fasilitasi", *ANNEX),
            ("1", "Fasilitasi perdes", "Pendampingan", "Perdes", "Undangan"),
            ("2", "Koordinasi pendamping", "Rapat", "Rencana", "Notulen"),
        )
    )
    assert [category for category, _, _ in made] == ["facilitation", "facilitation"]


def test_a_column_without_a_known_title_is_of_the_kind_that_all_its_cells_name() -> None:
    made = activities(
        table(
            ("No", "Nama Kegiatan", *ANNEX),
            ("1", "Koordinasi pendamping", "Rapat", "Rencana", "Notulen"),
            ("2", "Koordinasi kawasan", "Rapat", "Usulan", "Notulen"),
            ("1", "Rekomendasi perangkat", "Penelitian", "Surat", "Salinan"),
        )
    )
    assert [(category, number) for category, number, _ in made] == [
        ("coordination", 1),
        ("coordination", 2),
        ("recommendation", 1),
    ]


def test_row_numbers_in_one_cell_over_several_rows_are_dealt_to_them() -> None:
    header, first = INDICATORS
    upper = ("1|2", "Desa tertib", *first[2:])
    lower = ("^", "^", "Persentase aset tercatat", "Jumlah aset tercatat / Jumlah aset", "Buku")
    decree = record((line("INDIKATOR KINERJA UTAMA"), table(header, upper, lower)))
    assert [i.number for i in decree.holders[0].indicators] == [1, 2]
