"""A sieve before the comparing: words of a name that no word of another can be a partner of.

Comparing two names costs a thousand times what this costs, and most pairs of names have nothing in common.
It errs on one side only: what may have a partner, however damaged, passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.language.alignment.align import CACHED_TEXTS, cached_vocabulary
from pipeline.language.alignment.token_similarity import LONGEST_RUN, score_similarity
from pipeline.language.normal_form import normalise_text
from pipeline.language.steps.name_brackets import is_acronym_of
from pipeline.language.steps.spelling_repair import letter_skeleton, ocr_variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language.steps.token_roles import NameToken


@dataclass(frozen=True, slots=True)
class TokenSignature:
    """A token with what else it may have been before it was misread."""

    token: NameToken
    letters: str
    """Its skeleton without spaces."""
    initials: frozenset[str]
    """First letters of all that it may be, misread letters made one."""
    possible_forms: frozenset[str]
    """Words that confused letters may have made it of."""


@dataclass(frozen=True, slots=True)
class TextSignature:
    """What the words of a text leave to be found by."""

    signatures: tuple[TokenSignature, ...]
    keys: frozenset[str]
    all_known: bool
    initials: frozenset[str]
    letters: str
    """The skeletons of all words, one behind the other."""
    words: tuple[str, ...]


def words_without_partner(left: str, right: str, kecamatan: str | None = None) -> Iterator[str]:
    """Printed content words of ``left`` that certainly have no partner in ``right``, one after the other."""
    left_signature, right_signature = text_signature(left, kecamatan), text_signature(right, kecamatan)
    for signature in left_signature.signatures:
        token = signature.token
        if (
            token.role != "neutral"
            and token.key not in right_signature.keys
            and not may_have_partner(signature, left_signature, right_signature, right)
        ):
            yield token.printed


@lru_cache(maxsize=CACHED_TEXTS)
def text_signature(text: str, kecamatan: str | None) -> TextSignature:
    """Return the traces of a text, remembered."""
    normal = normalise_text(text, kecamatan)
    signatures = tuple(map(token_signature, normal.tokens))
    return TextSignature(
        signatures,
        frozenset(t.key for t in normal.tokens),
        not normal.has_unknown_words,
        frozenset().union(*(t.initials for t in signatures)),
        "".join(t.letters for t in signatures),
        tuple(word for t in normal.tokens for word in t.form.split()),
    )


def token_signature(token: NameToken) -> TokenSignature:
    """Return the traces of a token."""
    possible_forms = frozenset() if token.is_known else frozenset(ocr_variants(token.form))
    roots = (token.analysis.root, *token.analysis.other_roots) if token.analysis else ()
    letters = letter_skeleton(token.form.replace(" ", ""))
    starts = (letters, *token.form.split(), *roots, *possible_forms)
    return TokenSignature(
        token, letters, frozenset(letter_skeleton(s[0]) for s in starts if s), possible_forms
    )


def may_have_partner(
    signature: TokenSignature, left_signature: TextSignature, right_signature: TextSignature, text: str
) -> bool:
    """Whether a token may find a partner in another text: as it is, repaired, torn, joined, shortened."""
    if left_signature.all_known and right_signature.all_known:
        return False
    if signature.letters in right_signature.letters:
        return True
    if not signature.initials.isdisjoint(right_signature.initials):
        similar = [t for t in right_signature.signatures if not signature.initials.isdisjoint(t.initials)]
        if any(
            signature.letters.startswith(t.letters) or score_similarity(signature.token, t.token) > 0
            for t in similar
        ):
            return True
        if not signature.possible_forms.isdisjoint(cached_vocabulary(text)) or is_acronym_of_run(
            signature.token, right_signature.words
        ):
            return True
        if any(not t.possible_forms.isdisjoint(signature.token.form.split()) for t in similar):
            return True
    first_letter = signature.token.form[0]
    return any(
        first_letter in t.token.form and is_acronym_of_run(t.token, left_signature.words)
        for t in right_signature.signatures
    )


def is_acronym_of_run(token: NameToken, words: tuple[str, ...]) -> bool:
    """Return whether an unknown word is an acronym of some of the words, as they follow one another."""
    form = token.form
    if token.is_known or token.kind:
        return False
    return any(
        word[0] == form[0]
        and words[i + 1][0] in form
        and any(is_acronym_of(form, words[i:end]) for end in range(i + 2, i + LONGEST_RUN + 1))
        for i, word in enumerate(words[:-1])
    )
