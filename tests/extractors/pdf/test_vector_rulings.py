"""Strokes and filled rectangles to rules and shaded areas."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.model.raw_page import Ruling
from extractors.pdf.content.vector_rulings import merge_rulings
from tests.support.pdf_prints import HEIGHT, WIDTH, page_of, text


def lines_of(*draws: object) -> list[tuple[int, int, int, int]]:
    page = page_of(text(50, 40, "Tampak"), *draws)
    return [tuple(map(round, (r.x0, r.top, r.x1, r.bottom))) for r in page.rulings]


def test_a_stroke_a_thin_rectangle_and_a_frame_are_rules() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.line(50, HEIGHT - 100, 250, HEIGHT - 100)
        canvas.rect(50, HEIGHT - 120, 200, 0.5, stroke=0, fill=1)
        canvas.rect(50, HEIGHT - 200, 200, 50, stroke=1, fill=0)

    assert sorted(lines_of(draw)) == sorted(
        [
            (50, 100, 250, 100),
            (50, 120, 250, 120),
            (50, 150, 250, 150),
            (50, 200, 250, 200),
            (50, 150, 50, 200),
            (250, 150, 250, 200),
        ]
    )


def test_dashed_rules_and_dashes_drawn_one_by_one_are_one_rule() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        for x in range(50, 250, 5):
            canvas.line(x, HEIGHT - 100, x + 3, HEIGHT - 100)
        canvas.setDash(3, 2)
        canvas.line(50, HEIGHT - 150, 250, HEIGHT - 150)

    (first, second) = lines_of(draw)
    assert first[0] == 50
    assert first[2] == pytest.approx(248, abs=1)
    assert second[:3:2] == (50, 250)


def test_white_rules_show_only_on_a_dark_ground() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(50, HEIGHT - 150, 200, 50, stroke=0, fill=1)
        canvas.setStrokeGray(1)
        canvas.setLineWidth(1)
        canvas.line(150, HEIGHT - 100, 150, HEIGHT - 150)
        canvas.line(50, HEIGHT - 300, 250, HEIGHT - 300)

    (rule,) = lines_of(draw)
    assert rule[0] in {149, 150}
    assert (rule[1], rule[3]) == (100, 150)


def test_curves_and_slants_are_no_rules() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.circle(200, 400, 60)
        canvas.line(50, 200, 250, 300)

    assert lines_of(draw) == []


def test_shades_are_told_white_and_the_whole_page_not() -> None:
    def draw(canvas: Canvas) -> None:
        for x, y, wide, high, grey in (
            (0, 0, WIDTH, HEIGHT, 0.95),
            (50, 600, 200, 20, 0.8),
            (50, 500, 200, 20, 1),
        ):
            canvas.setFillGray(grey)
            canvas.rect(x, y, wide, high, stroke=0, fill=1)

    page = page_of(draw, text(50, 80, "Tampak"))
    (fill,) = page.fills
    assert fill == pytest.approx((50, HEIGHT - 620, 250, HEIGHT - 600))
    assert page.words


def test_touching_rules_are_one_and_a_fraction_bar_stays_apart() -> None:
    row = [Ruling(50, 100, 150, 100.5), Ruling(150, 100, 250, 100.5), Ruling(255, 100, 300, 100.5)]
    assert merge_rulings(row) == (Ruling(50, 100, 250, 100.5), Ruling(255, 100, 300, 100.5))


def test_merging_does_not_depend_on_the_order() -> None:
    rules = [Ruling(x, y, x + 50, y) for x in (50, 100, 150) for y in (10.0, 20.0)]
    rules += [Ruling(50, y, 50, y + 10) for y in (10.0, 20.0)]
    assert merge_rulings(rules) == merge_rulings(rules[::-1])
    assert len(merge_rulings(rules)) == 3


def test_a_fill_with_another_cut_out_of_it_leaves_a_rule() -> None:
    """So word processors draw a fraction's bar: as the lower edge of a box."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(100, HEIGHT - 140, 120, 20)
        path.rect(100, HEIGHT - 139.3, 120, 19.3)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)

    assert lines_of(draw) == [(100, 139, 220, 140)]
    assert page_of(text(50, 40, "Tampak"), draw).fills == ()
