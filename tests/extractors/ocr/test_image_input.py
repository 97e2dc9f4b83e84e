"""Image files: pages, resolution, and files that are none."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("pypdfium2")

from extractors.errors import ReadError
from extractors.ocr import image_input, open_images


def saved(kind: str, *pages: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> list[tuple[Any, float]]:
    """The images of a file, none of which failed."""
    found = list(open_images(data))
    for frame in found:
        if isinstance(frame, ReadError):
            raise frame
    return [frame for frame in found if not isinstance(frame, ReadError)]


def sheet(grey: int = 200, mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (1240, 1754), (grey,) * 3).convert(mode)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_one_picture(kind: str) -> None:
    ((image, dpi),) = opened(saved(kind, sheet(), dpi=(150, 150)))
    assert image.shape == (1754, 1240, 3)
    assert image.dtype == np.uint8
    assert dpi == pytest.approx(150, abs=0.1)


def test_a_fax_with_fewer_lines_than_dots_an_inch_is_made_square() -> None:
    fax = sheet().resize((1734, 1146)).convert("1")  # A4 at 204 × 98 dots an inch
    ((image, dpi),) = opened(saved("TIFF", fax, dpi=(204, 98), compression="group4"))
    assert dpi == pytest.approx(204, abs=0.1)
    assert image.shape[:2] == (round(1146 * 204 / 98), 1734)


def test_pages_of_a_tiff_come_in_order() -> None:
    data = saved("TIFF", sheet(10), save_all=True, append_images=[sheet(100), sheet(250)])
    assert [int(image[0, 0, 0]) for image, _ in opened(data)] == [10, 100, 250]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels(mode: str) -> None:
    picture = sheet(255, "L").convert("I;16") if mode == "I;16" else sheet(255, mode)
    if mode == "I;16":
        picture = picture.point(lambda grey: grey * 257)
    ((image, _),) = opened(saved("TIFF", picture))
    assert image.shape == (1754, 1240, 3)
    assert image.min() >= 254


def test_what_is_transparent_is_paper() -> None:
    ((image, _),) = opened(saved("PNG", Image.new("RGBA", (50, 70), (0, 0, 0, 0))))
    assert image.min() == 255


def test_a_picture_without_resolution_is_taken_for_a4() -> None:
    ((_, dpi),) = opened(saved("PNG", sheet()))
    assert dpi == pytest.approx(150, abs=1)


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_no_picture_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        list(opened(data))
    assert caught.value.status == "damaged"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_cut_short_is_damaged(kind: str) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    data = saved(kind, Image.fromarray(noise))
    with pytest.raises(ReadError) as caught:
        list(opened(data[: len(data) // 2]))
    assert caught.value.status == "damaged"


def test_a_bomb_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_input, "MAX_PIXELS", 1_000_000)
    with pytest.raises(ReadError) as caught:
        list(opened(saved("PNG", sheet())))
    assert caught.value.status == "too-large"


def test_an_image_that_fails_does_not_take_those_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_input, "MAX_PIXELS", 3_000_000)
    large = sheet(100).resize((2000, 2000))
    first, second, third = open_images(
        saved("TIFF", sheet(10), save_all=True, append_images=[large, sheet(250)])
    )
    assert not isinstance(first, ReadError)
    assert isinstance(second, ReadError) and second.status == "too-large"
    assert not isinstance(third, ReadError) and int(third[0][0, 0, 0]) == 250


@pytest.mark.parametrize(("size", "told"), [((4000, 5600), 50), ((900, 1270), 300), ((1240, 1754), 72)])
def test_a_resolution_that_makes_no_page_is_not_believed(size: tuple[int, int], told: int) -> None:
    ((_, dpi),) = opened(saved("JPEG", sheet().resize(size), dpi=(told, told)))
    assert size[1] / dpi == pytest.approx(11.69, abs=0.1)


def test_a_picture_of_f4_s_shape_without_resolution_is_taken_for_f4() -> None:
    ((_, dpi),) = opened(saved("PNG", sheet().resize((2150, 3300))))
    assert dpi == pytest.approx(3300 / 13, abs=1)


def test_the_preview_in_a_photograph_is_no_page() -> None:
    data = saved("MPO", sheet(), save_all=True, append_images=[sheet(90)])
    assert len(opened(data)) == 1
