"""Legends of coded operands: `JDL/JD x 100%`, `JDL = jumlah desa lunas`, `a. …`, `jumlah desa = B`.

Whatever a code looks like in print, later steps see it as one letter of a script that no decree uses, and the
legend under that letter. So `Vt-1`, `JDL` and `n₂` are operands like any other, and what turns out to be
an abbreviation within words is given back as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.formulas.knowledge import knowledge, skeleton, tables

# Signs by which something is certainly computed; the words come from the tables.
_SIGNS = r"[÷×+*%∑/⦃]|[—_\-]{3}|\b[xX]\b"
_CODE = r"(?:[A-Za-z]{1,3}|[A-Z]{4,6})\d{0,2}(?:\s?[-–]\s?1(?![\d.,%]))?"
_OPERAND = re.compile(rf"\b({_CODE})\b")
_ITEM = re.compile(
    r"(?P<start>^|[\n;,]\s*)\(?(?P<code>[A-Za-z])[.)]\s*(?:[=:]\s*)?(?=[^\W\d_]{2}|∑)", re.MULTILINE
)
_TURNED = re.compile(
    rf"(?P<start>^|[\n;,]\s*)(?P<words>[^\W\d_][^=:;,\n]{{5,200}}?)\s?[=:]\s?(?P<code>{_CODE})(?=\s*(?:[,;.\n]|$))"
)
_DEFINING = "=:"
_NUMBER = re.compile(r"\s?\d")
_SEVERAL = re.compile(r"[\n;,]")
_VALUE = re.compile(r"\s*[=:]\s*\d[\d.,]*\s?%?(?:\s+[^\W\d_]{1,15}){0,2}$")
SECTION = "\x1e"
"""Between sections of a cell that were set apart: no legend goes on over it."""

_FIRST = 0xAC00
"""The letters that stand for codes: Hangul syllables, which have no case."""
_MOST = 60
_LETTERS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST)}]")


@dataclass(frozen=True, slots=True)
class Legend:
    """What stands behind each code's letter, and how the code was printed."""

    words: dict[str, str]
    printed: dict[str, str]


def resolve(formula: str, explanations: str) -> tuple[str, Legend]:
    """The formula with a letter for each code that the legend beside or behind it explains."""
    if not explanations and not _may_define(formula):
        return formula, Legend({}, {})
    formula, explanations = _legend_first(formula, explanations)
    formula, codes = _legend(formula, explanations)
    letters = {code: chr(_FIRST + number) for number, code in enumerate(list(codes)[:_MOST])}
    return _lettered(formula, letters), Legend(
        {letters[code]: words for code, words in codes.items() if code in letters},
        {letter: code.lower() for code, letter in letters.items()},
    )


def is_letter(text: str) -> bool:
    """Whether a text is the letter of a code."""
    return _LETTERS.fullmatch(text) is not None


def restored(text: str, printed: dict[str, str]) -> str:
    """The text with its codes as they were printed."""
    return _LETTERS.sub(lambda letter: printed.get(letter.group(), ""), text)


def listed(text: str) -> str:
    """`a. …`, `b. …` and `… = B` as `a = …`, `B = …`, where the rest computes with those letters."""
    if not _SEVERAL.search(text):
        return text
    for pattern, rewritten in ((_ITEM, r"\g<start>\g<code> = "), (_TURNED, r"\g<start>\g<code> = \g<words>")):
        items = list(pattern.finditer(text))
        codes = {match["code"].lower() for match in items}
        if len(codes) < 2 or len(codes) < len(items):
            continue
        rest = [line for line in re.split(r"[\n;]", text) if not pattern.match(line)]
        if any(codes <= _operands(line) and computes().search(line) for line in rest):
            return pattern.sub(rewritten, text)
    return text


@lru_cache(maxsize=4096)
def _key(code: str) -> str:
    """The code without its blanks."""
    return "".join(code.split()).replace("–", "-")


def _stated(match: re.Match[str]) -> str:
    return _key(match["code"] or match["inner"])


def _lettered(formula: str, letters: dict[str, str]) -> str:
    if not letters:
        return formula
    printed = {_key(code) for code in _OPERAND.findall(formula)} - set("xX")
    lower = [code.lower() for code in {*letters, *printed}]
    known = {code: letter for code, letter in letters.items() if lower.count(code.lower()) > 1}
    folded = {code.lower(): letter for code, letter in letters.items() if code not in known}
    damaged = {
        skeleton(code): letter
        for code, letter in letters.items()
        if code not in known and any(sign.isdigit() for sign in code)
    }

    def letter(match: re.Match[str]) -> str:
        code = _key(match[1])
        if code in "xX" and _NUMBER.match(formula, match.end()):
            return match[1]  # it multiplies
        found = known.get(code) or folded.get(code.lower())
        if found is None:
            found = damaged.get(skeleton(code))
        if found is None and "-" in code:  # `A - 1` is no code of its own
            head = code.split("-")[0]
            found = known.get(head) or folded.get(head.lower())
            return match[1].replace(head, found, 1) if found else match[1]
        return found or match[1]

    return _OPERAND.sub(letter, formula)


def _legend_first(formula: str, explanations: str) -> tuple[str, str]:
    """`A = …, B = …, A/B x 100%`: what stands before the formula in codes joins the explanations."""
    if not _may_define(formula) or not (first := _defined().match(formula)):
        return formula, explanations
    parts = re.split(r"[,;\n]\s*", formula)
    legend = [
        part
        for part in parts
        if (match := _defined().match(part)) and not computes().search(part[match.end() :])
    ]
    rest = [part for part in parts if part not in legend]
    if (
        len(legend) > 1
        and rest
        and computes().search(rest[0])
        and _stated(first).lower() in _operands(rest[0])
    ):
        return ", ".join(rest), "\n".join([*legend, SECTION, explanations])
    return formula, explanations


def _operands(formula: str) -> set[str]:
    return {_key(code).lower() for code in _OPERAND.findall(formula)}


def is_operand(code: str, formula: str) -> bool:
    """Whether a word is a code that a formula computes with."""
    return _OPERAND.fullmatch(code) is not None and code in _OPERAND.findall(formula)


def _legend(formula: str, explanations: str) -> tuple[str, dict[str, str]]:
    """The formula without a legend that follows it, and the legend's codes as printed."""
    inside = list(_defined().finditer(formula)) if _may_define(formula) else []
    codes = _definitions(explanations, formula) if explanations else {}
    if not inside:
        return formula, codes
    begins = computes().search(formula)
    first: dict[str, int] = {}
    for operand in _OPERAND.finditer(formula):
        first.setdefault(skeleton(_key(operand[1])), operand.start())
    for match in inside:
        used = first.get(skeleton(_stated(match)), len(formula)) < match.start()
        if used and begins and begins.start() < match.start():
            before = formula[: match.start()]
            return before.rstrip(" ,;("), _definitions(formula[match.start() :], before) | codes
    return formula, codes


def _definitions(text: str, formula: str) -> dict[str, str]:
    """`A = …; B : …` for codes that the formula uses."""
    used = _operands(formula)
    worn = {skeleton(code) for code in used}
    found = [
        match
        for match in _defined().finditer(text)
        if (code := _stated(match).lower()) in used
        or (skeleton(code) in worn and any(sign.isdigit() for sign in code))
    ]
    codes: dict[str, str] = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        meant = " ".join(text[match.end() : end].partition(SECTION)[0].split())
        words = _without_value(_without_joint(meant.rstrip(" ,;."))).strip(" ,;.")
        if words.endswith(")") and words.count("(") < words.count(")"):
            words = words[:-1].rstrip(" ,;.")
        if words:
            codes.setdefault(_stated(match), words)
    return codes


@cache
def computes() -> re.Pattern[str]:
    """Signs, words and phrases that say that something is computed."""
    raw = tables()
    loose = {*raw["only_before_number"], *raw["only_before_sum"]}
    phrases = [
        text for table in (raw["operators"], raw["openers"]) for texts in table.values() for text in texts
    ]
    words = sorted({re.escape(text) for text in (*phrases, *raw["percent_words"]) if text not in loose})
    return re.compile(rf"{_SIGNS}|(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


@cache
def _defined() -> re.Pattern[str]:
    """A code, its sign or word of definition, and the start of what it stands for."""
    words = "|".join(sorted(map(re.escape, knowledge().equals_words)))
    return re.compile(
        rf"(?:(?:\b|(?=\())(?<![\w./+*×÷(-])(?P<open>\(\s?)?\b(?P<code>{_CODE})(?(open)\s?\))"
        rf"(?:\s?[=:]\s?|\s(?:{words})\s)|(?<=\()(?P<inner>{_CODE})(?:\s?=\s?|\s(?:{words})\s))(?=[A-Za-z∑])"
    )


def _may_define(text: str) -> bool:
    """Whether a sign or word of definition stands in the text: a quick look before the pattern's slow one."""
    return any(sign in text for sign in _DEFINING) or any(word in text for word in knowledge().equals_words)


def defines(text: str, at: int) -> bool:
    """Whether a code's definition begins here."""
    return _defined().match(text, at) is not None


def _without_joint(words: str) -> str:
    """A definition without the connecting word at its end, before the next."""
    before, _, last = words.rpartition(" ")
    return before if before and last.lower() in knowledge().connectives else words


def _without_value(words: str) -> str:
    """A definition without the measured value at its end."""
    return _VALUE.sub("", words) if "=" in words or ":" in words else words
