"""The linear syntax: what it means, what it refuses, and that writing and reading it agree."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormulaError
from pipeline.formulas import (
    Expression,
    Number,
    Operation,
    Quantity,
    format_expression,
    is_calculation,
    iter_quantities,
    parse_expression,
)

WORDS = st.lists(
    st.sampled_from(["jumlah", "posyandu", "aktif", "n-1", "rt/rw", "tepat waktu", "(a + b)", "5%"]),
    min_size=1,
).map(" ".join)
NUMBERS = st.builds(
    Number, st.decimals(0, 10**6, places=3, allow_nan=False).map(lambda d: d.normalize() + 0), st.booleans()
)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.builds(Quantity, WORDS) | NUMBERS,
    lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner),
    max_leaves=12,
)


def value(expression: Expression) -> Fraction | None:
    """A value with each quantity worth the length of its words; None for a division by zero."""
    if isinstance(expression, Quantity):
        return Fraction(len(expression.words) + 1)
    if isinstance(expression, Number):
        return Fraction(expression.value) / (100 if expression.percent else 1)
    left, right = value(expression.left), value(expression.right)
    if left is None or right is None or (expression.operator == "/" and not right):
        return None
    return {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
    }[expression.operator]()


def test_parse_gives_the_parts_of_a_percentage() -> None:
    assert parse_expression('"balita imunisasi" / "balita" * 100%') == Operation(
        "*",
        Operation("/", Quantity("balita imunisasi"), Quantity("balita")),
        Number(Decimal(100), percent=True),
    )


def test_brackets_stay_only_where_they_change_the_value() -> None:
    assert format_expression(parse_expression('((("a b" / "c d")) * (100%))')) == '"a b" / "c d" * 100%'
    assert format_expression(parse_expression('100% * ("a b" / "c d")')) == '100% * "a b" / "c d"'
    assert format_expression(parse_expression('"a b" / ("c d" * 3)')) == '"a b" / ("c d" * 3)'
    assert format_expression(parse_expression('"a b" - ("c d" - "e f")')) == '"a b" - ("c d" - "e f")'
    assert str(parse_expression('("a b" + "c d") / 2')) == '("a b" + "c d") / 2'


def test_quantities_come_in_printed_order() -> None:
    assert [q.words for q in iter_quantities(parse_expression('("b" + "a") / "b"'))] == ["b", "a", "b"]


def test_a_name_alone_computes_nothing() -> None:
    assert not is_calculation(parse_expression('"nilai sakip"'))
    assert not is_calculation(parse_expression("12"))
    assert is_calculation(parse_expression('"nilai" * 25'))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"a',
        '""',
        '"  "',
        '"a" +',
        '"a" "b"',
        "a / b",
        '("a"',
        '"a")',
        '"a" ** 2',
        "1,5",
        '"a" = "b"',
    ],
)
def test_what_is_no_formula_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(FormulaError, match=r".+"):
        parse_expression(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000 + '"a"' + ")" * 10_000, '"a" + ' * 10_000 + '"a"', '"' + "x" * 100_000 + '"', "9" * 10_000],
)
def test_texts_beyond_all_formulas_are_refused_or_read_in_bounds(text: str) -> None:
    try:
        assert format_expression(parse_expression(text)) == text
    except FormulaError as error:
        assert "than" in str(error)


@given(EXPRESSIONS)
def test_what_is_written_is_read_back_with_the_same_value(expression: Expression) -> None:
    again = parse_expression(format_expression(expression))
    assert format_expression(again) == format_expression(expression)
    if value(expression) is not None:
        assert value(again) == value(expression)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_an_error(text: str) -> None:
    with suppress(FormulaError):
        assert format_expression(parse_expression(text))
