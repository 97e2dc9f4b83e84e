"""Comparing formulas: equal in value is equal, and what differs is named where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FormulaError
from pipeline.formulas import (
    FormulaComparison,
    FormulaDifference,
    compare_formulas,
    compare_printed_formula,
)

SEHAT = '"jumlah sapi sehat" / "jumlah sapi" * 100%'
PANEN = '("panen tahun n" - "panen tahun n-1") / "panen tahun n-1" * 100%'
TIGA = '("jumlah paud siaga" + "jumlah sekolah siaga" + "jumlah pasar siaga") / ("jumlah desa" * 3) * 100%'


def named(comparison: FormulaComparison) -> list[tuple[str, str]]:
    """Where and of what kind the differences are."""
    return [(difference.side, difference.kind) for difference in comparison.differences]


@pytest.mark.parametrize(
    ("definition", "decree"),
    [
        (SEHAT, '100% * "jumlah sapi sehat" / "jumlah sapi"'),
        (SEHAT, '"jumlah sapi sehat" / "jumlah sapi" * 100'),
        (SEHAT, '"total sapi yang sehat" / "jumlah seluruh sapi" * 100%'),
        (SEHAT, '"jumlah sapi sehat" * 5 / ("jumlah sapi" * 5) * 100%'),
        (PANEN, '("panen tahun n" / "panen tahun n-1" - 1) * 100%'),
        (
            TIGA,
            '("jumlah pasar siaga" / "jumlah desa" + "jumlah sekolah siaga" / "jumlah desa" '
            '+ "jumlah paud siaga" / "jumlah desa") / 3 * 100%',
        ),
        ('"jumlah sapi sehat"', '"jumlah sapi yang sehat"'),
    ],
)
def test_the_same_value_is_equivalent_however_it_is_put(definition: str, decree: str) -> None:
    assert compare_formulas(definition, decree) == FormulaComparison("equivalent")


@pytest.mark.parametrize(
    ("definition", "decree", "differences"),
    [
        (SEHAT, '"jumlah sapi sehat" / "jumlah sapi"', [("multiplier", "missing-multiplier")]),
        (SEHAT, '"jumlah sapi sehat" / "jumlah sapi" * 1000', [("multiplier", "other-multiplier")]),
        ('"jumlah sapi sehat" / "jumlah sapi"', SEHAT, [("multiplier", "extra-multiplier")]),
        (SEHAT, '"jumlah sapi" / "jumlah sapi sehat" * 100%', [("structure", "inverted")]),
        (SEHAT, '"jumlah sapi" / "jumlah sapi" * 100%', [("numerator", "same-as-denominator")]),
        (SEHAT, '"jumlah sapi sehat" / "jumlah kuda" * 100%', [("denominator", "other-quantity")]),
        (SEHAT, '"jumlah sapi sehat" / 12 * 100%', [("denominator", "other-quantity")]),
        (SEHAT, '"jumlah sapi sehat" / "jumlah sapi betina" * 100%', [("denominator", "qualifier-added")]),
        (SEHAT, '"jumlah sapi sehat" * 100%', [("denominator", "missing-term")]),
        (SEHAT, '"jumlah sapi sehat" / ("jumlah sapi" * 2) * 100%', [("denominator", "extra-term")]),
        (
            PANEN,
            '("panen tahun n-1" - "panen tahun n") / "panen tahun n-1" * 100%',
            [("numerator", "inverted")],
        ),
        (
            PANEN,
            '("panen tahun n" - "panen tahun n-1") / "panen tahun n" * 100%',
            [("denominator", "other-quantity")],
        ),
        (
            PANEN,
            '"panen tahun n" - "panen tahun n-1"',
            [("denominator", "missing-term"), ("multiplier", "missing-multiplier")],
        ),
        (
            TIGA,
            '("jumlah paud siaga" + "jumlah pasar siaga") / ("jumlah desa" * 3) * 100%',
            [("numerator", "missing-term")],
        ),
        (
            TIGA,
            '("jumlah paud" + "jumlah sekolah" + "jumlah pasar") / ("jumlah desa" * 3) * 100%',
            [("numerator", "qualifier-dropped")],
        ),
        (
            TIGA,
            '("jumlah paud siaga" + "jumlah sekolah siaga" + "jumlah pasar siaga") / "jumlah desa" * 100%',
            [("denominator", "missing-term")],
        ),
        (
            '"nilai unsur" / "jumlah unsur" * "bobot unsur" * 25',
            '"nilai unsur" / "jumlah unsur" * 25',
            [("numerator", "missing-term")],
        ),
        (
            '("a siaga" / "b desa" + "c siaga" / "d dusun") / 2',
            '("a siaga" + "c siaga") / ("b desa" + "d dusun")',
            [("structure", "other-structure")],
        ),
    ],
)
def test_each_difference_is_named_once_where_it_stands(
    definition: str, decree: str, differences: list[tuple[str, str]]
) -> None:
    comparison = compare_formulas(definition, decree)
    assert comparison.verdict == "differs"
    assert named(comparison) == differences


def test_a_difference_quotes_the_words_of_both_sides() -> None:
    assert compare_formulas(SEHAT, '"jumlah sapi sehat" / "jumlah kuda" * 100%').differences == (
        FormulaDifference("denominator", "other-quantity", ("sapi",), ("kuda",)),
    )
    assert compare_formulas(SEHAT, '"jumlah sapi sehat" / "jumlah sapi"').differences == (
        FormulaDifference("multiplier", "missing-multiplier", ("100",), ("1",)),
    )


@pytest.mark.parametrize("decree", [None, "", "  ", '"survei lapangan"', "12"])
def test_nothing_or_a_mere_name_is_absent_where_the_definition_computes(decree: str | None) -> None:
    assert compare_formulas(SEHAT, decree) == FormulaComparison("absent")


@pytest.mark.parametrize(
    "decree", ['"a" / ', '"jumlah sapi" / 0', '"jumlah sapi" / ("x y" - "x y")', "(" * 9_999]
)
def test_what_is_no_formula_is_unreadable(decree: str) -> None:
    assert compare_formulas(SEHAT, decree).verdict == "unreadable"


def test_a_definition_that_is_no_formula_is_an_error() -> None:
    for definition in ("", '"jumlah sapi" / 0 * 1'):
        with pytest.raises(FormulaError):
            compare_formulas(definition, SEHAT)


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        (None, "absent"),
        ("—", "absent"),
        ("Terlampir", "absent"),
        ("Jumlah sapi sehat\n———— x 100%\nJumlah sapi", "equivalent"),
        ("Jurnlah sapi sehat dibagi jumlah sapi dika1i 10096", "equivalent"),
        ("∑ sapi sehat : ∑ kuda x 100%", "differs"),
        ("∑ sapi sehat\n———— x 100%", "unreadable"),
        (".... / .... x 100%", "unreadable"),
    ],
)
def test_a_printed_formula_is_read_first(printed: str | None, verdict: str) -> None:
    assert compare_printed_formula(SEHAT, printed).verdict == verdict


def test_a_huge_formula_is_refused_in_bounded_time() -> None:
    power = " * ".join(['("sapi besar" + "kuda putih" + "ayam jago" + "itik manila")'] * 40)
    assert compare_formulas(SEHAT, power).verdict == "unreadable"


TERMS = st.permutations(['"jumlah paud siaga"', '"jumlah sekolah siaga"', '"jumlah pasar siaga"'])


@settings(max_examples=30)
@given(TERMS, st.booleans(), st.integers(1, 9))
def test_order_and_common_factors_never_matter(terms: list[str], first: bool, factor: int) -> None:
    fraction = f'{factor} * ({" + ".join(terms)}) / ({factor} * 3 * "jumlah desa")'
    decree = f"100% * ({fraction})" if first else f"{fraction} * 100%"
    assert compare_formulas(TIGA, decree).verdict == "equivalent"
    assert compare_formulas(decree, TIGA).verdict == "equivalent"


@pytest.mark.parametrize("torn", ["ke arsipan", "kear sipan", "kearsip an"])
def test_a_word_torn_within_a_quantity_is_the_same_word(torn: str) -> None:
    definition = '"jumlah dokumen kearsipan" / "jumlah dokumen" * 100%'
    assert (
        compare_formulas(definition, f'"jumlah dokumen {torn}" / "jumlah dokumen" * 100%').verdict
        == "equivalent"
    )


def test_words_that_only_joined_make_another_word_stay_two() -> None:
    assert compare_formulas('"jumlah ketua kelompok"', '"jumlah ke tua kelompok"').verdict == "differs"
