"""The words of the summary, from ``labels.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class SummaryLabels(BaseModel):
    """Every text of the summary that is not printed in a decree; ``{…}`` are filled in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    counts: str
    severities: dict[str, str]
    findings_line: str
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
    """The words, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("pipeline.reports.summary") / "labels.yaml").read_text("utf-8")
    return SummaryLabels.model_validate(yaml.load(text, Loader=loader))
