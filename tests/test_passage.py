"""A passage never loses sight of the printed words it is made of."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.passage import Passage, Place

LINE = Place(lines=(7, 7))
printed = st.text(alphabet="ab 1.-\n\t(∑", max_size=40)


def texts(passage: Passage) -> list[str]:
    """What is left of each printed word in the passage."""
    return [passage.text[a:b] for a, b, _ in passage.marks]


def test_a_slice_through_a_word_keeps_the_word_on_both_sides() -> None:
    passage = Passage.of("a)Membuat laporan", LINE)
    marker, rest = passage[:2], passage[2:]
    assert (marker.text, rest.text) == ("a)", "Membuat laporan")
    assert texts(marker) == ["a)"]
    assert texts(rest) == ["Membuat", "laporan"]
    assert marker.words[0] is rest.words[0]


def test_replacing_a_sign_keeps_the_words_around_it_in_place() -> None:
    passage = Passage.of(r"x ( $\sum$ hari kerja)", LINE).sub(re.compile(r"\$\\sum\$"), "∑")
    assert passage.text == "x ( ∑ hari kerja)"
    assert [passage.text[a:b] for a, b, _ in passage.marks] == ["x", "(", "∑", "hari", "kerja)"]


def test_joining_leaves_out_blank_parts() -> None:
    joined = Passage.join(" ", [Passage.of("tepat", LINE), Passage.of("  ", LINE), Passage.of("waktu", LINE)])
    assert joined.text == "tepat waktu"


@given(printed, st.integers(0, 40), st.integers(0, 40))
def test_marks_stand_where_their_word_is_printed(text: str, start: int, stop: int) -> None:
    whole = Passage.of(text, LINE)
    printed_as = dict(zip(whole.words, texts(whole), strict=True))
    passage = whole[start:stop]
    for a, b, word in passage.marks:
        assert passage.text[a:b] in printed_as[word]
    covered = {i for a, b, _ in passage.marks for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(passage.text) if not c.isspace())


@given(printed)
def test_folding_white_space_loses_no_word(text: str) -> None:
    passage = Passage.of(text, LINE)
    assert passage.folded().words == passage.words
    assert passage.folded().text == " ".join(text.split())
    assert texts(passage.folded()) == texts(passage)


@given(printed)
def test_lines_hold_all_words(text: str) -> None:
    passage = Passage.of(text, LINE)
    assert [word for line in passage.splitlines() for word in line.words] == list(passage.words)
