"""What a decree's formula has against the definition's, side by side: numerator, denominator, multiplier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pipeline.formulas.algebra import (
    Polynomial,
    Ratio,
    cancelled,
    common,
    content,
    equal,
    scaled,
    times,
    without,
)
from pipeline.formulas.matching import alignment

Side = Literal["numerator", "denominator", "multiplier", "structure"]
Kind = Literal[
    "qualifier-added", "qualifier-dropped", "other-quantity", "missing-term", "extra-term",
    "missing-multiplier", "other-multiplier", "extra-multiplier",
    "same-as-denominator", "inverted", "other-structure",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, of what kind, and the words of the definition and of the decree it is about."""

    side: Side
    kind: Kind
    definition: tuple[str, ...] = ()
    decree: tuple[str, ...] = ()


def name(definition: Ratio, decree: Ratio, words: tuple[str, ...]) -> tuple[Difference, ...]:
    """The differences between two ratios that are not equal, fewest first tried: one for a shared fault."""
    if decree.constant and not definition.constant:
        return (Difference("numerator", "same-as-denominator"),)
    multiplier = _multiplier(definition, decree)
    if equal(Ratio(definition.scale, scaled(definition.above, Fraction(-1)), definition.below), decree):
        return (Difference("numerator", "inverted"),)
    if _proportional(times(definition.above, decree.above), times(definition.below, decree.below)):
        return (Difference("structure", "inverted"), *multiplier)
    straight = (*_straight(definition, decree, words), *multiplier)
    if max(len(definition.above), len(decree.above)) > 1:
        weighed = _straight(definition, decree, words, weighed=True)
        straight = min(straight, (*weighed, *_scale(definition.scale, decree.scale)), key=len)
    turned = _sides(definition, Ratio(decree.scale, decree.below, decree.above), words)
    if len(turned) + 1 < len(straight):
        return (Difference("structure", "inverted"), *turned, *multiplier)
    if _rearranged(straight):
        straight = (Difference("structure", "other-structure"), *multiplier)
    return tuple(dict.fromkeys(straight)) or (Difference("structure", "other-structure"),)


def _straight(
    definition: Ratio, decree: Ratio, words: tuple[str, ...], *, weighed: bool = False
) -> tuple[Difference, ...]:
    """The sides' differences, with or without the factors that both sides of a fraction share."""
    return min(
        (
            _sides(ours, theirs, words, weighed)
            for ours in _with_cancelled(definition)
            for theirs in _with_cancelled(decree)
        ),
        key=len,
    )


def _with_cancelled(value: Ratio) -> tuple[Ratio, ...]:
    """The ratio as it is and without its shared factors, if it has any."""
    shorter = cancelled(value)
    return (value,) if shorter is value else (value, shorter)


def _rearranged(found: tuple[Difference, ...]) -> bool:
    """Whether one side lacks and adds terms of the same quantities: they are put together otherwise."""
    for side in ("numerator", "denominator"):
        lost = {
            word for one in found if (one.side, one.kind) == (side, "missing-term") for word in one.definition
        }
        added = {word for one in found if (one.side, one.kind) == (side, "extra-term") for word in one.decree}
        if lost & added:
            return True
    return False


def _proportional(left: Polynomial, right: Polynomial) -> bool:
    return Ratio(Fraction(1), left, right).constant


def _multiplier(definition: Ratio, decree: Ratio) -> tuple[Difference, ...]:
    """The constant that multiplies the whole."""
    return _scale(definition.scale * content(definition.above), decree.scale * content(decree.above))


def _scale(wanted: Fraction, printed: Fraction) -> tuple[Difference, ...]:
    if wanted == printed:
        return ()
    kind: Kind = "other-multiplier"
    if printed == 1:
        kind = "missing-multiplier"
    elif wanted == 1:
        kind = "extra-multiplier"
    return (Difference("multiplier", kind, (_shown(wanted),), (_shown(printed),)),)


def _shown(value: Fraction) -> str:
    return str(value)


def _sides(
    definition: Ratio, decree: Ratio, words: tuple[str, ...], weighed: bool = False
) -> tuple[Difference, ...]:
    """Both sides; ``weighed`` keeps the constants of the numerator's terms, which are weights."""
    ours, theirs = (side if weighed else _plain(side) for side in (definition.above, decree.above))
    above = _side("numerator", ours, theirs, words)
    below = _side("denominator", _plain(definition.below), _plain(decree.below), words)
    wanted, printed = content(definition.below), content(decree.below)
    if wanted == 1 != printed and len(below) == 1 and below[0].kind == "missing-term":
        return (*above, Difference("denominator", "other-quantity", below[0].definition, (_shown(printed),)))
    if wanted != printed and not any(other.kind == "missing-term" for other in below):
        kind: Kind = "missing-term" if printed == 1 else "extra-term" if wanted == 1 else "other-quantity"
        below = (*below, Difference("denominator", kind, (_shown(wanted),), (_shown(printed),)))
    return (*above, *below)


def _plain(polynomial: Polynomial) -> Polynomial:
    return scaled(polynomial, 1 / content(polynomial))


def _side(
    side: Side, wanted: Polynomial, printed: Polynomial, words: tuple[str, ...]
) -> tuple[Difference, ...]:
    """One side's differences: common factors against common factors, terms of the sum against terms."""
    if wanted == printed:
        return ()
    ours, theirs = common(wanted), common(printed)
    if (len(wanted) > 1) != (len(printed) > 1):
        shared = ours & theirs
        ours, theirs = shared, shared
    factors = _compare(side, list((ours - theirs).elements()), list((theirs - ours).elements()), words)
    left, right = _terms(without(wanted, ours)), _terms(without(printed, theirs))
    terms = _compare_terms(side, left, right, words)
    return _once((*factors, *terms))


def _once(found: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """One difference for each kind: terms of a sum share their fault."""
    kinds: dict[tuple[str, str], Difference] = {}
    for difference in found:
        key = (difference.side, difference.kind)
        first = kinds.get(key)
        kinds[key] = difference if first is None else Difference(
            first.side,
            first.kind,
            (*first.definition, *difference.definition),
            (*first.decree, *difference.decree),
        )  # fmt: skip
    return tuple(kinds.values())


Term = tuple[tuple[int, ...], Fraction]


def _terms(polynomial: Polynomial) -> list[Term]:
    """Each term as its symbols and its coefficient; constants are no terms when they stand alone."""
    terms = [(tuple(Counter(dict(monomial)).elements()), value) for monomial, value in polynomial.items()]
    return terms if len(terms) > 1 else [term for term in terms if term[0]]


def _compare_terms(
    side: Side, left: list[Term], right: list[Term], words: tuple[str, ...]
) -> tuple[Difference, ...]:
    ours = [term for term in left if term not in right]
    theirs = [term for term in right if term not in left]
    found: list[Difference] = []
    pairs = sorted(
        ((_like(a[0], b[0], words), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, i, j in pairs:
        if i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        found += _term(side, ours[i], theirs[j], words)
    found += [
        Difference(side, "missing-term", tuple(words[s] for s in ours[i][0]))
        for i in range(len(ours))
        if i not in used_left
    ]
    found += [
        Difference(side, "extra-term", (), tuple(words[s] for s in theirs[j][0]))
        for j in range(len(theirs))
        if j not in used_right
    ]
    return tuple(found)


def _term(side: Side, wanted: Term, printed: Term, words: tuple[str, ...]) -> tuple[Difference, ...]:
    if sorted(wanted[0]) == sorted(printed[0]):
        turned = wanted[1] * printed[1] < 0
        return (
            Difference(
                side, "inverted" if turned else "other-quantity", (_shown(wanted[1]),), (_shown(printed[1]),)
            ),
        )
    ours, theirs = Counter(wanted[0]), Counter(printed[0])
    return _compare(side, list((ours - theirs).elements()), list((theirs - ours).elements()), words)


def _like(left: tuple[int, ...], right: tuple[int, ...], words: tuple[str, ...]) -> float:
    """How alike two terms are: the mean of their symbols' best likenesses."""
    if not left or not right:
        return 0.0
    best = [max(1.0 if a == b else alignment(words[a], words[b]).score for b in right) for a in left]
    return sum(best) / max(len(left), len(right))


def _compare(
    side: Side, ours: list[int], theirs: list[int], words: tuple[str, ...]
) -> tuple[Difference, ...]:
    """Factors left without partner, paired by likeness; what stays alone is missing or extra."""
    found: list[Difference] = []
    ours, theirs = list(ours), list(theirs)
    while ours and theirs:
        _, i, j = max(
            (alignment(words[a], words[b]).score, -i, -j)
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
        )
        found.append(_quantity(side, words[ours.pop(-i)], words[theirs.pop(-j)]))
    found += [Difference(side, "missing-term", (words[symbol],)) for symbol in ours]
    found += [Difference(side, "extra-term", (), (words[symbol],)) for symbol in theirs]
    return tuple(found)


def _quantity(side: Side, wanted: str, printed: str) -> Difference:
    """One quantity in another's place: a qualifier more or less, or another thing."""
    aligned = alignment(wanted, printed)
    if aligned.only_left and not aligned.only_right and not aligned.replaced:
        return Difference(side, "qualifier-dropped", aligned.only_left)
    if aligned.only_right and not aligned.only_left and not aligned.replaced:
        return Difference(side, "qualifier-added", (), aligned.only_right)
    if aligned.replaced:
        left = tuple(pair[0] for pair in aligned.replaced) + aligned.only_left
        right = tuple(pair[1] for pair in aligned.replaced) + aligned.only_right
        return Difference(side, "other-quantity", left, right)
    return Difference(side, "other-quantity", (wanted,), (printed,))
