"""What an explanation defines: the condition of the name, by what counts as meeting it, or by a deadline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.name_conditions import states_word
from pipeline.audit.domain.village_deadlines import deadline_days, states_deadline
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from pipeline.audit.core.audit_context import AuditedIndicator

MIN_SHARED_WORDS = 0.5
"""Share of all words of two definitions that both must have to be one definition in other words."""

_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")


def defines_something(case: AuditedIndicator) -> bool:
    """Return whether the explanation defines a condition or a deadline, and not only gives reasons."""
    return bool(_defined_days(case) or _defining_words(case))


def same_definition(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Return whether two explanations define alike, as far as both define the same part of the name."""
    left_days, right_days = _defined_days(left), _defined_days(right)
    if left_days and right_days:
        shared = left_days.keys() & right_days.keys()
        return _condition_words(left) == _condition_words(right) and all(
            left_days[document] == right_days[document] for document in shared
        )
    if states_deadline(_explanation(left)) or states_deadline(_explanation(right)):
        return True  # a deadline against other words: whether both mean one day cannot be told
    left_words, right_words = _defining_words(left), _defining_words(right)
    if not left_words or not right_words:
        return True
    return len(left_words & right_words) >= MIN_SHARED_WORDS * len(left_words | right_words)


def _explanation(case: AuditedIndicator) -> str:
    return case.mention.indicator.explanation or ""


def _defined_days(case: AuditedIndicator) -> dict[str, tuple[int, int, bool]]:
    return deadline_days(_explanation(case), case.mention.name)


def _condition_words(case: AuditedIndicator) -> set[str]:
    """Return the conditions that an explanation sets beside being in time."""
    in_time = load_lexicon().condition_synonyms[0]
    text = in_time.remove_from(_explanation(case))
    return {word for word in split_words(text) if load_lexicon().qualifiers.is_entry(word)}


def _defining_words(case: AuditedIndicator) -> frozenset[str]:
    """Return the roots of the words by which the explanation defines a part of the name."""
    name = case.mention.name
    name_roots = _roots(name)
    roots: set[str] = set()
    for sentence in _SENTENCE.split(_explanation(case)):
        verb = load_lexicon().defining_words.pattern.search(sentence)
        if verb and _speaks_of(sentence[: verb.start()], name):
            roots |= _roots(sentence[verb.end() :]) - name_roots
    return frozenset(roots)


def _speaks_of(subject: str, name: str) -> bool:
    """Return whether what is defined is a part of the name; without a subject it is all of it."""
    words = split_words(subject)
    squashed_name = "".join(split_words(name))
    return not words or "".join(words) in squashed_name or any(states_word(word, name) for word in words)


def _roots(text: str) -> set[str]:
    return {
        token.analysis.root if token.analysis else token.key
        for token in normalise_text(text).tokens
        if token.role != "neutral"
    }
