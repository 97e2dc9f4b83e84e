"""A sieve before the comparing: words of a name that no word of another can be a partner of.

Comparing two names costs a thousand times what this costs, and most pairs of names have nothing in common.
It errs on one side only: what may have a partner, however damaged, passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.words.align import KEPT, words_in
from pipeline.words.likeness import likeness, match_runs
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
    if trace.initials.isdisjoint(there.initials):
        return False
    near = [t for t in there.traces if not trace.initials.isdisjoint(t.initials)]
    return (
        any(trace.letters.startswith(t.letters) or likeness(trace.token, t.token) > 0 for t in near)
        or not trace.others.isdisjoint(words_in(text))
        or any(not t.others.isdisjoint(trace.token.form.split()) for t in near)
        or is_run(trace.token, here, there)
    )


def is_run(token: Token, here: Traces, there: Traces) -> bool:
    """Whether a token stands for words of the other side, or is one of those that a word there stands for."""
    if any(match_runs([token], [t.token for t in there.traces])):
        return True
    own = [t.token for t in here.traces]
    unknown = [t.token for t in there.traces if not t.token.known and token.form[:1] in t.token.form]
    return any(token in run for one in unknown for _, run in match_runs([one], own))
