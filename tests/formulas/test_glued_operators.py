"""Operators run together with codes and numbers, operators in brackets, measured values with worn figures."""

from __future__ import annotations

import pytest

from pipeline.formulas import read_formula

LEGEND = "\nKT = jumlah kader terlatih\nKS = jumlah kader"
SHARE = '"jumlah kader terlatih" / "jumlah kader" * 100%'


@pytest.mark.parametrize(
    "printed",
    [
        "KT dibagiKS dikali 100%",
        "KTdibagi KS dikali 100%",
        "KTdibagiKS dikali100%",
        "KT dibagi KSdikalikan 100%",
        "KT dibandingkanKS dikalil00%",
    ],
)
def test_codes_glued_to_an_operator_are_codes(printed: str) -> None:
    reading = read_formula(printed + LEGEND)
    assert reading.expression == SHARE
    assert "operator word repaired" in reading.repairs


def test_a_glued_hundred_percent_keeps_its_percent() -> None:
    assert read_formula("jumlah kader terlatih dibagi jumlah kader dikali100%").expression == SHARE


def test_words_that_only_begin_like_an_operator_stay_whole() -> None:
    reading = read_formula("jumlah bantuan yang dibagikannya / jumlah warga yang ditambahkannya x 100%")
    assert reading.expression == (
        '"jumlah bantuan yang dibagikannya" / "jumlah warga yang ditambahkannya" * 100%'
    )


@pytest.mark.parametrize(
    "printed",
    [
        "jumlah kader terlatih\n(dibagi)\njumlah kader\nx 100%",
        "jumlah kader terlatih ( dibagi dengan ) jumlah kader (dikali) 100%",
    ],
)
def test_an_operator_alone_in_brackets_computes(printed: str) -> None:
    reading = read_formula(printed)
    assert (reading.expression, reading.repairs) == (SHARE, ("brackets around an operator dropped",))


@pytest.mark.parametrize("gap", ["", " "])
@pytest.mark.parametrize("codes", ["I1 dan I2", "L1 dan L2"])
def test_a_code_of_several_behind_an_equals_sign_is_no_worn_figure(gap: str, codes: str) -> None:
    one, other = codes.split(" dan ")
    reading = read_formula(
        f"Cakupan ={gap}{one} / {other} x 100%, {one} = jumlah kader terlatih, {other} = jumlah kader"
    )
    assert (reading.expression, "figure" in reading.repairs) == (SHARE, False)


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah kader terlatih = lS / Jumlah kader = 2O x 100%",
        "Jumlah kader terlatih = l5 dibagi jumlah kader = 3O dikali 100% = 5O%",
        "Jumlah kader terlatih (lS orang) / Jumlah kader (2O orang) x 100%",
    ],
)
def test_measured_values_with_worn_figures_are_dropped(printed: str) -> None:
    reading = read_formula(printed)
    assert reading.expression == SHARE
    assert {"figure", "measured value dropped"} <= set(reading.repairs)


def test_letters_that_may_be_a_code_are_no_figures_and_doubted() -> None:
    reading = read_formula("Jumlah kader terlatih = IS / Jumlah kader x 100%")
    assert reading.confidence < 0.7 and "code without meaning" in reading.repairs


def test_codes_and_words_of_such_letters_stay() -> None:
    assert read_formula("P = SB/SO x 100%\nSB = jumlah sapi baik\nSO = jumlah sapi").expression == (
        '"jumlah sapi baik" / "jumlah sapi" * 100%'
    )


def test_a_second_fraction_is_never_taken_for_a_tail() -> None:
    reading = read_formula("Jumlah a aktif / Jumlah a x 100%\nJumlah desa maju / Jumlah desa x 100%")
    assert (reading.expression, reading.reason) == (None, "several formulas are listed")
