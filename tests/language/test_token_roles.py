"""Keys and roles of words."""

from __future__ import annotations

import pytest

from pipeline.language import normalise_text


def role(name: str, word: str) -> str:
    return next(t.role for t in normalise_text(name).tokens if word in t.printed.lower())


def test_timeliness_is_a_condition() -> None:
    assert role("Persentase berkas yang diproses tepat waktu", "tepat waktu") == "qualifier"


def test_the_word_document_is_neutral_before_a_document_only() -> None:
    assert role("Jumlah dokumen laporan tahunan", "dokumen") == "neutral"
    assert role("Jumlah dokumen perencanaan", "dokumen") == "content"


def test_that_a_counted_document_was_made_says_nothing_but_under_a_share_it_does() -> None:
    assert role("Jumlah laporan bulanan yang disusun", "disusun") == "neutral"
    assert role("Persentase laporan bulanan yang disusun", "disusun") == "content"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Persentase penanganan aduan", "Persentase aduan yang ditangani"),
        ("Persentase kader yang mendapat pelatihan", "Persentase kader yang dilatih"),
        ("Persentase penerbitan izin", "Persentase izin terbit"),
        ("Persentase kehadiran kader", "Persentase kader yang hadir"),
        ("Jumlah penerbitan izin", "Jumlah izin yang diterbitkan"),
    ],
)
def test_an_act_on_something_is_that_which_was_done_to_it(one: str, other: str) -> None:
    assert normalise_text(one).keys == normalise_text(other).keys


def test_a_counted_activity_is_not_what_it_was_done_to() -> None:
    assert (
        normalise_text("Jumlah pembinaan koperasi").keys != normalise_text("Jumlah koperasi yang dibina").keys
    )


def test_who_does_and_what_is_done_are_two_things() -> None:
    assert normalise_text("Jumlah desa yang membina").keys != normalise_text("Jumlah desa yang dibina").keys


def test_a_repetition_counts_once() -> None:
    assert len(normalise_text("Jumlah draf/konsep proposal").content) == 2


def test_something_always_stays_to_compare() -> None:
    assert normalise_text("Jumlah kegiatan").content
