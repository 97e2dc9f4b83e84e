"""Answers for other programs: names matched, mentions clustered, each a plain JSON object."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.linking.cluster import Entry, cluster
from pipeline.linking.match import Query
from pipeline.words import Step, normalise
from pipeline.words.numbers import without_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.linking.match import Link
    from pipeline.linking.registries import Known

KEPT = 65_536
"""Answers that are remembered: the same names come again from every kecamatan."""


def matched(queries: Iterable[Query], known: Known) -> Iterator[dict[str, Any]]:
    """Each name with what it means, in the order given.

    ``{"name", "definition", "score", "review", "reasons"}``: ``definition`` is an id, or an index where
    the definitions are a list, or None; ``score`` the chance (0 to 1) that it is meant, or the nearest
    where there is none; ``review``: only a person can say; ``reasons``: why, then each runner-up and why
    it lost (Indonesian).
    """

    @lru_cache(maxsize=KEPT)
    def answered(query: Query) -> dict[str, Any]:
        return answer(query.name, known.registry.match(*query), known)

    for query in queries:
        row = answered(query)
        yield {**row, "reasons": [*row["reasons"]]}


def answer(name: str, link: Link, known: Known) -> dict[str, Any]:
    """One name's link as a JSON object."""
    return {
        "name": name,
        "definition": known.called(link.target) if link.kind == "definition" else None,
        "score": round(link.score, 4),
        "review": link.kind == "review",
        "reasons": [
            link.reason,
            *(f"{known.called(c.target)} ({c.score:.2f}): {c.reason}" for c in link.runners_up),
        ],
    }


def steps(query: Query) -> tuple[Step, ...]:
    """What each step of normalisation made of a name; steps that changed nothing are left out."""
    name = without_year(query.name)
    year = (Step("year", query.name, name),) if name != query.name else ()
    return (*year, *normalise(name, query.kecamatan).steps)


def clustered(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each row with its ``cluster``: a stable id, the same for all rows that mean the same.

    A row has a ``name`` and may have a ``kecamatan`` (its own name inside a name says nothing); what else
    it has is kept. The order of the rows makes no difference.
    """
    entries = [
        Entry(f"{number:09}", row["name"], row.get("kecamatan") or None) for number, row in enumerate(rows)
    ]
    of = {member: made.id for made in cluster(entries) for member in made.members}
    return [{**row, "cluster": of[entry.id]} for row, entry in zip(rows, entries, strict=True)]
