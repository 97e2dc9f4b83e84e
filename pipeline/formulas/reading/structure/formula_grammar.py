"""Resolved parts as an expression, by the grammar in `reading.lark`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.formulas.expression.linear_syntax import (
    MAX_OPERATIONS,
    Expression,
    ExpressionBuilder,
    Operation,
    Operator,
)
from pipeline.formulas.reading.structure.bracket_groups import UnreadableError
from pipeline.formulas.reading.structure.operand_parser import FormulaPart

if TYPE_CHECKING:
    from lark import Lark

_TERMINAL_NAMES = {"+": "PLUS", "-": "MINUS", "*": "TIMES", "/": "OVER"}
_OPERATOR_TERMINALS = frozenset(_TERMINAL_NAMES.values())
_BUILDER = ExpressionBuilder()

Shape: TypeAlias = "int | tuple[Operator, Shape, Shape]"
"""A formula without its words: each operand is the place of its terminal."""


def build_expression(parts: tuple[FormulaPart, ...]) -> Expression:
    """The expression that the parts write. Raises UnreadableError where they make none."""
    terminals = list(_iter_terminals(parts))
    kinds = tuple([kind for kind, _ in terminals])
    if sum(map(_OPERATOR_TERMINALS.__contains__, kinds)) > MAX_OPERATIONS:
        raise UnreadableError(f"more than {MAX_OPERATIONS} operations")
    return _fill_shape(_parse_shape(kinds), terminals)


@lru_cache(maxsize=1024)
def _parse_shape(kinds: tuple[str, ...]) -> Shape:
    """What the grammar makes of the terminals' kinds; words do not matter to it, so most formulas are one."""
    from lark.exceptions import UnexpectedInput

    try:
        return _shape_parser().parse(enumerate(kinds))  # type: ignore[return-value]
    except UnexpectedInput:
        raise UnreadableError("operators and operands do not make a formula") from None


def _fill_shape(shape: Shape, terminals: list[tuple[str, str]]) -> Expression:
    if isinstance(shape, int):
        kind, text = terminals[shape]
        return _BUILDER.quantity([text]) if kind == "QUANTITY" else _BUILDER.number([text])
    operator, left, right = shape
    return Operation(operator, _fill_shape(left, terminals), _fill_shape(right, terminals))


def _iter_terminals(parts: tuple[FormulaPart, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.kind == "group":
            yield "_OPEN", "("
            yield from _iter_terminals(part.inner)
            yield "_CLOSE", ")"
        elif part.kind == "quantity":
            yield "QUANTITY", f'"{part.text}"'
        elif part.kind == "number":
            yield "NUMBER", part.text
        else:
            yield _TERMINAL_NAMES[part.text], part.text


@cache
def _shape_parser() -> Lark:
    from lark import Lark, Token, Transformer
    from lark.lexer import Lexer

    class _ShapeBuilder(Transformer):  # type: ignore[type-arg]
        """Builds the shape while lark parses."""

        def add(self, parts: list[Any]) -> Shape:
            """A sum."""
            return "+", parts[0], parts[-1]

        def subtract(self, parts: list[Any]) -> Shape:
            """A difference."""
            return "-", parts[0], parts[-1]

        def multiply(self, parts: list[Any]) -> Shape:
            """A product, with its sign or without."""
            return "*", parts[0], parts[-1]

        def divide(self, parts: list[Any]) -> Shape:
            """A quotient."""
            return "/", parts[0], parts[-1]

        def quantity(self, parts: list[str]) -> Shape:
            """The place of a quantity."""
            return int(parts[0])

        def number(self, parts: list[str]) -> Shape:
            """The place of a number."""
            return int(parts[0])

    class _TerminalLexer(Lexer):
        """Hands the terminals to the parser, each with its place."""

        def __init__(self, conf: Any) -> None:
            """Nothing to prepare."""

        def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
            """Each terminal as lark's token."""
            return (Token(kind, str(place)) for place, kind in data)

    grammar = (files("pipeline.formulas.reading.structure") / "formula_grammar.lark").read_text(
        encoding="utf-8"
    )
    return Lark(grammar, parser="lalr", lexer=_TerminalLexer, transformer=_ShapeBuilder(visit_tokens=False))
