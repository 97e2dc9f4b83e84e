"""The way to a reading in lines for people: tokens, clauses, readings with their costs, omissions."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from pipeline.formulas.expression.linear_syntax import Expression, Operation, Quantity, format_expression
from pipeline.formulas.reading.structure.operand_parser import CODE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas.reading.formula_reader import ReadingTrace
    from pipeline.formulas.reading.statements.substitution import Statement

_BLANK_TOKEN = "⏎"
_NO_COST = 0.0
LEAST_CONFIDENCE = 0.001
"""Below this confidence every reading costs the same."""


def describe_trace(trace: ReadingTrace) -> Iterator[tuple[str, str]]:
    """Yield a title and a line for each step of a reading."""
    yield "tokens", " ".join(f"{token.kind}:{token.text.strip() or _BLANK_TOKEN}" for token in trace.tokens)
    if trace.solution is None:
        return
    for statement in trace.solution.statements:
        yield statement.clause.kind.value, " ".join(token.text.strip() for token in statement.clause.printed)
        yield from _describe_readings(statement)
    yield "formula", format_expression(trace.solution.expression)
    for omission in trace.solution.omissions:
        yield "left out", f"{omission.kind}: {omission.text}"


def _describe_readings(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield the readings of a statement, the cheapest first; the cost is the confidence that is lost."""
    if statement.error is not None:
        yield "unreadable", str(statement.error)
    for reading in statement.readings:
        cost = -log(max(reading.confidence, LEAST_CONFIDENCE)) or _NO_COST
        steps = f" ({'; '.join(reading.repairs)})" if reading.repairs else ""
        yield f"cost {cost:.2f}", f"{format_expression(_name_codes(reading.expression))}{steps}"


def _name_codes(expression: Expression) -> Expression:
    """Return the expression with its codes as they are printed."""
    if isinstance(expression, Operation):
        return Operation(expression.operator, _name_codes(expression.left), _name_codes(expression.right))
    return (
        Quantity(expression.words.replace(CODE_MARK, "")) if isinstance(expression, Quantity) else expression
    )
