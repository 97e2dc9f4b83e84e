"""What a decree's formula has against the definition's, side by side: numerator, denominator, multiplier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pipeline.formulas.comparison.polynomial_algebra import (
    Polynomial,
    PolynomialRatio,
    cancel_factors,
    common_factors,
    multiply_polynomials,
    polynomial_content,
    ratios_equal,
    remove_factors,
    scale_polynomial,
)
from pipeline.formulas.comparison.quantity_matching import cached_alignment

FormulaSide = Literal["numerator", "denominator", "multiplier", "structure"]
DifferenceKind = Literal[
    "qualifier-added", "qualifier-dropped", "other-quantity", "missing-term", "extra-term",
    "missing-multiplier", "other-multiplier", "extra-multiplier",
    "same-as-denominator", "inverted", "other-structure",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormulaDifference:
    """One difference: where, of what kind, and the words of the definition and of the decree it is about."""

    side: FormulaSide
    kind: DifferenceKind
    definition: tuple[str, ...] = ()
    decree: tuple[str, ...] = ()


def name_differences(
    definition: PolynomialRatio, decree: PolynomialRatio, words: tuple[str, ...]
) -> tuple[FormulaDifference, ...]:
    """The differences between two ratios that are not equal, fewest first tried: one for a shared fault."""
    if decree.is_constant and not definition.is_constant:
        return (FormulaDifference("numerator", "same-as-denominator"),)
    multiplier = _multiplier_difference(definition, decree)
    if ratios_equal(
        PolynomialRatio(
            definition.scale, scale_polynomial(definition.numerator, Fraction(-1)), definition.denominator
        ),
        decree,
    ):
        return (FormulaDifference("numerator", "inverted"),)
    if _is_proportional(
        multiply_polynomials(definition.numerator, decree.numerator),
        multiply_polynomials(definition.denominator, decree.denominator),
    ):
        return (FormulaDifference("structure", "inverted"), *multiplier)
    differences = (*_smallest_differences(definition, decree, words), *multiplier)
    if max(len(definition.numerator), len(decree.numerator)) > 1:
        weighted_differences = _smallest_differences(definition, decree, words, weighed=True)
        differences = min(
            differences, (*weighted_differences, *_scale_difference(definition.scale, decree.scale)), key=len
        )
    inverted_differences = _fraction_differences(
        definition, PolynomialRatio(decree.scale, decree.denominator, decree.numerator), words
    )
    if len(inverted_differences) + 1 < len(differences):
        return (FormulaDifference("structure", "inverted"), *inverted_differences, *multiplier)
    if _is_rearranged(differences):
        differences = (FormulaDifference("structure", "other-structure"), *multiplier)
    return tuple(dict.fromkeys(differences)) or (FormulaDifference("structure", "other-structure"),)


def _smallest_differences(
    definition: PolynomialRatio, decree: PolynomialRatio, words: tuple[str, ...], *, weighed: bool = False
) -> tuple[FormulaDifference, ...]:
    """Return the sides' differences, with or without the factors that both sides of a fraction share."""
    return min(
        (
            _fraction_differences(definition_variant, decree_variant, words, weighed)
            for definition_variant in _cancelled_variants(definition)
            for decree_variant in _cancelled_variants(decree)
        ),
        key=len,
    )


def _cancelled_variants(value: PolynomialRatio) -> tuple[PolynomialRatio, ...]:
    """Return the ratio as it is and without its shared factors, if it has any."""
    shorter = cancel_factors(value)
    return (value,) if shorter is value else (value, shorter)


def _is_rearranged(differences: tuple[FormulaDifference, ...]) -> bool:
    """Whether one side lacks and adds terms of the same quantities: they are put together otherwise."""
    for side in ("numerator", "denominator"):
        missing_words = {
            word
            for difference in differences
            if (difference.side, difference.kind) == (side, "missing-term")
            for word in difference.definition
        }
        extra_words = {
            word
            for difference in differences
            if (difference.side, difference.kind) == (side, "extra-term")
            for word in difference.decree
        }
        if missing_words & extra_words:
            return True
    return False


def _is_proportional(left: Polynomial, right: Polynomial) -> bool:
    return PolynomialRatio(Fraction(1), left, right).is_constant


def _multiplier_difference(
    definition: PolynomialRatio, decree: PolynomialRatio
) -> tuple[FormulaDifference, ...]:
    """Return the constant that multiplies the whole."""
    return _scale_difference(
        definition.scale * polynomial_content(definition.numerator),
        decree.scale * polynomial_content(decree.numerator),
    )


def _scale_difference(definition_scale: Fraction, decree_scale: Fraction) -> tuple[FormulaDifference, ...]:
    if definition_scale == decree_scale:
        return ()
    kind: DifferenceKind = "other-multiplier"
    if decree_scale == 1:
        kind = "missing-multiplier"
    elif definition_scale == 1:
        kind = "extra-multiplier"
    return (
        FormulaDifference(
            "multiplier", kind, (_format_constant(definition_scale),), (_format_constant(decree_scale),)
        ),
    )


def _format_constant(value: Fraction) -> str:
    return str(value)


def _fraction_differences(
    definition: PolynomialRatio, decree: PolynomialRatio, words: tuple[str, ...], weighed: bool = False
) -> tuple[FormulaDifference, ...]:
    """Both sides; ``weighed`` keeps the constants of the numerator's terms, which are weights."""
    definition_side, decree_side = (
        side if weighed else _primitive_part(side) for side in (definition.numerator, decree.numerator)
    )
    above = _side_differences("numerator", definition_side, decree_side, words)
    below = _side_differences(
        "denominator", _primitive_part(definition.denominator), _primitive_part(decree.denominator), words
    )
    definition_constant, decree_constant = (
        polynomial_content(definition.denominator),
        polynomial_content(decree.denominator),
    )
    if definition_constant == 1 != decree_constant and len(below) == 1 and below[0].kind == "missing-term":
        return (
            *above,
            FormulaDifference(
                "denominator", "other-quantity", below[0].definition, (_format_constant(decree_constant),)
            ),
        )
    if definition_constant != decree_constant and not any(
        difference.kind == "missing-term" for difference in below
    ):
        kind: DifferenceKind = (
            "missing-term"
            if decree_constant == 1
            else "extra-term"
            if definition_constant == 1
            else "other-quantity"
        )
        below = (
            *below,
            FormulaDifference(
                "denominator",
                kind,
                (_format_constant(definition_constant),),
                (_format_constant(decree_constant),),
            ),
        )
    return (*above, *below)


def _primitive_part(polynomial: Polynomial) -> Polynomial:
    return scale_polynomial(polynomial, 1 / polynomial_content(polynomial))


def _side_differences(
    side: FormulaSide,
    definition_polynomial: Polynomial,
    decree_polynomial: Polynomial,
    words: tuple[str, ...],
) -> tuple[FormulaDifference, ...]:
    """One side's differences: common factors against common factors, terms of the sum against terms."""
    if definition_polynomial == decree_polynomial:
        return ()
    definition_factors, decree_factors = (
        common_factors(definition_polynomial),
        common_factors(decree_polynomial),
    )
    if (len(definition_polynomial) > 1) != (len(decree_polynomial) > 1):
        shared_factors = definition_factors & decree_factors
        definition_factors, decree_factors = shared_factors, shared_factors
    factors = _factor_differences(
        side,
        list((definition_factors - decree_factors).elements()),
        list((decree_factors - definition_factors).elements()),
        words,
    )
    definition_terms, decree_terms = (
        _polynomial_terms(remove_factors(definition_polynomial, definition_factors)),
        _polynomial_terms(remove_factors(decree_polynomial, decree_factors)),
    )
    terms = _pair_terms(side, definition_terms, decree_terms, words)
    return _merge_by_kind((*factors, *terms))


def _merge_by_kind(differences: tuple[FormulaDifference, ...]) -> tuple[FormulaDifference, ...]:
    """Return one difference for each kind: terms of a sum share their fault."""
    kinds: dict[tuple[str, str], FormulaDifference] = {}
    for difference in differences:
        key = (difference.side, difference.kind)
        first = kinds.get(key)
        kinds[key] = difference if first is None else FormulaDifference(
            first.side,
            first.kind,
            (*first.definition, *difference.definition),
            (*first.decree, *difference.decree),
        )  # fmt: skip
    return tuple(kinds.values())


PolynomialTerm = tuple[tuple[int, ...], Fraction]


def _polynomial_terms(polynomial: Polynomial) -> list[PolynomialTerm]:
    """Return each term as its symbols and its coefficient; constants are no terms when they stand alone."""
    terms = [(tuple(Counter(dict(monomial)).elements()), value) for monomial, value in polynomial.items()]
    return terms if len(terms) > 1 else [term for term in terms if term[0]]


def _pair_terms(
    side: FormulaSide, left: list[PolynomialTerm], right: list[PolynomialTerm], words: tuple[str, ...]
) -> tuple[FormulaDifference, ...]:
    missing_terms = [term for term in left if term not in right]
    extra_terms = [term for term in right if term not in left]
    differences: list[FormulaDifference] = []
    pairs = sorted(
        (
            (_term_similarity(a[0], b[0], words), i, j)
            for i, a in enumerate(missing_terms)
            for j, b in enumerate(extra_terms)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    paired_missing: set[int] = set()
    paired_extra: set[int] = set()
    for _, i, j in pairs:
        if i in paired_missing or j in paired_extra:
            continue
        paired_missing.add(i)
        paired_extra.add(j)
        differences += _term_differences(side, missing_terms[i], extra_terms[j], words)
    differences += [
        FormulaDifference(side, "missing-term", tuple(words[s] for s in missing_terms[i][0]))
        for i in range(len(missing_terms))
        if i not in paired_missing
    ]
    differences += [
        FormulaDifference(side, "extra-term", (), tuple(words[s] for s in extra_terms[j][0]))
        for j in range(len(extra_terms))
        if j not in paired_extra
    ]
    return tuple(differences)


def _term_differences(
    side: FormulaSide, definition_term: PolynomialTerm, decree_term: PolynomialTerm, words: tuple[str, ...]
) -> tuple[FormulaDifference, ...]:
    if sorted(definition_term[0]) == sorted(decree_term[0]):
        constants = (_format_constant(definition_term[1]),), (_format_constant(decree_term[1]),)
        if definition_term[1] * decree_term[1] < 0:
            return (FormulaDifference(side, "inverted", *constants),)
        if side == "numerator" and definition_term[0]:  # the weight of a term
            return (FormulaDifference("multiplier", "other-multiplier", *constants),)
        return (FormulaDifference(side, "other-quantity", *constants),)
    definition_factors, decree_factors = Counter(definition_term[0]), Counter(decree_term[0])
    return _factor_differences(
        side,
        list((definition_factors - decree_factors).elements()),
        list((decree_factors - definition_factors).elements()),
        words,
    )


def _term_similarity(left: tuple[int, ...], right: tuple[int, ...], words: tuple[str, ...]) -> float:
    """Return how alike two terms are: the mean of their symbols' best likenesses."""
    if not left or not right:
        return 0.0
    best = [max(1.0 if a == b else cached_alignment(words[a], words[b]).score for b in right) for a in left]
    return sum(best) / max(len(left), len(right))


def _factor_differences(
    side: FormulaSide, missing_symbols: list[int], extra_symbols: list[int], words: tuple[str, ...]
) -> tuple[FormulaDifference, ...]:
    """Factors left without partner, paired by likeness; what stays alone is missing or extra."""
    differences: list[FormulaDifference] = []
    missing_symbols, extra_symbols = list(missing_symbols), list(extra_symbols)
    while missing_symbols and extra_symbols:
        _, i, j = max(
            (cached_alignment(words[a], words[b]).score, -i, -j)
            for i, a in enumerate(missing_symbols)
            for j, b in enumerate(extra_symbols)
        )
        differences.append(
            _quantity_difference(side, words[missing_symbols.pop(-i)], words[extra_symbols.pop(-j)])
        )
    differences += [FormulaDifference(side, "missing-term", (words[symbol],)) for symbol in missing_symbols]
    differences += [FormulaDifference(side, "extra-term", (), (words[symbol],)) for symbol in extra_symbols]
    return tuple(differences)


def _quantity_difference(side: FormulaSide, definition_words: str, decree_words: str) -> FormulaDifference:
    """Return one quantity in another's place: a qualifier more or less, or another thing."""
    aligned = cached_alignment(definition_words, decree_words)
    if aligned.only_left and not aligned.only_right and not aligned.replaced:
        return FormulaDifference(side, "qualifier-dropped", aligned.only_left)
    if aligned.only_right and not aligned.only_left and not aligned.replaced:
        return FormulaDifference(side, "qualifier-added", (), aligned.only_right)
    if aligned.replaced:
        left = tuple(pair[0] for pair in aligned.replaced) + aligned.only_left
        right = tuple(pair[1] for pair in aligned.replaced) + aligned.only_right
        return FormulaDifference(side, "other-quantity", left, right)
    return FormulaDifference(side, "other-quantity", (definition_words,), (decree_words,))
