"""Formulas that are printed below a table: announced by a sentence, and given to the table's indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from extractors.model.page import Line
from extractors.parser.performance.table_indicators import IndicatorDraft, formula_fields
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables.statements import StatementKind, classify_statement, has_operator
from extractors.parser.vocabulary import vocabulary_matcher

LONGEST_ANNOUNCEMENT = 120
"""Characters of a line that announces a formula."""
LEAST_OVERLAP = 60
"""Words that a formula has in common with the name of its indicator (0 to 100), if several could own it."""


@dataclass(slots=True)
class FormulaLines:
    """The formulas below one table while they are read, line by line."""

    drafts: Sequence[IndicatorDraft] = ()
    """The indicators of the table above."""
    lines: list[Line] = field(default_factory=list)
    is_announced: bool = False

    def add_line(self, line: Line, ledger: WordLedger) -> bool:
        """Take a line that announces a formula or is part of one; ``False`` where it is neither."""
        text = line.text.text.strip()
        if not self.drafts:
            return False
        if _announces_formula(text):
            self.settle(ledger)
            self.is_announced = True
            ledger.add_furniture(line.text)
            return True
        continues = bool(self.lines) and not line.gap
        is_formula = classify_statement(text) is StatementKind.FORMULA and has_operator(text)
        if continues or (is_formula and (self.is_announced or "=" in text)):
            self.lines.append(line)
            return True
        self.settle(ledger)
        return False

    def settle(self, ledger: WordLedger) -> None:
        """Give the formula that was read to its indicator; one without an owner is noted."""
        lines, self.lines, self.is_announced = self.lines, [], False
        if not lines:
            return
        owner = self._find_owner(" ".join(line.text.text for line in lines))
        if owner is None:
            for line in lines:
                ledger.note_unplaced(line.text)
            return
        owner.fields["formula"] = formula_fields(lines, {})

    def _find_owner(self, text: str) -> IndicatorDraft | None:
        candidates = [draft for draft in self.drafts if not draft.fields["formula"]]
        if len(candidates) == 1:
            return candidates[0]
        scores = [fuzz.token_set_ratio(draft.name.lower(), text.lower()) for draft in candidates]
        best = max(scores, default=0.0)
        return candidates[scores.index(best)] if best >= LEAST_OVERLAP and scores.count(best) == 1 else None


def _announces_formula(text: str) -> bool:
    """Does a line say that a formula follows (``dihitung dengan rumus sebagai berikut :``)?"""
    is_open = text.endswith(":") or vocabulary_matcher.word_pattern("announcements").search(text) is not None
    return len(text) <= LONGEST_ANNOUNCEMENT and is_open and _cue_pattern().search(text) is not None


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = "|".join(re.escape(word) for word in vocabulary_matcher.word_list("formula_cues"))
    return re.compile(rf"(?<!\w)(?:{cues})", re.IGNORECASE)
