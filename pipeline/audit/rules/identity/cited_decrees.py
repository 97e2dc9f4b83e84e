"""I017: a decree that cites one other decree under two numbers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.audit.core.audit_context import Location, Violation, text_origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext

MIN_SERIAL_DIGITS = 2
"""Digits of a serial from which one other digit is a slip: 8 and 9 are simply two decrees."""

_CITED_NUMBER = re.compile(r"\bnomor\s*:?\s*(\d[\w.-]*(?:\s*/\s*[\w.-]+){2,})", re.IGNORECASE)


def reference_mismatch(context: AuditContext) -> Iterator[Violation]:
    """I017: two cited numbers that differ in one digit of the serial; the rarer one is the place."""
    for decree in context.decrees:
        cited: dict[str, list[Location]] = {}
        for pointer, text in _citing_texts(decree):
            for number in dict.fromkeys(_squash_number(match[1]) for match in _CITED_NUMBER.finditer(text)):
                cited.setdefault(number, []).append(Location(decree, pointer, text))
        counts = Counter({number: len(spots) for number, spots in cited.items()})
        for pair in combinations(cited, 2):
            if _differ_by_slip(*pair):
                rare, common = sorted(pair, key=lambda number: counts[number])
                yield Violation(
                    (*cited[rare], *cited[common]),
                    {"number": rare, "other": common},
                    circumstance=text_origin(decree),
                )


def _citing_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    yield "/title", decree.title or ""
    for field, texts in (
        ("considerations", decree.considerations),
        ("legal_basis", decree.legal_basis),
        ("dictums", decree.dictums),
    ):
        yield from ((f"/{field}/{index}", text) for index, text in enumerate(texts))


def _squash_number(number: str) -> str:
    return "".join(number.split()).rstrip(".,;-").upper()


def _differ_by_slip(left: str, right: str) -> bool:
    """Return whether two numbers are of one office and year and differ in one digit of the serial."""
    left_parts, right_parts = left.split("/"), right.split("/")
    if len(left_parts) != len(right_parts) or left_parts[-1] != right_parts[-1]:
        return False
    differing = [(a, b) for a, b in zip(left_parts, right_parts, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    return (
        a.isdigit()
        and b.isdigit()
        and min(len(a), len(b)) >= MIN_SERIAL_DIGITS
        and DamerauLevenshtein.distance(a, b) == 1
    )


RULES = {"I017": reference_mismatch}
