"""Excerpts of the decrees' files, pictures or lines of text, that show a quotation in its context."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import extractors
from extractors.errors import ReadError
from pipeline.reports.sanitize import reveal_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PIL.Image import Image as Picture

    from extractors.model.passage import Box

DPI = 110
WEBP_QUALITY = 38
"""Print stays sharp; the picture of a table row takes 5 to 10 kB."""
USUAL_CROP_BYTES = 7000
"""Usual size of a picture; it limits how many are rendered for a budget."""
MARGIN_ABOVE, MARGIN_BELOW, MAX_CROP_HEIGHT = 14.0, 14.0, 300.0
"""Margins around a spot and the largest height of a crop, in points."""
MAX_LINE_LENGTH = 900


class ExcerptSpot(NamedTuple):
    """A place on a page of a file."""

    sha256: str
    page: int
    top: float
    """Distance from the top of the page in points, as ``bottom``."""
    bottom: float


@dataclass(frozen=True)
class PageCrop:
    """A strip of a page over its full width; coordinates in points."""

    webp: bytes
    left: float
    top: float
    width: float
    height: float

    def clip_box(self, box: Box) -> tuple[float, float, float, float] | None:
        """Return a box of the page as fractions of the crop (x, y, width, height); None if it is outside."""
        x0, top, x1, bottom = box
        if bottom <= self.top or top >= self.top + self.height:
            return None
        upper, lower = max(top - self.top, 0.0), min(bottom - self.top, self.height)
        parts = ((x0 - self.left) / self.width, upper / self.height)
        sides = ((x1 - x0) / self.width, (lower - upper) / self.height)
        x, y, width, height = (round(part, 4) for part in (*parts, *sides))
        return x, y, width, height


class Originals:
    """The decrees' files by the SHA-256 of their content; their names do not matter."""

    def __init__(self, files: Mapping[str, Path] | None = None, passwords: Sequence[str] = ()) -> None:
        self._files = dict(files or {})
        self._passwords = tuple(passwords)
        self._lines: dict[str, list[str]] = {}

    @classmethod
    def from_paths(cls, paths: Iterable[Path], passwords: Sequence[str] = ()) -> Originals:
        """Return the readable files among the paths; ``passwords`` are tried in turn on a locked PDF."""
        path_by_digest: dict[str, Path] = {}
        for path in paths:
            try:
                path_by_digest.setdefault(sha256(extractors.read_content(path)).hexdigest(), path)
            except ReadError:
                continue  # the catalogue reports why it could not be read
        return cls(path_by_digest, passwords)

    def __contains__(self, digest: object) -> bool:
        return digest in self._files

    def cut_crops(self, spots: Sequence[ExcerptSpot], budget: int) -> dict[ExcerptSpot, PageCrop]:
        """Return pictures of the spots, in their order, as many as fit the budget (bytes)."""
        candidate_spots = [spot for spot in dict.fromkeys(spots) if spot.sha256 in self._files]
        candidate_spots = candidate_spots[: max(0, budget) // USUAL_CROP_BYTES * 3 // 2]
        by_file: dict[str, list[ExcerptSpot]] = defaultdict(list)
        for spot in candidate_spots:
            by_file[spot.sha256].append(spot)
        crop_by_spot: dict[ExcerptSpot, PageCrop] = {}
        for digest in sorted(by_file):
            crop_by_spot |= self._cut_file(digest, by_file[digest])
        fitting_crops: dict[ExcerptSpot, PageCrop] = {}
        for spot in candidate_spots:
            if spot in crop_by_spot and len(crop_by_spot[spot].webp) <= budget:
                fitting_crops[spot] = crop_by_spot[spot]
                budget -= len(crop_by_spot[spot].webp)
        return fitting_crops

    def text_lines(self, digest: str, first: int, last: int) -> str:
        """Return lines of a text file, long ones cut; empty if they are not available."""
        if digest in self._files and digest not in self._lines:
            self._lines[digest] = _decode_lines(self._files[digest])
        line_range = self._lines.get(digest, [])[max(0, first - 1) : last]
        return "\n".join(
            reveal_hidden(line if len(line) <= MAX_LINE_LENGTH else line[: MAX_LINE_LENGTH - 1] + "…")
            for line in line_range
        )

    def _cut_file(self, digest: str, spots: list[ExcerptSpot]) -> dict[ExcerptSpot, PageCrop]:
        """Return the pictures of a file's spots; empty if the file cannot be opened."""
        import pypdfium2 as pdfium

        from extractors.debug.page_images import has_pages

        path = self._files[digest]
        try:
            data = extractors.read_content(path)
        except ReadError:
            return {}
        if sha256(data).hexdigest() != digest or not has_pages(data, path.name):
            return {}  # the file has changed since the build
        for password in (None, *self._passwords):
            try:
                return _cut_strips(data, path.name, spots, password)
            except (ReadError, pdfium.PdfiumError):
                continue
        return {}


def _cut_strips(
    data: bytes, name: str, spots: list[ExcerptSpot], password: str | None
) -> dict[ExcerptSpot, PageCrop]:
    """Return the pictures of a file's spots; each page is rendered once."""
    from extractors.debug.page_images import render_pages

    by_page: dict[int, list[ExcerptSpot]] = defaultdict(list)
    for spot in spots:
        by_page[spot.page].append(spot)
    crop_by_spot: dict[ExcerptSpot, PageCrop] = {}
    for number, picture in render_pages(data, name, DPI, by_page, password):
        if picture is None:
            continue
        for spot in by_page[number]:
            if (crop := _cut_strip(picture, spot)) is not None:
                crop_by_spot[spot] = crop
    return crop_by_spot


def _cut_strip(picture: Picture, spot: ExcerptSpot) -> PageCrop | None:
    """Return the strip of a page; None if the spot is outside of the page."""
    point = DPI / 72
    top = max(0.0, spot.top - MARGIN_ABOVE)
    bottom = min(picture.height / point, spot.bottom + MARGIN_BELOW, top + MAX_CROP_HEIGHT)
    if bottom - top < 1:
        return None
    pixels = (0, round(top * point), picture.width, round(bottom * point))
    buffer = io.BytesIO()
    picture.convert("L").crop(pixels).save(buffer, "WEBP", quality=WEBP_QUALITY, method=4)
    height = (pixels[3] - pixels[1]) / point
    return PageCrop(buffer.getvalue(), 0.0, pixels[1] / point, picture.width / point, height)


def _decode_lines(path: Path) -> list[str]:
    from extractors.debug.page_images import has_pages
    from extractors.text.encoding import decode_text

    try:
        data = extractors.read_content(path)
        return [] if has_pages(data, path.name) else decode_text(data).split("\n")
    except ReadError:
        return []
