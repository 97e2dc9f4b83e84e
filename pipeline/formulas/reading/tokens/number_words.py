"""Numbers in words: `dua belas`, `seratus dua puluh lima`, `setengah`."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum, starts_with_head

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NUMERAL = 8
"""Words of a number that is written in words."""
_TEEN, _THOUSAND = Decimal(10), Decimal(1000)


def parse_number_words(skeletons: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that the words begin with and how many they are; None where they begin with none."""
    numerals = reading_vocabulary().numerals
    total = group = pending = Decimal(0)
    length = 0
    for word in skeletons:
        if word in numerals.digits:
            if pending:
                break
            pending = numerals.digits[word]
        elif word in numerals.fixed:
            if pending:
                break
            group += numerals.fixed[word]
        elif word in numerals.teens and pending:
            group, pending = group + _TEEN + pending, Decimal(0)
        elif word in numerals.scales and (pending or group):
            scale = numerals.scales[word]
            if scale < _THOUSAND:
                group, pending = group + pending * scale, Decimal(0)
            else:
                total, group, pending = total + (group + pending) * scale, Decimal(0), Decimal(0)
        else:
            break
        length += 1
    return (total + group + pending, length) if length else None


def replace_number_words(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """Return the tokens with numbers in words as numbers where an operand begins: `dikali seratus persen`."""
    vocabulary, at = reading_vocabulary(), 0
    replaced: list[FormulaToken] = []
    while at < len(tokens):
        token = tokens[at]
        starts_operand = not replaced or replaced[-1].kind in {"operator", "open", "rule"}
        starts_operand = starts_operand or (replaced[-1].text in "/:" and _ends_number_words(tokens, at))
        if token.kind == "word" and starts_operand:
            token, at = _read_number_words(tokens, at)
        elif token.kind == "number" and starts_operand and at + 1 < len(tokens):
            scale = vocabulary.numerals.scales.get(word_skeleton(tokens[at + 1].text))
            if scale and not token.text.endswith("%"):
                value = Decimal(token.text) * scale
                token = FormulaToken("number", f"{value.normalize():f}", token.start, tokens[at + 1].end)
                at += 1
        percent = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind == "number" and percent and word_skeleton(percent.text) in vocabulary.percent_words:
            token = FormulaToken("number", token.text.rstrip("%") + "%", token.start, percent.end)
            at += 1
        replaced.append(token)
        if starts_operand and token.kind == "number" and _is_share(token.text) and at + 2 < len(tokens):
            of, whole = tokens[at + 1], tokens[at + 2]
            if of.text.lower() in vocabulary.table.share_words and (
                whole.kind == "open" or is_sum(whole) or starts_with_head(whole, spoken=True)
            ):
                replaced.append(FormulaToken("operator", "*", of.start, of.end))
                at += 1
        at += 1
    return replaced


def _read_number_words(tokens: list[FormulaToken], at: int) -> tuple[FormulaToken, int]:
    """Return the number that words say and the place of its last word, or the word itself."""
    vocabulary, token = reading_vocabulary(), tokens[at]
    words = takewhile(lambda word: word.kind == "word", tokens[at : at + _LONGEST_NUMERAL])
    skeletons = [word_skeleton(word.text) for word in words]
    number = parse_number_words(skeletons)
    if number is None:
        return token, at
    value, length = number
    after = tokens[at + length] if at + length < len(tokens) else None
    opens = at == 0 or tokens[at - 1].kind == "open"
    if opens and not (
        after is not None
        and (
            after.kind in {"operator", "open"}
            or word_skeleton(after.text) in vocabulary.percent_words
            or after.text.lower() in vocabulary.table.connectives
        )
    ):  # `dua kelompok tani yang …` begins a quantity
        return token, at
    return FormulaToken(
        "number", f"{value.normalize():f}", token.start, tokens[at + length - 1].end
    ), at + length - 1


def _ends_number_words(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether words say a number, with one word for its unit at most, before a sign or the end."""
    words = takewhile(lambda word: word.kind == "word", tokens[at : at + _LONGEST_NUMERAL + 1])
    skeletons = [word_skeleton(word.text) for word in words]
    number = parse_number_words(skeletons)
    return number is not None and len(skeletons) - number[1] <= 1


def _is_share(number: str) -> bool:
    """Return whether a number is a part of something: `40% dari nilai`, `setengah dari jumlah`."""
    return number.endswith("%") or Decimal(number) < 1
