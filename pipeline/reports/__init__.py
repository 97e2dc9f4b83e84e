"""Report: a catalogue as a page, a workbook and data that an evaluator can use as they are.

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
    """The report's files by name; the same bytes for the same catalogue, originals and questions.

    Args:
        catalogue: what is reported; ``filter_by_regency`` gives that of one regency.
        originals: the decrees' files, of which the page shows what it quotes. Without them it says so.
        questions: what a person has to decide, for the workbook's sheet that ``iku review --import`` takes.
    """
    model = ReportModel(sanitize_catalogue(catalogue))
    return {
        "audit.html": render_page(model, originals),
        "audit.xlsx": render_workbook(model, questions),
        "findings.json": collect_findings(catalogue, model).to_json().encode(),
    }
