"""Slashes and colons: which of them divide, and which belong to words, numbers or labels."""

from __future__ import annotations

from pipeline.formulas.knowledge import knowledge
from pipeline.formulas.operators import is_operator
from pipeline.formulas.tokens import Token, is_sum

_SHORT_NUMBER = 3
"""Digits of a number that something is divided by; more are a year, or belong to a regulation."""

_CERTAIN, _LIKELY, _POSSIBLE, _NEVER = 3, 2, 1, 0


def settle(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """The tokens with dividing slashes and colons as operators; a name before a colon is dropped."""
    tokens = _slashes(tokens, repairs)
    return _colons(tokens, repairs)


def _levels(tokens: list[Token]) -> list[int]:
    """For each token, the number of the bracket it stands in."""
    stack, levels, last = [0], [], 0
    for token in tokens:
        if token.kind == "close" and len(stack) > 1:
            stack.pop()
        levels.append(stack[-1])
        if token.kind == "open":
            last += 1
            stack.append(last)
    return levels


def _at(tokens: list[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _slashes(tokens: list[Token], repairs: list[str]) -> list[Token]:
    slashes = [at for at, token in enumerate(tokens) if token.kind == "sign" and token.text == "/"]
    if not slashes:
        return tokens
    levels = _levels(tokens)
    dividing: set[int] = set()
    for level in sorted({levels[at] for at in slashes}):
        grades = {at: _grade(tokens, at) for at in slashes if levels[at] == level}
        inside = [token for at, token in enumerate(tokens) if levels[at] == level]
        dividing |= _dividing(tokens, grades, inside, repairs)
    return [
        token._replace(kind="operator") if at in dividing else token for at, token in enumerate(tokens)
    ]  # fmt: skip


def _grade(tokens: list[Token], at: int) -> int:
    """How surely the slash at this place divides."""
    token, before, after = tokens[at], _at(tokens, at - 1), _at(tokens, at + 1)
    if before is None or before.kind in {"open", "operator"}:
        return _CERTAIN if after is not None and after.start > token.end else _NEVER
    if after is None or after.kind in {"close"} or is_sum(after) or after.kind in {"open", "operator"}:
        return _CERTAIN
    if (
        before.kind == "close"
        or _is_code(tokens, at - 1, after)
        or before.kind == "break"
        or after.kind == "break"
    ):
        return _CERTAIN
    if before.text.lower() in knowledge().connectives:
        return _NEVER
    if before.kind == after.kind == "number":
        return _CERTAIN if _starts_operand(tokens, at - 1) else _NEVER
    if after.kind == "number" and len(after.text) <= _SHORT_NUMBER and _counts(tokens, at):
        return _CERTAIN
    left, right = before.end < token.start, token.end < after.start
    head = after.text.lower() in knowledge().heads and after.text[0].isupper()
    if (left and right and (head or after.kind == "number")) or (head and (left or right)):
        return _CERTAIN
    if (left and right) or (head and before.text[0].islower()):
        return _LIKELY
    return _POSSIBLE if _starts_operand(tokens, at - 1) and _ends_operand(tokens, at + 1) else _NEVER


def _is_code(tokens: list[Token], at: int, after: Token) -> bool:
    """Whether single letters stand on both sides, as operands of their own."""
    return (
        _starts_operand(tokens, at)
        and len(tokens[at].text) <= 2
        and len(after.text) <= 2
        and after.kind == "word"
    )


def _starts_operand(tokens: list[Token], at: int) -> bool:
    before = _at(tokens, at - 1)
    return before is None or before.kind in {"open", "operator", "break"} or before.text in ":="


def _ends_operand(tokens: list[Token], at: int) -> bool:
    after = _at(tokens, at + 1)
    return after is None or after.kind in {"close", "operator", "break", "rule"}


def _dividing(
    tokens: list[Token], grades: dict[int, int], inside: list[Token], repairs: list[str]
) -> set[int]:
    """The dividing slashes of one level: the certain ones, else one doubtful one if nothing else divides."""
    certain = {at for at, grade in grades.items() if grade == _CERTAIN}
    if certain or any(is_operator(token, "/") or token.kind == "rule" for token in inside):
        return certain
    for wanted in (_LIKELY, _POSSIBLE):
        doubtful = sorted(at for at, grade in grades.items() if grade == wanted)
        if not doubtful or (wanted == _POSSIBLE and not any(is_operator(token, "*") for token in inside)):
            continue
        first = next((token.text.lower() for token in inside if token.kind == "word"), "")
        again = [at for at in doubtful if tokens[at + 1].text.lower() in {first} | knowledge().heads]
        if not again and not any(is_operator(token, "*") for token in inside):
            continue
        if wanted == _POSSIBLE or len(doubtful) > 1 or not any(is_operator(token, "*") for token in inside):
            repairs.append("slash between words read as division")
        return {(again or doubtful)[0]}
    return set()


def _colons(tokens: list[Token], repairs: list[str]) -> list[Token]:
    colons = [at for at, token in enumerate(tokens) if token.kind == "sign" and token.text == ":"]
    if not colons:
        return tokens
    levels = _levels(tokens)
    for at in reversed(colons):
        divided = any(
            (is_operator(token, "/") or token.kind == "rule") and levels[other] == levels[at]
            for other, token in enumerate(tokens)
        )
        if not divided and _colon_divides(tokens, at, colons):
            repairs.append("colon read as division")
            tokens = [*tokens[:at], tokens[at]._replace(kind="operator", text="/"), *tokens[at + 1 :]]
        elif levels[at] == 0 and not any(is_operator(token) or token.kind == "rule" for token in tokens[:at]):
            rest = tokens[at + 1 :]
            if any(token.kind in {"word", "sum", "number"} for token in rest):
                repairs.append("left side dropped")
                return rest
    return tokens


def _counts(tokens: list[Token], at: int) -> bool:
    """Whether an operand of several words that counts something ends before a sign: it is no label."""
    start = at
    while start > 0 and tokens[start - 1].kind in {"word", "sum"}:
        start -= 1
    return at - start > 1 and _is_head(tokens[start])


def _is_head(token: Token) -> bool:
    """Whether an operand may begin with the token: a sum word, or another that something is counted by."""
    word = token.text.lower()
    return (is_sum(token) or word in knowledge().heads) and word not in knowledge().results


def _past_break(tokens: list[Token], at: int, step: int) -> Token | None:
    """The token next to a sign, over the line break that wraps the formula there."""
    beside = _at(tokens, at + step)
    return _at(tokens, at + 2 * step) if beside is not None and beside.kind == "break" else beside


def _colon_divides(tokens: list[Token], at: int, colons: list[int]) -> bool:
    """A colon divides between two operands, but not behind the name of a result."""
    before, after = _past_break(tokens, at, -1), _past_break(tokens, at, 1)
    if before is None or after is None:
        return False
    spaced = before.end < tokens[at].start
    joined = before.kind == "close" or after.kind == "open" or (before.kind == after.kind == "number")
    if not (spaced or joined or _starts_operand(tokens, at - 1)):
        multiplied = any(is_operator(token, "*") for token in tokens[at:])
        return multiplied and _counts(tokens, at) and _is_head(after)
    first = next((token for token in tokens[:at] if token.kind in {"word", "sum"}), None)
    named = first is not None and first.text.lower() in knowledge().results and is_sum(after)
    return not (named and at == colons[0])
