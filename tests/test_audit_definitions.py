"""F rules against a definition: what differs, and how much it weighs."""

from __future__ import annotations

from typing import Any

import pytest
from audit_cases import decree, formula, indicator

from pipeline.building import Read, assemble
from pipeline.catalogue import Finding
from pipeline.linking import Definition

DEFINED = '"jumlah desa tangguh" / "jumlah desa" * 100%'


def _findings(
    printed: str, name: str = "Persentase desa tangguh", defined: str = DEFINED, **basis: Any
) -> list[Finding]:
    """Findings on one indicator against one definition of the same name."""
    definition = Definition.model_validate(
        {
            "id": "uji",
            "name": name,
            "formula": defined,
            "unit": "%" if name.startswith("Persentase") else None,
            "scope": {},
            "basis": {"kind": "local-consensus", "source": "keputusan", "evidence": "verified"} | basis,
            "level": "agency",
        }
    )
    made = decree(indicator(name=name, formula=formula(printed)))
    return [
        f for f in assemble([Read(made, ())], [definition]).findings if f.code in ("F005", "F006", "F013")
    ]


def test_the_definition_in_another_notation_is_no_finding() -> None:
    assert _findings('100% * "jumlah desa tangguh" / "jumlah seluruh desa"') == []


def test_another_denominator_is_named_in_both_languages() -> None:
    (found,) = _findings('"jumlah desa tangguh" / "jumlah dusun" * 100%')
    assert (found.name, found.severity) == ("formula_denominator_defect", "warning")
    assert "penyebut" in found.message.id
    assert "denominator" in found.message.en
    assert found.expected.en == DEFINED


@pytest.mark.parametrize(
    ("basis", "severity"),
    [
        ({"kind": "regulation"}, "warning"),
        ({"evidence": "verified"}, "warning"),
        ({"evidence": "unverified"}, "info"),
    ],
)
def test_law_weighs_more_than_custom_that_nobody_verified(basis: dict[str, str], severity: str) -> None:
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
    assert "pengali" in found.message.id


def test_a_percentage_without_multiplier_is_left_to_its_own_rule() -> None:
    assert _findings('"jumlah desa tangguh" / "jumlah desa"') == []
