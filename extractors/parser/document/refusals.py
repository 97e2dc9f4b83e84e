"""Why a document gives no record: what was found instead of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractors.errors import ReadError, ReadStatus
from extractors.model.page import Line
from extractors.parser.document import labelled_sections
from extractors.parser.document.decree_body import DecreeBody
from extractors.parser.document.document_flow import FlowElement
from extractors.parser.tables import title_cues
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import vocabulary_matcher
from extractors.parser.vocabulary.vocabulary_tables import label_table

MOST_TITLES = 8
"""Titles of a table that a message quotes."""
MOST_TABLES = 3
"""Tables that a message quotes."""
LONGEST_TITLE = 40
"""Characters of a title that a message quotes."""
LEAST_BOX_LINES = 2
"""Lines in which one label stands several times side by side, from which a page is one of boxes."""
FIRST_LINES = 12
"""Lines of a document among which a diagram is named."""


def is_box_diagram(elements: Sequence[FlowElement]) -> bool:
    """Return whether a document draws its indicators in boxes (pohon kinerja, cascading), not in a table.

    It says so in its heading, or prints the label of an indicator several times side by side.
    """
    if any(isinstance(element, TableGrid) for element in elements):
        return False
    lines = [element.text.text for element in elements if isinstance(element, Line)]
    box_lines = sum(len(_repeated_label_pattern().findall(text)) > 1 for text in lines)
    is_named = any(
        vocabulary_matcher.word_pattern("diagram_words").search(text) for text in lines[:FIRST_LINES]
    )
    return box_lines >= LEAST_BOX_LINES or (is_named and box_lines > 0)


def diagram_error() -> ReadError:
    """Return the refusal of a diagram."""
    return ReadError(
        ReadStatus.NO_TABLE,
        "This is a diagram of boxes (pohon kinerja, cascading): "
        "which indicator belongs to which box is drawn, not written.",
        "Give the document whose indicators stand in a table: "
        "the decree, the Renstra, the Perjanjian Kinerja.",
    )


def no_indicators_error(body_fields: DecreeBody, rejected_tables: Iterable[Sequence[str]]) -> ReadError:
    """Return the refusal of a document without indicators; it names the tables that were found."""
    title = body_fields.title.value if body_fields.title else ""
    has_indicator_heading = any(
        labelled_sections.is_heading(Line(heading)) for heading in body_fields.headings
    )
    if title and not has_indicator_heading:
        return ReadError(
            ReadStatus.OTHER_DECREE,
            f"This is a document about “{title[:120]}”; it fixes no performance indicators.",
            "Give a decree that sets IKU or IKI.",
        )
    descriptions = [_describe_titles(titles) for titles in rejected_tables][:MOST_TABLES]
    if descriptions:
        return ReadError(
            ReadStatus.NO_TABLE,
            f"No table of indicators was found. Tables with these titles were: {'; '.join(descriptions)}.",
            "Check that the annex with the indicators is in the file; "
            "`iku read --format table` shows the tables as they were read.",
        )
    return ReadError(
        ReadStatus.NO_TABLE,
        "No indicators of an agency or a post were found: no table with a column for them, and no list.",
        "Check that the annex with the indicator table is in the file and was read as a table.",
    )


def _describe_titles(titles: Sequence[str]) -> str:
    shown = " | ".join(
        text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE]}…" for text in titles[:MOST_TITLES]
    )
    fields = {field for text in titles for field in title_cues.score_title(text, "indicators")}
    missing = (
        "no column names indicators" if "name" not in fields else "nothing else is known beside the names"
    )
    return f"“{shown}” ({missing})"


@cache
def _repeated_label_pattern() -> re.Pattern[str]:
    labels = sorted(label_table().detail.name, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, labels))})\s*:", re.IGNORECASE)
