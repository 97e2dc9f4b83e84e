"""Names of regencies: one regency however it is written, and what only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.places import regencies
from pipeline.places.gazetteer import load_gazetteer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kab. Tulang-Bawang", "KABUPATEN TULANG BAWANG"),
        ("Kota Adm. Jakarta Barat", "Kota Administrasi Jakarta Barat"),
        ("Kota Administrasi Jakarta Barat", "Kota Jakarta Barat"),
        ("Kotamadya Malang", "KOTA MALANG"),
        ("Kabupaten Kota Baru", "Kab Kotabaru"),
        ("Kabupaten Toba Samosir", "Kabupaten Toba"),
        ("Kota Padang Sidempuan", "Kota Padangsidimpuan"),
        ("Kabupaten Mandalawening", "KAB.MANDALAWENING"),
    ],
)
def test_one_regency_in_two_spellings(one: str, other: str) -> None:
    assert regencies.is_same_regency(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kota Malang", "Kabupaten Malang"),
        ("Kabupaten Bandung", "Kabupaten Bandung Barat"),
        ("Kabupaten Aceh Barat", "Kabupaten Aceh Barat Daya"),
        ("Kabupaten Banjar", "Kota Banjar"),
    ],
)
def test_regencies_that_only_look_alike(one: str, other: str) -> None:
    assert not regencies.is_same_regency(one, other)


def test_every_name_of_the_list_is_its_own_official_and_nearest() -> None:
    for regency in load_gazetteer().regencies.values():
        name = regency.name.replace("Administrasi ", "")
        assert regencies.official_name(regency.name.upper()) == name
        assert regencies.nearest_name(name) == name


def test_a_regency_that_a_definitions_file_declares_is_official_there() -> None:
    assert regencies.official_name("KAB. MANDALAWENING") is None
    assert (
        regencies.official_name("KAB. MANDALAWENING", ["Kabupaten Mandalawening"])
        == "Kabupaten Mandalawening"
    )


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_nothing_fails(text: str) -> None:
    regencies.regency_key(text)
    regencies.nearest_name(text)
