"""Cells that hold no text of a formula: pictures, objects, spreadsheet cells, tables, extremes."""

from __future__ import annotations

import re

from pipeline.formulas.reading.formula_reading import NOTHING_PRINTED
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_TABLE_ROW = re.compile(r"^[^/÷×+=\n|\t]*[|\t][^/÷×+=\n|\t]*[|\t][^/÷×+=\n]*$", re.MULTILINE)


def find_obstacle(printed: str, cleaned: str) -> str | None:
    """Return why a print can be no formula of the linear syntax; None where it may be one."""
    for reason, pattern in reading_vocabulary().unreadable:
        if pattern.search(printed):
            return reason
    if printed.count("|") + printed.count("\t") > 3 and len(_TABLE_ROW.findall(printed)) > 1:
        return "it is a table"
    if cleaned.strip(" .").lower() in reading_vocabulary().table.nothing:
        return NOTHING_PRINTED
    if not _WORD.search(cleaned) and not any(character.isdigit() for character in cleaned):
        return NOTHING_PRINTED if not cleaned.strip(" -–—._…\n") else "no words and no numbers"
    return None
