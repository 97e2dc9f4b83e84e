"""The labels of the summary, from ``labels.yaml``."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table


class SummaryLabels(TableModel):
    """Every text of the summary that is not printed in a decree; each ``{…}`` is filled in."""

    title: str
    counts: str
    severities: dict[str, str]
    findings_line: str
    key_facts: str
    recurrences: str
    echoes: str
    doubtful: str
    waived: str
    unread: str
    corrected: str
    open_corrections: str
    undated: str
    undated_mark: str
    unread_mark: str
    no_regency: str
    completeness: str
    missing: str
    indicator: str
    legend: str
    marks: dict[str, tuple[str, str]]
    single: str
    disagree: str
    variants: str
    version: str
    used_by: str
    top: str
    more: str
    nothing: str
    failed: str
    page: str


@cache
def load_summary_labels() -> SummaryLabels:
    """Return the labels. Raises ConfigError where the table is wrong."""
    return load_table("pipeline.reports.summary", "labels.yaml", SummaryLabels)
