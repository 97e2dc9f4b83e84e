"""Whole documents: the real decrees of the shared corpus, where it lies beside this project."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import reading

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "corpus" / "gold"
TEXTS = sorted((SHARED / "corpus" / "text").glob("*.txt"))

pytestmark = pytest.mark.skipif(not TEXTS, reason="the shared corpus is not beside this project")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("gold", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_a_real_decree_gives_its_gold_record(gold: Path, scorer: ModuleType) -> None:
    decree = reading.read(GOLD.parent / "text" / f"{gold.stem}.txt")
    score = scorer.Score()
    scorer.score_record(score, json.loads(gold.read_text("utf-8")), decree.model_dump(mode="json"), gold.stem)
    wanted, got, hits, exact = score.sums()
    assert 2 * hits / (wanted + got) >= 0.98, score.misses
    assert 2 * exact / (wanted + got) >= 0.95, score.misses


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_few_words_of_a_real_decree_have_no_place(path: Path) -> None:
    coverage = reading.read(path).document.coverage
    assert coverage.notes <= 0.03 * coverage.words
