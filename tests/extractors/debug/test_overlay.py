"""The overlay: what was read as what, drawn over the pages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from extractors import ReadError
from extractors.debug import overlay
from pipeline import read_decree
from pipeline.cli import main

SAMPLES = Path(__file__).parents[3] / "samples"
DECREE = SAMPLES / "pdf" / "watugilang-iku-2024.ruled.pdf"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> pdfium.PdfDocument:
    out = tmp_path_factory.mktemp("overlay") / "out.pdf"
    run = CliRunner().invoke(main, ["read", str(DECREE), "--overlay", str(out)])
    assert run.exit_code == 0, run.stderr
    assert '"schema_version"' in run.stdout
    return pdfium.PdfDocument(out)


def test_it_has_the_pages_of_the_decree_and_a_legend(drawn: pdfium.PdfDocument) -> None:
    original = pdfium.PdfDocument(DECREE)
    assert len(drawn) == len(original) + 1
    for number in range(len(original)):
        assert drawn[number].get_size() == pytest.approx(original[number].get_size(), abs=1)


def test_a_name_is_drawn_in_its_colour_where_the_record_says_it_stands(drawn: pdfium.PdfDocument) -> None:
    record = read_decree.read(DECREE)
    source = record.provenance["/holders/0/indicators/0/name"]
    assert source.page is not None and source.bbox is not None
    x0, top, x1, bottom = source.bbox
    picture = drawn[source.page - 1].render(scale=2).to_pil().convert("RGB")
    part = picture.crop((int(2 * x0) + 2, int(2 * top) + 1, int(2 * x1) - 2, int(2 * bottom) - 1))
    red, _, blue = np.asarray(part).reshape(-1, 3).mean(axis=0)
    assert blue > red + 20, overlay.ROLE_COLOURS["name"]


def test_text_has_no_pages_to_draw_on(tmp_path: Path) -> None:
    text = next((SAMPLES / "text").glob("watugilang*.txt"))
    data = text.read_bytes()
    _, trace = read_decree.read_with_trace(data, text.name)
    with pytest.raises(ReadError) as caught:
        overlay.draw_overlay(data, text.name, trace)
    assert caught.value.status == "unsupported"


def test_an_overlay_that_cannot_be_drawn_costs_no_record(tmp_path: Path) -> None:
    text = next((SAMPLES / "text").glob("watugilang*.txt"))
    folder = tmp_path / "lama.pdf"
    folder.write_bytes(b"kept")
    run = CliRunner().invoke(main, ["read", str(text), "--overlay", str(folder)])
    assert run.exit_code == 1
    assert '"schema_version"' in run.stdout
    assert "unsupported" in run.stderr
    assert folder.read_bytes() == b"kept"


def test_a_mistyped_folder_is_told_and_not_made(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["read", str(DECREE), "--overlay", str(tmp_path / "salah" / "x.pdf")])
    assert run.exit_code == 1
    assert "no such folder" in run.stderr
    assert '"schema_version"' in run.stdout
    assert not (tmp_path / "salah").exists()


def test_the_decree_itself_is_not_written_over(tmp_path: Path) -> None:
    copy = tmp_path / "keputusan.pdf"
    copy.write_bytes(DECREE.read_bytes())
    run = CliRunner().invoke(main, ["read", str(copy), "--overlay", str(copy)])
    assert run.exit_code == 2
    assert copy.read_bytes() == DECREE.read_bytes()
