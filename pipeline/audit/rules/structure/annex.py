"""S rules on the annex: rows in order, under the right kind, and each activity once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.messages import format_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext


def _make_violation(decree: Decree, pointer: str, quote: str, *others: str, **values: str) -> Violation:
    spots = (Location(decree, pointer, quote), *(Location(decree, other) for other in others))
    return Violation(spots, values, circumstance=text_origin(decree))


def disordered_numbers(context: AuditContext) -> Iterator[Violation]:
    """S044: the row numbers of a table of the annex do not go up by one."""
    for decree in context.decrees:
        rows = list(enumerate(decree.activities))
        for (_, before), (index, row) in pairwise(rows):
            if row.category != before.category or row.number is None or before.number is None:
                continue
            if row.number != before.number + 1:
                numbers = {"number": str(row.number), "before": str(before.number)}
                yield _make_violation(decree, f"/activities/{index}/number", str(row.number), **numbers)


def wrong_category(context: AuditContext) -> Iterator[Violation]:
    """S045: an activity stands under a kind that its own first word contradicts."""
    kinds = load_lexicon().activity_kinds
    for decree in context.decrees:
        for index, row in enumerate(decree.activities):
            named = next((kind for kind, words in kinds.items() if words.match_start(row.name)), None)
            if named is not None and named != row.category:
                is_kind, as_kind = format_phrase(f"kind-{named}"), format_phrase(f"kind-{row.category}")
                values = {"activity": row.name, "is_id": is_kind.id, "is_en": is_kind.en}
                values |= {"as_id": as_kind.id, "as_en": as_kind.en}
                yield _make_violation(decree, f"/activities/{index}/name", row.name, **values)


def repeated_activity(context: AuditContext) -> Iterator[Violation]:
    """S046: one activity is counted under several kinds, or twice under one."""
    for decree in context.decrees:
        first_place: dict[str, str] = {}
        for index, row in enumerate(decree.activities):
            for number, activity in enumerate(row.activities):
                pointer = f"/activities/{index}/activities/{number}"
                key = " ".join(split_words(activity))
                if key in first_place:
                    yield _make_violation(decree, pointer, activity, first_place[key], activity=activity)
                first_place.setdefault(key, pointer)


RULES = {"S044": disordered_numbers, "S045": wrong_category, "S046": repeated_activity}
