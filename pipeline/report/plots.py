"""The figures of the overview: what is counted, and where it stands in its plot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.report.content import FAMILIES, SEVERITIES
from pipeline.summary.matrix import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.catalogue import QuestionEntry
    from pipeline.report.content import Content

MARKS = ("equivalent", "differs", "absent", "unreadable", "unlinked")
MOST_ROWS = 12
_LANES = 5
"""Heights that dots of one score are spread over."""


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in percent of the plot's width."""

    kind: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A row of a bar plot."""

    name: str
    segments: tuple[Segment, ...]
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Dot:
    """A decree's score: percent, lane, and whose it is."""

    share: float
    lane: int
    name: str


@dataclass(frozen=True)
class Strip:
    """The scores of one question."""

    question: QuestionEntry
    dots: tuple[Dot, ...]
    unscored: int


def findings(content: Content) -> tuple[Bar, ...]:
    """Findings of each family by severity; the longest bar is the whole width."""
    counts = Counter[tuple[str, str]]((finding.code[:1], finding.severity) for finding in content.counted)
    rows = [(family, [counts[family, severity] for severity in SEVERITIES]) for family in FAMILIES]
    longest = max((sum(row) for _, row in rows), default=0)
    return tuple(_bar(family, SEVERITIES, row, longest) for family, row in rows)


def verdicts(content: Content) -> tuple[Bar, ...]:
    """The most used indicators of agencies, by the offices' marks; each bar is the whole width."""
    agencies = [group for group in content.groups if group.kind == "IKU"] or list(content.groups)
    counts: dict[str, Counter[str]] = {}
    for group in agencies:
        for row in group.rows:
            counts.setdefault(row.name, Counter()).update(mark for mark in row.marks if mark != NONE)
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_ROWS]
    return tuple(_bar(name, MARKS, [found[m] for m in MARKS], found.total()) for name, found in ranked)


def scores(content: Content) -> tuple[Strip, ...]:
    """Each question with every decree's score."""
    made = []
    for question in content.catalogue.questions:
        found = [
            (score.share, content.offices[content.office_of[document.id]].name)
            for document in content.catalogue.documents
            for score in document.scores
            if score.question == question.code
        ]
        known = [(share, name) for share, name in found if share is not None]
        made.append(Strip(question, tuple(_spread(sorted(known))), len(found) - len(known)))
    return tuple(made)


def _bar(name: str, kinds: Sequence[str], counts: Sequence[int], whole: int) -> Bar:
    segments, start = [], 0.0
    for kind, count in zip(kinds, counts, strict=True):
        if count:
            width = 100 * count / whole
            segments.append(Segment(kind, count, round(start, 3), round(width, 3)))
            start += width
    return Bar(name, tuple(segments), tuple(counts), sum(counts))


def _spread(scored: Iterable[tuple[float, str]]) -> Iterable[Dot]:
    """Dots that would lie upon each other in lanes of their own."""
    last: list[float] = [-10.0] * _LANES
    for share, name in scored:
        lane = next((n for n, before in enumerate(last) if share - before > 1.6), None)
        lane = min(range(_LANES), key=lambda n: last[n]) if lane is None else lane
        last[lane] = share
        yield Dot(share, lane, name)
