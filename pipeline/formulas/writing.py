"""Writing formulas for people: LaTeX, and MathML for pages. Reading the LaTeX gives the same formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from pipeline.formulas.expression import Expression, Number, Operation, Quantity

_SIGNS = {"+": "+", "-": "-", "*": r"\times"}
_MATH_SIGNS = {"+": "+", "-": "−", "*": "×"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 3}
"""A fraction's bar holds its sides together: it needs no brackets inside a product."""
Marking = Callable[[str], Iterable[tuple[str, bool]]]
"""A quantity's words in pieces, and whether each is to be marked."""
_MARKED = '<mtext class="marked">'
_EDGE, _NO_BREAK = re.compile(r"^ | $"), "\u00a0"
_SPECIAL = re.compile(r"[\\{}%$&#_^~]")


def latex(expression: Expression) -> str:
    r"""The formula in LaTeX, quotients as ``\frac``, quantities as ``\text``."""
    if isinstance(expression, Quantity):
        return rf"\text{{{_SPECIAL.sub(_escaped, expression.words)}}}"
    if isinstance(expression, Number):
        return str(expression).replace("%", r"\%")
    left, right = latex(expression.left), latex(expression.right)
    if expression.operator == "/":
        return rf"\frac{{{left}}}{{{right}}}"
    before, behind = _bracketed(expression)
    left = rf"\left({left}\right)" if before else left
    right = rf"\left({right}\right)" if behind else right
    return f"{left} {_SIGNS[expression.operator]} {right}"


def mathml(expression: Expression, marking: Marking | None = None) -> str:
    """The formula as a MathML element (presentation, in a block of its own); its words are escaped.

    What ``marking`` says of a quantity's words stands in elements of the class ``marked``.
    """
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mrow>{_element(expression, marking)}</mrow></math>"
    )


def _element(expression: Expression, marking: Marking | None) -> str:
    if isinstance(expression, Quantity):
        return _words(expression.words, marking)
    if isinstance(expression, Number):
        value = f"<mn>{expression.value:f}</mn>"
        return f"<mrow>{value}<mo>%</mo></mrow>" if expression.percent else value
    left, right = _element(expression.left, marking), _element(expression.right, marking)
    if expression.operator == "/":
        return f"<mfrac><mrow>{left}</mrow><mrow>{right}</mrow></mfrac>"
    before, behind = _bracketed(expression)
    left = f"<mrow><mo>(</mo>{left}<mo>)</mo></mrow>" if before else left
    right = f"<mrow><mo>(</mo>{right}<mo>)</mo></mrow>" if behind else right
    return f"{left}<mo>{_MATH_SIGNS[expression.operator]}</mo>{right}"


def _words(words: str, marking: Marking | None) -> str:
    """A quantity; marked words in elements of their own, with the spaces kept that MathML drops at edges."""
    pieces = [(words, False)] if marking is None else list(marking(words))
    if not any(marked for _, marked in pieces):
        return f"<mtext>{escape(words)}</mtext>"
    texts = (
        f"{_MARKED if marked else '<mtext>'}{escape(_EDGE.sub(_NO_BREAK, piece))}</mtext>"
        for piece, marked in pieces
    )
    return f"<mrow>{''.join(texts)}</mrow>"


def _bracketed(expression: Operation) -> tuple[bool, bool]:
    """Whether the left and the right side of a sum, difference or product stand in brackets."""
    own = _STRENGTH[expression.operator]
    left = isinstance(expression.left, Operation) and _STRENGTH[expression.left.operator] < own
    right = isinstance(expression.right, Operation) and (
        _STRENGTH[expression.right.operator] < own
        or (expression.right.operator in "+-" and expression.operator == "-")
    )
    return left, right


def _escaped(match: re.Match[str]) -> str:
    sign = match.group()
    return {"\\": r"\textbackslash ", "^": r"\^{}", "~": r"\~{}"}.get(sign, f"\\{sign}")
