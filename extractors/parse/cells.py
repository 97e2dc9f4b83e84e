"""What stands in one cell: a formula and the explanation beside it, or the shares of several indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from extractors.page import Line
from extractors.parse import items, vocabulary
from extractors.parse.draft import Ledger
from extractors.passage import Passage

_COMPUTES = re.compile(r"[/:÷×∑Σ+=*]|\\frac|\\sum|\\times|\d\s*%|[—–_-]{4,}|(?<!\w)[xX](?!\w)")
_LEGEND = re.compile(r"\(?[A-Za-z]{1,3}\)?\s*[=:]\s*\S")
_WHOLE_MATH = re.compile(r"\$\$?([^$]+)\$\$?")
MOST_LINES = 60
"""Of a cell that is dealt to several indicators by its words; a longer one is not divided."""
_COMPARED = 500
"""Characters of a line or a name that are compared."""
_COMMAND = re.compile(r"\\[a-zA-Z]+|[{}$]")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """The lines of a formula and those that explain it."""

    formula: list[Line]
    explanation: list[Line]


def formula_cell(lines: Sequence[Line], ledger: Ledger, mixed: bool) -> FormulaCell:
    """Tell a formula from its explanation: by a cue (``Penjelasan :``), or by a defining sentence.

    ``mixed``: the column's title announces both, or there is no column for formulas; only there may a
    whole cell be an explanation.
    """
    made = FormulaCell([], [])
    explained = False

    def take(line: Line) -> None:
        definition = _defines(line.text.text) and (mixed or bool(made.formula))
        (made.explanation if explained or definition else made.formula).append(line)

    for line in lines:
        cue = _find_cue(line.text.text)
        if cue is None:
            take(line)
            continue
        start, end = cue
        ledger.drop(line.text[start:end])
        if before := line.text[:start].strip():
            take(replace(line, text=before))
        explained = True
        if after := line.text[end:].strip():
            take(replace(line, text=after))
    return made


def _find_cue(text: str) -> tuple[int, int] | None:
    """Where an explanation's cue stands; a damaged one is found at the beginning of its line."""
    if found := _cue().search(text):
        return found.span()
    head, colon, _ = text[:30].partition(":")
    if colon and any(vocabulary.alike(head, cue) for cue in vocabulary.words("explanation_cues")):
        return 0, len(head) + 1
    return None


@cache
def _cue() -> re.Pattern[str]:
    cues = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in vocabulary.words("explanation_cues"))
    return re.compile(rf"(?<![\w/])(?:{cues})\s*[:;]|^\s*(?:{cues})\s*$", re.IGNORECASE)


def _defines(text: str) -> bool:
    """Is a line a sentence that defines something, and no formula?"""
    if _LEGEND.match(text) or _COMPUTES.search(_without_numbers(text)):
        return False
    return vocabulary.has_word("copulas").search(text) is not None


def _without_numbers(text: str) -> str:
    """Without the slashes and colons of ordinary sentences (``desa/kelurahan``, ``meliputi :``)."""
    return re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])|[:=]\s*$|(?<=[a-z])\s*:\s", " ", text)


def defines(text: str) -> bool:
    """Is a text a definition or a remark rather than the name of a thing (a source, say)?"""
    return vocabulary.has_word("copulas").search(text) is not None or vocabulary.starts_with(
        text, "remark_starts"
    )


def printed_formula(lines: Sequence[Line]) -> Passage:
    """The formula as printed, line breaks kept: list marks and the dollar signs around LaTeX taken off."""
    parts: list[Passage] = []
    for i, line in enumerate(lines):
        text = line.text
        if i == 0 and (found := items.marker(text.text)) and found.kind == "dash":
            text = text[found.end :]
        parts.append(_undollared(text))
    return items.mended(Passage.join("\n", parts), stray_letters=False)


def _undollared(text: Passage) -> Passage:
    """LaTeX that is a formula of its own stands without its delimiters; a lone sign stays as it stands."""
    return text.sub(
        _WHOLE_MATH,
        lambda m: (
            m.group(1).strip() if r"\frac" in m.group(1) or m.span() == (0, len(m.string)) else m.group()
        ),
    )


def shares(
    lines: Sequence[Line], names: Sequence[Passage], orders: Sequence[int], by_words: bool
) -> list[list[Line]] | None:
    """The share of each of several indicators in one cell; ``None`` where they cannot be told apart.

    Told apart by their numbers, by their count, or (``by_words``) by the words that each paragraph has
    in common with the names, order kept.
    """
    if not lines:
        return [[] for _ in names]
    listed = items.split(lines)
    numbers = [item.marker.order if item.marker else 0 for item in listed]
    if all(numbers) and set(numbers) <= set(orders) and len(set(numbers)) == len(numbers) and len(listed) > 1:
        by_number = dict(zip(numbers, listed, strict=True))
        return [[_share(by_number[order])] if order in by_number else [] for order in orders]
    if len(listed) == len(names):
        return [[_share(item)] for item in listed]
    if len(lines) == len(names) and not any(goes_on(a.text.text, b.text.text) for a, b in pairwise(lines)):
        return [[line] for line in lines]
    if by_words and len(names) < len(lines) <= MOST_LINES:
        return _aligned(lines, [name.text for name in names])
    return None


def _share(item: items.Item) -> Line:
    """An item without its mark, whose printed words stay with the item's first letter: they are read."""
    whole = Passage.glue([*item.marks, item.text])
    mark = len(whole) - len(item.text)
    return Line(whole.sub(re.compile(rf"\A.{{{mark}}}(\S)", re.DOTALL), r"\1"))


def goes_on(before: str, text: str) -> bool:
    """Does a printed line go on in the next one, so that they are one paragraph?"""
    last = before.rstrip().rsplit(" ", 1)[-1].lower()
    return text[:1].islower() or last in vocabulary.words("open_ends") or before.rstrip().endswith((",", "-"))


def _aligned(lines: Sequence[Line], names: Sequence[str]) -> list[list[Line]]:
    """Consecutive lines dealt to consecutive names so that they have the most words in common."""
    texts = [_COMMAND.sub(" ", line.text.text[:_COMPARED]).lower() for line in lines]
    ends = _ends([[_likeness(name, text) for text in texts] for name in names])
    return [list(lines[a:b]) for a, b in pairwise([0, *ends])]


def _likeness(name: str, text: str) -> int:
    """Words in common, as a whole number: sums of these are exact, so that equal ones stay equal."""
    return round(fuzz.token_set_ratio(name[:_COMPARED].lower(), text) * 1_000_000)


def _ends(alike: Sequence[Sequence[int]]) -> list[int]:
    """Where each row's stretch of columns ends, none empty, so that the likeness is the greatest.

    Among equals those win whose first stretches are the longest.
    """
    width = len(alike[0])
    best: dict[int, int] = {0: 0}  # end → greatest likeness of the rows so far
    rank: dict[int, int] = {0: 0}  # end → place of its stretches among those of the same number of rows
    steps: list[dict[int, int]] = []  # of each row: end → end of the row before
    for row in alike:
        sums = [0, *accumulate(row)]
        back: dict[int, int] = {}
        for end in range(1, width + 1):
            starts = [start for start in best if start < end]
            if starts:
                back[end] = max(starts, key=lambda start: (best[start] - sums[start], rank[start]))
        best = {end: best[start] + sums[end] - sums[start] for end, start in back.items()}
        order = sorted(back, key=lambda end: (rank[back[end]], end))
        rank = {end: place for place, end in enumerate(order)}
        steps.append(back)
    ends = [width]
    for back in reversed(steps[1:]):
        ends.insert(0, back[ends[0]])
    return ends
