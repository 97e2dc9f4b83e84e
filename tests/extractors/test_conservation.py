"""No printed word vanishes: wherever one more is printed, the record holds it or a note quotes it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import extractors
from extractors.errors import ReadError

pytestmark = pytest.mark.slow


SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "text").iterdir())
SHARED = Path(__file__).parents[3] / "shared" / "corpus" / "text"
SENTINEL = "belimbingwuluh"
"""A word of no vocabulary, column or label, and like none of them."""
OFFICE = re.compile(
    r"\W*(?:<p>)?(LAMPIRAN\W|KEPUTUSAN CAMAT|CAMAT|PEMERINTAH|KECAMATAN|JALAN|JL\.)", re.IGNORECASE
)
"""Lines in which the office names itself and its address: a word more there is another name, no text."""
MOST_LINES = 60
"""Of a real decree; each is read once."""
BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{2}) (?=[^\W\d_]{2})")
MARKUP = re.compile(r"<[^>]*>|\\[a-z]+")


def places(line: str) -> list[int]:
    """Where a word can be printed more in a line: between two words, or behind its last one."""
    tags = [range(*found.span()) for found in MARKUP.finditer(line)]
    inside = [found.start() for found in BETWEEN_WORDS.finditer(line)]
    behind = [len(line)] if line[-1:].isalpha() else []
    return [at for at in inside + behind if not any(at in tag for tag in tags)]


def lost(path: Path, most: int | None = None) -> list[str]:
    """The lines of a text in which one word more would be lost, the word shown in its place."""
    lines = path.read_text("utf-8").split("\n")
    chance = random.Random(path.name)
    tried = [number for number, line in enumerate(lines) if places(line) and not OFFICE.match(line)]
    found: list[str] = []
    for number in chance.sample(tried, min(most or len(tried), len(tried))):
        line = lines[number]
        at = chance.choice(places(line))
        marked = f"{line[:at]} {SENTINEL}{line[at:]}"
        text = "\n".join([*lines[:number], marked, *lines[number + 1 :]])
        try:
            record = extractors.read_bytes(text.encode(), path.name).model_dump_json()
        except ReadError:
            continue  # refused as a whole, with the reason: nothing is lost in silence
        if SENTINEL.lower() not in record.lower():
            found.append(f"{number + 1}: {marked}")
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_word_more_in_any_line_of_a_sample_is_kept_or_quoted(path: Path) -> None:
    assert lost(path) == []


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_a_word_more_in_any_line_of_a_real_decree_is_kept_or_quoted(path: Path) -> None:
    assert lost(path, MOST_LINES) == []
