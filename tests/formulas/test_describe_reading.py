"""The way to a reading, for people: tokens, clauses, readings with their costs, what is left out."""

from __future__ import annotations

from pipeline.formulas import describe_trace, trace_formula


def test_each_step_of_a_reading_is_shown() -> None:
    lines = list(describe_trace(trace_formula("NRR = nilai / jumlah unsur; IKM = NRR x 25 (target 80)")))
    titles = [title for title, _ in lines]
    assert titles[0] == "tokens" and "equation" in titles and "cost 0.00" in titles
    assert ("formula", '"nilai" / "jumlah unsur" * 25') in lines
    assert ("left out", "target: (target 80)") in lines


def test_readings_stand_in_the_order_of_their_costs() -> None:
    lines = list(describe_trace(trace_formula("Jumlah a terhadap jumlah b x 100%")))
    costs = [float(title.removeprefix("cost ")) for title, _ in lines if title.startswith("cost ")]
    assert len(costs) == 2 and costs == sorted(costs)


def test_of_what_cannot_be_read_the_tokens_are_shown() -> None:
    assert [title for title, _ in describe_trace(trace_formula("x 100%"))] == ["tokens"]
