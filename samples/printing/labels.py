"""A decree without a table of indicators: one labelled block for each, formulas displayed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.printing.annex import annex
from samples.printing.parts import block, heading, labelled, lettered, signature
from samples.printing.tables import Indicator
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record


def text(record: Record) -> str:
    """Return the sheet of one holder."""
    holder = record["holders"][0]
    lines = [*heading(record["title"]), "", *_labels(holder), *_blocks(holder["indicators"])]
    return "\n".join([*lines, *annex(record), "", *signature(record)])


def _labels(holder: Indicator) -> Iterator[str]:
    for field, label, items in block(holder, "labels"):
        if field == "functions":
            yield from (f"{label} :", "", *(f"- {line}" for line in lettered(items)), "")
        else:
            yield from (*labelled(label, items), "")


def _blocks(indicators: list[Indicator]) -> Iterator[str]:
    """Yield a block for each indicator; an objective is printed once for those that share it."""
    above: str | None = None
    for indicator in indicators:
        for field, label in words("printing")["blocks"].items():
            value = indicator[field]
            if not value or (field == "objective" and value == above):
                continue
            if field == "formula":
                yield from (f"{label} :", "", value["raw"], "")
            elif isinstance(value, list) and len(value) > 1:
                yield from (f"{label} :", "", *(f"- {item}" for item in value), "")
            else:
                yield from (f"{label} : {value[0] if isinstance(value, list) else value}", "")
        above = indicator["objective"]
