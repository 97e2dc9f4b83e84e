"""Render a catalogue as a page, a workbook and data that an evaluator can use directly.

>>> sorted(render_report_files(catalogue))
['audit.html', 'audit.xlsx', 'findings.json']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reports.findings_export import Findings, collect_findings, findings_schema
from pipeline.reports.html.audit_page import render_page
from pipeline.reports.html.source_excerpts import Originals
from pipeline.reports.regency_filter import filter_by_regency, list_regencies
from pipeline.reports.sanitize import sanitize_catalogue
from pipeline.reports.view_model import ReportModel
from pipeline.reports.xlsx.audit_workbook import render_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.catalogue import Catalogue
    from pipeline.review.questions import Question

__all__ = [
    "Findings",
    "Originals",
    "filter_by_regency",
    "findings_schema",
    "list_regencies",
    "render_report_files",
]


def render_report_files(
    catalogue: Catalogue, originals: Originals | None = None, questions: Sequence[Question] = ()
) -> dict[str, bytes]:
    """Return the report's files by name; the same inputs give the same bytes.

    Args:
        catalogue: the catalogue to report on; ``filter_by_regency`` returns that of one regency.
        originals: the decrees' files, from which the page shows excerpts. Without them the page says so.
        questions: the open questions, for the sheet that ``iku review --import`` reads.
    """
    model = ReportModel(sanitize_catalogue(catalogue))
    return {
        "audit.html": render_page(model, originals),
        "audit.xlsx": render_workbook(model, questions),
        "findings.json": collect_findings(catalogue, model).to_json().encode(),
    }
