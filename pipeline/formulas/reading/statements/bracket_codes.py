"""Codes that stand in brackets behind the operand that they name: `Jumlah desa (A) dibagi …`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary
from pipeline.formulas.reading.statements.clause_patterns import next_marker
from pipeline.formulas.reading.statements.code_keys import is_joint_word, match_code
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum, word_bracket_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas.reading.statements.clauses import Clause

_SHORT_CODE = re.compile(r"[A-Za-z]\d?")
_YEAR_LETTERS = frozenset({"n", "t"})
"""`tahun (n)` names a year."""
_OVER_TIMES = frozenset({"/", "*"})
_OPERAND_EDGES = frozenset({"operator", "rule", "open", "close", "break"})


def extract_bracket_codes(
    tokens: list[FormulaToken], text: str, used_keys: frozenset[str]
) -> tuple[list[FormulaToken], dict[str, str]]:
    """Return the tokens without codes in brackets behind operands, and each code with its operand's words."""
    meanings: dict[str, str] = {}
    kept: list[FormulaToken] = []
    if not any(token.kind == "open" for token in tokens):
        return tokens, meanings
    bracketed = [
        inner.text
        for opening, inner in pairwise(tokens)
        if opening.kind == "open" and inner.kind in {"word", "times"}
    ]
    start = at = 0
    marker = ""
    while at < len(tokens):
        token = tokens[at]
        span = match_code(tokens, at) if token.kind == "open" and _ends_operand(kept, start) else None
        if span is not None and span.key not in used_keys and bracketed.count(span.key) > 1:
            span = None  # it is the unit of both, `(m)`
        if span is not None and start < len(kept) and _names_operand(span.key, kept[-1], used_keys):
            words = text[kept[start].start : kept[-1].end]
            meanings.setdefault(span.key, " ".join(words.lower().split()))
            at, start = span.end, len(kept)
            continue
        begins = start == len(kept) or kept[-1].text in _OVER_TIMES
        if token.kind == "open" and begins and (number := _operand_marker(tokens, at, marker)):
            at, marker = at + 3, number
            continue
        if length := _explained_length(tokens, at, kept[start:]):
            end = word_bracket_end(tokens, at)
            kept = [*kept[:-length], *tokens[at + 1 : end]]
            at = end + 1
            continue
        closing = word_bracket_end(tokens, at) if token.kind == "open" and _ends_operand(kept, start) else 0
        if closing:
            kept += tokens[at : closing + 1]
            at = closing + 1
            continue
        kept.append(token)
        if token.kind in _OPERAND_EDGES or (token.kind == "sign" and token.text in ",;:="):
            start = len(kept)
        at += 1
    return kept, meanings


def _operand_marker(tokens: list[FormulaToken], at: int, last_marker: str) -> str:
    """Return the number in brackets before the operand that it numbers: `(2) Jumlah desa`; `` for none.

    Before a number it is one where it goes on from the last marker: `… dibagi (2) b dikali (3) 100%`.
    """
    span = match_code(tokens, at)
    after = tokens[span.end] if span is not None and span.end < len(tokens) else None
    if span is None or after is None or not span.key.startswith("#"):
        return ""
    names = after.kind in {"word", "sum"} and not _is_joint(after)
    counts = after.kind == "number" and last_marker != "" and span.key == next_marker(last_marker)
    return span.key if names or counts else ""


def _explained_length(tokens: list[FormulaToken], at: int, before: list[FormulaToken]) -> int:
    """Return how many tokens the bracket here explains: `A (jumlah desa)`, `12 (jumlah desa)`; 0 for none."""
    if tokens[at].kind != "open" or not before:
        return 0
    span = match_code(before, 0)
    is_code = span is not None and span.end == len(before)
    is_value = before[-1].kind == "number" and (len(before) == 1 or before[-2].text == "/")
    words = tokens[at + 1 : word_bracket_end(tokens, at)]
    if len(words) < 2 or not (is_code or is_value):
        return 0
    begins = is_sum(words[0]) or words[0].text.lower() in reading_vocabulary().table.heads
    return (len(before) if is_code else 1) if begins else 0


def _ends_operand(kept: list[FormulaToken], start: int) -> bool:
    return bool(kept) and (
        kept[-1].kind in {"word", "number"} or (kept[-1].kind == "close" and start < len(kept) - 1)
    )


def _names_operand(key: str, before: FormulaToken, used_keys: frozenset[str]) -> bool:
    """Return whether a key in brackets is a code: one letter, or what stands elsewhere as an operand."""
    if (
        key.lower().removesuffix("-1") in _YEAR_LETTERS
        and before.text.lower() in reading_vocabulary().table.periods
    ):
        return False
    if _SHORT_CODE.fullmatch(key):
        return True
    return key in used_keys


def standalone_codes(clauses: list[Clause]) -> frozenset[str]:
    """Return the codes that stand where operands do: beside signs, not behind words."""
    return frozenset(key for clause in clauses for key in _iter_standalone(clause.tokens))


def _iter_standalone(tokens: list[FormulaToken]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before is not None and before.text == "." and at > 1:  # of a short form, `jalan kab. (km)`
            before = tokens[at - 2]
        if before is not None and before.kind in {"word", "number", "close"} and not _is_joint(before):
            continue
        if before is not None and after is not None and (before.kind, after.kind) == ("open", "close"):
            continue
        if token.kind in {"open", "number", "word"} and (span := match_code(tokens, at)) is not None:
            following = tokens[span.end] if span.end < len(tokens) else None
            if following is None or following.kind != "word" or _is_joint(following):
                yield span.key


def _is_joint(token: FormulaToken) -> bool:
    return token.kind == "word" and is_joint_word(token.text)
