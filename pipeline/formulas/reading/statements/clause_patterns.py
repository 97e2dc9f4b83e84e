"""How clauses begin that are known by their tokens alone: labels, equations, targets, calculations."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.clauses import ClauseKind, ClauseStart
from pipeline.formulas.reading.statements.code_keys import is_code, is_joint_word, match_code
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum

LONGEST_NAME = 14
"""Tokens of the name on an equation's left side."""
_VALUE_TOKENS = 8
_ROMAN = re.compile(r"[IVX]{1,4}")


def match_step(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return what begins behind the number of a step: `Tahap 2 : …`."""
    step_words = reading_vocabulary().table.step_words
    if tokens[at].text.lower() not in step_words or at + 2 >= len(tokens):
        return None
    number, sign = tokens[at + 1 : at + 3]
    if not (number.kind == "number" or is_code(number.text)) or sign.text not in {":", ".", ","}:
        return None
    return ClauseStart(ClauseKind.STATEMENT, at + 3)


def is_divisor(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a code stands behind a colon as an operand: `(X : Y)`."""
    span = match_code(tokens, at)
    if span is None:
        return False
    after = tokens[span.end] if span.end < len(tokens) else None
    return after is None or after.kind in {"close", "times", "over", "break"} or after.text in {";", ","}


def match_equation(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return the equation or the measured value whose name begins here: `NRR tertimbang = …`."""
    end, equals_words = at, reading_vocabulary().table.equals_words
    while end < len(tokens) and end - at <= LONGEST_NAME and _is_name_token(tokens[end]):
        if tokens[end].text.lower() in equals_words and _ends_value(tokens, end + 1):
            return ClauseStart(ClauseKind.VALUE, end + 1) if end > at else None
        end += 1
    name = tokens[at:end]
    if (
        not name
        or name[0].kind == "sign"
        or is_clause_joint(name[0].text)
        or any(map(is_operator_word, name))
    ):
        return None
    if (
        end + 1 >= len(tokens)
        or not any(token.kind == "word" or token.text == "%" for token in name)
        or _is_ratio(name)
    ):
        return None
    sign, first = tokens[end], tokens[end + 1]
    if sign.text not in {"=", ":"} or first.kind == "rule" or first.text in {"=", ":"}:
        return None
    if _ends_value(tokens, end + 1):
        return (
            None if any(token.kind == "rule" for token in tokens) else ClauseStart(ClauseKind.VALUE, end + 1)
        )
    if sign.text == ":":
        calculation = match_calculation(tokens, end + 1)
        return calculation and ClauseStart(ClauseKind.EQUATION, end + 1)
    if first.kind == "number" and not match_calculation(tokens, end + 1) and _measures(tokens, end + 2):
        return None
    return ClauseStart(ClauseKind.EQUATION, end + 1) if at or first.kind != "break" else None


def match_bracket_remark(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return the remark in brackets that begins here: `(sumber: Inspektorat)`."""
    scaled = at and tokens[at - 1].kind == "number"
    colon = next((place for place in range(at + 1, min(at + 5, len(tokens))) if tokens[place].text == ":"), 0)
    if not scaled or not colon or not all(token.kind == "word" for token in tokens[at + 1 : colon]):
        return None
    for place in range(colon + 1, min(colon + LONGEST_NAME, len(tokens))):
        if tokens[place].kind == "close":
            if place + 1 < len(tokens) and tokens[place + 1].kind not in {"break", "sign"}:
                return None
            names_count = is_sum(tokens[at + 1]) or any(map(is_sum, tokens[colon + 1 : place]))
            return None if names_count else ClauseStart(ClauseKind.STATEMENT, colon + 1, label="explanation")
        if tokens[place].kind not in {"word", "sign"} or tokens[place].text in {"/", ":"}:
            return None
    return None


def match_named_value(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return the measured value that begins here and is named behind its sign: `18 = jumlah sekolah`."""
    if at + 3 >= len(tokens) or tokens[at].kind != "number" or tokens[at + 1].text not in {"=", ":"}:
        return None
    first = tokens[at + 2]
    named = is_sum(first) or (first.kind == "word" and tokens[at + 1].text == "=" and not is_code(first.text))
    return ClauseStart(ClauseKind.VALUE, at + 2) if named else None


def _measures(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether the number before a place was measured: a unit or another equals sign follows."""
    if at < len(tokens) and tokens[at].kind == "word" and not is_joint_word(tokens[at].text):
        return True
    for token in tokens[at:]:
        if token.kind == "break" or token.text == ";":
            return False
        if token.text == "=":
            return True
    return False


def _ends_value(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a measured value stands here and nothing else up to the clause's end."""
    digits, table = False, reading_vocabulary().table
    for place in range(at, min(at + _VALUE_TOKENS, len(tokens) + 1)):
        token = tokens[place] if place < len(tokens) else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token is None or token.kind == "break" or token.text == ";":
            return digits
        if token.text == "," and not (after is not None and after.text in "-–"):
            next_word = after.text.lower() if after is not None else ""
            return digits and (not is_joint_word(next_word) or next_word in table.conclusions)
        if token.kind == "number":
            digits = True
        elif not (
            digits or token.text.lower() in reading_vocabulary().table.currency or token.text == "."
        ) or (token.kind != "word" and token.text not in ".,-–"):
            return False
    return False


def match_target(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return the target that begins here: `target : 85%`."""
    if tokens[at].text.lower() not in reading_vocabulary().table.target_words:
        return None
    end = at + 1
    while end < min(len(tokens), at + 4) and tokens[end].kind != "number":
        if tokens[end].text.lower() not in _target_joints():
            return None
        end += 1
    return ClauseStart(ClauseKind.TARGET, end) if _ends_target(tokens, end) else None


def _ends_target(tokens: list[FormulaToken], at: int) -> bool:
    if at >= len(tokens) or tokens[at].kind != "number":
        return False
    rest = tokens[at + 1 : at + 4]
    return not any(token.kind in {"times", "over", "operator"} or token.text in "/+" for token in rest)


def match_calculation(tokens: list[FormulaToken], at: int) -> ClauseStart | None:
    """Return a calculation in codes or numbers alone that begins here and fills its line."""
    operands = codes = signs = 0
    follows_operand = False
    for token in tokens[at:]:
        if token.kind == "break" or token.text in {";", "."}:
            break
        is_operand = token.kind == "number" or is_code_token(token)
        if is_operand and not (token.kind == "times" and follows_operand):
            operands += 1
            codes += token.kind != "number"
        elif token.kind == "over" or token.text in "/:+" or word_skeleton(token.text) in _division_words():
            if not operands:
                return None
            signs += 1
        elif not (
            token.kind in {"open", "close", "times"}
            or token.text in "=-−–"
            or (token.kind == "word" and is_joint_word(token.text))
            or word_skeleton(token.text) in reading_vocabulary().percent_words
        ):
            return None
        follows_operand = is_operand or token.kind == "close"
    return ClauseStart(ClauseKind.STATEMENT, at) if operands > 1 and signs and codes != 1 else None


def starts_sentence(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a sentence begins at a place."""
    token = tokens[at]
    return ends_sentence(tokens, at) and token.kind in {"word", "sum"} and not token.text[0].islower()


def ends_sentence(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether the full stop before a place ends a sentence, and no short form."""
    if at < 2 or tokens[at - 1].text != ".":
        return False
    last = tokens[at - 2].text.lower()
    is_short = last in reading_vocabulary().table.abbreviations or (len(last) < 2 and last.isalpha())
    return not is_short and tokens[at].start > tokens[at - 1].end


def find_used_codes(tokens: list[FormulaToken]) -> frozenset[str]:
    """Return the codes beside a sign that computes; one that only ends names is none.

    In `realisasi PAD : target PAD x 100%` no code stands before the `x`.
    """
    apart = {token.text for token in tokens[:1]} | {
        token.text
        for before, token in pairwise(tokens)
        if before.kind != "word" or is_joint_word(before.text)
    }
    operands: set[FormulaToken] = set()
    for before, after in pairwise(tokens):
        if is_computing_sign(before):
            operands.add(after)
        if is_computing_sign(after) and before.text in apart:
            operands.add(before)
    for before, sign, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.text == ":" and is_code(before.text) and is_code(after.text):
            operands |= {before, after}
    return frozenset(operand.text for operand in operands if is_code_token(operand))


def is_initial(before: list[FormulaToken], token: FormulaToken) -> bool:
    """Return whether a word goes on with a short form of single letters: `d` of `s.d.`."""
    letter, stop = before
    return (
        stop.text == "."
        and letter.end == stop.start
        and stop.end == token.start
        and len(token.text) == 1
        and len(letter.text) == 1
        and letter.text.isalpha()
    )


def match_label(tokens: list[FormulaToken], at: int) -> tuple[str, int]:
    """Return the kind of the label at a place and the token behind it; no kind where none begins."""
    for words, kind in _labels_by_first_word().get(_label_word(tokens[at].text), ()):
        end = at + len(words)
        if end <= len(tokens) and tuple(_label_word(token.text) for token in tokens[at:end]) == words:
            return kind, end
    return "", at


def _label_word(text: str) -> str:
    word = text.lower()
    return word.removesuffix("nya") if len(word) > 6 else word


@cache
def _labels_by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    labels = reading_vocabulary().table.labels
    entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, names in (("formula", labels.formula), ("explanation", labels.explanation)):
        for name in names:
            words = tuple(name.replace("/", " / ").split())
            entries.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in entries.items()}


@cache
def _division_words() -> frozenset[str]:
    return frozenset(
        words[0]
        for phrases in reading_vocabulary().phrases.values()
        for words, sign in phrases
        if sign in "/+"
    )


@cache
def _target_joints() -> frozenset[str]:
    table = reading_vocabulary().table
    return table.value_words | table.equals_words | table.periods | {":", "="}


def is_operator_word(token: FormulaToken) -> bool:
    """Return whether a word stands for an operator by itself."""
    return token.kind == "word" and word_skeleton(token.text) in reading_vocabulary().operator_starts


def is_clause_joint(text: str) -> bool:
    """Return whether a definition may begin behind a word."""
    return text.lower() in reading_vocabulary().table.clause_joints


def _is_name_token(token: FormulaToken) -> bool:
    return (
        token.kind in {"word", "number", "open", "close"} and token.text != "⦃" and token.text != "⦄"
    ) or token.text in {"%", "-", "–", "/", "&"}


def _is_ratio(tokens: list[FormulaToken]) -> bool:
    """Return whether a slash stands free between the tokens, or between two codes."""
    for at, token in enumerate(tokens):
        if token.text == "/" and 0 < at < len(tokens) - 1:
            before, after = tokens[at - 1], tokens[at + 1]
            if (before.end < token.start and token.end < after.start) or (
                is_code(before.text) and is_code(after.text) and len(before.text) < 3
            ):
                return True
    return False


def is_computing_sign(token: FormulaToken) -> bool:
    """Return whether a token computes, or closes a side of a fraction."""
    return token.kind in {"times", "over"} or token.text in {"/", "+", "⦃", "⦄"} or is_operator_word(token)


def is_code_token(token: FormulaToken) -> bool:
    """Return whether a token can be a code."""
    return token.kind in {"word", "times"} and is_code(token.text) and not is_joint_word(token.text)


def is_list_letter(key: str) -> bool:
    """Return whether a key can mark an item of a list."""
    return len(key) == 1 or _ROMAN.fullmatch(key) is not None


def starts_words(token: FormulaToken) -> bool:
    """Return whether words begin with a token."""
    return token.kind == "sum" or (token.kind == "word" and token.text[0].isalpha())


def next_marker(key: str) -> str:
    """Return the marker of the next item of a numbered list."""
    if len(key) == 1 and key.isascii() and key.isalpha():
        return chr(ord(key) + 1)
    return f"#{int(key[1:]) + 1}" if key.startswith("#") and key[1:].isdigit() else ""
