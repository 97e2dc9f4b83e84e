r"""LaTeX formulas as a line of plain signs: `\frac{\text{A}}{\text{B}} \times 100\%` → `⦃⦃A⦄÷⦃B⦄⦄ × 100%`.

The brackets ⦃⦄ mark groups whose ends LaTeX fixes, unlike the printed ones, which scanners lose.
"""

from __future__ import annotations

import re

from pipeline.formulas.reading.formula_reading import Repair

GROUP_OPEN, GROUP_CLOSE = "⦃", "⦄"
MAX_BRACE_DEPTH = 40

_LATEX_TOKEN = re.compile(
    r"\\(?P<name>[a-zA-Z]+)\*?|\\(?P<mark>.)|(?P<brace>[{}])|(?P<script>[_^])|(?P<plain>[^\\{}_^$]+)|\$+",
    re.DOTALL,
)
_COMMAND_SIGNS = {
    "times": " × ", "cdot": " × ", "ast": " × ", "div": " ÷ ", "sum": " ∑ ", "Sigma": " ∑ ", "over": " ÷ ",
    "quad": " ", "qquad": " ", "newline": "\n", "pm": " + ", "lbrack": " [ ", "rbrack": " ] ",
    "lbrace": " ( ", "rbrace": " ) ", "colon": " : ", "percent": "%", "equiv": " = ",
    "geq": " ≥ ", "ge": " ≥ ", "geqslant": " ≥ ", "leq": " ≤ ", "le": " ≤ ", "leqslant": " ≤ ",
    "lt": " < ", "gt": " > ",
    "dots": "…", "ldots": "…", "hline": " ",
}  # fmt: skip
_ESCAPED_MARKS = {"\\": "\n", "%": "%", "&": "&", "_": "_", "#": "#", "{": "(", "}": ")"}
_COMMAND_START = re.compile(r"\\(?:[a-zA-Z]|[()\[\]%])")
_BOUNDED_COMMANDS = frozenset({"sum", "Sigma", "prod"})
_LIMIT_COMMANDS = frozenset({"limits", "nolimits"})
_FRACTION_COMMANDS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_SILENT_COMMANDS = frozenset(
    "text textbf textit textrm textnormal mathrm mathbf mathit mathsf mathbb mbox hbox left right "
    "big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle operatorname overline underline bar hat "
    "limits nolimits begin end boxed mathop underbrace overbrace".split()
)


class LatexError(ValueError):
    """Braces nested beyond any formula."""


def is_latex(text: str) -> bool:
    """Whether the text holds LaTeX commands or dollar signs."""
    return "$" in text or _COMMAND_START.search(text) is not None


def latex_to_text(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text without LaTeX and the names of the repairs made. Raises LatexError when nested too deeply."""
    reader = _LatexReader(text)
    return reader.read_sequence(0, top=True), tuple(dict.fromkeys(reader.repairs))


class _LatexReader:
    """Walks the commands once, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_LATEX_TOKEN.finditer(text))
        self.at = 0
        self.repairs: list[Repair] = []
        self.last = ""
        """The command that an index would belong to."""

    def read_sequence(self, depth: int, *, top: bool = False, above: bool = False) -> str:
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
                self.repairs.append(Repair.BRACE_CLOSED)
            else:
                parts.append(self.read_item(token, depth))
        if not top:
            self.repairs.append(Repair.BRACE_CLOSED)
        return "".join(parts)

    def read_item(self, token: re.Match[str], depth: int) -> str:
        """What one token, with the groups it takes, stands for."""
        if depth > MAX_BRACE_DEPTH:
            raise LatexError(f"braces deeper than {MAX_BRACE_DEPTH}")
        if token["plain"] is not None:
            self.last = "" if token["plain"].strip() else self.last
            return token["plain"]
        if token["brace"]:
            return self.read_sequence(depth + 1)
        if token["mark"] is not None:
            return _ESCAPED_MARKS.get(token["mark"], " ")
        if token["script"]:
            return self.read_script(depth)
        return self.read_command(token["name"], depth) if token["name"] else " "

    def read_command(self, name: str, depth: int) -> str:
        """A named command."""
        if name not in _LIMIT_COMMANDS:
            self.last = name
        if name in _FRACTION_COMMANDS:
            above, below = self.read_group(depth, above=True), self.read_group(depth)
            numerator, denominator = (f"{GROUP_OPEN}{side}{GROUP_CLOSE}" for side in (above, below))
            return f" {GROUP_OPEN}{numerator}÷{denominator}{GROUP_CLOSE} "
        if name in {"begin", "end"}:
            self.read_group(depth)
            return " "
        if name not in _SILENT_COMMANDS and name not in _COMMAND_SIGNS:
            self.repairs.append(Repair.COMMAND_DROPPED)
        return _COMMAND_SIGNS.get(name, "")

    def read_script(self, depth: int) -> str:
        """An index or exponent: bounds of a sum are left out, other indices are words."""
        index = self.tokens[self.at - 1]["script"] == "_"
        if self.at < len(self.tokens) and self.tokens[self.at]["brace"] == "{":
            owner = self.last
            content = self.read_group(depth)
            self.last = owner
            return f" {content} " if index and owner not in _BOUNDED_COMMANDS else " "
        return "_"

    def read_group(self, depth: int, *, above: bool = False) -> str:
        """The next braced group, or the single sign that stands for it."""
        while self.at < len(self.tokens) and (self.tokens[self.at]["plain"] or "").isspace():
            self.at += 1
        if self.at >= len(self.tokens):
            self.repairs.append(Repair.BRACE_CLOSED)
            return ""
        token = self.tokens[self.at]
        if token["brace"] == "}":
            self.repairs.append(Repair.BRACE_CLOSED)
            return ""
        self.at += 1
        return (
            self.read_sequence(depth + 1, above=above) if token["brace"] else self.read_item(token, depth + 1)
        )
