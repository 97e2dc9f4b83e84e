"""Fractions as they are laid out on paper, made into flat ones: bars, stacked lines, sums side by side.

Each bracket level is resolved by itself, innermost first, into parts that a grammar can read.
"""

from __future__ import annotations

from pipeline.formulas.brackets import Group, Item, UnreadableError, divides
from pipeline.formulas.operands import Assembler, Part, is_plain_operator, is_scale, without_unit
from pipeline.formulas.operators import is_operator
from pipeline.formulas.tokens import Token

_OVER, _TIMES = Part("operator", "/"), Part("operator", "*")
_OPERANDS = frozenset({"quantity", "number", "group"})


def resolve(level: Group, text: str, repairs: list[str]) -> tuple[Part, ...]:
    """The parts of one level, every fraction flat. Raises UnreadableError where a side is lost."""
    items = _latex_fractions(level.items, text, repairs)
    parts: list[Part] = []
    for part in Assembler(items, text, repairs).parts():
        if isinstance(part, Group):
            inner = resolve(part, text, repairs)
            if inner:
                parts.append(inner[0] if len(inner) == 1 else Part("group", inner=inner))
        elif part.kind != "quantity" or part.text:
            parts.append(part)
    if len(parts) == 1 and parts[0].kind in _OPERANDS:
        return tuple(parts)
    if not _alternate(parts):
        parts = _tidy_operators(parts, repairs)
        parts = _late_denominator(parts, repairs)
        parts = _between_operands(parts, repairs)
        parts = _bars(parts, repairs)
    signs = {part.text for part in parts if part.kind == "operator"}
    if signs >= {"/", "*"}:
        parts = _joined_denominator(parts, repairs)
    if "/" in signs and not signs.isdisjoint({"+", "-"}):
        parts = _in_spoken_order(parts, repairs)
    return tuple(parts)


def _alternate(parts: list[Part]) -> bool:
    """Whether operands and operators take turns, so that nothing is to be mended: as in most formulas."""
    kinds = [part.kind for part in parts]
    return len(kinds) % 2 == 1 and _OPERANDS.issuperset(kinds[::2]) and set(kinds[1::2]) <= {"operator"}


def _latex_fractions(items: list[Item], text: str, repairs: list[str]) -> list[Item]:
    """Mend fractions that scanners filled wrongly: the multiplier below the bar, the denominator doubled."""
    out: list[Item] = []
    for item in items:
        above_below = _sides(item) if isinstance(item, Group) else None
        if above_below is None:
            out.append(item)
            continue
        above, below = above_below
        over = Token("operator", "/", 0, 0)
        behind = [other for other in below.items if not (isinstance(other, Token) and other.kind == "break")]
        if len(behind) == 2 and _is_times(behind[0]) and _is_percent(behind[1]):
            out += [above, over, *behind]
        elif len(behind) > 2 and _is_times(behind[-2]) and _is_percent(behind[-1]):
            repairs.append("multiplier moved behind the denominator")
            out += [Group([above, over, Group(behind[:-2], fixed=True)], fixed=True), *behind[-2:]]
        elif out and not _is_operator_item(out[-1]):
            _after_operand(out, item, above, below, text, repairs)
        else:
            out.append(item)
    return out


def _after_operand(
    out: list[Item], item: Item, above: Group, below: Group, text: str, repairs: list[str]
) -> None:
    """A fraction straight behind words: equal sides are a doubled denominator, other words were its name."""
    try:
        alike = _bare(resolve(above, text, [])) == _bare(resolve(below, text, []))
    except UnreadableError:
        alike = False
    if alike:
        repairs.append("doubled denominator dropped")
        out += [Token("rule", "implied", 0, 0), below]
        return
    name = len(out)
    while name and isinstance(out[name - 1], Token) and not _is_operator_item(out[name - 1]):
        name -= 1
    if name < len(out):
        repairs.append("name before the formula dropped")
        del out[name:]
    out.append(item)


def _sides(item: Group) -> tuple[Group, Group] | None:
    """Numerator and denominator of a LaTeX fraction."""
    if item.fixed and len(item.items) == 3:
        above, over, below = item.items
        if (
            isinstance(above, Group)
            and isinstance(below, Group)
            and divides(over)
            and above.fixed
            and below.fixed
        ):
            return above, below
    return None


def _is_times(item: Item) -> bool:
    return isinstance(item, Token) and (
        is_operator(item, "*") or item.kind == "times" or item.text in {"x", "X"}
    )


def _is_percent(item: Item) -> bool:
    return isinstance(item, Token) and item.kind == "number" and item.text.endswith("%")


def _is_operator_item(item: Item) -> bool:
    return isinstance(item, Token) and item.kind in {"operator", "rule"}


def _bare(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(without_unit(part) for part in parts)


def _tidy_operators(parts: list[Part], repairs: list[str]) -> list[Part]:
    """Drop doubled and dangling multiplication signs; a lost term or side is not to be guessed."""
    out: list[Part] = []
    for part in parts:
        doubled = part.kind == "operator" and out and out[-1] == part and part.text in "*+"
        if doubled:
            repairs.append("repeated operator dropped")
        else:
            out.append(part)
    while out and is_plain_operator(out[0], "*+"):
        repairs.append("dangling operator dropped")
        out = out[1:]
    while out and is_plain_operator(out[-1], "*"):
        repairs.append("dangling operator dropped")
        out = out[:-1]
    if out and is_plain_operator(out[-1]):
        raise UnreadableError("the denominator is lost" if out[-1].text == "/" else "the last term is lost")
    if out and is_plain_operator(out[0]):
        raise UnreadableError("the numerator is lost" if out[0].text == "/" else "the first term is lost")
    return out


def _late_denominator(parts: list[Part], repairs: list[str]) -> list[Part]:
    """`a / x 100% b`: the multiplier was printed beside the bar, the denominator follows it."""
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
            return [*parts[: at + 1], *below, _TIMES, scale]
        if not bar:
            repairs.append("multiplier moved behind the denominator")
        return [*parts[: at + 1], _grouped(below), _TIMES, scale]
    return parts


def _is_factor(part: Part) -> bool:
    """Whether a group holds a share in numbers alone (`1/3`), which multiplies what stands behind it."""
    return (
        part.kind == "group"
        and len(part.inner) > 1
        and all(
            inner.kind == "number" or is_plain_operator(inner, "/") or _is_number(inner)
            for inner in part.inner
        )
    )


def _is_number(part: Part) -> bool:
    return part.kind == "group" and len(part.inner) == 1 and part.inner[0].kind == "number"


def _between_operands(parts: list[Part], repairs: list[str]) -> list[Part]:
    """Two operands without an operator between them: a lost bar, an implied product or a tail."""
    out: list[Part] = []
    for at, part in enumerate(parts):
        before = out[-1] if out else None
        if before is None or before.kind not in _OPERANDS or part.kind not in _OPERANDS:
            out.append(part)
            continue
        if before.kind == "number" and part.kind == "group" and not before.text.endswith("%"):
            out.append(part)
            continue
        if _is_factor(before) and part.kind == "group":
            out += [_TIMES, part]
            continue
        if part.kind == "number" and part.text.endswith("%"):
            repairs.append("multiplication sign lost")
            out += [_TIMES, part]
            continue
        if before.kind == "quantity" and len(out) == 1 and any(is_plain_operator(o, "/") for o in part.inner):
            repairs.append("name before the formula dropped")
            out = [part]
            continue
        divided = any(other.kind == "rule" or is_plain_operator(other, "/") for other in parts[:at])
        if divided or (part.kind == "quantity" and not part.starts_sum and before.kind == "group"):
            if divided and _computes(parts[at:]):
                raise UnreadableError("several formulas are listed")
            repairs.append("tail dropped" if divided else "words after a group dropped")
            if divided:
                return out
            continue
        groups = part.kind == "group"
        repairs.append(
            "groups side by side read as fraction" if groups else "sums side by side read as fraction"
        )
        out += [Part("rule", "implied"), part]
    return out


def _computes(parts: list[Part]) -> bool:
    """Whether a quantity is divided here: it is a formula of its own, and no tail."""
    divides = any(part.kind == "rule" or is_plain_operator(part, "/") for part in parts)
    return any(part.kind == "group" and _computes(list(part.inner)) for part in parts) or (
        divides and any(part.kind == "quantity" for part in parts)
    )


def _bars(parts: list[Part], repairs: list[str]) -> list[Part]:
    """Bars, printed or implied, as divisions: each side in brackets, the multiplier behind them."""
    if not any(part.kind == "rule" for part in parts):
        return parts
    sides: list[list[Part]] = [[]]
    for part in parts:
        if part.kind == "rule":
            if part.text != "implied":
                repairs.append("rule read as fraction")
            sides.append([])
        else:
            sides[-1].append(part)
    if sides and len(sides) > 2 and all(sides):
        sides = _without_doubled(sides, repairs)
    if len(sides) != 2:
        raise UnreadableError("several fraction bars")
    above, below = sides
    if not above:
        raise UnreadableError("the numerator is lost")
    if not below or is_plain_operator(below[0]):
        raise UnreadableError("the denominator is lost")
    above, early = _scaled(above)
    below, scale = _scaled(below)
    return [_grouped(above), _OVER, _grouped(below), *(early or scale)]


def _scaled(side: list[Part]) -> tuple[list[Part], list[Part]]:
    """One side of a bar and the multiplier at its end: both lines' multiplier is the whole fraction's."""
    if len(side) > 2 and is_scale(side[-1]) and is_plain_operator(side[-2], "*"):
        return side[:-2], side[-2:]
    return side, []


def _without_doubled(sides: list[list[Part]], repairs: list[str]) -> list[list[Part]]:
    """`a | b | b`: the scanner read the denominator twice."""
    last = sides[-1]
    if len(sides) == 3 and sides[1] == last[: len(sides[1])]:
        repairs.append("doubled denominator dropped")
        return [sides[0], last]
    return sides


def _grouped(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Part("group", inner=tuple(parts))


def _joined_denominator(parts: list[Part], repairs: list[str]) -> list[Part]:
    """`(a + b + c) / d x 3 dokumen x 100%`: factors that only make sense below the bar are taken there."""
    slashes = [at for at, part in enumerate(parts) if is_plain_operator(part, "/")]
    if len(slashes) != 1 or slashes[0] + 2 >= len(parts):
        return parts
    at = slashes[0]
    above, end = parts[at - 1], at + 2
    while (
        end + 1 < len(parts)
        and is_plain_operator(parts[end], "*")
        and _belongs_below(parts[end + 1], above, parts, at)
    ):
        end += 2
    if end == at + 2:
        return parts
    repairs.append("factors joined to the denominator")
    return [*parts[: at + 1], Part("group", inner=tuple(parts[at + 1 : end])), *parts[end:]]


def _belongs_below(factor: Part, above: Part, parts: list[Part], at: int) -> bool:
    """A number of terms belongs to the denominator of a sum; so does what the numerator's product repeats."""
    if factor.kind == "number":
        terms = 1 + sum(is_plain_operator(part, "+") for part in above.inner)
        return not is_scale(factor) and terms > 1 and factor.text == str(terms)
    if factor.kind != "quantity" or not parts[at + 1 :]:
        return False
    product = [*parts[:at], *above.inner]
    return len(product) > 1 and parts[at + 1] in product and parts[at + 1].kind == "quantity"


def _in_spoken_order(parts: list[Part], repairs: list[str]) -> list[Part]:
    """`a dikurangi b dibagi c`: words are read in their order; signs keep their strength, with less trust."""
    division = next((at for at, part in enumerate(parts) if is_plain_operator(part, "/")), None)
    if division is None:
        return parts
    sums = [part for part in parts[:division] if is_plain_operator(part, "+-")]
    if sums and parts[division].spoken and all(part.spoken for part in sums):
        repairs.append("words read in their order")
        return [_grouped(parts[:division]), *parts[division:]]
    if sums or any(is_plain_operator(part, "+-") for part in parts[division:]):
        repairs.append("sum beside a division")
    return parts
