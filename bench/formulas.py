"""Formulas: readings and comparisons per second on one warm core, against the required pace."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from bench.measure import Figure, seconds
from bench.names import indicators

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 2_000
READ, COMPARED = 2_000, 200
"""Required number per second."""
PRINTS = (
    "(Jumlah {a} / Jumlah {b}) x 100%",
    "∑ {a} : ∑ {b} x 100 %",
    "Jumlah {a}\n---------------- x 100%\nJumlah {b}",
    r"$\frac{{\text{{Jumlah {a}}}}}{{\text{{Jumlah {b}}}}} \times 100\%$",
    "Jumlah {a} dibagi jumlah {b} dikalikan 100%",
    "A/B x 100%, A = Jumlah {a}, B = Jumlah {b}",
    "Jumlah {a}",
)


def figures() -> Iterator[Figure]:
    """Measure reading and comparing of distinct formulas, after a warm-up."""
    from pipeline.formulas import compare_formulas, read_formula

    random = Random(4)
    things = [name.split(" ", 1)[1] for name in indicators(2 * COUNT, seed=5)]
    pairs = list(zip(things[::2], things[1::2], strict=True))
    prints = [random.choice(PRINTS).format(a=a, b=b) for a, b in pairs]
    for warm in prints[:100]:
        read_formula(warm)
    took = seconds(lambda: [read_formula(printed) for printed in prints[100:]]) / (len(prints) - 100)
    yield Figure(f"reading a formula ({1 / took:.0f} a second)", took, 1 / READ, f"{READ} a second, as asked")
    definitions = [f'"jumlah {a}" / "jumlah {b}" * 100%' for a, b in pairs]
    decrees = [f'"jumlah {a} tepat waktu" / "jumlah {random.choice((b, a))}" * 100' for a, b in pairs]
    both = list(zip(definitions, decrees, strict=True))
    for definition, decree in both[:100]:
        compare_formulas(definition, decree)
    took = seconds(lambda: [compare_formulas(*pair) for pair in both[100:]]) / (len(both) - 100)
    held = f"{COMPARED} a second, as asked"
    yield Figure(f"comparing two formulas ({1 / took:.0f} a second)", took, 1 / COMPARED, held)
