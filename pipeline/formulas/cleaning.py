"""First step of reading: one alphabet, no markup, scanner damage to numbers and signs mended.

Line breaks survive, for a stacked fraction is known by them. Words are left as they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from pipeline.formulas import glued
from pipeline.formulas.knowledge import knowledge

_BREAK = re.compile(r"(?:<br\s*/?>|</(?:p|li|tr|div)>)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_TORN = re.compile(r"([^\W\d_]+)-\n\s*([^\W\d_]+)")
_MARKER = re.compile(r"^(?:[a-z]|[0-9]{1,2})[.)]\s+(?=[^\W\d_]|[∑(\[])(?!.*\n[bB][.)]\s)", re.DOTALL)
_INDEX = re.compile(r"(?<![A-Za-z\\])([A-Za-z]{1,2})_(?:\{\s*(\w(?:[-–]1)?)\s*\}|(\w)(?!\w))")
"""A code's index: `n_1`, `V_{t-1}`."""
_FIGURES = str.maketrans("lI|!OoSBZ", "111100582")
"""What scanners take a measured value's figures for."""
_WORN = re.compile(r"\d|[l|!][A-Zl|!]")
_FIGURE = re.compile(
    r"(?P<before>=\s?|\((?=[^()]{2,6}\s+[a-z]+\)))(?P<figure>[lI|!1-9][0-9lI|!OoSBZ]{1,5})(?![\w.,]*\w)"
)
"""Behind an equals sign, or before a unit in brackets."""
_CODE = re.compile(r"[iIlL]\d")
_SIGNS = {
    "Σ": "∑", "Ʃ": "∑", "⅀": "∑", "✕": "×", "✖": "×", "╳": "×", "х": "x", "Х": "X", "⨯": "×", "∗": "*",
    "∕": "/", "⁄": "/", "➗": "÷", "‐": "-", "‑": "-", "‒": "–", "―": "—",
    "─": "—", "━": "—", "﹣": "-", "¯": "—",
    "“": "", "”": "", "„": "", '"': "", "’": "'", "‘": "'", "•": "\n", "▪": "\n", "✓": "", "\u00ad": "",
    "⋅": "*", "·": "*", "\u2028": "\n", "\u2029": "\n", "½": "1/2", "¼": "1/4", "⅓": "1/3",
    "⅑": "1/9", "＊": "*",
}  # fmt: skip


def fold(printed: str) -> str:
    """The printed text with its white space folded, as the record keeps it."""
    return " ".join(printed.split())


def alphabet(printed: str) -> str:
    """The text in the reader's alphabet, markup resolved, line breaks kept."""
    text = printed.replace("\r\n", "\n")
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub("\n", text))
    if "&" in text:
        text = unescape(text)
    text = text.translate(_ALPHABET).replace("**", "")
    return _INDEX.sub(r"\1\2\3", text) if "_" in text else text


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """White space folded line by line, torn words joined, damaged numbers and signs repaired.

    Returns the text and the names of the repairs.
    """
    repairs: list[str] = []
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
    text = _MARKER.sub("", _join_torn(text, repairs))
    text = _FIGURE.sub(lambda match: _figure(match, repairs), glued.parted(text, repairs))
    return _mend(text, repairs), tuple(dict.fromkeys(repairs))


class _Alphabet(dict[int, str]):
    """Each character's place in the reader's alphabet, for `str.translate`; found once, kept while few."""

    def __missing__(self, point: int) -> str:
        letter = _letter(chr(point))
        if len(self) < _MOST_LETTERS:
            self[point] = letter
        return letter


_ALPHABET = _Alphabet()
_MOST_LETTERS = 4096


def _letter(character: str) -> str:
    """One character in the reader's alphabet; presentation forms become plain, control marks blanks."""
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isascii():
        return character if character.isprintable() or character == "\n" else " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category in {"Cc", "Zs", "Co", "Cs", "Cn"}:
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 or plain.isalpha() else character


def _figure(match: re.Match[str], repairs: list[str]) -> str:
    """A measured value with letters in place of figures, `= lS`; `IS` alone may be a code, `lo` a word."""
    printed = match["figure"]
    if printed.isdigit() or not _WORN.search(printed) or _is_code(printed, match):
        return match.group()
    repairs.append("figure")
    return match["before"] + printed.translate(_FIGURES)


def _is_code(printed: str, match: re.Match[str]) -> bool:
    """Is it one of several codes, `= I1/I2`? Another one then stands behind it where no value is measured."""
    other = rf"(?<![\w=(:])(?<![=(:]\s){printed[0]}\d(?!\w)"
    return _CODE.fullmatch(printed) is not None and re.search(other, match.string[match.end() :]) is not None


def _join_torn(text: str, repairs: list[str]) -> str:
    """Join words torn by a hyphen at the line's end; `rata-⏎rata` keeps its hyphen."""

    def join(match: re.Match[str]) -> str:
        left, right = match.groups()
        if left.lower() == right.lower() or not right[0].islower():
            return f"{left}-{right}"
        repairs.append("torn word joined")
        return left + right

    return _TORN.sub(join, text) if "-\n" in text else text


def _mend(text: str, repairs: list[str]) -> str:
    for repair in knowledge().repairs:

        def mend(match: re.Match[str], name: str = repair.name, new: str = repair.replace) -> str:
            if match.group().replace(" ", "") != new:
                repairs.append(name)
            return new

        text = repair.pattern.sub(mend, text)
    return text
