"""Pages drawn here, bent and spoilt as scanners and phones do it, and read again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

cv2 = pytest.importorskip("cv2")
pytest.importorskip("rapidocr")

from extractors.model.passage import word_place  # noqa: E402
from extractors.ocr import ScannedPage, read_image  # noqa: E402

pytestmark = pytest.mark.ocr


DPI = 150.0
POINT = DPI / 72
WORDS = ["Jumlah", "desa", "terdata", "Sasaran", "Formula", "Persentase", "konflik", "100%"]


def page() -> np.ndarray:
    """A page of A5 size: a sentence, and a table of two columns with a fraction in its second."""
    paper = Image.new("RGB", (1240, 874), "white")
    draw = ImageDraw.Draw(paper)
    font = ImageFont.load_default(28)

    def write(x: int, y: int, text: str) -> None:
        draw.text((x, y), text, "black", font)

    write(120, 90, "Persentase konflik yang ditangani di wilayah kecamatan tepat waktu")
    for y in (200, 270, 600):
        draw.line((120, y, 1120, y), "black", 2)
    for x in (120, 480, 1120):
        draw.line((x, 200, x, 600), "black", 2)
    write(140, 215, "Sasaran")
    write(500, 215, "Formula")
    write(140, 290, "Persentase konflik")
    write(560, 290, "Jumlah konflik ditangani")
    draw.line((540, 345, 920, 345), "black", 2)
    write(560, 360, "Jumlah desa terdata")
    write(940, 330, "x 100%")
    write(140, 700, "Demikian keputusan ini ditetapkan untuk dilaksanakan")
    return np.asarray(paper)


def read_words(scanned: ScannedPage) -> list[str]:
    return [word.text for word in scanned.page.words]


def photographed(image: np.ndarray) -> np.ndarray:
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[60, 80], [1290, 50], [1270, 940], [90, 960]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    desk = cv2.warpPerspective(image, matrix, (1360, 1010), borderValue=(70, 55, 45))
    shadow = np.linspace(1.0, 0.6, 1360)[None, :, None]
    return (desk * shadow).astype(np.uint8)


def skewed(image: np.ndarray) -> np.ndarray:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderValue=(255, 255, 255)))


SPOILT = {
    "clean": lambda image: image,
    "90": lambda image: np.rot90(image, 1).copy(),
    "180": lambda image: np.rot90(image, 2).copy(),
    "270": lambda image: np.rot90(image, 3).copy(),
    "skew": skewed,
    "phone": photographed,
}


@pytest.mark.parametrize("how", SPOILT)
def test_words_rules_and_cells(how: str) -> None:
    scanned = read_image(SPOILT[how](page()), DPI, 1)
    found = read_words(scanned)
    assert [word for word in WORDS if word not in found] == []
    level = [rule for rule in scanned.page.rulings if rule.is_horizontal]
    upright = [rule for rule in scanned.page.rulings if not rule.is_horizontal]
    assert (len(level), len(upright)) == (4, 3)
    bar = min(level, key=lambda rule: rule.length)
    assert bar.length == pytest.approx(380 / POINT, rel=0.06)
    above, below = (
        min((w for w in scanned.page.words if w.text == text), key=lambda w: abs(w.box[3] - bar.top))
        for text in ("ditangani", "terdata")
    )
    assert above.box[1] < bar.top < below.box[3]
    assert (above.box[1] + above.box[3]) / 2 < bar.top < (below.box[1] + below.box[3]) / 2


@pytest.mark.parametrize("how", SPOILT)
def test_the_warp_leads_back_to_the_page_as_seen(how: str) -> None:
    image = SPOILT[how](page())
    scanned = read_image(image, DPI, 1)
    word = max(scanned.page.words, key=lambda w: w.box[2] - w.box[0])
    x0, top, x1, bottom = scanned.warp.map_box(word.box)
    part = image[int(top * POINT) : int(bottom * POINT) + 1, int(x0 * POINT) : int(x1 * POINT) + 1]
    assert part.size
    assert (part.min(axis=2) < 110).mean() > 0.05


def test_a_line_across_two_cells_is_cut_at_the_rule() -> None:
    image = page().copy()
    image[300:330, 470:476] = 0
    scanned = read_image(image, DPI, 3)
    x = 480 / POINT
    in_row = [word for word in scanned.page.words if 280 / POINT < word.box[1] < 330 / POINT]
    assert in_row
    assert all(word.box[2] <= x + 1 or word.box[0] >= x - 1 for word in in_row)
    assert {word_place(word.ref).page for word in scanned.page.words} == {3}


def test_a_scanners_streak_is_no_rule() -> None:
    image = page().copy()
    image[:, 700:702][np.arange(874) % 5 != 0] = 0
    image = np.where(image < 128, np.uint8(0), np.uint8(255))
    scanned = read_image(image, DPI, 1)
    assert all(rule.is_horizontal or abs(rule.x0 - 700 / POINT) > 5 for rule in scanned.page.rulings)


@pytest.mark.parametrize("shape", [(40, 40), (874, 1240)])
def test_a_blank_page_has_no_words(shape: tuple[int, int]) -> None:
    scanned = read_image(np.full((*shape, 3), 255, np.uint8), DPI, 1)
    assert scanned.page.words == ()
    assert scanned.page.rulings == ()


def test_noise_is_no_text() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (600, 800, 3), dtype=np.uint8)
    assert len(read_image(noise, DPI, 1).page.words) < 5


def test_twice_read_is_the_same() -> None:
    assert [(w.text, word_place(w.ref)) for w in read_image(page(), DPI, 1).page.words] == [
        (w.text, word_place(w.ref)) for w in read_image(page(), DPI, 1).page.words
    ]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


@pytest.mark.usefixtures("no_network")
def test_nothing_is_fetched_for_a_whole_scan_in_a_fresh_process(tmp_path: Path) -> None:
    scan = next((Path(__file__).parents[3] / "samples" / "pdf").glob("*.rotated.pdf"))
    program = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise SystemExit('the network was asked')\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n"
        "import pipeline\n"
        "print(sum(len(h.indicators) for h in pipeline.read(sys.argv[1]).holders))\n"
    )
    home = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
    home["HOME"] = str(tmp_path)  # no model cache of this machine's user helps
    run = subprocess.run(
        [sys.executable, "-c", program, str(scan)], env=home, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 1


@pytest.mark.usefixtures("no_network")
def test_nothing_is_fetched() -> None:
    from extractors.ocr.recognise.ocr_engine import OcrEngine

    engine = OcrEngine(threads=1)
    readings = engine.read_lines([np.ascontiguousarray(page()[205:260, 130:300])])
    assert readings[0].text == "Sasaran"
    assert len(engine.find_lines(page())) >= 5
