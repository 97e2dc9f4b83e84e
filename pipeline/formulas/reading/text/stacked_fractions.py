"""Several stacked fractions added up: side by side over a line of bars, or one below the other."""

from __future__ import annotations

import re
from functools import cache

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_table

_BAR = r"(?:[—–_-]\s?){3,}"
_BAR_ROW = re.compile(
    rf"^(?P<left>[^=\n]{{0,60}}=)?\s*[(\[]?\s*{_BAR}(?:\+\s?{_BAR})+[)\]]?\s*(?P<factor>[xX×*]\s?\d[\d.]*\s?%?)?\s*$"
)
_BAR_LINE = re.compile(rf"^\s*{_BAR}(?P<factor>[xX×*]\s?\d[\d.]*\s?%?)?\s*$")
_FACTOR_LINE = re.compile(r"^\s*(?P<factor>[xX×*]\s?\d[\d.]*\s?%?)\s*$")
_RESULT_NAME = re.compile(r"^[^:=]{0,60}[:=]\s*(?=\S)")
MAX_STACKED_LINES = 60


def flatten_summed_fractions(text: str) -> tuple[str, list[Repair]]:
    """The text with stacked fractions that are added up as flat ones; any other as it stands."""
    repairs: list[Repair] = []
    if "+" not in text or text.count("\n") < 2:
        return text, repairs
    lines = text.split("\n")
    if len(lines) > MAX_STACKED_LINES:
        return text, repairs
    flat = _flatten_beside(lines) or _flatten_below(lines)
    if flat is None:
        return text, repairs
    repairs.append(Repair.FRACTIONS_IN_LINES)
    return flat, repairs


def _flatten_beside(lines: list[str]) -> str | None:
    """`a   c` over `———— + ————` over `b   d`."""
    at = next((n for n, line in enumerate(lines) if _BAR_ROW.match(line)), 0)
    if not at:
        return None
    bars = _BAR_ROW.match(lines[at])
    assert bars is not None
    term_count = lines[at].count("+") + 1
    factor = bars["factor"]
    below = lines[at + 1 :]
    if below and factor is None and (last := _FACTOR_LINE.match(below[-1])):
        factor, below = last["factor"], below[:-1]
    upper = " ".join(lines[:at])
    name = _RESULT_NAME.match(upper)
    above, under = _split_operands(upper[name.end() if name else 0 :]), _split_operands(" ".join(below))
    if len(above) != term_count or len(under) != term_count:
        return None
    terms = [f"(({a}) ÷ ({b}))" for a, b in zip(above, under, strict=True)]
    return f"{name.group() if name else ''}{' + '.join(terms)} {factor or ''}"


def _split_operands(line: str) -> list[str]:
    return [part.strip(" +") for part in _operand_start_pattern().split(line) if part.strip(" +")]


def _flatten_below(lines: list[str]) -> str | None:
    """Each fraction in lines of its own, a plus between them."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "+":
            blocks.append([])
        else:
            blocks[-1].append(line)
    if len(blocks) < 2:
        return None
    terms, factor = [], ""
    for number, block in enumerate(blocks):
        if number == len(blocks) - 1 and len(block) > 1 and (last := _FACTOR_LINE.match(block[-1])):
            factor, block = last["factor"], block[:-1]
        bars = [at for at, line in enumerate(block) if _BAR_LINE.match(line)]
        if len(bars) != 1 or bars[0] in {0, len(block) - 1}:
            return None
        above, under = (" ".join(part) for part in (block[: bars[0]], block[bars[0] + 1 :]))
        bar = _BAR_LINE.match(block[bars[0]])
        scale = f" {bar['factor']}" if bar and bar["factor"] else ""
        terms.append(f"(({above}) ÷ ({under})){scale}")
    return f"{' + '.join(terms)} {factor}"


@cache
def _operand_start_pattern() -> re.Pattern[str]:
    sums = "|".join(sorted(reading_table().sums))
    return re.compile(rf"(?<!^)\s+(?=(?:∑|(?:{sums})\b))", re.IGNORECASE)
