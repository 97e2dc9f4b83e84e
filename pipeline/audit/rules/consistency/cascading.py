"""K rules: what kecamatan of one regency and period, or an agency and its posts, say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.planning_periods import group_by_period, period_relation
from pipeline.audit.domain.text_comparison import same_words, strip_measures
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MIN_POSTS = 2
"""Posts below the Camat from which a decree can be said to pass his indicators on."""


def _equal_unordered(left: list[str], right: list[str]) -> bool:
    """Whether two lists say the same, whatever their order."""
    if len(left) != len(right):
        return False
    unmatched = list(right)
    for entry in left:
        match = next((candidate for candidate in unmatched if same_words(entry, candidate)), None)
        if match is None:
            return False
        unmatched.remove(match)
    return True


def same_entries(left: list[str], right: list[str]) -> bool:
    """Whether two lists say the same, heads and the units that they lead being one."""
    return _equal_unordered(_heads_to_units(left), _heads_to_units(right))


def _heads_to_units(entries: list[str]) -> list[str]:
    """The entries with heads named by their units: *Kasi X* answers where *Seksi X* is said to."""
    heads = load_lexicon().heads
    return [" ".join(heads.get(word, word) for word in split_words(entry)) for entry in entries]


def _differing_entries(context: AuditContext, field: str) -> Iterator[Violation]:
    def field_entries(case: AuditedIndicator) -> list[str]:
        values: list[str] = getattr(case.mention.indicator, field)
        return values

    for indicator in shared_indicators(context):
        stated_cases = tuple(c for c in indicator.cases if field_entries(c))
        groups = group_variants(stated_cases, lambda a, b: same_entries(field_entries(a), field_entries(b)))
        if disagree_across_kecamatan(groups):

            def entry_text(case: AuditedIndicator) -> str:
                return ", ".join(field_entries(case))

            yield variant_violation(indicator, groups, field, entry_text, entry_text, entry_text)


def officers_differ(context: AuditContext) -> Iterator[Violation]:
    """K003: one indicator, several responsible officers."""
    return _differing_entries(context, "responsible")


def sources_differ(context: AuditContext) -> Iterator[Violation]:
    """K004: one indicator, several data sources."""
    return _differing_entries(context, "data_sources")


def _goal_indicator(decree: Decree) -> str | None:
    return decree.holders[0].goal_indicator if decree.kind == "IKU" and decree.holders else None


def goal_indicators_differ(context: AuditContext) -> Iterator[Violation]:
    """K005: agencies of one regency and period pursue goals measured by different indicators."""
    regencies: dict[str, list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and _goal_indicator(decree):
            regencies.setdefault(decree.regency, []).append(decree)
    for regency, decrees in sorted(regencies.items()):
        for group in group_by_period(decrees):
            versions = group_variants(
                group, lambda a, b: same_words(_goal_indicator(a) or "", _goal_indicator(b) or "")
            )
            if len(versions) > 1:
                spots = tuple(
                    Location(d, "/holders/0/goal_indicator", _goal_indicator(d) or "") for d in group
                )
                variant_texts = tuple((_goal_indicator(v[0]) or "", tuple(v)) for v in versions)
                descriptions = [
                    f'"{goal}" ({", ".join(d.kecamatan or "?" for d in v)})' for goal, v in variant_texts
                ]
                yield Violation(
                    spots, {"regency": regency, "variants": "; ".join(descriptions)}, variants=variant_texts
                )


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


RULES = {
    "K003": officers_differ,
    "K004": sources_differ,
    "K005": goal_indicators_differ,
    "K006": not_cascaded,
    "K007": units_differ,
    "K018": not_carried,
}
