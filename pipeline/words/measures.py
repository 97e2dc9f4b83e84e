"""The measure at the head of a name: what sort of number it is (jumlah, persentase, rata-rata, nilai …)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.words.phrases import longest, may_begin
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.words.fold import Word


@dataclass(frozen=True)
class Measure:
    """The measure words in canonical form, and the words behind them."""

    names: tuple[str, ...]
    rest: tuple[Word, ...]


def take_measure(words: Sequence[Word], unit: str = "") -> Measure:
    """The measure at the head of the words, read with the unit that stood in brackets.

    ``tingkat … (%)`` is ``persentase …``; ``persentase jumlah …`` is ``persentase …``. A name without a
    measure word has none.
    """
    table = tables()
    names: list[str] = []
    i = 0
    while i < len(words):
        form = words[i].form
        name = None if heads_term(words, i) else table.measures.get(form)
        if name is None:
            if not (names and form in table.sets["stop"]):
                break
        elif not names or names[-1] in table.sets["combine"]:
            names.append(name)
        elif name not in table.grammar["silent_after"].get(names[-1], ()):
            break
        i += 1
    if (
        i < len(words)
        and words[i].form in table.sets["shares"]
        and table.grammar["count"] not in names
        and set(names) <= {*table.sets["implied"], *table.sets["percent_for"]}
    ):
        names = [table.grammar["percent"]]
    return Measure(percent(names, unit), tuple(words[i:]))


def heads_term(words: Sequence[Word], i: int) -> bool:
    """Whether a measure word belongs to a term of the glossary (``angka partisipasi murni``)."""
    return may_begin(words[i].form) and longest(words, i, (False,))[0] > 1


def percent(names: Sequence[str], unit: str) -> tuple[str, ...]:
    """The measures, with ``persentase`` where the unit says so and the words leave it open."""
    table = tables()
    if names and names[-1] in table.sets["always_percent"]:
        return (*names[:-1], table.grammar["percent"])
    is_percent = unit in table.sets["percent_units"] or table.measures.get(unit) == table.grammar["percent"]
    if (
        is_percent
        and table.grammar["percent"] not in names
        and (not names or names[-1] in table.sets["percent_for"])
    ):
        return (*names[:-1], table.grammar["percent"])
    return tuple(names)
