"""Decisions of the reviewer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.linking import Decision, DecisionError, DecisionReplay, Link, load_decisions, load_definitions


def decide(verdict: str, definition: str | None = None, regency: str | None = None) -> Decision:
    return Decision.model_validate(
        {
            "verdict": verdict,
            "text": "Jumlah  Surat keluar",
            "definition": definition,
            "regency": regency,
            "who": "Bagian Organisasi",
            "when": date(2026, 11, 20),
        }
    )


def matched(without: frozenset[str]) -> Link:
    """A stand-in for the registry: the nearest is ``surat``, then ``kurir``."""
    target = next((t for t in ("surat", "kurir") if t not in without), None)
    return Link("definition" if target else "cluster", target, 0.9, "dari kata-katanya")


def linked(*decisions: Decision, regency: str | None = None) -> Link:
    return DecisionReplay(decisions).apply("jumlah surat KELUAR", regency, matched)


def test_without_a_decision_the_words_decide() -> None:
    assert linked().target == "surat"


def test_same_wins_over_the_words() -> None:
    link = linked(decide("same", "kurir"))
    assert (link.kind, link.target) == ("definition", "kurir")
    assert "Bagian Organisasi" in link.reason


def test_different_rules_a_definition_out_and_the_next_is_looked_for() -> None:
    assert linked(decide("different", "surat")).target == "kurir"
    assert linked(decide("different", "surat"), decide("different", "kurir")).kind == "cluster"


@pytest.mark.parametrize("verdict", ["new", "not-an-indicator"])
def test_an_indicator_of_its_own_is_linked_to_nothing(verdict: str) -> None:
    assert linked(decide(verdict)).target is None


def test_the_last_decision_holds_and_what_was_taken_back_is_not_brought_to_life() -> None:
    back = (decide("different", "surat"), decide("same", "surat"))
    assert linked(*back).target == "surat"
    assert linked(*back, decide("different", "kurir")).target == "surat"


def test_a_decision_of_one_regency_holds_there_only() -> None:
    own = decide("same", "kurir", "Kabupaten Wirasana")
    assert linked(own, regency="Kabupaten Wirasana").target == "kurir"
    assert linked(own, regency="Kabupaten Lain").target == "surat"


def test_the_reviewed_file_loads_against_the_reviewed_definitions() -> None:
    assert isinstance(load_decisions(known=(d.id for d in load_definitions())), tuple)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{verdict: maybe, text: a, who: b, when: 2026-01-01}", "verdict"),
        ("{verdict: same, text: a, who: b, when: 2026-01-01}", "definition"),
        ("{verdict: new, text: a, definition: x, who: b, when: 2026-01-01}", "definition"),
        ("{verdict: same, text: a, definition: gone, who: b, when: 2026-01-01}", "gone"),
        ("{verdict: new, text: a, who: b, when: someday}", "when"),
        ("{verdict: new, text: a, who: b, when: 2026-01-01, why: x}", "why"),
        ("3", "named fields are expected"),
    ],
)
def test_a_bad_decision_is_named(tmp_path: Path, row: str, message: str) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(f"decisions:\n- {row}\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"decisions\.yaml, line 2") as caught:
        load_decisions(file, known=["surat"])
    assert message in str(caught.value)


def test_a_file_that_is_no_list_of_decisions(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    for text in ("", "decisions: 3", "["):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(DecisionError):
            load_decisions(file)
