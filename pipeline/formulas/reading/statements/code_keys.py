"""Codes that stand for operands: `A`, `JKL`, `Vt-1`, `(1)`, `kolom 4`; where one is printed, and its key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CODE = re.compile(r"(?:[A-Za-z]{1,3}|[A-Z]{4,6})\d{0,2}(?:-1)?")
_LONGEST_NUMERAL = 2
_EDGE_KINDS = frozenset({"sign", "times", "over", "open", "rule", "break", "sum", "operator"})
_CLOSING_KINDS = _EDGE_KINDS | {"close"}


class CodeSpan(NamedTuple):
    """A code at a place: its key, the token behind it, and whether it is printed as a list's marker."""

    key: str
    end: int
    listed: bool


def is_code(text: str) -> bool:
    """Return whether a word can be a code."""
    return _CODE.fullmatch(text.replace("–", "-")) is not None


def match_code(tokens: Sequence[FormulaToken], at: int) -> CodeSpan | None:
    """Return the code that begins at a place; None where none does."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind == "open":
        closed = at + 2 < len(tokens) and tokens[at + 2].kind == "close" and token.text != "⦃"
        key = _marker_key(after) if closed and after is not None else ""
        return CodeSpan(key, at + 3, True) if key else None
    if token.kind == "number":
        marked = after is not None and (after.kind == "close" or after.text == ".")
        key = _marker_key(token) if marked else ""
        return CodeSpan(key, at + 2, True) if key else None
    if token.kind not in {"word", "times"}:
        return None
    if token.kind == "times" and after is not None and after.kind == "number" and after.start == token.end:
        return CodeSpan(token.text + after.text, at + 2, False) if _marker_key(after) else None
    if token.text.lower() in reading_vocabulary().table.column_words and after is not None:
        if after.text == "." and at + 2 < len(tokens):  # `No. 2`
            key = _marker_key(tokens[at + 2])
            return CodeSpan(f"{token.text.lower()} {key.lower()}", at + 3, False) if key else None
        span = match_code(tokens, at + 1) if after.kind == "open" else None
        key = span.key if span else _marker_key(after)
        if key:
            return CodeSpan(f"{token.text.lower()} {key.lower()}", span.end if span else at + 2, False)
    return CodeSpan(token.text.replace("–", "-"), at + 1, False) if is_code(token.text) else None


def _marker_key(token: FormulaToken) -> str:
    if token.kind == "number":
        return f"#{token.text}" if token.text.isdigit() and len(token.text) <= _LONGEST_NUMERAL else ""
    return token.text if token.kind in {"word", "times"} and is_code(token.text) else ""


class CodeTable:
    """The codes that a cell defines; capitals count where two codes differ by nothing else."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.exact = frozenset(keys)
        self._folded = _unique_keys(self.exact, str.lower)
        self._worn = _unique_keys({key for key in self.exact if _has_digit(key)}, word_skeleton)

    def find_key(self, printed: str) -> str | None:
        """Return the key of a printed code; worn figures count as what they can be."""
        if printed in self.exact:
            return printed
        numbered = printed.rpartition(" ")[2]
        if numbered in self.exact:  # `kolom 4`, and `(4) …`
            return numbered
        return self._folded.get(printed.lower()) or self._worn.get(word_skeleton(printed))

    def mark_codes(self, tokens: list[FormulaToken]) -> list[FormulaToken]:
        """Return the tokens with each code that stands as an operand of its own as one token `code`."""
        if not self.exact:
            return tokens
        marked: list[FormulaToken] = []
        at = depth = 0
        while at < len(tokens):
            replaced, end = self._replace_code(tokens, at, marked, depth)
            depth += sum((token.kind == "open") - (token.kind == "close") for token in replaced)
            marked += replaced
            at = end
        return marked

    def _replace_code(
        self, tokens: list[FormulaToken], at: int, before: list[FormulaToken], depth: int
    ) -> tuple[list[FormulaToken], int]:
        token = tokens[at]
        span = match_code(tokens, at) if not before or _may_precede(before[-1]) else None
        if span is None or (depth > 0 and token.kind == "number"):
            return [token], at + 1
        key = self.find_key(span.key)
        if key is not None and depth <= 0 and _is_closed_letter(tokens, span):  # `a) / b)`
            span = span._replace(end=span.end + 1)
        fits = span.end >= len(tokens) or _may_follow(tokens[span.end])
        if key is not None and fits and not (token.kind == "times" and _multiplies(tokens, at, before)):
            return [FormulaToken("code", key, token.start, tokens[span.end - 1].end)], span.end
        left, _, right = span.key.partition("-")
        keys = self.find_key(left), (self.find_key(right) if right != "1" else None)
        if right and keys[0] is not None and fits:
            middle = token.start + len(left)
            tail = (
                FormulaToken("code", keys[1], middle + 1, token.end)
                if keys[1] is not None
                else FormulaToken("number", right, middle + 1, token.end)
            )
            if keys[1] is not None or right.isdigit():
                return [
                    FormulaToken("code", keys[0], token.start, middle),
                    FormulaToken("sign", "−", middle, middle + 1),
                    tail,
                ], span.end
        return [token], at + 1


def _multiplies(tokens: list[FormulaToken], at: int, before: list[FormulaToken]) -> bool:
    """Return whether an `x` is a sign: behind an operand, or before a number."""
    if before and before[-1].kind in {"code", "number", "close"}:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.kind == "number" and after.start > tokens[at].end


def _is_closed_letter(tokens: list[FormulaToken], span: CodeSpan) -> bool:
    """Return whether a letter's marker closes a bracket that was never opened."""
    is_letter = len(span.key) == 1 and not span.listed and span.end < len(tokens)
    return is_letter and tokens[span.end].kind == "close"


def _may_precede(token: FormulaToken) -> bool:
    if token.kind != "word":
        return token.kind in _EDGE_KINDS
    leads = word_skeleton(token.text) in reading_vocabulary().lead_words
    return leads or is_sum(token) or is_joint_word(token.text)


def _may_follow(token: FormulaToken) -> bool:
    return token.kind in _CLOSING_KINDS or (token.kind == "word" and is_joint_word(token.text))


@lru_cache(maxsize=8192)
def is_joint_word(text: str) -> bool:
    """Return whether a word joins operands and is part of none: `dibagi`, `kemudian`, `atau`."""
    vocabulary = reading_vocabulary()
    return word_skeleton(text) in vocabulary.joint_words


def _has_digit(key: str) -> bool:
    return any(sign.isdigit() for sign in key)


def _unique_keys(keys: Iterable[str], fold: object) -> dict[str, str]:
    assert callable(fold)
    folded: dict[str, str] = {}
    repeated: set[str] = set()
    for key in sorted(keys):
        if (short := fold(key)) in folded:
            repeated.add(short)
        folded[short] = key
    return {short: key for short, key in folded.items() if short not in repeated}
