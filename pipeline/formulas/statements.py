"""Which tokens state the formula: left sides, results, measured values, alternatives, sentences set apart."""

from __future__ import annotations

import re

from pipeline.formulas import measured
from pipeline.formulas.knowledge import knowledge
from pipeline.formulas.legends import is_letter
from pipeline.formulas.operators import is_operator
from pipeline.formulas.tokens import Token, closes_in_words, is_sum

_CODE = re.compile(r"[A-Za-z]\d?")
_LONG_CODE = re.compile(r"[A-Za-z]{2,3}\d?|[A-Z]{4,6}\d?")
_YEARS = frozenset({"n", "t"})
"""`tahun (n)` names a year."""
_EDGES = frozenset({"operator", "rule", "open", "close", "break"})


def choose(tokens: list[Token], text: str, codes: dict[str, str], repairs: list[str]) -> list[Token]:
    """The tokens of the formula alone; codes in brackets, `(A)`, are added to `codes`."""
    tokens = _bracket_codes(tokens, text, codes)
    if codes:
        tokens = _alternative(tokens, codes, repairs)
    said = {token.text.lower() for token in tokens}  # most formulas hold nothing that these steps look for
    if not measured.cues().isdisjoint(said):
        tokens = measured.dropped(tokens, repairs)
    if "." in said:
        tokens = _sentence(tokens, repairs)
    if "=" in said or not knowledge().equals_words.isdisjoint(said):
        tokens = _sides(_equals_word(tokens), repairs)
    return tokens


def _bracket_codes(tokens: list[Token], text: str, codes: dict[str, str]) -> list[Token]:
    """Take `(A)` out behind a quantity and note the quantity's words under the code."""
    if not any(token.kind == "open" and _may_be_code(tokens, at + 1) for at, token in enumerate(tokens)):
        return tokens
    alone = {
        token.text
        for at, token in enumerate(tokens)
        if token.kind == "word"
        and _is_edge(tokens, at - 1)
        and _is_edge(tokens, at + 1)
        and not _in_brackets(tokens, at)
    }
    out: list[Token] = []
    start = 0
    at = 0
    while at < len(tokens):
        token = tokens[at]
        code = tokens[at + 1].text if at + 1 < len(tokens) and _in_brackets(tokens, at + 1) else ""
        named = _is_short(code) or (_LONG_CODE.fullmatch(code) and code in alone)
        behind = (
            bool(out)
            and (out[-1].kind in {"word", "number"} or (out[-1].kind == "close" and start < len(out) - 1))
            and not (code.lower() in _YEARS and out[-1].text.lower() in knowledge().periods)
        )
        if token.kind == "open" and named and behind:
            words = text[out[start].start : out[-1].end] if start < len(out) else ""
            codes.setdefault(code.lower(), " ".join(words.split()))
            at, start = at + 3, len(out)
            continue
        wordy = token.kind == "open" and behind and closes_in_words(tokens, at)
        if wordy:
            out += tokens[at : wordy + 1]
            at = wordy + 1
            continue
        out.append(token)
        if token.kind in _EDGES or (token.kind == "sign" and token.text in ",;:"):
            start = len(out)
        at += 1
    return out


def _may_be_code(tokens: list[Token], at: int) -> bool:
    return _in_brackets(tokens, at) and (
        _is_short(tokens[at].text) or _LONG_CODE.fullmatch(tokens[at].text) is not None
    )


def _is_short(code: str) -> bool:
    return is_letter(code) or _CODE.fullmatch(code) is not None


def _is_edge(tokens: list[Token], at: int) -> bool:
    return (
        not 0 <= at < len(tokens)
        or tokens[at].kind in _EDGES
        or tokens[at].text in "/:;,="
        or tokens[at].text.lower() in knowledge().alternatives
    )


def _in_brackets(tokens: list[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].kind == "open" and tokens[at + 1].kind == "close"


def _alternative(tokens: list[Token], codes: dict[str, str], repairs: list[str]) -> list[Token]:
    """`… atau A/B x 100%`: the second reading repeats the first in codes; keep the one that computes."""
    parting = knowledge().alternatives | {",", ";"}
    for at, token in enumerate(tokens):
        if token.kind != "break" and token.text.lower() not in parting:
            continue
        rest = tokens[at + 1 :]
        barred = any(other.kind == "rule" for other in tokens[max(0, at - 1) : at + 2])
        if barred or not _only_codes(rest, codes):
            continue
        if any(is_operator(other) for other in tokens[:at]):
            repairs.append("alternative dropped")
            return tokens[:at]
        repairs.append("codes resolved")
        return rest
    return tokens


def _only_codes(tokens: list[Token], codes: dict[str, str]) -> bool:
    words = [token for token in tokens if token.kind in {"word", "sum"}]
    return bool(words) and all(token.text.lower() in codes for token in words)


def _sentence(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Where several sentences stand, those that compute."""
    abbreviations = knowledge().abbreviations
    pieces: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        pieces[-1].append(token)
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text != "." or before is None or after is None or after.kind != "word":
            continue
        abbreviated = before.text.lower() in abbreviations
        if after.text[0].isupper() and not abbreviated and after.start > token.end:
            pieces.append([])
    computing = [piece for piece in pieces if _has_operator(piece)]
    if not computing or len(computing) == len(pieces):
        return tokens
    repairs.append("sentence dropped")
    return [token for piece in computing[:1] for token in piece]


def _has_operator(tokens: list[Token]) -> bool:
    """Whether something certainly computes here."""
    for at, token in enumerate(tokens):
        if is_operator(token) or token.kind == "rule" or token.text == "⦃":
            return True
        if token.text == "/" and at + 1 < len(tokens):
            after = tokens[at + 1]
            spaced = after.start > token.end and at > 0 and tokens[at - 1].end < token.start
            if spaced or is_sum(after) or after.kind == "open":
                return True
    return False


def _equals_word(tokens: list[Token]) -> list[Token]:
    """`Persentase a adalah b dibagi c`: the word is an equals sign where its right side computes."""
    words = knowledge().equals_words
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.text.lower() in words and at:
            if _has_operator(tokens[at + 1 :]) and not _has_operator(tokens[:at]):
                return [*tokens[:at], token._replace(kind="operator", text="="), *tokens[at + 1 :]]
            break
    return tokens


def _sides(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Of several sides of equals signs, the one that computes with words."""
    tokens = _name_beside_rule(tokens, repairs)
    sides: list[list[Token]] = [[]]
    for token in tokens:
        if is_operator(token, "="):
            sides.append([])
        else:
            sides[-1].append(token)
    sides = [side for side in sides if any(token.kind != "break" for token in side)]
    if len(sides) < 2:
        return sides[0] if sides else []
    worded = [side for side in sides if any(token.kind in {"word", "sum"} for token in side)] or sides
    computing = [side for side in worded if _has_operator(side) or _is_ratio_of_codes(side)]
    repairs.append("left side dropped")
    return computing[0] if computing else worded[-1]


def _is_ratio_of_codes(side: list[Token]) -> bool:
    return any(token.text in "/:" for token in side) and all(
        len(t.text) <= 3 for t in side if t.kind == "word"
    )


def _name_beside_rule(tokens: list[Token], repairs: list[str]) -> list[Token]:
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
