"""Perjanjian Kinerja: parties, holder, programmes, signatures side by side."""

from __future__ import annotations

import extractors
from extractors.model.page import Line, Page
from extractors.model.passage import Passage, PrintedPlace, create_word_ref
from extractors.model.record import Decree
from extractors.parser.document import signature_columns
from extractors.parser.document.running_lines import find_running_lines

PLEDGE = """PERJANJIAN KINERJA TAHUN 2025
KECAMATAN SUKA MULIH KABUPATEN WANA REJA

Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan, dan akuntabel serta
berorientasi pada hasil, kami yang bertanda tangan di bawah ini :

N a m a : SITI CONTOHWATI, S.Sos., M.Si.
Jabatan : Camat Suka Mulih
selanjutnya disebut PIHAK PERTAMA

Nama : Drs. BAGUS TELADAN
Jabatan : Bupati Wana Reja
selaku atasan langsung PIHAK PERTAMA, selanjutnya disebut PIHAK KEDUA

PIHAK PERTAMA berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini.

Suka Mulih, 9 Januari 2025
PIHAK KEDUA,
BUPATI WANA REJA

Drs. BAGUS TELADAN

PIHAK PERTAMA,
CAMAT SUKA MULIH

SITI CONTOHWATI, S.Sos., M.Si.
Pembina
NIP. 19790101 200501 2 003

LAMPIRAN PERJANJIAN KINERJA TAHUN 2025

No\tSasaran\tIndikator Kinerja\tSatuan\tTarget
1\tMeningkatnya pelayanan\tNilai survei kepuasan masyarakat\tNilai\t84
2\tMeningkatnya ketertiban\tPersentase gangguan yang ditangani\tPersen\t90

No\tProgram\tAnggaran\tKeterangan
1\tProgram Pelayanan Publik\tRp 120.500.000,00\tAPBD
2\tProgram Pembinaan Desa\tRp. 79.500.000,-\tAPBD
\tJUMLAH\tRp 200.000.000,00\t
"""


def read(text: str) -> Decree:
    return extractors.read_bytes(text.encode(), "pk.md")


def test_the_first_party_is_holder_and_signatory() -> None:
    decree = read(PLEDGE)
    assert (decree.kind, decree.year, decree.date) == ("PK", 2025, "2025-01-09")
    assert decree.title == "PERJANJIAN KINERJA TAHUN 2025 KECAMATAN SUKA MULIH KABUPATEN WANA REJA"
    assert [(p.role, p.name, p.position) for p in decree.parties] == [
        ("first", "SITI CONTOHWATI, S.Sos., M.Si.", "Camat Suka Mulih"),
        ("second", "Drs. BAGUS TELADAN", "Bupati Wana Reja"),
    ]
    assert [(h.type, h.name) for h in decree.holders] == [("position", "Camat Suka Mulih")]
    assert decree.signatory is not None
    assert decree.signatory.name == "SITI CONTOHWATI, S.Sos., M.Si."
    assert decree.signatory.nip == "197901012005012003"


def test_targets_of_a_pledge_are_of_its_year() -> None:
    indicators = read(PLEDGE).holders[0].indicators
    assert [(t.year, t.value) for i in indicators for t in i.targets] == [(2025, "84"), (2025, "90")]


def test_programs_have_budgets_in_rupiah_and_their_sum_is_none_of_them() -> None:
    decree = read(PLEDGE)
    assert [(p.name, p.budget, p.note) for p in decree.programs] == [
        ("Program Pelayanan Publik", 120_500_000, "APBD"),
        ("Program Pembinaan Desa", 79_500_000, "APBD"),
    ]
    assert not [note for note in decree.notes if note.code in ("sum-differs", "unplaced-text")]


def test_a_sum_that_is_not_that_of_the_rows_is_noted() -> None:
    decree = read(PLEDGE.replace("200.000.000", "200.000.100"))
    assert [note.printed for note in decree.notes if note.code == "sum-differs"] == ["Rp 200.000.100,00"]


def test_programs_without_a_table_are_read_line_by_line() -> None:
    head, _, _ = PLEDGE.partition("No\tProgram")
    lines = (
        "PROGRAM ANGGARAN\n1. Program Pelayanan Publik Rp 120.500.000,00\n"
        "2. Program Pembinaan Desa dan Rp 79.500.000,00\nKelurahan\nJUMLAH Rp 200.000.000,00\n"
    )
    programs = read(head + "\n" + lines).programs
    assert [(p.name, p.budget) for p in programs] == [
        ("Program Pelayanan Publik", 120_500_000),
        ("Program Pembinaan Desa dan Kelurahan", 79_500_000),
    ]


def test_the_number_of_a_programme_may_be_printed_lower_than_its_row() -> None:
    head, _, _ = PLEDGE.partition("No\tProgram")
    lines = (
        "PROGRAM ANGGARAN\nProgram Pelayanan Publik Rp 120.500.000,00\n1.\n"
        "Program Pembinaan Desa dan Rp 79.500.000,00\n2.\nKelurahan\nJUMLAH Rp 200.000.000,00\n"
    )
    names = [program.name for program in read(head + "\n" + lines).programs]
    assert names == ["Program Pelayanan Publik", "Program Pembinaan Desa dan Kelurahan"]


def test_a_legal_basis_that_cites_pledges_makes_no_pledge() -> None:
    decree = read(
        "INDIKATOR KINERJA UTAMA\nKECAMATAN SUKA MULIH TAHUN 2025\n\n"
        "Mengingat : 1. Peraturan Menteri Nomor 53 Tahun 2014 tentang Petunjuk Teknis\n"
        "Perjanjian Kinerja, Pelaporan Kinerja dan Tata Cara Reviu;\n\n"
        "No\tSasaran\tIndikator Kinerja Utama\tRumus\n1\tTertib\tNilai IKM\tRata-rata x 25\n"
    )
    assert (decree.kind, decree.parties) == ("IKU", [])


def line(*words: tuple[str, float]) -> Line:
    """A line of words, each with its left edge; six points a letter."""
    printed = [
        (text, create_word_ref(PrintedPlace(1, (x, 10.0, x + 6 * len(text), 20.0)))) for text, x in words
    ]
    return Line(Passage.from_words(printed))


def test_signatures_side_by_side_are_read_one_after_the_other() -> None:
    lines = [
        line(("Mengetahui,", 60), ("Sukamulih,", 320), ("9", 384), ("Mei", 394), ("2025", 416)),
        line(("BUPATI", 60), ("WANAREJA", 100), ("CAMAT", 320), ("SUKAMULIH", 354)),
        line(("BAGUS", 60), ("SITI", 320), ("CONTOHWATI", 350)),
        line(("NIP", 320), ("197901012005012003", 344)),
    ]
    arranged = signature_columns.arrange_signatures(lines)
    assert [element.text.text for element in arranged if isinstance(element, Line)] == [
        "Mengetahui,",
        "BUPATI WANAREJA",
        "BAGUS",
        "Sukamulih, 9 Mei 2025",
        "CAMAT SUKAMULIH",
        "SITI CONTOHWATI",
        "NIP 197901012005012003",
    ]


def test_labels_and_their_values_are_no_columns() -> None:
    lines = [
        line(("Ditetapkan", 320), ("di", 384), (":", 440), ("Sukamulih", 450)),
        line(("Pada", 320), ("tanggal", 348), (":", 440), ("9", 450), ("Mei", 460), ("2025", 482)),
        line(("CAMAT", 320), ("SUKAMULIH,", 354)),
        line(("NIP", 320), ("197901012005012003", 344)),
    ]
    assert signature_columns.arrange_signatures(lines) == lines


def test_a_title_that_heads_every_page_is_no_running_line() -> None:
    pages = [
        Page((line(("PERJANJIAN", 60), ("KINERJA", 130), ("TAHUN", 180), ("2025", 220)), line(("Satu", 60)))),
        Page((line(("PERJANJIAN", 60), ("KINERJA", 130), ("TAHUN", 180), ("2025", 220)), line(("Dua", 60)))),
    ]
    assert find_running_lines(*pages) == frozenset()


def test_an_annex_without_its_pledge_is_that_of_whom_the_mark_calls_first_party() -> None:
    """The superior signs first, and heads an office too."""
    table = PLEDGE[PLEDGE.index("LAMPIRAN") : PLEDGE.index("No\tProgram")]
    decree = read(
        f"{table}\nSuka Mulih, 9 Januari 2025\n"
        "PIHAK KEDUA,\nCAMAT SUKA MULIH\n\nSITI CONTOHWATI, S.Sos.\nNIP. 19790101 200501 2 003\n\n"
        "PIHAK PERTAMA,\nKASI PELAYANAN UMUM\n\nRIZAL PERCONTOHAN, S.IP.\nNIP. 19850214 201001 1 004\n"
    )
    assert decree.signatory is not None
    assert decree.signatory.name == "RIZAL PERCONTOHAN, S.IP."
    assert decree.signatory.nip == "198502142010011004"
    assert [holder.name for holder in decree.holders] == ["KASI PELAYANAN UMUM"]
    unplaced = [note.printed or "" for note in decree.notes if note.code == "unplaced-text"]
    assert any("SITI CONTOHWATI" in printed for printed in unplaced)


def test_a_mark_in_the_minutes_of_a_decree_says_nothing_of_who_signs_the_decree() -> None:
    block = "CAMAT SUKA MULIH\n\nSITI CONTOHWATI, S.Sos.\nNIP. 19790101 200501 2 003\n\n"
    minutes = "PIHAK PERTAMA,\nSEKRETARIS\n\nRIZAL PERCONTOHAN, S.IP.\nNIP. 19850214 201001 1 004\n"
    decree = read(
        "INDIKATOR KINERJA UTAMA\nKECAMATAN SUKA MULIH TAHUN 2025\n\n"
        "No\tSasaran\tIndikator Kinerja Utama\tRumus\n1\tTertib\tNilai IKM\tRata-rata x 25\n\n"
        f"Suka Mulih, 9 Januari 2025\n{block}{minutes}"
    )
    assert decree.signatory is not None
    assert decree.signatory.name == "SITI CONTOHWATI, S.Sos."
