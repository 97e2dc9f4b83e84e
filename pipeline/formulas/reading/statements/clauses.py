"""What a cell is made of: clauses, and where one begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken


class ClauseKind(Enum):
    """What a clause is."""

    STATEMENT = "statement"
    DEFINITION = "definition"
    EQUATION = "equation"
    VALUE = "value"
    NOTE = "footnote"
    TARGET = "target"


class ClauseStart(NamedTuple):
    """Where a clause begins: its kind, the code or the tokens of its name, and its first token."""

    kind: ClauseKind
    body: int
    key: str = ""
    listed: bool = False
    sentence: bool = False
    label: str = ""
    """`formula` or `explanation` where a label opens it."""


@dataclass(slots=True, eq=False)
class Clause:
    """One clause: its tokens without its name; `printed` with it."""

    kind: ClauseKind
    tokens: list[FormulaToken]
    printed: list[FormulaToken]
    key: str = ""
    name: list[FormulaToken] = field(default_factory=list)
    listed: bool = False
    sentence: bool = False
    labelled: bool = False
    explained: bool = False
