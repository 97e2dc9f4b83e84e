"""Signs of a scan that stand in columns: colons and list letters that OCR misread or lost."""

from __future__ import annotations

from extractors.model.passage import PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedWord
from extractors.ocr.detect.aligned_marks import correct_column_signs


def row(top: float, *cells: tuple[float, str]) -> list[PrintedWord]:
    boxes = [(x, top, x + 5.0 * len(text), top + 10) for x, text in cells]
    return [
        PrintedWord(text, create_word_ref(PrintedPlace(1, box)), box, 10.0)
        for box, (_, text) in zip(boxes, cells, strict=True)
    ]


def read(printed: list[PrintedWord], top: float) -> str:
    level = sorted((w for w in correct_column_signs(printed) if w.box[1] == top), key=lambda w: w.box[0])
    return " ".join(w.text for w in level)


LABELS = [
    *row(100, (50, "Jabatan"), (150, ":"), (160, "KASI")),
    *row(120, (50, "Tugas"), (150, ":"), (160, "a)"), (175, "membina")),
    *row(132, (160, "b)"), (175, "memantau")),
    *row(144, (50, "Fungsi"), (150, ":"), (160, "a)"), (175, "pembinaan")),
]


def test_a_dot_in_the_column_of_colons_is_a_colon() -> None:
    assert read([*LABELS, *row(160, (50, "Jabatan"), (150, "·"), (160, "BENDAHARA"))], 160) == (
        "Jabatan : BENDAHARA"
    )


def test_a_lost_colon_is_put_into_its_column() -> None:
    assert read([*LABELS, *row(160, (50, "Jabatan"), (160, "BENDAHARA"))], 160) == "Jabatan : BENDAHARA"


def test_running_text_gets_no_colon() -> None:
    prose = row(160, (50, "dan"), (70, "pelayanan"), (120, "publik"), (155, "di"), (170, "desa"))
    assert read([*LABELS, *prose], 160) == "dan pelayanan publik di desa"


def test_a_misread_list_letter_gets_its_bracket() -> None:
    assert read([*LABELS, *row(156, (160, "bj"), (175, "monitoring"))], 156) == "b) monitoring"


def test_a_letter_elsewhere_stays() -> None:
    assert read([*LABELS, *row(156, (60, "b"), (175, "monitoring"))], 156) == "b monitoring"
