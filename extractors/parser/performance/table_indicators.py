"""Indicators from the entries of a table: one for each, several where a row holds several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.model.record import Formula
from extractors.parser.document.document_flow import is_separator_line, split_marker
from extractors.parser.performance import indicator_values
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.tables import cell_contents, list_items, nested_cells
from extractors.parser.tables.cell_contents import split_source_and_post
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.tables.logical_rows import FORMULA_COLUMNS, TableEntry, read_entries
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

_NESTED_TABLE_MESSAGE = (
    "A small table stands within the cell; its rows are given in order, what it means is not known."
)
_LATEX_SYMBOL = re.compile(r"\$\s*\\(sum|Sigma|geq|leq|times)\s*\$|\\\(\s*\\(sum|Sigma|geq|leq|times)\s*\\\)")
_SYMBOL_BY_COMMAND = {"sum": "∑", "Sigma": "Σ", "geq": "≥", "leq": "≤", "times": "×"}


@dataclass(slots=True)
class IndicatorDraft:
    """An indicator in the making, and the doubts about its fields."""

    fields: dict[str, Any]
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """``(code, message, field)``"""
    position: Passage = field(default_factory=Passage)
    """The post it belongs to, where the table has a column for it."""
    agency: Passage = field(default_factory=Passage)
    """The agency it belongs to, where a row of the table names it."""

    @property
    def name(self) -> str:
        """The printed name."""
        return str(self.fields["name"].value)


def read_indicators(grid: TableGrid, ledger: WordLedger) -> list[IndicatorDraft]:
    """The indicators of a table in printed order."""
    has_formula = any(column.field in FORMULA_COLUMNS for column in grid.columns)
    drafts: list[IndicatorDraft] = []
    for entry in read_entries(grid, "name", ledger):
        drafts += read_entry_indicators(entry, has_formula, ledger)
    return drafts


def read_entry_indicators(entry: TableEntry, has_formula: bool, ledger: WordLedger) -> list[IndicatorDraft]:
    """The indicators of one logical row; several where its name cell lists several.

    ``has_formula``: the table has a column for formulas, so that one of explanations holds none.
    """
    name_items = list_items.split_items(entry.field_lines("name"))
    if not name_items:
        return [_draft_nameless_row(entry, ledger)] if entry.fields else []
    for item in name_items:
        ledger.add_furniture(*item.marks)
    if len(name_items) > 1 and not _are_separate_indicators(name_items):
        name_items = [
            list_items.ListItem(
                list_items.rejoin_torn_words(
                    Passage.join(" ", (line.text for line in entry.field_lines("name"))).fold_whitespace()
                )
            )
        ]
    cell_shares = _divide_cells(entry, name_items, has_formula, ledger)
    return [
        _build_draft(entry, item, share, len(name_items) > 1, ledger)
        for item, share in zip(name_items, cell_shares, strict=True)
    ]


def _are_separate_indicators(name_items: Sequence[list_items.ListItem]) -> bool:
    """Are the items of a name cell indicators of their own, or the lettered parts of one?"""
    kinds = {item.marker.kind for item in name_items if item.marker}
    if name_items[0].marker is None and kinds == {"dash"}:
        return False  # what the name in front of the dashes is made up of
    if kinds & {"digit", "dash"}:
        return True
    return all(vocabulary_matcher.starts_with(item.text.text, "measure_starts") for item in name_items)


def _draft_nameless_row(entry: TableEntry, ledger: WordLedger) -> IndicatorDraft:
    """A row with text but without an indicator: kept, its emptiness told."""
    draft = _build_draft(
        entry, list_items.ListItem(Passage()), _IndicatorCells(entry, ledger, True), False, ledger
    )
    draft.fields["name"] = SourcedValue("", Passage())
    draft.notes.append(("empty-field", "The row names no indicator.", "name"))
    return draft


class _IndicatorCells:
    """What of an entry's cells belongs to one indicator."""

    def __init__(self, entry: TableEntry, ledger: WordLedger, has_formula: bool) -> None:
        mixed_lines = list(entry.field_lines("formula_or_explanation"))
        plain_lines = list(entry.field_lines("explanation"))
        if not has_formula:
            mixed_lines, plain_lines = mixed_lines + plain_lines, []
        shared_lines = split_source_and_post(entry.field_lines("source_or_responsible"), ledger)
        source_lines = [*entry.field_lines("data_sources"), *shared_lines[0]]
        responsible_lines = [*entry.field_lines("responsible"), *shared_lines[1]]
        read_cells = {
            "formula": nested_cells.read_formula_cell(entry.field_lines("formula"), ledger),
            "explanation": nested_cells.read_formula_cell(mixed_lines, ledger),
            "data_sources": nested_cells.read_list_cell(source_lines, ledger),
            "responsible": nested_cells.read_list_cell(responsible_lines, ledger),
        }
        explanation_cell = cell_contents.split_formula_cell(
            read_cells["explanation"].lines, ledger, mixed=True
        )
        formula_cell = cell_contents.split_formula_cell(read_cells["formula"].lines, ledger, mixed=False)
        self.lines: dict[str, list[Line]] = {
            "formula": formula_cell.formula + explanation_cell.formula,
            "explanation": formula_cell.explanation + explanation_cell.explanation + plain_lines,
            "unit": entry.field_lines("unit"),
            "data_sources": read_cells["data_sources"].lines,
        }
        self.responsible = read_cells["responsible"].lines
        self.undivided: list[str] = []
        self.unsure = [name for name, cell in read_cells.items() if not cell.is_understood]
        """Fields whose small table within the cell says nothing known."""


def _divide_cells(
    entry: TableEntry, name_items: Sequence[list_items.ListItem], has_formula: bool, ledger: WordLedger
) -> list[_IndicatorCells]:
    all_cells = _IndicatorCells(entry, ledger, has_formula)
    if len(name_items) == 1:
        return [all_cells]
    cell_shares = [
        _IndicatorCells(TableEntry(Passage(), entry.group), ledger, has_formula) for _ in name_items
    ]
    names = [item.text for item in name_items]
    orders = [item.marker.order if item.marker else 0 for item in name_items]
    for share in cell_shares:
        share.responsible, share.unsure = all_cells.responsible, all_cells.unsure
    for name, lines in all_cells.lines.items():
        divided = cell_contents.divide_cell(lines, names, orders, by_words=name == "formula")
        for i, share in enumerate(cell_shares):
            share.lines[name] = divided[i] if divided else list(lines)
            if divided is None:
                share.undivided.append(name)
    return cell_shares


def _build_draft(
    entry: TableEntry,
    item: list_items.ListItem,
    share: _IndicatorCells,
    is_one_of_several: bool,
    ledger: WordLedger,
) -> IndicatorDraft:
    field_likeness = entry.likeness
    draft = IndicatorDraft(
        {
            "number": _indicator_number(entry, item, is_one_of_several),
            "objective": _objective_text(entry, ledger),
            "group": sourced_text(entry.section),
            "level": _level_value(entry),
            "name": sourced_text(_replace_latex_symbols(item.text), field_likeness.get("name", 1.0)),
            "formula": formula_fields(share.lines["formula"], field_likeness),
            "explanation": _explanation_text(share.lines["explanation"], field_likeness, ledger),
            "unit": sourced_text(_join_lines(share.lines["unit"]), field_likeness.get("unit", 1.0)),
            **indicator_values.read_values(entry),
            "data_sources": read_list_field(
                share.lines["data_sources"], field_likeness.get("data_sources", 1.0), ledger
            ),
            "responsible": read_list_field(share.responsible, field_likeness.get("responsible", 1.0), ledger),
            "extra": {
                title: leaf
                for title, lines in entry.extra.items()
                if (leaf := sourced_text(_join_lines(lines)))
            },
        }
    )
    draft.position = _join_lines(entry.field_lines("position"))
    draft.agency = entry.agency
    for name in share.undivided:
        draft.notes.append(
            ("shared-cell", "One cell stands beside several indicators and could not be divided.", name)
        )
    draft.notes += [("nested-table", _NESTED_TABLE_MESSAGE, name) for name in share.unsure]
    for source in draft.fields["data_sources"]:
        if cell_contents.is_definition(source.value):
            draft.notes.append(
                (
                    "misplaced-remark",
                    f"A definition or remark stands in the column of data sources: “{source.value}”",
                    "data_sources",
                )
            )
    return draft


def _indicator_number(
    entry: TableEntry, item: list_items.ListItem, is_one_of_several: bool
) -> SourcedValue | None:
    if item.marker and item.marker.kind == "digit":
        return SourcedValue(item.marker.order, item.marks[0] if item.marks else item.text)
    for number in (entry.item_number, entry.number):
        digits = ocr_digits.repair_digits(number.text).strip(" ().")
        if digits.isdigit():
            return SourcedValue(int(digits), number)
    return None


def _objective_text(entry: TableEntry, ledger: WordLedger) -> SourcedValue | None:
    objective_items = list_items.split_items(entry.group.lines or entry.goal)
    for item in objective_items:
        ledger.add_furniture(*item.marks)
    text = Passage.join(" ", (item.text for item in objective_items))
    return sourced_text(_replace_latex_symbols(text))


def _level_value(entry: TableEntry) -> SourcedValue | None:
    """Return the level of planning that its column names, else that of the goal in whose row it stands."""
    if entry.level:
        return SourcedValue(entry.level, entry.name_source)
    if entry.goal:
        return SourcedValue("sasaran" if entry.group.lines else "tujuan", entry.name_source)
    return None


def formula_fields(lines: Sequence[Line], field_likeness: dict[str, float]) -> dict[str, Any] | None:
    """Return the fields of a formula; nothing where there is none."""
    printed_formula = cell_contents.join_formula_lines(lines)
    if not printed_formula or printed_formula.text.strip().lower() in vocabulary_matcher.word_list("nil"):
        return None
    formula = Formula.from_printed(printed_formula.text)
    likeness = min(field_likeness.get(name, 1.0) for name in FORMULA_COLUMNS)
    return {
        "raw": SourcedValue(formula.raw, printed_formula, likeness),
        "expression": None,
        "printed": printed_formula.text,
    }


def _explanation_text(
    lines: Sequence[Line], field_likeness: dict[str, float], ledger: WordLedger
) -> SourcedValue | None:
    """One text, whatever list it was printed as: the marks are furniture."""
    texts: list[Passage] = []
    for line in lines:
        text, mark = split_marker(line)
        ledger.add_furniture(mark)
        texts.append(_replace_latex_symbols(text))
    text = list_items.rejoin_torn_words(Passage.join(" ", texts).fold_whitespace())
    return sourced_text(text, field_likeness.get("explanation", 1.0))


def read_list_field(lines: Sequence[Line], likeness: float, ledger: WordLedger) -> list[SourcedValue]:
    """A list field: one leaf a printed item; the marks are furniture, an explicit nil is empty."""
    field_items = list_items.split_items(list_items.bullet_paragraphs(lines))
    for item in field_items:
        ledger.add_furniture(*item.marks)
    if len(field_items) == 1 and field_items[0].text.text.strip().lower() in vocabulary_matcher.word_list(
        "nil"
    ):
        ledger.add_furniture(field_items[0].text)
        return []
    readable = (item.text for item in field_items if not is_separator_line(item.text.text))
    return [leaf for text in readable if (leaf := sourced_text(_replace_latex_symbols(text), likeness))]


def _join_lines(lines: Sequence[Line]) -> Passage:
    return list_items.rejoin_torn_words(Passage.join(" ", (line.text for line in lines)).fold_whitespace())


def _replace_latex_symbols(text: Passage) -> Passage:
    """Signs that were written as LaTeX, as the signs they are."""
    return text.replace_pattern(_LATEX_SYMBOL, lambda m: _SYMBOL_BY_COMMAND[m.group(1) or m.group(2)])
