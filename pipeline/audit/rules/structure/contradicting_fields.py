"""S rules on fields of one indicator that contradict each other, or hold what belongs elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.formula_shape import quantity_words
from pipeline.audit.domain.text_comparison import shares_content, strip_measures
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MIN_NAME_WORDS = 2
"""Content words of another indicator's name that an explanation must hold to be about that one."""


def _make_violation(case: AuditedIndicator, field: str, quote: str, **values: str) -> Violation:
    return Violation(
        (indicator_location(case, field, quote),),
        {"name": case.mention.name, **values},
        case.level,
        case.origin,
    )


def mislabelled_index(context: AuditContext) -> Iterator[Violation]:
    """S039: an index under the abbreviation of another one (*Indeks Pelayanan Publik (IKM)*)."""
    for case in context.cases:
        outside, separator, bracket = case.mention.name.partition("(")
        if separator:
            named, labelled = _index_keys(outside), _index_keys(bracket.partition(")")[0])
            if named and labelled and not named & labelled:
                yield _make_violation(
                    case, "name", case.mention.name, label=bracket.partition(")")[0].strip()
                )


def _index_keys(text: str) -> set[str]:
    return {token.key for token in normalise_text(text).tokens if token.kind == "index"}


def not_a_post(context: AuditContext) -> Iterator[Violation]:
    """S041: a document, a budget or an activity stands where a post should answer."""
    lexicon = load_lexicon()
    for case in context.cases:
        for index, entry in enumerate(case.mention.indicator.responsible):
            words = split_words(entry)
            is_post = lexicon.own_officers.occurs_in(entry) or lexicon.head.occurs_in(entry)
            is_thing = lexicon.documents.match_start(entry) or lexicon.activity_words.match_start(entry)
            if words and is_thing and not is_post:
                yield _make_violation(case, f"responsible/{index}", entry, responsible=entry)


def cumulated_score(context: AuditContext) -> Iterator[Violation]:
    """S042: an index or a mean is said to be cumulated, which only counts and shares of a whole can be."""
    lexicon = load_lexicon()
    for case in context.cases:
        name = case.mention.name
        is_state = lexicon.scores.match_start(name) or lexicon.means.match_start(name)
        for header, value in case.mention.indicator.extra.items():
            if (
                is_state
                and lexicon.calculation_headers.occurs_in(header)
                and lexicon.cumulative.is_entry(" ".join(split_words(value)))
            ):
                yield _make_violation(
                    case, f"extra/{header.replace('~', '~0').replace('/', '~1')}", value, value=value
                )


def explains_other_indicator(context: AuditContext) -> Iterator[Violation]:
    """S043: the explanation says nothing of its own indicator and all of another one's name."""
    for decree in context.decrees:
        cases = context.decree_cases(decree)
        for case in cases:
            explanation = case.mention.indicator.explanation or ""
            kecamatan = case.mention.kecamatan
            counted = quantity_words(case.formula) if case.formula else ""
            own_text = f"{case.mention.name} {counted}"
            if not explanation or shares_content(own_text, explanation, kecamatan):
                continue
            keys = normalise_text(explanation, kecamatan).keys
            other = next((c for c in cases if c is not case and _is_named_in(c, keys)), None)
            if other is not None:
                yield _make_violation(case, "explanation", explanation, other=other.mention.name)


def _is_named_in(case: AuditedIndicator, keys: frozenset[str]) -> bool:
    name_keys = normalise_text(strip_measures(case.mention.name), case.mention.kecamatan).keys
    return len(name_keys) >= MIN_NAME_WORDS and name_keys <= keys


def compound_objective(context: AuditContext) -> Iterator[Violation]:
    """S040: one objective that wants two results (*Meningkatnya … dan terwujudnya …*)."""
    lexicon = load_lexicon()
    for case in context.cases:
        objective = case.mention.indicator.objective or ""
        parts = lexicon.conjunctions.pattern.split(objective)
        results = [
            verb
            for part in parts
            if (verb := lexicon.raising.match_start(part) or lexicon.lowering.match_start(part))
        ]
        if len(results) > 1:
            yield _make_violation(case, "objective", objective, objective=objective, count=str(len(results)))


RULES = {
    "S039": mislabelled_index,
    "S040": compound_objective,
    "S041": not_a_post,
    "S042": cumulated_score,
    "S043": explains_other_indicator,
}
