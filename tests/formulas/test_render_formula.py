"""Writing formulas back, and the commands that show and compare them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.formulas import (
    Expression,
    Number,
    Operation,
    Quantity,
    format_expression,
    parse_expression,
    read_formula,
)
from pipeline.formulas.expression.render_formula import render_latex, render_mathml

WORDS = ("jumlah desa lunas", "jumlah surat", "jumlah usulan yang diakomodasi", "realisasi penerimaan pbb-p2")
quantities = st.sampled_from(WORDS).map(Quantity)
ratios = st.builds(lambda a, b: Operation("/", a, b), quantities, quantities)
sums = st.builds(lambda o, a, b: Operation(o, a, b), st.sampled_from("+-"), quantities, quantities)
percent = st.just(Number(Decimal(100), percent=True))
formulas = st.one_of(
    ratios,
    sums,
    st.builds(lambda r, p: Operation("*", r, p), ratios, percent),
    st.builds(lambda s, q: Operation("/", s, q), sums, quantities),
    st.builds(lambda s, q, p: Operation("*", Operation("/", s, q), p), sums, quantities, percent),
    st.builds(lambda q, s, p: Operation("*", Operation("/", q, s), p), quantities, sums, percent),
)


@given(formulas)
def test_reading_what_was_written_in_latex_gives_the_same_formula(formula: Expression) -> None:
    assert read_formula(render_latex(formula)).expression == format_expression(formula)


@given(formulas)
def test_reading_what_was_written_in_the_linear_syntax_gives_the_same_formula(formula: Expression) -> None:
    assert parse_expression(format_expression(formula)) == formula


@given(st.text(min_size=1, max_size=30).filter(lambda t: '"' not in t and t.strip() and t.isprintable()))
def test_mathml_holds_words_and_no_markup_of_theirs(words: str) -> None:
    root = ET.fromstring(render_mathml(Operation("/", Quantity(words), Quantity("<script>x</script>"))))
    texts = [element.text for element in root.iter("{http://www.w3.org/1998/Math/MathML}mtext")]
    assert texts == [" ".join(words.split()), "<script>x</script>"]
    assert not list(root.iter("script"))


def test_brackets_stand_where_they_change_the_value() -> None:
    formula = parse_expression('("a b" - ("c d" - "e f")) * "g h"')
    assert render_latex(formula) == (
        r"\left(\text{a b} - \left(\text{c d} - \text{e f}\right)\right) \times \text{g h}"
    )


def test_special_signs_of_words_are_escaped() -> None:
    assert render_latex(Quantity("50% & #1_a")) == r"\text{50\% \& \#1\_a}"


def iku(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def rows(run: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_a_formula_is_shown_step_by_step() -> None:
    run = iku("formula", "(∑ desa lunas : ∑ desa) x I00%", "--latex", "--mathml")
    (row,) = rows(run)
    assert row["expression"] == '"jumlah desa lunas" / "jumlah desa" * 100%'
    assert row["latex"].startswith(r"\frac") and row["mathml"].startswith("<math")
    for step in ("raw", "cleaned", "expression", "confidence", "hundred percent"):
        assert step in run.stderr


def test_a_formula_a_line_with_its_line_breaks() -> None:
    stacked = "Jumlah desa lunas\n-------------- x 100%\nJumlah desa"
    run = iku("formula", "-", typed=f"{json.dumps(stacked)}\nJumlah surat masuk\n\n")
    first, second, third = rows(run)
    assert first["raw"] == stacked
    assert first["expression"] == '"jumlah desa lunas" / "jumlah desa" * 100%'
    assert second["expression"] == '"jumlah surat masuk"'
    assert third["expression"] is None and third["reason"]


def test_two_formulas_are_compared_with_the_words_marked() -> None:
    run = iku(
        "compare",
        '"jumlah desa lunas tepat waktu" / "jumlah desa" * 100%',
        "Jumlah desa lunas / Jumlah desa x 100%",
    )
    (row,) = rows(run)
    assert row["verdict"] == "differs"
    assert [(d["side"], d["kind"], d["definition"]) for d in row["differences"]] == [
        ("numerator", "qualifier-dropped", ["tepat waktu"])
    ]
    assert "[tepat waktu]" in run.stderr


def test_pairs_are_compared_a_line_each_and_a_bad_line_costs_itself() -> None:
    good = {"definition": '"a b" / "c d" * 100%', "decree": None, "more": 1}
    typed = "\n".join(
        [json.dumps(good), "{", json.dumps({"definition": 3}), '{"definition": "\\"a", "decree": "x"}']
    )
    run = iku("compare", "-", typed=typed)
    (row,) = rows(run)
    assert row == {**good, "verdict": "absent", "differences": []}
    assert run.exit_code == 1
    for number in (2, 3, 4):
        assert f"line {number}" in run.stderr


@pytest.mark.parametrize("arguments", [("compare", '"a'), ("compare", '"a', "x")])
def test_a_definition_that_is_no_formula_is_wrong_use(arguments: tuple[str, ...]) -> None:
    assert iku(*arguments).exit_code == 2


@settings(max_examples=80)
@given(st.text(max_size=80))
def test_any_print_is_answered(raw: str) -> None:
    (row,) = rows(iku("formula", "-", typed=json.dumps(raw)))
    assert row["raw"] == raw
    assert (row["expression"] is None) == ("reason" in row)


@pytest.mark.parametrize(
    "raw",
    [
        "x" * 100_000,
        "(" * 10_000,
        r"\frac{" * 3_000,
        "a/b " * 5_000,
        "\u202e100% x jumlah desa\x00\x07",
        "1/0",
    ],
)
def test_hostile_prints_end_with_a_reason_or_a_reading(raw: str) -> None:
    reading = read_formula(raw)
    assert reading.expression or reading.reason


def test_words_are_marked_on_their_side_alone() -> None:
    run = iku(
        "compare", '"jumlah desa lunas" / "jumlah desa" * 100%', "Jumlah desa lunas / Jumlah dusun x 100%"
    )
    assert '"jumlah desa lunas" / "jumlah [desa]"' in run.stderr
    assert "Jumlah desa lunas / Jumlah [dusun] x 100%" in run.stderr


def test_a_definition_may_be_given_by_its_id_and_breaks_be_typed() -> None:
    run = iku("compare", "desa_lunas_pbb_pct", r"Jumlah desa lunas PBB\n————— x 100%\nJumlah desa")
    assert rows(run)[0]["verdict"] == "equivalent"
    assert iku("compare", "ipp", "x").exit_code == 0
    run = iku("compare", "indeks_pelayanan_publik", "x")
    assert (run.exit_code, "has no formula" in run.stderr) == (2, True)
    assert iku("compare", " ", "x").exit_code == 2


def test_a_definition_is_given_by_its_id_in_lines_as_in_arguments() -> None:
    decree = "Jumlah desa lunas PBB / Jumlah desa x 100%"
    pairs = [
        ("desa_lunas_pbb_pct", decree),
        ("desa_lunas_pbb_pc", decree),
        ("indeks_pelayanan_publik", decree),
        ('"jumlah dusun"', decree),
    ]
    typed = "\n".join(json.dumps({"definition": one, "decree": other}) for one, other in pairs)
    run = iku("compare", "-", typed=typed)
    assert [(row["definition"], row["verdict"]) for row in rows(run)] == [
        ("desa_lunas_pbb_pct", "equivalent"),
        ('"jumlah dusun"', "differs"),
    ]
    assert run.exit_code == 1
    second, third = run.stderr.splitlines()
    assert "line 2" in second and "no definition has the id desa_lunas_pbb_pc; nearest: desa_lunas_" in second
    assert "line 3" in third and "has no formula" in third


def test_an_id_that_no_definition_has_is_no_formula() -> None:
    run = iku("compare", "desa_lunas_pbb_pc", "x")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "no definition has the id desa_lunas_pbb_pc; nearest: desa_lunas_pbb_pct" in run.stderr
    run = iku("compare", "zzzzz_qqqqq", "x")
    assert run.exit_code == 2 and "no definition has the id" in run.stderr and "nearest" not in run.stderr


def test_why_a_formula_is_unreadable_is_said() -> None:
    run = iku("compare", "desa_lunas_pbb_pct", "Jumlah desa lunas PBB dibagi")
    assert "unreadable (the denominator is lost)" in run.stderr
