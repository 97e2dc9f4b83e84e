"""The official list of places: whole, consistent, and refused where it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import ConfigError
from pipeline.places.gazetteer import Gazetteer, load_gazetteer, read_gazetteer

SMALL = {
    "provinces.csv": "code,name\n35,Jawa Timur\n",
    "regencies.csv": "code,name\n35.08,Kabupaten Lumajang\n",
    "kecamatan.csv": "code,name\n35.08.03,Candipuro\n",
    "aliases.yaml": "regencies: {}\n",
}


def written(folder: Path, **changed: str) -> Path:
    """A folder of places, with some of its files changed."""
    for name, text in {**SMALL, **{key.replace("_", "."): value for key, value in changed.items()}}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_list_is_whole() -> None:
    places = load_gazetteer()
    kinds = [regency.name.split()[0] for regency in places.regencies.values()]
    assert (kinds.count("Kabupaten"), kinds.count("Kota")) == (416, 98)
    assert len(places.kecamatan) == 7285
    assert all(places.kecamatan_of(regency) for regency in places.regencies.values())


def test_a_name_that_occurs_twice_gives_both() -> None:
    found = load_gazetteer().find_kecamatan("CANDIPURO")
    assert [kecamatan.code for kecamatan in found] == ["18.01.17", "35.08.03"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Balubur Limbangan", "32.05.38"), ("Gunung Bintang Awai", "62.04.05"), ("Guluk Guluk", "35.29.09")],
)
def test_other_spellings_of_a_kecamatan_are_known(name: str, code: str) -> None:
    assert code in [kecamatan.code for kecamatan in load_gazetteer().find_kecamatan(name)]


def test_a_list_of_another_year_can_be_read(tmp_path: Path) -> None:
    places = read_gazetteer(
        written(
            tmp_path,
            regencies_csv="code,name\n35.08,Kabupaten Lumajang\n35.99,Kabupaten Semeru\n",
            kecamatan_csv="code,name\n35.99.01,Candipuro\n",
        )
    )
    (candipuro,) = places.find_kecamatan("Candipuro")
    assert candipuro.regency.name == "Kabupaten Semeru"
    assert places.kecamatan_of(places.regencies["35.08"]) == ()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kecamatan_csv": "code,name\n35.09.03,Candipuro\n"}, "belongs to 35.09, which is not listed"),
        ({"kecamatan_csv": "code,name\n35.08.3,Candipuro\n"}, "“35.08.3” is no code of a kecamatan"),
        ({"kecamatan_csv": "code,name\n35.08.03,\n"}, "kecamatan.csv, line 2"),
        ({"kecamatan_csv": "code,name\n35.08.03,A\n35.08.03,B\n"}, "kecamatan.csv, line 3"),
        ({"regencies_csv": "kode,nama\n"}, "the columns “code” and “name”"),
        ({"provinces_csv": ""}, "provinces.csv: the columns"),
        ({"aliases_yaml": "regencies: {Kabupaten Semeru: [x]}\n"}, "“Kabupaten Semeru” is no regency"),
        ({"aliases_yaml": "kecamatan: {'35.08.09': [x]}\n"}, "35.08.09 is no kecamatan"),
        ({"aliases_yaml": "villages: {}\n"}, "aliases.yaml, line 1, villages: unknown field"),
    ],
)
def test_a_damaged_list_is_refused_with_its_place(
    changed: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as error:
        read_gazetteer(written(tmp_path, **changed))
    assert message in str(error.value)


def test_similar_names_are_ranked_and_bounded() -> None:
    places = Gazetteer({"35": "Jawa Timur"}, {"35.08": "Kabupaten Lumajang"}, {"35.08.12": "Senduro"})
    ((kecamatan, likeness),) = places.similar_kecamatan("Sendur0", 0.8)
    assert kecamatan.name == "Senduro" and likeness == 1.0
    assert places.similar_kecamatan("Wonosari", 0.8) == []
