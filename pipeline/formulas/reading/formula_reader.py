"""Reading a printed formula: its text, its tokens, the system of its statements, and what it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.formulas.expression.linear_syntax import format_expression
from pipeline.formulas.reading.formula_reading import (
    FormulaReading,
    Repair,
    UnreadableError,
    distinct_repairs,
)
from pipeline.formulas.reading.formula_vocabulary import reading_table
from pipeline.formulas.reading.statements.equation_system import CellSolution, solve_cell
from pipeline.formulas.reading.statements.statement_parser import reading_confidence
from pipeline.formulas.reading.text import (
    formula_cleanup,
    label_repair,
    labelled_fractions,
    latex_reader,
    stacked_fractions,
)
from pipeline.formulas.reading.text.unreadable_forms import find_obstacle
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, tokenize_formula

MAX_PRINTED = 8_000
"""Characters of a print; ten times the longest formula seen."""
MAX_TOKENS = 2_000
"""Words and signs of a print; the time that a reading takes is bounded by them."""
_BLANK_RESULT = re.compile(r"=[\s.…_]*%?\s*$")


@dataclass(frozen=True, slots=True)
class ReadingTrace:
    """A reading with the tokens and the statements by which it was reached."""

    reading: FormulaReading
    tokens: tuple[FormulaToken, ...] = ()
    solution: CellSolution | None = None


def read_formula(printed: str, legend: str = "") -> FormulaReading:
    """Return the reading of a printed formula; never raises.

    Line breaks count: a stacked fraction is known by them. ``legend`` is a text beside it, an explanation in
    another column, in which its codes may be defined.
    """
    return trace_formula(printed, legend).reading


def trace_formula(printed: str, legend: str = "") -> ReadingTrace:
    """Return the reading of a printed formula with the way to it."""
    trace = _trace_print(printed)
    if legend and Repair.CODE_UNEXPLAINED in trace.reading.repairs and len(legend) <= MAX_PRINTED:
        label = reading_table().labels.explanation[0]
        explained = _trace_print(f"{printed}\n{label}:\n{legend}")
        reading = explained.reading
        if reading.expression is not None and Repair.CODE_UNEXPLAINED not in reading.repairs:
            return replace(explained, reading=replace(reading, raw=trace.reading.raw))
    return trace


def _trace_print(printed: str) -> ReadingTrace:
    raw = formula_cleanup.fold_whitespace(printed)
    if len(raw) > MAX_PRINTED:
        return ReadingTrace(FormulaReading(raw, "", None, 0.0, (), f"longer than {MAX_PRINTED} characters"))
    cleaned = ""
    repairs: tuple[Repair, ...] = ()
    tokens: tuple[FormulaToken, ...] = ()
    try:
        printed = formula_cleanup.draw_dotted_rules(printed)
        cleaned, repairs = _clean_print(printed)
        if obstacle := find_obstacle(printed, cleaned):
            raise UnreadableError(obstacle)
        text, text_repairs = _flatten_layout(cleaned)
        repairs += text_repairs
        tokens = tuple(tokenize_formula(text))
        if len(tokens) > MAX_TOKENS:
            raise UnreadableError(f"more than {MAX_TOKENS} words and signs")
        solution = solve_cell(list(tokens), text)
    except (UnreadableError, latex_reader.LatexError) as error:
        reading = FormulaReading(raw, cleaned, None, 0.0, distinct_repairs(repairs), str(error))
        return ReadingTrace(reading, tokens)
    repairs = distinct_repairs((*repairs, *solution.repairs))
    reading = FormulaReading(
        raw,
        cleaned,
        format_expression(solution.expression),
        reading_confidence(repairs),
        repairs,
        None,
        solution.omissions,
    )
    return ReadingTrace(reading, tokens, solution)


def _clean_print(printed: str) -> tuple[str, tuple[Repair, ...]]:
    text = formula_cleanup.normalize_alphabet(printed)
    repairs: tuple[Repair, ...] = ()
    if latex_reader.is_latex(text):
        text, repairs = latex_reader.latex_to_text(text)
    else:
        text = text.replace("\\", "/")
    text, damage_repairs = formula_cleanup.repair_damage(text)
    return text, repairs + damage_repairs


def _flatten_layout(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with fractions that are told by lines or by their sides' names as flat ones."""
    repairs: list[Repair] = []
    text, found_repairs = stacked_fractions.flatten_summed_fractions(text)
    repairs += found_repairs
    text, found_repairs = labelled_fractions.join_labelled_sides(_BLANK_RESULT.sub("", text))
    repairs += found_repairs
    text, label_repairs = label_repair.repair_labels(text)
    return text, (*repairs, *label_repairs)
