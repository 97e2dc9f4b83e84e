"""Places in words, and what can be seen of them: the strip of a page, or the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.report.labels import told
from pipeline.report.originals import ABOVE, BELOW, Spot

if TYPE_CHECKING:
    from extractors.passage import Box
    from extractors.record import Provenance
    from pipeline.catalogue import DocumentEntry, Finding, IndicatorEntry, Wording


def worded(where: Provenance | None) -> Wording:
    """A page or lines, in words."""
    if where is not None and where.page is not None:
        return told("page", page=where.page)
    if where is not None and where.lines is not None:
        first, last = where.lines
        return told("line", line=first) if first == last else told("lines", first=first, last=last)
    return told("place_unknown")


@dataclass(frozen=True)
class View:
    """What is to be cut out of a page, and the boxes to mark in it."""

    spot: Spot | None = None
    boxes: tuple[Box, ...] = ()
    lines: tuple[int, int] | None = None
    """Of a text, which has no pages."""


@dataclass
class Views:
    """The views of a report; a finding shares its indicator's, where that shows it."""

    wanted: list[tuple[int, Spot]] = field(default_factory=list)
    """How little each is needed, and the spot."""

    def of_indicator(self, indicator: IndicatorEntry, document: DocumentEntry, need: int) -> View:
        """The row of an indicator: its name and its formula, as far as they stand on one page."""
        name, formula = indicator.name_provenance, indicator.formula_provenance
        both = [where for where in (name, formula) if where is not None]
        page = next((where.page for where in both if where.page is not None), None)
        boxes = [where.bbox for where in both if where.page == page and where.bbox is not None]
        return self._view(document, page, boxes, _span(both), need)

    def of_finding(self, finding: Finding, document: DocumentEntry, row: View | None, need: int) -> View:
        """The field that a finding is about."""
        where = finding.place.provenance
        if where is None:
            return View()
        if row is not None and row.spot is not None and where.page == row.spot.page and where.bbox:
            _, top, _, bottom = where.bbox
            if row.spot.top - ABOVE <= top and bottom <= row.spot.bottom + BELOW:
                self.wanted.append((need, row.spot))
                return View(row.spot, (where.bbox,))
        return self._view(document, where.page, [where.bbox] if where.bbox else [], where.lines, need)

    def _view(
        self,
        document: DocumentEntry,
        page: int | None,
        boxes: list[Box],
        lines: tuple[int, int] | None,
        need: int,
    ) -> View:
        if page is None or not boxes:
            return View(lines=lines)
        spot = Spot(document.sha256, page, min(box[1] for box in boxes), max(box[3] for box in boxes))
        self.wanted.append((need, spot))
        return View(spot, tuple(boxes))

    def ranked(self) -> list[Spot]:
        """The spots, those that are needed most first; the order of the catalogue settles the rest."""
        return [spot for _, spot in sorted(self.wanted, key=lambda one: one[0])]


def _span(both: list[Provenance]) -> tuple[int, int] | None:
    """The lines from the first place to the last; the first alone where they lie far apart."""
    lines = [where.lines for where in both if where.lines is not None]
    if not lines:
        return None
    first, last = min(a for a, _ in lines), max(b for _, b in lines)
    return (first, last) if last - first <= MOST_LINES else lines[0]


MOST_LINES = 12
