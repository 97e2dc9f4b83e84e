"""The names of the workbook's sheets, from ``sheet_names.yaml``."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table


class SheetNames(TableModel):
    """The name of each sheet; the review sheet's is in ``pipeline/review/review_words.yaml``."""

    matrix: str
    comparison: str
    functions: str
    findings: str
    smart: str
    scores: str


@cache
def load_sheet_names() -> SheetNames:
    """Return the names. Raises ConfigError where the table is wrong."""
    return load_table("pipeline.reports.xlsx", "sheet_names.yaml", SheetNames)
