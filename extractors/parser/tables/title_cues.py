"""What a column's title says of its field: the cue at the head of a noun phrase, through OCR damage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from rapidfuzz import fuzz, process

from extractors.parser.vocabulary import ocr_digits
from extractors.parser.vocabulary.column_titles import header_table, title_words
from extractors.parser.vocabulary.vocabulary_matcher import squeeze_text

STRONG, WEAK = 1.0, 0.6
"""Score of a title whose head is a strong or a weak cue."""
BEHIND_HEAD = 0.7
"""Share of a cue's score that is left where it does not stand at the head of its title."""
UNKNOWN_WORDS = 0.4
"""Share of a title's score that is lost where none of its other words is known from titles."""
LEAST_SIMILARITY = 82
"""Indel similarity (0 to 100) of a printed cue and a known one."""
LEAST_FIRST_SIMILARITY = 60
"""Indel similarity of the first word of a printed cue and the known one."""
SHORTEST_FUZZY_CUE = 5
"""Letters of a cue that may have a damaged letter; shorter ones have to be printed as they are."""
LONGEST_TITLE = 160
"""Characters of a printed title; what is longer is a sentence."""

_TITLE_PART = re.compile(r"\s*[/&()+]\s*|\s+dan\s+|\s+atau\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ROMAN_NUMERAL = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class TitleScore:
    """How much a title speaks for a field, and how like the known cue its letters are (0 to 1)."""

    score: float
    likeness: float


@lru_cache(maxsize=4096)
def is_title_word(word: str) -> bool:
    """Return whether a word is one of those that column titles are made of, through OCR damage."""
    known_words = title_words()
    return word in known_words or (
        len(word) >= SHORTEST_FUZZY_CUE
        and process.extractOne(word, known_words, scorer=fuzz.ratio, score_cutoff=80) is not None
    )


@lru_cache(maxsize=4096)
def score_title(title: str, family: str) -> dict[str, TitleScore]:
    """Return what a title says, by field; a title of two parts (``A / B``) may name a combined column."""
    title = " ".join(ocr_digits.repair_letters(title).lower().split())
    if not title or len(title) > LONGEST_TITLE:
        return {}
    whole_scores = _score_part(title, family)
    parts = [part for part in _TITLE_PART.split(title) if part]
    if len(parts) < 2 or any(_TITLE_PART.search(cue) for cue, _ in whole_scores.values()):
        return {field: score for field, (_, score) in whole_scores.items()}
    scores: dict[str, TitleScore] = {}
    for i, part in enumerate(parts):
        for field, (_, score) in _score_part(part, family).items():
            # the first of several parts is what the column is mainly named after
            ranked_score = TitleScore(score.score - 0.02 * i, score.likeness)
            if field not in scores or ranked_score.score > scores[field].score:
                scores[field] = ranked_score
    for combined_field, (first, second) in header_table().combinations.items():
        if all(field in scores and scores[field].score >= 0.9 for field in (first, second)):
            likeness = min(scores[first].likeness, scores[second].likeness)
            scores[combined_field] = TitleScore(STRONG, likeness)
            del scores[first], scores[second]  # the title names both, so that neither of them is the column
    return scores


def _score_part(part: str, family: str) -> dict[str, tuple[str, TitleScore]]:
    """The best cue of each field in one noun phrase, and its score."""
    words = _WORD.findall(part)
    starts = list(accumulate((len(word) for word in words), initial=0))
    head = 0
    while head < len(words) - 1 and words[head] in header_table().transparent:
        head += 1
    squeezed_part = squeeze_text(part)
    known_share = _share_of_known_words(words)
    best: dict[str, tuple[str, TitleScore]] = {}
    head_fields: set[str] = set()
    strong_head_fields: set[str] = set()
    for field, cue, weight in _iterate_cues(family):
        match = _find_cue(cue, words, starts, squeezed_part)
        if match is None:
            continue
        start_word, likeness = match
        is_head = start_word <= head
        if is_head:
            (strong_head_fields if weight == STRONG else head_fields).add(field)
        score = weight * (1.0 if is_head else BEHIND_HEAD) * likeness**2
        score *= 1 - UNKNOWN_WORDS + UNKNOWN_WORDS * known_share
        score += 0.001 * len(cue)  # of two cues the longer one says more
        if field not in best or score > best[field][1].score:
            best[field] = (cue, TitleScore(score, likeness))
    for field, (cue, title_score) in best.items():
        is_strong = cue in header_table().family_cues(family)[field].strong
        if field in head_fields - strong_head_fields and is_strong:
            # a weak cue at the head and a strong one behind it: `Unit Kerja Penanggung Jawab`
            score = title_score.score / BEHIND_HEAD
            best[field] = (cue, TitleScore(score, title_score.likeness))
    return best


@cache
def _iterate_cues(family: str) -> tuple[tuple[str, str, float], ...]:
    return tuple(
        (field, cue, weight)
        for field, cues in header_table().family_cues(family).items()
        for weight, cue_list in ((STRONG, cues.strong), (WEAK, cues.weak))
        for cue in cue_list
    )


def _find_cue(cue: str, words: list[str], starts: list[int], squeezed_part: str) -> tuple[int, float] | None:
    """The word of a title at which a cue begins, and how alike they are (0 to 1)."""
    letters = squeeze_text(cue)
    if len(letters) < SHORTEST_FUZZY_CUE:
        return (words.index(letters), 1.0) if letters in words else None
    if len(squeezed_part) < len(letters) - 2:
        return None
    alignment = fuzz.partial_ratio_alignment(letters, squeezed_part, score_cutoff=LEAST_SIMILARITY)
    if alignment is not None and _begins_alike(cue, squeezed_part[alignment.dest_start :]):
        for index, start in enumerate(starts[:-1]):
            if abs(start - alignment.dest_start) <= 1 and not (index and alignment.dest_start < start - 1):
                return index, alignment.score / 100
    cue_words = _WORD.findall(cue)
    if len(cue_words) == len(words) > 1 and all(
        any(fuzz.ratio(cue_word, word) >= LEAST_SIMILARITY for word in words) for cue_word in cue_words
    ):
        return 0, 0.95  # lines of a title that is set upright come in reverse order
    return None


def _share_of_known_words(words: list[str]) -> float:
    """How many of a title's words (numbers and Roman numerals aside) are known from titles."""
    content_words = [word for word in words if len(word) > 2 and not any(c.isdigit() for c in word)]
    content_words = [word for word in content_words if not _ROMAN_NUMERAL.fullmatch(word)]
    if not content_words:
        return 1.0
    return sum(is_title_word(word) for word in content_words) / len(content_words)


def _begins_alike(cue: str, letters: str) -> bool:
    """Is the first word of a cue printed, too, not only the words behind it?"""
    first_word = _WORD.findall(cue)[0]
    return fuzz.ratio(first_word, letters[: len(first_word)]) >= LEAST_FIRST_SIMILARITY
