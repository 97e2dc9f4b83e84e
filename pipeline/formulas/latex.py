r"""LaTeX formulas as a line of plain signs: `\frac{\text{A}}{\text{B}} \times 100\%` → `⦃⦃A⦄÷⦃B⦄⦄ × 100%`.

The brackets ⦃⦄ mark groups whose ends LaTeX fixes, unlike the printed ones, which scanners lose.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "⦃", "⦄"
MAX_DEPTH = 40

_TOKEN = re.compile(
    r"\\(?P<name>[a-zA-Z]+)\*?|\\(?P<mark>.)|(?P<brace>[{}])|(?P<script>[_^])|(?P<plain>[^\\{}_^$]+)|\$+",
    re.DOTALL,
)
_SIGNS = {
    "times": " × ", "cdot": " × ", "ast": " × ", "div": " ÷ ", "sum": " ∑ ", "Sigma": " ∑ ", "over": " ÷ ",
    "quad": " ", "qquad": " ", "newline": "\n", "pm": " + ", "lbrack": " [ ", "rbrack": " ] ",
    "lbrace": " ( ", "rbrace": " ) ", "colon": " : ", "percent": "%", "equiv": " = ",
    "geq": " ≥ ", "ge": " ≥ ", "geqslant": " ≥ ", "leq": " ≤ ", "le": " ≤ ", "leqslant": " ≤ ",
    "lt": " < ", "gt": " > ",
    "dots": "…", "ldots": "…", "hline": " ",
}  # fmt: skip
_MARKS = {"\\": "\n", "%": "%", "&": "&", "_": "_", "#": "#", "{": "(", "}": ")"}
_COMMAND = re.compile(r"\\(?:[a-zA-Z]|[()\[\]%])")
_BOUNDED = frozenset({"sum", "Sigma", "prod"})
_LIMITS = frozenset({"limits", "nolimits"})
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_KNOWN = frozenset(
    "text textbf textit textrm textnormal mathrm mathbf mathit mathsf mathbb mbox hbox left right "
    "big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle operatorname overline underline bar hat "
    "limits nolimits begin end boxed mathop underbrace overbrace".split()
)


class LatexError(ValueError):
    """Braces nested beyond any formula."""


def is_latex(text: str) -> bool:
    """Whether the text holds LaTeX commands or dollar signs."""
    return "$" in text or _COMMAND.search(text) is not None


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without LaTeX and the names of the repairs made. Raises LatexError when nested too deeply."""
    reader = _Reader(text)
    return reader.sequence(0, top=True), tuple(dict.fromkeys(reader.repairs))


class _Reader:
    """Walks the commands once, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.at = 0
        self.repairs: list[str] = []
        self.last = ""
        """The command that an index would belong to."""

    def sequence(self, depth: int, *, top: bool = False, above: bool = False) -> str:
        """Everything up to the closing brace, which is taken; at the top, up to the end.

        Above a bar, a brace that opens straight behind one that closes is the denominator's: `{{a}{b}`.
        """
        parts: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if above and token["brace"] == "{" and self.at and self.tokens[self.at - 1]["brace"] == "}":
                break
            self.at += 1
            if token["brace"] == "}":
                if not top:
                    return "".join(parts)
                self.repairs.append("brace closed")
            else:
                parts.append(self.item(token, depth))
        if not top:
            self.repairs.append("brace closed")
        return "".join(parts)

    def item(self, token: re.Match[str], depth: int) -> str:
        """What one token, with the groups it takes, stands for."""
        if depth > MAX_DEPTH:
            raise LatexError(f"braces deeper than {MAX_DEPTH}")
        if token["plain"] is not None:
            self.last = "" if token["plain"].strip() else self.last
            return token["plain"]
        if token["brace"]:
            return self.sequence(depth + 1)
        if token["mark"] is not None:
            return _MARKS.get(token["mark"], " ")
        if token["script"]:
            return self.script(depth)
        return self.command(token["name"], depth) if token["name"] else " "

    def command(self, name: str, depth: int) -> str:
        """A named command."""
        if name not in _LIMITS:
            self.last = name
        if name in _FRACTIONS:
            above, below = self.group(depth, above=True), self.group(depth)
            return f" {OPEN}{OPEN}{above}{CLOSE}÷{OPEN}{below}{CLOSE}{CLOSE} "
        if name in {"begin", "end"}:
            self.group(depth)
            return " "
        if name not in _KNOWN and name not in _SIGNS:
            self.repairs.append("unknown command dropped")
        return _SIGNS.get(name, "")

    def script(self, depth: int) -> str:
        """An index or exponent: bounds of a sum are left out, other indices are words."""
        index = self.tokens[self.at - 1]["script"] == "_"
        if self.at < len(self.tokens) and self.tokens[self.at]["brace"] == "{":
            owner = self.last
            inside = self.group(depth)
            self.last = owner
            return f" {inside} " if index and owner not in _BOUNDED else " "
        return "_"

    def group(self, depth: int, *, above: bool = False) -> str:
        """The next braced group, or the single sign that stands for it."""
        while self.at < len(self.tokens) and (self.tokens[self.at]["plain"] or "").isspace():
            self.at += 1
        if self.at >= len(self.tokens):
            self.repairs.append("brace closed")
            return ""
        token = self.tokens[self.at]
        if token["brace"] == "}":
            self.repairs.append("brace closed")
            return ""
        self.at += 1
        return self.sequence(depth + 1, above=above) if token["brace"] else self.item(token, depth + 1)
