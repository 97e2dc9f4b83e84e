"""The clauses of a cell as a system of equations: which one is meant, what its names and codes stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Quantity,
    format_expression,
    iter_quantities,
)
from pipeline.formulas.reading.formula_reading import (
    Omission,
    OmissionKind,
    Repair,
    UnreadableError,
    describe_omission,
    distinct_repairs,
)
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.bracket_codes import extract_bracket_codes, standalone_codes
from pipeline.formulas.reading.statements.clause_splitter import split_clauses
from pipeline.formulas.reading.statements.clauses import Clause, ClauseKind
from pipeline.formulas.reading.statements.code_keys import CodeTable
from pipeline.formulas.reading.statements.operand_plausibility import check_operands, find_doubts
from pipeline.formulas.reading.statements.statement_parser import (
    is_coded,
    strip_lead,
)
from pipeline.formulas.reading.statements.substitution import Statement, Substitution
from pipeline.formulas.reading.structure.operand_parser import CODE_MARK
from pipeline.formulas.reading.tokens.division_signs import has_calculation
from pipeline.formulas.reading.tokens.formula_footnotes import drop_footnote_marks
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken
from pipeline.formulas.reading.tokens.operator_tokens import mark_operators

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CLAUSES = 60


@dataclass(frozen=True, slots=True)
class CellSolution:
    """What a cell says: its formula, how it was reached, and what is left out."""

    expression: Expression
    repairs: tuple[Repair, ...]
    omissions: tuple[Omission, ...]
    statements: tuple[Statement, ...] = ()


def solve_cell(tokens: list[FormulaToken], text: str) -> CellSolution:
    """Return the formula that the tokens of a cell state.

    Raises:
        UnreadableError: they state none, or several.
    """
    return _EquationSystem(tokens, text).solve()


class _EquationSystem:
    """The clauses of one cell, and what is known of their codes and names."""

    def __init__(self, tokens: list[FormulaToken], text: str) -> None:
        self.text = text
        tokens, self.footnotes = drop_footnote_marks(tokens)
        self.clauses = split_clauses(tokens)[:MOST_CLAUSES]
        self.known = Substitution(text)
        self.stripped_values: list[Omission] = []

    def solve(self) -> CellSolution:
        self._collect_meanings()
        self._mark_statements()
        root = self._choose_root()
        return self._solve_statement(root)

    def _collect_meanings(self) -> None:
        """Set definitions apart from divisions of codes (`a : b`) and from lists that number statements."""
        self._strip_values()
        definitions = [clause for clause in self.clauses if clause.kind is ClauseKind.DEFINITION]
        table = CodeTable({clause.key for clause in definitions})
        for clause in definitions:
            others = [
                other for other in definitions if other is not clause and _same_key(other, clause, table)
            ]
            if others and is_coded(table.mark_codes(clause.tokens)) and not clause.listed:
                clause.kind, clause.tokens = ClauseKind.STATEMENT, clause.printed
        for clause in definitions:
            if clause.kind is ClauseKind.DEFINITION:
                self.known.meanings.setdefault(clause.key, clause)
        for clause in self.clauses:
            if (
                clause.kind is ClauseKind.EQUATION
                and len(clause.tokens) == 1
                and clause.tokens[0].kind in {"word", "times"}
            ):
                key = clause.tokens[0].text
                if len(key) <= 4:  # `jumlah desa = B`
                    clause.kind, clause.key, clause.tokens = ClauseKind.DEFINITION, key, clause.name
                    self.known.meanings.setdefault(key, clause)
            elif clause.kind is ClauseKind.VALUE:
                numbers = [t.text for t in (*clause.tokens, *clause.name) if t.kind == "number"]
                named_by = clause.tokens if clause.name and clause.name[-1].kind == "number" else clause.name
                if named_by and numbers and " " in (words := self.known.words(named_by)):
                    self.known.values.setdefault(numbers[0], words)

    def _strip_values(self) -> None:
        """Take measured values from the ends of definitions; one that holds nothing else is a value."""
        for clause in self.clauses:
            if clause.kind is not ClauseKind.DEFINITION:
                continue
            printed, clause.tokens = clause.tokens, _strip_value(clause.tokens)
            if not clause.tokens:
                clause.kind = ClauseKind.VALUE
            elif len(clause.tokens) < len(printed):
                value = self.text[printed[len(clause.tokens)].start : printed[-1].end]
                self.stripped_values.append(describe_omission(OmissionKind.MEASURED_VALUE, value))

    def _mark_statements(self) -> None:
        """Mark codes and operators; a definition that nobody uses is a statement or an explanation."""
        table = CodeTable(self.known.meanings)
        used_keys = standalone_codes(self.clauses)
        statements: list[Statement] = []
        for clause in self.clauses:
            if clause.kind in {ClauseKind.NOTE, ClauseKind.TARGET, ClauseKind.VALUE}:
                continue
            named = clause.kind in {ClauseKind.EQUATION, ClauseKind.DEFINITION} and not clause.listed
            if clause.listed and clause.key.removeprefix("#") in self.footnotes:
                clause.kind = ClauseKind.NOTE
                continue
            tokens, lead_repairs = strip_lead(table.mark_codes(clause.tokens))
            repairs: list[Repair] = [*lead_repairs]
            tokens, found_repairs = mark_operators(tokens, named=named)
            repairs += found_repairs
            if clause.kind is not ClauseKind.DEFINITION or clause.listed:
                tokens, words = extract_bracket_codes(tokens, self.text, used_keys)
                for key, meaning in words.items():
                    self.known.meanings.setdefault(key, meaning)
            statements.append(Statement(clause, tokens, tuple(repairs), has_calculation(tokens)))
        inline = CodeTable(key for key, meaning in self.known.meanings.items() if isinstance(meaning, str))
        used: set[str] = set()
        for statement in statements:
            statement.tokens = inline.mark_codes(statement.tokens)
            statement.computes = statement.computes or has_calculation(statement.tokens)
            if statement.computes or is_coded(statement.tokens):
                used |= {token.text for token in statement.tokens if token.kind == "code"}
        for statement in statements:
            clause = statement.clause
            if clause.kind is ClauseKind.DEFINITION and clause.key not in used:
                is_statement = clause.listed or statement.computes
                clause.kind = ClauseKind.STATEMENT if is_statement else clause.kind
                if is_statement and not clause.listed:
                    clause.kind = ClauseKind.EQUATION
            elif clause.kind is ClauseKind.DEFINITION:
                clause.listed = False
        self.known.statements = statements

    def _choose_root(self) -> Statement:
        """Return the statement that is meant: one that computes and that no other one uses."""
        candidates = [
            statement
            for statement in self.known.statements
            if statement.clause.kind is not ClauseKind.DEFINITION
        ]
        computing = [
            statement for statement in candidates if statement.computes or is_coded(statement.tokens)
        ]
        listed = [statement for statement in candidates if statement.clause.listed]
        if not computing:
            return self._choose_plain(candidates, listed)
        for statement in computing:
            statement.parse(self.text)
        used = [quantity for statement in computing for quantity in _quantities(statement)]
        roots = [
            statement
            for statement in computing
            if not any(self.known.names(statement.clause, quantity) for quantity in used)
        ] or computing
        best = max(map(_rank, roots))
        roots = [statement for statement in roots if _rank(statement) == best]
        return roots[0] if len(roots) == 1 else self._choose_among(roots)

    def _choose_plain(self, candidates: list[Statement], listed: list[Statement]) -> Statement:
        """Return the statement of a cell in which nothing certainly computes: a name, or stacked lines."""
        if len(listed) > 1:
            raise UnreadableError("several formulas are listed")
        values = [clause for clause in self.clauses if clause.kind is ClauseKind.VALUE]
        if len(values) > 1:
            raise UnreadableError("only measured values are printed")
        if values and not [statement for statement in candidates if not statement.clause.explained]:
            value = values[0]
            candidates = [
                Statement(value, mark_operators(value.name)[0], (Repair.MEASURED_VALUE_DROPPED,), False)
            ]
        if not candidates:
            definitions = [statement for statement in self.known.statements if statement.clause.tokens]
            if not definitions:
                raise UnreadableError("nothing is left to read")
            candidates = definitions[:1]
        best = max(map(_rank, candidates))
        root = next(statement for statement in candidates if _rank(statement) == best)
        root.parse(self.text)
        return root

    def _choose_among(self, roots: list[Statement]) -> Statement:
        """Return one of several statements that nobody uses: they say the same, or the first is meant."""
        readable = [statement for statement in roots if statement.readings]
        worded = [statement for statement in readable if _quantities(statement)]
        if not worded:
            return (readable or roots)[0]
        solved = []
        for statement in worded:
            try:
                solved.append(format_expression(self.known.expand(statement.reading.expression)))
            except UnreadableError:
                solved.append("")
        first = worded[0]
        if len(set(solved)) == 1:
            return max(worded, key=lambda statement: statement.reading.confidence)
        others = worded[1:]
        if all(statement.clause.kind is ClauseKind.EQUATION for statement in worded):
            return self._choose_result(worded)
        if all(is_coded(statement.tokens) for statement in others):
            first.repairs += (Repair.ALTERNATIVE_DROPPED,)
        elif any(statement.clause.sentence for statement in worded):
            first.repairs += (Repair.SENTENCE_DROPPED, Repair.OTHER_READING)
        else:
            raise UnreadableError("several formulas are listed")
        return first

    def _choose_result(self, equations: list[Statement]) -> Statement:
        """Return the equation that goes on with what the others name, by a code or by first words."""
        names = [" ".join(self.known.words(other.clause.name).split()[:2]) for other in equations]
        results = [
            equation
            for equation in equations
            if any(token.kind == "code" for token in equation.tokens)
            or any(
                name and name in quantity.words
                for name, other in zip(names, equations, strict=True)
                for quantity in _quantities(equation)
                if other is not equation
            )
        ]
        if len(results) != 1:
            raise UnreadableError("several formulas are listed")
        results[0].repairs += (Repair.OTHER_READING,)
        return results[0]

    def _solve_statement(self, root: Statement) -> CellSolution:
        self._check_condition(root)
        if root.error is not None:
            raise root.error
        reading = root.reading
        expression = self.known.expand(reading.expression)
        repairs = [*root.repairs, *reading.repairs]
        omissions = [*reading.omissions]
        codes = [
            quantity
            for quantity in iter_quantities(reading.expression)
            if quantity.words.startswith(CODE_MARK)
        ]
        if codes:
            repairs.append(Repair.CODES_RESOLVED)
        if not any(iter_quantities(expression)) and self.known.values:
            expression = self.known.name_values(expression)
            repairs.append(Repair.VALUES_NAMED)
        for statement in self.known.statements:
            if statement.readings and any(
                self.known.names(statement.clause, quantity) for quantity in _quantities(root)
            ):
                repairs += [Repair.STATEMENTS_JOINED, *statement.reading.repairs]
                omissions += statement.reading.omissions
        if any(self._is_left_out(statement, root) for statement in self.known.statements):
            repairs.append(Repair.STATEMENT_UNUSED)
        repairs += check_operands(expression, bool(codes))
        repairs += find_doubts(expression, tuple(repairs))
        omissions += [*self.stripped_values, *self._omissions(root)]
        return CellSolution(
            expression, distinct_repairs(repairs), tuple(omissions), tuple(self.known.statements)
        )

    def _is_left_out(self, statement: Statement, root: Statement) -> bool:
        """Return whether another clause computes that neither repeats the formula nor is used by any."""
        clause = statement.clause
        if statement is root or not statement.readings or clause.explained or is_coded(statement.tokens):
            return False
        used = [quantity for other in self.known.statements for quantity in _quantities(other)]
        is_used = any(self.known.names(clause, quantity) for quantity in used)
        if is_used or clause.kind is ClauseKind.DEFINITION or not _quantities(statement):
            return False
        try:
            repeated = self.known.expand(statement.reading.expression)
        except UnreadableError:
            return True
        return repeated != self.known.expand(root.reading.expression)

    def _check_condition(self, root: Statement) -> None:
        """Refuse conditions and extremes: the grammar has no place for them."""
        conditions = reading_vocabulary().conditions
        for statement in self.known.statements:
            tokens = statement.clause.printed
            if not tokens or (statement.clause.explained and statement is not root):
                continue
            words = [word_skeleton(token.text) for token in (tokens if statement is root else tokens[:1])]
            if not conditions.isdisjoint(words):
                raise UnreadableError("it depends on a condition")

    def _omissions(self, root: Statement) -> Iterable[Omission]:
        """Yield what the formula leaves out of the cell."""
        used = {root.clause.printed[0].start} if root.clause.printed else set()
        for clause in self.clauses:
            if not clause.printed or clause.printed[0].start in used:
                continue
            kind = _OMISSION_KINDS.get(clause.kind, OmissionKind.EXPLANATION)
            if clause.kind is ClauseKind.DEFINITION and clause.key in self.known.meanings:
                continue
            start, end = clause.printed[0].start, clause.printed[-1].end
            yield Omission(kind, " ".join(self.text[start:end].split()))


_OMISSION_KINDS = {
    ClauseKind.NOTE: OmissionKind.FOOTNOTE,
    ClauseKind.TARGET: OmissionKind.TARGET,
    ClauseKind.VALUE: OmissionKind.MEASURED_VALUE,
}
_LONGEST_VALUE = 3
"""Tokens of a measured value and its unit."""


def _strip_value(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """Return a definition without the measured value at its end: `jumlah warung = 60 unit`."""
    opening = max((at for at, token in enumerate(tokens) if token.kind == "open"), default=0)
    if opening and tokens[-1].kind == "close" and tokens[opening + 1].kind == "number":  # `… (60 unit)`
        return tokens[:opening] if len(tokens) - opening <= _LONGEST_VALUE + 1 else tokens
    numbers = [at for at, token in enumerate(tokens) if token.kind == "number"]
    if len(numbers) != 1 or any(token.kind not in {"word", "number"} for token in tokens[numbers[0] :]):
        return tokens
    at = numbers[0]
    if len(tokens) - at > _LONGEST_VALUE or (at and tokens[at - 1].text not in {"=", ":"}):
        return tokens
    return tokens[: max(0, at - 1)]


def _same_key(other: Clause, clause: Clause, table: CodeTable) -> bool:
    return table.find_key(other.key) == table.find_key(clause.key)


def _quantities(statement: Statement) -> list[Quantity]:
    return list(iter_quantities(statement.reading.expression)) if statement.readings else []


def _rank(statement: Statement) -> tuple[bool, bool]:
    """Return how likely a statement is the one that is meant: labelled, and no explanation."""
    clause = statement.clause
    return not clause.explained, clause.labelled
