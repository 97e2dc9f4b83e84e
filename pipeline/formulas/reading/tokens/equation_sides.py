"""Which side of the equals signs states the formula."""

from __future__ import annotations

from itertools import pairwise

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.division_signs import has_calculation
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken
from pipeline.formulas.reading.tokens.operator_tokens import is_operator


def select_side(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Return the tokens of the side that computes, where equals signs or words stand between several."""
    repairs: list[Repair] = []
    texts = {token.text.lower() for token in tokens}
    if "=" not in texts and reading_vocabulary().table.equals_words.isdisjoint(texts):
        return tokens, repairs
    tokens, found_repairs = _select_side(_mark_equals_word(tokens))
    return tokens, [*repairs, *found_repairs]


def drop_substituted_sides(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Return the tokens without sides that repeat the calculation before them with its values.

    `… = Rp 5.000 : Rp 8.000 x 100% = 62,5%`, `… = 3 desa / 4 desa x 100%`.
    """
    equals = [at for at, token in enumerate(tokens) if is_operator(token, "=")]
    for start, end in pairwise([*equals, len(tokens)]):
        if _holds_values(tokens[start + 1 : end]) and _computes_before(tokens[:start]):
            return [*tokens[:start], *tokens[end:]], [Repair.MEASURED_VALUE_DROPPED]
    return tokens, []


def _computes_before(tokens: list[FormulaToken]) -> bool:
    signed = any(is_operator(token) or token.kind == "rule" or token.text in "/:" for token in tokens)
    return signed and any(token.kind in {"word", "sum", "code"} for token in tokens)


def _holds_values(side: list[FormulaToken]) -> bool:
    """Return whether a side divides amounts by amounts, each with a unit of one word at most."""
    vocabulary = reading_vocabulary()
    currency = vocabulary.table.currency
    divides = amount = False
    for at, token in enumerate(side):
        before = side[at - 1] if at else None
        if token.kind == "word" and token.text.lower() not in currency:
            scaled = before is not None and word_skeleton(before.text) in vocabulary.numerals.scales
            if before is None or not (before.kind == "number" or scaled):
                return False
        elif token.kind in {"sum", "code"}:
            return False
        divides = divides or is_operator(token, "/") or token.kind == "rule" or token.text in "/:"
        amount = amount or token.text.lower() in currency or (
            token.kind == "word" and before is not None and before.kind == "number"
        )  # fmt: skip
    return divides and amount


def _mark_equals_word(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """`Persentase a adalah b dibagi c`: the word is an equals sign where its right side computes."""
    words = reading_vocabulary().table.equals_words
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text.lower() in words and at:
            if has_calculation(tokens[at + 1 :]) and not has_calculation(tokens[:at]):
                return [*tokens[:at], token._replace(kind="operator", text="="), *tokens[at + 1 :]]
            break
    return tokens


def _select_side(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Return of several sides of equals signs, the one that computes with words."""
    repairs: list[Repair] = []
    tokens, found_repairs = _drop_name_beside_rule(tokens)
    repairs += found_repairs
    sides: list[list[FormulaToken]] = [[]]
    for token in tokens:
        if is_operator(token, "="):
            sides.append([])
        else:
            sides[-1].append(token)
    sides = [side for side in sides if any(token.kind != "break" for token in side)]
    if len(sides) < 2:
        return sides[0] if sides else [], repairs
    sides_with_words = [
        side for side in sides if any(token.kind in {"word", "sum", "code"} for token in side)
    ] or sides
    calculations = [side for side in sides_with_words if has_calculation(side)]
    repairs.append(Repair.LEFT_SIDE_DROPPED)
    return calculations[0] if calculations else sides_with_words[-1], repairs


def _drop_name_beside_rule(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """`Persentase = ——— x 100%` between two lines: the name and its sign are no part of the fraction."""
    repairs: list[Repair] = []
    for at in range(len(tokens) - 1):
        if not (is_operator(tokens[at], "=") and tokens[at + 1].kind == "rule"):
            continue
        start = at
        while start and tokens[start - 1].kind != "break":
            start -= 1
        if start:
            repairs.append(Repair.LEFT_SIDE_DROPPED)
            return tokens[:start] + tokens[at + 1 :], repairs
    return tokens, repairs
