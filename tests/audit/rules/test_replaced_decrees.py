"""What a decree changes that replaces another within one plan."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.audit_cases import decree, findings, formula, indicator

LATER: dict[str, Any] = {"year": 2025, "number": "188.4/9/KEP/2025", "date": "2025-03-03"}
RATED = '"jumlah desa tangguh" / "jumlah desa yang dinilai" * 100%'
TAUTOLOGY = '"jumlah desa tangguh" / "jumlah desa tangguh" * 100%'


def test_another_denominator_makes_the_years_incomparable() -> None:
    changed = indicator(formula=formula(RATED))
    (found,) = findings(decree(indicator()), decree(changed, **LATER), code="K019")
    assert (found.name, found.severity) == ("iku_changed_within_period", "warning")
    assert "jumlah desa tangguh / jumlah desa × 100%" in found.message.id


def test_an_indicator_in_the_place_of_another_is_told_with_it() -> None:
    other = indicator(name="Rata-rata indeks ketangguhan desa", formula=None)
    (found,) = findings(decree(indicator()), decree(other, **LATER), code="K019")
    assert 'menggantikan indikator "Persentase desa tangguh"' in found.message.id


def test_an_indicator_that_is_gone_is_told_of_the_new_decree() -> None:
    kept = indicator(name="Persentase kehadiran aparatur", objective="Meningkatnya disiplin", number=2)
    (found,) = findings(decree(indicator(), kept), decree(kept, **LATER), code="K019")
    assert "dihapus" in found.message.id


@pytest.mark.parametrize(
    ("old", "new", "later"),
    [
        (TAUTOLOGY, RATED, LATER),
        (RATED, RATED, LATER),
        ('"jumlah desa tangguh" / "jumlah desa yang dinilai"', RATED, LATER),
        (RATED, None, LATER),
        (RATED, TAUTOLOGY, {}),
        (RATED, TAUTOLOGY, LATER | {"period": {"start": 2025, "end": 2029}}),
    ],
    ids=["corrected", "unchanged", "times 100 added", "cell empty", "same decree", "another plan"],
)
def test_what_is_no_change_within_a_plan(old: str, new: str | None, later: dict[str, Any]) -> None:
    before = decree(indicator(formula=formula(old)))
    after = decree(indicator(formula=formula(new) if new else None), **later)
    assert findings(before, after, code="K019") == []
