"""Layout: a printed page's words and rules become lines and tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import bare, cells, lines, opened, regions
from extractors.layout.regions import Region
from extractors.layout.strokes import Drawn
from extractors.page import Block, Line, Page, Table
from extractors.passage import Box
from extractors.printed import PrintedPage, PrintedWord


def layout(page: PrintedPage) -> Page:
    """The lines and tables of a page.

    Tables are found by their rules and shaded areas, half-ruled and bare ones by their columns of
    text besides; a bar inside a cell becomes a fraction's ``/``.
    """
    drawn = regions.rules(page)
    found = _found(drawn, page)
    for region in found:
        region.inner = drawn
    left = [word for word in page.words if not any(region.holds(word.box) for region in found)]
    blocks: list[tuple[float, Block]] = [(region.top, _table(region, page)) for region in found]
    for stretch in _between(left, found):
        blocks += lines.with_tops(stretch, drawn)
    blocks.sort(key=lambda placed: placed[0])
    aside = lines.passage([word for row in lines.rows(page.aside) for word in row])
    return Page(tuple(_set_apart(blocks)), page.number, (page.width, page.height), aside)


def areas(page: PrintedPage) -> list[Box]:
    """Where the tables of a page stand."""
    return [region.box for region in _found(regions.rules(page), page)]


def _found(drawn: Drawn, page: PrintedPage) -> list[Region]:
    """The tables of a page: ruled on all sides, half-ruled, of shaded cells, and without any rule."""
    firm = regions.ruled(drawn)
    rest = regions.shaded(page, regions.without(drawn, firm))
    half = _apart_from(opened.half_ruled(rest, page, firm), firm)
    shaded = _apart_from(regions.ruled(regions.without(rest, half)), firm + half)
    known = firm + half + shaded
    plain = _apart_from(bare.without_rules(page, drawn, known), known)
    return sorted(known + plain, key=lambda region: region.top)


def _apart_from(found: Sequence[Region], known: Sequence[Region]) -> list[Region]:
    """The regions that lie over no known one, the largest first where they lie over each other."""
    out: list[Region] = []
    for region in sorted(found, key=lambda r: -(r.xs[-1] - r.xs[0]) * (r.ys[-1] - r.ys[0])):
        if not any(_overlap(region, other) for other in (*known, *out)):
            out.append(region)
    return out


def _overlap(one: Region, other: Region) -> bool:
    return one.holds(other.box) or other.holds(one.box)


def _table(region: Region, page: PrintedPage) -> Table:
    words = [word for word in page.words if region.holds(word.box)]
    return cells.table(region, words)


def _between(words: Sequence[PrintedWord], found: Sequence[Region]) -> list[list[PrintedWord]]:
    """The words outside the tables, cut into stretches by the tables between them."""
    edges = sorted(region.top for region in found)
    stretches: dict[int, list[PrintedWord]] = {}
    for word in words:
        middle = (word.box[1] + word.box[3]) / 2
        stretches.setdefault(sum(edge <= middle for edge in edges), []).append(word)
    return [stretches[key] for key in sorted(stretches)]


def _set_apart(blocks: Sequence[tuple[float, Block]]) -> list[Block]:
    """The blocks; a line behind a table is set apart from it."""
    out: list[Block] = []
    for _, block in blocks:
        if isinstance(block, Line) and out and isinstance(out[-1], Table):
            out.append(Line(block.text, block.bullet, block.heading, gap=True))
        else:
            out.append(block)
    return out
