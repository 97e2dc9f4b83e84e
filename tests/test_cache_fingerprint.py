"""Fingerprints: nothing that a stage runs may change without its keys changing."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

from pipeline.cache import fingerprint as fingerprints
from pipeline.cache.fingerprint import CATALOGUE, EXTRACT, READ, ROOT, fingerprint

STAGES = {
    EXTRACT: ["extractors", "extractors.paged", "extractors.parse", "extractors.text", "extractors.scan"],
    READ: ["pipeline.reading", "pipeline.formulas"],
    CATALOGUE: [
        "pipeline.engine.group_tasks",
        "pipeline.engine.tasks",
        "pipeline.building",
        "pipeline.summary",
    ],
}
CARRIERS = ("pipeline.cache", "pipeline.workers")
"""Carry what stages make and change nothing in it."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("extractors", "pipeline", "normalized")


@pytest.mark.parametrize("parts", STAGES)
def test_a_fingerprint_covers_every_module_that_its_stage_may_import(
    graph: grimp.ImportGraph, parts: tuple[str, ...]
) -> None:
    reached = set(STAGES[parts])
    for module in STAGES[parts]:
        reached |= graph.find_upstream_modules(module, as_package=True)
    covered = fingerprints._files(parts)
    missing = [
        name
        for name in sorted(reached)
        if not name.startswith(CARRIERS)
        and name not in ("pipeline", "normalized")
        and _file(name) not in covered
    ]
    assert not missing


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def test_tables_count_as_code_does() -> None:
    names = {file.relative_to(ROOT).as_posix() for file in fingerprints._files(CATALOGUE)}
    assert {
        "extractors/vocabulary/headers.yaml",
        "normalized/glossary.yaml",
        "pipeline/words/roots.yaml",
    } <= names
    assert "pipeline/formulas/linear.lark" in names
    assert not any(name.startswith("pipeline/cli/") for name in names)


def test_each_stage_has_its_own_and_a_changed_file_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len({fingerprint(parts) for parts in (EXTRACT, READ, CATALOGUE)}) == 3
    monkeypatch.setattr(fingerprints, "ROOT", tmp_path)
    (tmp_path / "extractors").mkdir()
    found = set()
    for text in ("one: 1", "one: 2"):
        (tmp_path / "extractors/words.yaml").write_text(text, "utf-8")
        found.add(fingerprint.__wrapped__(EXTRACT))
    assert len(found) == 2
