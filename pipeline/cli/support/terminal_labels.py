"""Texts that commands print in the words of the Indonesian forms, from ``terminal_labels.yaml``."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table


class TerminalLabels(TableModel):
    """The table ``terminal_labels.yaml``; each ``{…}`` is filled in."""

    empty_quote: dict[str, str]
    number: str
    kecamatan: str
    date: str
    period: str
    signatory: str
    nip: str
    considerations: str
    legal_basis: str
    dictums: str
    duties: str
    functions: str
    goal: str
    indicator_columns: tuple[str, str, str, str, str, str]
    unit: str
    targets: str
    activities: str
    activity_columns: tuple[str, str, str, str, str]


@cache
def terminal_labels() -> TerminalLabels:
    """Return the labels. Raises ConfigError where the table is wrong."""
    return load_table("pipeline.cli.support", "terminal_labels.yaml", TerminalLabels)
