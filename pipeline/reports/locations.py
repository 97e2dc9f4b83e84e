"""Excerpts of places: the strip of a page, or the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.reports.html.source_excerpts import MARGIN_ABOVE, MARGIN_BELOW, ExcerptSpot

if TYPE_CHECKING:
    from extractors.model.passage import Box
    from extractors.model.record import Provenance
    from pipeline.models.catalogue import DocumentEntry, Finding, IndicatorEntry


MOST_LINES = 12
"""Lines of an excerpt of a text."""


@dataclass(frozen=True)
class ExcerptView:
    """The excerpt to cut from a page, and the boxes to mark in it."""

    spot: ExcerptSpot | None = None
    boxes: tuple[Box, ...] = ()
    lines: tuple[int, int] | None = None
    """First and last line, for a text without pages."""


@dataclass
class ExcerptViews:
    """The excerpts of a report; a finding shares its indicator's excerpt if that shows the same place."""

    requests: list[tuple[int, ExcerptSpot]] = field(default_factory=list)
    """Priority (the lowest number is the most needed) and spot."""

    def indicator_view(self, indicator: IndicatorEntry, document: DocumentEntry, need: int) -> ExcerptView:
        """Return the view of an indicator's row: its name, and its formula if it is on the same page."""
        name, formula = indicator.name_provenance, indicator.formula_provenance
        provenances = [where for where in (name, formula) if where is not None]
        page = next((where.page for where in provenances if where.page is not None), None)
        boxes = [where.bbox for where in provenances if where.page == page and where.bbox is not None]
        return self._make_view(document, page, boxes, _line_span(provenances), need)

    def finding_view(
        self, finding: Finding, document: DocumentEntry, row: ExcerptView | None, need: int
    ) -> ExcerptView:
        """Return the view of the field that a finding is about."""
        where = finding.place.provenance
        if where is None:
            return ExcerptView()
        if row is not None and row.spot is not None and where.page == row.spot.page and where.bbox:
            _, top, _, bottom = where.bbox
            if row.spot.top - MARGIN_ABOVE <= top and bottom <= row.spot.bottom + MARGIN_BELOW:
                self.requests.append((need, row.spot))
                return ExcerptView(row.spot, (where.bbox,))
        return self._make_view(document, where.page, [where.bbox] if where.bbox else [], where.lines, need)

    def _make_view(
        self,
        document: DocumentEntry,
        page: int | None,
        boxes: list[Box],
        lines: tuple[int, int] | None,
        need: int,
    ) -> ExcerptView:
        if page is None or not boxes:
            return ExcerptView(lines=lines)
        spot = ExcerptSpot(document.sha256, page, min(box[1] for box in boxes), max(box[3] for box in boxes))
        self.requests.append((need, spot))
        return ExcerptView(spot, tuple(boxes))

    def ranked_spots(self) -> list[ExcerptSpot]:
        """Return the spots, the most needed first; equals stay in the order of the catalogue."""
        return [spot for _, spot in sorted(self.requests, key=lambda request: request[0])]


def _line_span(provenances: list[Provenance]) -> tuple[int, int] | None:
    """Return the lines from the first place to the last; only the first place if they are far apart."""
    lines = [where.lines for where in provenances if where.lines is not None]
    if not lines:
        return None
    first, last = min(a for a, _ in lines), max(b for _, b in lines)
    return (first, last) if last - first <= MOST_LINES else lines[0]
