"""Whether two names agree, by their keys alone: what aligning would say, at a fraction of its time.

It holds where the tables explain every word of both: then a word's partner is the word with its key, or none.
Which words keep two names apart, only ``align`` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.words.align import MEASURE_FACTOR, Agreement, root, same_measure

if TYPE_CHECKING:
    from pipeline.words.normal import Normal


def agree(left: Normal, right: Normal) -> Agreement:
    """How two names agree of which neither is ``doubtful``."""
    shared = left.every & right.every
    open_left, open_right = left.keys - right.every, right.keys - left.every
    measures = same_measure(left.measures, right.measures)
    same = measures and not open_left and not open_right and bool(shared or not (left.every or right.every))
    weights = left.weight + right.weight
    both = sum([left.weights[key] + right.weights[key] for key in shared])
    score = round(both / weights, 4) if weights else 1.0
    forms = not same and measures and len(open_left) == len(open_right)
    return Agreement(
        same,
        score * (1 if measures else MEASURE_FACTOR),
        not (forms and roots(left, open_left) == roots(right, open_right)),
    )


def roots(normal: Normal, keys: frozenset[str]) -> list[str]:
    """The roots of the tokens with these keys, sorted."""
    return sorted(root(token) for token in normal.content if token.key in keys)
