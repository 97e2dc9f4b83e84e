"""Several things in one frame: a form above the header of a table, a second table below the first."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model.page import Table, TableRow
from extractors.parser.tables import column_assignment, header_rows
from extractors.parser.tables.cell_evidence import ACTIVITY_CATEGORIES
from extractors.parser.vocabulary import vocabulary_matcher


def count_form_rows(rows: Sequence[TableRow]) -> int:
    """Return how many first rows are a form: one cell across the table with labels and their values."""
    count = 0
    while count < len(rows) - 1 and _is_form_row(rows[count]):
        count += 1
    return count


def is_across(row: TableRow) -> bool:
    """Return whether a row's only text stands in its first cell."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def split_at_category_header(table: Table) -> tuple[Table, Table] | None:
    """Return a table in two where titles of another kind of activities stand below its first rows.

    A heading across the table right above these titles goes with them.
    """
    category_above: str | None = None
    for index, row in enumerate(table.rows):
        category = _titled_category(row)
        if category is None:
            continue
        if category_above is not None and category != category_above:
            start = index - 1 if is_across(table.rows[index - 1]) else index
            return Table(table.rows[:start]), Table(table.rows[start:])
        category_above = category
    return None


def _is_form_row(row: TableRow) -> bool:
    if not is_across(row):
        return False
    for line in row[0].lines:
        label = vocabulary_matcher.find_label(line.text.text)
        if label is not None and line.text.text[label.end :].lstrip().startswith(":"):
            return True
    return False


def _titled_category(row: TableRow) -> str | None:
    """The kind of activities that a row of titles is of; nothing where it is none."""
    if sum(map(bool, row)) < 2:
        return None
    titles = header_rows.read_column_titles([row])
    columns = column_assignment.assign_columns(titles, [], "activities")
    if not column_assignment.score_assignment(columns, titles, "activities"):
        return None
    return next(column.field for column in columns if column.field in ACTIVITY_CATEGORIES)
