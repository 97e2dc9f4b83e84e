"""Measured values printed inside a formula: `= 12 desa`, `: Rp 5.000,-`, `= 98%` at the end."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, word_bracket_end
from pipeline.formulas.reading.tokens.operator_tokens import is_operator


@cache
def value_cues() -> frozenset[str]:
    """Return what stands before a measured value: where nothing of it is printed, there is none."""
    table = reading_vocabulary().table
    return table.currency | table.value_words | {"=", ":"}


def drop_measured_values(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Take out `= 12 desa` before an operator and `= 98%` at the end."""
    repairs: list[Repair] = []
    if value_cues().isdisjoint(token.text.lower() for token in tokens):
        return tokens, repairs
    remaining_tokens: list[FormulaToken] = []
    at = 0
    colons = _counted_colons(tokens)
    while at < len(tokens):
        end = _value_end(tokens, at) if is_operator(tokens[at], "=") and remaining_tokens else at
        before = remaining_tokens[-1] if remaining_tokens else None
        if before is not None and before.text != "/" and before.kind in _OPERAND_ENDS | {"open", "sign"}:
            end = max(end, _rupiah_end(tokens, at), _stated_end(tokens, at))
        elif (money := _rupiah_end(tokens, at)) > at:  # it is an operand itself
            remaining_tokens.append(_money_operand(tokens[at:money]))
            at = money
            continue
        if at in colons:
            end = max(end, _counted_end(tokens, at))
        if end > at:
            repairs.append(Repair.MEASURED_VALUE_DROPPED if end < len(tokens) else Repair.RESULT_DROPPED)
            at = end
            continue
        remaining_tokens.append(tokens[at])
        at += 1
    return remaining_tokens, repairs


_OPERAND_ENDS = frozenset({"word", "number", "close", "break"})


def _money_operand(tokens: list[FormulaToken]) -> FormulaToken:
    """Return an amount of money as a number: `Rp 2 miliar`."""
    scales = reading_vocabulary().numerals.scales
    number = next(token for token in tokens if token.kind == "number")
    scale = scales.get(word_skeleton(tokens[-1].text))
    if scale is None:
        return number
    return number._replace(text=f"{(Decimal(number.text) * scale).normalize():f}")


def _stated_end(tokens: list[FormulaToken], at: int) -> int:
    """Return where `sebanyak 30 RT` or `sebesar Rp 5 juta` ends; `at` if none begins."""
    vocabulary = reading_vocabulary()
    if tokens[at].text.lower() not in vocabulary.table.value_words or at + 1 >= len(tokens):
        return at
    end = max(at + 1, _rupiah_end(tokens, at + 1))
    if end == at + 1:
        if tokens[end].kind != "number":
            return at
        end += 1
    if (
        end < len(tokens)
        and tokens[end].kind == "word"
        and word_skeleton(tokens[end].text) not in vocabulary.joint_words
    ):
        end += 1  # its unit
    return end


def _rupiah_end(tokens: list[FormulaToken], at: int) -> int:
    """Where an amount of money that begins here ends (`Rp. 450.000`, `: Rp 5.000,-`); `at` if none does."""
    end = at + (tokens[at].text in {"=", ":"})
    if end >= len(tokens) or tokens[end].text.lower() not in reading_vocabulary().table.currency:
        return at
    end += 1
    while end < len(tokens) and tokens[end].text in {".", ":"}:
        end += 1
    if end >= len(tokens) or tokens[end].kind != "number":
        return at
    end += 1
    if end < len(tokens) and word_skeleton(tokens[end].text) in reading_vocabulary().numerals.scales:
        end += 1
    while end < len(tokens) and tokens[end].text in {",", "-", "−", "–"} and _touches_previous(tokens, end):
        end += 1
    return end


def _counted_colons(tokens: list[FormulaToken]) -> set[int]:
    """The colons before measured values, `Jumlah surat : 200`: several of them, or one beside a division."""
    colons = [
        at
        for at in range(1, len(tokens) - 1)
        if tokens[at].text == ":"
        and tokens[at + 1].kind == "number"
        and _ends_words(tokens, at - 1)
        and _counted_end(tokens, at) > at
    ]
    has_division = _has_division(tokens)
    return set(colons) if len(colons) > 1 or (colons and has_division) else set()


def _ends_words(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a run of words ends here, be it with a number or a bracket."""
    kind = tokens[at].kind
    if kind == "close":
        opening = next((n for n in range(at, -1, -1) if tokens[n].kind == "open"), 0)
        return opening > 0 and word_bracket_end(tokens, opening) == at and tokens[opening - 1].kind == "word"
    return kind == "word" or (kind == "number" and at > 0 and tokens[at - 1].kind == "word")


def _has_division(tokens: list[FormulaToken]) -> bool:
    return any(
        is_operator(token, "/")
        or token.kind == "rule"
        or (
            token.text == "/"
            and 0 < at < len(tokens) - 1
            and tokens[at - 1].end < token.start < tokens[at + 1].start - 1
        )
        for at, token in enumerate(tokens)
    )


def _counted_end(tokens: list[FormulaToken], at: int) -> int:
    """Where the value behind this colon ends, its unit with it; `at` if it goes on as a calculation."""
    end = at + 2
    while end < len(tokens) and end < at + 5 and tokens[end].kind == "word":
        end += 1
    after = tokens[end] if end < len(tokens) else None
    ends_value = (
        after is None or after.kind in {"break", "rule", "close"} or after.text in {"/", ":", ",", ";"}
    )
    return end if ends_value or is_operator(after, "/-+" if end == at + 2 else "/-+*") else at


def _touches_previous(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a sign stands right behind what is before it (`5.000,-`)."""
    return tokens[at].start == tokens[at - 1].end


def _value_end(tokens: list[FormulaToken], at: int) -> int:
    """Return where the value behind this equals sign ends; `at` if there is none."""
    value = tokens[at + 1] if at + 1 < len(tokens) else None
    if value is None or value.kind != "number":
        return at
    end = at + 2
    while end < len(tokens) and end < at + 6 and tokens[end].kind in {"word", "number"}:
        end += 1
    while end < len(tokens) and tokens[end].text in {".", ",", ";"}:
        end += 1
    after = tokens[end] if end < len(tokens) else None
    if after is None or after.kind in {"close", "break", "rule"} or is_operator(after, "="):
        return end
    factor = tokens[end + 1] if end + 1 < len(tokens) else None
    starts_factor = (
        value.text.endswith("%")
        and is_operator(after, "*")
        and factor is not None
        and factor.kind != "number"
    )
    is_divided = after.text in "/:" and not starts_factor
    return (
        end
        if is_divided
        or (is_operator(after) and not starts_factor and at + 2 < end)
        or _is_times_number(after, factor)
        else at
    )


def _is_times_number(after: FormulaToken, factor: FormulaToken | None) -> bool:
    return is_operator(after, "*") and factor is not None and factor.kind == "number"
