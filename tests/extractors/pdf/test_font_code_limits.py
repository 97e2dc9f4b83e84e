"""Fonts that name more character codes than any page has are refused before anything reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdftypes import PDFStream

from extractors.pdf.font_code_limits import MOST_FONT_CODES, count_font_codes, has_excessive_font_codes


def _map(ranges: bytes) -> PDFStream:
    return PDFStream({}, b"/CIDInit /ProcSet findresource begin begincmap\n%s\nendcmap" % ranges)


def _page(*fonts: dict[str, Any]) -> dict[str, Any]:
    return {"Font": {f"F{i}": font for i, font in enumerate(fonts)}}


@pytest.mark.parametrize(
    ("font", "count"),
    [
        ({"ToUnicode": _map(b"1 beginbfrange <0000> <00ff> <0041> endbfrange")}, 256),
        ({"ToUnicode": _map(b"2 beginbfrange <00> <0f> [<41>] (a) (c) <42> endbfrange")}, 19),
        ({"Encoding": _map(b"1 begincidrange <00000000> <ffffffff> 0 endcidrange")}, 2**32),
        ({"ToUnicode": _map(b"1 beginbfrange <00000000> <ffffffff> <41> % endbfrange\nendbfrange")}, 2**32),
        ({"ToUnicode": _map(b"1 beginbfrange [ ] <00> /x endbfrange beginbfchar <01> endbfchar")}, 0),
        ({"DescendantFonts": [{"W": [1, [500, 500], 10, 19, 500]}]}, 10),
        ({"DescendantFonts": [{"W2": [10, 2**40, 1, 2, 3]}]}, 2**40 - 9),
        ({"W": [0, 2**70, 500]}, 2**70 + 1),
        ({"W": ["a", 500, 10, 500]}, 0),
        ({"ToUnicode": None, "DescendantFonts": 7}, 0),
        (None, 0),
    ],
)
def test_the_codes_of_a_font_are_those_of_its_ranges(font: object, count: int) -> None:
    assert count_font_codes(font) == count


@given(st.binary(max_size=300))
def test_maps_of_noise_have_no_more_codes_than_their_ranges_name(noise: bytes) -> None:
    assert count_font_codes({"ToUnicode": _map(noise.replace(b"range", b""))}) == 0


def test_the_fonts_of_a_page_count_together() -> None:
    half = {"W": [1, MOST_FONT_CODES // 2, 500]}
    assert not has_excessive_font_codes(_page(half, half), {})
    assert has_excessive_font_codes(_page(half, half, {"W": [1, 1, 500]}), {})


def test_the_fonts_of_forms_count_too_and_forms_that_hold_themselves_are_followed_once() -> None:
    resources = _page({"W": [1, MOST_FONT_CODES + 1, 500]})
    form = PDFStream({"Resources": resources}, b"")
    resources["XObject"] = {"A": form}
    assert has_excessive_font_codes({"XObject": {"A": form}}, {})
    assert not has_excessive_font_codes({"XObject": {"A": PDFStream({}, b"")}}, {})
