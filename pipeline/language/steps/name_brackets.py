"""Brackets in names: units and abbreviations that repeat what stands before them say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.spelling_repair import is_in_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.language.word_tokenizer import WordForm

OPENING_SIGNS, CLOSING_SIGNS = frozenset("(["), frozenset(")]")
BRACKET_SIGNS = OPENING_SIGNS | CLOSING_SIGNS
SHORTEST_ACRONYM = 3
SHORTEST_BLEND = 5
SHORTEST_EXPANSION = 2
"""Words that an abbreviation stands for at least."""
LONGEST_UNIT_SIGN = 3
"""Letters of an unknown unit beside a known one (``ku/ha``)."""
LONGEST_UNIT = 3
"""Words of a unit that repeats what is counted (``pelaku usaha``)."""


def remove_brackets(words: Sequence[WordForm]) -> tuple[list[WordForm], str]:
    """Return the words without brackets, and the unit that stood in one (empty where none did).

    A bracket goes with its content where that is a unit or an acronym of the words before it, and takes the
    place of an acronym that it expands; else its words stay. A bracket that is never closed is dropped alone.
    """
    if not any([word.form in BRACKET_SIGNS for word in words]):
        return list(words), ""
    kept_words: list[WordForm] = []
    unit = ""
    i = 0
    while i < len(words):
        if words[i].form not in OPENING_SIGNS:
            if words[i].form not in CLOSING_SIGNS:
                kept_words.append(words[i])
            i += 1
            continue
        inner = bracket_content(words, i)
        is_last = i + len(inner) + 2 >= len(words)
        if kept_words and is_expansion_of(inner, kept_words[-1].form):
            kept_words[-1:] = inner
            i += len(inner) + 2
        elif kept_words and inner and are_units(inner, kept_words, is_last):
            unit = unit or inner[0].form
            i += len(inner) + 2
        elif len(inner) == 1 and (
            repeats_words(inner[0].form, kept_words) or is_blend(inner[0].form, kept_words)
        ):
            i += 3
        else:
            i += 1
    return kept_words, unit


def is_expansion_of(inner: Sequence[WordForm], acronym: str) -> bool:
    """Return whether the words in brackets are what the abbreviation before them stands for."""
    forms = [word.form for word in inner if word.form not in load_lexicon().grammar.stop]
    if len(forms) < SHORTEST_EXPANSION or not acronym.isalpha():
        return False
    if len(acronym) < SHORTEST_ACRONYM:
        return acronym == "".join(form[0] for form in forms)
    is_known = is_in_lexicon(acronym) and acronym not in load_lexicon().phrases
    return not is_known and (is_acronym_of(acronym, forms) or is_blend_of(acronym, forms))


def learn_abbreviations(names: Iterable[Sequence[WordForm]]) -> dict[str, tuple[str, ...]]:
    """Return what unknown abbreviations stand for by the brackets of all names, where the names agree."""
    expansions: dict[str, set[tuple[str, ...]]] = {}
    for words in names:
        for abbreviation, expansion in bracketed_abbreviations(words):
            if not is_in_lexicon(abbreviation):
                expansions.setdefault(abbreviation, set()).add(tuple(expansion))
    return {short: next(iter(forms)) for short, forms in sorted(expansions.items()) if len(forms) == 1}


def bracketed_abbreviations(words: Sequence[WordForm]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each abbreviation that stands beside its expansion, one of them in brackets."""
    for i, word in enumerate(words):
        inner = bracket_content(words, i) if word.form in OPENING_SIGNS else ()
        if i and inner and is_expansion_of(inner, words[i - 1].form):
            yield words[i - 1].form, [w.form for w in inner if w.form not in load_lexicon().grammar.stop]
        elif len(inner) == 1:
            for run in final_word_runs([w.form for w in words[:i]]):
                if is_acronym_of(inner[0].form, run) or is_blend_of(inner[0].form, run):
                    yield inner[0].form, run
                    break


def bracket_content(words: Sequence[WordForm], start: int) -> Sequence[WordForm]:
    """Return the words between the bracket at ``start`` and the next one; nothing where that opens again."""
    for end in range(start + 1, len(words)):
        if words[end].form in CLOSING_SIGNS:
            return words[start + 1 : end]
        if words[end].form in OPENING_SIGNS:
            break
    return ()


def is_unit(form: str) -> bool:
    """Return whether a word is a unit, ``%`` printed or read as the measure word."""
    lexicon = load_lexicon()
    return (form in lexicon.grammar.units) or lexicon.measures.get(form) == lexicon.grammar.percent


def is_unit_part(form: str, *, is_last: bool) -> bool:
    """Return whether a word may stand beside a unit: at the end also an unknown sign (``ku/ha``)."""
    if is_unit(form) or form in load_lexicon().grammar.stop or form.isdigit():
        return True
    return is_last and len(form) <= LONGEST_UNIT_SIGN and not is_in_lexicon(form)


def are_units(inner: Sequence[WordForm], before: Sequence[WordForm], is_last: bool) -> bool:
    """Whether what stands in brackets is a unit: unit words, or at the end the thing that is counted."""
    lexicon = load_lexicon()
    forms = [word.form for word in inner]
    if any(map(is_unit, forms)) and all([is_unit_part(form, is_last=is_last) for form in forms]):
        return True
    things = [w.form for w in before if w.form not in lexicon.measures and w.form not in lexicon.grammar.stop]
    return is_last and len(forms) <= LONGEST_UNIT and bool(things) and forms[0] == things[0]


def is_blend(form: str, before: Sequence[WordForm]) -> bool:
    """Whether an unknown word in brackets is put together of pieces of the words before it (``Destana``)."""
    return any(is_blend_of(form, run) for run in final_word_runs([w.form for w in before]))


def is_blend_of(form: str, words: Sequence[str]) -> bool:
    """Return whether an unknown word is put together of pieces of all the words, in their order."""
    if len(form) < SHORTEST_BLEND or not form.isalpha() or is_in_lexicon(form):
        return False
    return is_cut_from_words(form, tuple(words))


def is_cut_from_words(rest: str, words: tuple[str, ...]) -> bool:
    """Whether ``rest`` can be cut into pieces of two letters and more, one of each word, in their order."""
    if not words:
        return not rest
    return any(
        rest[:size] in words[0] and is_cut_from_words(rest[size:], words[1:])
        for size in range(2, len(rest) + 1)
    )


def repeats_words(form: str, before: Sequence[WordForm]) -> bool:
    """Return whether a word in brackets is an acronym of the words right before it."""
    runs = list(final_word_runs([w.form for w in before]))
    if len(form) == 2 and runs:  # so short, it must be just the initials of just two words
        return all(word.startswith(letter) for letter, word in zip(form, runs[0], strict=True))
    return any(is_acronym_of(form, run) for run in runs)


def final_word_runs(forms: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the last two, three, … eight words, stop words left out."""
    content = [f for f in forms if f not in load_lexicon().grammar.stop]
    for size in range(2, min(8, len(content)) + 1):
        yield content[-size:]


def is_acronym_of(acronym: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the beginnings of the words, in their order (``IKM``, ``musrenbangdes``).

    Each word gives at least its first letter; a short acronym takes exactly the first letters.
    """
    if len(words) < 2 or len(acronym) < SHORTEST_ACRONYM or not acronym.isalnum():
        return False
    if len(acronym) == len(words):
        return all(w.startswith(a) for a, w in zip(acronym, words, strict=True))
    return joins_beginnings(acronym, tuple(words))


def joins_beginnings(rest: str, words: tuple[str, ...]) -> bool:
    """Return whether ``rest`` can be cut into beginnings of all the words, one after the other."""
    if not words:
        return not rest
    word = words[0]
    longest = next((n for n in range(min(len(word), len(rest)), 0, -1) if word[:n] == rest[:n]), 0)
    return any(joins_beginnings(rest[n:], words[1:]) for n in range(longest, 0, -1))
