"""Values of an indicator by column: targets, quarter targets, the baseline, what was reached."""

from __future__ import annotations

import re
from typing import Any

from extractors.model.passage import Passage
from extractors.parser.record_builder import SourcedValue, sourced_text
from extractors.parser.tables import list_items
from extractors.parser.tables.table_entry import TableEntry, ValueColumn
from extractors.parser.vocabulary import ocr_digits

_YEAR = re.compile(r"(?:19|20)\d\d")
_RUPIAH = re.compile(r"(?:Rp\.?\s*)?(\d{1,3}(?:\.\d{3})*|\d+)(?:,\d{1,2}|,-)?")


def read_values(entry: TableEntry) -> dict[str, Any]:
    """Return the fields of the record that hold an entry's values."""
    targets: list[dict[str, Any]] = []
    quarter_targets: list[dict[str, Any]] = []
    baseline: dict[str, Any] | None = None
    realisations: dict[tuple[int | None, int | None], dict[str, Any]] = {}
    for column, lines in entry.values.items():
        text = list_items.rejoin_torn_words(
            Passage.join(" ", (line.text for line in lines)).fold_whitespace()
        )
        title = entry.value_titles[column]
        value, year = sourced_text(text), _year_of_title(title, column)
        if value is None:
            continue
        if column.field == "target" and column.quarter:
            quarter = SourcedValue(column.quarter, title)
            quarter_targets.append({"year": year, "quarter": quarter, "value": value})
        elif column.field == "quarter_row":
            quarter_targets += _split_quarters(text, year, title)
        elif column.field == "target":
            targets.append({"year": year, "value": value})
        elif column.field == "baseline":
            baseline = baseline or {"year": year, "value": value}
        else:
            _add_realisation(realisations, column, year, value, title)
    return {
        "targets": targets,
        "quarter_targets": quarter_targets,
        "baseline": baseline,
        "realisations": [item for item in realisations.values() if item["value"] or item["budget"]],
    }


def _split_quarters(text: Passage, year: SourcedValue | None, title: Passage) -> list[dict[str, Any]]:
    """Return the targets of four quarters that stand side by side in one cell."""
    return [
        {
            "year": year,
            "quarter": SourcedValue(quarter, title),
            "value": SourcedValue(match.group(), text[match.start() : match.end()]),
        }
        for quarter, match in enumerate(re.finditer(r"\S+", text.text), 1)
    ]


def set_missing_years(fields: dict[str, Any], year: SourcedValue) -> None:
    """Give the values of an indicator whose columns name no year that of their document."""
    for name in ("targets", "quarter_targets", "realisations"):
        for value in fields[name]:
            value["year"] = value["year"] or year


def _add_realisation(
    realisations: dict[tuple[int | None, int | None], dict[str, Any]],
    column: ValueColumn,
    year: SourcedValue | None,
    value: SourcedValue,
    title: Passage,
) -> None:
    """Put a value reached, or the money spent on it, to its year and quarter."""
    quarter = SourcedValue(column.quarter, title) if column.quarter else None
    realisation = realisations.setdefault(
        (column.year, column.quarter), {"year": year, "quarter": quarter, "value": None, "budget": None}
    )
    if column.field == "realisation":
        realisation["value"] = value
    elif match := _RUPIAH.fullmatch(value.value.strip()):
        realisation["budget"] = SourcedValue(int(match.group(1).replace(".", "")), value.source)


def _year_of_title(title: Passage, column: ValueColumn) -> SourcedValue | None:
    """The year of a column, with its place in the title."""
    if column.year is None:
        return None
    for match in _YEAR.finditer(ocr_digits.repair_digits(title.text)):
        if int(match.group()) == column.year:
            return SourcedValue(column.year, title[match.start() : match.end()])
    return SourcedValue(column.year, title)
