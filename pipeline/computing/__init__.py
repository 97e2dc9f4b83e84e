"""Computing: a definition's formula evaluated on each kecamatan's figures, with its steps and doubts."""

from pipeline.computing.evaluate import Result, computed
from pipeline.computing.figures import DataError, Figures, load_figures

__all__ = ["DataError", "Figures", "Result", "computed", "load_figures"]
