"""Characters of the fonts Symbol and Wingdings, which Word keeps as codes of a private area."""

from __future__ import annotations

import re

_PRIVATE_AREA = 0xF000
_FIRST_CODE = 0x20
_SYMBOL_CHARACTERS = (
    " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_UPPER_SYMBOL_CHARACTERS = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_FIRST_UPPER_CODE = 0xA0
_CHECK_MARKS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xA8: "☐", 0xE0: "→"}
_PRIVATE_CHARACTER = re.compile("[\uf000-\uf0ff]")
_BULLET = "•"


def decode_symbol(code: int, font: str = "Symbol") -> str:
    """Return the character of a code in a symbol font; a bullet for pictograms that no text uses.

    >>> decode_symbol(0xF0E5), decode_symbol(0xB4), decode_symbol(0xFC, "Wingdings"), decode_symbol(0x3A3)
    ('∑', '×', '✓', 'Σ')
    """
    if 0xFF < code < _PRIVATE_AREA or code > 0xF0FF:
        return chr(code) if code < 0x110000 else _BULLET
    code &= 0xFF
    if font.casefold() != "symbol":
        return _CHECK_MARKS.get(code, _BULLET)
    if _FIRST_UPPER_CODE <= code < _FIRST_UPPER_CODE + len(_UPPER_SYMBOL_CHARACTERS):
        return _UPPER_SYMBOL_CHARACTERS[code - _FIRST_UPPER_CODE]
    if _FIRST_CODE <= code < _FIRST_CODE + len(_SYMBOL_CHARACTERS):
        return _SYMBOL_CHARACTERS[code - _FIRST_CODE]
    return _BULLET


def decode_symbols(text: str, font: str = "Symbol") -> str:
    """Return a text with the codes of the private area as characters."""
    return _PRIVATE_CHARACTER.sub(lambda match: decode_symbol(ord(match.group()), font), text)
