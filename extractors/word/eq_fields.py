r"""The fields ``EQ`` and ``SYMBOL``: formulas and signs that Word draws from a field's code.

``EQ \f(a;b)`` is a fraction, ``\r(n;a)`` a root, ``\b(a)`` brackets; ``\s``, ``\i``, ``\l``, ``\a``, ``\o``,
``\x``, ``\d`` hold arguments whose text is kept. Arguments are parted by ``;``, or by ``,``.
"""

from __future__ import annotations

import re

from extractors.fraction_notation import needs_brackets
from extractors.word.symbol_font import decode_symbol

_SWITCH = re.compile(r"\\([a-zA-Z]{1,2})\s*")
_SYMBOL_FIELD = re.compile(r"""\s*SYMBOL\s+(?:(0x[0-9a-f]{1,5}|\d{1,7})|"?(.)"?)""", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r'\\f\s*"?([^"\\]*?)"?\s*(?:\\|$)')
_EQ_FIELD = re.compile(r"\s*EQ\s", re.IGNORECASE)
_MAX_DEPTH = 30
_OPTION_SWITCHES = frozenset(
    "al ac ar co vs hs up do ai di fo ba bc lc rc su pr in fc vc to bo le ri".split()
)
"""Switches that only place or draw; a text may follow them, never an argument of the formula."""


def render_field(code: str) -> str | None:
    """Return what a field without a stored result shows: of ``EQ`` and ``SYMBOL``; else nothing."""
    if symbol := _SYMBOL_FIELD.match(code):
        font = _SYMBOL_FONT.search(code[symbol.end() :])
        number = int(symbol.group(1), 0) if symbol.group(1) else ord(symbol.group(2))
        return decode_symbol(number, (font.group(1).strip() if font else "") or "Symbol")
    if match := _EQ_FIELD.match(code):
        return " ".join(_render(code[match.end() :], 0).split())
    return None


def _render(code: str, depth: int) -> str:
    """Return the text of a stretch of an ``EQ`` code."""
    if depth > _MAX_DEPTH:
        return code
    parts: list[str] = []
    position = 0
    while position < len(code):
        if code[position] != "\\":
            parts.append(code[position])
            position += 1
            continue
        switch = _SWITCH.match(code, position)
        if switch is None:  # an escaped sign
            parts.append(code[position + 1 : position + 2])
            position += 2
            continue
        text, position = _render_switch(code, switch, depth)
        parts.append(text)
    return "".join(parts)


def _render_switch(code: str, switch: re.Match[str], depth: int) -> tuple[str, int]:
    """Return the text of a switch with its arguments, and the position behind them."""
    name, position = switch.group(1).lower(), switch.end()
    while (option := _SWITCH.match(code, position)) and option.group(1).lower() in _OPTION_SWITCHES:
        position = option.end()
        while position < len(code) and code[position] not in "\\(":
            position += 1
    if position >= len(code) or code[position] != "(":
        return "", position
    end = _closing_bracket(code, position)
    arguments = [_render(part, depth + 1).strip() for part in _split_arguments(code[position + 1 : end])]
    return _write_switch(name, arguments), end + 1


def _write_switch(name: str, arguments: list[str]) -> str:
    if name == "f" and len(arguments) >= 2:
        return f" {_bracket_sum(arguments[0])} / {_bracket_sum(' '.join(arguments[1:]))} "
    if name == "r":
        degree = arguments[0] if len(arguments) > 1 and arguments[0] else ""
        return rf"$\sqrt{f'[{degree}]' if degree else ''}{{\text{{{arguments[-1]}}}}}$"
    if name == "b":
        return f"({' '.join(arguments)})"
    if name == "i" and len(arguments) == 3:
        below, above, content = arguments
        return rf"$\sum_{{{below}}}^{{{above}}} \text{{{content}}}$"
    return " ".join(filter(None, arguments))


def _bracket_sum(side: str) -> str:
    return f"({side})" if needs_brackets(side) else side


def _closing_bracket(code: str, start: int) -> int:
    """Return the position of the bracket that closes the one at ``start``; the end where none does."""
    depth, position = 0, start
    while position < len(code):
        sign = code[position]
        if sign == "\\":
            position += 1
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return position
        position += 1
    return len(code)


def _split_arguments(text: str) -> list[str]:
    """Return the arguments between brackets: parted by ``;`` where one stands there, else by commas."""
    separator = ";" if ";" in re.sub(r"\\.", "", text) else ","
    arguments, depth, current, position = [], 0, "", 0
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            current += text[position : position + 2]
            position += 2
            continue
        depth += (sign == "(") - (sign == ")")
        if sign == separator and depth == 0:
            arguments.append(current)
            current = ""
        else:
            current += sign
        position += 1
    return [*arguments, current]
