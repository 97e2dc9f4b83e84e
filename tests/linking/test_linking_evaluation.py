"""The open evaluation sets: the shares that linking reaches must not fall."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pipeline.linking import Definition, DefinitionBasis, DefinitionScope, PlainMention, Registry, cluster

EVAL = Path("../shared/eval")
pytestmark = pytest.mark.skipif(not EVAL.is_dir(), reason="the shared evaluation sets are not here")

LEAST_QUERIES = 0.98
LEAST_PAIRWISE_F1 = 0.98


def rows(name: str) -> list[dict[str, Any]]:
    lines = (EVAL / name).read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if not row.get("ambiguous")]


def canonical(number: int, name: str) -> Definition:
    return Definition(
        id=f"r{number}",
        name=name,
        formula=None,
        formula_reason="hanya nama",
        unit=None,
        scope=DefinitionScope(),
        basis=DefinitionBasis(kind="local-consensus", source="evaluasi", evidence="unverified"),
        level="agency",
    )


def test_queries_find_their_definition_or_none() -> None:
    names = json.loads((EVAL / "registry.json").read_text(encoding="utf-8"))
    registry = Registry(canonical(i, n) for i, n in enumerate(names))
    queries = rows("queries.jsonl")
    wrong = []
    for query in queries:
        link = registry.match(query["name"], query.get("kecamatan"))
        wanted = None if query["expected"] is None else f"r{query['expected']}"
        if link.target != wanted:
            wrong.append((query["name"], wanted, link.target, link.reason))
    assert 1 - len(wrong) / len(queries) >= LEAST_QUERIES, wrong


def test_mentions_fall_into_their_clusters() -> None:
    mentions = rows("mentions.jsonl")
    found = cluster(PlainMention(str(i), m["name"], m["kecamatan"]) for i, m in enumerate(mentions))
    place = {member: c.id for c in found for member in c.members}
    both = here = there = 0
    for a, b in combinations(range(len(mentions)), 2):
        wanted = mentions[a]["cluster"] == mentions[b]["cluster"]
        got = place[str(a)] == place[str(b)]
        both += wanted and got
        here += got
        there += wanted
    assert 2 * both / (here + there) >= LEAST_PAIRWISE_F1
