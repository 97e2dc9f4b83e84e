"""How like two words are that are not equal: reading errors, unknown roots, torn words and acronyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from pipeline.words.brackets import spells
from pipeline.words.repair import skeleton
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.words.roles import Token

SURE = 0.98
ROOTS = 0.95
NOISE = 0.9
SHORTEST_NOISY = 6
LONGEST_RUN = 8


def likeness(left: Token, right: Token) -> float:
    """From 0 (other words) to 1 (one word): two known words are never alike, nor are numbers.

    Letters that reading confuses make 0.98, unknown words that may have one root 0.95, other misprints
    of one word 0.9.
    """
    if (left.kind and right.kind) or numeric(left) or numeric(right):
        return 0.0
    if skeleton(left.form) == skeleton(right.form):
        return SURE if not (left.known and right.known) else 0.0
    if not (left.known or right.known) and one_root(left, right):
        return ROOTS
    return NOISE if noise(left, right) else 0.0


def numeric(token: Token) -> bool:
    """Whether a token holds a number that is no misread letter."""
    return any(c.isdigit() for c in token.form) and not any(c.isalpha() for c in token.form)


def one_root(left: Token, right: Token) -> bool:
    """Whether two unknown words may be forms of one root in the same voice (or in none)."""
    a, b = left.analysis, right.analysis
    if a is None or b is None:
        return False
    nominal = {"act", "state", "bare"}
    voices = a.voice == b.voice or {a.voice, b.voice} <= nominal
    return voices and bool({a.root, *a.others} & {b.root, *b.others})


def noise(left: Token, right: Token) -> bool:
    """Whether an unknown word is a misprint of the other: few letters off for its length."""
    if left.known and right.known:
        return False
    longest = max(len(left.form), len(right.form))
    if min(len(left.form), len(right.form)) < SHORTEST_NOISY or negated(left, right):
        return False
    both_unknown = not left.known and not right.known
    most = 1 if both_unknown or longest < 9 else 2
    return (
        Levenshtein.distance(left.form, right.form, score_cutoff=most) <= most
        and left.form[0] == right.form[0]
    )


def negated(left: Token, right: Token) -> bool:
    """Whether one of the words turns the meaning round (``non…``)."""
    negations = tables().sets["negations"]
    return any(left.form.startswith(n) != right.form.startswith(n) for n in negations)


def match_runs(ones: Sequence[Token], others: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Unknown words that stand for a run of the other side's words: an acronym, or the run torn apart."""
    taken: set[int] = set()
    for one in ones:
        if one.known or one.kind:
            continue
        for start in range(len(others)):
            for size in range(2, min(LONGEST_RUN, len(others) - start) + 1):
                run = others[start : start + size]
                if not taken & {id(t) for t in run} and stands_for(one, run):
                    taken |= {id(t) for t in run}
                    yield one, list(run)
                    break
            else:
                continue
            break


def stands_for(one: Token, run: Sequence[Token]) -> bool:
    """Whether an unknown word is the acronym of a run, or the run's words joined."""
    words = [w for t in run for w in t.form.split()]
    joined = "".join(words)
    return skeleton(one.form) == skeleton(joined) or one.key == joined or spells(one.form, words)
