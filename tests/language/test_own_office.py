"""The own office says nothing about what is measured; another's name does."""

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


def test_another_kecamatan_stays() -> None:
    assert left("IKM Kecamatan Wungkal", "Sriwungu") == "ikm kecamatan wungkal"


def test_a_kecamatan_that_is_counted_stays() -> None:
    assert left("jumlah kecamatan yang aktif") == "jumlah kecamatan yang aktif"


def test_the_forum_of_the_kecamatan_is_no_office() -> None:
    assert left("usulan Musrenbang Kecamatan") == "usulan musrenbang kecamatan"
    assert left("usulan Musrenbang tingkat Kecamatan") == "usulan musrenbang tingkat kecamatan"
