"""Sheets that print one indicator each as labels and values: which lines hold a label that no table knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.model.page import Line
from extractors.parser.document.document_flow import FlowElement
from extractors.parser.tables import title_cues
from extractors.parser.vocabulary import vocabulary_matcher

SURE_TITLE = 0.9
"""Score from which a label is the title of a column in other documents."""
SHORTEST_LABEL = 4
"""Letters of a label; shorter ones are the letters of a legend (``A : jumlah …``)."""
_LABEL = re.compile(r"([A-Z][\w/&()'-]*(?: [\w/&()'-]+){0,4}?)\s*:(?=\s|$)")


def find_sheet_labels(elements: Sequence[FlowElement]) -> dict[int, int]:
    """Return the lines that open a field of an indicator's sheet, with the end of their label.

    These are labels that no field of the record takes (``Kode IKU :``, ``Polaritas :``). They stand among
    the known labels of a sheet, and are titles of columns elsewhere or come again on another sheet.
    """
    candidates: dict[int, re.Match[str]] = {}
    for run in _iterate_runs(elements):
        if any(_is_name_label(line.text.text) for _, line in run):
            candidates |= {i: match for i, line in run if (match := _find_unknown_label(line.text.text))}
    counts = Counter(vocabulary_matcher.squeeze_text(match.group(1)) for match in candidates.values())
    return {
        i: match.end(1)
        for i, match in candidates.items()
        if counts[vocabulary_matcher.squeeze_text(match.group(1))] > 1 or _is_column_title(match.group(1))
    }


def _is_column_title(text: str) -> bool:
    scores = title_cues.score_title(text, "indicators").values()
    return any(title_score.score >= SURE_TITLE for title_score in scores)


def _iterate_runs(elements: Iterable[FlowElement]) -> Iterator[list[tuple[int, Line]]]:
    """Lines with their indices, from one table or heading to the next."""
    run: list[tuple[int, Line]] = []
    for i, element in enumerate(elements):
        if isinstance(element, Line) and not (element.heading and ":" not in element.text.text):
            run.append((i, element))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_name_label(text: str) -> bool:
    label = vocabulary_matcher.find_label(text)
    return (
        label is not None
        and (label.group, label.field) == ("detail", "name")
        and text[label.end :].lstrip().startswith(":")
    )


def _find_unknown_label(text: str) -> re.Match[str] | None:
    match = _LABEL.match(text)
    if match is None or len(vocabulary_matcher.squeeze_text(match.group(1))) < SHORTEST_LABEL:
        return None
    return match if vocabulary_matcher.find_label(text) is None else None
