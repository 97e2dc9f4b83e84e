"""Two names level by level: what is one indicator, what another, and what a person is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import normalise_text
from pipeline.linking.comparison_levels import LevelComparison, compare_levels


def compare(left: str, right: str) -> LevelComparison:
    return compare_levels(normalise_text(left), normalise_text(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jumlah paket obat yang disediakan", "Penyediaan paket obat"),
        ("Persentase lahan yang direhabilitasi", "Persentase rehabilitasi lahan"),
        ("Persentase petani yang menerapkan mina padi", "Persentase petani penerap mina padi"),
        ("Jumlah kasus sengketa tanah", "Jumlah sengketa tanah"),
        ("Persentase aduan warga yang tuntas", "Persentase pengaduan masyarakat yang terselesaikan"),
        ("Persentase desa berstatus maju", "Persentase desa maju"),
        ("Persentase rumah yang berhasil dibedah", "Persentase rumah yang dibedah"),
        ("Persentase kader yang mengikuti kegiatan pelatihan", "Persentase kader yang mengikuti pelatihan"),
        ("Waktu rata-rata pelayanan akta", "Rata-rata waktu pelayanan akta"),
        ("Nilai Indeks RB", "Indeks Reformasi Birokrasi"),
        ("Jumlah surat SKU yang terbit", "Jumlah SKU yang diterbitkan"),
        ("Persentase luas hutan yang lestari", "Persentase hutan yang lestari"),
        ("Jumlah pemrosesan izin usaha", "Jumlah izin usaha yang diproses"),
        ("Jumlah kapal yang melaksanakan uji berkala", "Jumlah kapal yang melakukan uji berkala"),
        ("Persentase guru yang memperoleh gelar magister", "Persentase guru dengan gelar magister"),
        ("Persentase guru yang diberi insentif", "Persentase guru yang menerima insentif"),
        ("Persentase JG rusak", "Persentase jembatan gantung rusak"),
    ],
)
def test_other_words_for_the_same_are_the_same(left: str, right: str) -> None:
    assert compare(left, right).decision == "same", compare(left, right)
    assert compare(right, left).decision == "same"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Jumlah jembatan yang dibangun", "Persentase jembatan yang dibangun", "measure"),
        ("Jumlah jembatan yang dibangun", "Jumlah bendungan yang dibangun", "object"),
        ("Persentase desa yang tertib arsip", "Persentase kelurahan yang tertib arsip", "population"),
        ("Jumlah jembatan yang dibangun", "Jumlah jembatan yang dibongkar", "action"),
        ("Jumlah laporan yang disusun tepat waktu", "Jumlah laporan yang disusun", "qualifier"),
        ("Persentase rumah yang layak", "Persentase rumah yang tidak layak", "negation"),
        ("Jumlah laporan triwulan I", "Jumlah laporan triwulan II", "number"),
    ],
)
def test_a_difference_on_a_level_makes_another_indicator_and_names_the_level(
    left: str, right: str, level: str
) -> None:
    comparison = compare(left, right)
    assert comparison.decision != "same"
    assert level in {difference.level for difference in comparison.differences}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jumlah pelatihan kader", "Jumlah kader yang dilatih"),
        ("Persentase aduan yang menindaklanjuti", "Persentase aduan yang ditindaklanjuti"),
        ("Persentase limbah pasar yang diangkut", "Persentase sampah pasar yang diangkut"),
        ("Persentase guru honorer yang dilatih", "Persentase guru yang dilatih"),
        ("Persentase zwangkor dan brilut yang diuji berkala", "Persentase mesin kapal yang diuji berkala"),
        ("Jumlah kios pasar ikan segar yang ditata", "Jumlah lapak pasar ikan segar yang ditata"),
        ("Jumlah wasling terpadu", "Jumlah pengawasan lingkungan terpadu"),
        ("Jumlah KPZR yang dicetak", "Jumlah kartu pedagang retribusi yang dicetak"),
    ],
)
def test_what_is_only_likely_the_same_is_asked(left: str, right: str) -> None:
    assert compare(left, right).decision == "review", compare(left, right)


def test_one_word_more_is_asked_only_where_nearly_all_is_shared() -> None:
    name = "Persentase balita gizi buruk yang mendapat perawatan"
    assert compare(name.replace("perawatan", "perawatan intensif"), name).decision == "review"
    assert compare("Jumlah jembatan gantung", "Jumlah jembatan").decision == "different"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Jumlah jembatan desa yang dibangun", "Jumlah bendungan desa yang dibongkar"),
        ("Persentase guru honorer yang dilatih", "Persentase guru yang tidak dilatih"),
        ("Persentase desa yang menyusun RKPDes", "Persentase desa yang menyusun APBDes"),
        ("Jumlah guru yang dilatih", "Persentase guru yang dilatih"),
    ],
)
def test_words_that_contradict_one_another_are_not_asked(left: str, right: str) -> None:
    assert compare(left, right).decision == "different", compare(left, right)


def test_a_head_that_is_another_is_no_filler() -> None:
    assert compare("Jumlah peserta lomba desa", "Jumlah kegiatan lomba desa").decision != "same"


def test_who_has_and_what_is_had_are_not_turned_round() -> None:
    assert compare("Jumlah guru yang mendapat laptop", "Jumlah laptop guru").decision != "same"
    assert compare("Jumlah guru yang memberi laptop", "Jumlah guru yang mendapat laptop").decision != "same"


def test_names_without_a_common_word_are_different_whatever_they_cost() -> None:
    assert compare("Jumlah kegiatan", "Jumlah kasus").decision == "different"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_compare_alike_from_both_sides(left: str, right: str) -> None:
    one, other = compare(left, right), compare(right, left)
    assert (one.decision == "same") == (other.decision == "same")
    assert one.cost == pytest.approx(other.cost)
    assert 0 <= one.likeness <= 1
