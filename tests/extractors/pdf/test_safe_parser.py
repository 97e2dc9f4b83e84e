"""The limits that a file's fonts are held to while pdfminer reads them."""

from __future__ import annotations

import builtins
import threading
from types import ModuleType

import pytest
from pdfminer import cmapdb, pdffont

from extractors.pdf import safe_parser
from extractors.pdf.content.page_content import PageTooLargeError
from extractors.pdf.safe_parser import MOST_FONT_CODES, limit_font_codes, limit_ranges

MEANINGS = b"1 beginbfrange <0000> <%04x> <0041> endbfrange"


def _meanings(last: int) -> dict[int, str]:
    """What pdfminer makes of a font's map of so many codes."""
    from io import BytesIO

    made = cmapdb.FileUnicodeMap()
    cmapdb.CMapParser(made, BytesIO(MEANINGS % last)).run()
    return made.cid2unichr


def test_ranges_of_codes_are_read_as_pdfminer_reads_them() -> None:
    with limit_font_codes():
        assert _meanings(3) == {0: "A", 1: "B", 2: "C", 3: "D"}
        assert pdffont.get_widths([10, 12, 500]) == {10: 500, 11: 500, 12: 500}


@pytest.mark.parametrize("widths", [[0, 2**40, 500], [0, 2**70, 500]])
def test_more_codes_than_any_font_has_are_refused_at_once(widths: list[int]) -> None:
    with limit_font_codes(), pytest.raises(PageTooLargeError):
        pdffont.get_widths(widths)
    with limit_font_codes(), pytest.raises(PageTooLargeError):
        pdffont.get_widths2([*widths, 0, 0])


def test_the_ranges_of_all_fonts_of_a_page_count_together() -> None:
    half = [0, MOST_FONT_CODES // 2, 500]
    with limit_font_codes():
        pdffont.get_widths(half)
        with pytest.raises(PageTooLargeError):
            pdffont.get_widths([0, MOST_FONT_CODES // 2 + 9, 500])
    with limit_font_codes():
        pdffont.get_widths(half)


def test_nothing_is_counted_but_where_a_page_is_read() -> None:
    """Another user of pdfminer in the same process, or another thread, is none of our business."""
    safe_parser.MOST_FONT_CODES, old = 10, safe_parser.MOST_FONT_CODES
    try:
        assert len(pdffont.get_widths([0, 99, 500])) == 100
        found: list[int] = []
        with limit_font_codes():
            other = threading.Thread(target=lambda: found.append(len(pdffont.get_widths([0, 99, 500]))))
            other.start()
            other.join()
            with pytest.raises(PageTooLargeError):
                pdffont.get_widths([0, 99, 500])
        assert found == [100]
        assert len(pdffont.get_widths([0, 99, 500])) == 100
    finally:
        safe_parser.MOST_FONT_CODES = old
    assert range is builtins.range


def test_a_pdfminer_that_loops_otherwise_is_refused_loudly() -> None:
    def loops_by_itself() -> None:
        """As a later pdfminer might."""
        code = 0
        while code < 2**32:
            code += 1

    with pytest.raises(RuntimeError, match=r"pdfminer\.six .*loops_by_itself.*constraints\.txt"):
        limit_ranges([(ModuleType("later"), loops_by_itself)])
