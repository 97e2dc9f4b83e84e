"""Formulas: reading what decrees print, and comparing it with what definitions say.

>>> read("∑ desa lunas : ∑ desa x 100%").expression
'"jumlah desa lunas" / "jumlah desa" * 100%'
"""

from pipeline.errors import FormulaError
from pipeline.formulas.comparison.formula_comparison import (
    FormulaComparison,
    Verdict,
    compare_formulas,
    compare_printed_formula,
)
from pipeline.formulas.comparison.formula_differences import FormulaDifference
from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Number,
    Operation,
    Quantity,
    format_expression,
    is_calculation,
    iter_quantities,
    parse_expression,
)
from pipeline.formulas.reading.describe_reading import describe_trace
from pipeline.formulas.reading.formula_reader import ReadingTrace, read_formula, trace_formula
from pipeline.formulas.reading.formula_reading import FormulaReading, Omission, OmissionKind, Repair
from pipeline.formulas.reading.lost_division import is_percentage, is_undivided

__all__ = [
    "Expression",
    "FormulaComparison",
    "FormulaDifference",
    "FormulaError",
    "FormulaReading",
    "Number",
    "Omission",
    "OmissionKind",
    "Operation",
    "Quantity",
    "ReadingTrace",
    "Repair",
    "Verdict",
    "compare_formulas",
    "compare_printed_formula",
    "describe_trace",
    "format_expression",
    "is_calculation",
    "is_percentage",
    "is_undivided",
    "iter_quantities",
    "parse_expression",
    "read_formula",
    "trace_formula",
]
