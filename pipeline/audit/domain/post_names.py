"""Posts and units as decrees print them: *Kasi X*, *Kepala Seksi X* and *Seksi X* are one answer."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.language import normalise_text

MIN_SAME_LETTERS = 90
"""Likeness (0-100) of letters from which another spelling is a misprint or a misreading."""
MIN_SHARED_TOPIC = 0.5
"""Share of the words of two section names that both must have to be one section under two names."""


class PostName(NamedTuple):
    """A post taken apart."""

    unit: str
    """The kind of unit that it leads or is (``seksi``); the first word of any other post."""
    topic: frozenset[str]
    """Keys of what the unit is for."""
    words: frozenset[str] = frozenset()
    """The same as printed."""


def read_post(text: str) -> PostName:
    """Return a printed post or unit taken apart."""
    lexicon = load_lexicon()
    words = [word for word in split_words(" ".join(text.split())) if not lexicon.post_fillers.is_entry(word)]
    words = split_words(" ".join(words).replace("sub bagian", "subbagian").replace("sub seksi", "subseksi"))
    if not words:
        return PostName("", frozenset())
    unit = lexicon.heads.get(words[0], words[0])
    return PostName(unit, normalise_text(" ".join(words[1:])).keys, frozenset(words[1:]))


def same_post(left: str, right: str) -> bool:
    """Return whether two entries name one post; a section may carry more of its tasks in one name."""
    if fuzz.ratio("".join(split_words(left)), "".join(split_words(right))) >= MIN_SAME_LETTERS:
        return True
    a, b = read_post(left), read_post(right)
    if a.unit != b.unit:
        return False
    shared = a.topic & b.topic
    for one, other in ((a, b), (b, a)):
        if one.topic and (one.topic <= other.topic or one.words <= other.words):
            return True
    return a.topic == b.topic or len(shared) > MIN_SHARED_TOPIC * len(a.topic | b.topic)
