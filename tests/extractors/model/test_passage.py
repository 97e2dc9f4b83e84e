"""A passage never loses sight of the printed words it is made of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.passage import Passage, PrintedPlace, create_word_ref

LINE = PrintedPlace(lines=(7, 7))
printed = st.text(alphabet="ab 1.-\n\t(∑", max_size=40)


def texts(passage: Passage) -> list[str]:
    """What is left of each printed word in the passage."""
    return [passage.text[a:b] for a, b, _ in passage.word_spans]


def test_a_slice_through_a_word_keeps_the_word_on_both_sides() -> None:
    passage = Passage.from_text("a)Membuat laporan", LINE)
    marker, rest = passage[:2], passage[2:]
    assert (marker.text, rest.text) == ("a)", "Membuat laporan")
    assert texts(marker) == ["a)"]
    assert texts(rest) == ["Membuat", "laporan"]
    assert marker.words[0] is rest.words[0]


def test_replacing_a_sign_keeps_the_words_around_it_in_place() -> None:
    passage = Passage.from_text(r"x ( $\sum$ hari kerja)", LINE).replace_pattern(
        re.compile(r"\$\\sum\$"), "∑"
    )
    assert passage.text == "x ( ∑ hari kerja)"
    assert [passage.text[a:b] for a, b, _ in passage.word_spans] == ["x", "(", "∑", "hari", "kerja)"]


def test_joining_leaves_out_blank_parts() -> None:
    joined = Passage.join(
        " ",
        [Passage.from_text("tepat", LINE), Passage.from_text("  ", LINE), Passage.from_text("waktu", LINE)],
    )
    assert joined.text == "tepat waktu"


@given(printed, st.integers(0, 40), st.integers(0, 40))
def test_marks_stand_where_their_word_is_printed(text: str, start: int, stop: int) -> None:
    whole = Passage.from_text(text, LINE)
    printed_as = dict(zip(whole.words, texts(whole), strict=True))
    passage = whole[start:stop]
    for a, b, word in passage.word_spans:
        assert passage.text[a:b] in printed_as[word]
    covered = {i for a, b, _ in passage.word_spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(passage.text) if not c.isspace())


@given(printed)
def test_folding_white_space_loses_no_word(text: str) -> None:
    passage = Passage.from_text(text, LINE)
    assert passage.fold_whitespace().words == passage.words
    assert passage.fold_whitespace().text == " ".join(text.split())
    assert texts(passage.fold_whitespace()) == texts(passage)


@given(printed)
def test_lines_hold_all_words(text: str) -> None:
    passage = Passage.from_text(text, LINE)
    assert [word for line in passage.splitlines() for word in line.words] == list(passage.words)


@given(
    st.tuples(*[st.floats(-20_000, 20_000)] * 4),
    st.integers(1, 100_000),
    st.floats(0, 1),
)
def test_a_word_knows_its_place_to_a_thousandth_of_a_point(
    box: tuple[float, float, float, float], page: int, sure: float
) -> None:
    place = create_word_ref(PrintedPlace(page, box, None, sure)).place
    assert (place.page, place.lines) == (page, None)
    assert place.box == pytest.approx(box, abs=0.00051)
    assert place.confidence == pytest.approx(sure, abs=0.000051)


@pytest.mark.parametrize("lines", [None, (1, 1), (7, 200_000)])
def test_a_word_of_a_text_knows_its_lines(lines: tuple[int, int] | None) -> None:
    place = PrintedPlace(lines=lines)
    assert create_word_ref(place).place == place


def test_no_two_words_are_equal_wherever_they_stand() -> None:
    first, second = create_word_ref(LINE), create_word_ref(LINE)
    assert first != second
    assert second.serial == first.serial + 1


@pytest.mark.parametrize("far", [1e9, float("inf"), float("-inf")])
def test_a_place_beyond_every_page_is_kept_at_its_edge(far: float) -> None:
    box = create_word_ref(PrintedPlace(1, (far, 0.0, far, 1.0))).place.box
    assert box is not None
    assert (box[0] > 0, box[1], box[3]) == (far > 0, 0.0, 1.0)
