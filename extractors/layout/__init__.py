"""Layout: a printed page's words and rules become lines and tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import line_grouping
from extractors.layout.ruling_geometry import Rulings
from extractors.layout.tables import borderless, half_ruled, lattice, open_sides, table_cells
from extractors.layout.tables.lattice import TableRegion
from extractors.model.page import Block, Line, Page, Table
from extractors.model.passage import Box
from extractors.model.raw_page import PrintedPage, PrintedWord


def layout_page(page: PrintedPage) -> Page:
    """The lines and tables of a page.

    Tables are found by their rules and shaded areas, half-ruled and bare ones by their columns of
    text besides; a bar inside a cell becomes a fraction's ``/``.
    """
    rulings = lattice.collect_rulings(page)
    table_regions = _find_tables(rulings, page)
    for region in table_regions:
        region.page_rulings = rulings
    prose_words = [
        word for word in page.words if not any(region.contains_box(word.box) for region in table_regions)
    ]
    blocks: list[tuple[float, Block]] = [(region.top, _build_table(region, page)) for region in table_regions]
    for stretch in _split_between_tables(prose_words, table_regions):
        blocks += line_grouping.lines_with_tops(stretch, rulings)
    blocks.sort(key=lambda placed: placed[0])
    aside_passage = line_grouping.join_words(
        [word for row in line_grouping.group_rows(page.excluded_words) for word in row]
    )
    return Page(tuple(_mark_gaps_after_tables(blocks)), page.number, (page.width, page.height), aside_passage)


def find_table_areas(page: PrintedPage) -> list[Box]:
    """Where the tables of a page stand."""
    return [region.box for region in _find_tables(lattice.collect_rulings(page), page)]


def _find_tables(rulings: Rulings, page: PrintedPage) -> list[TableRegion]:
    """The tables of a page: ruled on all sides, half-ruled, of shaded cells, and without any rule."""
    ruled_tables = open_sides.complete_tables(lattice.find_lattice_tables(rulings), page.words, rulings)
    other_rulings = lattice.add_shading_edges(page, lattice.rulings_outside(rulings, ruled_tables))
    half_ruled_tables = _drop_overlapping(
        half_ruled.find_half_ruled_tables(other_rulings, page, ruled_tables), ruled_tables
    )
    shaded_tables = _drop_overlapping(
        lattice.find_lattice_tables(lattice.rulings_outside(other_rulings, half_ruled_tables)),
        ruled_tables + half_ruled_tables,
    )
    known_tables = ruled_tables + half_ruled_tables + shaded_tables
    borderless_tables = _drop_overlapping(
        borderless.find_borderless_tables(page, rulings, known_tables), known_tables
    )
    return sorted(known_tables + borderless_tables, key=lambda region: region.top)


def _drop_overlapping(
    candidates: Sequence[TableRegion], known_regions: Sequence[TableRegion]
) -> list[TableRegion]:
    """The regions that lie over no known one, the largest first where they lie over each other."""
    out: list[TableRegion] = []
    for region in sorted(candidates, key=lambda r: -(r.xs[-1] - r.xs[0]) * (r.ys[-1] - r.ys[0])):
        if not any(_regions_overlap(region, placed_region) for placed_region in (*known_regions, *out)):
            out.append(region)
    return out


def _regions_overlap(first: TableRegion, second: TableRegion) -> bool:
    return first.contains_box(second.box) or second.contains_box(first.box)


def _build_table(region: TableRegion, page: PrintedPage) -> Table:
    words = [word for word in page.words if region.contains_box(word.box)]
    return table_cells.build_table(region, words)


def _split_between_tables(
    words: Sequence[PrintedWord], table_regions: Sequence[TableRegion]
) -> list[list[PrintedWord]]:
    """The words outside the tables, cut into stretches by the tables between them."""
    edges = sorted(region.top for region in table_regions)
    stretches: dict[int, list[PrintedWord]] = {}
    for word in words:
        middle = (word.box[1] + word.box[3]) / 2
        stretches.setdefault(sum(edge <= middle for edge in edges), []).append(word)
    return [stretches[key] for key in sorted(stretches)]


def _mark_gaps_after_tables(blocks: Sequence[tuple[float, Block]]) -> list[Block]:
    """The blocks; a line behind a table is set apart from it."""
    out: list[Block] = []
    for _, block in blocks:
        if isinstance(block, Line) and out and isinstance(out[-1], Table):
            out.append(Line(block.text, block.bullet, block.heading, gap=True))
        else:
            out.append(block)
    return out
