"""Two names word against word: what stands on one side only, and what is another word on the other side.

Word order, stop words, neutral words, spelling and reading errors weigh little or nothing; a content word
more or less makes two names different. ``align`` is symmetric but for the sides of its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language.alignment.token_similarity import (
    SHARED_ROOT_SCORE,
    acronym_score,
    match_word_runs,
    score_similarity,
)
from pipeline.language.lexicon import load_lexicon
from pipeline.language.normal_form import NormalForm, normalise_text, text_vocabulary
from pipeline.language.steps.spelling_repair import is_in_lexicon, standard_spelling
from pipeline.language.word_tokenizer import fold_text, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.language.steps.token_roles import NameToken

MEASURE_FACTOR = 0.6
CACHED_TEXTS = 16_384
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


class NameAgreement(NamedTuple):
    """What ``Alignment`` says, without the words."""

    same: bool
    score: float
    sure: bool


class TokenPair(NamedTuple):
    """Two tokens that mean the same, and how sure that is (1: certain)."""

    left: NameToken
    right: NameToken
    score: float


TokenPairing = tuple[list[TokenPair], tuple["NameToken", ...], tuple["NameToken", ...]]
"""Tokens paired one to one, and those of the left and of the right that found no partner."""


def align_names(left: str, right: str, kecamatan: str | None = None) -> Alignment:
    """Compare two names or quantities; ``kecamatan`` is the own office's name on either side. Never fails."""
    return align_normal_forms(
        normalise_in_context(left, kecamatan, right), normalise_in_context(right, kecamatan, left)
    )


def normalise_in_context(text: str, kecamatan: str | None, other_text: str) -> NormalForm:
    """A normal form read with another text's words in mind; the same for all, where no word is doubtful."""
    return normalise_text(text, kecamatan, () if is_fully_known(text) else cached_vocabulary(other_text))


@lru_cache(maxsize=CACHED_TEXTS)
def cached_vocabulary(text: str) -> frozenset[str]:
    """``vocabulary`` of one text, remembered."""
    return text_vocabulary(text)


@lru_cache(maxsize=CACHED_TEXTS)
def is_fully_known(text: str) -> bool:
    """Return whether the tables explain every printed word, so that no other text can change its reading."""
    forms = (
        form for word in split_words(fold_text(text)) for form in (word.form, *standard_spelling(word.form))
    )
    return all(is_in_lexicon(form) for form in forms)


def align_normal_forms(left: NormalForm, right: NormalForm) -> Alignment:
    """Compare two normal forms."""
    pairing = pair_tokens(left.tokens, right.tokens)
    agreement = judge_agreement(left, right, pairing)
    _, rest_left, rest_right = pairing
    open_left, open_right = content_tokens(rest_left), content_tokens(rest_right)
    groups_left = group_open_tokens(left.tokens, open_left, rest_left)
    groups_right = group_open_tokens(right.tokens, open_right, rest_right)
    replaced, only_left, only_right = pair_replacements(
        groups_left, groups_right, neutral_verbs(rest_left), neutral_verbs(rest_right)
    )
    if not measures_agree(left.measures, right.measures):
        replaced = (((" ".join(left.measures)), " ".join(right.measures)), *replaced)
    return Alignment(agreement.same, only_left, only_right, replaced, agreement.score, agreement.sure)


def judge_agreement(left: NormalForm, right: NormalForm, pairing: TokenPairing) -> NameAgreement:
    """Return whether two normal forms are the same, by the partners of their words."""
    pairs, rest_left, rest_right = pairing
    same_measures = measures_agree(left.measures, right.measures)
    open_left, open_right = content_tokens(rest_left), content_tokens(rest_right)
    same = same_measures and not open_left and not open_right
    pairs_are_sure = all([p.score >= SHARED_ROOT_SCORE for p in pairs])
    return NameAgreement(
        same=same and bool(pairs or not (left.tokens or right.tokens)),
        score=alignment_score(pairs, rest_left, rest_right) * (1 if same_measures else MEASURE_FACTOR),
        sure=pairs_are_sure if same else not only_forms_differ(open_left, open_right, same_measures),
    )


def measures_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether the measures agree; a name without one may mean a count or a value."""
    if left == right:
        return True
    implied = load_lexicon().grammar.implied
    return (not left and set(right) <= implied) or (not right and set(left) <= implied)


def pair_tokens(left: Sequence[NameToken], right: Sequence[NameToken]) -> TokenPairing:
    """Tokens paired one to one: equal keys first, then runs that an acronym stands for, then likeness."""
    by_key = {t.key: t for t in right}
    pairs = [TokenPair(t, by_key[t.key], 1.0) for t in left if t.key in by_key]
    paired_keys = {p.left.key for p in pairs}
    rest_left = [t for t in left if t.key not in paired_keys]
    rest_right = [t for t in right if t.key not in paired_keys]
    if not rest_left and not rest_right:
        return pairs, (), ()
    for token, run in match_word_runs(rest_left, right):
        pairs.append(TokenPair(token, run[0], acronym_score(token)))
        rest_left = [t for t in rest_left if t is not token]
        rest_right = [t for t in rest_right if t not in run]
    for token, run in match_word_runs(rest_right, left):
        pairs.append(TokenPair(run[0], token, acronym_score(token)))
        rest_right = [t for t in rest_right if t is not token]
        rest_left = [t for t in rest_left if t not in run]
    for score, a, b in sorted(
        ((score_similarity(a, b), i, j) for i, a in enumerate(rest_left) for j, b in enumerate(rest_right)),
        key=lambda x: (-x[0], x[1], x[2]),
    ):
        is_paired = any(p.left is rest_left[a] or p.right is rest_right[b] for p in pairs)
        if score > 0 and not is_paired:
            pairs.append(TokenPair(rest_left[a], rest_right[b], score))
    paired_ids = {id(p.left) for p in pairs} | {id(p.right) for p in pairs}
    return (
        pairs,
        tuple(t for t in rest_left if id(t) not in paired_ids),
        tuple(t for t in rest_right if id(t) not in paired_ids),
    )


def content_tokens(tokens: Sequence[NameToken]) -> tuple[NameToken, ...]:
    """Return the tokens that must have a partner."""
    return tuple(t for t in tokens if t.role != "neutral")


def neutral_verbs(tokens: Sequence[NameToken]) -> list[NameToken]:
    """Neutral verbs without partner: where the other side has another verb, they are what it replaces."""
    return [t for t in tokens if t.role == "neutral" and t.key.startswith("di-")]


def group_open_tokens(
    tokens: Sequence[NameToken], open_tokens: Sequence[NameToken], rest: Sequence[NameToken]
) -> list[tuple[NameToken, ...]]:
    """Return open tokens that stand together as one group; conditions apart from things."""
    token_groups: list[tuple[NameToken, ...]] = []
    previous: NameToken | None = None
    for token in tokens:
        if token in open_tokens:
            joins = (
                previous is not None
                and token_groups
                and previous in rest
                and previous.role == token.role == "content"
            )
            token_groups[-1:] = [(*token_groups[-1], token)] if joins else [*token_groups[-1:], (token,)]
        if token.role != "neutral":
            previous = token if token in open_tokens else None
    return token_groups


def pair_replacements(
    left: list[tuple[NameToken, ...]],
    right: list[tuple[NameToken, ...]],
    spare_left: list[NameToken],
    spare_right: list[NameToken],
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Return groups of one kind paired in printed order as replaced; the others stand on one side only."""
    pairs: list[tuple[str, str]] = []
    for group in list(left):
        partner = next((g for g in right if are_interchangeable(group, g)), None)
        if partner is None and not right and spare_right and has_verb(group):
            partner = (spare_right.pop(0),)
        if partner is not None:
            pairs.append((printed_text(group), printed_text(partner)))
            left.remove(group)
            right[:] = [g for g in right if g is not partner]
    for group in list(right):
        if not left and spare_left and has_verb(group):
            pairs.append((printed_text((spare_left.pop(0),)), printed_text(group)))
            right.remove(group)
    return tuple(pairs), tuple(printed_text(g) for g in left), tuple(printed_text(g) for g in right)


def are_interchangeable(left: tuple[NameToken, ...], right: tuple[NameToken, ...]) -> bool:
    """Return whether two groups can stand for each other: conditions for conditions, things for things."""
    return (left[0].role == "qualifier") == (right[0].role == "qualifier")


def has_verb(group: tuple[NameToken, ...]) -> bool:
    """Return whether a group says what was done."""
    return any(t.key.startswith("di-") for t in group)


def printed_text(group: tuple[NameToken, ...]) -> str:
    """Return the printed words of a group."""
    return " ".join(t.printed for t in group)


def alignment_score(
    pairs: Sequence[TokenPair], left: Sequence[NameToken], right: Sequence[NameToken]
) -> float:
    """Return the share of words that have a partner, neutral words counting little."""
    paired_weight = sum((p.left.weight + p.right.weight) * p.score for p in pairs)
    total_weight = sum(p.left.weight + p.right.weight for p in pairs) + sum(t.weight for t in (*left, *right))
    return round(paired_weight / total_weight, 4) if total_weight else 1.0


def only_forms_differ(left: Sequence[NameToken], right: Sequence[NameToken], same_measures: bool) -> bool:
    """Return whether the sides differ in forms of the same roots only (direncanakan, perencanaan)."""
    if not same_measures or len(left) != len(right):
        return False
    return sorted(map(token_root, left)) == sorted(map(token_root, right))


def token_root(token: NameToken) -> str:
    """Return the root of a token."""
    return token.analysis.root if token.analysis else token.key
