"""Small tables within a cell: a fraction whose sides are labelled, a legend of codes, a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import fraction
from extractors.page import Line
from extractors.parse import items, vocabulary
from extractors.parse.draft import Ledger
from extractors.passage import Passage

_CODE = re.compile(r"[A-Za-z]{1,2}\d?")
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]*|[-–—•●▪◦·*]")
_SIGN = re.compile(r"[:=]")
_MULTIPLIES = re.compile(r"[x×X*]\s*\d|\d+\s*%$")
_AWAITS = re.compile(r"(?:=|(?<=\s)[x×X*])\s*$")

_Row = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The lines of a cell, its small tables read; ``sure`` unless one of them says nothing known."""

    lines: list[Line]
    sure: bool = True


def is_key(text: str) -> bool:
    """May a cell be the first of a row whose second cell it names: a fraction's side, a code, a list mark?"""
    return bool(_side(text) or _CODE.fullmatch(text) or _MARK.fullmatch(text))


def in_formula(lines: Sequence[Line], ledger: Ledger) -> Taken:
    """The lines of a formula's cell: labelled sides as a fraction, codes with what they stand for."""
    out: list[Line] = []
    sure = True
    for table, plain in _stretches(lines):
        out += plain
        if not table:
            continue
        rows = _whole_rows(table)
        made = _fraction(rows, ledger) or _legend(rows)
        sure = sure and made is not None
        out += made or (replace(line, parts=()) for line in table)
    return Taken(_put_together(out), sure)


def in_list(lines: Sequence[Line], ledger: Ledger) -> Taken:
    """The lines of a list's cell: each row of a small table is an item."""
    out: list[Line] = []
    sure = True
    for table, plain in _stretches(lines):
        out += plain
        for row in _whole_rows(table):
            said = [part for part in row if part]
            if len(said) > 1 and _MARK.fullmatch(said[0].text.strip()):
                ledger.drop(said.pop(0))
            sure = sure and len(said) < 2
            text = Passage.join(" ", said)
            out.append(Line(text, bullet=items.marker(text.text) is None))
    return Taken(out, sure)


def _stretches(lines: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The rows of each small table, with the plain lines before it."""
    out: list[tuple[list[Line], list[Line]]] = [([], [])]
    for line in lines:
        table, plain = out[-1]
        if line.parts:
            table.append(line)
        elif table:
            out.append(([], [line]))
        else:
            plain.append(line)
    return out


def _whole_rows(table: Sequence[Line]) -> list[_Row]:
    """The rows; one that begins amid a sentence goes on with the row above, from which a page cut it."""
    out: list[_Row] = []
    for line in table:
        parts = tuple(part for part in line.parts if not _SIGN.fullmatch(part.text.strip()))
        if out and len(parts) == len(out[-1]) > 1 and not parts[0] and line.text.text[:1].islower():
            pairs = zip(out[-1], parts, strict=True)
            out[-1] = tuple(Passage.join(" ", pair) for pair in pairs)
        else:
            out.append(parts)
    return out


def _fraction(rows: Sequence[_Row], ledger: Ledger) -> list[Line] | None:
    """``numerator / denominator`` of rows (or columns) that are labelled so; what multiplies it behind."""
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) == 2 and all(_side(p.text) for p in rows[0]):
        rows = list(zip(*rows, strict=True))
    sides: dict[str, list[Passage]] = {}
    others: list[Passage] = []
    for first, *rest in rows:
        side = _side(first.text)
        if side and side not in sides and any(rest):
            sides[side] = [part for part in rest if part]
        else:
            others.append(Passage.join(" ", [first, *rest]))
    if len(sides) < 2 or not all(_MULTIPLIES.match(text.text) for text in others):
        return None
    ledger.drop(*(first for first, *_ in rows if _side(first.text)))
    read = Line(fraction.over(sides["numerator"], sides["denominator"]), parts=(Passage(),))
    return [read, *(Line(text) for text in others)]


def _side(text: str) -> str | None:
    """Does a label name a side of a fraction?"""
    letters = vocabulary.squeezed(text)
    for side in ("numerator", "denominator"):
        for word in vocabulary.words(f"fraction_sides/{side}"):
            if letters == vocabulary.squeezed(word) or vocabulary.alike(text, word):
                return side
    return None


def _legend(rows: Sequence[_Row]) -> list[Line] | None:
    """``A : what it stands for``, where each row begins with a code; the wall between is read as a colon."""
    if not all(len(row) > 1 and any(row[1:]) and _CODE.fullmatch(row[0].text.strip()) for row in rows):
        return None
    colon = Passage(" : ")
    return [Line(Passage.glue([first, colon, Passage.join(" ", rest)])) for first, *rest in rows]


def _put_together(lines: Sequence[Line]) -> list[Line]:
    """The lines; a fraction (marked by ``parts``) on one line with what multiplies it or awaits it."""
    out: list[Line] = []
    behind = False
    for line in lines:
        if behind and _MULTIPLIES.match(line.text.text):
            text = Passage.join(" ", [fraction.bracketed(out[-1].text), line.text])
            out[-1], behind = Line(text), False
            continue
        behind = bool(line.parts)
        if behind and out and _AWAITS.search(out[-1].text.text):
            out[-1] = Line(Passage.join(" ", [out[-1].text, fraction.bracketed(line.text)]))
            behind = False
        else:
            out.append(replace(line, parts=()))
    return out
