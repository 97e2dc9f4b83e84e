"""Labels of sections that a scanner damaged: `Rumiis :`, `Perhitu ngan :`."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton

_LABEL_LINE = re.compile(
    r"(?P<start>^\s*|\n\s*|[.;]\s+)(?P<label>[^\W_][^\n:=.;]{3,38}[^\W_])(?P<sign>\s*:|\n)"
)
_SHORT_LABEL = 10
"""Letters of a label in which one may be wrong; in a longer one two may."""


def repair_labels(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with damaged labels as they should be."""
    if ":" not in text and "\n" not in text:  # one of them ends a label
        return text, ()
    names = reading_vocabulary().label_names
    repaired = False

    def repair_label(match: re.Match[str]) -> str:
        nonlocal repaired
        words = " ".join(match["label"].lower().split())
        printed = "".join(words.split())
        if names.get(printed) == words:
            return match.group()
        label = _closest_label(printed)
        if label is None:
            return match.group()
        repaired = True
        return match["start"] + label.capitalize() + match["sign"]

    text = _LABEL_LINE.sub(repair_label, text)
    return text, (Repair.LABEL_REPAIRED,) if repaired else ()


@lru_cache(maxsize=4096)
def _closest_label(printed: str) -> str | None:
    """Return the one label that the letters can be, blanks apart."""
    from rapidfuzz.distance import OSA

    candidates = []
    for letters, name in reading_vocabulary().label_names.items():
        most = 1 if len(letters) < _SHORT_LABEL else 2
        if len(letters) < 5 or abs(len(letters) - len(printed)) > most:
            continue
        if OSA.distance(word_skeleton(letters), word_skeleton(printed), score_cutoff=most) <= most:
            candidates.append((OSA.distance(letters, printed), name))
    return min(candidates)[1] if candidates else None
