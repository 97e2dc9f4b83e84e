"""Evaluate a definition's formula on the figures of each kecamatan, with its steps and problems."""

from pipeline.calculation.evaluate_formula import ComputedValue, compute_definition
from pipeline.calculation.find_definition import find_definition
from pipeline.calculation.tabular_data import FigureTable, load_figures

__all__ = ["ComputedValue", "FigureTable", "compute_definition", "find_definition", "load_figures"]
