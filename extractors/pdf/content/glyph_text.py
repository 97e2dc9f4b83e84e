"""The letters of a text layer, folded to the letters that a reader sees."""

from __future__ import annotations

import re
import unicodedata

UNKNOWN_GLYPH = "\ufffd"
"""Stands for a letter whose font does not say which it is."""

# Only forms of presentation are folded: NFKC of all would make ``…`` three points and ``²`` a plain 2.
_PRESENTATION_FORMS = re.compile("[\U0001d400-\U0001d7ff\ufb00-\ufb06\u2100-\u214f\uff01-\uff5e\u3000]")
_UNNAMED_GLYPH = re.compile(r"\(cid:\d+\)")
_IGNORED_CHARACTERS = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

BULLET = "•"
_SYMBOLS = {
    0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: BULLET, 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xD7: "·", 0xE5: "∑",
}  # fmt: skip
"""The signs of the Symbol font's own encoding that stand in formulas and lists."""


def fold_glyph_text(text: str, font: str) -> str:
    """Return what a glyph says: empty for white space, ``UNKNOWN`` where its font keeps it to itself."""
    if len(text) == 1 and "!" <= text <= "~":
        return text
    text = _UNNAMED_GLYPH.sub(UNKNOWN_GLYPH, text)
    text = _PRESENTATION_FORMS.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = _PRIVATE_USE.sub(lambda m: _map_private_code(ord(m.group()), font), text)
    text = _IGNORED_CHARACTERS.sub("", text).replace("\xad", "-")
    return "".join(text.split())


def _map_private_code(code: int, font: str) -> str:
    """Return a letter of a font's own: symbol fonts keep theirs at F020 to F0FF."""
    if not 0xF020 <= code <= 0xF0FF:
        return UNKNOWN_GLYPH
    code -= 0xF000
    if "symbol" in font.lower():
        return _SYMBOLS.get(code, chr(code) if code < 0x41 else UNKNOWN_GLYPH)
    return BULLET if "ding" in font.lower() else _SYMBOLS.get(code, UNKNOWN_GLYPH)
