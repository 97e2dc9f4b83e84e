"""Two names word against word: the conventions of linking and of the comparison of formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import align_names

SAME = [
    ("Persentase BUMDes yang sehat", "Prosentase Badan Usaha Milik Desa sehat (%)"),
    ("Persentase pengaduan masyarakat yang ditindaklanjuti", "Persentase tindak lanjut pengaduan masyarakat"),
    ("Jumlah rapat koordinasi Forkopimcam", "Jumlah Rakor Forkopimka yang dilaksanakan (kali)"),
    ("Persentase sarana dan prasarana dalam kondisi baik", "Prosentase sarpras dlm kondisi baik"),
    ("Jumlah Posyandu aktif", "Banyaknya Pos Pelayanan Terpadu yang aktif"),
    ("jumlah desa", "jumlah seluruh desa di wilayah kecamatan"),
    ("realisasi pbb", "jumlah realisasi penerimaan pajak bumi dan bangunan"),
    ("Persentase arsip yang tertata", "Persentase arsip yang ditata"),
]
DIFFERENT = [
    ("Jumlah surat masuk", "Jumlah surat keluar"),
    ("Persentase penetapan Perdes", "Persentase penerapan Perdes"),
    ("Jumlah PNS yang hadir", "Jumlah PNS yang tidak hadir"),
    ("Jumlah ASN yang naik pangkat", "Jumlah PNS yang naik pangkat"),
    ("Persentase RKPDes tepat waktu", "Persentase RKPD tepat waktu"),
    ("Indeks Kepuasan Masyarakat", "Indeks Pelayanan Publik"),
    ("Rata-rata persentase kehadiran", "Persentase kehadiran"),
    ("Jumlah kunjungan", "Persentase kunjungan"),
    ("Jumlah laporan keuangan bulanan", "Jumlah laporan keuangan tahunan"),
    ("Persentase desa", "Persentase desa/kelurahan"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_the_same_thing_in_other_words(left: str, right: str) -> None:
    assert align_names(left, right).same
    assert align_names(right, left).same


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_another_thing_in_like_words(left: str, right: str) -> None:
    assert not align_names(left, right).same
    assert not align_names(right, left).same


def test_a_condition_more_stands_on_its_side_only() -> None:
    found = align_names("jumlah berkas yang diproses tepat waktu", "jumlah berkas yang diproses")
    assert (found.only_left, found.only_right, found.replaced) == (("tepat waktu",), (), ())


def test_another_word_in_the_same_place_is_a_replacement() -> None:
    found = align_names("jumlah izin yang terbit", "jumlah izin yang ditolak")
    assert found.replaced == (("terbit", "ditolak"),)


def test_a_neutral_verb_is_what_another_verb_replaces() -> None:
    found = align_names("jumlah pelatihan yang dilaksanakan", "jumlah pelatihan yang direncanakan")
    assert found.replaced == (("dilaksanakan", "direncanakan"),)
    assert align_names("jumlah pelatihan yang dilaksanakan", "jumlah pelatihan").same


def test_words_that_stand_together_are_replaced_together() -> None:
    found = align_names("jumlah pns yang lulus ujian dinas", "jumlah pns yang naik pangkat")
    assert len(found.replaced) == 1


def test_forms_of_the_same_roots_are_different_but_not_surely() -> None:
    found = align_names(
        "jumlah penanganan gangguan hewan yang dilapor", "jumlah gangguan hewan dan pelapor tangan"
    )
    assert not found.same
    assert align_names("Jumlah desa yang membina", "Jumlah desa yang dibina").sure is False


def test_a_kecamatan_is_neutral_whether_or_not_it_is_the_own() -> None:
    assert align_names("IKM Kecamatan Wungkal", "Nilai IKM", "Wungkal").same
    assert align_names("IKM Kecamatan Wungkal", "Nilai IKM", "Sriwungu").same


def test_names_without_words() -> None:
    assert align_names("", "").same
    assert not align_names("", "Jumlah desa").same


@given(st.sampled_from([n for pair in SAME + DIFFERENT for n in pair]), st.data())
def test_a_name_with_one_confused_letter_is_still_itself(name: str, data: st.DataObject) -> None:
    read = {"l": "1", "i": "l", "o": "0", "m": "rn"}
    places = [i for i, c in enumerate(name) if c in read and long_word(name, i)]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    assert align_names(name, name[:at] + read[name[at]] + name[at + 1 :]).same


def long_word(name: str, at: int) -> bool:
    """Whether the letter stands in a word long enough to be mended."""
    start = name.rfind(" ", 0, at) + 1
    end = name.find(" ", at)
    return (len(name) if end < 0 else end) - start >= 5


@given(st.text(max_size=80), st.text(max_size=80))
def test_sides_may_be_swapped(left: str, right: str) -> None:
    one, other = align_names(left, right), align_names(right, left)
    assert one.same == other.same
    assert 0 <= one.score <= 1


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z", "P"]), max_size=80))
def test_every_name_is_the_same_as_itself(name: str) -> None:
    found = align_names(name, name)
    assert found.same
    assert not found.only_left + found.only_right


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nilai Reformasi Birokrasi (RB)", "Nilai RB"),
        ("Jumlah wajib pajak (WP) terdaftar", "Jumlah WP terdaftar"),
        ("Persentase RT/RW aktif", "Persentase Rukun Tetangga dan Rukun Warga yang aktif"),
        ("Jumlah ibu hamil", "Jumlah bumil"),
        ("Jumlah pelaksanaan peringatan hari besar", "Jumlah peringatan hari besar"),
    ],
)
def test_abbreviations_and_bracketed_initials(left: str, right: str) -> None:
    assert align_names(left, right).same


@pytest.mark.parametrize(
    ("left", "right"), [("Jumlah bumil", "Jumlah bumi"), ("Jumlah desal", "Jumlah desa")]
)
def test_a_last_letter_is_not_read_away(left: str, right: str) -> None:
    assert not align_names(left, right).same
