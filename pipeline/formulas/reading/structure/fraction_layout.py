"""Fractions as they are laid out on paper, made into flat ones: bars, stacked lines, sums side by side.

Each bracket level is resolved by itself, innermost first, into parts that a grammar can read.
"""

from __future__ import annotations

from pipeline.formulas.reading.formula_reading import Repair, UnreadableError
from pipeline.formulas.reading.structure.bracket_groups import (
    BracketGroup,
    BracketItem,
    is_division,
)
from pipeline.formulas.reading.structure.operand_parser import (
    CODE_MARK,
    FormulaPart,
    OperandParser,
    is_plain_operator,
    is_scale,
    without_unit,
)
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken
from pipeline.formulas.reading.tokens.operator_tokens import is_operator

_OVER_PART, _TIMES_PART = FormulaPart("operator", "/"), FormulaPart("operator", "*")
_OPERAND_KINDS = frozenset({"quantity", "number", "group"})


def resolve_layout(level: BracketGroup, text: str) -> tuple[tuple[FormulaPart, ...], list[Repair]]:
    """The parts of one level, every fraction flat. Raises UnreadableError where a side is lost."""
    repairs: list[Repair] = []
    items, found_repairs = _repair_latex_fractions(level.items, text)
    repairs += found_repairs
    parts: list[FormulaPart] = []
    operands, operand_repairs = OperandParser(items, text).parse_parts()
    repairs += operand_repairs
    for part in operands:
        if isinstance(part, BracketGroup):
            inner, found_repairs = resolve_layout(part, text)
            repairs += found_repairs
            if inner:
                parts.append(inner[0] if len(inner) == 1 else FormulaPart("group", inner=inner))
        elif part.kind != "quantity" or part.text:
            parts.append(part)
    if len(parts) == 1 and parts[0].kind in _OPERAND_KINDS:
        return tuple(parts), repairs
    if not _is_alternating(parts):
        parts, found_repairs = _tidy_operators(parts)
        repairs += found_repairs
        parts, found_repairs = _move_late_denominator(parts)
        repairs += found_repairs
        parts, found_repairs = _insert_lost_operators(parts)
        repairs += found_repairs
        parts, found_repairs = _resolve_bars(parts)
        repairs += found_repairs
    signs = {part.text for part in parts if part.kind == "operator"}
    if signs >= {"/", "*"}:
        parts, found_repairs = _join_denominator_factors(parts)
        repairs += found_repairs
    if "/" in signs and not signs.isdisjoint({"+", "-"}):
        parts, found_repairs = _apply_spoken_order(parts)
        repairs += found_repairs
    return tuple(parts), repairs


def _is_alternating(parts: list[FormulaPart]) -> bool:
    """Whether operands and operators take turns, so that nothing is to be mended: as in most formulas."""
    kinds = [part.kind for part in parts]
    return len(kinds) % 2 == 1 and _OPERAND_KINDS.issuperset(kinds[::2]) and set(kinds[1::2]) <= {"operator"}


def _repair_latex_fractions(items: list[BracketItem], text: str) -> tuple[list[BracketItem], list[Repair]]:
    """Mend fractions that scanners filled wrongly: the multiplier below the bar, the denominator doubled."""
    repairs: list[Repair] = []
    repaired_items: list[BracketItem] = []
    for item in items:
        above_below = _fraction_sides(item) if isinstance(item, BracketGroup) else None
        if above_below is None:
            repaired_items.append(item)
            continue
        above, below = above_below
        over = FormulaToken("operator", "/", 0, 0)
        denominator_items = [
            inner for inner in below.items if not (isinstance(inner, FormulaToken) and inner.kind == "break")
        ]
        if (
            len(denominator_items) == 2
            and _is_times(denominator_items[0])
            and _is_percent(denominator_items[1])
        ):
            repaired_items += [above, over, *denominator_items]
        elif (
            len(denominator_items) > 2
            and _is_times(denominator_items[-2])
            and _is_percent(denominator_items[-1])
        ):
            repairs.append(Repair.MULTIPLIER_MOVED)
            repaired_items += [
                BracketGroup([above, over, BracketGroup(denominator_items[:-2], fixed=True)], fixed=True),
                *denominator_items[-2:],
            ]
        elif repaired_items and not _is_operator_item(repaired_items[-1]):
            repaired_items, found_repairs = _append_after_operand(repaired_items, item, above, below, text)
            repairs += found_repairs
        else:
            repaired_items.append(item)
    return repaired_items, repairs


def _append_after_operand(
    repaired_items: list[BracketItem],
    item: BracketItem,
    above: BracketGroup,
    below: BracketGroup,
    text: str,
) -> tuple[list[BracketItem], list[Repair]]:
    """A fraction straight behind words: equal sides are a doubled denominator, other words were its name."""
    try:
        sides = resolve_layout(above, text)[0], resolve_layout(below, text)[0]
        is_doubled = _without_units(sides[0]) == _without_units(sides[1])
    except UnreadableError:
        is_doubled = False
    if is_doubled:
        bar = FormulaToken("rule", "implied", 0, 0)
        return [*repaired_items, bar, below], [Repair.DOUBLED_DENOMINATOR_DROPPED]
    name = len(repaired_items)
    while (
        name
        and isinstance(repaired_items[name - 1], FormulaToken)
        and not _is_operator_item(repaired_items[name - 1])
    ):
        name -= 1
    repairs = [Repair.NAME_DROPPED] if name < len(repaired_items) else []
    return [*repaired_items[:name], item], repairs


def _fraction_sides(item: BracketGroup) -> tuple[BracketGroup, BracketGroup] | None:
    """Numerator and denominator of a LaTeX fraction."""
    if item.fixed and len(item.items) == 3:
        above, over, below = item.items
        if (
            isinstance(above, BracketGroup)
            and isinstance(below, BracketGroup)
            and is_division(over)
            and above.fixed
            and below.fixed
        ):
            return above, below
    return None


def _is_times(item: BracketItem) -> bool:
    return isinstance(item, FormulaToken) and (
        is_operator(item, "*") or item.kind == "times" or item.text in {"x", "X"}
    )


def _is_percent(item: BracketItem) -> bool:
    return isinstance(item, FormulaToken) and item.kind == "number" and item.text.endswith("%")


def _is_operator_item(item: BracketItem) -> bool:
    return isinstance(item, FormulaToken) and item.kind in {"operator", "rule"}


def _without_units(parts: tuple[FormulaPart, ...]) -> tuple[FormulaPart, ...]:
    return tuple(without_unit(part) for part in parts)


def _tidy_operators(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """Drop doubled and dangling multiplication signs; a lost term or side is not to be guessed."""
    repairs: list[Repair] = []
    tidy_parts: list[FormulaPart] = []
    for part in parts:
        is_repeated = part.kind == "operator" and tidy_parts and tidy_parts[-1] == part and part.text in "*+"
        if is_repeated:
            repairs.append(Repair.REPEATED_OPERATOR_DROPPED)
        else:
            tidy_parts.append(part)
    while tidy_parts and is_plain_operator(tidy_parts[0], "*+"):
        repairs.append(Repair.DANGLING_OPERATOR_DROPPED)
        tidy_parts = tidy_parts[1:]
    while tidy_parts and is_plain_operator(tidy_parts[-1], "*"):
        repairs.append(Repair.DANGLING_OPERATOR_DROPPED)
        tidy_parts = tidy_parts[:-1]
    if tidy_parts and is_plain_operator(tidy_parts[-1]):
        raise UnreadableError(
            "the denominator is lost" if tidy_parts[-1].text == "/" else "the last term is lost"
        )
    if tidy_parts and is_plain_operator(tidy_parts[0]):
        raise UnreadableError(
            "the numerator is lost" if tidy_parts[0].text == "/" else "the first term is lost"
        )
    return tidy_parts, repairs


def _move_late_denominator(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """`a / x 100% b`: the multiplier was printed beside the bar, the denominator follows it."""
    repairs: list[Repair] = []
    for at in range(len(parts) - 1):
        bar = parts[at].kind == "rule"
        if not (bar or is_plain_operator(parts[at], "/")) or not is_plain_operator(parts[at + 1], "*"):
            continue
        scale = parts[at + 2] if at + 2 < len(parts) else None
        below = parts[at + 3 :]
        if scale is None or scale.kind != "number" or not below or below[0].kind in {"operator", "rule"}:
            raise UnreadableError("the denominator is lost")
        if any(part.kind == "rule" for part in below):
            if not bar:
                raise UnreadableError("several fraction bars")
            return [*parts[: at + 1], *below, _TIMES_PART, scale], repairs
        if not bar:
            repairs.append(Repair.MULTIPLIER_MOVED)
        return [*parts[: at + 1], _group_parts(below), _TIMES_PART, scale], repairs
    return parts, repairs


def _is_factor(part: FormulaPart) -> bool:
    """Whether a group holds a share in numbers alone (`1/3`), which multiplies what stands behind it."""
    return (
        part.kind == "group"
        and len(part.inner) > 1
        and all(
            inner.kind == "number" or is_plain_operator(inner, "/") or _is_number(inner)
            for inner in part.inner
        )
    )


def _is_number(part: FormulaPart) -> bool:
    return part.kind == "group" and len(part.inner) == 1 and part.inner[0].kind == "number"


def _insert_lost_operators(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """Two operands without an operator between them: a lost bar, an implied product or a tail."""
    repairs: list[Repair] = []
    joined_parts: list[FormulaPart] = []
    for at, part in enumerate(parts):
        before = joined_parts[-1] if joined_parts else None
        if before is None or before.kind not in _OPERAND_KINDS or part.kind not in _OPERAND_KINDS:
            joined_parts.append(part)
            continue
        if before.kind == "number" and part.kind == "group" and not before.text.endswith("%"):
            joined_parts.append(part)
            continue
        if _is_factor(before) and part.kind == "group":
            joined_parts += [_TIMES_PART, part]
            continue
        if part.kind == "number" and part.text.endswith("%"):
            repairs.append(Repair.TIMES_LOST)
            joined_parts += [_TIMES_PART, part]
            continue
        if (
            before.kind == "quantity"
            and len(joined_parts) == 1
            and any(is_plain_operator(o, "/") or o.text.startswith(CODE_MARK) for o in part.inner)
        ):
            repairs.append(Repair.NAME_DROPPED)
            joined_parts = [part]
            continue
        has_division = any(
            previous_part.kind == "rule" or is_plain_operator(previous_part, "/")
            for previous_part in parts[:at]
        )
        if has_division or (part.kind == "quantity" and not part.starts_sum and before.kind == "group"):
            if has_division and _divides_quantity(parts[at:]):
                raise UnreadableError("several formulas are listed")
            repairs.append(Repair.TAIL_DROPPED if has_division else Repair.WORDS_AFTER_GROUP_DROPPED)
            if has_division:
                return joined_parts, repairs
            continue
        is_group = part.kind == "group"
        repairs.append(Repair.GROUPS_AS_FRACTION if is_group else Repair.SUMS_AS_FRACTION)
        joined_parts += [FormulaPart("rule", "implied"), part]
    return joined_parts, repairs


def _divides_quantity(parts: list[FormulaPart]) -> bool:
    """Whether a quantity is divided here: it is a formula of its own, and no tail."""
    has_division = any(part.kind == "rule" or is_plain_operator(part, "/") for part in parts)
    return any(part.kind == "group" and _divides_quantity(list(part.inner)) for part in parts) or (
        has_division and any(part.kind == "quantity" for part in parts)
    )


def _resolve_bars(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """Bars, printed or implied, as divisions: each side in brackets, the multiplier behind them."""
    repairs: list[Repair] = []
    if not any(part.kind == "rule" for part in parts):
        return parts, repairs
    sides: list[list[FormulaPart]] = [[]]
    for part in parts:
        if part.kind == "rule":
            if part.text != "implied":
                repairs.append(Repair.RULE_AS_FRACTION)
            sides.append([])
        else:
            sides[-1].append(part)
    if sides and len(sides) > 2 and all(sides):
        sides, found_repairs = _drop_doubled_denominator(sides)
        repairs += found_repairs
    if len(sides) != 2:
        raise UnreadableError("several fraction bars")
    above, below = sides
    if not above:
        raise UnreadableError("the numerator is lost")
    if not below or is_plain_operator(below[0]):
        raise UnreadableError("the denominator is lost")
    above, above_scale = _split_scale(above)
    below, below_scale = _split_scale(below)
    return [_group_parts(above), _OVER_PART, _group_parts(below), *(above_scale or below_scale)], repairs


def _split_scale(side: list[FormulaPart]) -> tuple[list[FormulaPart], list[FormulaPart]]:
    """One side of a bar and the multiplier at its end: both lines' multiplier is the whole fraction's."""
    if len(side) > 2 and is_scale(side[-1]) and is_plain_operator(side[-2], "*"):
        return side[:-2], side[-2:]
    return side, []


def _drop_doubled_denominator(sides: list[list[FormulaPart]]) -> tuple[list[list[FormulaPart]], list[Repair]]:
    """`a | b | b`: the scanner read the denominator twice."""
    repairs: list[Repair] = []
    last = sides[-1]
    if len(sides) == 3 and sides[1] == last[: len(sides[1])]:
        repairs.append(Repair.DOUBLED_DENOMINATOR_DROPPED)
        return [sides[0], last], repairs
    return sides, repairs


def _group_parts(parts: list[FormulaPart]) -> FormulaPart:
    return parts[0] if len(parts) == 1 else FormulaPart("group", inner=tuple(parts))


def _join_denominator_factors(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """`(a + b + c) / d x 3 dokumen x 100%`: factors that only make sense below the bar are taken there."""
    repairs: list[Repair] = []
    slashes = [at for at, part in enumerate(parts) if is_plain_operator(part, "/")]
    if len(slashes) != 1 or slashes[0] + 2 >= len(parts):
        return parts, repairs
    at = slashes[0]
    above, end = parts[at - 1], at + 2
    while (
        end + 1 < len(parts)
        and is_plain_operator(parts[end], "*")
        and _belongs_below(parts[end + 1], above, parts, at)
    ):
        end += 2
    if end == at + 2:
        return parts, repairs
    repairs.append(Repair.FACTORS_JOINED)
    return [*parts[: at + 1], FormulaPart("group", inner=tuple(parts[at + 1 : end])), *parts[end:]], repairs


def _belongs_below(factor: FormulaPart, above: FormulaPart, parts: list[FormulaPart], at: int) -> bool:
    """A number of terms belongs to the denominator of a sum; so does what the numerator's product repeats."""
    if factor.kind == "number":
        terms = 1 + sum(is_plain_operator(part, "+") for part in above.inner)
        return not is_scale(factor) and terms > 1 and factor.text == str(terms)
    if factor.kind != "quantity" or not parts[at + 1 :]:
        return False
    product = [*parts[:at], *above.inner]
    return len(product) > 1 and parts[at + 1] in product and parts[at + 1].kind == "quantity"


def _apply_spoken_order(parts: list[FormulaPart]) -> tuple[list[FormulaPart], list[Repair]]:
    """`a dikurangi b dibagi c`: words are read in their order; signs keep their strength, with less trust."""
    repairs: list[Repair] = []
    division = next((at for at, part in enumerate(parts) if is_plain_operator(part, "/")), None)
    if division is None:
        return parts, repairs
    sums = [part for part in parts[:division] if is_plain_operator(part, "+-")]
    if sums and parts[division].spoken and all(part.spoken for part in sums):
        repairs.append(Repair.SPOKEN_ORDER)
        return [_group_parts(parts[:division]), *parts[division:]], repairs
    if sums or any(is_plain_operator(part, "+-") for part in parts[division:]):
        repairs.append(Repair.SUM_BESIDE_DIVISION)
    return parts, repairs
