"""Fractions told by their sides' names: `Pembilang: … Penyebut: …`, in lines, a sentence or small tables."""

from __future__ import annotations

import re
from functools import cache

from pipeline.formulas.reading.formula_reading import Repair, UnreadableError
from pipeline.formulas.reading.formula_vocabulary import (
    PhrasePrefilter,
    SideLabels,
    reading_table,
    regex_alternatives,
    word_skeleton,
)

_FACTOR_TAIL = re.compile(
    r"[,;.\s]*(?i:\b[xX]{1,2}(?=\s?\d)|[×*]|\b(?:d\s?[i1lI]\s?)?ka[lI1i][i1lI](?:kan)?\b)\s*(?i:dengan\s+)?(?P<factor>\d[\d.]*(?:\s?%)?)(?:\s*=[\s\d.,]*%?)?"
    r"(?:\.\s+[A-Z][^\n]*)?[\s.;)]*$",
)
_EDGE_CHARACTERS = " \n\t,;.|:=/÷-–—_"
_CALCULATION = re.compile(r"[÷×+*%∑/⦃]|[—_-]{3}|\b[xX]\b|\bdi(?:bagi|kali|tambah|kurang)", re.IGNORECASE)
_DIVISION_MARK = re.compile(r"[/:÷|]|\bbagi|\bdibagi|[—_-]{2}")


def join_labelled_sides(text: str) -> tuple[str, list[Repair]]:
    """The text with its two named sides as one fraction; as it stands where it names none or several."""
    repairs: list[Repair] = []
    if not _label_prefilter().may_contain(text) or not _label_pattern().search(text):
        return text, repairs
    text = _rewrite_coded_labels(text)
    matches = list(_label_pattern().finditer(text))
    kinds = [_label_kind(match) for match in matches if _label_kind(match) != "factor"]
    if len(kinds) == 1 and not _DIVISION_MARK.sub("", text[: matches[0].start()]).strip(_EDGE_CHARACTERS):
        lost_side = {"numerator": "denominator", "denominator": "numerator"}[kinds[0]]
        if not _CALCULATION.search(text[matches[0].end() :]):
            raise UnreadableError(f"the {lost_side} is lost")
    if set(kinds) != {"numerator", "denominator"}:
        return text, repairs
    if sorted(kinds) == ["denominator", "denominator", "numerator", "numerator"]:
        tokens, found_repairs = _replace_labels_with_codes(text, matches)
        return tokens, [*repairs, *found_repairs]
    if len(kinds) > 2:
        return text, repairs
    parts = {}
    for number, match in enumerate(matches):
        end = (
            matches[number + 1].start()
            if number + 1 < len(matches)
            else _explanation_start(text, match.end())
        )
        parts[_label_kind(match)] = text[match.end() : end]
    above, early_factor = _trim_side(parts["numerator"])
    below, late_factor = _trim_side(parts["denominator"])
    if not above or not below:
        return text, repairs
    repairs.append(Repair.SIDES_AS_FRACTION)
    stated_factor = (
        _trim_side(f" × {parts['factor'].strip(_EDGE_CHARACTERS + 'x×*')}")[1] if "factor" in parts else ""
    )
    result_name = text[: matches[0].start()].rstrip(_EDGE_CHARACTERS + "(")
    fraction = f"({above}) ÷ ({below}){late_factor or stated_factor or early_factor}"
    return f"{result_name} = {fraction}" if result_name else fraction, repairs


def _explanation_start(text: str, start: int) -> int:
    """Return where the last side ends: before a label such as `Sumber data :`."""
    label = _explanation_pattern().search(text, start)
    return label.start() if label else len(text)


@cache
def _explanation_pattern() -> re.Pattern[str]:
    names = regex_alternatives(reading_table().labels.explanation)
    return re.compile(rf"(?:(?<=[\n.;,%)\d])\s*|(?<=\w)\s+|^)(?:{names})\s*[:=]", re.IGNORECASE)


def _rewrite_coded_labels(text: str) -> str:
    """`Pembilang (A) : …` and `A (pembilang) = …` as `A = …`, where both sides have a code."""
    for pattern, replacement in (
        (_code_behind_label_pattern(), r"\g<code> = "),
        (_code_before_label_pattern(), r"\g<code> "),
    ):
        matches = list(pattern.finditer(text))
        if len(matches) == 2 and len({_label_kind(match) for match in matches}) == 2:
            return pattern.sub(replacement, text)
    return text


def _replace_labels_with_codes(text: str, matches: list[re.Match[str]]) -> tuple[str, list[Repair]]:
    """`Pembilang/Penyebut x 100%` and what these are: the names are codes with a legend."""
    repairs: list[Repair] = []
    pairs = [match for match in matches if _label_kind(match) != "factor"]
    if not any(_DIVISION_MARK.search(text[pairs[n].end("name") : pairs[n + 1].start()]) for n in (0, 2)):
        return text, repairs
    repairs.append(Repair.SIDES_AS_FRACTION)
    for match in reversed(pairs):
        code = "A" if _label_kind(match) == "numerator" else "B"
        text = text[: match.start("name")] + code + text[match.end("name") :]
    return text, repairs


def _trim_side(text: str) -> tuple[str, str]:
    """One side without brackets that it lost the partner of, and the multiplier at its end."""
    factor = _FACTOR_TAIL.search(text)
    if factor:
        text = text[: factor.start()]
    text = text.strip(_EDGE_CHARACTERS)
    while text.endswith("(") or (text.endswith(")") and text.count(")") > text.count("(")):
        text = text[:-1].rstrip(_EDGE_CHARACTERS)
    while text.startswith(")") or (text.startswith("(") and text.count("(") > text.count(")")):
        text = text[1:].lstrip(_EDGE_CHARACTERS)
    return text, f" × {factor['factor']}" if factor else ""


def _label_kind(match: re.Match[str]) -> str:
    return next(kind for kind in SideLabels.model_fields if match[kind])


def _label_alternatives() -> str:
    return "|".join(
        f"(?P<{kind}>(?:{'|'.join(map(_damaged_name_pattern, names))}))"
        for kind, names in reading_table().sides
    )


@cache
def _label_prefilter() -> PhrasePrefilter:
    firsts = {name.split()[0] for _, names in reading_table().sides for name in names}
    return PhrasePrefilter(
        re.compile(rf"(?<!\w)(?:{'|'.join(map(_damaged_name_pattern, sorted(firsts)))})", re.IGNORECASE)
    )


@cache
def _code_behind_label_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_label_alternatives()})\s?\((?P<code>[A-Za-z]\d?)\)\s*[:=]?\s*", re.IGNORECASE
    )


@cache
def _code_before_label_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<code>[A-Za-z]\d?)\s?\((?:{_label_alternatives()})\)\s*", re.IGNORECASE)


@cache
def _label_pattern() -> re.Pattern[str]:
    """Each name in any print that scanners make of it, with the sign behind it."""
    return re.compile(
        rf"(?<!\w)(?P<name>(?:{_label_alternatives()}))(?!\w)(?:\s?\([^()\n]{{1,20}}\))?(?:\s*(?:[:=|]|adalah|yaitu))?\s*",
        re.IGNORECASE,
    )


def _damaged_name_pattern(name: str) -> str:
    """A name in letters as scanners may take them."""
    confusions: dict[str, set[str]] = {}
    for printed, read in reading_table().alike.items():
        confusions.setdefault(read, {read}).add(printed)
    return "".join(
        f"(?:{'|'.join(sorted(map(re.escape, {letter} | confusions.get(word_skeleton(letter), set()))))})"
        for letter in name
    )
