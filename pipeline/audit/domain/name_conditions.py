"""Conditions of a name (*tepat waktu*, *aktif*, *yang terdokumentasi*) that a formula drops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.text_comparison import strip_measures, unmatched_words
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.language.normal_form import NameToken

VERB_VOICES = frozenset({"active", "passive"})
"""Voices of words that say what is done; of two such words either may name one act."""
SHORTEST_STEM = 5
"""Letters of a root that another word may hold as a part."""


def lost_condition(
    name: str, numerator: str, formula: str, kecamatan: str | None, is_term: bool = False
) -> str:
    """Return the condition of the name that the numerator drops, in the name's words; empty without one.

    A term of a sum (``is_term``) may hold one of two conditions that the name joins (*maju dan mandiri*).

    A quality (*tepat waktu*, *bersertifikat*) is lost where neither itself, an inflection nor a synonym of it
    is there. A participle (*yang diinventarisasi*) only says what is done, which decrees word in many ways:
    it is lost where the numerator says nothing of the kind, or counts what merely came in or was planned.
    """
    lost_words = unmatched_words(strip_measures(name), numerator, kecamatan) - set(split_words(formula))
    if not lost_words:
        return ""
    name_tokens = normalise_text(strip_measures(name), kecamatan).tokens
    stated_tokens = normalise_text(numerator, kecamatan).tokens
    candidates = [
        token
        for token in name_tokens
        if lost_words & set(split_words(token.printed)) and not _states_root(token, stated_tokens)
    ]
    qualities = [token for token in candidates if _is_quality(token)]
    if any(map(_is_quality, name_tokens)):
        lost = [
            token
            for token in qualities
            if not _states_synonym(token, numerator)
            and not (is_term and _states_alternative(token, name, stated_tokens))
            and not _describes_stated_act(token, name_tokens, stated_tokens)
        ]
    else:
        lost = [
            token
            for token in candidates
            if _is_condition_verb(token, name)
            and not _states_other_act(name_tokens, stated_tokens, numerator)
        ]
    return " ".join(token.printed.lower() for token in lost)


def states_word(word: str, text: str) -> bool:
    """Return whether a text has the word in some form (*monitoring* and *dimonitor*)."""
    stems = [token.analysis.root if token.analysis else token.key for token in normalise_text(text).tokens]
    return any(len(stem) >= SHORTEST_STEM and (stem in word or word in stem) for stem in stems)


def _is_quality(token: NameToken) -> bool:
    """Return whether a word of a name says how something must be, and not what is done with it."""
    if token.voice in VERB_VOICES:
        return False
    return any(load_lexicon().qualifiers.is_entry(word) for word in split_words(token.printed))


def _is_condition_verb(token: NameToken, name: str) -> bool:
    """Return whether a word is a participle behind *yang*, and not a neutral one."""
    if token.role == "neutral" or load_lexicon().neutral_participles.is_entry(token.printed.lower()):
        return False
    words = split_words(name)
    marker = next(
        (i for i, word in enumerate(words) if load_lexicon().participle_markers.is_entry(word)), None
    )
    is_participle = load_lexicon().participles.is_entry(token.printed.lower())
    return is_participle and marker is not None and token.printed.lower() in words[marker + 1 :]


def _root(token: NameToken) -> str:
    return token.analysis.root if token.analysis else token.key


def _states_root(token: NameToken, stated_tokens: Sequence[NameToken]) -> bool:
    """Return whether a text has another form of the word (*bersertifikat* and *sertifikat*)."""
    root = _root(token)
    # Trainings that are counted are not the people who were trained.
    others = [o for o in stated_tokens if not (o.voice == "act" and token.voice in VERB_VOICES)]
    return any(
        root == _root(other)
        or (
            min(len(root), len(_root(other))) >= SHORTEST_STEM
            and (root in _root(other) or _root(other) in root)
        )
        for other in others
    )


def _states_synonym(token: NameToken, text: str) -> bool:
    """Return whether a text states the condition in other words of the table."""
    return any(
        group.occurs_in(token.printed) and group.occurs_in(text)
        for group in load_lexicon().condition_synonyms
    )


def _describes_stated_act(
    token: NameToken, name_tokens: Sequence[NameToken], stated_tokens: Sequence[NameToken]
) -> bool:
    """Return whether the word only tells how an act is done that the numerator states (*aktif mengikuti*)."""
    following = name_tokens[name_tokens.index(token) + 1 :]
    return bool(following) and following[0].voice == "active" and _states_root(following[0], stated_tokens)


def _states_alternative(token: NameToken, name: str, stated_tokens: Sequence[NameToken]) -> bool:
    """Return whether a text states the other of two joined conditions (*maju dan mandiri*)."""
    words, printed = split_words(name), split_words(token.printed)
    stated = {word for other in stated_tokens for word in split_words(other.printed)}
    for index, word in enumerate(words):
        if load_lexicon().conjunctions.is_entry(word) and 0 < index < len(words) - 1:
            before, after = words[index - 1], words[index + 1]
            if (after == printed[0] and before in stated) or (before == printed[-1] and after in stated):
                return True
    return False


def _states_other_act(
    name_tokens: Sequence[NameToken], stated_tokens: Sequence[NameToken], numerator: str
) -> bool:
    """Return whether the numerator says by another verb or quality what is done with the thing counted."""
    if load_lexicon().population_words.occurs_in(numerator):
        return False
    known_roots = {_root(token) for token in name_tokens}
    return any(
        _root(token) not in known_roots and (token.voice in VERB_VOICES or _is_quality(token))
        for token in stated_tokens
        if token.role != "neutral"
    )
