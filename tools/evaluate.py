"""``make eval``: the figures on the shared evaluation sets, if they are next to this project."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from pipeline import formulas, linking, read_decree
from tools import audit_figures

SHARED = Path(__file__).parents[2] / "shared"
SURELY_READ = 0.9
"""Confidence from which a reading is treated as certain."""

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """Return the rows of an evaluation set."""
    return [json.loads(line) for line in (SHARED / "eval" / name).read_text("utf-8").splitlines()]


def records() -> Iterator[str]:
    """Records of the real decrees against their gold."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    for gold in sorted((SHARED / "corpus" / "gold").glob("*.json")):
        decree = read_decree.read(SHARED / "corpus" / "text" / f"{gold.stem}.txt")
        scored = score.Score()
        wanted_record = json.loads(gold.read_text("utf-8"))
        score.score_record(scored, wanted_record, decree.model_dump(mode="json"), gold.stem)
        wanted, got, hits, exact = scored.sums()
        coverage = decree.document.coverage
        placed = 1 - coverage.notes / coverage.words
        f1, to_the_letter = 2 * hits / (wanted + got), 2 * exact / (wanted + got)
        yield f"{gold.stem}: F1 {f1:.4f}, exact {to_the_letter:.4f}, words placed {placed:.1%}"


FORMULA_SETS = ("formulas.jsonl", "dev2/formulas.jsonl")
COMPARISON_SETS = ("comparisons.jsonl", "dev2/comparisons.jsonl")


def formula_reading() -> Iterator[str]:
    """Formulas read exactly, wrong readings with high confidence, and the reliability of confidences."""
    results: list[tuple[float, bool]] = []
    for name in FORMULA_SETS:
        all_rows = rows(name)
        read = [formulas.read_formula(row["raw"]) for row in all_rows]
        right = [
            reading.expression in [row["expression"], *row.get("also", [])]
            for row, reading in zip(all_rows, read, strict=True)
        ]
        sure = [reading.confidence >= SURELY_READ for reading in read]
        wrong = sum(is_sure and not is_right for is_sure, is_right in zip(sure, right, strict=True))
        yield f"{name}: right {sum(right)}/{len(all_rows)}; wrong with confidence >= {SURELY_READ}: {wrong}"
        results += [
            (reading.confidence, is_right)
            for reading, is_right in zip(read, right, strict=True)
            if reading.expression is not None
        ]
    yield f"confidence, and how many of its readings are right: {', '.join(confidence_curve(results))}"


def confidence_curve(results: list[tuple[float, bool]]) -> Iterator[str]:
    """Yield for each tenth of confidence how many readings it has and how many of them are right."""
    bins: dict[int, list[bool]] = {}
    for confidence, is_right in results:
        bins.setdefault(min(int(confidence * 10), 9), []).append(is_right)
    for low, hits in sorted(bins.items()):
        yield f"{low / 10:.1f}-{(low + 1) / 10:.1f} {sum(hits)}/{len(hits)}"


def formula_comparing() -> Iterator[str]:
    """Verdicts, and differences named as the set names them."""
    for set_name in COMPARISON_SETS:
        verdicts = named = wanted = 0
        all_rows = [row for row in rows(set_name) if not row.get("ambiguous")]
        for row in all_rows:
            compare = (
                formulas.compare_formulas
                if row["decree_is"] == "expression"
                else formulas.compare_printed_formula
            )
            comparison = compare(row["definition"], row["decree"])
            verdicts += comparison.verdict == row["verdict"]
            got = [(difference.side, difference.kind) for difference in comparison.differences]
            wanted += len(row["differences"])
            named += sum(
                any(side == d["side"] and kind in (d["kind"], *d.get("or", [])) for side, kind in got)
                for d in row["differences"]
            )
        yield f"{set_name}: verdicts {verdicts}/{len(all_rows)}; differences named {named}/{wanted}"


def queries() -> Iterator[str]:
    """Names against a registry: ours, and the best plain rapidfuzz scorer at its best threshold."""
    names = json.loads((SHARED / "eval" / "registry.json").read_text("utf-8"))
    all_rows = rows("queries.jsonl")
    registry = linking.Registry(map(_named, range(len(names)), names))
    links = [registry.match(row["name"], row.get("kecamatan")) for row in all_rows]
    wanted = [None if row["expected"] is None else f"r{row['expected']}" for row in all_rows]
    ours = sum(link.target == want for link, want in zip(links, wanted, strict=True))
    plain = _plain_queries(all_rows, names)
    yield f"ours: {ours}/{len(all_rows)}; best plain scorer: {plain}/{len(all_rows)}"
    yield from _work_left(links, wanted)


def mentions_linked() -> Iterator[str]:
    """Mentions against the first name of every second cluster as definitions: the work left to people."""
    all_rows = [row for row in rows("mentions.jsonl") if not row.get("ambiguous")]
    first = {row["cluster"]: row["name"] for row in reversed(all_rows)}
    names = [first[key] for key in sorted(first)[::2]]
    registry = linking.Registry(map(_named, range(len(names)), names))
    place = {key: f"r{number}" for number, key in enumerate(sorted(first)[::2])}
    asked = [row for row in all_rows if row["name"] not in names]
    links = [registry.match(row["name"], row["kecamatan"], row["objective"]) for row in asked]
    yield from _work_left(links, [place.get(row["cluster"]) for row in asked])


def _work_left(links: list[linking.Link], wanted: list[str | None]) -> Iterator[str]:
    """Yield the review load, the precision of automatic links, and the reliability of scores."""
    pairs = list(zip(links, wanted, strict=True))
    review = sum(link.kind == "review" for link in links)
    linked = [(link.target, want) for link, want in pairs if link.kind == "definition"]
    right = sum(target == want for target, want in linked)
    yield f"asked of a person: {review}/{len(links)} ({review / len(links):.1%}; at most 10 %)"
    share = right / max(1, len(linked))
    yield f"linked without asking: {len(linked)}, right {right} ({share:.1%}; at least 99 %)"
    bins: dict[int, list[bool]] = {}
    for link, want in pairs:
        nearest = link.target or next((c.target for c in link.runners_up), None)
        bins.setdefault(min(int(link.score * 10), 9), []).append(nearest is not None and nearest == want)
    bin_texts = (
        f"{low / 10:.1f}-{(low + 1) / 10:.1f} {sum(hits)}/{len(hits)}" for low, hits in sorted(bins.items())
    )
    yield f"score, and of how many the named or nearest definition is meant: {', '.join(bin_texts)}"


def _named(number: int, name: str) -> linking.Definition:
    """Return a definition that consists of a name only."""
    basis = linking.DefinitionBasis(kind="local-consensus", source="evaluation set", evidence="unverified")
    return linking.Definition(
        id=f"r{number}",
        name=name,
        formula=None,
        formula_reason="a name only",
        unit=None,
        scope=linking.DefinitionScope(),
        basis=basis,
        level="agency",
    )


def _plain_queries(every: list[Row], names: list[str]) -> int:
    best = 0
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio):
        hits = [(process.extractOne(row["name"], names, scorer=scorer), row["expected"]) for row in every]
        for threshold in range(50, 101):
            best = max(best, sum((hit[2] if hit[1] >= threshold else None) == want for hit, want in hits))
    return best


def clusters() -> Iterator[str]:
    """Pairwise F1 of clusters made without definitions: ours, and the best plain scorer's."""
    all_rows = [row for row in rows("mentions.jsonl") if not row.get("ambiguous")]
    entries = [linking.PlainMention(str(i), row["name"], row["kecamatan"]) for i, row in enumerate(all_rows)]
    found_clusters = linking.cluster(entries)
    ours = {
        pair
        for found_cluster in found_clusters
        for pair in combinations(sorted(map(int, found_cluster.members)), 2)
    }
    cluster_ids = [row["cluster"] for row in all_rows]
    gold = {(i, k) for i, k in combinations(range(len(all_rows)), 2) if cluster_ids[i] == cluster_ids[k]}
    yield f"ours: pairwise F1 {_f1(ours, gold):.3f}; best plain scorer: {_plain_clusters(all_rows, gold):.3f}"


def _plain_clusters(every: list[Row], gold: set[tuple[int, int]]) -> float:
    best = 0.0
    names = [row["name"] for row in every]
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio):
        alike = process.cdist(names, names, scorer=scorer)
        for threshold in range(60, 101, 2):
            pairs = {(i, k) for i, k in combinations(range(len(names)), 2) if alike[i][k] >= threshold}
            best = max(best, _f1(pairs, gold))
    return best


def _f1(made: set[tuple[int, int]], gold: set[tuple[int, int]]) -> float:
    return 2 * len(made & gold) / (len(made) + len(gold)) if made or gold else 1.0


def main() -> int:
    """Print every figure; without the sets print a message. Return 0."""
    if not SHARED.is_dir():
        print("The shared evaluation sets are not next to this project: nothing to measure.")
        return 0
    for measured in (
        records,
        formula_reading,
        formula_comparing,
        queries,
        mentions_linked,
        clusters,
        audit_figures.describe_audit,
    ):
        print((measured.__doc__ or "").strip())
        for line in measured():
            print(f"    {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
