"""Tokens as a tree of bracketed groups; brackets that a scanner lost are set again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.formulas.expression import MAX_DEPTH
from pipeline.formulas.latex import CLOSE, OPEN
from pipeline.formulas.operators import is_operator
from pipeline.formulas.tokens import Token

MAX_LOST = 20
"""Brackets whose beginning is set again."""


class UnreadableError(ValueError):
    """The formula cannot be read; the message says why."""


@dataclass(slots=True)
class Group:
    """What stands between two brackets; `fixed` where LaTeX sets its ends."""

    items: list[Item] = field(default_factory=list)
    fixed: bool = False
    start: int = 0
    end: int = 0


Item: TypeAlias = Token | Group


def group(tokens: list[Token], repairs: list[str]) -> Group:
    """The tree of the tokens. Raises UnreadableError when brackets nest too deeply."""
    stack = [Group()]
    for token in tokens:
        if token.kind == "open":
            if len(stack) > MAX_DEPTH:
                raise UnreadableError(f"brackets deeper than {MAX_DEPTH}")
            stack.append(Group(fixed=token.text == OPEN, start=token.start))
        elif token.kind == "close":
            _close(stack, token, repairs)
        else:
            stack[-1].items.append(token)
    while len(stack) > 1:
        _close_lost(stack, repairs)
    return stack[0]


def _close(stack: list[Group], token: Token, repairs: list[str]) -> None:
    fixed = token.text == CLOSE
    if fixed and any(opened.fixed for opened in stack[1:]):
        while not stack[-1].fixed:
            _close_lost(stack, repairs)
    if len(stack) > 1 and stack[-1].fixed == fixed:
        closed = stack.pop()
        closed.end = token.end
        stack[-1].items.append(closed)
    elif not fixed:
        repairs.append("bracket opened")
        if repairs.count("bracket opened") > MAX_LOST:  # each puts all before it one bracket deeper
            raise UnreadableError(f"more than {MAX_LOST} brackets are lost")
        inside, start = stack[-1].items, _operand_start(stack[-1].items)
        stack[-1].items = [*inside[:start], Group(inside[start:], end=token.end)]


def _operand_start(items: list[Item]) -> int:
    """Where the operand with the lost opening bracket begins: behind the last division, else at the start."""
    for at in range(len(items) - 1, -1, -1):
        if divides(items[at]):
            return at + 1
    return 0


def _close_lost(stack: list[Group], repairs: list[str]) -> None:
    """Close a group that lost its end: a sum before the division, else before `x 100%`, else at the end."""
    opened = stack.pop()
    repairs.append("brace closed" if opened.fixed else "bracket closed")
    division = next((at for at, item in enumerate(opened.items) if divides(item)), None)
    if not opened.fixed and division is not None and _adds(opened.items[:division]):
        stack[-1].items += [Group(opened.items[:division]), *opened.items[division:]]
    elif not opened.fixed and len(opened.items) > 2 and _scales(opened.items[-2:]):
        stack[-1].items += [Group(opened.items[:-2]), *opened.items[-2:]]
    else:
        stack[-1].items.append(opened)


def divides(item: Item) -> bool:
    """Whether the item is a division sign or a fraction bar."""
    return isinstance(item, Token) and (item.kind == "rule" or is_operator(item, "/"))


def _adds(items: list[Item]) -> bool:
    return any(isinstance(item, Token) and is_operator(item, "+-") for item in items)


def _scales(items: list[Item]) -> bool:
    """Whether the items are `x 100%`."""
    times, scale = items if len(items) == 2 else (None, None)
    return (
        isinstance(times, Token)
        and is_operator(times, "*")
        and isinstance(scale, Token)
        and scale.kind == "number"
        and scale.text == "100%"
    )


def is_wordy(item: Item) -> bool:
    """Whether a group holds words or numbers alone, nothing to compute."""
    return (
        isinstance(item, Group)
        and not item.fixed
        and all(
            is_wordy(inner) if isinstance(inner, Group) else inner.kind not in {"operator", "rule"}
            for inner in item.items
        )
    )
