"""No printed word vanishes: wherever one more is printed, the record holds it or a note quotes it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import extractors

SAMPLES = sorted((Path(__file__).parents[1] / "samples" / "text").iterdir())
SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "text"
SENTINEL = "Belimbingwuluh"
"""A word of no vocabulary, column or label, and like none of them."""
BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{2}) (?=[^\W\d_]{2})")
MARKUP = re.compile(r"<[^>]*>|\\[a-z]+")


def places(line: str) -> list[int]:
    """Where a word can be printed more in a line: between two words, or behind its last one."""
    tags = [range(*found.span()) for found in MARKUP.finditer(line)]
    inside = [found.start() for found in BETWEEN_WORDS.finditer(line)]
    behind = [len(line)] if line[-1:].isalpha() else []
    return [at for at in inside + behind if not any(at in tag for tag in tags)]


def lost(path: Path) -> list[str]:
    """The lines of a text in which one word more would be lost, the word shown in its place."""
    lines = path.read_text("utf-8").split("\n")
    chance = random.Random(path.name)
    found: list[str] = []
    for number, line in enumerate(lines):
        if not (free := places(line)):
            continue
        at = chance.choice(free)
        marked = f"{line[:at]} {SENTINEL}{line[at:]}"
        text = "\n".join([*lines[:number], marked, *lines[number + 1 :]])
        record = extractors.read_bytes(text.encode(), path.name).model_dump_json()
        if SENTINEL.lower() not in record.lower():
            found.append(f"{number + 1}: {marked}")
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_word_more_in_any_line_of_a_sample_is_kept_or_quoted(path: Path) -> None:
    assert lost(path) == []


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_a_word_more_in_any_line_of_a_real_decree_is_kept_or_quoted(path: Path) -> None:
    assert lost(path) == []
