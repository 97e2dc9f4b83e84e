"""Lists in every printed form: lettered, numbered, dashed, in one line, with lost or nested marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.page import Line
from extractors.model.passage import Passage, PrintedPlace
from extractors.parser.tables import list_items


def line(text: str, bullet: bool = False) -> Line:
    return Line(Passage.from_text(text, PrintedPlace(lines=(1, 1))), bullet=bullet)


def split(*texts: str) -> list[str]:
    return [item.text.text for item in list_items.split_items([line(text) for text in texts])]


@pytest.mark.parametrize(
    ("printed", "kind", "order"),
    [
        ("1. Nilai IKM", "digit", 1),
        ("2) Nilai", "digit", 2),
        ("(3) Nilai", "digit", 3),
        ("a. mengelola", "letter", 1),
        ("c)Menyusun", "letter", 3),
        ("- Camat", "dash", 0),
        ("• Camat", "dash", 0),
    ],
)
def test_marks(printed: str, kind: str, order: int) -> None:
    found = list_items.find_marker(printed)
    assert found is not None
    assert (found.kind, found.order) == (kind, order)


@pytest.mark.parametrize(
    "printed", ["85.5 persen", "1.000 desa", "31 Desember", "H-1", "RKP Desa", "- 3 -", "a/b"]
)
def test_what_only_looks_like_a_mark(printed: str) -> None:
    assert list_items.find_marker(printed) is None


def test_a_line_without_a_mark_goes_on_with_the_item_above() -> None:
    assert split("a. membina", "desa", "b. mengawasi") == ["membina desa", "mengawasi"]


def test_lettered_parts_stay_in_their_numbered_item() -> None:
    assert split("1. Administrasi Umum", "a. Buku Perdes", "b. Buku SK", "2. Lainnya") == [
        "Administrasi Umum a. Buku Perdes b. Buku SK",
        "Lainnya",
    ]


def test_a_bullet_that_lost_its_letter_is_an_item_of_its_own() -> None:
    listed = [
        line("a) merencanakan;"),
        line("b) mengelola", True),
        line("menyusun", True),
        line("d) melapor", True),
    ]
    assert [i.text.text for i in list_items.split_items(listed)] == [
        "merencanakan;",
        "mengelola",
        "menyusun",
        "melapor",
    ]


def test_items_in_one_line() -> None:
    assert split("1. Rapat 2. Dokumen/Laporan, 3. SK Camat") == ["Rapat", "Dokumen/Laporan,", "SK Camat"]
    assert split("- Sekretaris Kecamatan - Kasi Pemerintahan") == [
        "Sekretaris Kecamatan",
        "Kasi Pemerintahan",
    ]
    assert split("a. membina; b. mengawasi; c. melapor") == ["membina;", "mengawasi;", "melapor"]


def test_numbers_in_a_sentence_are_no_items() -> None:
    text = "1. Sosialisasi Perbup 25 Tahun 2018 (Semester 1 & 2) pada 3 desa"
    assert split(text) == ["Sosialisasi Perbup 25 Tahun 2018 (Semester 1 & 2) pada 3 desa"]


def test_a_list_broken_by_a_page_goes_on() -> None:
    assert split("4. Administrasi; a. Buku", "Kegiatan 5. Lainnya. a. Buku BPD") == [
        "Administrasi; a. Buku Kegiatan",
        "Lainnya. a. Buku BPD",
    ]


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("penyelenggaraa n ketenterama n", "penyelenggaraan ketenteraman"),
        ("ditindak- lanjuti", "ditindaklanjuti"),
        ("masalah- masalah", "masalah-masalah"),
        ("perundang- undangan", "perundang-undangan"),
        ("antar- Desa", "antar-Desa"),
        ("Jumlah pegawai x hari", "Jumlah pegawai x hari"),
        ("Izin tahun n", "Izin tahun n"),
        ("Rata - rata", "Rata - rata"),
    ],
)
def test_torn_words_are_joined_and_nothing_else(torn: str, whole: str) -> None:
    assert list_items.rejoin_torn_words(Passage.from_text(torn, PrintedPlace(lines=(1, 1)))).text == whole


@given(st.lists(st.text(alphabet="abc 12.);-•\n", max_size=30), max_size=6))
def test_no_word_of_a_list_is_lost(texts: list[str]) -> None:
    lines = [line(text) for text in texts]
    made = list_items.split_items(lines)
    kept = {
        word for item in made for word in (*item.text.words, *(w for mark in item.marks for w in mark.words))
    }
    assert kept == {word for one in lines for word in one.text.words}


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("yang ter- catat", "yang tercatat"),
        ("Pos- yandu yang aktif", "Posyandu yang aktif"),
        ("Laporan ke- giatan", "Laporan kegiatan"),
        ("biaya non- fisik", "biaya non-fisik"),
        ("KTP- el", "KTP-el"),
        ("rata- rata", "rata-rata"),
    ],
)
def test_a_hyphen_at_a_line_s_end(printed: str, joined: str) -> None:
    assert list_items.rejoin_torn_words(Passage(printed)).text == joined
