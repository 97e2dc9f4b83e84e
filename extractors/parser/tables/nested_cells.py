"""Small tables within a cell: a fraction whose sides are labelled, a legend of codes, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import fraction_notation
from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import vocabulary_matcher

_LEGEND_CODE = re.compile(r"[A-Za-z]{1,2}\d?")
_LIST_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]*|[-–—•●▪◦·*]")
_SEPARATOR = re.compile(r"[:=]")
_MULTIPLIER = re.compile(r"[x×X*]\s*\d|\d+\s*%$")
_OPEN_OPERATOR = re.compile(r"(?:=|(?<=\s)[x×X*])\s*$")

_NestedRow = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NestedCellLines:
    """The lines of a cell, its small tables read; ``sure`` unless one of them says nothing known."""

    lines: list[Line]
    is_understood: bool = True


def is_row_key(text: str) -> bool:
    """May a cell be the first of a row whose second cell it names: a fraction's side, a code, a list mark?"""
    return bool(_fraction_side(text) or _LEGEND_CODE.fullmatch(text) or _LIST_MARK.fullmatch(text))


def read_formula_cell(lines: Sequence[Line], ledger: WordLedger) -> NestedCellLines:
    """The lines of a formula's cell: labelled sides as a fraction, codes with what they stand for."""
    cell_lines: list[Line] = []
    is_understood = True
    for table, plain_lines in _split_tables(lines):
        cell_lines += plain_lines
        if not table:
            continue
        rows = _join_broken_rows(table)
        table_lines = _read_fraction(rows, ledger) or _read_legend(rows)
        is_understood = is_understood and table_lines is not None
        cell_lines += table_lines or (replace(line, parts=()) for line in table)
    return NestedCellLines(_attach_multipliers(cell_lines), is_understood)


def read_list_cell(lines: Sequence[Line], ledger: WordLedger) -> NestedCellLines:
    """The lines of a list's cell: each row of a small table is an item."""
    cell_lines: list[Line] = []
    is_understood = True
    for table, plain_lines in _split_tables(lines):
        cell_lines += plain_lines
        for row in _join_broken_rows(table):
            filled_parts = [part for part in row if part]
            if len(filled_parts) > 1 and _LIST_MARK.fullmatch(filled_parts[0].text.strip()):
                ledger.add_furniture(filled_parts.pop(0))
            is_understood = is_understood and len(filled_parts) < 2
            text = Passage.join(" ", filled_parts)
            cell_lines.append(Line(text, bullet=list_items.find_marker(text.text) is None))
    return NestedCellLines(cell_lines, is_understood)


def _split_tables(lines: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The rows of each small table, with the plain lines before it."""
    stretches: list[tuple[list[Line], list[Line]]] = [([], [])]
    for line in lines:
        table, plain_lines = stretches[-1]
        if line.parts:
            table.append(line)
        elif table:
            stretches.append(([], [line]))
        else:
            plain_lines.append(line)
    return stretches


def _join_broken_rows(table: Sequence[Line]) -> list[_NestedRow]:
    """The rows; one that begins amid a sentence goes on with the row above, from which a page cut it."""
    joined_rows: list[_NestedRow] = []
    for line in table:
        parts = tuple(part for part in line.parts if not _SEPARATOR.fullmatch(part.text.strip()))
        if (
            joined_rows
            and len(parts) == len(joined_rows[-1]) > 1
            and not parts[0]
            and line.text.text[:1].islower()
        ):
            pairs = zip(joined_rows[-1], parts, strict=True)
            joined_rows[-1] = tuple(Passage.join(" ", pair) for pair in pairs)
        else:
            joined_rows.append(parts)
    return joined_rows


def _read_fraction(rows: Sequence[_NestedRow], ledger: WordLedger) -> list[Line] | None:
    """``numerator / denominator`` of rows (or columns) that are labelled so; what multiplies it behind."""
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) == 2 and all(_fraction_side(p.text) for p in rows[0]):
        rows = list(zip(*rows, strict=True))
    sides: dict[str, list[Passage]] = {}
    other_texts: list[Passage] = []
    for first, *rest in rows:
        side = _fraction_side(first.text)
        if side and side not in sides and any(rest):
            sides[side] = [part for part in rest if part]
        else:
            other_texts.append(Passage.join(" ", [first, *rest]))
    if len(sides) < 2 or not all(_MULTIPLIER.match(text.text) for text in other_texts):
        return None
    ledger.add_furniture(*(first for first, *_ in rows if _fraction_side(first.text)))
    fraction_line = Line(
        fraction_notation.write_fraction(sides["numerator"], sides["denominator"]), parts=(Passage(),)
    )
    return [fraction_line, *(Line(text) for text in other_texts)]


def _fraction_side(text: str) -> str | None:
    """Does a label name a side of a fraction?"""
    letters = vocabulary_matcher.squeeze_text(text)
    for side in ("numerator", "denominator"):
        for word in vocabulary_matcher.word_list(f"fraction_sides/{side}"):
            if letters == vocabulary_matcher.squeeze_text(word) or vocabulary_matcher.is_similar_text(
                text, word
            ):
                return side
    return None


def _read_legend(rows: Sequence[_NestedRow]) -> list[Line] | None:
    """``A : what it stands for``, where each row begins with a code; the wall between is read as a colon."""
    if not all(len(row) > 1 and any(row[1:]) and _LEGEND_CODE.fullmatch(row[0].text.strip()) for row in rows):
        return None
    colon = Passage(" : ")
    return [Line(Passage.concatenate([first, colon, Passage.join(" ", rest)])) for first, *rest in rows]


def _attach_multipliers(lines: Sequence[Line]) -> list[Line]:
    """The lines; a fraction (marked by ``parts``) on one line with what multiplies it or awaits it."""
    joined_lines: list[Line] = []
    after_fraction = False
    for line in lines:
        if after_fraction and _MULTIPLIER.match(line.text.text):
            text = Passage.join(" ", [fraction_notation.add_brackets(joined_lines[-1].text), line.text])
            joined_lines[-1], after_fraction = Line(text), False
            continue
        after_fraction = bool(line.parts)
        if after_fraction and joined_lines and _OPEN_OPERATOR.search(joined_lines[-1].text.text):
            joined_lines[-1] = Line(
                Passage.join(" ", [joined_lines[-1].text, fraction_notation.add_brackets(line.text)])
            )
            after_fraction = False
        else:
            joined_lines.append(replace(line, parts=()))
    return joined_lines
