"""Prepare a record for a layout: drop fields without a place, write formulas in the layout's style."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from samples.formulas import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Record = dict[str, Any]
"""A record as plain JSON values, without ``document``, ``provenance`` and ``notes``."""


def dress(record: Record, drops: Iterable[str], styles: Sequence[str]) -> Record:
    """Return a copy with what will be printed; ``raw`` of a formula keeps its printed lines."""
    dressed = copy.deepcopy(record)
    for field in drops:
        _drop(dressed, field)
    for holder in dressed["holders"]:
        for position, indicator in enumerate(holder["indicators"]):
            if indicator["formula"]:
                style = STYLES[styles[position % len(styles)]]
                indicator["formula"]["raw"] = style(indicator["formula"]["raw"])
    return dressed


def folded(record: Record) -> Record:
    """Return a copy with every printed formula in one line, without the signs that only enclose it."""
    flat = copy.deepcopy(record)
    for holder in flat["holders"]:
        for indicator in holder["indicators"]:
            if indicator["formula"]:
                indicator["formula"]["raw"] = " ".join(indicator["formula"]["raw"].strip("$").split())
    return flat


def _drop(record: Record, field: str) -> None:
    owners = [record]
    if field in {"goal", "goal_indicator"}:
        owners = record["holders"]
    elif field.startswith("indicators."):
        owners = [indicator for holder in record["holders"] for indicator in holder["indicators"]]
    name = field.removeprefix("indicators.")
    for owner in owners:
        owner[name] = type(owner[name])() if isinstance(owner[name], list | dict) else None
