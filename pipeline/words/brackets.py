"""Brackets in names: units and abbreviations that repeat what stands before them say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.words.repair import in_tables
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.words.fold import Word

OPEN, CLOSE = frozenset("(["), frozenset(")]")
SIGNS = OPEN | CLOSE
SHORTEST_ACRONYM = 3
SHORTEST_BLEND = 5
LONGEST_UNIT = 3
"""Words of a unit that repeats what is counted (``pelaku usaha``)."""


def open_brackets(words: Sequence[Word]) -> tuple[list[Word], str]:
    """The words without brackets, and the unit that stood in one (empty where none did).

    A bracket goes with its content where that is a unit word or an acronym of the words before it; else
    its words stay. A bracket that is never closed is dropped alone.
    """
    if not any([word.form in SIGNS for word in words]):
        return list(words), ""
    out: list[Word] = []
    unit = ""
    i = 0
    while i < len(words):
        if words[i].form not in OPEN:
            if words[i].form not in CLOSE:
                out.append(words[i])
            i += 1
            continue
        inner = inside(words, i)
        last = i + len(inner) + 2 >= len(words)
        if out and inner and are_units(inner, out, last):
            unit = unit or inner[0].form
            i += len(inner) + 2
        elif len(inner) == 1 and (repeats(inner[0].form, out) or blends(inner[0].form, out)):
            i += 3
        else:
            i += 1
    return out, unit


def inside(words: Sequence[Word], start: int) -> Sequence[Word]:
    """The words between the bracket at ``start`` and the next one; nothing where that opens again."""
    for end in range(start + 1, len(words)):
        if words[end].form in CLOSE:
            return words[start + 1 : end]
        if words[end].form in OPEN:
            break
    return ()


def is_unit(form: str) -> bool:
    """Whether a word is a unit, ``%`` printed or read as the measure word."""
    table = tables()
    return table.has("units", form) or table.measures.get(form) == table.grammar["percent"]


def are_units(inner: Sequence[Word], before: Sequence[Word], last: bool) -> bool:
    """Whether what stands in brackets is a unit: unit words, or at the end the thing that is counted."""
    table = tables()
    forms = [word.form for word in inner]
    if all([is_unit(form) or table.has("stop", form) or form.isdigit() for form in forms]):
        return any(map(is_unit, forms))
    things = [w.form for w in before if w.form not in table.measures and not table.has("stop", w.form)]
    return last and len(forms) <= LONGEST_UNIT and bool(things) and forms[0] == things[0]


def blends(form: str, before: Sequence[Word]) -> bool:
    """Whether an unknown word in brackets is put together of pieces of the words before it (``Destana``)."""
    if len(form) < SHORTEST_BLEND or not form.isalpha() or in_tables(form):
        return False
    return any(pieces(form, tuple(run)) for run in endings([w.form for w in before]))


def pieces(rest: str, words: tuple[str, ...]) -> bool:
    """Whether ``rest`` can be cut into pieces of two letters and more, one of each word, in their order."""
    if not words:
        return not rest
    return any(rest[:size] in words[0] and pieces(rest[size:], words[1:]) for size in range(2, len(rest) + 1))


def repeats(form: str, before: Sequence[Word]) -> bool:
    """Whether a word in brackets is an acronym of the words right before it."""
    runs = list(endings([w.form for w in before]))
    if len(form) == 2 and runs:  # so short, it must be just the initials of just two words
        return all(word.startswith(letter) for letter, word in zip(form, runs[0], strict=True))
    return any(spells(form, run) for run in runs)


def endings(forms: Sequence[str]) -> Iterator[Sequence[str]]:
    """The last two, three, … eight words, stop words left out."""
    content = [f for f in forms if f not in tables().sets["stop"]]
    for size in range(2, min(8, len(content)) + 1):
        yield content[-size:]


def spells(acronym: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the beginnings of the words, in their order (``IKM``, ``musrenbangdes``).

    Each word gives at least its first letter; a short acronym takes exactly the first letters.
    """
    if len(words) < 2 or len(acronym) < SHORTEST_ACRONYM or not acronym.isalnum():
        return False
    if len(acronym) == len(words):
        return all(w.startswith(a) for a, w in zip(acronym, words, strict=True))
    return begins(acronym, tuple(words))


def begins(rest: str, words: tuple[str, ...]) -> bool:
    """Whether ``rest`` can be cut into beginnings of all the words, one after the other."""
    if not words:
        return not rest
    first = words[0]
    longest = next((n for n in range(min(len(first), len(rest)), 0, -1) if first[:n] == rest[:n]), 0)
    return any(begins(rest[n:], words[1:]) for n in range(longest, 0, -1))
