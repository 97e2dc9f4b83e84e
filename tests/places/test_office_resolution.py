"""Which office a heading names: by code, regency, single name and signatory; or open, with candidates."""

from __future__ import annotations

import random

import pytest

from pipeline.places.gazetteer import load_gazetteer
from pipeline.places.office_resolution import Heading, resolve_heading, resolve_offices

LUMAJANG = "Kabupaten Lumajang"


def office(
    kecamatan: str | None, regency: str | None = None, code: str | None = None
) -> tuple[str | None, list[str]]:
    """The code and the evidence for one heading."""
    found = resolve_heading(Heading("a", kecamatan, regency, code), load_gazetteer())
    return (None, []) if found is None else (found.code, list(found.evidence))


def test_a_heading_with_its_regency_is_resolved() -> None:
    assert office("CANDIPURO", "KAB. LUMAJANG") == ("35.08.03", ["regency"])
    assert office("Candipuro", "Kabupaten Lampung Selatan") == ("18.01.17", ["regency"])


def test_damage_in_both_names_is_forgiven_and_said() -> None:
    assert office("Carndipur0", "Kabupaten Lurnajanq") == ("35.08.03", ["regency", "similar-name"])


def test_the_printed_code_decides_where_its_name_agrees() -> None:
    assert office("Candipuro", None, "35.08.03") == ("35.08.03", ["code"])
    assert office("Candipuro", LUMAJANG, "35.08.12")[0] == "35.08.03"


def test_a_name_that_occurs_once_is_enough_where_no_regency_is_printed() -> None:
    assert office("Tempursari") == ("35.08.01", ["only-of-name"])


def test_a_name_that_occurs_twice_stays_open_and_names_its_candidates() -> None:
    found = resolve_heading(Heading("a", "Candipuro", None), load_gazetteer())
    assert found is not None and found.code is None
    assert found.candidates == ["18.01.17", "35.08.03"]


def test_a_heading_that_repeats_the_kecamatan_as_regency_is_that_kecamatan() -> None:
    assert office("Tempursari", "Kabupaten Tempursari") == (
        "35.08.01",
        ["only-of-name", "heading-repeats-name"],
    )


def test_a_kecamatan_that_its_regency_does_not_have_is_open() -> None:
    found = resolve_heading(Heading("a", "Wonokembang", LUMAJANG), load_gazetteer())
    assert found is not None and (found.code, found.regency) == (None, LUMAJANG)


def test_an_invented_regency_resolves_to_nothing() -> None:
    assert office("Sukamulih", "Kabupaten Mandalawening") == (None, [])


def test_an_unlisted_regency_is_never_taken_for_a_listed_one_that_has_such_a_kecamatan() -> None:
    places = load_gazetteer()
    wrong = [
        (kecamatan.name, regency)
        for kecamatan in list(places.kecamatan.values())[::37]
        for regency in ("Kabupaten Tirtamaya", "Kabupaten Wringinjaya", "Kota Sagarawangi")
        if (found := resolve_heading(Heading("a", kecamatan.name, regency), places)) and found.code
    ]
    assert wrong == []


def test_a_document_of_no_kecamatan_has_no_office() -> None:
    assert resolve_offices([Heading("a", None, LUMAJANG)]) == {"a": None}


def test_the_signatory_points_to_the_regency_of_other_decrees() -> None:
    nip = "196602281992031012"
    offices = resolve_offices(
        [
            Heading("a", "Candipuro", None, None, nip),
            Heading("b", "Senduro", LUMAJANG, None, nip),
            Heading("c", "Tempursari", "Kabupaten Tempursari", None, nip),
        ]
    )
    assert offices["a"] is not None and offices["a"].code == "35.08.03"
    assert offices["a"].evidence == ["signatory"]
    assert offices["c"] is not None and offices["c"].evidence[-1] == "signatory"
    assert offices["c"].certainty > 0.95


def test_a_signatory_of_two_regencies_points_nowhere() -> None:
    nip = "196602281992031012"
    headings = [
        Heading("a", "Candipuro", None, None, nip),
        Heading("b", "Senduro", LUMAJANG, None, nip),
        Heading("c", "Pakisaji", "Kabupaten Malang", None, nip),
    ]
    found = resolve_offices(headings)["a"]
    assert found is not None and found.code is None
    assert resolve_offices(reversed(headings)) == resolve_offices(headings)


CONFUSIONS = {
    "m": "rn", "o": "0", "i": "1", "l": "1", "e": "c", "s": "5", "b": "8", "g": "q", "u": "ii", "n": "ri",
    "h": "b", "d": "cl", "a": "o",
}  # fmt: skip


def damaged(text: str, share: float, chance: random.Random) -> str:
    """A text as OCR gives it: letters confused, dropped, torn and mistaken."""
    out = []
    for letter in text:
        if not letter.isalpha() or chance.random() >= share:
            out.append(letter)
            continue
        kind = chance.random()
        if kind < 0.65:
            out.append(CONFUSIONS.get(letter.lower(), letter))
        elif kind < 0.8:
            out.append(letter + " ")
        elif kind < 0.9:
            out.append(chance.choice("aeinrstu"))
    return "".join(out)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05])
def test_two_thousand_damaged_headings_are_resolved_or_left_open(share: float) -> None:
    chance, places = random.Random(2026), load_gazetteer()
    right = wrong = 0
    for kecamatan in chance.choices(list(places.kecamatan.values()), k=2000):
        heading = Heading(
            "a", damaged(kecamatan.name, share, chance), damaged(kecamatan.regency.name, share, chance)
        )
        found = resolve_heading(heading, places)
        assert found is not None
        right += found.code == kecamatan.code
        wrong += found.code not in (None, kecamatan.code)
    assert right >= 0.97 * 2000
    assert wrong <= 0.002 * 2000
