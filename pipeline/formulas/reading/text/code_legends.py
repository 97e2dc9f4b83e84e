"""Legends of coded operands: `JDL/JD x 100%`, `JDL = jumlah desa lunas`, `a. …`, `jumlah desa = B`.

Whatever a code looks like in print, later steps see it as one letter of a script that no decree uses, and the
legend under that letter. So `Vt-1`, `JDL` and `n₂` are operands like any other, and what turns out to be
an abbreviation within words is given back as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.formulas.reading.formula_vocabulary import reading_tables, reading_vocabulary, word_skeleton

# Signs by which something is certainly computed; the words come from the tables.
_CALCULATION_SIGNS = r"[÷×+*%∑/⦃]|[—_\-]{3}|\b[xX]\b"
_CODE_PATTERN = r"(?:[A-Za-z]{1,3}|[A-Z]{4,6})\d{0,2}(?:\s?[-–]\s?1(?![\d.,%]))?"
_OPERAND = re.compile(rf"\b({_CODE_PATTERN})\b")
_LISTED_DEFINITION = re.compile(
    r"(?P<start>^|[\n;,]\s*)\(?(?P<code>[A-Za-z])[.)]\s*(?:[=:]\s*)?(?=[^\W\d_]{2}|∑)", re.MULTILINE
)
_REVERSED_DEFINITION = re.compile(
    rf"(?P<start>^|[\n;,]\s*)(?P<words>[^\W\d_][^=:;,\n]{{5,200}}?)\s?[=:]\s?(?P<code>{_CODE_PATTERN})(?=\s*(?:[,;.\n]|$))"
)
_DEFINITION_SIGNS = "=:"
_NUMBER_NEXT = re.compile(r"\s?\d")
_LIST_SEPARATOR = re.compile(r"[\n;,]")
_MEASURED_TAIL = re.compile(r"\s*[=:]\s*\d[\d.,]*\s?%?(?:\s+[^\W\d_]{1,15}){0,2}$")
SECTION_BREAK = "\x1e"
"""Between sections of a cell that were set apart: no legend goes on over it."""

_FIRST_LETTER = 0xAC00
"""The letters that stand for codes: Hangul syllables, which have no case."""
_MAX_CODES = 60
_CODE_LETTERS = re.compile(f"[{chr(_FIRST_LETTER)}-{chr(_FIRST_LETTER + _MAX_CODES)}]")


@dataclass(frozen=True, slots=True)
class CodeLegend:
    """What stands behind each code's letter, and how the code was printed."""

    words: dict[str, str]
    printed: dict[str, str]


def resolve_codes(formula: str, explanations: str) -> tuple[str, CodeLegend]:
    """The formula with a letter for each code that the legend beside or behind it explains."""
    if not explanations and not _may_define(formula):
        return formula, CodeLegend({}, {})
    formula, explanations = _move_leading_legend(formula, explanations)
    formula, codes = _extract_legend(formula, explanations)
    letters = {code: chr(_FIRST_LETTER + number) for number, code in enumerate(list(codes)[:_MAX_CODES])}
    return _substitute_letters(formula, letters), CodeLegend(
        {letters[code]: words for code, words in codes.items() if code in letters},
        {letter: code.lower() for code, letter in letters.items()},
    )


def is_code_letter(text: str) -> bool:
    """Whether a text is the letter of a code."""
    return _CODE_LETTERS.fullmatch(text) is not None


def restore_codes(text: str, printed: dict[str, str]) -> str:
    """The text with its codes as they were printed."""
    return _CODE_LETTERS.sub(lambda letter: printed.get(letter.group(), ""), text)


def rewrite_listed_definitions(text: str) -> str:
    """`a. …`, `b. …` and `… = B` as `a = …`, `B = …`, where the rest computes with those letters."""
    if not _LIST_SEPARATOR.search(text):
        return text
    for pattern, replacement in (
        (_LISTED_DEFINITION, r"\g<start>\g<code> = "),
        (_REVERSED_DEFINITION, r"\g<start>\g<code> = \g<words>"),
    ):
        items = list(pattern.finditer(text))
        codes = {match["code"].lower() for match in items}
        if len(codes) < 2 or len(codes) < len(items):
            continue
        rest = [line for line in re.split(r"[\n;]", text) if not pattern.match(line)]
        if any(codes <= _operand_codes(line) and calculation_pattern().search(line) for line in rest):
            return pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=4096)
def _code_key(code: str) -> str:
    """The code without its blanks."""
    return "".join(code.split()).replace("–", "-")


def _defined_code(match: re.Match[str]) -> str:
    return _code_key(match["code"] or match["inner"])


def _substitute_letters(formula: str, letters: dict[str, str]) -> str:
    if not letters:
        return formula
    printed = {_code_key(code) for code in _OPERAND.findall(formula)} - set("xX")
    lowered_codes = [code.lower() for code in {*letters, *printed}]
    exact_letters = {
        code: letter for code, letter in letters.items() if lowered_codes.count(code.lower()) > 1
    }
    folded_letters = {code.lower(): letter for code, letter in letters.items() if code not in exact_letters}
    damaged_letters = {
        word_skeleton(code): letter
        for code, letter in letters.items()
        if code not in exact_letters and any(sign.isdigit() for sign in code)
    }

    def letter(match: re.Match[str]) -> str:
        code = _code_key(match[1])
        if code in "xX" and _NUMBER_NEXT.match(formula, match.end()):
            return match[1]  # it multiplies
        replacement = exact_letters.get(code) or folded_letters.get(code.lower())
        if replacement is None:
            replacement = damaged_letters.get(word_skeleton(code))
        if replacement is None and "-" in code:  # `A - 1` is no code of its own
            head = code.split("-")[0]
            replacement = exact_letters.get(head) or folded_letters.get(head.lower())
            return match[1].replace(head, replacement, 1) if replacement else match[1]
        return replacement or match[1]

    return _OPERAND.sub(letter, formula)


def _move_leading_legend(formula: str, explanations: str) -> tuple[str, str]:
    """`A = …, B = …, A/B x 100%`: what stands before the formula in codes joins the explanations."""
    if not _may_define(formula) or not (first_definition := _definition_pattern().match(formula)):
        return formula, explanations
    parts = re.split(r"[,;\n]\s*", formula)
    legend = [
        part
        for part in parts
        if (match := _definition_pattern().match(part))
        and not calculation_pattern().search(part[match.end() :])
    ]
    rest = [part for part in parts if part not in legend]
    if (
        len(legend) > 1
        and rest
        and calculation_pattern().search(rest[0])
        and _defined_code(first_definition).lower() in _operand_codes(rest[0])
    ):
        return ", ".join(rest), "\n".join([*legend, SECTION_BREAK, explanations])
    return formula, explanations


def _operand_codes(formula: str) -> set[str]:
    return {_code_key(code).lower() for code in _OPERAND.findall(formula)}


def is_operand_code(code: str, formula: str) -> bool:
    """Whether a word is a code that a formula computes with."""
    return _OPERAND.fullmatch(code) is not None and code in _OPERAND.findall(formula)


def _extract_legend(formula: str, explanations: str) -> tuple[str, dict[str, str]]:
    """The formula without a legend that follows it, and the legend's codes as printed."""
    definitions = list(_definition_pattern().finditer(formula)) if _may_define(formula) else []
    codes = _collect_definitions(explanations, formula) if explanations else {}
    if not definitions:
        return formula, codes
    first_calculation = calculation_pattern().search(formula)
    first_use: dict[str, int] = {}
    for operand in _OPERAND.finditer(formula):
        first_use.setdefault(word_skeleton(_code_key(operand[1])), operand.start())
    for match in definitions:
        is_used_before = first_use.get(word_skeleton(_defined_code(match)), len(formula)) < match.start()
        if is_used_before and first_calculation and first_calculation.start() < match.start():
            before = formula[: match.start()]
            return before.rstrip(" ,;("), _collect_definitions(formula[match.start() :], before) | codes
    return formula, codes


def _collect_definitions(text: str, formula: str) -> dict[str, str]:
    """`A = …; B : …` for codes that the formula uses."""
    used_codes = _operand_codes(formula)
    used_skeletons = {word_skeleton(code) for code in used_codes}
    matches = [
        match
        for match in _definition_pattern().finditer(text)
        if (code := _defined_code(match).lower()) in used_codes
        or (word_skeleton(code) in used_skeletons and any(sign.isdigit() for sign in code))
    ]
    codes: dict[str, str] = {}
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        meaning = " ".join(text[match.end() : end].partition(SECTION_BREAK)[0].split())
        words = _strip_measured_value(_strip_joint(meaning.rstrip(" ,;."))).strip(" ,;.")
        if words.endswith(")") and words.count("(") < words.count(")"):
            words = words[:-1].rstrip(" ,;.")
        if words:
            codes.setdefault(_defined_code(match), words)
    return codes


@cache
def calculation_pattern() -> re.Pattern[str]:
    """Signs, words and phrases that say that something is computed."""
    raw = reading_tables()
    loose = {*raw["only_before_number"], *raw["only_before_sum"]}
    phrases = [
        text for table in (raw["operators"], raw["openers"]) for texts in table.values() for text in texts
    ]
    words = sorted({re.escape(text) for text in (*phrases, *raw["percent_words"]) if text not in loose})
    return re.compile(rf"{_CALCULATION_SIGNS}|(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _definition_pattern() -> re.Pattern[str]:
    """A code, its sign or word of definition, and the start of what it stands for."""
    words = "|".join(sorted(map(re.escape, reading_vocabulary().equals_words)))
    return re.compile(
        rf"(?:(?:\b|(?=\())(?<![\w./+*×÷(-])(?P<open>\(\s?)?\b(?P<code>{_CODE_PATTERN})(?(open)\s?\))"
        rf"(?:\s?[=:]\s?|\s(?:{words})\s)|(?<=\()(?P<inner>{_CODE_PATTERN})(?:\s?=\s?|\s(?:{words})\s))(?=[A-Za-z∑])"
    )


def _may_define(text: str) -> bool:
    """Whether a sign or word of definition stands in the text: a quick look before the pattern's slow one."""
    return any(sign in text for sign in _DEFINITION_SIGNS) or any(
        word in text for word in reading_vocabulary().equals_words
    )


def starts_definition(text: str, at: int) -> bool:
    """Whether a code's definition begins here."""
    return _definition_pattern().match(text, at) is not None


def _strip_joint(words: str) -> str:
    """A definition without the connecting word at its end, before the next."""
    before, _, last = words.rpartition(" ")
    return before if before and last.lower() in reading_vocabulary().connectives else words


def _strip_measured_value(words: str) -> str:
    """A definition without the measured value at its end."""
    return _MEASURED_TAIL.sub("", words) if "=" in words or ":" in words else words
