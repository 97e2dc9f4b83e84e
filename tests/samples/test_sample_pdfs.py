"""The samples on paper: printed up to date, complete on the page, and worn without being lost."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model.record import Decree
from samples.formulas import PAGE, fraction, parse
from samples.generate import generate
from samples.make import HERE, SEED, papers, record
from samples.paper import PAPERS, carried, digital
from samples.paper.alike import alike
from samples.paper.fonts import style, width
from samples.paper.lines import Fraction, barred, paragraph
from samples.paper.scans import PROFILES, scan

pytestmark = pytest.mark.slow


PAPER_PRINTS = [pytest.param(name, layout, id=f"{name}.{layout}") for name, layout, _ in papers()]
MEGABYTES = 6
DOCUMENT = {
    "sha256": "0" * 64,
    "name": "sample.pdf",
    "media_type": "application/pdf",
    "pages": 1,
    "origin": "digital",
    "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
}


def shown(pdf: bytes) -> str:
    """All letters of a file, without white space, page by page."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(
            "".join(char["text"] for char in page.chars).replace(" ", "") for page in document.pages
        )


def decree(kind: str, seed: int) -> dict[str, Any]:
    """A generated decree of a kind, the first from a seed on."""
    return next(made for made, _ in map(generate, range(seed, seed + 200)) if made["kind"] == kind)


def pages(pdf: bytes) -> list[np.ndarray[Any, Any]]:
    """Grey pictures of the pages, 72 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(grayscale=True).to_numpy().squeeze().copy() for page in document]
    document.close()
    return pictures


class TestShipped:
    def test_are_small_together(self) -> None:
        assert sum(path.stat().st_size for path in (HERE / "pdf").iterdir()) < MEGABYTES * 2**20

    @pytest.mark.parametrize(("name", "layout"), PAPER_PRINTS)
    def test_every_leaf_is_on_the_pages(self, name: str, layout: str) -> None:
        expected = json.loads((HERE / "expected" / f"{name}.{layout}.json").read_text(encoding="utf-8"))
        print_ = (HERE / "pdf" / f"{name}.{layout}.pdf").read_bytes()
        letters = re.sub(r"[\s/()]", "", shown(print_))
        for holder in expected["holders"]:
            for text in [holder["name"], *holder["functions"]]:
                assert re.sub(r"[\s/()]", "", text) in letters
            for indicator in holder["indicators"]:
                for word in f"{indicator['name']} {(indicator['formula'] or {}).get('raw', '')}".split():
                    assert re.sub(r"[\s/()]", "", word) in letters

    def test_no_profile_comes_twice(self) -> None:
        profiles = [profile for _, _, profile in papers()]
        assert len(set(profiles)) == len(profiles)

    def test_fonts_are_standard_or_free(self) -> None:
        for path in (HERE / "pdf").glob("*.pdf"):
            with pdfplumber.open(path) as document:
                fonts = {char["fontname"].split("+")[-1] for page in document.pages for char in page.chars}
            free = {"BitstreamVeraSans-Roman", "BitstreamVeraSans-Bold"}
            assert fonts <= free | {"Times-Roman", "Times-Bold", "Helvetica", "Helvetica-Bold"}


class TestDigital:
    @given(st.integers(min_value=0, max_value=10_000), st.sampled_from(sorted(PAPERS)))
    @settings(max_examples=15)
    def test_every_decree_is_printed_in_every_layout(self, seed: int, layout: str) -> None:
        source, _ = generate(seed)
        if source["kind"] not in PAPERS[layout].kinds:
            return
        Decree.model_validate({**carried(source, layout), "document": DOCUMENT})
        letters = shown(digital(source, layout))
        assert source["signatory"]["name"].replace(" ", "") in letters
        for holder in source["holders"]:
            for indicator in holder["indicators"]:
                assert all(word in letters for word in indicator["name"].split() if len(word) < 10)

    @pytest.mark.parametrize("layout", sorted(PAPERS))
    def test_same_record_same_bytes(self, layout: str) -> None:
        source = decree(PAPERS[layout].kinds[0], 3)
        assert digital(source, layout) == digital(source, layout)

    def test_rows_go_on_behind_a_page_break_under_the_header_again(self) -> None:
        source = record("watugilang-iku-2024")
        with pdfplumber.open(io.BytesIO(digital(source, "ruled"))) as document:
            first, second = document.pages[:2]
            heads = [page.extract_table()[0] for page in (first, second)]
            assert heads[0] == heads[1]
            assert second.extract_table()[1][0] == ""

    def test_a_bar_does_not_reach_the_edges_of_its_column(self) -> None:
        with pdfplumber.open(io.BytesIO(digital(record("jatirumpun-iki-2024"), "posts"))) as document:
            page = document.pages[0]
            columns = sorted({round(box["x0"]) for box in page.rects})
            bars = [line for line in page.lines if line["top"] == line["bottom"]]
        assert bars
        assert all(min(abs(round(bar["x1"]) - edge) for edge in columns) > 10 for bar in bars)

    def test_raw_of_a_bar_is_a_slash_with_the_brackets_it_needs(self) -> None:
        formula = fraction("(A + B) / (C x 3 dokumen) x 100%", PAGE)
        assert formula == "((A + B) / (C x 3 dokumen)) x 100%"
        assert fraction("(A + B) / C", PAGE) == "(A + B) / C"


class TestLines:
    def test_are_no_wider_than_their_column(self) -> None:
        look = style("serif", 10)
        lines = paragraph("Pertanggungjawaban kinerja kecamatan dalam satu tahun", 60, look)
        assert len(lines) > 2
        for line in lines:
            assert width(line.pieces[0][1], look) <= 60

    def test_sum_sign_has_a_width_in_every_face(self) -> None:
        assert all(
            width("∑ desa", style(face, 9)) > width(" desa", style(face, 9)) for face in ("serif", "sans")
        )

    def test_only_a_division_has_a_bar(self) -> None:
        look = style("sans", 9)
        assert isinstance(barred(parse("(A / B) x 100%"), 150, look, PAGE)[0], Fraction)
        assert not isinstance(barred(parse("A x 25"), 150, look, PAGE)[0], Fraction)


class TestScans:
    source = digital(record("jatirumpun-iku-2024"), "form")

    @pytest.mark.parametrize("profile", sorted(PROFILES))
    def test_seed_decides(self, profile: str) -> None:
        one = scan(self.source, profile, 1)
        assert one == scan(self.source, profile, 1) != scan(self.source, profile, 2)

    @pytest.mark.parametrize("profile", sorted(PROFILES))
    def test_are_images_of_all_pages_without_text(self, profile: str) -> None:
        made = scan(self.source, profile, SEED)
        assert shown(made) == ""
        assert len(pages(made)) == len(pages(self.source))
        for page in pages(made):
            dark = (page < 160).mean()
            assert 0.001 < dark < 0.4

    def test_fax_is_black_and_white(self) -> None:
        document = pypdfium2.PdfDocument(scan(self.source, "fax", 1))
        bits = [image.get_metadata().bits_per_pixel for page in document for image in page.get_objects()]
        document.close()
        assert bits == [1, 1]

    def test_only_stamps_are_coloured(self) -> None:
        coloured = {}
        for profile in ("stamped", "office"):
            document = pypdfium2.PdfDocument(scan(self.source, profile, 1))
            picture = document[0].render(rev_byteorder=True, may_draw_forms=False).to_numpy()[:, :, :3]
            document.close()
            coloured[profile] = (picture.max(axis=2).astype(int) - picture.min(axis=2) > 30).mean()
        assert coloured["office"] == 0
        assert coloured["stamped"] > 0.001

    def test_unknown_profile(self) -> None:
        with pytest.raises(KeyError):
            scan(self.source, "polaroid", 1)


class TestAlike:
    def test_forgives_grain_and_packing(self) -> None:
        source = digital(record("jatirumpun-iku-2024"), "form")
        assert alike(source, source + b"\n% packed otherwise\n")
        assert alike(scan(source, "office", 1), scan(source, "office", 1) + b"\n")

    def test_sees_a_word_more_and_a_page_less(self) -> None:
        source = record("jatirumpun-iku-2024")
        other = json.loads(json.dumps(source).replace("Buku register kejadian", "Buku catatan kejadian"))
        assert not alike(digital(source, "form"), digital(other, "form"))
        assert not alike(digital(source, "form"), digital(source, "ruled"))
        without = json.loads(json.dumps(source).replace("Buku register kejadian", "Buku kejadian"))
        assert not alike(*(scan(digital(made, "form"), "office", 1) for made in (source, without)))
