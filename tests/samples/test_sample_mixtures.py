"""Printed formulas put together at random: the reader reads their parts wherever they meet."""

from __future__ import annotations

import re

import pytest
from rapidfuzz import fuzz

from pipeline.formulas import parse_expression, read_formula
from samples.damage import damage
from samples.mixtures import Mixture, mixture

MANY = 1_500
SURE = 0.8
ALIKE = 80
"""Likeness of a quantity to the damaged print of it, of 100."""
_QUOTED = re.compile(r'"([^"]*)"')


def test_the_same_seed_gives_the_same_formula() -> None:
    assert mixture(7) == mixture(7)
    assert len({mixture(seed).raw for seed in range(200)}) > 150


@pytest.mark.parametrize("seed", range(100))
def test_what_a_mixture_may_be_read_as_is_in_the_linear_syntax(seed: int) -> None:
    for reading in mixture(seed).readings:
        parse_expression(reading)


def test_mixtures_are_read_to_the_letter() -> None:
    wrong = [
        made
        for seed in range(MANY)
        if read_formula((made := mixture(seed)).raw).expression not in made.readings
    ]
    assert not wrong


def test_damaged_mixtures_are_read_or_doubted() -> None:
    """One letter in a hundred mistaken: nearly all are read, hardly any is read wrongly and surely."""
    wrong = sure = 0
    for seed in range(MANY):
        made = mixture(seed)
        reading = read_formula(damage(made.raw, seed, 0.01))
        missed = not _alike(reading.expression, made)
        wrong += missed
        sure += missed and reading.confidence >= SURE
    assert wrong <= MANY * 0.02
    assert sure <= MANY * 0.005


def _alike(expression: str | None, made: Mixture) -> bool:
    """Whether an expression has the structure of a reading, and quantities that only letters set apart."""
    if expression is None:
        return False
    for reading in made.readings:
        pairs = list(zip(_QUOTED.findall(expression), _QUOTED.findall(reading), strict=False))
        same = _QUOTED.sub("", expression) == _QUOTED.sub("", reading)
        if same and all(fuzz.ratio(ours, theirs) >= ALIKE for ours, theirs in pairs):
            return True
    return False
