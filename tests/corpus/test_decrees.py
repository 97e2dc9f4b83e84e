"""Whole documents: the real decrees of the shared corpus, where it lies beside this project."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import read_decree

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "corpus" / "gold"
TEXTS = sorted((SHARED / "corpus" / "text").glob("*.txt"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not TEXTS, reason="the shared corpus is not beside this project"),
]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("gold", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_a_real_decree_gives_its_gold_record(gold: Path, scorer: ModuleType) -> None:
    decree = read_decree.read(GOLD.parent / "text" / f"{gold.stem}.txt")
    score = scorer.Score()
    scorer.score_record(score, json.loads(gold.read_text("utf-8")), decree.model_dump(mode="json"), gold.stem)
    wanted, got, hits, exact = score.sums()
    assert 2 * hits / (wanted + got) >= 0.98, score.misses
    assert 2 * exact / (wanted + got) >= 0.95, score.misses


def _f1(path: Path, gold: Path, scorer: ModuleType) -> tuple[float, list[str]]:
    score = scorer.Score()
    record = read_decree.read(path).model_dump(mode="json")
    scorer.score_record(score, json.loads(gold.read_text("utf-8")), record, gold.stem)
    wanted, got, hits, _ = score.sums()
    return 2 * hits / (wanted + got), score.misses


def _prints(profile: str) -> list[Path]:
    """The gold of the corpus's prints in one profile; without one, of the digital prints."""
    every = sorted((SHARED / "corpus" / "pdf-gold").glob("*.json"))
    return [gold for gold in every if Path(gold.stem.split(".", 1)[-1]).suffix.lstrip(".") == profile]


@pytest.mark.parametrize("gold", _prints(""), ids=lambda path: path.stem)
def test_a_digital_print_gives_its_gold_record(gold: Path, scorer: ModuleType) -> None:
    f1, misses = _f1(SHARED / "corpus" / "pdf" / f"{gold.stem}.pdf", gold, scorer)
    assert f1 >= 0.97, misses


@pytest.mark.parametrize(
    ("profile", "least"),
    [
        ("office", 0.95),
        ("office150", 0.95),
        ("stamped", 0.92),
        ("rotated", 0.95),
        ("phone", 0.9),
        ("fax", 0.75),
    ],
)
def test_a_scan_gives_its_gold_record(profile: str, least: float, scorer: ModuleType) -> None:
    for gold in _prints(profile)[:2]:
        f1, misses = _f1(SHARED / "corpus" / "pdf" / f"{gold.stem}.pdf", gold, scorer)
        assert f1 >= least, misses


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_few_words_of_a_real_decree_have_no_place(path: Path) -> None:
    coverage = read_decree.read(path).document.coverage
    assert coverage.notes <= 0.03 * coverage.words
