"""The record's linear syntax as values: parse a text, look at its parts, write it back.

"jumlah konflik yang diselesaikan" / "jumlah konflik yang terdata" * 100%
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

from pipeline.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Lark

Operator = Literal["+", "-", "*", "/"]

# Real formulas have some twenty operations; the bounds keep every walk over a formula shallow and short.
MAX_LENGTH = 20_000
MAX_OPERATIONS = 200
MAX_DEPTH = 60
MAX_DIGITS = 60

_PRECEDENCE: dict[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something counted or measured, in the words of its text (lower case, without the quotes)."""

    words: str

    def __str__(self) -> str:
        return f'"{self.words}"'


@dataclass(frozen=True, slots=True)
class Number:
    """A constant; with `percent`, the value is in hundredths as printed: 100% has the value 100."""

    value: Decimal
    percent: bool = False

    def __str__(self) -> str:
        return f"{self.value:f}" + "%" * self.percent


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by an operator."""

    operator: Operator
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return format_expression(self)


Expression: TypeAlias = Quantity | Number | Operation


def format_expression(expression: Expression) -> str:
    """The expression in the linear syntax, with brackets only where they change the value."""
    if not isinstance(expression, Operation):
        return str(expression)
    operator, left, right = (
        expression.operator,
        format_expression(expression.left),
        format_expression(expression.right),
    )
    if (
        isinstance(expression.left, Operation)
        and _PRECEDENCE[expression.left.operator] < _PRECEDENCE[operator]
    ):
        left = f"({left})"
    if isinstance(expression.right, Operation):
        binds_weaker = _PRECEDENCE[expression.right.operator] < _PRECEDENCE[operator]
        binds_equally = _PRECEDENCE[expression.right.operator] == _PRECEDENCE[operator]
        if binds_weaker or (binds_equally and operator in "-/"):
            right = f"({right})"
    return f"{left} {operator} {right}"


def parse_expression(text: str) -> Expression:
    """Read the linear syntax. Raises FormulaError for anything else, and for texts beyond the bounds."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"longer than {MAX_LENGTH} characters")
    _check_bounds(text)
    from lark.exceptions import UnexpectedInput

    try:
        tree = _linear_parser().parse(text)
    except UnexpectedInput as error:
        offset = (
            error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
        )
        raise FormulaError(
            f"not a formula at character {offset + 1}: {text[offset : offset + 20]!r}"
        ) from None
    return tree  # type: ignore[return-value]  # the parser's callbacks build an Expression, not a tree


def iter_quantities(expression: Expression) -> Iterator[Quantity]:
    """The quantities of an expression in printed order, each as often as it stands there."""
    operands: list[Quantity] = []
    _collect_quantities(expression, operands)
    return iter(operands)


def _collect_quantities(expression: Expression, operands: list[Quantity]) -> None:
    if isinstance(expression, Operation):
        _collect_quantities(expression.left, operands)
        _collect_quantities(expression.right, operands)
    elif isinstance(expression, Quantity):
        operands.append(expression)


def is_calculation(expression: Expression) -> bool:
    """Whether anything is calculated: false for a quantity or a number alone."""
    return isinstance(expression, Operation)


def _check_bounds(text: str) -> None:
    depth = operations = 0
    for position, part in enumerate(text.split('"')):
        if position % 2:
            continue
        for character in part:
            depth += (character == "(") - (character == ")")
            operations += character in "+-*/"
            if depth > MAX_DEPTH:
                raise FormulaError(f"brackets deeper than {MAX_DEPTH}")
    if operations > MAX_OPERATIONS:
        raise FormulaError(f"more than {MAX_OPERATIONS} operations")


class ExpressionBuilder:
    """Callbacks of both grammars: they build the expression while lark parses."""

    def add(self, parts: list[Expression]) -> Operation:
        """A sum."""
        return Operation("+", parts[0], parts[-1])

    def subtract(self, parts: list[Expression]) -> Operation:
        """A difference."""
        return Operation("-", parts[0], parts[-1])

    def multiply(self, parts: list[Expression]) -> Operation:
        """A product."""
        return Operation("*", parts[0], parts[-1])

    def divide(self, parts: list[Expression]) -> Operation:
        """A quotient."""
        return Operation("/", parts[0], parts[-1])

    def quantity(self, parts: list[str]) -> Quantity:
        """A quoted quantity, white space folded."""
        words = " ".join(parts[0][1:-1].split())
        if not words:
            raise FormulaError("a quantity without words")
        return Quantity(words)

    def number(self, parts: list[str]) -> Number:
        """A bare number, with or without a percent sign."""
        if len(parts[0]) > MAX_DIGITS:
            raise FormulaError(f"a number of more than {MAX_DIGITS} digits")
        return Number(Decimal(parts[0].rstrip("%")), parts[0].endswith("%"))


@cache
def _linear_parser() -> Lark:
    from lark import Lark, Transformer

    class _LarkExpressionBuilder(ExpressionBuilder, Transformer):  # type: ignore[type-arg]
        """The builder in the form lark asks for."""

    grammar = (files("pipeline.formulas.expression") / "linear_syntax.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_LarkExpressionBuilder(visit_tokens=False))
