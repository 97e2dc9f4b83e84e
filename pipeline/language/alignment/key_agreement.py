"""Whether two names agree, by their keys alone: what aligning would say, at a fraction of its time.

It holds where the tables explain every word of both: then a word's partner is the word with its key, or none.
Which words keep two names apart, only ``align`` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.alignment.align import MEASURE_FACTOR, NameAgreement, measures_agree, token_root

if TYPE_CHECKING:
    from pipeline.language.normal_form import NormalForm


def agree_by_keys(left: NormalForm, right: NormalForm) -> NameAgreement:
    """How two names agree of which neither is ``doubtful``."""
    shared_keys = left.all_keys & right.all_keys
    open_left, open_right = left.keys - right.all_keys, right.keys - left.all_keys
    same_measures = measures_agree(left.measures, right.measures)
    same = (
        same_measures
        and not open_left
        and not open_right
        and bool(shared_keys or not (left.all_keys or right.all_keys))
    )
    total_weight = left.weight + right.weight
    shared_weight = sum([left.weights[key] + right.weights[key] for key in shared_keys])
    score = round(shared_weight / total_weight, 4) if total_weight else 1.0
    may_share_roots = not same and same_measures and len(open_left) == len(open_right)
    return NameAgreement(
        same,
        score * (1 if same_measures else MEASURE_FACTOR),
        not (may_share_roots and token_roots(left, open_left) == token_roots(right, open_right)),
    )


def token_roots(normal: NormalForm, keys: frozenset[str]) -> list[str]:
    """The roots of the tokens with these keys, sorted."""
    return sorted(token_root(token) for token in normal.content if token.key in keys)
