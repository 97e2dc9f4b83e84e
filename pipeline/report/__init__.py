"""Report: a catalogue as a page, a workbook and data that an evaluator can use as they are.

>>> files(catalogue)  # {'audit.html': b'…', 'audit.xlsx': b'…', 'findings.json': b'…'}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.report.content import Content
from pipeline.report.disarm import disarmed
from pipeline.report.originals import Originals
from pipeline.report.page import page
from pipeline.report.scope import regencies, restricted

if TYPE_CHECKING:
    from pipeline.catalogue import Catalogue

__all__ = ["Originals", "files", "regencies", "restricted"]


def files(catalogue: Catalogue, originals: Originals | None = None) -> dict[str, bytes]:
    content = Content(disarmed(catalogue))
    return {"audit.html": page(content, originals)}
