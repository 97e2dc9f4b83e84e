"""Answers for other programs: names matched, mentions clustered, each a plain JSON object."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.language import NormalisationStep, normalise_text
from pipeline.language.steps.ordinals import strip_year
from pipeline.linking.clustering import PlainMention, cluster
from pipeline.linking.registry import NameQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.linking.external_registry import ExternalRegistry
    from pipeline.linking.registry import Link

CACHED_ANSWERS = 65_536
"""Answers that are remembered: the same names come again from every kecamatan."""


def match_queries(queries: Iterable[NameQuery], external: ExternalRegistry) -> Iterator[dict[str, Any]]:
    """Return each name with what it means, in the order given.

    ``{"name", "definition", "score", "review", "reasons"}``: ``definition`` is an id, or an index where
    the definitions are a list, or None; ``score`` the chance (0 to 1) that it is meant, or the nearest
    where there is none; ``review``: only a person can say; ``reasons``: why, then each runner-up and why
    it lost (Indonesian).
    """

    @lru_cache(maxsize=CACHED_ANSWERS)
    def match_cached(query: NameQuery) -> dict[str, Any]:
        return link_to_json(query.name, external.registry.match(*query), external)

    for query in queries:
        row = match_cached(query)
        yield {**row, "reasons": [*row["reasons"]]}


def link_to_json(name: str, link: Link, external: ExternalRegistry) -> dict[str, Any]:
    """One name's link as a JSON object."""
    return {
        "name": name,
        "definition": external.external_id(link.target) if link.kind == "definition" else None,
        "score": round(link.score, 4),
        "review": link.kind == "review",
        "reasons": [
            link.reason,
            *(f"{external.external_id(c.target)} ({c.score:.2f}): {c.reason}" for c in link.runners_up),
        ],
    }


def normalisation_steps(query: NameQuery) -> tuple[NormalisationStep, ...]:
    """Return what each step of normalisation made of a name; steps that changed nothing are left out."""
    name = strip_year(query.name)
    year = (NormalisationStep("year", query.name, name),) if name != query.name else ()
    return (*year, *normalise_text(name, query.kecamatan).steps)


def cluster_rows(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each row with its ``cluster``: a stable id, the same for all rows that mean the same.

    A row has a ``name`` and may have a ``kecamatan`` (its own name inside a name says nothing); what else
    it has is kept. The order of the rows makes no difference.
    """
    entries = [
        PlainMention(f"{number:09}", row["name"], row.get("kecamatan") or None)
        for number, row in enumerate(rows)
    ]
    cluster_of = {member: group.id for group in cluster(entries) for member in group.members}
    return [{**row, "cluster": cluster_of[entry.id]} for row, entry in zip(rows, entries, strict=True)]
