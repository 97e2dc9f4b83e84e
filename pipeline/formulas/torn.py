"""Words that formulas are read by, torn or put together by a scanner: `J umlah`, `dibagijumlah`."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.formulas.knowledge import knowledge, skeleton, tables
from pipeline.formulas.tokens import Token, is_sum

_JOINED = 8
"""Letters of the shortest operator and what was joined to it."""


def mended(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Words that formulas are read by, torn by a scanner: `Perband ingan`, `J umlah`."""
    whole = knowledge().whole_words
    out: list[Token] = []
    half = False
    for token in _apart(tokens, repairs):
        word = token.kind == "word"
        if half and word and skeleton(token.text) not in whole:
            before = out[-1]
            joined = before.text + token.text
            if skeleton(joined) in whole:
                repairs.append("torn word joined")
                out[-1] = Token("word", joined, before.start, token.end)
                half = False
                continue
        out.append(token)
        half = word and _is_half(token.text)
    return out


@lru_cache(maxsize=8192)
def _is_half(word: str) -> bool:
    """Whether a word can be the first half of one that formulas are read by, and is none itself.

    Its last letter is left open: with the first of the other half it may be one sign to a scanner, `r` `n`.
    """
    known = knowledge()
    letters = skeleton(word)
    return letters not in known.whole_words and letters[:-1] in known.torn_starts


def _apart(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """An operator and the sum word or number that a scanner joined to it: `dibagijumlah`, `dikali100`."""
    joined = [
        at
        for at, token in enumerate(tokens)
        if len(token.text) > _JOINED and token.kind == "word" and _operator_length(token.text)
    ]
    for at in reversed(joined):
        token = tokens[at]
        split = _operator_length(token.text)
        rest = token.text[split:]
        repairs.append("operator word repaired")
        kind = "number" if rest.isdigit() else "word"
        operator = Token("word", token.text[:split], token.start, token.start + split)
        tokens = [
            *tokens[:at],
            operator,
            Token(kind, rest, token.start + split, token.end),
            *tokens[at + 1 :],
        ]
    return tokens


@lru_cache(maxsize=8192)
def _operator_length(word: str) -> int:
    """Letters of the operator that a word begins with, where a sum word or a number is the rest."""
    for operator in operator_words():
        if len(operator) > 5 and word.lower().startswith(operator):
            rest = word[len(operator) :]
            if rest.isdigit() or is_sum(Token("word", rest, 0, len(rest))):
                return len(operator)
    return 0


@cache
def operator_words() -> frozenset[str]:
    """Every word of the operators' phrases."""
    return frozenset(
        word for phrases in tables()["operators"].values() for phrase in phrases for word in phrase.split()
    )
