"""A number that is centred in height beside a text of several lines stands before its first line."""

from __future__ import annotations

import pytest

from tests.extractors.layout.test_layout import grid, lines, read, table


def _cell(*texts: tuple[float, float, str]) -> str:
    titles = lines((55, 105, "Indikator"), (255, 105, "Satuan"))
    return table(read([*titles, *lines(*texts)], grid([50, 250, 320], [100, 120, 240])))[1][0]


def test_one_number_between_the_lines_of_a_text() -> None:
    cell = _cell((75, 125, "Persentase desa"), (55, 131, "1."), (75, 137, "yang tertib aset"))
    assert cell == "1. Persentase desa | yang tertib aset"


def test_several_numbers_each_beside_its_own_text() -> None:
    assert (
        _cell(
            *((75, 125, "Persentase desa"), (55, 131, "1."), (75, 137, "tertib")),
            *((75, 149, "Jumlah warga"), (55, 161, "2."), (75, 161, "yang selesai"), (75, 173, "dilayani")),
        )
        == "1. Persentase desa | tertib | 2. Jumlah warga | yang selesai | dilayani"
    )


@pytest.mark.parametrize(
    ("texts", "cell"),
    [
        (
            (
                (55, 125, "1."),
                (75, 125, "Desa tertib"),
                (75, 137, "aset"),
                (55, 149, "2."),
                (75, 149, "Warga"),
            ),
            "1. Desa tertib | aset | 2. Warga",
        ),
        (((55, 125, "Syarat berikut"), (55, 137, "1."), (75, 137, "Tertib")), "Syarat berikut | 1. Tertib"),
        (
            ((75, 125, "Peraturan Desa"), (55, 137, "2."), (75, 137, "Tanda terima"), (75, 149, "aset")),
            "Peraturan Desa | 2. Tanda terima | aset",
        ),
        (((75, 125, "Nilai"), (75, 137, "rata-rata"), (55, 149, "7")), "Nilai | rata-rata | 7"),
    ],
)
def test_numbers_on_the_lines_of_their_items_and_numbers_below_stay(
    texts: tuple[tuple[float, float, str], ...], cell: str
) -> None:
    assert _cell(*texts) == cell
