"""Report: a catalogue as a page, a workbook and data that an evaluator can use as they are.

>>> sorted(files(catalogue))
['audit.html', 'audit.xlsx', 'findings.json']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.report.content import Content
from pipeline.report.disarm import disarmed
from pipeline.report.findings import Findings, collected, findings_schema
from pipeline.report.originals import Originals
from pipeline.report.page import html
from pipeline.report.scope import regencies, restricted
from pipeline.report.workbook import packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.catalogue import Catalogue
    from pipeline.reviewing.questions import Question

__all__ = ["Findings", "Originals", "files", "findings_schema", "regencies", "restricted"]


def files(
    catalogue: Catalogue, originals: Originals | None = None, questions: Sequence[Question] = ()
) -> dict[str, bytes]:
    """The report's files by name; the same bytes for the same catalogue, originals and questions.

    Args:
        catalogue: what is reported; ``restricted`` gives that of one regency.
        originals: the decrees' files, of which the page shows what it quotes. Without them it says so.
        questions: what a person has to decide, for the workbook's sheet that ``iku review --import`` takes.
    """
    content = Content(disarmed(catalogue))
    return {
        "audit.html": html(content, originals),
        "audit.xlsx": packed(content, questions),
        "findings.json": collected(catalogue, content).to_json().encode(),
    }
