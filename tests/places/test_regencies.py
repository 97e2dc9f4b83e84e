"""The list of regencies: whole, and one regency however it is written."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import ConfigError
from pipeline.places import regencies

TEXT = files("normalized").joinpath("regencies.yaml").read_text(encoding="utf-8")
SMALL = """provinces:
  Jawa Timur:
    kabupaten: [Malang, Lumajang]
    kota: [Malang, Batu]
formerly:
  Kabupaten Malang Raya: Kabupaten Malang
"""


def test_the_list_has_all_kabupaten_and_kota() -> None:
    listed, former = regencies.parse_regencies(TEXT)
    kinds = [kind for kind, _ in listed]
    assert (kinds.count("kabupaten"), kinds.count("kota")) == (416, 98)
    assert set(former.values()) <= set(listed)


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
    for name in regencies.parse_regencies(TEXT)[0].values():
        assert regencies.official_name(name.upper()) == name
        assert regencies.nearest_name(name) == name


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_nothing_fails(text: str) -> None:
    regencies.regency_key(text)
    regencies.nearest_name(text)


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("    kota:", "    kotamadya:", "line 4: “kotamadya”"),
        ("kabupaten: [Malang, Lumajang]", "kabupaten: Malang", "line 3: “kabupaten”"),
        ("[Malang, Batu]", "[Malang, malang]", "line 4: “malang” is given twice"),
        ("[Malang, Batu]", "[Malang, '']", "line 4: the name of a regency"),
        ("[Malang, Batu]", "[Malang, [Batu]]", "line 4: the name of a regency"),
        ("Kabupaten Malang\n", "Kabupaten Malng\n", "line 6: “Kabupaten Malang Raya: Kabupaten Malng”"),
        ("Kabupaten Malang Raya:", "Kabupaten Lumajang:", "line 6"),
        ("formerly:", "former:", "line 5: unknown field “former”"),
        ("  Jawa Timur:\n", "  Jawa Timur: 3\n  Bali:\n", "line 2: names and what belongs to each"),
    ],
)
def test_a_spoilt_list_is_refused_with_its_line(here: str, there: str, told: str) -> None:
    regencies.parse_regencies(SMALL)
    assert here in SMALL
    with pytest.raises(ConfigError) as caught:
        regencies.parse_regencies(SMALL.replace(here, there, 1))
    assert told in str(caught.value) and "regencies.yaml" in str(caught.value)
