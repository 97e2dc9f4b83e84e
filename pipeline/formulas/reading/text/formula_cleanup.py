"""First step of reading: one alphabet, no markup, scanner damage to numbers and signs repaired.

Line breaks survive, for a stacked fraction is known by them. Words are left as they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import (
    reading_table,
    reading_vocabulary,
    regex_alternatives,
)
from pipeline.formulas.reading.text import glued_operators

_BREAK_TAG = re.compile(r"(?:<br\s*/?>|</(?:p|li|tr|div)>)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_WEIGHTED_CODE = re.compile(r"(?<![\w.,])(\d+[.,]\d+)([A-Z]\d?)(?!\w)")
"""A weight straight before a code: `0,4A`."""
_ATTACHED_CURRENCY = re.compile(r"\b([A-Z][a-z]|[A-Z]{2,3})\.?(?=\d{1,3}(?:\.\d{3})+)")
"""An abbreviation straight before an amount: `Rp45.000.000`."""
_SPACED_DIGITS = re.compile(
    r"(?<![\d.,])(?<!\d )(?:[0-9](?: [0-9]){2,}(?! ?[0-9])|1 ?0 ?0(?= ?%)"
    r"|(?:(?<=[xX×*/:÷(=])|(?<=[xX×*/:÷(=] )|(?<=[kb]a[lg]i )|(?<=kan ))[1-9][0-9]{0,2}(?: 000)+(?![0-9]))"
)
"""Figures set apart, `1 0 0 %`, and behind an operator thousands set apart by blanks, `x 1 000`."""
_DOTS = re.compile(r"(?:[.…](?:\s?[.…]){4,}|…\s?…(?:\s?…)*)")
_FACTOR = r"(?:\s*[xX×*]\s*\d[\d.,]*\s?%?)?"
_LINE_END = r"[^\S\n]*(?:\n|<br\s*/?>)"
_DOTTED_LINE = re.compile(
    rf"(?P<before>\w[^\w\n:=]*{_LINE_END}\s*){_DOTS.pattern}(?P<factor>{_FACTOR})(?={_LINE_END}\s*[\w(∑Σ])",
    re.IGNORECASE,
)
"""Dots in a line of their own, words above and below."""
_BLANK_LINE = re.compile(rf"(?:\n|<br\s*/?>)\s*{_DOTS.pattern}\s*$", re.IGNORECASE)
_HYPHENATED_WORD = re.compile(r"([^\W\d_]+)-\n\s*([^\W\d_]+)")
_FOOTNOTE_FIGURE = re.compile(r"(?<=[^\W\d_]{3})\s?(?:[¹²³⁴⁵⁶⁷⁸⁹]+|\^\d)\)?")
"""A raised figure behind a word; behind `m` or `km` it is an exponent."""
_POWER_OF_TEN = re.compile(
    r"(?<![\d.,])10(?:\s?\^\s?\{?(?=[2-6])|(?=[²³⁴⁵⁶]))(?P<exponent>[2-6²³⁴⁵⁶])\}?(?!\d)"
)
_ATTACHED_FIGURE = re.compile(r"(?<=[a-z]{3})\d\)(?!\w)")
_EMPHASIS = re.compile(r"\*\*([^*\n]+)\*\*(?!\))")
_CODE_INDEX = re.compile(r"(?<![A-Za-z\\])([A-Za-z]{1,2})_(?:\{\s*(\w(?:[-–]1)?)\s*\}|(\w)(?!\w))")
"""A code's index: `n_1`, `V_{t-1}`."""
_FIGURE_CONFUSIONS = str.maketrans("lI|!OoSBZ", "111100582")
"""What scanners take a measured value's figures for."""
_DAMAGED_FIGURE = re.compile(r"\d|[l|!][A-Zl|!]")
_MEASURED_FIGURE = re.compile(
    r"(?P<before>=\s?|\((?=[^()]{2,6}\s+[a-z]+\)))(?P<figure>[lI|!1-9][0-9lI|!OoSBZ]{1,5})(?![\w.,]*\w)"
)
"""Behind an equals sign, or before a unit in brackets."""
_INDEXED_CODE = re.compile(r"[iIlL]\d")
_SIGN_REPLACEMENTS = {
    "Σ": "∑", "Ʃ": "∑", "⅀": "∑", "✕": "×", "✖": "×", "╳": "×", "х": "x", "Х": "X", "⨯": "×", "∗": "*",
    "∕": "/", "⁄": "/", "➗": "÷", "‐": "-", "‑": "-", "‒": "–", "―": "—",
    "─": "—", "━": "—", "﹣": "-", "¯": "—",
    "“": "", "”": "", "„": "", '"': "", "’": "'", "‘": "'", "•": "\n", "▪": "\n", "✓": "", "\u00ad": "",
    "⋅": "*", "·": "*", "\u2028": "\n", "\u2029": "\n", "½": "1/2", "¼": "1/4", "⅓": "1/3",
    "⅑": "1/9", "＊": "*",
}  # fmt: skip


def fold_whitespace(printed: str) -> str:
    """Return the printed text with its white space folded, as the record keeps it."""
    return " ".join(printed.split())


def normalize_alphabet(printed: str) -> str:
    """Return the text in the reader's alphabet, markup resolved, line breaks kept."""
    text = printed.replace("\r\n", "\n")
    if "<" in text:
        text = _TAG.sub(" ", _BREAK_TAG.sub("\n", text))
    if "&" in text:
        text = unescape(text)
    text = _FOOTNOTE_FIGURE.sub("*)", _POWER_OF_TEN.sub(_write_power, text))
    if text.count(")") > text.count("("):
        text = _ATTACHED_FIGURE.sub("*)", text)
    text = text.translate(_ALPHABET)
    text = _EMPHASIS.sub(r"\1", text) if "**" in text else text
    return _CODE_INDEX.sub(r"\1\2\3", text) if "_" in text else text


def draw_dotted_rules(printed: str) -> str:
    """Return the text with dots between two operands as dashes: a line of its own, or the only dots.

    Dots at the end, or behind a sign, are a blank to fill in; where a line of them is, all are blanks.
    """
    if not _DOTS.search(printed) or _BLANK_LINE.search(printed):
        return printed
    drawn = _DOTTED_LINE.sub(_draw_dashes, printed)
    if drawn == printed and len(_DOTS.findall(printed)) == 1:
        drawn = _dotted_rule_pattern().sub(_draw_dashes, printed)
    return drawn


def _draw_dashes(match: re.Match[str]) -> str:
    return f"{match['before']}-----{match['factor'] or ''}"


@cache
def _dotted_rule_pattern() -> re.Pattern[str]:
    """Return dots between words and a sum word, in one line."""
    sums = regex_alternatives(reading_table().sums)
    return re.compile(
        rf"(?P<before>\w[ )]\s?){_DOTS.pattern}(?P<factor>{_FACTOR})(?=\s*(?:∑|(?:{sums})\b))", re.IGNORECASE
    )


def _write_power(match: re.Match[str]) -> str:
    return f"1{'0' * unicodedata.digit(match['exponent'])}"


def repair_damage(text: str) -> tuple[str, tuple[Repair, ...]]:
    """White space folded line by line, torn words joined, damaged numbers and signs repaired.

    Returns the text and the names of the repairs.
    """
    repairs: list[Repair] = []
    text = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
    text = _WEIGHTED_CODE.sub(r"\1 × \2", text)
    text = _ATTACHED_CURRENCY.sub(r"\1 ", text)
    text = _SPACED_DIGITS.sub(lambda match: match.group().replace(" ", ""), text)
    text, found_repairs = _join_hyphenated_words(text)
    repairs += found_repairs
    text, found_repairs = glued_operators.separate_operators(text)
    repairs += found_repairs
    figures = _MEASURED_FIGURE.sub(_repair_figure, text)
    if figures != text:
        repairs.append(Repair.FIGURE)
    text, found_repairs = _apply_repairs(figures)
    repairs += found_repairs
    return text, tuple(dict.fromkeys(repairs))


class _AlphabetTable(dict[int, str]):
    """Each character's place in the reader's alphabet, for `str.translate`; found once, kept while few."""

    def __missing__(self, point: int) -> str:
        letter = _normalize_character(chr(point))
        if len(self) < _MOST_LETTERS:
            self[point] = letter
        return letter


_ALPHABET = _AlphabetTable()
_MOST_LETTERS = 4096


def _normalize_character(character: str) -> str:
    """One character in the reader's alphabet; presentation forms become plain, control marks blanks."""
    if character in _SIGN_REPLACEMENTS:
        return _SIGN_REPLACEMENTS[character]
    if character.isascii():
        return character if character.isprintable() or character == "\n" else " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category in {"Cc", "Zs", "Co", "Cs", "Cn"}:
        return " "
    compatible_form = unicodedata.normalize("NFKC", character)
    return compatible_form if len(compatible_form) == 1 or compatible_form.isalpha() else character


def _repair_figure(match: re.Match[str]) -> str:
    """A measured value with letters in place of figures, `= lS`; `IS` alone may be a code, `lo` a word."""
    printed = match["figure"]
    if printed.isdigit() or not _DAMAGED_FIGURE.search(printed) or _is_figure_code(printed, match):
        return match.group()
    return match["before"] + printed.translate(_FIGURE_CONFUSIONS)


def _is_figure_code(printed: str, match: re.Match[str]) -> bool:
    """Is it one of several codes, `= I1/I2`? Another one then stands behind it where no value is measured."""
    sibling_pattern = rf"(?<![\w=(:])(?<![=(:]\s){printed[0]}\d(?!\w)"
    return (
        _INDEXED_CODE.fullmatch(printed) is not None
        and re.search(sibling_pattern, match.string[match.end() :]) is not None
    )


def _join_hyphenated_words(text: str) -> tuple[str, list[Repair]]:
    """Join words torn by a hyphen at the line's end; `rata-⏎rata` keeps its hyphen."""

    repairs: list[Repair] = []

    def join_halves(match: re.Match[str]) -> str:
        left, right = match.groups()
        if left.lower() == right.lower() or not right[0].islower():
            return f"{left}-{right}"
        repairs.append(Repair.TORN_WORD_JOINED)
        return left + right

    return _HYPHENATED_WORD.sub(join_halves, text) if "-\n" in text else text, repairs


def _apply_repairs(text: str) -> tuple[str, list[Repair]]:
    repairs: list[Repair] = []
    for repair in reading_vocabulary().damage:

        def replace_damage(
            match: re.Match[str], name: Repair = repair.name, new: str = repair.replace
        ) -> str:
            if match.group().replace(" ", "") != new:
                repairs.append(name)
            return new

        text = repair.pattern.sub(replace_damage, text)
    return text, repairs
