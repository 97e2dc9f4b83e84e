"""Tokens as a tree of bracketed groups; brackets that a scanner lost are set again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.formulas.expression.linear_syntax import MAX_DEPTH
from pipeline.formulas.reading.formula_reading import Repair, UnreadableError
from pipeline.formulas.reading.text.latex_reader import GROUP_CLOSE, GROUP_OPEN
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken
from pipeline.formulas.reading.tokens.operator_tokens import is_operator

MAX_LOST_BRACKETS = 20
"""Brackets whose beginning is set again."""


@dataclass(slots=True)
class BracketGroup:
    """What stands between two brackets; `fixed` where LaTeX sets its ends."""

    items: list[BracketItem] = field(default_factory=list)
    fixed: bool = False
    start: int = 0
    end: int = 0


BracketItem: TypeAlias = FormulaToken | BracketGroup


def group_brackets(tokens: list[FormulaToken]) -> tuple[BracketGroup, list[Repair]]:
    """Return the tree of the tokens, and the brackets that were set again.

    Raises:
        UnreadableError: brackets nest too deeply, or too many are lost.
    """
    stack = [BracketGroup()]
    repairs: list[Repair] = []
    for token in tokens:
        if token.kind == "open":
            if len(stack) > MAX_DEPTH:
                raise UnreadableError(f"brackets deeper than {MAX_DEPTH}")
            stack.append(BracketGroup(fixed=token.text == GROUP_OPEN, start=token.start))
        elif token.kind == "close":
            repairs += _close_bracket(stack, token)
            if repairs.count(Repair.BRACKET_OPENED) > MAX_LOST_BRACKETS:  # each puts all before it deeper
                raise UnreadableError(f"more than {MAX_LOST_BRACKETS} brackets are lost")
        else:
            stack[-1].items.append(token)
    while len(stack) > 1:
        repairs.append(_close_lost_bracket(stack))
    return stack[0], repairs


def _close_bracket(stack: list[BracketGroup], token: FormulaToken) -> list[Repair]:
    """Close the innermost bracket of the stack; a bracket that was never opened begins at its operand."""
    repairs: list[Repair] = []
    fixed = token.text == GROUP_CLOSE
    if fixed and any(open_group.fixed for open_group in stack[1:]):
        while not stack[-1].fixed:
            repairs.append(_close_lost_bracket(stack))
    if len(stack) > 1 and stack[-1].fixed == fixed:
        closed_group = stack.pop()
        closed_group.end = token.end
        stack[-1].items.append(closed_group)
    elif not fixed:
        repairs.append(Repair.BRACKET_OPENED)
        items, start = stack[-1].items, _operand_start(stack[-1].items)
        stack[-1].items = [*items[:start], BracketGroup(items[start:], end=token.end)]
    return repairs


def _operand_start(items: list[BracketItem]) -> int:
    """Where the operand with the lost opening bracket begins: behind the last division, else at the start."""
    for at in range(len(items) - 1, -1, -1):
        if is_division(items[at]):
            return at + 1
    return 0


def _close_lost_bracket(stack: list[BracketGroup]) -> Repair:
    """Close a group that lost its end: a sum before the division, else before `x 100%`, else at the end."""
    lost_group = stack.pop()
    division = next((at for at, item in enumerate(lost_group.items) if is_division(item)), None)
    if not lost_group.fixed and division is not None and _contains_sum(lost_group.items[:division]):
        stack[-1].items += [BracketGroup(lost_group.items[:division]), *lost_group.items[division:]]
    elif not lost_group.fixed and len(lost_group.items) > 2 and _is_percent_scale(lost_group.items[-2:]):
        stack[-1].items += [BracketGroup(lost_group.items[:-2]), *lost_group.items[-2:]]
    else:
        stack[-1].items.append(lost_group)
    return Repair.BRACE_CLOSED if lost_group.fixed else Repair.BRACKET_CLOSED


def is_division(item: BracketItem) -> bool:
    """Return whether the item is a division sign or a fraction bar."""
    return isinstance(item, FormulaToken) and (item.kind == "rule" or is_operator(item, "/"))


def _contains_sum(items: list[BracketItem]) -> bool:
    return any(isinstance(item, FormulaToken) and is_operator(item, "+-") for item in items)


def _is_percent_scale(items: list[BracketItem]) -> bool:
    """Return whether the items are `x 100%`."""
    times, scale = items if len(items) == 2 else (None, None)
    return (
        isinstance(times, FormulaToken)
        and is_operator(times, "*")
        and isinstance(scale, FormulaToken)
        and scale.kind == "number"
        and scale.text == "100%"
    )


def is_wordy(item: BracketItem) -> bool:
    """Return whether a group holds words or numbers alone, nothing to compute."""
    return (
        isinstance(item, BracketGroup)
        and not item.fixed
        and all(
            is_wordy(inner) if isinstance(inner, BracketGroup) else inner.kind not in {"operator", "rule"}
            for inner in item.items
        )
    )
