"""Findings on a Word draft as comments in it, each at the paragraph or cell that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.model.office_address import WordAddress
from extractors.own_outputs import OWN_MARK
from extractors.word.comment_writer import WordComment, add_comments
from pipeline.reports.report_labels import value_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Provenance
    from pipeline.models.catalogue import Finding

_BODY_PART = "document"


def comment_findings(data: bytes, findings: Iterable[Finding], language: str) -> bytes:
    """Return the draft with a comment for each finding that nobody waived.

    Raises:
        ReadError: the draft cannot be read.
    """
    comments = [
        WordComment(_to_address(finding.place.provenance), OWN_MARK, _comment_texts(finding, language))
        for finding in findings
        if finding.waived is None
    ]
    return add_comments(data, comments)


def _to_address(where: Provenance | None) -> WordAddress | None:
    """Return the paragraph of the body that a field was read from; nothing for fields elsewhere."""
    if where is None or where.part != _BODY_PART:
        return None
    cell = where.cell if isinstance(where.cell, int) else 0
    return WordAddress(where.part, where.paragraph or 0, where.table or 0, where.row or 0, cell)


def _comment_texts(finding: Finding, language: str) -> tuple[str, ...]:
    """Return the paragraphs of a comment: code and title, what was found, what to do."""
    severity = getattr(value_label("severity", finding.severity), language)
    title = getattr(finding.title, language)
    texts = (
        f"{finding.code} ({severity}): {title}",
        getattr(finding.message, language),
        getattr(finding.recommendation, language),
    )
    return tuple(text for text in texts if text)
