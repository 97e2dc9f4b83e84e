"""Normal forms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import normalise_text, text_vocabulary


def test_the_printed_words_stay_beside_the_keys() -> None:
    token = normalise_text("Jumlah surat yang di tindak lanjuti").tokens[-1]
    assert token.printed == "di tindak lanjuti"
    assert token.key == "di-tindaklanjut"


def test_steps_tell_what_changed_and_nothing_else() -> None:
    names = [s.name for s in normalise_text("Prosentase desa lunas Pajak Bumi dan Bangunan").steps]
    assert "terms" in names
    assert "repair" not in names
    assert normalise_text("desa").steps == ()


def test_a_text_without_words_has_no_tokens() -> None:
    for text in ("", "  ", "- . ,", "()"):
        assert normalise_text(text).tokens == ()


def test_equal_signatures_whatever_the_order_of_words() -> None:
    one = normalise_text("Persentase koordinasi dan fasilitasi yang terlaksana")
    other = normalise_text("Prosentase fasilitasi & koordinasi terlaksana")
    assert one.signature == other.signature


def test_unknown_words_make_a_name_doubtful() -> None:
    assert normalise_text("Jumlah qwyxz").has_unknown_words
    assert not normalise_text("Jumlah surat masuk").has_unknown_words


def test_vocabulary_is_in_lower_case() -> None:
    assert text_vocabulary("Desa Lunas", "PBB") == {"desa", "lunas", "pbb"}


@given(st.text(max_size=120), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_is_normalised_the_same_each_time(text: str, kecamatan: str | None) -> None:
    assert normalise_text(text, kecamatan) == normalise_text(text, kecamatan)


def test_what_is_only_said_twice_counts_once() -> None:
    assert normalise_text("bobot penimbang").keys == normalise_text("nilai penimbang").keys
