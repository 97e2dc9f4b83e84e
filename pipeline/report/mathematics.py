"""Formulas typeset once each: the page holds every different one a single time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.formulas import FormulaError, parse
from pipeline.formulas.writing import mathml, width
from pipeline.marking import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence


WIDEST = 46
"""Characters that fit beside another formula, or on half a sheet of paper."""
WRAPS = (None, 36, 28, 22, 16)


class Formulas:
    """The typeset formulas of a page, by number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[str, ...]], int | None] = {}
        self.typeset: list[Markup] = []

    def number(self, expression: str | None, differing: Sequence[str] = ()) -> int | None:
        """The number of a formula with some of its words marked; None where there is nothing to typeset."""
        if not expression:
            return None
        key = (expression, tuple(differing))
        if key not in self._numbers:
            self._numbers[key] = self._add(expression, differing)
        return self._numbers[key]

    def _add(self, expression: str, differing: Sequence[str]) -> int | None:
        if (made := typeset(expression, differing)) is None:
            return None
        self.typeset.append(made)
        return len(self.typeset) - 1


def typeset(expression: str | None, differing: Sequence[str] = ()) -> Markup | None:
    """A formula of the linear syntax as MathML, its words escaped; None where it is none."""
    if not expression:
        return None
    try:
        parsed = parse(expression)
    except FormulaError:
        return None
    wrap = next((wrap for wrap in WRAPS if width(parsed, wrap) <= WIDEST), WRAPS[-1])
    return Markup(mathml(parsed, lambda words: pieces(words, differing), wrap))
