"""Linking: mentions against definitions compared with a plain scorer, growth, clustering of many names."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.measure import Figure, in_turns, program, seconds
from bench.names import indicators, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.linking.external_registry import ExternalRegistry

DEFINITIONS, MENTIONS = 500, 100_000
TURNS = 3
UNLINKED, FEW_UNLINKED = 20_000, 2_000
CHILD = """
import json, sys, time
from bench.memory import peak
from pipeline.linking import Entry, cluster
names = json.load(open(sys.argv[1]))
start = time.perf_counter()
cluster(Entry(str(number), name) for number, name in enumerate(names))
print(json.dumps([time.perf_counter() - start, peak()]))
"""


def figures() -> Iterator[Figure]:
    """Measure matching, its growth, and clustering."""
    random = Random(1)
    names = indicators(DEFINITIONS)
    mentions = [printed(random.choice(names), random) for _ in range(MENTIONS)]
    distinct = sorted(set(mentions))
    held = f"rapidfuzz cdist, token_sort_ratio, of the {len(distinct)} distinct names"
    decided, bare = in_turns(lambda: _decide(names, mentions), lambda: _cdist(names, distinct), TURNS)
    yield Figure(f"{MENTIONS} mentions against {DEFINITIONS} definitions", decided, bare, held)
    tenth = seconds(lambda: _decide(names, mentions[::10]))
    yield Figure(f"the same {MENTIONS} mentions", decided, tenth, f"{MENTIONS // 10} of them (10.0: linear)")
    told = seconds(lambda: _tell(names, mentions))
    yield Figure(f"the same {MENTIONS} mentions, every reason and runner-up told", told, bare, held)
    (few, _), (many, megabytes) = _clustered(FEW_UNLINKED), _clustered(UNLINKED)
    held = f"{FEW_UNLINKED} names (10.0: linear; asked: 60 s)"
    yield Figure(f"clusters of {UNLINKED} distinct names", many, few, held)
    if megabytes:
        yield Figure(f"peak memory, clusters of {UNLINKED} names", megabytes, 2048.0, "what is asked", "MB")


def _decide(names: list[str], mentions: list[str]) -> None:
    """Return the link of each mention, with freshly loaded definitions and empty caches."""
    from pipeline.linking import NameQuery

    _known(names).registry.match_all(map(NameQuery, mentions))


def _tell(names: list[str], mentions: list[str]) -> None:
    from pipeline.linking import NameQuery
    from pipeline.linking.json_api import match_queries

    sum(1 for _ in match_queries(map(NameQuery, mentions), _known(names)))


def _known(names: list[str]) -> ExternalRegistry:
    from pipeline.linking.external_registry import load_registry

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.json"
        file.write_text(json.dumps(names), encoding="utf-8")
        return load_registry(file)


def _cdist(names: list[str], distinct: list[str]) -> None:
    from rapidfuzz import fuzz, process

    process.cdist(distinct, names, scorer=fuzz.token_sort_ratio)


def _clustered(count: int) -> tuple[float, float]:
    """Return seconds and peak memory of clustering undefined names, in its own process."""
    random = Random(2)
    every = indicators(count // 2, seed=3)
    names: set[str] = set(every)
    while len(names) < count:
        names.add(printed(random.choice(every), random))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.json"
        file.write_text(json.dumps(sorted(names)), encoding="utf-8")
        took, megabytes = json.loads(program(["-c", CHILD, str(file)]).splitlines()[-1])
    return took, megabytes
