"""A sieve before the comparing: words of a name that no word of another can be a partner of.

Comparing two names costs a thousand times what this costs, and most pairs of names have nothing in common.
It errs on one side only: what may have a partner, however damaged, passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.words.align import KEPT, words_in
from pipeline.words.brackets import spells
from pipeline.words.likeness import LONGEST_RUN, likeness
from pipeline.words.normal import normalise
from pipeline.words.repair import skeleton, variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.words.roles import Token


@dataclass(frozen=True, slots=True)
class Trace:
    """A token with what else it may have been before it was misread."""

    token: Token
    letters: str
    """Its skeleton without spaces."""
    initials: frozenset[str]
    """First letters of all that it may be, misread letters made one."""
    others: frozenset[str]
    """Words that confused letters may have made it of."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What the words of a text leave to be found by."""

    traces: tuple[Trace, ...]
    keys: frozenset[str]
    known: bool
    initials: frozenset[str]
    letters: str
    """The skeletons of all words, one behind the other."""
    words: tuple[str, ...]


def surely_open(left: str, right: str, kecamatan: str | None = None) -> Iterator[str]:
    """Printed content words of ``left`` that certainly have no partner in ``right``, one after the other."""
    here, there = traces(left, kecamatan), traces(right, kecamatan)
    for trace in here.traces:
        token = trace.token
        if (
            token.role != "neutral"
            and token.key not in there.keys
            and not may_pair(trace, here, there, right)
        ):
            yield token.printed


@lru_cache(maxsize=KEPT)
def traces(text: str, kecamatan: str | None) -> Traces:
    """The traces of a text, remembered."""
    normal = normalise(text, kecamatan)
    found = tuple(map(trace, normal.tokens))
    return Traces(
        found,
        frozenset(t.key for t in normal.tokens),
        not normal.doubtful,
        frozenset().union(*(t.initials for t in found)),
        "".join(t.letters for t in found),
        tuple(word for t in normal.tokens for word in t.form.split()),
    )


def trace(token: Token) -> Trace:
    """The traces of a token."""
    others = frozenset() if token.known else frozenset(variants(token.form))
    roots = (token.analysis.root, *token.analysis.others) if token.analysis else ()
    letters = skeleton(token.form.replace(" ", ""))
    starts = (letters, *token.form.split(), *roots, *others)
    return Trace(token, letters, frozenset(skeleton(s[0]) for s in starts if s), others)


def may_pair(trace: Trace, here: Traces, there: Traces, text: str) -> bool:
    """Whether a token may find a partner in another text: as it is, mended, torn, joined, shortened."""
    if here.known and there.known:
        return False
    if trace.letters in there.letters:
        return True
    if not trace.initials.isdisjoint(there.initials):
        near = [t for t in there.traces if not trace.initials.isdisjoint(t.initials)]
        if any(trace.letters.startswith(t.letters) or likeness(trace.token, t.token) > 0 for t in near):
            return True
        if not trace.others.isdisjoint(words_in(text)) or stands_for_run(trace.token, there.words):
            return True
        if any(not t.others.isdisjoint(trace.token.form.split()) for t in near):
            return True
    first = trace.token.form[0]
    return any(first in t.token.form and stands_for_run(t.token, here.words) for t in there.traces)


def stands_for_run(token: Token, words: tuple[str, ...]) -> bool:
    """Whether an unknown word is an acronym of some of the words, as they follow one another."""
    form = token.form
    if token.known or token.kind:
        return False
    return any(
        word[0] == form[0]
        and words[i + 1][0] in form
        and any(spells(form, words[i:end]) for end in range(i + 2, i + LONGEST_RUN + 1))
        for i, word in enumerate(words[:-1])
    )
