"""One statement as an expression: its side of the equals signs, its divisions, its layout.

Where a word may divide or not (`jumlah a terhadap jumlah b`), both readings are weighed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING

from pipeline.formulas.reading.formula_reading import (
    Omission,
    OmissionKind,
    Repair,
    UnreadableError,
    describe_omission,
    distinct_repairs,
)
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.operand_plausibility import expand_mean, find_doubts
from pipeline.formulas.reading.structure.bracket_groups import group_brackets
from pipeline.formulas.reading.structure.expression_builder import build_expression
from pipeline.formulas.reading.structure.fraction_layout import resolve_layout
from pipeline.formulas.reading.structure.operand_parser import iter_left_out
from pipeline.formulas.reading.tokens import division_signs, equation_sides, measured_values
from pipeline.formulas.reading.tokens.division_signs import is_operand_head
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum
from pipeline.formulas.reading.tokens.operator_tokens import is_operator, starts_opener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas.expression.linear_syntax import Expression

LONGEST_NUMBER = 30
"""Digits of a number; nobody counts so far."""
LONGEST_LEAD = 12
"""Words between the one that leads to a formula and the formula."""
MOST_VARIANTS = 4
_NEAR = 0.8
"""From which share of the best reading's confidence another one makes it doubtful."""


@dataclass(frozen=True, slots=True)
class StatementReading:
    """One reading of a statement, and how much it is trusted."""

    expression: Expression
    repairs: tuple[Repair, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def confidence(self) -> float:
        """The product of what each repair leaves."""
        return reading_confidence(self.repairs)


def reading_confidence(repairs: tuple[Repair, ...]) -> float:
    """Return what the repairs leave of the confidence, each counted once."""
    weights = reading_vocabulary().table.confidence
    return round(prod(weights[repair] for repair in distinct_repairs(repairs)), 3)


def parse_statement(
    tokens: list[FormulaToken], text: str, *, named: bool, is_ratio: bool
) -> list[StatementReading]:
    """Return the readings of a statement whose operators are marked, the most trusted first.

    Where it is ``named``, a colon in it is no label's; where its name is a ratio's, a word may divide.

    Raises:
        UnreadableError: it has none.
    """
    repairs: list[Repair] = []
    printed = tokens
    tokens, found_repairs = equation_sides.drop_substituted_sides(tokens)
    repairs += found_repairs
    tokens, found_repairs = measured_values.drop_measured_values(tokens)
    repairs += found_repairs
    omissions = tuple(_iter_values(printed, tokens, text)) if len(tokens) < len(printed) else ()
    tokens, found_repairs = equation_sides.select_side(tokens)
    repairs += found_repairs
    if any(token.kind == "number" and len(token.text) > LONGEST_NUMBER for token in tokens):
        raise UnreadableError("a number is too long")
    tokens, found_repairs = division_signs.resolve_divisions(tokens, named=named)
    repairs += found_repairs
    if _compares_counts(tokens):  # `perbandingan jumlah a : jumlah b`
        tokens = tokens[1:]
        repairs.append(Repair.COMPARISON_AS_DIVISION)
    readings: list[StatementReading] = []
    error: UnreadableError | None = None
    for variant, variant_repairs in _iter_variants(tokens, is_ratio):
        try:
            reading = _read_variant(variant, text, [*repairs, *variant_repairs])
            readings.append(replace(reading, omissions=(*omissions, *reading.omissions)))
        except UnreadableError as failure:
            error = error or failure
    if not readings:
        raise error or UnreadableError("nothing is left to read")
    readings.sort(key=lambda reading: -reading.confidence)
    return readings


def _iter_values(printed: list[FormulaToken], kept: list[FormulaToken], text: str) -> Iterator[Omission]:
    """Yield what was printed between the kept tokens, if there is a figure in it."""
    places = {token.start for token in kept}
    for is_kept, run in groupby(printed, key=lambda token: token.start in places):
        tokens = list(run)
        if not is_kept and any(token.kind == "number" for token in tokens):
            yield describe_omission(OmissionKind.MEASURED_VALUE, text[tokens[0].start : tokens[-1].end])


def _compares_counts(tokens: list[FormulaToken]) -> bool:
    """Return whether a word for a ratio stands before a count that is divided."""
    if len(tokens) < 2 or word_skeleton(tokens[0].text) not in reading_vocabulary().ratio_words:
        return False
    return is_sum(tokens[1]) and any(is_operator(token, "/") or token.kind == "rule" for token in tokens)


def best_reading(readings: list[StatementReading]) -> StatementReading:
    """Return the most trusted reading; it is doubted where another one is nearly as likely."""
    best = readings[0]
    rivals = (reading for reading in readings[1:] if reading.expression != best.expression)
    rival = next(rivals, None)
    if rival is not None and rival.confidence >= best.confidence * _NEAR:
        return replace(best, repairs=(*best.repairs, Repair.OTHER_READING))
    return best


def _read_variant(tokens: list[FormulaToken], text: str, repairs: list[Repair]) -> StatementReading:
    tree, bracket_repairs = group_brackets(tokens)
    parts, layout_repairs = resolve_layout(tree, text)
    repairs = [*repairs, *bracket_repairs, *layout_repairs]
    if not parts:
        raise UnreadableError("nothing is left to read")
    expression, mean_repairs = expand_mean(build_expression(parts))
    repairs += mean_repairs
    doubts = find_doubts(expression, tuple(repairs))
    return StatementReading(expression, distinct_repairs([*repairs, *doubts]), tuple(iter_left_out(parts)))


def _iter_variants(
    tokens: list[FormulaToken], is_ratio: bool
) -> Iterator[tuple[list[FormulaToken], tuple[Repair, ...]]]:
    """Yield the tokens as they are, and with each word that may divide as a division."""
    yield tokens, ()
    if not tokens or any(
        is_operator(token, "/") or token.kind == "rule" or token.text == "⦃" for token in tokens
    ):
        return
    weak_words = reading_vocabulary().weak_divisions
    is_scaled = any(is_operator(token, "*") for token in tokens)
    if not (is_scaled or is_ratio) and word_skeleton(tokens[0].text) not in reading_vocabulary().ratio_words:
        return
    places = [
        at
        for at, token in enumerate(tokens[:-1])
        if at
        and token.kind == "word"
        and word_skeleton(token.text) in weak_words
        and is_operand_head(tokens[at + 1])
    ]
    for at in places[:MOST_VARIANTS]:
        start = 0
        if len(tokens) > 1 and word_skeleton(tokens[0].text) in reading_vocabulary().ratio_words:
            start = 1 + (at > 2 and not is_sum(tokens[1]) and tokens[1].text.lower() in {"dari", "antara"})
        counts = is_scaled and is_sum(tokens[at + 1]) and tokens[start].kind == "word"
        if is_operand_head(tokens[start]) or tokens[start].kind == "open" or counts:
            operator = FormulaToken("operator", "/", tokens[at].start, tokens[at].end)
            yield [*tokens[start:at], operator, *tokens[at + 1 :]], (Repair.WORD_AS_DIVISION,)


def strip_lead(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], tuple[Repair, ...]]:
    """Return the tokens without running text before the first operand: `… dihitung dari jumlah a …`."""
    vocabulary = reading_vocabulary()
    leads = vocabulary.lead_words
    if not any(token.kind == "word" and word_skeleton(token.text) in leads for token in tokens) or is_sum(
        tokens[0]
    ):
        return tokens, ()
    start = 0
    leads_on = False
    for at, token in enumerate(tokens):
        skeleton = word_skeleton(token.text)
        if token.kind in {"operator", "rule", "open", "code"} or (start and is_sum(token)):
            break
        if token.kind != "word" or skeleton not in leads:
            if leads_on and starts_opener(tokens, at):
                start = at
            elif at and skeleton in vocabulary.operator_starts:
                break
            continue
        leads_on = True
        if at and tokens[at - 1].text.lower() == vocabulary.table.relative_word:
            continue
        after = at + 1
        last = min(len(tokens), after + LONGEST_LEAD)
        while after < last and _is_lead_filler(tokens[after]) and not starts_opener(tokens, after):
            after += 1
        if after < last and _may_begin(tokens, after):
            start = after
    return tokens[start:], (Repair.LEAD_DROPPED,) if start else ()


def _may_begin(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a formula may begin at a place behind a lead."""
    return is_operand_head(tokens[at]) or tokens[at].kind in {"open", "number"} or starts_opener(tokens, at)


def _is_lead_filler(token: FormulaToken) -> bool:
    vocabulary = reading_vocabulary()
    if token.kind == "break" or token.text in {",", ":", "="}:
        return True
    skeleton = word_skeleton(token.text)
    return token.kind == "word" and (skeleton in vocabulary.lead_words or skeleton in vocabulary.lead_fillers)


def is_coded(tokens: list[FormulaToken]) -> bool:
    """Return whether the operands are codes alone."""
    kinds = {token.kind for token in tokens}
    return "code" in kinds and "word" not in kinds
