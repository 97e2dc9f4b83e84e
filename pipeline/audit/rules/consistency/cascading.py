"""K rules on cascading: what an agency's decree and the decree of its posts say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.ocr_damage import has_formula_damage
from pipeline.audit.domain.planning_periods import period_relation
from pipeline.audit.domain.text_comparison import readable_formula, same_words, strip_measures
from pipeline.formulas import compare_formulas
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MIN_POSTS = 2
"""Posts below the Camat from which a decree can be said to pass his indicators on."""


def _shares_most_words(content: list[str], post_words: frozenset[str]) -> bool:
    """Whether a post's indicator serves the agency's: most content words of the name are there."""
    return 2 * sum(word in post_words for word in content) > len(content)


def is_carried_by(agency_case: AuditedIndicator, post_case: AuditedIndicator) -> bool:
    """Whether a post's indicator serves the agency's by its words, or measures the same thing."""
    if agency_case.target is not None and agency_case.target == post_case.target:
        return True
    return _shares_most_words(_content_words(agency_case), frozenset(split_words(post_case.mention.name)))


def _content_words(case: AuditedIndicator) -> list[str]:
    marker = load_lexicon().participle_markers
    return [word for word in split_words(strip_measures(case.mention.name)) if not marker.is_entry(word)]


def not_cascaded(context: AuditContext) -> Iterator[Violation]:
    """K006: no position of the kecamatan carries an indicator of its agency."""
    for agency in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        posts = [
            d
            for d in context.decrees
            if d.kind == "IKI"
            and (d.kecamatan, d.regency) == (agency.kecamatan, agency.regency)
            and period_relation(agency, d) != "other"
        ]
        post_cases = [case for decree in posts for case in context.decree_cases(decree)]
        targets = {case.target for case in post_cases} - {None}
        post_names = {frozenset(split_words(case.mention.name)) for case in post_cases}
        if not post_cases:
            continue
        for case in context.decree_cases(agency):
            name, content = case.mention.name, _content_words(case)
            if case.target not in targets and not any(
                _shares_most_words(content, post_words) for post_words in post_names
            ):
                spots = (indicator_location(case, "", name), *(Location(d, "/holders") for d in posts))
                yield Violation(spots, {"name": name, "kecamatan": agency.kecamatan or ""}, case.level)


def not_carried(context: AuditContext) -> Iterator[Violation]:
    """K018: in a decree of posts, no officer or clerk carries an indicator of the Camat.

    Only where they carry others of his: a Camat may keep indicators to himself, but then all alike.
    """
    for decree in context.decrees:
        heads = [case for case in context.decree_cases(decree) if case.level == "head"]
        post_cases = [case for case in context.decree_cases(decree) if case.level in ("officer", "staff")]
        posts = {case.mention.holder_index for case in post_cases}
        uncarried = [
            case for case in heads if not any(is_carried_by(case, post_case) for post_case in post_cases)
        ]
        if len(posts) < MIN_POSTS or 2 * len(uncarried) >= len(heads):
            continue
        for case in uncarried:
            yield Violation(
                (indicator_location(case, "", case.mention.name),),
                {"name": case.mention.name},
                case.level,
                case.origin,
            )


def units_differ(context: AuditContext) -> Iterator[Violation]:
    """K007: two posts of one decree measure the same thing, one as a share, the other as a count."""
    percent, counts = load_lexicon().percentages, load_lexicon().counts
    for decree in context.decrees:
        shares: dict[frozenset[str], list[AuditedIndicator]] = {}
        for case in context.decree_cases(decree):
            if percent.occurs_in(case.mention.name):
                shares.setdefault(_measured_thing(case), []).append(case)
        for count_case in (c for c in context.decree_cases(decree) if counts.match_start(c.mention.name)):
            thing = _measured_thing(count_case)
            share_cases = shares.get(thing, ()) if thing else ()
            share_case = next(
                (c for c in share_cases if c.mention.holder_index != count_case.mention.holder_index), None
            )
            if share_case is not None:
                values = {"name": count_case.mention.name, "other": share_case.mention.name}
                yield Violation(
                    (indicator_location(count_case, "formula"), indicator_location(share_case, "formula")),
                    values,
                    count_case.level,
                )


def _measured_thing(case: AuditedIndicator) -> frozenset[str]:
    """What an indicator measures, whatever its measure and over whatever span of time."""
    return normalise_text(_strip_period(case.mention.name), case.mention.kecamatan).keys


def _strip_period(name: str) -> str:
    """What is measured: without measure words, span of time and the words that only bound it."""
    table = load_lexicon()
    words = [
        w
        for w in split_words(strip_measures(name))
        if not table.periods.is_entry(w) and not table.bounds.is_entry(w)
    ]
    return " ".join(word for word in words if not word.isdigit())


def cascaded_formula_differs(context: AuditContext) -> Iterator[Violation]:
    """K015: a post carries the agency's indicator and computes it by another formula."""
    for agency, posts in _agencies_with_posts(context):
        agency_cases = {c.target: c for c in context.decree_cases(agency) if c.target and c.formula}
        for case in (c for post in posts for c in context.decree_cases(post) if c.formula):
            agency_case = agency_cases.get(case.target or "")
            if (
                agency_case is None
                or has_formula_damage(case.mention.raw_formula)
                or has_formula_damage(agency_case.mention.raw_formula)
            ):
                continue
            comparison = compare_formulas(agency_case.mention.expression or "", case.mention.expression)
            if comparison.verdict == "differs" and any(
                d.side != "multiplier" for d in comparison.differences
            ):
                spots = (
                    indicator_location(case, "formula", case.mention.raw_formula or ""),
                    indicator_location(agency_case, "formula", agency_case.mention.raw_formula or ""),
                )
                values = {
                    "name": case.mention.name,
                    "formula": readable_formula(case.mention.expression or ""),
                    "other": readable_formula(agency_case.mention.expression or ""),
                }
                yield Violation(spots, values, case.level, case.origin)


def serves_nothing(context: AuditContext) -> Iterator[Violation]:
    """K016: a post's indicator that serves no objective and no indicator of its agency."""
    for agency, posts in _agencies_with_posts(context):
        agency_cases = context.decree_cases(agency)
        agency_targets = {c.target for c in agency_cases} - {None}
        agency_objectives = {c.mention.indicator.objective for c in agency_cases} - {None}
        for case in (c for post in posts for c in context.decree_cases(post)):
            objective = case.mention.indicator.objective
            if not objective or not agency_cases or case.target in agency_targets:
                continue
            serves_objective = any(same_words(objective, aim or "") for aim in agency_objectives)
            if not serves_objective and not any(
                is_carried_by(c, case) or is_carried_by(case, c) for c in agency_cases
            ):
                spots = (indicator_location(case, "objective", objective), Location(agency, "/holders/0"))
                yield Violation(spots, {"name": case.mention.name, "objective": objective}, case.level)


def _agencies_with_posts(context: AuditContext) -> Iterator[tuple[Decree, list[Decree]]]:
    """Each agency's decree with those of the posts of the same kecamatan and period."""
    for agency in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        place = (agency.kecamatan, agency.regency)
        posts = [
            d
            for d in context.decrees
            if d.kind == "IKI" and (d.kecamatan, d.regency) == place and period_relation(agency, d) != "other"
        ]
        if posts:
            yield agency, posts


RULES = {
    "K006": not_cascaded,
    "K007": units_differ,
    "K015": cascaded_formula_differs,
    "K016": serves_nothing,
    "K018": not_carried,
}
