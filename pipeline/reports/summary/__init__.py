"""The summary of a build: its findings on one page for people."""

from pipeline.reports.summary.summary_markdown import (
    SummaryPart,
    compose_summary,
    format_place,
    print_summary,
    render_summary,
    summarize_part,
)

__all__ = [
    "SummaryPart",
    "compose_summary",
    "format_place",
    "print_summary",
    "render_summary",
    "summarize_part",
]
