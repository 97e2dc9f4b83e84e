"""Resolved parts as an expression: products bind stronger than sums, equals bind from the left."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from pipeline.formulas.expression.linear_syntax import (
    MAX_DIGITS,
    MAX_OPERATIONS,
    Expression,
    Number,
    Operation,
    Operator,
    Quantity,
)
from pipeline.formulas.reading.formula_reading import UnreadableError

if TYPE_CHECKING:
    from pipeline.formulas.reading.structure.operand_parser import FormulaPart

_NO_FORMULA = "operators and operands do not make a formula"


def build_expression(parts: tuple[FormulaPart, ...]) -> Expression:
    """Return the expression that the parts write.

    Raises:
        UnreadableError: they make none, or one beyond the bounds of the linear syntax.
    """
    if _count_operators(parts) > MAX_OPERATIONS:
        raise UnreadableError(f"more than {MAX_OPERATIONS} operations")
    return _build_sum(parts)


def _count_operators(parts: tuple[FormulaPart, ...]) -> int:
    return sum((part.kind == "operator") + _count_operators(part.inner) for part in parts)


def _build_sum(parts: tuple[FormulaPart, ...]) -> Expression:
    total: Expression | None = None
    sign: Operator = "+"
    start = 0
    for at in range(len(parts) + 1):
        ends = at == len(parts) or (parts[at].kind == "operator" and parts[at].text in "+-")
        if not ends:
            continue
        product = _build_product(parts[start:at])
        total = product if total is None else Operation(sign, total, product)
        if at < len(parts):
            sign = cast("Operator", parts[at].text)
        start = at + 1
    assert total is not None
    return total


def _build_product(parts: tuple[FormulaPart, ...]) -> Expression:
    """Return a product; a number straight before a bracket multiplies it."""
    product: Expression | None = None
    operator: Operator | None = None
    for part in parts:
        if part.kind == "operator":
            if product is None or operator is not None:
                raise UnreadableError(_NO_FORMULA)
            operator = cast("Operator", part.text)
            continue
        if product is None:
            product = _build_operand(part)
        elif operator is not None or part.kind == "group":
            product = Operation(operator or "*", product, _build_operand(part))
        else:
            raise UnreadableError(_NO_FORMULA)
        operator = None
    if product is None or operator is not None:
        raise UnreadableError(_NO_FORMULA)
    return product


def _build_operand(part: FormulaPart) -> Expression:
    if part.kind == "group":
        return _build_sum(part.inner)
    if part.kind == "quantity":
        if not part.text.strip():
            raise UnreadableError("a quantity without words")
        return Quantity(" ".join(part.text.split()))
    if part.kind != "number" or len(part.text) > MAX_DIGITS:
        raise UnreadableError(_NO_FORMULA)
    return Number(Decimal(part.text.rstrip("%")), part.text.endswith("%"))
