"""Typeset formulas as MathML; the page contains each distinct formula once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.errors import FormulaError
from pipeline.formulas import parse_expression
from pipeline.formulas.expression.render_formula import render_mathml, typeset_width
from pipeline.language.highlight import split_at_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence


MAX_WIDTH = 46
"""Characters that fit in half the width of the page."""
WRAP_WIDTHS = (None, 36, 28, 22, 16)


class TypesetFormulas:
    """The typeset formulas of a page, by number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[str, ...]], int | None] = {}
        self.typeset: list[Markup] = []

    def formula_number(self, expression: str | None, differing_words: Sequence[str] = ()) -> int | None:
        """Return the number of a formula with its differing words marked; None if it cannot be typeset."""
        if not expression:
            return None
        key = (expression, tuple(differing_words))
        if key not in self._numbers:
            self._numbers[key] = self._add_formula(expression, differing_words)
        return self._numbers[key]

    def _add_formula(self, expression: str, differing_words: Sequence[str]) -> int | None:
        if (markup := typeset_formula(expression, differing_words)) is None:
            return None
        self.typeset.append(markup)
        return len(self.typeset) - 1


def typeset_formula(expression: str | None, differing_words: Sequence[str] = ()) -> Markup | None:
    """Return a formula of the linear syntax as MathML with escaped words; None if it is not valid."""
    if not expression:
        return None
    try:
        parsed = parse_expression(expression)
    except FormulaError:
        return None
    wrap = next((wrap for wrap in WRAP_WIDTHS if typeset_width(parsed, wrap) <= MAX_WIDTH), WRAP_WIDTHS[-1])
    return Markup(render_mathml(parsed, lambda words: split_at_phrases(words, differing_words), wrap))
