"""All formulas of a regency for one indicator, grouped by algebra, periods kept apart."""

from __future__ import annotations

from typing import Any

from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import Definition, load_definitions
from pipeline.models.catalogue import Catalogue, FormulaGroupEntry
from tests.support.audit_cases import decree, formula, indicator

PLAIN = '"jumlah desa tangguh" / "jumlah desa" * 100%'
TURNED = '100% * ("jumlah desa tangguh" / "jumlah desa")'
NARROW = '"jumlah desa tangguh" / "jumlah desa terdata" * 100%'


def built(*decrees: Any, definitions: list[Definition] | None = None) -> Catalogue:
    return build_from_decrees([ReadDocument(one, ()) for one in decrees], definitions or [])


def printed(kecamatan: str, expression: str | None, **changed: Any) -> Any:
    stated = None if expression is None else formula(expression)
    return decree(indicator(formula=stated), kecamatan=kecamatan, **changed)


def told(entry: FormulaGroupEntry) -> list[tuple[str, str | None, list[str]]]:
    return [(group.state, group.expression, group.kecamatan) for group in entry.groups]


def test_forms_that_are_equal_by_algebra_are_one_group() -> None:
    made = built(printed("Arga", PLAIN), printed("Bina", TURNED), printed("Cala", NARROW))
    (entry,) = made.formula_groups
    assert told(entry) == [("formula", PLAIN, ["Arga", "Bina"]), ("formula", NARROW, ["Cala"])]
    assert entry.groups[0].forms == sorted([PLAIN, TURNED])
    assert (entry.regency, entry.kind) == ("Kabupaten Tirtamaya", "IKU")
    assert entry.target == made.clusters[0].id


def test_where_all_agree_there_is_one_group_and_one_decree_is_enough() -> None:
    (entry,) = built(printed("Arga", PLAIN)).formula_groups
    assert told(entry) == [("formula", PLAIN, ["Arga"])]


def test_what_has_no_formula_and_what_cannot_be_read_stand_for_themselves() -> None:
    unread = decree(indicator(formula=formula(None, "≈≈≈")), kecamatan="Cala")
    (entry,) = built(printed("Arga", PLAIN), printed("Bina", None), unread).formula_groups
    assert told(entry) == [
        ("formula", PLAIN, ["Arga"]),
        ("absent", None, ["Bina"]),
        ("unreadable", None, ["Cala"]),
    ]


def test_periods_and_regencies_are_kept_apart() -> None:
    later = {"period": {"start": 2027, "end": 2029}, "year": 2027}
    made = built(
        printed("Arga", PLAIN),
        printed("Bina", NARROW, **later),
        printed("Cala", NARROW, regency="Kabupaten Wanagiri"),
    )
    assert [(e.regency, e.period and e.period.start, len(e.groups)) for e in made.formula_groups] == [
        ("Kabupaten Tirtamaya", 2024, 1),
        ("Kabupaten Tirtamaya", 2027, 1),
        ("Kabupaten Wanagiri", 2024, 1),
    ]


def test_the_definitions_group_is_first_and_says_so() -> None:
    definition = next(d for d in load_definitions() if d.formula and "/" in d.formula)
    other = formula('"jumlah hal lain" / "jumlah hal" * 100%')
    right = [decree(indicator(name=definition.name, formula=formula(definition.formula)), kecamatan="Arga")]
    wrong = [
        decree(indicator(name=definition.name, formula=other), kecamatan=name) for name in ("Bina", "Cala")
    ]
    (entry,) = built(*wrong, *right, definitions=[definition]).formula_groups
    assert entry.target == definition.id
    assert [(group.equals_definition, group.kecamatan) for group in entry.groups] == [
        (True, ["Arga"]),
        (False, ["Bina", "Cala"]),
    ]


def test_a_regencys_groups_do_not_hang_on_other_regencies_nor_on_order() -> None:
    own = [printed("Arga", PLAIN), printed("Bina", TURNED), printed("Cala", NARROW)]
    foreign = [printed("Dama", NARROW, regency="Kabupaten Wanagiri")]
    alone = built(*own).formula_groups
    together = built(*foreign, *reversed(own)).formula_groups
    strip = [[(g.expression, g.forms, g.indicators) for g in entry.groups] for entry in alone]
    both = [[(g.expression, g.forms, g.indicators) for g in entry.groups] for entry in together]
    assert strip == [
        groups for groups, entry in zip(both, together, strict=True) if entry.regency == "Kabupaten Tirtamaya"
    ]


def test_every_id_in_a_group_leads_somewhere() -> None:
    made = built(printed("Arga", PLAIN), printed("Bina", NARROW))
    (entry,) = made.formula_groups
    assert {i for group in entry.groups for i in group.indicators} == {i.id for i in made.indicators}
    assert set(entry.documents) == {d.id for d in made.documents}
