"""F rules against a definition: what differs, and how much it weighs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.domain.messages import describe_differences
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.formulas import FormulaDifference, read_formula
from pipeline.linking import Definition, load_definitions
from pipeline.models.catalogue import DifferenceEntry, Finding, Wording
from tests.support.audit_cases import decree, formula, indicator

DEFINED = '"jumlah desa tangguh" / "jumlah desa" * 100%'


def _findings(
    printed: str,
    name: str = "Persentase desa tangguh",
    defined: str = DEFINED,
    also: tuple[str, ...] = (),
    **basis: Any,
) -> list[Finding]:
    """Findings on one indicator against one definition of the same name."""
    definition = Definition.model_validate(
        {
            "id": "uji",
            "name": name,
            "formula": defined,
            "also": also,
            "unit": "%" if name.startswith("Persentase") else None,
            "scope": {},
            "basis": {"kind": "local-consensus", "source": "keputusan", "evidence": "verified"} | basis,
            "level": "agency",
        }
    )
    made = decree(indicator(name=name, formula=formula(printed)))
    return [
        f
        for f in build_from_decrees([ReadDocument(made, ())], [definition]).findings
        if f.code in ("F005", "F006", "F013")
    ]


def test_the_definition_in_another_notation_is_no_finding() -> None:
    assert _findings('100% * "jumlah desa tangguh" / "jumlah seluruh desa"') == []


def test_another_denominator_is_named_in_both_languages() -> None:
    (found,) = _findings('"jumlah desa tangguh" / "jumlah dusun" * 100%')
    assert (found.name, found.severity) == ("formula_denominator_defect", "warning")
    assert "penyebut" in found.message.id
    assert "denominator" in found.message.en
    assert '"dusun"' in found.message.id
    assert found.expected.en.endswith("jumlah desa tangguh / jumlah desa × 100%")


@pytest.mark.parametrize(
    ("basis", "severity"),
    [
        ({"kind": "regulation"}, "warning"),
        ({"evidence": "verified"}, "warning"),
        ({"evidence": "unverified"}, "info"),
    ],
)
def test_law_weighs_more_than_custom_that_nobody_verified(basis: dict[str, Any], severity: str) -> None:
    (found,) = _findings('"jumlah warga tangguh" / "jumlah desa" * 100%', **basis)
    assert (found.code, found.severity) == ("F006", severity)


def test_a_condition_more_is_only_told() -> None:
    (found,) = _findings('"jumlah desa tangguh" / "jumlah desa yang dinilai" * 100%')
    assert found.severity == "info"


def test_a_fraction_upside_down_is_an_error_by_itself() -> None:
    assert [(f.code, f.severity) for f in _findings('"jumlah desa" / "jumlah desa tangguh" * 100%')] == [
        ("F013", "error")
    ]


def test_another_conversion_factor_of_an_index_is_a_difference() -> None:
    (found,) = _findings(
        '"nilai rata-rata" * 20', "Nilai survei desa", '"nilai rata-rata" * 25', kind="regulation"
    )
    assert (found.code, found.severity) == ("F006", "warning")
    assert "hasilnya dikalikan 20" in found.message.id


def test_a_percentage_without_multiplier_is_left_to_its_own_rule() -> None:
    assert _findings('"jumlah desa tangguh" / "jumlah desa"') == []


ALSO = ('"jumlah desa tangguh" / "jumlah desa yang dinilai" * 100%',)


def test_another_formula_of_the_definition_is_as_right_as_the_first() -> None:
    assert _findings(ALSO[0]) != []
    assert _findings(ALSO[0], also=ALSO) == []
    assert _findings(DEFINED, also=ALSO) == []


def test_what_is_none_of_the_definitions_formulas_is_told_against_the_nearest() -> None:
    (found,) = _findings('"jumlah desa tangguh" / "jumlah desa yang dinilai provinsi" * 100%', also=ALSO)
    assert '"provinsi"' in found.message.en
    assert '"dinilai' not in found.message.en


@pytest.mark.parametrize(
    "wrong", [{"also": ["jumlah desa /"]}, {"formula": None, "formula_reason": "dinilai", "also": ALSO}]
)
def test_other_formulas_must_parse_and_stand_beside_a_first(wrong: dict[str, Any]) -> None:
    entry = {
        "id": "uji",
        "name": "Persentase desa tangguh",
        "formula": DEFINED,
        "unit": "%",
        "scope": {},
        "basis": {"kind": "local-consensus", "source": "keputusan", "evidence": "verified"},
        "level": "agency",
    }
    with pytest.raises(ValueError, match=r"also|[Ff]ormula|character"):
        Definition.model_validate(entry | wrong)


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah nilai rata-rata tertimbang seluruh unsur x 25",
        "Nilai rata-rata tertimbang dikalikan 25",
        "Σ (NRR per unsur x 1/9) x 25",
        "∑ NRR unsur × 0,111 × 25",
    ],
)
def test_the_satisfaction_index_is_right_in_all_its_usual_wordings(printed: str) -> None:
    ikm = next(d for d in load_definitions() if d.id == "ikm")
    expression = read_formula(printed).expression
    made = decree(indicator(name="Indeks Kepuasan Masyarakat", formula=formula(expression, printed)))
    (entry,) = build_from_decrees([ReadDocument(made, ())], [ikm]).indicators
    assert entry.verdict is not None
    assert entry.verdict.verdict == "equivalent"


def test_the_satisfaction_index_with_another_factor_is_not() -> None:
    ikm = next(d for d in load_definitions() if d.id == "ikm")
    wrong = indicator(name="Indeks Kepuasan Masyarakat", formula=formula('"nilai rata-rata tertimbang" * 20'))
    (entry,) = build_from_decrees([ReadDocument(decree(wrong), ())], [ikm]).indicators
    assert entry.verdict is not None
    assert entry.verdict.verdict == "differs"


def _told(kind: str, ours: list[str], theirs: list[str], side: str = "denominator") -> Wording:
    return describe_differences([DifferenceEntry(side=side, kind=kind, definition=ours, decree=theirs)])


def test_words_added_and_dropped_are_told_in_words() -> None:
    added = _told("qualifier-added", [], ["wajib", "pbb"])
    assert added.id.startswith('penyebut memuat tambahan "wajib" dan "pbb"')
    assert (
        _told("qualifier-dropped", ["aktif"], []).en
        == 'the denominator lacks "aktif", which the definition has'
    )


def test_words_that_both_sides_have_are_no_difference() -> None:
    told = _told("other-quantity", ["nilai"], ["jumlah", "nilai", "unsur"], "numerator")
    assert told.en == 'the numerator adds "jumlah" and "unsur", which the definition does not have'


@given(st.from_type(FormulaDifference))
def test_every_difference_has_its_clause_in_both_languages(difference: FormulaDifference) -> None:
    told = _told(difference.kind, list(difference.definition), list(difference.decree), difference.side)
    assert told.id
    assert told.en
    assert told.id != told.en
