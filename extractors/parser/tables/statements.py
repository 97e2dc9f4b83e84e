"""Statements of a formula's cell: which printed lines are one sentence, and what each says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from extractors.model.page import Line
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import vocabulary_matcher

LONGEST_SYMBOL = 4
"""Words on the left of an equals sign."""
SENTENCE_WORDS, LEAST_WORDS = 6, 4
"""Words from which a text with a full stop is a sentence: one that begins with a measure, and another."""
QUANTITY_WORDS = 10
"""Words of a quantity that does not begin with a measure; a longer text is prose."""
LONGEST_TERM = 4
"""Words before the colon of a definition (``Tuntas : …``)."""

_OPERATOR = re.compile(
    r"[÷×∑Σ√]|\\frac|\\sum|\\times|(?<=\s)[/+*](?=\s)|\)\s*[/:*]|[/:*]\s*\(|(?<!\w)[xX*]\s*\(?\d|[—–_-]{4,}|\)\s*[xX]\s"
)
_EQUATION = re.compile(r"(?P<symbol>[^=:]{1,40}?)\s*=\s*(?P<rest>\S.*)", re.DOTALL)
_ARITHMETIC = re.compile(r"[-+/*÷×]|(?<!\w)[xX](?!\w)|\d")
_TERM = re.compile(r"(?P<term>[^:/=]{2,50}?)\s*:\s+(?P<rest>\S.*)", re.DOTALL)
_COMPLETE = re.compile(r"(?:100\s*%?|[xX×*]\s*\d+(?:\s*\w+)?)\s*\)?\s*$")
_OPEN_FORMULA = re.compile(r"(?:[-+/:*=÷×,–—_]|(?<!\w)[xX])\s*$")
_VERB = re.compile(r"(?:Di|Me(?:m|n|ng|ny|l|r|w)|Ter)[a-z]{3,}\b")
_SENTENCE_BREAK = re.compile(r"(?<=[a-z)]{4}\.)\s+(?=[A-Z(])")
_SENTENCE_END = re.compile(r"[.;:]\s*$")
_LETTER_LEGEND = re.compile(r"\(?[^\W\d_][\w-]{0,5}\)?\s*[=:]\s*[^\W\d_]")


class StatementKind(Enum):
    """What a statement says."""

    FORMULA = "formula"
    LEGEND = "legend"
    """What a letter or a term of the formula stands for."""
    PROSE = "prose"


def group_statements(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a cell by statement: a sentence that wraps is one."""
    statements: list[list[Line]] = []
    for i, line in enumerate(lines):
        if i and not _begins_statement(lines[i - 1], line, statements[-1]):
            statements[-1].append(line)
        else:
            statements.append([line])
    return statements


def group_formulas(lines: Sequence[Line], after_result: bool) -> list[list[Line]]:
    """Return the lines of a cell of several formulas by formula, none of them torn.

    A formula begins behind a complete one; without ``after_result`` also at a measure or a bracket where the
    text above it may end.
    """
    formulas: list[list[Line]] = []
    for line in lines:
        text_above = " ".join(part.text.text.strip() for part in formulas[-1]) if formulas else ""
        if formulas and not _begins_formula(line.text.text.strip(), text_above, after_result):
            formulas[-1].append(line)
        else:
            formulas.append([line])
    return formulas


def _begins_formula(text: str, text_above: str, after_result: bool) -> bool:
    """Does a line begin a formula of its own below another text?"""
    last_word = text_above.rsplit(" ", 1)[-1].lower()
    is_open = (
        text_above.count("(") > text_above.count(")")
        or _OPEN_FORMULA.search(text_above) is not None
        or last_word in vocabulary_matcher.word_list("open_ends")
        or last_word in vocabulary_matcher.word_list("operators")
    )
    if is_open or not (text[:1].isupper() or text[:1] in "(∑Σ\\" or list_items.find_marker(text)):
        return False
    if _COMPLETE.search(text_above):
        return True
    is_start = text[:1] in "(∑Σ" or vocabulary_matcher.starts_with(text, "measure_starts")
    return is_start and not after_result


def split_sentences(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, one that holds a sentence and a formula behind it (or before it) in two."""
    split_lines: list[Line] = []
    for line in lines:
        cuts = [match.end() for match in _SENTENCE_BREAK.finditer(line.text.text)]
        parts = line.text.split(cuts) if cuts else [line.text]
        if len({has_operator(part.text) for part in parts}) > 1:
            split_lines.append(replace(line, text=parts[0].strip()))
            split_lines += [replace(line, text=part.strip(), bullet=False) for part in parts[1:]]
        else:
            split_lines.append(line)
    return split_lines


def classify_statements(statements: Sequence[Sequence[Line]]) -> list[StatementKind]:
    """Return the kind of each statement; list items below a sentence that announces them go on with it."""
    kinds: list[StatementKind] = []
    texts = [" ".join(line.text.text for line in statement).strip() for statement in statements]
    for i, text in enumerate(texts):
        kind = classify_statement(text)
        is_item = statements[i][0].bullet or list_items.find_marker(text) is not None
        if is_item and i and kinds[-1] is StatementKind.PROSE and not has_operator(text):
            kind = StatementKind.PROSE
        kinds.append(kind)
    if any(map(has_operator, texts)):
        for i, text in enumerate(texts):
            if not has_operator(text) and text.endswith(".") and len(text.split()) >= LEAST_WORDS:
                kinds[i] = StatementKind.PROSE  # a sentence beside a formula
    return kinds


def classify_statement(text: str) -> StatementKind:
    """Return what one statement says, by its operators and its words."""
    if marker := list_items.find_marker(text):
        text = text[marker.end :]
    equation = _EQUATION.fullmatch(text)
    if equation and len(equation.group("symbol").split()) <= LONGEST_SYMBOL:
        if has_operator(equation.group("rest")) or _is_calculation(equation.group("rest")):
            return StatementKind.FORMULA
        return StatementKind.LEGEND
    if vocabulary_matcher.starts_with(text, "remark_starts"):
        return StatementKind.PROSE
    term = _TERM.fullmatch(text)
    if term and not has_operator(text) and _is_term(term.group("term"), term.group("rest")):
        return StatementKind.LEGEND
    is_defining = vocabulary_matcher.word_pattern("copulas").search(text) is not None
    if has_operator(text) and not is_defining:
        return StatementKind.FORMULA
    if is_defining or _is_sentence(text):
        return StatementKind.PROSE
    return StatementKind.FORMULA


def has_operator(text: str) -> bool:
    """Return whether a text computes something: slashes and colons of ordinary sentences do not count."""
    if _OPERATOR.search(text) or vocabulary_matcher.word_pattern("operators").search(text):
        return True
    left, colon, right = text.partition(" : ")
    return bool(colon) and all(
        vocabulary_matcher.starts_with(side.strip(" ("), "measure_starts") for side in (left, right)
    )


def is_legend(text: str) -> bool:
    """Return whether a line says what a letter of the formula stands for (``A = jumlah desa``)."""
    return _LETTER_LEGEND.match(text) is not None


def _begins_statement(previous: Line, line: Line, statement: Sequence[Line]) -> bool:
    text, previous_text = line.text.text.strip(), previous.text.text.strip()
    if line.bullet or list_items.find_marker(text) is not None:
        return True
    if _SENTENCE_END.search(previous_text):
        return True
    if text[:1].islower() or text[:1] in ")/,;:=":
        return is_legend(text) and "=" in text
    whole_text = " ".join(part.text.text for part in statement)
    if _COMPLETE.search(previous_text):
        return has_operator(whole_text)
    equation = _EQUATION.fullmatch(text)
    if equation and len(equation.group("symbol").split()) <= LONGEST_SYMBOL:
        return True
    if classify_statement(text) is StatementKind.FORMULA and has_operator(text):
        return _is_sentence(whole_text) and not has_operator(whole_text)
    term = _TERM.match(text)
    return term is not None and has_operator(whole_text) and _is_term(term.group("term"), term.group("rest"))


def _is_calculation(text: str) -> bool:
    return len(text.split()) <= LONGEST_SYMBOL * 2 and _ARITHMETIC.search(text) is not None


def _is_term(term: str, meaning: str) -> bool:
    return (
        len(term.split()) <= LONGEST_TERM
        and not vocabulary_matcher.starts_with(term, "measure_starts")
        and len(meaning) > 1
    )


def _is_sentence(text: str) -> bool:
    """Is a text without operators prose, and not the name of a quantity?"""
    words = text.split()
    is_measured = vocabulary_matcher.starts_with(text, "measure_starts")
    if text.rstrip().endswith((".", ":")) and len(words) >= (SENTENCE_WORDS if is_measured else LEAST_WORDS):
        return True
    if any(a.endswith(".") and b[:1].isupper() and len(a) > 4 for a, b in pairwise(words)):
        return True
    if _VERB.match(text):
        return True
    return len(words) > QUANTITY_WORDS and not is_measured
