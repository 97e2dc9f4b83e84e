"""Which tokens state the formula: left sides, results, measured values, alternatives, sentences set apart."""

from __future__ import annotations

import re

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary
from pipeline.formulas.reading.text.code_legends import is_code_letter
from pipeline.formulas.reading.tokens import measured_values
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum, word_bracket_end
from pipeline.formulas.reading.tokens.operator_tokens import is_operator

_CODE = re.compile(r"[A-Za-z]\d?")
_LONG_CODE = re.compile(r"[A-Za-z]{2,3}\d?|[A-Z]{4,6}\d?")
_YEAR_LETTERS = frozenset({"n", "t"})
"""`tahun (n)` names a year."""
_EDGE_KINDS = frozenset({"operator", "rule", "open", "close", "break"})


def select_statement(
    tokens: list[FormulaToken], text: str, codes: dict[str, str], repairs: list[str]
) -> list[FormulaToken]:
    """The tokens of the formula alone; codes in brackets, `(A)`, are added to `codes`."""
    tokens = _extract_bracket_codes(tokens, text, codes)
    if codes:
        tokens = _drop_alternative(tokens, codes, repairs)
    token_texts = {
        token.text.lower() for token in tokens
    }  # most formulas hold nothing that these steps look for
    if not measured_values.value_cues().isdisjoint(token_texts):
        tokens = measured_values.drop_measured_values(tokens, repairs)
    if "." in token_texts:
        tokens = _select_sentence(tokens, repairs)
    if "=" in token_texts or not reading_vocabulary().equals_words.isdisjoint(token_texts):
        tokens = _select_side(_mark_equals_word(tokens), repairs)
    return tokens


def _extract_bracket_codes(
    tokens: list[FormulaToken], text: str, codes: dict[str, str]
) -> list[FormulaToken]:
    """Take `(A)` out behind a quantity and note the quantity's words under the code."""
    if not any(token.kind == "open" and _may_be_code(tokens, at + 1) for at, token in enumerate(tokens)):
        return tokens
    standalone_words = {
        token.text
        for at, token in enumerate(tokens)
        if token.kind == "word"
        and _is_operand_edge(tokens, at - 1)
        and _is_operand_edge(tokens, at + 1)
        and not _in_brackets(tokens, at)
    }
    kept_tokens: list[FormulaToken] = []
    start = 0
    at = 0
    while at < len(tokens):
        token = tokens[at]
        code = tokens[at + 1].text if at + 1 < len(tokens) and _in_brackets(tokens, at + 1) else ""
        names_code = _is_short_code(code) or (_LONG_CODE.fullmatch(code) and code in standalone_words)
        follows_operand = (
            bool(kept_tokens)
            and (
                kept_tokens[-1].kind in {"word", "number"}
                or (kept_tokens[-1].kind == "close" and start < len(kept_tokens) - 1)
            )
            and not (
                code.lower() in _YEAR_LETTERS and kept_tokens[-1].text.lower() in reading_vocabulary().periods
            )
        )
        if token.kind == "open" and names_code and follows_operand:
            words = text[kept_tokens[start].start : kept_tokens[-1].end] if start < len(kept_tokens) else ""
            codes.setdefault(code.lower(), " ".join(words.split()))
            at, start = at + 3, len(kept_tokens)
            continue
        closing_at = token.kind == "open" and follows_operand and word_bracket_end(tokens, at)
        if closing_at:
            kept_tokens += tokens[at : closing_at + 1]
            at = closing_at + 1
            continue
        kept_tokens.append(token)
        if token.kind in _EDGE_KINDS or (token.kind == "sign" and token.text in ",;:"):
            start = len(kept_tokens)
        at += 1
    return kept_tokens


def _may_be_code(tokens: list[FormulaToken], at: int) -> bool:
    return _in_brackets(tokens, at) and (
        _is_short_code(tokens[at].text) or _LONG_CODE.fullmatch(tokens[at].text) is not None
    )


def _is_short_code(code: str) -> bool:
    return is_code_letter(code) or _CODE.fullmatch(code) is not None


def _is_operand_edge(tokens: list[FormulaToken], at: int) -> bool:
    return (
        not 0 <= at < len(tokens)
        or tokens[at].kind in _EDGE_KINDS
        or tokens[at].text in "/:;,="
        or tokens[at].text.lower() in reading_vocabulary().alternatives
    )


def _in_brackets(tokens: list[FormulaToken], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].kind == "open" and tokens[at + 1].kind == "close"


def _drop_alternative(
    tokens: list[FormulaToken], codes: dict[str, str], repairs: list[str]
) -> list[FormulaToken]:
    """`… atau A/B x 100%`: the second reading repeats the first in codes; keep the one that computes."""
    separators = reading_vocabulary().alternatives | {",", ";"}
    for at, token in enumerate(tokens):
        if token.kind != "break" and token.text.lower() not in separators:
            continue
        rest = tokens[at + 1 :]
        has_bar = any(neighbour.kind == "rule" for neighbour in tokens[max(0, at - 1) : at + 2])
        if has_bar or not _only_codes(rest, codes):
            continue
        if any(is_operator(neighbour) for neighbour in tokens[:at]):
            repairs.append("alternative dropped")
            return tokens[:at]
        repairs.append("codes resolved")
        return rest
    return tokens


def _only_codes(tokens: list[FormulaToken], codes: dict[str, str]) -> bool:
    words = [token for token in tokens if token.kind in {"word", "sum"}]
    return bool(words) and all(token.text.lower() in codes for token in words)


def _select_sentence(tokens: list[FormulaToken], repairs: list[str]) -> list[FormulaToken]:
    """Where several sentences stand, those that compute."""
    abbreviations = reading_vocabulary().abbreviations
    pieces: list[list[FormulaToken]] = [[]]
    for at, token in enumerate(tokens):
        pieces[-1].append(token)
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text != "." or before is None or after is None or after.kind != "word":
            continue
        is_abbreviation = before.text.lower() in abbreviations
        if after.text[0].isupper() and not is_abbreviation and after.start > token.end:
            pieces.append([])
    calculations = [piece for piece in pieces if _has_operator(piece)]
    if not calculations or len(calculations) == len(pieces):
        return tokens
    repairs.append("sentence dropped")
    return [token for piece in calculations[:1] for token in piece]


def _has_operator(tokens: list[FormulaToken]) -> bool:
    """Whether something certainly computes here."""
    for at, token in enumerate(tokens):
        if is_operator(token) or token.kind == "rule" or token.text == "⦃":
            return True
        if token.text == "/" and at + 1 < len(tokens):
            after = tokens[at + 1]
            has_spaces = after.start > token.end and at > 0 and tokens[at - 1].end < token.start
            if has_spaces or is_sum(after) or after.kind == "open":
                return True
    return False


def _mark_equals_word(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """`Persentase a adalah b dibagi c`: the word is an equals sign where its right side computes."""
    words = reading_vocabulary().equals_words
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text.lower() in words and at:
            if _has_operator(tokens[at + 1 :]) and not _has_operator(tokens[:at]):
                return [*tokens[:at], token._replace(kind="operator", text="="), *tokens[at + 1 :]]
            break
    return tokens


def _select_side(tokens: list[FormulaToken], repairs: list[str]) -> list[FormulaToken]:
    """Of several sides of equals signs, the one that computes with words."""
    tokens = _drop_name_beside_rule(tokens, repairs)
    sides: list[list[FormulaToken]] = [[]]
    for token in tokens:
        if is_operator(token, "="):
            sides.append([])
        else:
            sides[-1].append(token)
    sides = [side for side in sides if any(token.kind != "break" for token in side)]
    if len(sides) < 2:
        return sides[0] if sides else []
    sides_with_words = [
        side for side in sides if any(token.kind in {"word", "sum"} for token in side)
    ] or sides
    calculations = [side for side in sides_with_words if _has_operator(side) or _is_ratio_of_codes(side)]
    repairs.append("left side dropped")
    return calculations[0] if calculations else sides_with_words[-1]


def _is_ratio_of_codes(side: list[FormulaToken]) -> bool:
    return any(token.text in "/:" for token in side) and all(
        len(t.text) <= 3 for t in side if t.kind == "word"
    )


def _drop_name_beside_rule(tokens: list[FormulaToken], repairs: list[str]) -> list[FormulaToken]:
    """`Persentase = ——— x 100%` between two lines: the name and its sign are no part of the fraction."""
    for at in range(len(tokens) - 1):
        if not (is_operator(tokens[at], "=") and tokens[at + 1].kind == "rule"):
            continue
        start = at
        while start and tokens[start - 1].kind != "break":
            start -= 1
        if start:
            repairs.append("left side dropped")
            return tokens[:start] + tokens[at + 1 :]
    return tokens
