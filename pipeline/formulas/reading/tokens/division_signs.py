"""Slashes and colons: which of them divide, and which belong to words, numbers or labels."""

from __future__ import annotations

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum
from pipeline.formulas.reading.tokens.operator_tokens import is_operator

_SHORT_NUMBER = 3
"""Digits of a number that something is divided by; more are a year, or belong to a regulation."""

_CERTAIN, _LIKELY, _POSSIBLE, _NEVER = 3, 2, 1, 0


def resolve_divisions(tokens: list[FormulaToken], *, named: bool) -> tuple[list[FormulaToken], list[Repair]]:
    """Return the tokens with dividing slashes and colons as operators; a name before a colon is dropped."""
    repairs: list[Repair] = []
    tokens, found_repairs = _resolve_slashes(tokens)
    repairs += found_repairs
    tokens, found_repairs = _resolve_colons(tokens, named)
    repairs += found_repairs
    return tokens, repairs


def _bracket_levels(tokens: list[FormulaToken]) -> list[int]:
    """Return for each token, the number of the bracket it stands in."""
    stack, levels, last = [0], [], 0
    for token in tokens:
        if token.kind == "close" and len(stack) > 1:
            stack.pop()
        levels.append(stack[-1])
        if token.kind == "open":
            last += 1
            stack.append(last)
    return levels


def _token_at(tokens: list[FormulaToken], at: int) -> FormulaToken | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _resolve_slashes(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    repairs: list[Repair] = []
    slashes = [at for at, token in enumerate(tokens) if token.kind == "sign" and token.text == "/"]
    if not slashes:
        return tokens, repairs
    levels = _bracket_levels(tokens)
    dividing_places: set[int] = set()
    for level in sorted({levels[at] for at in slashes}):
        grades = {at: _grade_slash(tokens, at) for at in slashes if levels[at] == level}
        level_tokens = [token for at, token in enumerate(tokens) if levels[at] == level]
        places, found_repairs = _dividing_slashes(tokens, grades, level_tokens)
        repairs += found_repairs
        dividing_places |= places
    return [
        token._replace(kind="operator") if at in dividing_places else token for at, token in enumerate(tokens)
    ], repairs  # fmt: skip


def _grade_slash(tokens: list[FormulaToken], at: int) -> int:
    """Return how surely the slash at this place divides."""
    token, before, after = tokens[at], _token_at(tokens, at - 1), _token_at(tokens, at + 1)
    if before is not None and after is not None and "code" in {before.kind, after.kind}:
        return _CERTAIN
    if before is None or before.kind in {"open", "operator"}:
        return _CERTAIN if after is not None and after.start > token.end else _NEVER
    if after is None or after.kind in {"close"} or is_sum(after) or after.kind in {"open", "operator"}:
        return _CERTAIN
    if (
        before.kind == "close"
        or _is_between_codes(tokens, at - 1, after)
        or before.kind == "break"
        or after.kind == "break"
    ):
        return _CERTAIN
    if before.text.lower() in reading_vocabulary().table.connectives:
        return _NEVER
    if before.kind == after.kind == "number":
        return _CERTAIN if _starts_operand(tokens, at - 1) else _NEVER
    if after.kind == "number" and len(after.text) <= _SHORT_NUMBER and _is_counting_operand(tokens, at):
        return _CERTAIN
    left, right = before.end < token.start, token.end < after.start
    head = after.text.lower() in reading_vocabulary().table.heads and after.text[0].isupper()
    if (left and right and (head or after.kind == "number")) or (head and (left or right)):
        return _CERTAIN
    if (left and right) or (head and before.text[0].islower()):
        return _LIKELY
    return _POSSIBLE if _starts_operand(tokens, at - 1) and _ends_operand(tokens, at + 1) else _NEVER


def _is_between_codes(tokens: list[FormulaToken], at: int, after: FormulaToken) -> bool:
    """Return whether single letters stand on both sides, as operands of their own."""
    return (
        _starts_operand(tokens, at)
        and len(tokens[at].text) <= 2
        and len(after.text) <= 2
        and after.kind == "word"
    )


def _starts_operand(tokens: list[FormulaToken], at: int) -> bool:
    before = _token_at(tokens, at - 1)
    return before is None or before.kind in {"open", "operator", "break"} or before.text in ":="


def _ends_operand(tokens: list[FormulaToken], at: int) -> bool:
    after = _token_at(tokens, at + 1)
    return after is None or after.kind in {"close", "operator", "break", "rule"}


def _dividing_slashes(
    tokens: list[FormulaToken], grades: dict[int, int], level_tokens: list[FormulaToken]
) -> tuple[set[int], list[Repair]]:
    """The dividing slashes of one level: the certain ones, else one doubtful one if nothing else divides."""
    repairs: list[Repair] = []
    certain = {at for at, grade in grades.items() if grade == _CERTAIN}
    if certain or any(is_operator(token, "/") or token.kind == "rule" for token in level_tokens):
        return certain, repairs
    for target_grade in (_LIKELY, _POSSIBLE):
        doubtful = sorted(at for at, grade in grades.items() if grade == target_grade)
        if not doubtful or (
            target_grade == _POSSIBLE and not any(is_operator(token, "*") for token in level_tokens)
        ):
            continue
        first = next((token.text.lower() for token in level_tokens if token.kind == "word"), "")
        repeated_heads = [
            at for at in doubtful if tokens[at + 1].text.lower() in {first} | reading_vocabulary().table.heads
        ]
        if not repeated_heads and not any(is_operator(token, "*") for token in level_tokens):
            continue
        if (
            target_grade == _POSSIBLE
            or len(doubtful) > 1
            or not any(is_operator(token, "*") for token in level_tokens)
        ):
            repairs.append(Repair.SLASH_AS_DIVISION)
        return {(repeated_heads or doubtful)[0]}, repairs
    return set(), repairs


def _resolve_colons(tokens: list[FormulaToken], named: bool) -> tuple[list[FormulaToken], list[Repair]]:
    repairs: list[Repair] = []
    colons = [at for at, token in enumerate(tokens) if token.kind == "sign" and token.text == ":"]
    if not colons:
        return tokens, repairs
    levels = _bracket_levels(tokens)
    for at in reversed(colons):
        has_division = any(
            (is_operator(token, "/") or token.kind == "rule") and levels[place] == levels[at]
            for place, token in enumerate(tokens)
        )
        if not has_division and _colon_divides(tokens, at, colons, named or levels[at] > 0):
            repairs.append(Repair.COLON_AS_DIVISION)
            tokens = [*tokens[:at], tokens[at]._replace(kind="operator", text="/"), *tokens[at + 1 :]]
        elif levels[at] == 0 and not any(is_operator(token) or token.kind == "rule" for token in tokens[:at]):
            rest = tokens[at + 1 :]
            if any(token.kind in {"word", "sum", "number"} for token in rest):
                repairs.append(Repair.LEFT_SIDE_DROPPED)
                return rest, repairs
    return tokens, repairs


def _is_counting_operand(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether an operand of several words that counts something ends before a sign: it is no label."""
    start, depth = at, 0
    while start > 0 and (
        tokens[start - 1].kind in {"word", "sum", "number"} or tokens[start - 1].kind == "close" or depth
    ):
        depth += (tokens[start - 1].kind == "close") - (tokens[start - 1].kind == "open")
        start -= 1
    return at - start > 1 and is_operand_head(tokens[start])


def is_operand_head(token: FormulaToken) -> bool:
    """Return whether an operand may begin with a token: a code, a sum word, or another that counts."""
    table = reading_vocabulary().table
    return (
        token.kind == "code" or is_sum(token) or token.text.lower() in table.heads
    ) and token.text.lower() not in table.results


def _token_past_break(tokens: list[FormulaToken], at: int, step: int) -> FormulaToken | None:
    """Return the token next to a sign, over the line break that wraps the formula there."""
    neighbour = _token_at(tokens, at + step)
    return (
        _token_at(tokens, at + 2 * step) if neighbour is not None and neighbour.kind == "break" else neighbour
    )


def _colon_divides(tokens: list[FormulaToken], at: int, colons: list[int], named: bool) -> bool:
    """Return a colon divides between two operands, but not behind the name of a result."""
    before, after = _token_past_break(tokens, at, -1), _token_past_break(tokens, at, 1)
    if before is None or after is None:
        return False
    has_space = before.end < tokens[at].start
    if not has_space and before.kind == "word" and any(is_operator(token, "/") for token in tokens[at:]):
        return False  # the name of what is divided in brackets
    if "code" in {before.kind, after.kind}:
        return True
    joins_operands = before.kind == "close" or after.kind == "open" or (before.kind == after.kind == "number")
    if not (has_space or joins_operands or _starts_operand(tokens, at - 1)):
        has_multiplier = any(is_operator(token, "*") for token in tokens[at:])
        return has_multiplier and _is_counting_operand(tokens, at) and is_operand_head(after)
    first = next((token for token in tokens[:at] if token.kind in {"word", "sum"}), None)
    names_result = (
        first is not None and first.text.lower() in reading_vocabulary().table.results and is_sum(after)
    )
    return named or not (names_result and at == colons[0])


def has_calculation(tokens: list[FormulaToken]) -> bool:
    """Return whether something certainly computes in tokens whose operators are marked."""
    for at, token in enumerate(tokens):
        if is_operator(token) or token.kind == "rule" or token.text == "⦃":
            return True
        if token.text in "/:" and 0 < at < len(tokens) - 1:
            before, after = tokens[at - 1], tokens[at + 1]
            spaced = before.end < token.start and token.end < after.start
            if "code" in {before.kind, after.kind}:
                return True
            if token.text == "/" and (
                spaced or is_sum(after) or after.kind == "open" or before.kind == "close"
            ):
                return True
            if token.text == ":" and spaced and (before.kind, after.kind) != ("word", "word"):
                return True
            if token.text == ":" and before.kind in {"word", "close"} and is_operand_head(after) and spaced:
                return True
    return False
