"""Compare two decrees of one kecamatan: what the later one changes (question 1.b.6, PermenPANRB 88/2021)."""

from pipeline.compare_decrees.decree_changes import DecreeDiff, FieldChange, IndicatorChange, diff_decrees
from pipeline.compare_decrees.load_decrees import load_decrees
from pipeline.compare_decrees.same_kecamatan import KecamatanRelation, compare_kecamatan, describe_owner

__all__ = [
    "DecreeDiff",
    "FieldChange",
    "IndicatorChange",
    "KecamatanRelation",
    "compare_kecamatan",
    "describe_owner",
    "diff_decrees",
    "load_decrees",
]
