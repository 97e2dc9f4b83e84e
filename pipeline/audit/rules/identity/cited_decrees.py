"""I rules on citations: one other decree, or one regulation, that is cited in two ways."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.phrase_pattern import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext

MIN_SERIAL_DIGITS = 2
"""Digits of a serial from which one other digit is a slip: 8 and 9 are simply two decrees."""

MIN_SUBJECT_WORDS = 2
"""Words of a subject from which it says which regulation is meant."""
SUBJECT_LENGTH, MIN_SAME_SUBJECT = 200, 0.9
"""Characters of a regulation's subject that are compared, and the share of its words that must agree."""

_REGULATION = re.compile(
    r"(?P<title>(?P<kind>(?:peraturan|keputusan|instruksi)(?:\s+[^\W\d_]+){1,6}?|undang-undang)\s+nomor\s+"
    r"(?P<number>\d+)\s+tahun\s+(?P<year>\d{4}))(?:\s+tentang\s+(?P<subject>[^;(]+))?",
    re.IGNORECASE,
)
_CITED_NUMBER = re.compile(r"\bnomor\s*:?\s*(\d[\w.-]*(?:\s*/\s*[\w.-]+){2,})", re.IGNORECASE)


class Citation(NamedTuple):
    """A regulation as one text cites it."""

    kind: str
    number: str
    year: str
    subject: frozenset[str]
    """The words behind *tentang*."""
    title: str


def reference_mismatch(context: AuditContext) -> Iterator[Violation]:
    """I017: two cited numbers that differ in one digit of the serial; the rarer one is the place."""
    for decree in context.decrees:
        cited: dict[str, list[Location]] = {}
        for pointer, text in _citing_texts(decree):
            for number in dict.fromkeys(_squash_number(match[1]) for match in _CITED_NUMBER.finditer(text)):
                cited.setdefault(number, []).append(Location(decree, pointer, text))
        for other in _earlier_decrees(context, decree):
            number = _squash_number(other.number or "")
            if any(_differ_by_slip(number, cited_number) for cited_number in cited):
                # The decree itself is the best witness of its number.
                cited.setdefault(number, []).extend([Location(other, "/number", other.number or "")] * 2)
        counts = Counter({number: len(spots) for number, spots in cited.items()})
        for pair in combinations(cited, 2):
            if _differ_by_slip(*pair):
                rare, common = sorted(pair, key=lambda number: counts[number])
                yield Violation(
                    (*cited[rare], *cited[common]),
                    {"number": rare, "other": common},
                    circumstance=text_origin(decree),
                )


def regulation_cited_twice(context: AuditContext) -> Iterator[Violation]:
    """I019: one regulation (of one kind and subject) cited with two numbers or years."""
    for decree in context.decrees:
        citations = [
            (_read_citation(match), Location(decree, pointer, text))
            for pointer, text in _citing_texts(decree)
            for match in _REGULATION.finditer(text)
        ]
        for (left, left_place), (right, right_place) in combinations(citations, 2):
            if _same_regulation(left, right) and (left.number, left.year) != (right.number, right.year):
                values = {"number": right.title, "other": left.title}
                yield Violation((right_place, left_place), values, circumstance=text_origin(decree))


def _earlier_decrees(context: AuditContext, decree: Decree) -> Iterator[Decree]:
    """Return the other decrees of the same office, which this one may cite."""
    for other in context.decrees:
        is_same_office = (other.regency, other.kecamatan) == (decree.regency, decree.kecamatan)
        if other is not decree and other.number and decree.kecamatan and is_same_office:
            yield other


def _read_citation(match: re.Match[str]) -> Citation:
    subject = frozenset(split_words((match["subject"] or "")[:SUBJECT_LENGTH]))
    kind = " ".join(match["kind"].casefold().split())
    title = " ".join(match["title"].split())
    return Citation(kind, match["number"].lstrip("0"), match["year"], subject, title)


def _same_regulation(left: Citation, right: Citation) -> bool:
    """Return whether two citations share kind, subject, and number or year, so that the other is a slip."""
    if left.kind != right.kind or not left.subject or not right.subject:
        return False
    shared = len(left.subject & right.subject)
    # Running text goes on behind the subject: the shorter one is held against the longer.
    is_same_subject = shared >= MIN_SUBJECT_WORDS and shared >= MIN_SAME_SUBJECT * min(
        len(left.subject), len(right.subject)
    )
    return is_same_subject and (left.number == right.number or left.year == right.year)


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


RULES = {"I017": reference_mismatch, "I019": regulation_cited_twice}
