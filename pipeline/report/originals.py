"""The decrees' own files: pictures and lines cut from them, so that a quotation is seen where it stands."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import extractors
from extractors.errors import ReadError
from pipeline.report.disarm import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PIL.Image import Image as Picture

    from extractors.passage import Box

DPI = 110
QUALITY = 38
"""Of WebP: print stays sharp, a row of a table takes 5 to 10 kB."""
USUAL = 7000
"""Bytes that a picture usually takes: so many are not even drawn as could never fit."""
ABOVE, BELOW, TALLEST = 14.0, 14.0, 300.0
"""Points round what is cut out, and the most that is."""
LONGEST_LINE = 900


class Spot(NamedTuple):
    """A place on a page of a file."""

    sha256: str
    page: int
    top: float
    """Points, from the page's top."""
    bottom: float


@dataclass(frozen=True)
class Crop:
    """A strip of a page, over its whole width."""

    webp: bytes
    left: float
    top: float
    """Points on the page where it begins."""
    width: float
    height: float
    """Points."""

    def within(self, box: Box) -> tuple[float, float, float, float] | None:
        """A box of the page as parts of the crop (x, y, width, height); None where it lies outside."""
        x0, top, x1, bottom = box
        if bottom <= self.top or top >= self.top + self.height:
            return None
        upper, lower = max(top - self.top, 0.0), min(bottom - self.top, self.height)
        parts = ((x0 - self.left) / self.width, upper / self.height)
        sides = ((x1 - x0) / self.width, (lower - upper) / self.height)
        x, y, width, height = (round(part, 4) for part in (*parts, *sides))
        return x, y, width, height


class Originals:
    """Files, found by what they hold: under which names they lie does not matter."""

    def __init__(self, files: Mapping[str, Path] | None = None, passwords: Sequence[str] = ()) -> None:
        self._files = dict(files or {})
        self._passwords = tuple(passwords)
        self._lines: dict[str, list[str]] = {}

    @classmethod
    def of(cls, paths: Iterable[Path], passwords: Sequence[str] = ()) -> Originals:
        """The files among the paths that can be read; ``passwords`` are tried in turn on a locked PDF."""
        found: dict[str, Path] = {}
        for path in paths:
            try:
                found.setdefault(sha256(extractors.content(path)).hexdigest(), path)
            except ReadError:
                continue  # it was not read either: the catalogue tells why
        return cls(found, passwords)

    def __contains__(self, digest: object) -> bool:
        return digest in self._files

    def crops(self, spots: Sequence[Spot], budget: int) -> dict[Spot, Crop]:
        """The spots as pictures, the first ones first, as many as the budget (bytes) holds."""
        chosen = [spot for spot in dict.fromkeys(spots) if spot.sha256 in self._files]
        chosen = chosen[: max(0, budget) // USUAL * 3 // 2]
        by_file: dict[str, list[Spot]] = defaultdict(list)
        for spot in chosen:
            by_file[spot.sha256].append(spot)
        cut: dict[Spot, Crop] = {}
        for digest in sorted(by_file):
            cut |= self._cut(digest, by_file[digest])
        kept: dict[Spot, Crop] = {}
        for spot in chosen:
            if spot in cut and len(cut[spot].webp) <= budget:
                kept[spot] = cut[spot]
                budget -= len(cut[spot].webp)
        return kept

    def lines(self, digest: str, first: int, last: int) -> str:
        """Lines of a text file as they stand, long ones cut; empty where they cannot be had."""
        if digest in self._files and digest not in self._lines:
            self._lines[digest] = _decoded(self._files[digest])
        found = self._lines.get(digest, [])[max(0, first - 1) : last]
        return "\n".join(
            shown(line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…") for line in found
        )

    def _cut(self, digest: str, spots: list[Spot]) -> dict[Spot, Crop]:
        """A file's spots; none of them where it cannot be opened (a locked PDF, say)."""
        import pypdfium2 as pdfium

        from extractors.views import has_pages

        path = self._files[digest]
        try:
            data = extractors.content(path)
        except ReadError:
            return {}
        if sha256(data).hexdigest() != digest or not has_pages(data, path.name):
            return {}  # changed since it was asked for
        for password in (None, *self._passwords):
            try:
                return _strips(data, path.name, spots, password)
            except (ReadError, pdfium.PdfiumError):
                continue
        return {}


def _strips(data: bytes, name: str, spots: list[Spot], password: str | None) -> dict[Spot, Crop]:
    """The spots of a file's pages, each page drawn once."""
    from extractors.views import views

    by_page: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_page[spot.page].append(spot)
    cut: dict[Spot, Crop] = {}
    for number, picture in views(data, name, DPI, by_page, password):
        if picture is None:
            continue
        for spot in by_page[number]:
            if (made := _crop(picture, spot)) is not None:
                cut[spot] = made
    return cut


def _crop(picture: Picture, spot: Spot) -> Crop | None:
    """The strip of a page; None where the spot lies outside of it."""
    point = DPI / 72
    top = max(0.0, spot.top - ABOVE)
    bottom = min(picture.height / point, spot.bottom + BELOW, top + TALLEST)
    if bottom - top < 1:
        return None
    pixels = (0, round(top * point), picture.width, round(bottom * point))
    packed = io.BytesIO()
    picture.convert("L").crop(pixels).save(packed, "WEBP", quality=QUALITY, method=4)
    height = (pixels[3] - pixels[1]) / point
    return Crop(packed.getvalue(), 0.0, pixels[1] / point, picture.width / point, height)


def _decoded(path: Path) -> list[str]:
    from extractors.text.decode import decode
    from extractors.views import has_pages

    try:
        data = extractors.content(path)
        return [] if has_pages(data, path.name) else decode(data).split("\n")
    except ReadError:
        return []
