"""What stands in one cell: a formula and the explanation beside it, or the shares of several indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import cell_evidence, list_items
from extractors.parser.tables.statements import (
    StatementKind,
    classify_statements,
    group_formulas,
    group_statements,
    has_operator,
    is_legend,
    split_sentences,
)
from extractors.parser.vocabulary import vocabulary_matcher
from extractors.parser.vocabulary.vocabulary_tables import label_table

_SOURCE_BREAK = re.compile(r"\s*[/;]\s*")
_DOLLAR_MATH = re.compile(r"\$\$?([^$]+)\$\$?")
MAX_DIVIDED_LINES = 60
"""Of a cell that is dealt to several indicators by its words; a longer one is not divided."""
_COMPARED_LENGTH = 500
"""Characters of a line or a name that are compared."""
_LATEX_COMMAND = re.compile(r"\\[a-zA-Z]+|[{}$]")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """The lines of a formula and those that explain it."""

    formula: list[Line]
    explanation: list[Line]


def split_formula_cell(lines: Sequence[Line], ledger: WordLedger, mixed: bool) -> FormulaCell:
    """Return the lines of the formula and those that explain it: told apart by a cue, or by the statement.

    ``mixed``: the column's title announces both, or there is no column for formulas; only there may a
    whole cell be an explanation.
    """
    plain_lines, cued_lines, labelled_lines = _split_at_cue(lines, ledger)
    cell = FormulaCell(labelled_lines, [])
    statements = group_statements(split_sentences(plain_lines) if mixed else plain_lines)
    for statement, kind in zip(statements, classify_statements(statements), strict=True):
        if mixed and (parts := _split_at_formula_cue(statement, ledger)):
            cell.explanation.append(parts[0])
            cell.formula.append(parts[1])
            continue
        is_formula = kind is StatementKind.FORMULA or not (mixed or cell.formula)
        if kind is StatementKind.LEGEND and not mixed and is_legend(statement[0].text.text):
            is_formula = True  # the letters of a formula in a column of formulas
        (cell.formula if is_formula else cell.explanation).extend(statement)
    return FormulaCell(cell.formula, cell.explanation + cued_lines)


def _split_at_cue(lines: Sequence[Line], ledger: WordLedger) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines without a cue, those behind one (``Penjelasan :``), those behind a label (``Rumus :``)."""
    plain_lines: list[Line] = []
    cued_lines: list[Line] = []
    labelled_lines: list[Line] = []
    target = plain_lines
    for line in lines:
        if _formula_label_pattern().match(line.text.text):
            target = labelled_lines
            target.append(line)
            continue
        cue = _find_cue(line.text.text)
        if cue is None:
            target.append(line)
            continue
        start, end = cue
        ledger.add_furniture(line.text[start:end])
        if text_before := line.text[:start].strip():
            target.append(replace(line, text=text_before))
        target = cued_lines
        if text_after := line.text[end:].strip():
            target.append(replace(line, text=text_after))
    return plain_lines, cued_lines, labelled_lines


@cache
def _formula_label_pattern() -> re.Pattern[str]:
    labels = sorted(label_table().detail.formula, key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, labels))})\s*:\s*", re.IGNORECASE)


def _split_at_formula_cue(statement: Sequence[Line], ledger: WordLedger) -> tuple[Line, Line] | None:
    """A statement that announces a formula amid its sentence (``…, cara mengukurnya yaitu …``) in two."""
    text = Passage.join(" ", (line.text for line in statement)).fold_whitespace()
    match = _formula_cue_pattern().search(text.text)
    if match is None or not match.start() or not has_operator(text.text[match.end() :]):
        return None
    ledger.add_furniture(text[match.start() : match.end()])
    return Line(text[: match.start()].strip(" ,;")), Line(text[match.end() :].strip())


@cache
def _formula_cue_pattern() -> re.Pattern[str]:
    cues = "|".join(re.escape(word) for word in vocabulary_matcher.word_list("formula_cues"))
    copulas = "|".join(re.escape(word) for word in vocabulary_matcher.word_list("copulas"))
    return re.compile(
        rf"[,.;]?\s*(?:{cues})\w*(?:\s+\w+){{0,2}}?\s*(?::|(?<!\w)(?:{copulas})(?!\w))\s*", re.IGNORECASE
    )


def _find_cue(text: str) -> tuple[int, int] | None:
    """Where an explanation's cue stands; a damaged one is found at the beginning of its line."""
    if match := _cue_pattern().search(text):
        return match.span()
    head, colon, _ = text[:30].partition(":")
    if colon and any(
        vocabulary_matcher.is_similar_text(head, cue)
        for cue in vocabulary_matcher.word_list("explanation_cues")
    ):
        return 0, len(head) + 1
    return None


@cache
def _cue_pattern() -> re.Pattern[str]:
    cues = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in vocabulary_matcher.word_list("explanation_cues")
    )
    return re.compile(rf"(?<![\w/])(?:{cues})\s*[:;]|^\s*(?:{cues})\s*$", re.IGNORECASE)


def split_source_and_post(lines: Sequence[Line], ledger: WordLedger) -> tuple[list[Line], list[Line]]:
    """Return the data sources and the officers of a cell that holds both: parted by slashes or lines."""
    text = Passage.join(" ", (line.text for line in lines)).fold_whitespace()
    cuts = [match.span() for match in _SOURCE_BREAK.finditer(text.text)]
    ledger.add_furniture(*(text[start:end] for start, end in cuts))
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    parts = [part for start, end in zip(starts, ends, strict=True) if (part := text[start:end].strip())]
    posts = [Line(part) for part in parts if cell_evidence.is_post(part.text)]
    return [Line(part) for part in parts if not cell_evidence.is_post(part.text)], posts


def is_definition(text: str) -> bool:
    """Is a text a definition or a remark rather than the name of a thing (a source, say)?"""
    return vocabulary_matcher.word_pattern("copulas").search(
        text
    ) is not None or vocabulary_matcher.starts_with(text, "remark_starts")


def join_formula_lines(lines: Sequence[Line]) -> Passage:
    """The formula as printed, line breaks kept: list marks and the dollar signs around LaTeX taken off."""
    parts: list[Passage] = []
    for i, line in enumerate(lines):
        text = line.text
        if i == 0 and (marker := list_items.find_marker(text.text)) and marker.kind == "dash":
            text = text[marker.end :]
        parts.append(_strip_dollar_signs(text))
    return list_items.rejoin_torn_words(Passage.join("\n", parts), stray_letters=False)


def _strip_dollar_signs(text: Passage) -> Passage:
    """LaTeX that is a formula of its own stands without its delimiters; a lone sign stays as it stands."""
    return text.replace_pattern(
        _DOLLAR_MATH,
        lambda m: (
            m.group(1).strip() if r"\frac" in m.group(1) or m.span() == (0, len(m.string)) else m.group()
        ),
    )


def divide_cell(
    lines: Sequence[Line], names: Sequence[Passage], orders: Sequence[int], by_words: bool
) -> list[list[Line]] | None:
    """The share of each of several indicators in one cell; ``None`` where they cannot be told apart.

    Told apart by their numbers, by their count, or by where each begins: a document's word begins a data
    source, and a formula (``by_words``) begins behind another one; of more formulas than names each goes to
    the name that it has the most words in common with, order kept.
    """
    if not lines:
        return [[] for _ in names]
    cell_items = list_items.split_items(lines)
    numbers = [item.marker.order if item.marker else 0 for item in cell_items]
    if (
        all(numbers)
        and set(numbers) <= set(orders)
        and len(set(numbers)) == len(numbers)
        and len(cell_items) > 1
    ):
        item_by_number = dict(zip(numbers, cell_items, strict=True))
        return [[_item_line(item_by_number[order])] if order in item_by_number else [] for order in orders]
    if len(cell_items) == len(names):
        return [[_item_line(item)] for item in cell_items]
    if len(lines) == len(names) and not any(
        continues_below(a.text.text, b.text.text) for a, b in pairwise(lines)
    ):
        return [[line] for line in lines]
    if len(lines) > MAX_DIVIDED_LINES:
        return None
    return _deal_formulas(lines, names) if by_words else _deal_documents(lines, len(names))


def _deal_formulas(lines: Sequence[Line], names: Sequence[Passage]) -> list[list[Line]] | None:
    """Whole formulas dealt to the names; ``None`` where there are fewer formulas than names."""
    for after_result in (True, False):
        formulas = group_formulas(lines, after_result)
        if len(formulas) == len(names):
            return formulas
    if len(formulas) < len(names):
        return None
    return _align_formulas(formulas, [name.text for name in names])


def _deal_documents(lines: Sequence[Line], count: int) -> list[list[Line]] | None:
    """Lines dealt out where as many as needed, the first among them, begin as names of documents do."""
    starts = [i for i, line in enumerate(lines) if cell_evidence.is_document(line.text.text)]
    if len(starts) != count or starts[0] != 0:
        return None
    return [list(lines[a:b]) for a, b in pairwise([*starts, len(lines)])]


def _item_line(item: list_items.ListItem) -> Line:
    """An item without its mark, whose printed words stay with the item's first letter: they are read."""
    marked_text = Passage.concatenate([*item.marks, item.text])
    mark_length = len(marked_text) - len(item.text)
    return Line(marked_text.replace_pattern(re.compile(rf"\A.{{{mark_length}}}(\S)", re.DOTALL), r"\1"))


def continues_below(line_text: str, next_text: str) -> bool:
    """Does a printed line go on in the next one, so that they are one paragraph?"""
    last_word = line_text.rstrip().rsplit(" ", 1)[-1].lower()
    return (
        next_text[:1].islower()
        or last_word in vocabulary_matcher.word_list("open_ends")
        or line_text.rstrip().endswith((",", "-"))
    )


def _align_formulas(formulas: Sequence[list[Line]], names: Sequence[str]) -> list[list[Line]]:
    """Consecutive formulas dealt to consecutive names so that they have the most words in common."""
    joined_texts = [" ".join(line.text.text for line in lines)[:_COMPARED_LENGTH] for lines in formulas]
    texts = [_LATEX_COMMAND.sub(" ", text).lower() for text in joined_texts]
    ends = _find_best_splits([[_word_overlap(name, text) for text in texts] for name in names])
    return [[line for lines in formulas[a:b] for line in lines] for a, b in pairwise([0, *ends])]


def _word_overlap(name: str, text: str) -> int:
    """Words in common, as a whole number: sums of these are exact, so that equal ones stay equal."""
    return round(fuzz.token_set_ratio(name[:_COMPARED_LENGTH].lower(), text) * 1_000_000)


def _find_best_splits(overlaps: Sequence[Sequence[int]]) -> list[int]:
    """Where each row's stretch of columns ends, none empty, so that the likeness is the greatest.

    Among equals those win whose first stretches are the longest.
    """
    width = len(overlaps[0])
    best: dict[int, int] = {0: 0}  # end → greatest likeness of the rows so far
    rank: dict[int, int] = {0: 0}  # end → place of its stretches among those of the same number of rows
    steps: list[dict[int, int]] = []  # of each row: end → end of the row before
    for row in overlaps:
        sums = [0, *accumulate(row)]
        previous_ends: dict[int, int] = {}
        for end in range(1, width + 1):
            starts = [start for start in best if start < end]
            if starts:
                previous_ends[end] = max(starts, key=lambda start: (best[start] - sums[start], rank[start]))
        best = {end: best[start] + sums[end] - sums[start] for end, start in previous_ends.items()}
        order = sorted(previous_ends, key=lambda end: (rank[previous_ends[end]], end))
        rank = {end: place for place, end in enumerate(order)}
        steps.append(previous_ends)
    ends = [width]
    for previous_ends in reversed(steps[1:]):
        ends.insert(0, previous_ends[ends[0]])
    return ends
