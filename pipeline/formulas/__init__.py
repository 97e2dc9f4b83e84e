"""Formulas: reading what decrees print, and comparing it with what definitions say.

>>> read("∑ desa lunas : ∑ desa x 100%").expression
'"jumlah desa lunas" / "jumlah desa" * 100%'
"""

from pipeline.formulas.comparing import Comparison, Verdict, compare, compare_printed
from pipeline.formulas.differences import Difference
from pipeline.formulas.expression import (
    Expression,
    FormulaError,
    Number,
    Operation,
    Quantity,
    computes,
    linear,
    parse,
    quantities,
)
from pipeline.formulas.reader import Reading, read
from pipeline.formulas.undivided import is_percentage, is_undivided

__all__ = [
    "Comparison",
    "Difference",
    "Expression",
    "FormulaError",
    "Number",
    "Operation",
    "Quantity",
    "Reading",
    "Verdict",
    "compare",
    "compare_printed",
    "computes",
    "is_percentage",
    "is_undivided",
    "linear",
    "parse",
    "quantities",
    "read",
]
