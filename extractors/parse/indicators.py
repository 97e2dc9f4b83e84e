"""Indicators from the entries of a table: one for each, several where a row holds several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.page import Line
from extractors.parse import cells, digits, items, nested, vocabulary
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.flow import bare, is_rule
from extractors.parse.rows import FORMULA_COLUMNS, Entry, entries
from extractors.parse.tables import Grid
from extractors.passage import Passage
from extractors.record import Formula

_NESTED = "A small table stands within the cell; its rows are given in order, what it means is not known."
_TARGET_YEAR = re.compile(r"(?:19|20)\d\d")
_SYMBOLS = re.compile(r"\$\s*\\(sum|Sigma|geq|leq|times)\s*\$|\\\(\s*\\(sum|Sigma|geq|leq|times)\s*\\\)")
_PRINTED = {"sum": "∑", "Sigma": "Σ", "geq": "≥", "leq": "≤", "times": "×"}


@dataclass(slots=True)
class Draft:
    """An indicator in the making, and the doubts about its fields."""

    fields: dict[str, Any]
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    """``(code, message, field)``"""
    position: Passage = field(default_factory=Passage)
    """The post it belongs to, where the table has a column for it."""

    @property
    def name(self) -> str:
        """The printed name."""
        return str(self.fields["name"].value)


def from_grid(grid: Grid, ledger: Ledger) -> list[Draft]:
    """The indicators of a table in printed order."""
    has_formula = any(column.field in FORMULA_COLUMNS for column in grid.columns)
    made: list[Draft] = []
    for entry in entries(grid, "name", ledger):
        made += from_entry(entry, has_formula, ledger)
    return made


def from_entry(entry: Entry, has_formula: bool, ledger: Ledger) -> list[Draft]:
    """The indicators of one logical row; several where its name cell lists several.

    ``has_formula``: the table has a column for formulas, so that one of explanations holds none.
    """
    named = items.split(entry.lines("name"))
    if not named:
        return [_nameless(entry, ledger)] if entry.fields else []
    for item in named:
        ledger.drop(*item.marks)
    if len(named) > 1 and not _several(named):
        named = [
            items.Item(items.mended(Passage.join(" ", (line.text for line in entry.lines("name"))).folded()))
        ]
    shared = _shares(entry, named, has_formula, ledger)
    return [
        _draft(entry, item, share, len(named) > 1, ledger) for item, share in zip(named, shared, strict=True)
    ]


def _several(named: Sequence[items.Item]) -> bool:
    """Are the items of a name cell indicators of their own, or the lettered parts of one?"""
    kinds = {item.marker.kind for item in named if item.marker}
    if kinds & {"digit", "dash"}:
        return True
    return all(vocabulary.starts_with(item.text.text, "measure_starts") for item in named)


def _nameless(entry: Entry, ledger: Ledger) -> Draft:
    """A row with text but without an indicator: kept, its emptiness told."""
    draft = _draft(entry, items.Item(Passage()), _Share(entry, ledger, True), False, ledger)
    draft.fields["name"] = Found("", Passage())
    draft.doubts.append(("empty-field", "The row names no indicator.", "name"))
    return draft


class _Share:
    """What of an entry's cells belongs to one indicator."""

    def __init__(self, entry: Entry, ledger: Ledger, has_formula: bool) -> None:
        mixed = list(entry.lines("formula_or_explanation"))
        plain = list(entry.lines("explanation"))
        if not has_formula:
            mixed, plain = mixed + plain, []
        taken = {
            "formula": nested.in_formula(entry.lines("formula"), ledger),
            "explanation": nested.in_formula(mixed, ledger),
            "data_sources": nested.in_list(entry.lines("data_sources"), ledger),
            "responsible": nested.in_list(entry.lines("responsible"), ledger),
        }
        told = cells.formula_cell(taken["explanation"].lines, ledger, mixed=True)
        own = cells.formula_cell(taken["formula"].lines, ledger, mixed=False)
        self.lines: dict[str, list[Line]] = {
            "formula": own.formula + told.formula,
            "explanation": own.explanation + told.explanation + plain,
            "unit": entry.lines("unit"),
            "data_sources": taken["data_sources"].lines,
        }
        self.responsible = taken["responsible"].lines
        self.undivided: list[str] = []
        self.unsure = [name for name, cell in taken.items() if not cell.sure]
        """Fields whose small table within the cell says nothing known."""


def _shares(entry: Entry, named: Sequence[items.Item], has_formula: bool, ledger: Ledger) -> list[_Share]:
    whole = _Share(entry, ledger, has_formula)
    if len(named) == 1:
        return [whole]
    out = [_Share(Entry(Passage(), entry.group), ledger, has_formula) for _ in named]
    names = [item.text for item in named]
    orders = [item.marker.order if item.marker else 0 for item in named]
    for share in out:
        share.responsible, share.unsure = whole.responsible, whole.unsure
    for name, lines in whole.lines.items():
        divided = cells.shares(lines, names, orders, by_words=name == "formula")
        for i, share in enumerate(out):
            share.lines[name] = divided[i] if divided else list(lines)
            if divided is None:
                share.undivided.append(name)
    return out


def _draft(entry: Entry, item: items.Item, share: _Share, several: bool, ledger: Ledger) -> Draft:
    sure = entry.likeness
    draft = Draft(
        {
            "number": _number(entry, item, several),
            "objective": _objective(entry, ledger),
            "name": found(_symbols(item.text), sure.get("name", 1.0)),
            "formula": _formula(share.lines["formula"], sure),
            "explanation": _explanation(share.lines["explanation"], sure, ledger),
            "unit": found(_joined(share.lines["unit"]), sure.get("unit", 1.0)),
            "targets": _targets(entry),
            "data_sources": listed(share.lines["data_sources"], sure.get("data_sources", 1.0), ledger),
            "responsible": listed(share.responsible, sure.get("responsible", 1.0), ledger),
            "extra": {title: leaf for title, lines in entry.extra.items() if (leaf := found(_joined(lines)))},
        }
    )
    draft.position = _joined(entry.lines("position"))
    for name in share.undivided:
        draft.doubts.append(
            ("shared-cell", "One cell stands beside several indicators and could not be divided.", name)
        )
    draft.doubts += [("nested-table", _NESTED, name) for name in share.unsure]
    for source in draft.fields["data_sources"]:
        if cells.defines(source.value):
            draft.doubts.append(
                (
                    "misplaced-remark",
                    f"A definition or remark stands in the column of data sources: “{source.value}”",
                    "data_sources",
                )
            )
    return draft


def _number(entry: Entry, item: items.Item, several: bool) -> Found | None:
    if item.marker and item.marker.kind == "digit" and (several or not entry.number):
        return Found(item.marker.order, item.marks[0] if item.marks else item.text)
    printed = re.sub(r"\D", "", digits.repaired(entry.number.text))
    return Found(int(printed), entry.number) if printed else None


def _objective(entry: Entry, ledger: Ledger) -> Found | None:
    listed_ = items.split(entry.group.lines)
    for item in listed_:
        ledger.drop(*item.marks)
    text = Passage.join(" ", (item.text for item in listed_))
    return found(_symbols(text))


def _formula(lines: Sequence[Line], sure: dict[str, float]) -> dict[str, Any] | None:
    printed = cells.printed_formula(lines)
    if not printed or printed.text.strip().lower() in vocabulary.words("nil"):
        return None
    formula = Formula.of(printed.text)
    likeness = min(sure.get(name, 1.0) for name in FORMULA_COLUMNS)
    return {"raw": Found(formula.raw, printed, likeness), "expression": None, "printed": printed.text}


def _explanation(lines: Sequence[Line], sure: dict[str, float], ledger: Ledger) -> Found | None:
    """One text, whatever list it was printed as: the marks are furniture."""
    texts: list[Passage] = []
    for line in lines:
        text, mark = bare(line)
        ledger.drop(mark)
        texts.append(_symbols(text))
    text = items.mended(Passage.join(" ", texts).folded())
    return found(text, sure.get("explanation", 1.0))


def _targets(entry: Entry) -> list[dict[str, Any]]:
    return [
        {"year": _target_year(entry.headed[key]), "value": found(_joined(lines))}
        for key, lines in entry.targets.items()
    ]


def _target_year(title: Passage) -> Found | None:
    """The year in a column's title, with the place of the title."""
    printed = _TARGET_YEAR.search(digits.repaired(title.text))
    return Found(int(printed.group()), title[printed.start() : printed.end()]) if printed else None


def listed(lines: Sequence[Line], sure: float, ledger: Ledger) -> list[Found]:
    """A list field: one leaf a printed item; the marks are furniture, an explicit nil is empty."""
    split = items.split(lines)
    for item in split:
        ledger.drop(*item.marks)
    if len(split) == 1 and split[0].text.text.strip().lower() in vocabulary.words("nil"):
        ledger.drop(split[0].text)
        return []
    readable = (item.text for item in split if not is_rule(item.text.text))
    return [leaf for text in readable if (leaf := found(_symbols(text), sure))]


def _joined(lines: Sequence[Line]) -> Passage:
    return items.mended(Passage.join(" ", (line.text for line in lines)).folded())


def _symbols(text: Passage) -> Passage:
    """Signs that were written as LaTeX, as the signs they are."""
    return text.sub(_SYMBOLS, lambda m: _PRINTED[m.group(1) or m.group(2)])
