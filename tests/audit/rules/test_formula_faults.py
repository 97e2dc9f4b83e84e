"""F and O rules: faults of formulas, and damage that is not the decree's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.domain.ocr_damage import (
    find_ocr_noise,
    find_repeated_tail,
    has_formula_damage,
    is_stray_text,
)
from tests.support.audit_cases import SHARE, decree, findings, formula, indicator


def test_a_sound_decree_gives_no_finding_at_all() -> None:
    assert findings(decree(indicator())) == []


def test_an_empty_formula_is_an_error_of_an_agency_and_a_warning_for_a_clerk() -> None:
    (agency,) = findings(decree(indicator(formula=None)), code="F001")
    clerk = decree(indicator(formula=None), kind="IKI", holder="PENGADMINISTRASI UMUM")
    (staff,) = findings(clerk, code="F001")
    assert (agency.severity, agency.cause) == ("error", "decree_fault")
    assert staff.severity == "warning"
    assert agency.place.pointer == "/holders/0/indicators/0/formula"


def test_an_empty_cell_of_a_scan_may_have_been_lost_by_ocr() -> None:
    (found,) = findings(decree(indicator(formula=None), origin="scan"), code="F001")
    assert found.cause == "uncertain"


@pytest.mark.parametrize("repeated", ["jumlah rapat desa", "jumlah seluruh rapat desa"])
def test_a_formula_that_repeats_the_name_is_a_tautology(repeated: str) -> None:
    made = indicator(name="Jumlah rapat desa", formula=formula(f'"{repeated}"'))
    assert [f.name for f in findings(decree(made), code="F002")] == ["formula_tautology"]


def test_a_count_that_says_its_period_is_no_tautology() -> None:
    made = indicator(name="Jumlah rapat desa", formula=formula('"jumlah rapat desa dalam satu tahun"'))
    assert findings(decree(made), code="F002") == []


def test_a_percentage_without_times_100_is_found_by_name_or_unit() -> None:
    ratio = formula('"jumlah desa tangguh" / "jumlah desa"')
    by_name = findings(decree(indicator(formula=ratio)), code="F003")
    by_unit = findings(decree(indicator(name="Tingkat desa tangguh", unit="%", formula=ratio)), code="F003")
    plain = findings(decree(indicator(name="Rasio desa tangguh", formula=ratio)), code="F003")
    assert [len(by_name), len(by_unit), len(plain)] == [1, 1, 0]


@pytest.mark.parametrize("printed", ["* 100%", "* 100"])
def test_times_100_with_or_without_percent_sign_is_enough(printed: str) -> None:
    made = indicator(formula=formula(f'"jumlah desa tangguh" / "jumlah desa" {printed}'))
    assert findings(decree(made), code="F003") == []


def test_numerator_over_itself_is_always_the_whole() -> None:
    same = formula('"jumlah desa tangguh" / "jumlah desa tangguh" * 100%')
    (found,) = findings(decree(indicator(formula=same)), code="F004")
    assert found.severity == "error"
    (scanned,) = findings(decree(indicator(formula=same), origin="scan"), code="F004")
    assert scanned.cause == "uncertain"


def test_a_dropped_condition_is_named() -> None:
    made = indicator(
        name="Persentase laporan desa yang dikirim tepat waktu",
        formula=formula('"jumlah laporan desa yang dikirim" / "jumlah laporan desa" * 100%'),
    )
    (found,) = findings(decree(made), code="F008")
    assert '"tepat waktu"' in found.message.en


def test_a_condition_in_the_numerator_is_no_finding() -> None:
    made = indicator(
        name="Persentase laporan desa yang dikirim tepat waktu",
        formula=formula('"jumlah laporan desa tepat waktu" / "jumlah laporan desa" * 100%'),
    )
    assert findings(decree(made), code="F008") == []


def test_a_formula_of_other_things_is_a_mismatch_but_an_index_may_be() -> None:
    other = formula('"jumlah pohon" / "luas lahan" * 100%')
    assert len(findings(decree(indicator(formula=other)), code="F009")) == 1
    index = indicator(name="Indeks kerukunan warga", formula=other)
    assert findings(decree(index), code="F009") == []


def test_a_text_that_is_no_formula_is_unreadable_and_ocr_is_suspected_in_a_scan() -> None:
    (found,) = findings(decree(indicator(formula=formula(None, "disusun serta")), origin="scan"), code="F007")
    assert found.cause == "ocr_artefact"


def test_a_conversion_factor_is_not_a_number_of_elements() -> None:
    wrong = indicator(
        name="Nilai SKM", formula=formula('"rata-rata tertimbang" * 25', "rata-rata tertimbang x 25 unsur")
    )
    right = indicator(
        name="Nilai SKM", formula=formula('"rata-rata tertimbang unsur" * 25', "rata-rata 9 unsur x 25")
    )
    assert [len(findings(decree(one), code="F010")) for one in (wrong, right)] == [1, 0]


@pytest.mark.parametrize(
    ("printed", "hits"),
    [
        (r"\text{Rata-rata tertimbang} \times 25 \text{ unsur}", 1),
        (r"\text{Rata-rata tertimbang} \times 25\,\text{Unsur}", 1),
        ("rata-rata tertimbang x 25 (dua puluh lima) unsur", 1),
        ("rata-rata tertimbang x <b>25</b> unsur", 1),
        ("rata-rata tertimbang x 1,25 unsur", 0),
        ("rata-rata tertimbang x 25, unsur menurut pedoman", 0),
    ],
)
def test_a_misread_factor_is_found_in_any_print(printed: str, hits: int) -> None:
    made = indicator(name="Nilai SKM", formula=formula('"rata-rata tertimbang" * 25', printed))
    assert len(findings(decree(made), code="F010")) == hits


def test_a_goal_indicator_that_stands_in_the_table_has_its_formula() -> None:
    made = decree(indicator())
    made.holders[0].goal_indicator = "Indeks Desa Membangun"
    assert [f.severity for f in findings(made, code="F011")] == ["info"]
    made.holders[0].goal_indicator = "Persentase desa yang tangguh"
    assert findings(made, code="F011") == []


def test_counting_what_should_be_is_no_achievement() -> None:
    made = indicator(name="Jumlah laporan yang seharusnya terkumpul")
    assert [f.name for f in findings(decree(made), code="F012")] == ["formula_logic"]


def test_a_stray_character_is_damage_and_no_formula() -> None:
    found = findings(decree(indicator(name="Jumlah warga desa", formula=formula("1")), origin="text"))
    assert [(f.code, f.cause) for f in found] == [("O003", "ocr_artefact")]


def test_a_doubled_denominator_is_damage_and_excuses_the_missing_multiplier() -> None:
    broken = formula('"jumlah desa tangguh" / "jumlah desa"', "∑ Desa tangguh ∑ Desa ∑ Desa")
    found = {f.code: f.cause for f in findings(decree(indicator(formula=broken), origin="text"))}
    assert found == {"F003": "uncertain", "O002": "ocr_artefact"}


def test_noise_is_found_and_indonesian_is_none() -> None:
    assert find_ocr_noise("Jum1ah desa") == "Jum1ah"
    assert find_ocr_noise("Peraturan Desa Nomor 3 Tahun 2024 (PP 17/2018), IV/b, N-1, 100%, e-KTP") == ""
    assert not has_formula_damage(SHARE["raw"])


@given(st.text(max_size=300))
def test_signs_of_damage_are_looked_for_in_any_text(text: str) -> None:
    part = find_repeated_tail(text)
    assert part == "" or part.split()[0] in text.casefold() or "jumlah" in part
    assert isinstance(find_ocr_noise(text), str)
    assert is_stray_text(text) in (True, False)


def test_a_term_of_a_sum_that_drops_the_condition_is_found() -> None:
    summed = '("jumlah laporan A tepat waktu" + "jumlah laporan B") / "jumlah laporan" * 100%'
    made = indicator(name="Persentase laporan tepat waktu", formula=formula(summed))
    assert [f.name for f in findings(decree(made), code="F008")] == ["formula_missing_qualifier"]
    whole = summed.replace("laporan B", "laporan B tepat waktu")
    assert findings(decree(made | {"formula": formula(whole)}), code="F008") == []


def test_a_goal_without_formula_is_an_agencys_gap_and_only_told_of_a_post() -> None:
    post = decree(indicator(), kind="IKI", holder="KASI PEMERINTAHAN")
    post.holders[0].goal_indicator = "Indeks Desa Membangun"
    assert [f.severity for f in findings(post, code="F011")] == ["info"]


def test_texts_show_latex_as_its_reading_and_quotes_keep_the_print() -> None:
    printed = r"\frac{\text{Jumlah desa tangguh}}{\text{Jumlah desa}}"
    ratio = formula('"jumlah desa tangguh" / "jumlah desa"', printed)
    (found,) = findings(decree(indicator(formula=ratio)), code="F003")
    assert found.expected.id == "jumlah desa tangguh / jumlah desa × 100%"
    assert found.place.quote == printed


@pytest.mark.parametrize("name", ["Persentase desa tangguh", "Persentase jumlah desa tangguh tepat waktu"])
def test_a_division_that_ocr_may_have_lost_is_never_the_decrees_fault(name: str) -> None:
    printed = "Jumlah desa tangguh jumlah desa"
    made = indicator(name=name, formula=formula('"jumlah desa tangguh jumlah desa"', printed))
    scanned = [f for f in findings(decree(made, origin="scan")) if f.code.startswith("F")]
    digital = [f for f in findings(decree(made)) if f.code.startswith("F")]
    assert {f.cause for f in scanned} == {"uncertain"}
    assert "decree_fault" in {f.cause for f in digital}


def test_a_tautology_on_a_scan_stays_the_decrees_fault() -> None:
    made = indicator(name="Persentase desa tangguh", formula=formula('"persentase desa tangguh"'))
    (found,) = findings(decree(made, origin="scan"), code="F002")
    assert found.cause == "decree_fault"
