"""Places say nothing of what is measured, whatever words their names are made of."""

from __future__ import annotations

import pytest

from pipeline.language.steps.own_office import drop_office
from pipeline.language.steps.spelling_repair import RepairContext, repair_words
from pipeline.language.word_tokenizer import fold_text, split_words


def left(text: str, kecamatan: str = "") -> str:
    words = repair_words(split_words(fold_text(text)), RepairContext(frozenset()))
    return " ".join(w.form for w in drop_office(words, kecamatan, RepairContext(frozenset())))


@pytest.mark.parametrize(
    ("text", "kecamatan"),
    [
        ("desa lunas di Kecamatan Batu Wungkal", "Batu Wungkal"),
        ("desa lunas se-Kecamatan Batuwungkal", "Batu Wungkal"),
        ("desa lunas Kec. Batu Wungkal Kabupaten Wirasana", "Batu Wungkal"),
        ("desa lunas lingkup Kecamatan", "Batu Wungkal"),
        ("desa lunas di kecamatan wungkal", ""),
        ("desa lunas Wungkal", "Wungkal"),
        ("desa lunas di Kecamatan Wungka1", "Wungkal"),
    ],
)
def test_the_own_office_is_dropped(text: str, kecamatan: str) -> None:
    assert left(text, kecamatan) == "desa lunas"


@pytest.mark.parametrize(
    "text",
    [
        "desa lunas Kec. Pasar Batu",
        "desa lunas di wilayah Kecamatan Rumah Putih",
        "desa lunas Kecamatan Air Sejuk Kabupaten Tanah Subur",
        "desa lunas di Kelurahan Kebun Besar",
        "desa lunas di Sumber Jaya",
        "Desa Lunas Kecamatan Pasar Batu",
        "DESA LUNAS KECAMATAN PASAR BATU",
    ],
)
def test_a_place_of_ordinary_words_is_dropped_without_being_known(text: str) -> None:
    assert left(text) == "desa lunas"
    assert left(text, "Sriwungu") == "desa lunas"


@pytest.mark.parametrize(
    "text",
    [
        "Predikat Kecamatan Tepat Waktu",
        "Rapat Kecamatan Bidang Pemerintahan",
        "Penyaluran Dana Desa Tahap Awal",
        "usulan di Musrenbangdes",
    ],
)
def test_what_only_looks_like_a_place_stays(text: str) -> None:
    kept = left(text).split()
    assert kept[-1] == text.split()[-1].lower()


def test_a_kecamatan_that_is_counted_stays() -> None:
    assert left("jumlah kecamatan yang aktif") == "jumlah kecamatan yang aktif"


def test_the_forum_of_the_kecamatan_is_no_office() -> None:
    assert left("usulan Musrenbang Kecamatan") == "usulan musrenbang kecamatan"
    assert left("usulan Musrenbang tingkat Kecamatan") == "usulan musrenbang tingkat kecamatan"
