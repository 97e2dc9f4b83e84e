"""What can be seen of a place: the strip of a page, or the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.reports.html.source_excerpts import MARGIN_ABOVE, MARGIN_BELOW, ExcerptSpot

if TYPE_CHECKING:
    from extractors.model.passage import Box
    from extractors.model.record import Provenance
    from pipeline.models.catalogue import DocumentEntry, Finding, IndicatorEntry


@dataclass(frozen=True)
class ExcerptView:
    """What is to be cut out of a page, and the boxes to mark in it."""

    spot: ExcerptSpot | None = None
    boxes: tuple[Box, ...] = ()
    lines: tuple[int, int] | None = None
    """Of a text, which has no pages."""


@dataclass
class ExcerptViews:
    """The views of a report; a finding shares its indicator's, where that shows it."""

    requests: list[tuple[int, ExcerptSpot]] = field(default_factory=list)
    """How little each is needed, and the spot."""

    def indicator_view(self, indicator: IndicatorEntry, document: DocumentEntry, need: int) -> ExcerptView:
        """The row of an indicator: its name and its formula, as far as they stand on one page."""
        name, formula = indicator.name_provenance, indicator.formula_provenance
        provenances = [where for where in (name, formula) if where is not None]
        page = next((where.page for where in provenances if where.page is not None), None)
        boxes = [where.bbox for where in provenances if where.page == page and where.bbox is not None]
        return self._make_view(document, page, boxes, _line_span(provenances), need)

    def finding_view(
        self, finding: Finding, document: DocumentEntry, row: ExcerptView | None, need: int
    ) -> ExcerptView:
        """The field that a finding is about."""
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
        """The spots, those that are needed most first; the order of the catalogue settles the rest."""
        return [spot for _, spot in sorted(self.requests, key=lambda request: request[0])]


def _line_span(provenances: list[Provenance]) -> tuple[int, int] | None:
    """The lines from the first place to the last; the first alone where they lie far apart."""
    lines = [where.lines for where in provenances if where.lines is not None]
    if not lines:
        return None
    first, last = min(a for a, _ in lines), max(b for _, b in lines)
    return (first, last) if last - first <= MOST_LINES else lines[0]


MOST_LINES = 12
