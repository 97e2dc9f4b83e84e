"""The clauses of a cell as a system of equations: which one is meant, what its names and codes stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.formulas.expression.linear_syntax import (
    MAX_OPERATIONS,
    Expression,
    Number,
    Operation,
    Quantity,
    format_expression,
    iter_quantities,
)
from pipeline.formulas.reading.formula_reading import (
    Omission,
    OmissionKind,
    Repair,
    UnreadableError,
    distinct_repairs,
)
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.bracket_codes import extract_bracket_codes, standalone_codes
from pipeline.formulas.reading.statements.clause_splitter import Clause, ClauseKind, split_clauses
from pipeline.formulas.reading.statements.code_keys import CodeTable
from pipeline.formulas.reading.statements.operand_plausibility import check_operands, find_doubts
from pipeline.formulas.reading.statements.statement_parser import (
    StatementReading,
    best_reading,
    has_calculation,
    is_coded,
    parse_statement,
    strip_lead,
)
from pipeline.formulas.reading.structure.operand_parser import CODE_MARK
from pipeline.formulas.reading.tokens.footnote_marks import drop_footnote_marks
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_counting_word
from pipeline.formulas.reading.tokens.operator_tokens import mark_operators

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CLAUSES = 60


@dataclass(slots=True, eq=False)
class Statement:
    """A clause that may state the formula, with its readings."""

    clause: Clause
    tokens: list[FormulaToken]
    """With codes and operators marked."""
    repairs: tuple[Repair, ...]
    computes: bool
    readings: list[StatementReading] = field(default_factory=list)
    error: UnreadableError | None = None

    @property
    def reading(self) -> StatementReading:
        """The most trusted reading."""
        return best_reading(self.readings)


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
        self.meanings: dict[str, Clause | str] = {}
        """What stands behind each code: the clause that defines it, or its words."""
        self.values: dict[str, str] = {}
        self.statements: list[Statement] = []

    def solve(self) -> CellSolution:
        self._collect_meanings()
        self._mark_statements()
        root = self._choose_root()
        return self._solve_statement(root)

    def _collect_meanings(self) -> None:
        """Set definitions apart from divisions of codes (`a : b`) and from lists that number statements."""
        definitions = [clause for clause in self.clauses if clause.kind is ClauseKind.DEFINITION]
        for clause in definitions:
            clause.tokens = _strip_value(clause.tokens)
            if not clause.tokens:
                clause.kind = ClauseKind.VALUE
        definitions = [clause for clause in definitions if clause.kind is ClauseKind.DEFINITION]
        table = CodeTable({clause.key for clause in definitions})
        for clause in definitions:
            others = [
                other for other in definitions if other is not clause and _same_key(other, clause, table)
            ]
            if others and is_coded(table.mark_codes(clause.tokens)) and not clause.listed:
                clause.kind, clause.tokens = ClauseKind.STATEMENT, clause.printed
        for clause in definitions:
            if clause.kind is ClauseKind.DEFINITION:
                self.meanings.setdefault(clause.key, clause)
        for clause in self.clauses:
            if (
                clause.kind is ClauseKind.EQUATION
                and len(clause.tokens) == 1
                and clause.tokens[0].kind in {"word", "times"}
            ):
                key = clause.tokens[0].text
                if len(key) <= 4:  # `jumlah desa = B`
                    clause.kind, clause.key, clause.tokens = ClauseKind.DEFINITION, key, clause.name
                    self.meanings.setdefault(key, clause)
            elif clause.kind is ClauseKind.VALUE:
                numbers = [token.text for token in clause.tokens if token.kind == "number"]
                if clause.name and numbers and " " in (words := self._words(clause.name)):
                    self.values.setdefault(numbers[0], words)

    def _mark_statements(self) -> None:
        """Mark codes and operators; a definition that nobody uses is a statement or an explanation."""
        table = CodeTable(self.meanings)
        used_keys = standalone_codes(self.clauses)
        statements: list[Statement] = []
        for clause in self.clauses:
            if clause.kind in {ClauseKind.NOTE, ClauseKind.TARGET, ClauseKind.VALUE}:
                continue
            if clause.listed and clause.key.removeprefix("#") in self.footnotes:
                clause.kind = ClauseKind.NOTE
                continue
            tokens, lead_repairs = strip_lead(table.mark_codes(clause.tokens))
            repairs: list[Repair] = [*lead_repairs]
            tokens = mark_operators(tokens, repairs)
            if clause.kind is not ClauseKind.DEFINITION or clause.listed:
                tokens, words = extract_bracket_codes(tokens, self.text, used_keys)
                for key, meaning in words.items():
                    self.meanings.setdefault(key, meaning)
            statements.append(Statement(clause, tokens, tuple(repairs), has_calculation(tokens)))
        inline = CodeTable(key for key, meaning in self.meanings.items() if isinstance(meaning, str))
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
        self.statements = statements

    def _choose_root(self) -> Statement:
        """Return the statement that is meant: one that computes and that no other one uses."""
        candidates = [
            statement for statement in self.statements if statement.clause.kind is not ClauseKind.DEFINITION
        ]
        computing = [
            statement for statement in candidates if statement.computes or is_coded(statement.tokens)
        ]
        listed = [statement for statement in candidates if statement.clause.listed]
        if not computing:
            return self._choose_plain(candidates, listed)
        for statement in computing:
            self._parse(statement)
        referenced = {
            name
            for statement in computing
            for quantity in _quantities(statement)
            for name in (quantity.words, word_skeleton(quantity.words))
        }
        roots = [
            statement
            for statement in computing
            if statement.clause.kind is not ClauseKind.EQUATION
            or not any(
                name in referenced or word_skeleton(name) in referenced
                for name in self._names(statement.clause)
            )
        ] or computing
        best = max(map(_rank, roots))
        roots = [statement for statement in roots if _rank(statement) == best]
        return roots[0] if len(roots) == 1 else self._choose_among(roots)

    def _choose_plain(self, candidates: list[Statement], listed: list[Statement]) -> Statement:
        """Return the statement of a cell in which nothing certainly computes: a name, or stacked lines."""
        if len(listed) > 1:
            raise UnreadableError("several formulas are listed")
        values = [clause for clause in self.clauses if clause.kind is ClauseKind.VALUE]
        if values and not [statement for statement in candidates if not statement.clause.explained]:
            if len(values) > 1:
                raise UnreadableError("only measured values are printed")
            value = values[0]
            candidates = [
                Statement(value, mark_operators(value.name, []), (Repair.MEASURED_VALUE_DROPPED,), False)
            ]
        if not candidates:
            definitions = [statement for statement in self.statements if statement.clause.tokens]
            if not definitions:
                raise UnreadableError("nothing is left to read")
            candidates = definitions[:1]
        best = max(map(_rank, candidates))
        root = next(statement for statement in candidates if _rank(statement) == best)
        self._parse(root)
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
                solved.append(format_expression(self._substitute(statement.reading.expression)))
            except UnreadableError:
                solved.append("")
        first = worded[0]
        if len(set(solved)) == 1:
            return max(worded, key=lambda statement: statement.reading.confidence)
        others = worded[1:]
        if all(is_coded(statement.tokens) for statement in others):
            first.repairs += (Repair.ALTERNATIVE_DROPPED,)
        elif any(statement.clause.sentence for statement in worded):
            first.repairs += (Repair.SENTENCE_DROPPED, Repair.OTHER_READING)
        else:
            raise UnreadableError("several formulas are listed")
        return first

    def _parse(self, statement: Statement) -> None:
        if statement.readings or statement.error:
            return
        if _count_dashes(statement.clause.tokens) > 1:
            raise UnreadableError("several formulas are listed")
        try:
            statement.readings = parse_statement(statement.tokens, self.text)
        except UnreadableError as error:
            statement.error = error

    def _solve_statement(self, root: Statement) -> CellSolution:
        self._check_condition(root)
        if root.error is not None:
            raise root.error
        reading = root.reading
        expression = self._substitute(reading.expression)
        repairs = [*root.repairs, *reading.repairs]
        codes = [
            quantity
            for quantity in iter_quantities(reading.expression)
            if quantity.words.startswith(CODE_MARK)
        ]
        if codes:
            repairs.append(Repair.CODES_RESOLVED)
        if not any(iter_quantities(expression)) and self.values:
            expression = self._name_values(expression)
            repairs.append(Repair.VALUES_NAMED)
        for statement in self.statements:
            if statement is not root and statement.readings and statement.clause.kind is ClauseKind.EQUATION:
                repairs += (
                    [Repair.STATEMENTS_JOINED, *statement.reading.repairs]
                    if any(
                        quantity.words in self._names(statement.clause)
                        for quantity in iter_quantities(reading.expression)
                    )
                    else []
                )
        repairs += check_operands(expression, bool(codes))
        repairs += find_doubts(expression, tuple(repairs))
        return CellSolution(
            expression, distinct_repairs(repairs), tuple(self._omissions(root)), tuple(self.statements)
        )

    def _check_condition(self, root: Statement) -> None:
        """Refuse conditions and extremes: the grammar has no place for them."""
        conditions = reading_vocabulary().conditions
        for statement in self.statements:
            tokens = statement.clause.printed
            if not tokens or (statement.clause.explained and statement is not root):
                continue
            words = [word_skeleton(token.text) for token in (tokens if statement is root else tokens[:1])]
            if not conditions.isdisjoint(words):
                raise UnreadableError("it depends on a condition")

    def _substitute(self, expression: Expression, active: tuple[Clause, ...] = ()) -> Expression:
        """Return the expression with what is defined in the place of codes and names.

        A name that its own definition uses (``active``) stays as it is.
        """
        if isinstance(expression, Operation):
            left = self._substitute(expression.left, active)
            right = self._substitute(expression.right, active)
            if _count_operations(left) + _count_operations(right) >= MAX_OPERATIONS:
                raise UnreadableError(f"more than {MAX_OPERATIONS} operations")
            return Operation(expression.operator, left, right)
        if not isinstance(expression, Quantity):
            return expression
        if expression.words.startswith(CODE_MARK):
            return self._expand_code(expression.words[1:], active)
        for statement in self.statements:
            clause = statement.clause
            if clause.kind is not ClauseKind.EQUATION or clause in active:
                continue
            if _is_named(expression, self._names(clause)):
                self._parse(statement)
                if statement.readings and statement.reading.expression != expression:
                    return self._substitute(statement.reading.expression, (*active, clause))
        return expression

    def _expand_code(self, key: str, active: tuple[Clause, ...]) -> Expression:
        """Return what a code stands for; `∑ A` counts what `A` is."""
        counted = key.startswith("∑")
        meaning = self.meanings[key.removeprefix("∑")]
        if isinstance(meaning, str):
            return _counted_quantity(meaning, counted)
        statement = next((entry for entry in self.statements if entry.clause is meaning), None)
        if statement is not None and statement.computes and meaning not in active:
            self._parse(statement)
            if statement.readings and statement.reading.confidence > _DOUBTFUL_DEFINITION:
                return self._substitute(statement.reading.expression, (*active, meaning))
        return _counted_quantity(self._words(meaning.tokens), counted)

    def _words(self, tokens: list[FormulaToken]) -> str:
        """Return the words of a definition, without the measured value behind them."""
        end = len(tokens)
        for at, token in enumerate(tokens):
            is_value = at + 1 < len(tokens) and tokens[at + 1].kind == "number"
            if token.text == "=" or (token.text == ":" and is_value):
                end = at
                break
        if not end:
            return ""
        words = self.text[tokens[0].start : tokens[end - 1].end].replace(
            "∑", f" {reading_vocabulary().sum_word} "
        )
        return " ".join(words.replace('"', "").lower().split()).strip(" .,;:")

    def _names(self, clause: Clause) -> set[str]:
        """Return the names of an equation's left side: whole, without its bracket, and the bracket alone."""
        if clause.kind is not ClauseKind.EQUATION:
            return set()
        if clause.key:
            return {CODE_MARK + clause.key, clause.key.lower()}
        return _bracketed_names(self._words(clause.name))

    def _name_values(self, expression: Expression) -> Expression:
        """Return a calculation in measured values with the names of what was measured."""
        if isinstance(expression, Operation):
            return Operation(
                expression.operator, self._name_values(expression.left), self._name_values(expression.right)
            )
        if isinstance(expression, Number) and not expression.percent:
            words = self.values.get(f"{expression.value:f}")
            return Quantity(words) if words else expression
        return expression

    def _omissions(self, root: Statement) -> Iterable[Omission]:
        """Yield what the formula leaves out of the cell."""
        used = {root.clause.printed[0].start} if root.clause.printed else set()
        for clause in self.clauses:
            if not clause.printed or clause.printed[0].start in used:
                continue
            kind = _OMISSION_KINDS.get(clause.kind, OmissionKind.EXPLANATION)
            if clause.kind is ClauseKind.DEFINITION and clause.key in self.meanings:
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
_DOUBTFUL_DEFINITION = 0.6
"""A definition that reads as a doubtful calculation is words."""


def _count_dashes(tokens: list[FormulaToken]) -> int:
    """Return how many lines begin with a dash and a word: the items of a list."""
    return sum(
        token.text in {"-", "–"}
        and (at == 0 or tokens[at - 1].kind == "break")
        and at + 1 < len(tokens)
        and tokens[at + 1].kind == "word"
        for at, token in enumerate(tokens)
    )


def _strip_value(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """Return a definition without the measured value at its end: `jumlah warung = 60 unit`."""
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


def _count_operations(expression: Expression) -> int:
    if not isinstance(expression, Operation):
        return 0
    return 1 + _count_operations(expression.left) + _count_operations(expression.right)


def _is_named(quantity: Quantity, names: set[str]) -> bool:
    return quantity.words in names or word_skeleton(quantity.words) in map(word_skeleton, names)


def _counted_quantity(words: str, counted: bool) -> Quantity:
    if not words:
        raise UnreadableError("a code without meaning")
    if counted and not is_counting_word(words.split()[0]):
        words = f"{reading_vocabulary().sum_word} {words}"
    return Quantity(words)


def _split_bracket(words: str) -> tuple[str, str]:
    before, _, rest = words.partition("(")
    return before.strip(), rest.rstrip(") ").strip()


def _bracketed_names(words: str) -> set[str]:
    before, inside = _split_bracket(words)
    return {name for name in (words, before, inside) if name}
