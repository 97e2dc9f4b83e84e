"""The table of echoes: which findings say again what another one says."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import RootModel

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.audit.rulebook.rule_registry import load_rulebook

Nearness = Literal["field", "indicator", "holder", "document"]


class EchoRow(TableModel):
    """Findings that are folded under others which share their place."""

    within: Nearness
    """How near the two findings must be."""
    roots: tuple[str, ...]
    """Codes of the rules under whose findings they are folded, the preferred one first."""
    echoes: tuple[str, ...]
    """Codes of the rules whose findings are folded."""


class EchoTable(RootModel[tuple[EchoRow, ...]]):
    """The rows of the table; the first that fits a finding counts."""


@cache
def load_echo_rows() -> tuple[EchoRow, ...]:
    """Return the rows of ``echoes.yaml``.

    Raises:
        ConfigError: the table does not fit the model.
        ValueError: a row names a rule that does not exist.
    """
    rows = load_table(__package__, "echoes.yaml", EchoTable).root
    unknown = {code for row in rows for code in (*row.roots, *row.echoes)} - load_rulebook().keys()
    if unknown:
        raise ValueError(f"grouping/echoes.yaml: no rule has the code {sorted(unknown)}")
    return rows
