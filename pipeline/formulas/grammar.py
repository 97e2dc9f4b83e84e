"""Resolved parts as an expression, by the grammar in `reading.lark`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.formulas.brackets import UnreadableError
from pipeline.formulas.expression import MAX_OPERATIONS, Builder, Expression
from pipeline.formulas.operands import Part

if TYPE_CHECKING:
    from lark import Lark

_NAMES = {"+": "PLUS", "-": "MINUS", "*": "TIMES", "/": "OVER"}


def express(parts: tuple[Part, ...]) -> Expression:
    """The expression that the parts write. Raises UnreadableError where they make none."""
    from lark.exceptions import UnexpectedInput

    terminals = list(_terminals(parts))
    if sum(kind in _NAMES.values() for kind, _ in terminals) > MAX_OPERATIONS:
        raise UnreadableError(f"more than {MAX_OPERATIONS} operations")
    try:
        return _parser().parse(terminals)  # type: ignore[return-value]
    except UnexpectedInput:
        raise UnreadableError("operators and operands do not make a formula") from None


def _terminals(parts: tuple[Part, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.kind == "group":
            yield "_OPEN", "("
            yield from _terminals(part.inner)
            yield "_CLOSE", ")"
        elif part.kind == "quantity":
            yield "QUANTITY", f'"{part.text}"'
        elif part.kind == "number":
            yield "NUMBER", part.text
        else:
            yield _NAMES[part.text], part.text


@cache
def _parser() -> Lark:
    from lark import Lark, Token, Transformer
    from lark.lexer import Lexer

    class _Callbacks(Builder, Transformer):  # type: ignore[type-arg]
        """The builder in the form lark asks for."""

    class _Terminals(Lexer):
        """Hands the terminals to the parser as they are."""

        def __init__(self, conf: Any) -> None:
            """Nothing to prepare."""

        def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
            """Each terminal as lark's token."""
            return (Token(kind, text) for kind, text in data)

    grammar = (files("pipeline.formulas") / "reading.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_Terminals, transformer=_Callbacks(visit_tokens=False))
