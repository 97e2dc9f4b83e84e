"""Measured values printed inside a formula: `= 12 desa`, `: Rp 5.000,-`, `= 98%` at the end."""

from __future__ import annotations

from functools import cache

from pipeline.formulas.knowledge import knowledge
from pipeline.formulas.operators import is_operator
from pipeline.formulas.tokens import Token, closes_in_words


@cache
def cues() -> frozenset[str]:
    """What stands before a measured value: where nothing of it is printed, there is none."""
    return knowledge().currency | {"=", ":"}


def dropped(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Take out `= 12 desa` before an operator and `= 98%` at the end."""
    out: list[Token] = []
    at = 0
    counted = _counted(tokens)
    if len(counted) == 2:
        tokens = _without_calculation(tokens, [tokens[colon + 1].text for colon in sorted(counted)])
    while at < len(tokens):
        end = _value_end(tokens, at) if is_operator(tokens[at], "=") and out else at
        end = max(end, _rupiah_end(tokens, at) if out else at)
        if at in counted:
            end = max(end, _counted_end(tokens, at))
        if end > at:
            repairs.append("measured value dropped" if end < len(tokens) else "result dropped")
            at = end
            continue
        out.append(tokens[at])
        at += 1
    return out


def _rupiah_end(tokens: list[Token], at: int) -> int:
    """Where an amount of money that begins here ends (`Rp. 450.000`, `: Rp 5.000,-`); `at` if none does."""
    end = at + (tokens[at].text in {"=", ":"})
    if end >= len(tokens) or tokens[end].text.lower() not in knowledge().currency:
        return at
    end += 1
    while end < len(tokens) and tokens[end].text in {".", ":"}:
        end += 1
    if end >= len(tokens) or tokens[end].kind != "number":
        return at
    end += 1
    while end < len(tokens) and tokens[end].text in {",", "-", "−", "–"} and _touches(tokens, end):
        end += 1
    return end


def _counted(tokens: list[Token]) -> set[int]:
    """The colons before measured values, `Jumlah surat : 200`: several of them, or one beside a division."""
    colons = [
        at
        for at in range(1, len(tokens) - 1)
        if tokens[at].text == ":"
        and tokens[at + 1].kind == "number"
        and _ends_words(tokens, at - 1)
        and _counted_end(tokens, at) > at
    ]
    divided = _has_division(tokens)
    return set(colons) if len(colons) > 1 or (colons and divided) else set()


def _ends_words(tokens: list[Token], at: int) -> bool:
    """Whether a run of words ends here, be it with a number or a bracket."""
    kind = tokens[at].kind
    if kind == "close":
        opened = next((n for n in range(at, -1, -1) if tokens[n].kind == "open"), 0)
        return opened > 0 and closes_in_words(tokens, opened) == at and tokens[opened - 1].kind == "word"
    return kind == "word" or (kind == "number" and at > 0 and tokens[at - 1].kind == "word")


def _has_division(tokens: list[Token]) -> bool:
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


def _without_calculation(tokens: list[Token], values: list[str]) -> list[Token]:
    """`a : 12`, `b : 15`, then `12/15 x 100%`: the values in their order only say that they divide."""
    for at in range(1, len(tokens) - 2):
        above, over, below = tokens[at : at + 3]
        divides = over.text in {"/", ":"} or is_operator(over, "/")
        if tokens[at - 1].kind == "break" and divides and [above.text, below.text] == values:
            return tokens[:at] + tokens[at + 3 :]
    return tokens


def _counted_end(tokens: list[Token], at: int) -> int:
    """Where the value behind this colon ends, its unit with it; `at` if it goes on as a calculation."""
    end = at + 2
    while end < len(tokens) and end < at + 5 and tokens[end].kind == "word":
        end += 1
    after = tokens[end] if end < len(tokens) else None
    plain = after is None or after.kind in {"break", "rule", "close"} or after.text in {"/", ":", ",", ";"}
    return end if plain or is_operator(after, "/-+" if end == at + 2 else "/-+*") else at


def _touches(tokens: list[Token], at: int) -> bool:
    """Whether a sign stands right behind what is before it (`5.000,-`)."""
    return tokens[at].start == tokens[at - 1].end


def _value_end(tokens: list[Token], at: int) -> int:
    """Where the value behind this equals sign ends; `at` if there is none."""
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
    begins = (
        value.text.endswith("%")
        and is_operator(after, "*")
        and factor is not None
        and factor.kind != "number"
    )
    if after.text in "/:" and factor is not None and factor.kind == "number":
        return at  # the calculation in numbers, `= 3/4 x 100%`
    divided = after.text in "/:" and not begins
    return (
        end
        if divided or (is_operator(after) and not begins and at + 2 < end) or _is_times_number(after, factor)
        else at
    )


def _is_times_number(after: Token, factor: Token | None) -> bool:
    return is_operator(after, "*") and factor is not None and factor.kind == "number"
