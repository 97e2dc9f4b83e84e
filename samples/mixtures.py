"""Printed formulas in any number: parts of forms put together at random, with the reading they should have.

For property tests of the reader: no decree prints these, and the forms meet as they never do in the samples.
The same seed gives the same formula, on every machine.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

from samples.words import words

SHARE_DAMAGED = 0.25
SUM = "jumlah "


class Mixture(NamedTuple):
    """A printed formula and what it may be read as; the first reading is the plain one."""

    raw: str
    readings: tuple[str, ...]
    form: str
    """The parts it was made of, for the one who looks for a fault."""


def mixture(seed: int) -> Mixture:
    """Return a percentage of one thing in another, printed in one of very many ways."""
    chance, table = random.Random(seed), words("mixtures")
    kind = chance.choice(("flat", "flat", "whole", "coded", "structure", "structure"))
    if kind == "structure":
        return _structure(chance, table)
    above, below = chance.choice(table["pairs"])
    head, tail = chance.choice(table["heads"]), chance.choice(table["tails"])
    named = {"a": above, "b": below, "A": _capital(above), "B": _capital(below)}
    if kind == "coded":
        form = chance.choice(table["coded"])
        codes = chance.choice(table["codes"])
        legend = chance.choice(table["legends"])
        named |= {"x": codes[0], "y": codes[1]}
        if form.startswith("P ="):
            head = ""
        printed = head + form.format(**named) + legend.format(**named)
        form, tail = f"{form}|{legend}", ""
    elif kind == "whole":
        form = chance.choice(table["whole"])
        printed = head + _summed(form, named, chance) + (tail if "\n" not in form else "")
    else:
        damaged = chance.random() < SHARE_DAMAGED
        form = chance.choice(table["flat"]) + chance.choice(table["damaged" if damaged else "multiplied"])
        printed = head + _summed(form, named, chance) + tail
    return Mixture(printed, _readings(above, below, form), f"{kind}: {head!r} {form!r} {tail!r}")


def _structure(chance: random.Random, table: dict[str, Any]) -> Mixture:
    """Return sums, means, differences, weights and measured values."""
    form = chance.choice(table["structures"])
    counted = form.get("counted", False)
    pairs = [pair for pair in table["pairs"] if not counted or all(text.startswith(SUM) for text in pair)]
    named: dict[str, str] = {}
    quoted: dict[str, str] = {}
    for number, (above, below) in enumerate(chance.sample(pairs, 3)):
        for letter, text in (("a", above), ("b", below)):
            named |= {f"{letter}{number}": text, f"{letter.upper()}{number}": _capital(text)}
            quoted[f"{letter}{number}"] = f'"{text.lower()}"'
    head = chance.choice(table["heads"])
    readings = tuple(reading.format(**quoted) for reading in form["reads"])
    printed = str(form["print"])
    return Mixture(head + printed.format(**named), readings, f"structure: {head!r} {printed!r}")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _summed(form: str, named: dict[str, str], chance: random.Random) -> str:
    """Return the form filled in, its sums as ``∑`` now and then."""
    if "\\" not in form and chance.random() < 0.2:
        named = {
            key: f"∑ {text[len(SUM) :]}" if text.lower().startswith(SUM) else text
            for key, text in named.items()
        }
    return form.format(**named)


def _readings(above: str, below: str, form: str) -> tuple[str, ...]:
    a, b = (f'"{text.lower()}"' for text in (above, below))
    if form.startswith("100%"):
        return (f"100% * {a} / {b}",)
    beside = (f"{a} * 100% / {b}",) if "x 100" in form and "\n" in form else ()
    coded = (f'"{above.lower()} (a)" / "{below.lower()} (b)" * 100%',) if "(A)" in form else ()
    return (f"{a} / {b} * 100%", *beside, *coded)
