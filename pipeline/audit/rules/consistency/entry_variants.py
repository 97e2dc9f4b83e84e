"""K rules on lists: the officers and the sources that kecamatan give for one indicator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.post_names import read_post, same_post
from pipeline.audit.domain.text_comparison import same_words
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator, Violation


def _equal_unordered(left: list[str], right: list[str], is_same: Callable[[str, str], bool]) -> bool:
    """Return whether two lists say the same, whatever their order."""
    if len(left) != len(right):
        return False
    unmatched = list(right)
    for entry in left:
        match = next((candidate for candidate in unmatched if is_same(entry, candidate)), None)
        if match is None:
            return False
        unmatched.remove(match)
    return True


def same_entries(left: list[str], right: list[str]) -> bool:
    """Return whether two lists say the same, heads and the units that they lead being one."""
    return _equal_unordered(left, right, lambda a, b: same_words(a, b) or read_post(a) == read_post(b))


def officers_differ(context: AuditContext) -> Iterator[Violation]:
    """K003: one indicator, several responsible officers."""
    for indicator in shared_indicators(context):
        groups = group_variants(
            tuple(c for c in indicator.cases if _officers(c)),
            lambda a, b: _equal_unordered(_officers(a), _officers(b), same_post),
        )
        if disagree_across_kecamatan(groups):
            yield variant_violation(
                indicator, groups, "responsible", _list_officers, _list_officers, _list_officers
            )


def sources_differ(context: AuditContext) -> Iterator[Violation]:
    """K004: one indicator, several data sources; those that share a word are only worded otherwise."""
    for indicator in shared_indicators(context):
        groups = group_variants(
            tuple(c for c in indicator.cases if _sources(c)),
            lambda a, b: _equal_unordered(_sources(a), _sources(b), same_words),
        )
        if disagree_across_kecamatan(groups):
            violation = variant_violation(
                indicator, groups, "data_sources", _list_sources, _list_sources, _list_sources
            )
            yield violation if _have_foreign_sources(groups) else replace(violation, grade="wording")


def _have_foreign_sources(groups: list[list[AuditedIndicator]]) -> bool:
    """Return whether two kecamatan draw on sources that have no word in common."""
    keys = [(group[0].mention.kecamatan, normalise_text(_list_sources(group[0])).keys) for group in groups]
    return any(
        place != other_place and not words & other_words
        for index, (place, words) in enumerate(keys)
        for other_place, other_words in keys[index + 1 :]
    )


def _officers(case: AuditedIndicator) -> list[str]:
    return case.mention.indicator.responsible


def _sources(case: AuditedIndicator) -> list[str]:
    return case.mention.indicator.data_sources


def _list_officers(case: AuditedIndicator) -> str:
    return ", ".join(_officers(case))


def _list_sources(case: AuditedIndicator) -> str:
    return ", ".join(_sources(case))


RULES = {"K003": officers_differ, "K004": sources_differ}
