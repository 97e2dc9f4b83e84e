"""How like two words are that are not equal: reading errors, unknown roots, torn words and acronyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.name_brackets import SHORTEST_ACRONYM, is_acronym_of
from pipeline.language.steps.spelling_repair import letter_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.language.steps.token_roles import NameToken

CONFUSED_LETTERS_SCORE = 0.98
SHARED_ROOT_SCORE = 0.95
MISPRINT_SCORE = 0.9
SHORTEST_NOISY = 6
LONGEST_RUN = 8


def score_similarity(left: NameToken, right: NameToken) -> float:
    """From 0 (other words) to 1 (one word): two known words are never alike, nor are numbers.

    Letters that reading confuses make 0.98, unknown words that may have one root 0.95, other misprints
    of one word 0.9.
    """
    if (left.is_known and right.is_known) or is_numeric(left) or is_numeric(right):
        return 0.0
    if letter_skeleton(left.form) == letter_skeleton(right.form):
        return CONFUSED_LETTERS_SCORE
    if not (left.is_known or right.is_known) and may_share_root(left, right):
        return SHARED_ROOT_SCORE
    return MISPRINT_SCORE if is_misprint(left, right) else 0.0


def is_numeric(token: NameToken) -> bool:
    """Return whether a token holds a number that is no misread letter."""
    return any(c.isdigit() for c in token.form) and not any(c.isalpha() for c in token.form)


def may_share_root(left: NameToken, right: NameToken) -> bool:
    """Return whether two unknown words may be forms of one root in the same voice (or in none)."""
    a, b = left.analysis, right.analysis
    if a is None or b is None:
        return False
    nominal = {"act", "state", "bare"}
    voices = a.voice == b.voice or {a.voice, b.voice} <= nominal
    return voices and bool({a.root, *a.other_roots} & {b.root, *b.other_roots})


def is_misprint(left: NameToken, right: NameToken) -> bool:
    """Return whether an unknown word is a misprint of the other: few letters off for its length."""
    if left.is_known and right.is_known:
        return False
    length = max(len(left.form), len(right.form))
    if min(len(left.form), len(right.form)) < SHORTEST_NOISY or differ_in_negation(left, right):
        return False
    both_unknown = not left.is_known and not right.is_known
    max_distance = 1 if both_unknown or length < 9 else 2
    return (
        Levenshtein.distance(left.form, right.form, score_cutoff=max_distance) <= max_distance
        and left.form[0] == right.form[0]
    )


def differ_in_negation(left: NameToken, right: NameToken) -> bool:
    """Return whether one of the words turns the meaning round (``non…``)."""
    negations = load_lexicon().grammar.negations
    return any(left.form.startswith(n) != right.form.startswith(n) for n in negations)


def match_word_runs(
    tokens: Sequence[NameToken], other_tokens: Sequence[NameToken]
) -> Iterator[tuple[NameToken, list[NameToken]]]:
    """Unknown words that stand for a run of the other side's words: an acronym, or the run torn apart."""
    used_ids: set[int] = set()
    for token in tokens:
        if token.is_known or token.kind:
            continue
        for start in range(len(other_tokens)):
            is_phrase = " " in other_tokens[start].form
            for size in range(1 if is_phrase else 2, min(LONGEST_RUN, len(other_tokens) - start) + 1):
                run = other_tokens[start : start + size]
                if not used_ids & {id(t) for t in run} and replaces_run(token, run):
                    used_ids |= {id(t) for t in run}
                    yield token, list(run)
                    break
            else:
                continue
            break


def replaces_run(token: NameToken, run: Sequence[NameToken]) -> bool:
    """Return whether an unknown word is the acronym of a run, or the run's words joined."""
    words = [w for t in run for w in t.form.split()]
    if len(run) == 1 and len(run[0].printed.split()) == len(words):
        words = (
            run[0].printed.lower().split()
        )  # a term is written otherwise than it is read (kenaikan pangkat)
    joined = "".join(words)
    return (
        letter_skeleton(token.form) == letter_skeleton(joined)
        or token.key == joined
        or is_acronym_of(token.form, words)
        or is_initial_pair(token, words)
    )


def acronym_score(token: NameToken) -> float:
    """Return how sure it is that an acronym stands for a run of words that it fits."""
    return 1.0 if len(token.form) >= SHORTEST_ACRONYM else MISPRINT_SCORE


def is_initial_pair(token: NameToken, words: Sequence[str]) -> bool:
    """Return whether two capitals are the initials of just two words: a guess, for many words begin so."""
    return token.printed.isupper() and len(words) == 2 and token.form == "".join(word[0] for word in words)
