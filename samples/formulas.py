"""Formulas of the samples: one plain notation, and the ways in which decrees print it.

The records hold formulas in a plain notation, ``(Jumlah A / Jumlah B) x 100%``, operators between
blanks. From its tree each style of the layouts is printed, and the expression the record must show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOKENS = re.compile(r"(?<!\S)([x/+-])(?!\S)|([()])")
NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?%?)(?: (.+))?$")
RANK = {"+": 1, "-": 1, "x": 2, "/": 2}
RULE, DASHES = "—" * 24, "-" * 26


@dataclass(frozen=True)
class Quantity:
    """A counted or measured thing, as printed."""

    text: str


@dataclass(frozen=True)
class Number:
    """A bare number or percentage, with the unit word behind it, if any."""

    text: str
    unit: str = ""


@dataclass(frozen=True)
class Binary:
    """Two formulas and the operator between them: ``+``, ``-``, ``x`` or ``/``."""

    operator: str
    left: Node
    right: Node


Node = Quantity | Number | Binary


def parse(plain: str) -> Node:
    """Return the tree of a formula in plain notation; ValueError where it is not in that notation."""
    tokens = [part.strip() for part in TOKENS.split(plain) if part and part.strip()]
    node, rest = _chain(tokens, 1)
    if rest:
        raise ValueError(f"not a formula in plain notation: {plain!r} (at {rest[0]!r})")
    return node


def _chain(tokens: list[str], rank: int) -> tuple[Node, list[str]]:
    """Return operands joined by operators of at least ``rank``, from the left."""
    node, rest = _operand(tokens)
    while rest and RANK.get(rest[0], 0) >= rank:
        operator = rest[0]
        right, rest = _chain(rest[1:], RANK[operator] + 1)
        node = Binary(operator, node, right)
    return node, rest


def _operand(tokens: list[str]) -> tuple[Node, list[str]]:
    if not tokens or tokens[0] in {")", *RANK}:
        raise ValueError("an operand is missing")
    if tokens[0] == "(":
        node, rest = _chain(tokens[1:], 1)
        if rest[:1] != [")"]:
            raise ValueError("a bracket is not closed")
        return node, rest[1:]
    match = NUMBER.match(tokens[0])
    return (Number(match[1], match[2] or "") if match else Quantity(tokens[0])), tokens[1:]


@dataclass(frozen=True)
class Style:
    """How leaves, operators and brackets are written."""

    leaf: Callable[[Quantity | Number], str]
    operators: Mapping[str, str]
    brackets: tuple[str, str] = ("(", ")")
    fraction: str = ""
    """Template with ``{0}`` over ``{1}``; empty where a division is an operator like any other."""

    def write(self, node: Node) -> str:
        """Return the formula in this style, with the brackets that it needs."""
        if not isinstance(node, Binary):
            return self.leaf(node)
        if node.operator == "/" and self.fraction:
            return self.fraction.format(self.write(node.left), self.write(node.right))
        left = self._side(node.left, RANK[node.operator])
        right = self._side(node.right, RANK[node.operator] + 1)
        return f"{left}{self.operators[node.operator]}{right}"

    def _side(self, node: Node, rank: int) -> str:
        written = self.write(node)
        framed = isinstance(node, Binary) and node.operator == "/" and self.fraction
        if isinstance(node, Binary) and RANK[node.operator] < rank and not framed:
            return self.brackets[0] + written + self.brackets[1]
        return written


def _plain(node: Quantity | Number) -> str:
    if isinstance(node, Quantity):
        return node.text
    return f"{node.text} {node.unit}".strip()


def _sum(node: Quantity | Number) -> str:
    """Return ``Jumlah konflik`` as ``∑ konflik``."""
    counted = words("formulas")["sum"] + " "
    text = _plain(node)
    return "∑ " + text[len(counted) :] if text.casefold().startswith(counted.casefold()) else text


def _latex(node: Quantity | Number) -> str:
    if isinstance(node, Quantity):
        return rf"\text{{{node.text}}}"
    number = node.text.replace("%", r"\%")
    return rf"{number} \text{{ {node.unit}}}" if node.unit else number


def _quoted(node: Quantity | Number) -> str:
    return f'"{node.text.casefold()}"' if isinstance(node, Quantity) else node.text


SPACED = {"+": " + ", "-": " - ", "x": " x ", "/": " / "}
EXPRESSION = Style(_quoted, {**SPACED, "x": " * "})
SUMS = Style(_sum, SPACED)
PAGE = Style(_plain, SPACED)
COLON = Style(_plain, {**SPACED, "/": " : "})
LATEX = Style(
    _latex, {**SPACED, "x": r" \times "}, (r"\left( ", r" \right)"), fraction=r"\frac{{{0}}}{{{1}}}"
)


def expression(plain: str) -> str:
    """Return the reading that the record must show: quoted quantities, ``+ - * /``."""
    return EXPRESSION.write(parse(plain))


def in_words(plain: str) -> str:
    """Return ``Jumlah A dibagi Jumlah B dikalikan 100%``."""
    spoken = words("formulas")
    style = Style(_plain, {**SPACED, "/": f" {spoken['divided']} ", "x": f" {spoken['multiplied']} "})
    match parse(plain):
        case Binary("x", _, Number("100%")) as percentage:
            return style.write(percentage)
    return plain


def stacked(plain: str, rule: str = RULE) -> str:
    """Return three lines: numerator, a rule of dashes with the multiplier, denominator; sums as ``∑``."""
    match parse(plain):
        case Binary("x", Binary("/", over, under), Number(factor)):
            rule = f"{rule} x {factor}"
        case Binary("/", over, under):
            pass
        case other:
            return SUMS.write(other)
    return "\n".join([SUMS.write(over), rule, SUMS.write(under)])


def fraction(plain: str, style: Style) -> str:
    """Return a fraction in one line; brackets separate it from a factor."""
    match parse(plain):
        case Binary("x", Binary("/") as division, Number(factor)):
            return f"({style.write(division)}) x {factor}"
        case other:
            return style.write(other)


STYLES: dict[str, Callable[[str], str]] = {
    "plain": lambda plain: plain,
    "words": in_words,
    "colon": lambda plain: COLON.write(parse(plain)),
    "sums": lambda plain: SUMS.write(parse(plain)),
    "stacked": stacked,
    "dashed": lambda plain: stacked(plain, DASHES),
    "bar": lambda plain: fraction(plain, PAGE),
    "sumbar": lambda plain: fraction(plain, SUMS),
    "latex": lambda plain: f"${LATEX.write(parse(plain))}$",
    "display": lambda plain: f"$${LATEX.write(parse(plain))}$$",
}
"""How a layout may print a formula given in plain notation; the lines of a stacked one are kept.

``bar`` and ``sumbar`` are drawn with a fraction's bar on a page; as text the bar is a slash.
"""
