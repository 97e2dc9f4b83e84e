"""Writing formulas for people: LaTeX, and MathML for pages. Reading the LaTeX gives the same formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby

from pipeline.formulas.expression.linear_syntax import Expression, Number, Operation, Quantity

_LATEX_SIGNS = {"+": "+", "-": "-", "*": r"\times"}
_MATHML_SIGNS = {"+": "+", "-": "−", "*": "×"}
_RENDER_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 3}
"""A fraction's bar holds its sides together: it needs no brackets inside a product."""
QuantityMarker = Callable[[str], Iterable[tuple[str, bool]]]
"""A quantity's words in pieces, and whether each is to be marked."""
_MARKED_TAG = '<mtext class="marked">'
_LATEX_SPECIALS = re.compile(r"[\\{}%$&#_^~]")


def render_latex(expression: Expression) -> str:
    r"""Return the formula in LaTeX, quotients as ``\frac``, quantities as ``\text``."""
    if isinstance(expression, Quantity):
        return rf"\text{{{_LATEX_SPECIALS.sub(_escape_latex, expression.words)}}}"
    if isinstance(expression, Number):
        return str(expression).replace("%", r"\%")
    left, right = render_latex(expression.left), render_latex(expression.right)
    if expression.operator == "/":
        return rf"\frac{{{left}}}{{{right}}}"
    left_brackets, right_brackets = _needs_brackets(expression)
    left = rf"\left({left}\right)" if left_brackets else left
    right = rf"\left({right}\right)" if right_brackets else right
    return f"{left} {_LATEX_SIGNS[expression.operator]} {right}"


def render_mathml(
    expression: Expression, marking: QuantityMarker | None = None, wrap: int | None = None
) -> str:
    """Return the formula as a MathML element (presentation, in a block of its own); its words are escaped.

    What ``marking`` says of a quantity's words stands in elements of the class ``marked``. Quantities longer
    than ``wrap`` characters stand in several lines.
    """
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mrow>{_mathml_element(expression, marking, wrap)}</mrow></math>"
    )


def typeset_width(expression: Expression, wrap: int | None = None) -> int:
    """About how many characters wide the formula is when it is typeset."""
    if isinstance(expression, Quantity):
        words = [(word, False) for word in expression.words.split()]
        return max((sum(len(w) + 1 for w, _ in line) for line in _wrap_words(words, wrap)), default=0)
    if isinstance(expression, Number):
        return len(str(expression))
    left, right = typeset_width(expression.left, wrap), typeset_width(expression.right, wrap)
    return max(left, right) if expression.operator == "/" else left + right + 3


def _mathml_element(expression: Expression, marking: QuantityMarker | None, wrap: int | None) -> str:
    if isinstance(expression, Quantity):
        return _mathml_quantity(expression.words, marking, wrap)
    if isinstance(expression, Number):
        value = f"<mn>{expression.value:f}</mn>"
        return f"<mrow>{value}<mo>%</mo></mrow>" if expression.percent else value
    left, right = (_mathml_element(part, marking, wrap) for part in (expression.left, expression.right))
    if expression.operator == "/":
        return f"<mfrac><mrow>{left}</mrow><mrow>{right}</mrow></mfrac>"
    left_brackets, right_brackets = _needs_brackets(expression)
    left = f"<mrow><mo>(</mo>{left}<mo>)</mo></mrow>" if left_brackets else left
    right = f"<mrow><mo>(</mo>{right}<mo>)</mo></mrow>" if right_brackets else right
    return f"{left}<mo>{_MATHML_SIGNS[expression.operator]}</mo>{right}"


def _mathml_quantity(text: str, marking: QuantityMarker | None, wrap: int | None) -> str:
    """Return a quantity, in a line or in several below each other."""
    pieces = [(text, False)] if marking is None else list(marking(text))
    words = [(word, mark) for piece, mark in pieces for word in piece.split()]
    lines = [_mathml_line(line) for line in _wrap_words(words, wrap)]
    if len(lines) < 2:
        return "".join(lines)
    return f"<mtable>{''.join(f'<mtr><mtd>{line}</mtd></mtr>' for line in lines)}</mtable>"


def _mathml_line(words: list[tuple[str, bool]]) -> str:
    """Words in a row, marked ones in elements of their own; MathML drops spaces at the edges of elements."""
    runs = [(mark, [word for word, _ in run]) for mark, run in groupby(words, key=lambda word: word[1])]
    elements = []
    for number, (mark, run) in enumerate(runs):
        leading_space = "\u00a0" if number and not mark else ""
        trailing_space = "\u00a0" if number < len(runs) - 1 and not mark else ""
        elements.append(
            f"{_MARKED_TAG if mark else '<mtext>'}"
            f"{leading_space}{escape(' '.join(run))}{trailing_space}</mtext>"
        )
    return elements[0] if len(elements) == 1 else f"<mrow>{''.join(elements)}</mrow>"


def _wrap_words(words: list[tuple[str, bool]], wrap: int | None) -> list[list[tuple[str, bool]]]:
    """Return the words in lines of at most so many characters, or of one word."""
    if wrap is None:
        return [words] if words else []
    lines: list[list[tuple[str, bool]]] = []
    room = 0
    for word in words:
        room -= len(word[0]) + 1
        if room < 0 or not lines:
            lines.append([])
            room = wrap - len(word[0])
        lines[-1].append(word)
    return lines


def _needs_brackets(expression: Operation) -> tuple[bool, bool]:
    """Return whether the left and the right side of a sum, difference or product stand in brackets."""
    precedence = _RENDER_PRECEDENCE[expression.operator]
    left = (
        isinstance(expression.left, Operation) and _RENDER_PRECEDENCE[expression.left.operator] < precedence
    )
    right = isinstance(expression.right, Operation) and (
        _RENDER_PRECEDENCE[expression.right.operator] < precedence
        or (expression.right.operator in "+-" and expression.operator == "-")
    )
    return left, right


def _escape_latex(match: re.Match[str]) -> str:
    sign = match.group()
    return {"\\": r"\textbackslash ", "^": r"\^{}", "~": r"\~{}"}.get(sign, f"\\{sign}")
