"""K rules: what kecamatan of one regency and period say differently."""

from __future__ import annotations

from itertools import permutations

import pytest

from extractors.model.record import Decree
from pipeline.audit.domain.planning_periods import group_by_period, period_relation
from tests.support.audit_cases import decree, findings, formula, indicator

PLANNED = formula('"jumlah desa tangguh" / "jumlah desa yang direncanakan" * 100%')


def _pair(**second: object) -> tuple[Decree, Decree]:
    return decree(indicator()), decree(indicator(formula=PLANNED), kecamatan="Ciherang", **second)


def test_two_denominators_in_one_period_are_an_error_of_the_decrees() -> None:
    (found,) = findings(*_pair(), code="K001")
    assert (found.severity, found.cause) == ("error", "decree_fault")
    assert [len(v.documents) for v in found.variants] == [1, 1]
    assert {"Wanasari", "Ciherang"} <= set(found.message.id.replace("(", " ").replace(")", " ").split())


def test_an_undated_decree_may_be_of_another_period() -> None:
    (found,) = findings(*_pair(period=None, year=None, date=None), code="K001")
    assert found.cause == "uncertain"


def test_another_period_or_regency_is_not_compared() -> None:
    assert findings(*_pair(period={"start": 2018, "end": 2022}, year=2018), code="K") == []
    assert findings(*_pair(regency="Kabupaten Lain"), code="K") == []


def test_another_notation_is_the_same_formula() -> None:
    turned = formula('100% * "jumlah desa tangguh" / "jumlah desa"')
    pair = decree(indicator()), decree(indicator(formula=turned), kecamatan="Ciherang")
    assert findings(*pair, code="K") == []


def test_a_formula_with_ocr_damage_is_no_evidence() -> None:
    broken = PLANNED | {"raw": "∑ Desa tangguh ∑ Desa rencana ∑ Desa rencana"}
    pair = decree(indicator()), decree(indicator(formula=broken), kecamatan="Ciherang", origin="text")
    assert findings(*pair, code="K00") == []


def test_another_officer_or_source_is_a_warning() -> None:
    other = indicator(responsible=["Camat"], data_sources=["Register desa"])
    found = findings(decree(indicator()), decree(other, kecamatan="Ciherang"), code="K")
    assert [(f.name, f.severity) for f in found] == [
        ("source_variant", "info"),
        ("pic_variant", "warning"),
    ]


def test_goals_by_other_indicators_are_asked_about() -> None:
    pair = decree(indicator()), decree(indicator(), kecamatan="Ciherang")
    pair[0].holders[0].goal_indicator = "Indeks Pelayanan Publik"
    pair[1].holders[0].goal_indicator = "Indeks Kepuasan Masyarakat"
    assert [f.cause for f in findings(*pair, code="K005")] == ["decree_fault"]
    pair[1].period = None
    assert [f.cause for f in findings(*pair, code="K005")] == ["uncertain"]


def test_an_agency_indicator_that_no_post_carries_is_not_cascaded() -> None:
    agency = decree(indicator(), indicator(name="Persentase kehadiran aparatur"))
    posts = decree(indicator(name="Jumlah desa tangguh"), kind="IKI", holder="KASI PEMERINTAHAN")
    (found,) = findings(agency, posts, code="K006")
    assert "kehadiran aparatur" in found.message.en


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (((2024, 2026), 2024), ((2023, 2026), 2023), "same"),
        (((2024, 2026), 2024), ((2018, 2023), 2018), "other"),
        (((2024, 2026), 2024), (None, 2023), "same"),
        (((2024, 2026), 2024), (None, 2026), "unknown"),
        (((2024, 2026), 2024), (None, 2019), "other"),
        ((None, 2023), (None, 2023), "same"),
        ((None, 2023), (None, None), "unknown"),
    ],
)
def test_which_decrees_are_of_one_period(left: tuple, right: tuple, expected: str) -> None:
    a, b = (decree(period=p and {"start": p[0], "end": p[1]}, year=y) for p, y in (left, right))
    assert period_relation(a, b) == period_relation(b, a) == expected


def test_an_undated_decree_is_in_every_group_whatever_the_order() -> None:
    made = [
        decree(period={"start": 2018, "end": 2022}, year=2018),
        decree(period={"start": 2024, "end": 2026}, year=2024),
        decree(period=None, year=None),
    ]
    for order in permutations(made):
        groups = group_by_period(order)
        assert sorted(sorted((d.year or 0) for d in g) for g in groups) == [[0, 2018], [0, 2024]]


def test_a_unit_and_its_head_are_the_same_answer() -> None:
    other = indicator(responsible=["Seksi Pemerintahan"])
    assert findings(decree(indicator()), decree(other, kecamatan="Ciherang"), code="K003") == []


def test_the_same_goal_indicator_in_other_words_is_one() -> None:
    pair = decree(indicator()), decree(indicator(), kecamatan="Ciherang")
    pair[0].holders[0].goal_indicator = "Indeks Kepuasan Masyarakat"
    pair[1].holders[0].goal_indicator = "Nilai Indeks Kepuasan Masyarakat (IKM)"
    assert findings(*pair, code="K005") == []


def test_two_levels_that_measure_one_thing_in_two_units_do_not_cascade() -> None:
    made = decree(indicator(name="Persentase desa tangguh"), kind="IKI", holder="KASI PEMERINTAHAN")
    clerk = made.holders[0].model_copy(deep=True)
    clerk.name, clerk.indicators[0].name = "PENGELOLA DATA", "Jumlah desa yang tangguh"
    made.holders.append(clerk)
    (found,) = findings(made, code="K007")
    assert found.place.pointer == "/holders/1/indicators/0/formula"


def _shares(*denominators: str) -> list[Decree]:
    """One decree a denominator, each of a kecamatan of its own."""
    places = ("Wanasari", "Ciherang", "Cibatu", "Lembursari")
    return [
        decree(
            indicator(
                formula=formula(f'"jumlah rapat tindak lanjut" / "{under.casefold()}" * 100%')
                | {"raw": f"Jumlah rapat tindak lanjut / {under} x 100%"}
            ),
            kecamatan=place,
        )
        for place, under in zip(places, denominators, strict=False)
    ]


def test_each_wording_of_a_denominator_is_a_variant_where_one_of_them_means_another_thing() -> None:
    made = _shares("Jumlah rapat", "Jumlah rapat yang dilaksanakan", "Jumlah rapat yang direncanakan")
    (found,) = findings(*made, code="K00")
    assert found.code == "K001"
    assert len(found.variants) == 3
    assert all(f'"{v}"' in found.message.id for v in ("Jumlah rapat", "Jumlah rapat yang dilaksanakan"))
    assert "tindak lanjut /" not in found.message.id


def test_a_participle_that_one_denominator_leaves_out_is_only_told() -> None:
    (found,) = findings(*_shares("Jumlah rapat", "Jumlah rapat yang dilaksanakan"), code="K00")
    assert (found.code, found.name, found.severity) == ("K008", "denominator_variant", "info")


@pytest.mark.parametrize("other", ["Jumlah rapat yang diselenggarakan", "Jumlah seluruh rapat terlaksana"])
def test_another_word_for_the_same_participle_is_no_variant(other: str) -> None:
    assert findings(*_shares("Jumlah rapat yang dilaksanakan", other), code="K00") == []


def test_a_variant_quotes_the_print_and_points_to_the_decree_that_stands_alone() -> None:
    made = _shares("Jumlah rapat", "Jumlah rapat yang direncanakan", "Jumlah rapat")
    (found,) = findings(*made, code="K001")
    assert found.place.quote == "Jumlah rapat tindak lanjut / Jumlah rapat yang direncanakan x 100%"
    assert len(found.related) == 2
    assert '"' not in found.variants[0].text


def test_formulas_that_differ_above_the_line_are_shown_for_readers() -> None:
    other = formula('"jumlah dusun tangguh" / "jumlah desa" * 100%')
    (found,) = findings(
        decree(indicator()), decree(indicator(formula=other), kecamatan="Ciherang"), code="K00"
    )
    assert found.code == "K002"
    assert '"jumlah dusun tangguh / jumlah desa × 100%" (Ciherang)' in found.message.id


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ("LPPDesa diterima paling lambat 3 (tiga) bulan sesudah tahun anggaran berakhir.", 0),
        ("LPPDesa disampaikan selambat-lambatnya akhir Maret tahun berikutnya.", 0),
        ("LPPDesa diterima lengkap paling lambat akhir Maret tahun berikutnya.", 1),
        ("LPPDesa diterima paling lambat 15 Maret tahun berikutnya.", 1),
        ("LPPDesa diterima paling lambat akhir Februari tahun berikutnya.", 1),
        ("LPPDesa diterima paling lambat akhir Maret tahun berikutnya. Camat mencatatnya dalam buku.", 0),
    ],
)
def test_the_same_day_in_other_words_is_no_other_definition(other: str, count: int) -> None:
    said = "LPPDesa diterima paling lambat 31 Maret tahun berikutnya."
    pair = decree(indicator(explanation=said)), decree(indicator(explanation=other), kecamatan="Ciherang")
    assert len(findings(*pair, code="K010")) == count


@pytest.mark.parametrize(
    ("period", "cause"), [({"start": 2024, "end": 2026}, "decree_fault"), (None, "uncertain")]
)
def test_goals_differ_for_sure_where_both_print_the_same_period(period: object, cause: str) -> None:
    def aiming(goal: str, **changed: object) -> Decree:
        made = decree(indicator(), **changed)
        return made.model_copy(update={"holders": [made.holders[0].model_copy(update={"goal": goal})]})

    pair = (
        aiming("Terwujudnya desa tangguh"),
        aiming("Meningkatnya pelayanan", kecamatan="Ciherang", period=period),
    )
    (found,) = findings(*pair, code="K017")
    assert found.cause == cause
    assert ("periode perencanaan" in found.message.id) == (cause == "uncertain")
