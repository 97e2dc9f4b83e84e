"""Two names word against word: what stands on one side only, and what is another word on the other side.

Word order, stop words, neutral words, spelling and reading errors weigh little or nothing; a content word
more or less makes two names different. ``align`` is symmetric but for the sides of its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.words.fold import fold, split
from pipeline.words.likeness import ROOTS, likeness, match_runs
from pipeline.words.normal import Normal, normalise, vocabulary
from pipeline.words.repair import in_tables, spelled
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.words.roles import Token

MEASURE_FACTOR = 0.6
KEPT = 16_384
"""Texts whose words are remembered: each is compared with many others."""


@dataclass(frozen=True)
class Alignment:
    """What two names have in common and what not, in printed words."""

    same: bool
    """Whether both mean the same: every content word has its partner and the measures agree."""
    only_left: tuple[str, ...]
    """Words of the left name without partner (``tepat waktu``)."""
    only_right: tuple[str, ...]
    """Words of the right name without partner."""
    replaced: tuple[tuple[str, str], ...]
    """Other words in the same place, as (left, right)."""
    score: float
    """Likeness from 0 to 1: the share of words with a partner."""
    sure: bool = True
    """False where only likeness of letters or of roots speaks for or against: a human should look."""


class Agreement(NamedTuple):
    """What ``Alignment`` says, without the words."""

    same: bool
    score: float
    sure: bool


class Pair(NamedTuple):
    """Two tokens that mean the same, and how sure that is (1: certain)."""

    left: Token
    right: Token
    score: float


Partners = tuple[list[Pair], tuple["Token", ...], tuple["Token", ...]]
"""Tokens paired one to one, and those of the left and of the right that found no partner."""


def align(left: str, right: str, kecamatan: str | None = None) -> Alignment:
    """Compare two names or quantities; ``kecamatan`` is the own office's name on either side. Never fails."""
    return align_normals(read_beside(left, kecamatan, right), read_beside(right, kecamatan, left))


def align_again(
    left: Normal, right: Normal, kecamatan_left: str | None, kecamatan_right: str | None
) -> Alignment:
    """Compare two normal forms, read once more with the other's words in mind where a word is doubtful."""
    if left.doubtful or right.doubtful:
        return align_normals(
            read_beside(left.text, kecamatan_left, right.text),
            read_beside(right.text, kecamatan_right, left.text),
        )
    return align_normals(left, right)


def read_beside(text: str, kecamatan: str | None, other: str) -> Normal:
    """A normal form read with another text's words in mind; the same for all, where no word is doubtful."""
    return normalise(text, kecamatan, () if settled(text) else words_in(other))


@lru_cache(maxsize=KEPT)
def words_in(text: str) -> frozenset[str]:
    """``vocabulary`` of one text, remembered."""
    return vocabulary(text)


@lru_cache(maxsize=KEPT)
def settled(text: str) -> bool:
    """Whether the tables explain every printed word, so that no other text can change its reading."""
    forms = (form for word in split(fold(text)) for form in (word.form, *spelled(word.form)))
    return all(in_tables(form) for form in forms)


def align_normals(left: Normal, right: Normal) -> Alignment:
    """Compare two normal forms."""
    found = partners(left.tokens, right.tokens)
    agreement = judged(left, right, found)
    _, rest_left, rest_right = found
    open_left, open_right = content(rest_left), content(rest_right)
    groups_left = groups(left.tokens, open_left, rest_left)
    groups_right = groups(right.tokens, open_right, rest_right)
    replaced, only_left, only_right = replacements(
        groups_left, groups_right, verbs(rest_left), verbs(rest_right)
    )
    if not same_measure(left.measures, right.measures):
        replaced = (((" ".join(left.measures)), " ".join(right.measures)), *replaced)
    return Alignment(agreement.same, only_left, only_right, replaced, agreement.score, agreement.sure)


def agree_again(
    left: Normal, right: Normal, kecamatan_left: str | None, kecamatan_right: str | None
) -> Agreement:
    """What ``align_again`` says, without the words that keep them apart."""
    if left.doubtful or right.doubtful:
        beside = read_beside(left.text, kecamatan_left, right.text)
        right = read_beside(right.text, kecamatan_right, left.text)
        left = beside
    return judged(left, right, partners(left.tokens, right.tokens))


def judged(left: Normal, right: Normal, found: Partners) -> Agreement:
    """Whether two normal forms are the same, by the partners of their words."""
    pairs, rest_left, rest_right = found
    measures = same_measure(left.measures, right.measures)
    open_left, open_right = content(rest_left), content(rest_right)
    same = measures and not open_left and not open_right
    near = all([p.score >= ROOTS for p in pairs])
    return Agreement(
        same=same and bool(pairs or not (left.tokens or right.tokens)),
        score=scored(pairs, rest_left, rest_right) * (1 if measures else MEASURE_FACTOR),
        sure=near if same else not only_forms_differ(open_left, open_right, measures),
    )


def same_measure(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the measures agree; a name without one may mean a count or a value."""
    if left == right:
        return True
    implied = tables().sets["implied"]
    return (not left and set(right) <= implied) or (not right and set(left) <= implied)


def partners(left: Sequence[Token], right: Sequence[Token]) -> Partners:
    """Tokens paired one to one: equal keys first, then runs that an acronym stands for, then likeness."""
    by_key = {t.key: t for t in right}
    pairs = [Pair(t, by_key[t.key], 1.0) for t in left if t.key in by_key]
    done = {p.left.key for p in pairs}
    rest_left = [t for t in left if t.key not in done]
    rest_right = [t for t in right if t.key not in done]
    for one, run in match_runs(rest_left, rest_right):
        pairs.append(Pair(one, run[0], 1.0))
        rest_left = [t for t in rest_left if t is not one]
        rest_right = [t for t in rest_right if t not in run]
    for one, run in match_runs(rest_right, rest_left):
        pairs.append(Pair(run[0], one, 1.0))
        rest_right = [t for t in rest_right if t is not one]
        rest_left = [t for t in rest_left if t not in run]
    for score, a, b in sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(rest_left) for j, b in enumerate(rest_right)),
        key=lambda x: (-x[0], x[1], x[2]),
    ):
        taken = any(p.left is rest_left[a] or p.right is rest_right[b] for p in pairs)
        if score > 0 and not taken:
            pairs.append(Pair(rest_left[a], rest_right[b], score))
    used = {id(p.left) for p in pairs} | {id(p.right) for p in pairs}
    return (
        pairs,
        tuple(t for t in rest_left if id(t) not in used),
        tuple(t for t in rest_right if id(t) not in used),
    )


def content(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that must have a partner."""
    return tuple(t for t in tokens if t.role != "neutral")


def verbs(tokens: Sequence[Token]) -> list[Token]:
    """Neutral verbs without partner: where the other side has another verb, they are what it replaces."""
    return [t for t in tokens if t.role == "neutral" and t.key.startswith("di-")]


def groups(
    tokens: Sequence[Token], open_tokens: Sequence[Token], rest: Sequence[Token]
) -> list[tuple[Token, ...]]:
    """Open tokens that stand together as one group; conditions apart from things."""
    out: list[tuple[Token, ...]] = []
    last: Token | None = None
    for this in tokens:
        if this in open_tokens:
            joins = last is not None and out and last in rest and last.role == this.role == "content"
            out[-1:] = [(*out[-1], this)] if joins else [*out[-1:], (this,)]
        if this.role != "neutral":
            last = this if this in open_tokens else None
    return out


def replacements(
    left: list[tuple[Token, ...]],
    right: list[tuple[Token, ...]],
    spare_left: list[Token],
    spare_right: list[Token],
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Groups of one kind paired in printed order as replaced; the others stand on one side only."""
    pairs: list[tuple[str, str]] = []
    for group in list(left):
        partner = next((g for g in right if alike(group, g)), None)
        if partner is None and not right and spare_right and has_verb(group):
            partner = (spare_right.pop(0),)
        if partner is not None:
            pairs.append((printed(group), printed(partner)))
            left.remove(group)
            right[:] = [g for g in right if g is not partner]
    for group in list(right):
        if not left and spare_left and has_verb(group):
            pairs.append((printed((spare_left.pop(0),)), printed(group)))
            right.remove(group)
    return tuple(pairs), tuple(printed(g) for g in left), tuple(printed(g) for g in right)


def alike(left: tuple[Token, ...], right: tuple[Token, ...]) -> bool:
    """Whether two groups can stand for each other: conditions for conditions, things for things."""
    return (left[0].role == "qualifier") == (right[0].role == "qualifier")


def has_verb(group: tuple[Token, ...]) -> bool:
    """Whether a group says what was done."""
    return any(t.key.startswith("di-") for t in group)


def printed(group: tuple[Token, ...]) -> str:
    """The printed words of a group."""
    return " ".join(t.printed for t in group)


def scored(pairs: Sequence[Pair], left: Sequence[Token], right: Sequence[Token]) -> float:
    """The share of words that have a partner, neutral words counting little."""
    both = sum((p.left.weight + p.right.weight) * p.score for p in pairs)
    every = sum(p.left.weight + p.right.weight for p in pairs) + sum(t.weight for t in (*left, *right))
    return round(both / every, 4) if every else 1.0


def only_forms_differ(left: Sequence[Token], right: Sequence[Token], measures: bool) -> bool:
    """Whether the sides differ in forms of the same roots only (direncanakan, perencanaan)."""
    if not measures or len(left) != len(right):
        return False
    return sorted(map(root, left)) == sorted(map(root, right))


def root(token: Token) -> str:
    """The root of a token."""
    return token.analysis.root if token.analysis else token.key
