"""What stands for the names and codes of a cell: definitions, equations, measured values."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.formulas.expression.linear_syntax import (
    MAX_OPERATIONS,
    Expression,
    Number,
    Operation,
    Quantity,
)
from pipeline.formulas.reading.formula_reading import Repair, UnreadableError
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.clauses import Clause, ClauseKind
from pipeline.formulas.reading.statements.statement_parser import (
    StatementReading,
    best_reading,
    parse_statement,
)
from pipeline.formulas.reading.structure.operand_parser import CODE_MARK
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_counting_word

_DOUBTFUL_DEFINITION = 0.6
"""A definition that reads as a doubtful calculation is words."""


@dataclass(slots=True, eq=False)
class Statement:
    """A clause that may state the formula; its tokens have codes and operators marked."""

    clause: Clause
    tokens: list[FormulaToken]
    repairs: tuple[Repair, ...]
    computes: bool
    readings: list[StatementReading] = field(default_factory=list)
    error: UnreadableError | None = None

    @property
    def reading(self) -> StatementReading:
        """The most trusted reading."""
        return best_reading(self.readings)

    def parse(self, text: str) -> None:
        """Read the statement, once."""
        if self.readings or self.error:
            return
        if _count_dashes(self.clause.tokens) > 1:
            raise UnreadableError("several formulas are listed")
        try:
            self.readings = parse_statement(
                self.tokens, text, named=self.clause.kind in {ClauseKind.DEFINITION, ClauseKind.EQUATION}
            )
        except UnreadableError as error:
            self.error = error


@dataclass(slots=True)
class Substitution:
    """The statements of a cell, what its codes mean, and the names of its measured values."""

    text: str
    meanings: dict[str, Clause | str] = field(default_factory=dict)
    """What stands behind each code: the clause that defines it, or its words."""
    values: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def expand(self, expression: Expression, active: tuple[Clause, ...] = ()) -> Expression:
        """Return the expression with what is defined in the place of codes and names.

        A name that its own definition uses (``active``) stays as it is.
        """
        if isinstance(expression, Operation):
            left = self.expand(expression.left, active)
            right = self.expand(expression.right, active)
            if _count_operations(left) + _count_operations(right) >= MAX_OPERATIONS:
                raise UnreadableError(f"more than {MAX_OPERATIONS} operations")
            return Operation(expression.operator, left, right)
        if not isinstance(expression, Quantity):
            return expression
        if expression.words.startswith(CODE_MARK):
            return self._expand_code(expression.words[1:], active)
        for statement in self.statements:
            clause = statement.clause
            if clause.kind is ClauseKind.EQUATION and clause not in active and self.names(clause, expression):
                statement.parse(self.text)
                if statement.readings and statement.reading.expression != expression:
                    return self.expand(statement.reading.expression, (*active, clause))
        return expression

    def _expand_code(self, key: str, active: tuple[Clause, ...]) -> Expression:
        """Return what a code stands for; `∑ A` counts what `A` is."""
        counted = key.startswith("∑")
        meaning = self.meanings[key.removeprefix("∑")]
        if isinstance(meaning, str):
            return _counted_quantity(meaning, counted)
        statement = next((entry for entry in self.statements if entry.clause is meaning), None)
        if statement is not None and statement.computes and meaning not in active:
            statement.parse(self.text)
            if statement.readings and statement.reading.confidence > _DOUBTFUL_DEFINITION:
                return self.expand(statement.reading.expression, (*active, meaning))
        return _counted_quantity(self.words(meaning.tokens), counted)

    def words(self, tokens: list[FormulaToken]) -> str:
        """Return the words of a definition, without the measured value behind them."""
        end = len(tokens)
        for at, token in enumerate(tokens):
            is_value = at + 1 < len(tokens) and tokens[at + 1].kind == "number"
            if token.text == "=" or (token.text == ":" and is_value):
                end = at
                break
        if not end:
            return ""
        printed = self.text[tokens[0].start : tokens[end - 1].end]
        words = printed.replace("∑", f" {reading_vocabulary().sum_word} ").replace('"', "")
        return " ".join(words.lower().split()).strip(" .,;:")

    def names(self, clause: Clause, quantity: Quantity) -> bool:
        """Return whether a quantity is the name on the left side of an equation."""
        if clause.kind is not ClauseKind.EQUATION:
            return False
        if clause.key:
            names = {CODE_MARK + clause.key, clause.key.lower()}
        else:
            words = self.words(clause.name)
            before, _, inside = words.partition("(")
            names = {words, before.strip(), inside.rstrip(") ").strip()} - {""}
        return quantity.words in names or word_skeleton(quantity.words) in map(word_skeleton, names)

    def name_values(self, expression: Expression) -> Expression:
        """Return a calculation in measured values with the names of what was measured."""
        if isinstance(expression, Operation):
            left, right = self.name_values(expression.left), self.name_values(expression.right)
            return Operation(expression.operator, left, right)
        if isinstance(expression, Number) and not expression.percent:
            words = self.values.get(f"{expression.value:f}")
            return Quantity(words) if words else expression
        return expression


def _count_dashes(tokens: list[FormulaToken]) -> int:
    """Return how many lines begin with a dash and a word: the items of a list."""
    return sum(
        token.text in {"-", "–"}
        and (at == 0 or tokens[at - 1].kind == "break")
        and at + 1 < len(tokens)
        and tokens[at + 1].kind == "word"
        for at, token in enumerate(tokens)
    )


def _count_operations(expression: Expression) -> int:
    if not isinstance(expression, Operation):
        return 0
    return 1 + _count_operations(expression.left) + _count_operations(expression.right)


def _counted_quantity(words: str, counted: bool) -> Quantity:
    if not words:
        raise UnreadableError("a code without meaning")
    if counted and not is_counting_word(words.split()[0]):
        words = f"{reading_vocabulary().sum_word} {words}"
    return Quantity(words)
