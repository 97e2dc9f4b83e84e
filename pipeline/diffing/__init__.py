"""Two decrees of one kecamatan: what the later one changes (question 1.b.6 of PermenPANRB 88/2021)."""

from pipeline.diffing.changes import DecreeDiff, FieldChange, IndicatorChange, diff
from pipeline.diffing.inputs import InputError, decrees_of
from pipeline.diffing.whose import Kinship, kinship, told

__all__ = [
    "DecreeDiff",
    "FieldChange",
    "IndicatorChange",
    "InputError",
    "Kinship",
    "decrees_of",
    "diff",
    "kinship",
    "told",
]
