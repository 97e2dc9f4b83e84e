"""Computing: a definition's formula evaluated on each kecamatan's figures, with its steps and doubts."""

from pipeline.calculation.evaluate_formula import ComputedValue, compute_definition
from pipeline.calculation.tabular_data import DataError, FigureTable, load_figures

__all__ = ["ComputedValue", "DataError", "FigureTable", "compute_definition", "load_figures"]
