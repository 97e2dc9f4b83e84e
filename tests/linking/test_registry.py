"""From a printed name to a definition."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bench.names import indicators, printed
from pipeline.language import normalise_text
from pipeline.linking import (
    Definition,
    DefinitionBasis,
    DefinitionScope,
    NameQuery,
    Registry,
    load_definitions,
)
from pipeline.linking.comparison_levels import compare_levels
from pipeline.linking.name_families import may_be_same, name_families

OWN = "Kabupaten Wirasana"


def define(key: str, name: str, regency: str | None = None, year: int | None = None) -> Definition:
    return Definition(
        id=key,
        name=name,
        formula=None,
        formula_reason="contoh",
        unit=None,
        scope=DefinitionScope(regency=regency, from_year=year),
        basis=DefinitionBasis(kind="local-consensus", source="contoh", evidence="unverified"),
        level="agency",
    )


REGISTRY = Registry(
    [
        define("izin", "Persentase izin yang diterbitkan tepat waktu"),
        define("izin_wirasana", "Persentase izin yang diterbitkan tepat waktu", OWN, 2022),
        define("izin_wirasana_lama", "Persentase izin yang diterbitkan tepat waktu", OWN, 2018),
        define("aduan", "Persentase pengaduan yang ditindaklanjuti"),
        define("hadir", "Persentase kehadiran peserta rapat"),
    ]
)


def test_a_name_in_other_words_is_linked_and_says_why() -> None:
    link = REGISTRY.match("Prosentase tindak lanjut pengaduan (%)")
    assert (link.kind, link.target) == ("definition", "aduan")
    assert "Persentase pengaduan" in link.reason


def test_a_content_word_more_is_asked_and_the_reason_names_it() -> None:
    link = REGISTRY.match("Persentase pengaduan tertulis yang ditindaklanjuti")
    assert (link.kind, link.target) == ("review", None)
    assert "tertulis" in link.reason
    assert link.runners_up[0].target == "aduan"
    assert "tertulis" in link.runners_up[0].reason


def test_what_only_forms_tell_apart_goes_to_review() -> None:
    link = REGISTRY.match("Persentase pengaduan yang menindaklanjuti")
    assert (link.kind, link.target) == ("review", None)
    assert "aduan" in {c.target for c in link.runners_up}


def test_a_regencys_own_definition_comes_first_and_the_latest_of_them() -> None:
    name = "Persentase izin terbit tepat waktu"
    assert REGISTRY.match(name).target == "izin"
    assert REGISTRY.match(name, regency="Kabupaten Lain").target == "izin"
    assert REGISTRY.match(name, regency=OWN, year=2023).target == "izin_wirasana"
    assert REGISTRY.match(name, regency=OWN, year=2020).target == "izin_wirasana_lama"
    assert REGISTRY.match(name, regency=OWN, year=2015).target == "izin"


def test_a_name_that_nothing_means_gives_none() -> None:
    for name in ("", "---", "Jumlah balon udara", "Persentase"):
        link = REGISTRY.match(name)
        assert (link.kind, link.target) == ("cluster", None), name
        assert link.reason


def test_what_a_reviewer_ruled_out_is_not_taken() -> None:
    link = REGISTRY.match("Persentase pengaduan yang ditindaklanjuti", without=frozenset({"aduan"}))
    assert link.target is None


def test_the_order_of_the_definitions_does_not_matter() -> None:
    definitions = load_definitions()
    one, other = Registry(definitions), Registry(definitions[::-1])
    for name in ("Nilai IKM", "Jumlah surat", "Persentase desa lunas PBB"):
        assert one.match(name) == other.match(name)


@given(st.text(max_size=100))
def test_any_text_gets_a_link_with_a_reason(text: str) -> None:
    link = REGISTRY.match(text)
    assert link.reason
    assert (link.target is not None) == (link.kind == "definition")


def test_what_is_not_even_compared_would_not_have_been_taken() -> None:
    names = [*(n for d in load_definitions() for n in d.names), *indicators(60), *SPELLINGS]
    families = [name_families(normalise_text(name)) for name in names]
    for one, other in combinations(families, 2):
        if not may_be_same(one, other):
            comparison = compare_levels(one.normal, other.normal)
            assert comparison.decision != "same", (one.normal.text, other.normal.text)


def queries() -> list[NameQuery]:
    """Names as many kecamatan print them, most of some definition, some of none, some damaged."""
    chance = Random(3)
    known, unknown = indicators(80), indicators(30, seed=8)
    made = [
        NameQuery(printed(chance.choice(known), chance), chance.choice((None, "Sukamulih")))
        for _ in range(500)
    ]
    made += [NameQuery(printed(chance.choice(unknown), chance)) for _ in range(100)]
    made += [
        NameQuery(f"{known[0]} Kecamatan Sukamulih", "Sukamulih"),
        NameQuery(""),
        NameQuery("7" * 20),
        NameQuery("工 業"),
    ]
    made += [
        NameQuery(known[1], None, "Meningkatnya tertib desa", OWN, 2024),
        NameQuery(f"{known[1]} Tahun 2024"),
    ]
    return made


def test_all_at_once_is_decided_as_one_by_one() -> None:
    names = indicators(80)
    asked = queries()
    definitions = [define(f"r{i:03}", name) for i, name in enumerate(names)]
    definitions += [define("own", names[1], OWN, 2020)]
    at_once, one_by_one = Registry(definitions).match_all(asked), Registry(definitions)
    for query, answer in zip(asked, at_once, strict=True):
        link = one_by_one.match(*query)
        assert (answer.kind, answer.target, answer.score) == (link.kind, link.target, link.score), query
    assert sum(a.kind == "definition" for a in at_once) > 400
    assert at_once[-2].target == "own"
    assert Registry(definitions).match_all(asked[::-1]) == at_once[::-1], "the order makes no difference"


SPELLINGS = (
    "Prosentase desa yg lunas Pajak Bumi & Bangunan",
    "Persentase desa pelunasan PBB",
    "Indek Kepuasan Masyarkat",
    "Persentase desa yang rnenetapkan APBDes tepatwaktu",
    "Jumlah pendistribusian surat",
    "Persentase hasil fasi1itasi dan koordinasi yang ditindak lanjuti",
)


def test_an_abbreviation_that_one_definition_explains_is_read_in_all_names() -> None:
    registry = Registry(
        [
            define("bantu", "Jumlah keluarga penerima Bantuan Qwandur Lumbung (BQL)"),
            define("salur", "Persentase penyaluran BQL"),
        ]
    )
    assert registry.match("Jumlah keluarga penerima BQL").target == "bantu"
    assert registry.match("Persentase penyaluran Bantuan Qwandur Lumbung").target == "salur"


def test_a_name_that_is_only_an_acronym_finds_its_words() -> None:
    assert Registry([define("ikb", "Indeks Kelayakan Bangunan")]).match("Skor IKB").target == "ikb"


def test_a_guess_that_fits_two_definitions_is_asked() -> None:
    one = define("tanah", "Persentase petak tani yang dibersihkan")
    other = define("ternak", "Persentase peternak tangguh yang dibersihkan")
    name = "Persentase PT yang dibersihkan"
    assert Registry([one]).match(name).target == "tanah"
    link = Registry([one, other]).match(name)
    assert (link.kind, {c.target for c in link.runners_up}) == ("review", {"tanah", "ternak"})
