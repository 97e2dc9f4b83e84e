"""Linking: mentions against definitions beside a bare scorer, growth by mentions, clustering many names."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.measure import Figure, program, seconds
from bench.names import indicators, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFINITIONS, MENTIONS = 500, 100_000
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
    """Matching, its growth, clusters."""
    random = Random(1)
    names = indicators(DEFINITIONS)
    mentions = [printed(random.choice(names), random) for _ in range(MENTIONS)]
    distinct = sorted(set(mentions))
    matched, tenth, bare = _match(names, mentions), _match(names, mentions[::10]), _cdist(names, distinct)
    held = f"rapidfuzz cdist, token_sort_ratio, of the {len(distinct)} distinct names"
    yield Figure(f"{MENTIONS} mentions against {DEFINITIONS} definitions", matched, bare, held)
    yield Figure(f"the same {MENTIONS} mentions", matched, tenth, f"{MENTIONS // 10} of them (10.0: linear)")
    (few, _), (many, megabytes) = _clustered(FEW_UNLINKED), _clustered(UNLINKED)
    held = f"{FEW_UNLINKED} names (10.0: linear; asked: 60 s)"
    yield Figure(f"clusters of {UNLINKED} distinct names", many, few, held)
    if megabytes:
        yield Figure(f"peak memory, clusters of {UNLINKED} names", megabytes, 2048.0, "what is asked", "MB")


def _match(names: list[str], mentions: list[str]) -> float:
    from pipeline.linking.answers import Query, matched
    from pipeline.linking.registries import known

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.json"
        file.write_text(json.dumps(names), encoding="utf-8")
        registry = known(file)
    return seconds(lambda: sum(1 for _ in matched(map(Query, mentions), registry)))


def _cdist(names: list[str], distinct: list[str]) -> float:
    from rapidfuzz import fuzz, process

    return seconds(lambda: process.cdist(distinct, names, scorer=fuzz.token_sort_ratio))


def _clustered(count: int) -> tuple[float, float]:
    """Seconds and peak memory of clustering so many names that no definition knows, in its own process."""
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
