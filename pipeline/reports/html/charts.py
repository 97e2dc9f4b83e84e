"""The charts of the overview: the counts, and their positions in the plot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.reports.summary.comparison_matrix import NONE
from pipeline.reports.view_model import FAMILIES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.catalogue import QuestionEntry
    from pipeline.reports.view_model import ReportModel

MARKS = ("equivalent", "differs", "absent", "unreadable", "unlinked")
MOST_ROWS = 12
_LANE_COUNT = 5
"""Number of lanes over which overlapping dots are spread."""


@dataclass(frozen=True)
class BarSegment:
    """A segment of a bar; ``start`` and ``width`` in percent of the plot's width."""

    kind: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class PlotBar:
    """A labelled bar of a chart, with its counts."""

    name: str
    segments: tuple[BarSegment, ...]
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class ScoreDot:
    """A decree's score: percent, lane, and name of the kecamatan."""

    share: float
    lane: int
    name: str


@dataclass(frozen=True)
class ScoreStrip:
    """The scores of all decrees for one question."""

    question: QuestionEntry
    dots: tuple[ScoreDot, ...]
    unscored: int


def finding_bars(content: ReportModel) -> tuple[PlotBar, ...]:
    """Return a bar for each family of findings, divided by severity; the longest has the full width."""
    counts = Counter[tuple[str, str]](
        (finding.code[:1], finding.severity) for finding in content.open_findings
    )
    rows = [(family, [counts[family, severity] for severity in SEVERITIES]) for family in FAMILIES]
    longest = max((sum(row) for _, row in rows), default=0)
    return tuple(_make_bar(family, SEVERITIES, row, longest) for family, row in rows)


def verdict_bars(content: ReportModel) -> tuple[PlotBar, ...]:
    """Return a full-width bar for each of the agencies' most used indicators, divided by verdict."""
    agencies = [group for group in content.matrix_groups if group.kind == "IKU"] or list(
        content.matrix_groups
    )
    counts: dict[str, Counter[str]] = {}
    for group in agencies:
        for row in group.rows:
            counts.setdefault(row.name, Counter()).update(mark for mark in row.marks if mark != NONE)
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_ROWS]
    return tuple(_make_bar(name, MARKS, [tally[m] for m in MARKS], tally.total()) for name, tally in ranked)


def score_strips(content: ReportModel) -> tuple[ScoreStrip, ...]:
    """Return the scores of all decrees for each question."""
    strips = []
    for question in content.catalogue.questions:
        results = [
            (score.share, content.offices[content.office_of[document.id]].name)
            for document in content.catalogue.documents
            for score in document.scores
            if score.question == question.code
        ]
        scored_results = [(share, name) for share, name in results if share is not None]
        strips.append(
            ScoreStrip(
                question, tuple(_spread_dots(sorted(scored_results))), len(results) - len(scored_results)
            )
        )
    return tuple(strips)


def _make_bar(name: str, kinds: Sequence[str], counts: Sequence[int], scale_total: int) -> PlotBar:
    segments, start = [], 0.0
    for kind, count in zip(kinds, counts, strict=True):
        if count:
            width = 100 * count / scale_total
            segments.append(BarSegment(kind, count, round(start, 3), round(width, 3)))
            start += width
    return PlotBar(name, tuple(segments), tuple(counts), sum(counts))


def _spread_dots(scored: Iterable[tuple[float, str]]) -> Iterable[ScoreDot]:
    """Yield the dots; those that would overlap are put into different lanes."""
    last_in_lane: list[float] = [-10.0] * _LANE_COUNT
    for share, name in scored:
        lane = next((n for n, before in enumerate(last_in_lane) if share - before > 1.6), None)
        lane = min(range(_LANE_COUNT), key=lambda n: last_in_lane[n]) if lane is None else lane
        last_in_lane[lane] = share
        yield ScoreDot(share, lane, name)
