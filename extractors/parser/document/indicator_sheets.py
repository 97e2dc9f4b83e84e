"""Sheets that print one indicator each as labels and values: which lines hold a label that no table knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.model.page import Line, Table
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import title_cues
from extractors.parser.vocabulary import vocabulary_matcher

SURE_TITLE = 0.9
"""Score from which a label is the title of a column in other documents."""
FEWEST_LABELS = 3
"""Known labels from which a table or a run of lines is a sheet."""
LONGEST_LABEL = 50
"""Characters of a label in a column of its own."""
SHORTEST_LABEL = 4
"""Letters of a label; shorter ones are the letters of a legend (``A : jumlah …``)."""
_LABEL = re.compile(r"([A-Z][\w/&()'-]*(?: [\w/&()'-]+){0,4}?)\s*:(?=\s|$)")


def find_sheet_labels(elements: Sequence[object]) -> dict[int, int]:
    """Return the lines that open a field of an indicator's sheet, with the end of their label.

    These are labels that no field of the record takes (``Kode IKU :``, ``Polaritas :``). They stand among
    the known labels of a sheet, and are titles of columns elsewhere, come again on another sheet, or are set
    apart as the known ones are.
    """
    candidates: dict[int, re.Match[str]] = {}
    spaced: set[int] = set()
    for run in _iterate_runs(elements):
        known_labels = [line for _, line in run if _is_detail_label(line.text.text)]
        if any(_is_name_label(line.text.text) for line in known_labels):
            matches = {i: match for i, line in run if (match := _find_unknown_label(line.text.text))}
            candidates |= matches
            if len(known_labels) >= FEWEST_LABELS and all(line.gap for line in known_labels):
                spaced |= {i for i, line in run if i in matches and line.gap}
    counts = Counter(vocabulary_matcher.squeeze_text(match.group(1)) for match in candidates.values())
    return {
        i: match.end(1)
        for i, match in candidates.items()
        if i in spaced
        or counts[vocabulary_matcher.squeeze_text(match.group(1))] > 1
        or _is_column_title(match.group(1))
    }


def _is_column_title(text: str) -> bool:
    scores = title_cues.score_title(text, "indicators").values()
    return any(title_score.score >= SURE_TITLE for title_score in scores)


def _iterate_runs(elements: Iterable[object]) -> Iterator[list[tuple[int, Line]]]:
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


def _is_detail_label(text: str) -> bool:
    label = vocabulary_matcher.find_label(text)
    return label is not None and label.group == "detail" and text[label.end :].lstrip().startswith(":")


def _is_name_label(text: str) -> bool:
    label = vocabulary_matcher.find_label(text)
    return label is not None and label.field == "name" and _is_detail_label(text)


def _find_unknown_label(text: str) -> re.Match[str] | None:
    match = _LABEL.match(text)
    if match is None or len(vocabulary_matcher.squeeze_text(match.group(1))) < SHORTEST_LABEL:
        return None
    return match if vocabulary_matcher.find_label(text) is None else None


def read_sheet_table(table: Table, ledger: WordLedger) -> list[Line] | None:
    """Return a table whose rows are labels and values (``Satuan | Persen``) as lines, a label before each.

    Returns:
        The lines, each row set apart from the one above; ``None`` where it is no such table.
    """
    column = next((i for i in range(table.width - 1) if _is_label_column(table, i)), None)
    if column is None:
        return None
    lines: list[Line] = []
    for row in table.rows:
        label = row[column].text.strip(" :")
        values = [line for cell in row[column + 1 :] for line in cell.lines]
        for cell in row[:column]:
            ledger.add_furniture(cell.text)  # the rows' numbers
        if values and values[0].text.text.strip() in (":", ""):
            ledger.add_furniture(values.pop(0).text)
        if label:
            first_value = values.pop(0).text if values else Passage()
            lines.append(Line(Passage.concatenate([label, Passage(" : "), first_value]).strip(), gap=True))
        lines += [replace(line, gap=False, heading=False) for line in values]
    return lines


def _is_label_column(table: Table, column: int) -> bool:
    """Do the cells of a column hold labels of an indicator, its name's among them, and nothing longer?"""
    texts = [f"{text} :" for row in table.rows if (text := row[column].text.text.strip(" :"))]
    known_count = sum(map(_is_detail_label, texts))
    are_short = all(len(text) <= LONGEST_LABEL for text in texts)
    has_numbers_only = all(
        row[i].text.text.strip(" .)").isdigit() or not row[i] for row in table.rows for i in range(column)
    )
    return are_short and has_numbers_only and known_count >= FEWEST_LABELS and any(map(_is_name_label, texts))
