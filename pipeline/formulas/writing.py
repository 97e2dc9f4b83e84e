"""Writing formulas for people: LaTeX, and MathML for pages. Reading the LaTeX gives the same formula."""

from __future__ import annotations

import re
from html import escape

from pipeline.formulas.expression import Expression, Number, Operation, Quantity

_SIGNS = {"+": "+", "-": "-", "*": r"\times"}
_MATH_SIGNS = {"+": "+", "-": "−", "*": "×"}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 3}
"""A fraction's bar holds its sides together: it needs no brackets inside a product."""
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


def mathml(expression: Expression) -> str:
    """The formula as a MathML element (presentation, in a block of its own); its words are escaped."""
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mrow>{_element(expression)}</mrow></math>"
    )


def _element(expression: Expression) -> str:
    if isinstance(expression, Quantity):
        return f"<mtext>{escape(expression.words)}</mtext>"
    if isinstance(expression, Number):
        value = f"<mn>{expression.value:f}</mn>"
        return f"<mrow>{value}<mo>%</mo></mrow>" if expression.percent else value
    left, right = _element(expression.left), _element(expression.right)
    if expression.operator == "/":
        return f"<mfrac><mrow>{left}</mrow><mrow>{right}</mrow></mfrac>"
    before, behind = _bracketed(expression)
    left = f"<mrow><mo>(</mo>{left}<mo>)</mo></mrow>" if before else left
    right = f"<mrow><mo>(</mo>{right}<mo>)</mo></mrow>" if behind else right
    return f"{left}<mo>{_MATH_SIGNS[expression.operator]}</mo>{right}"


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
