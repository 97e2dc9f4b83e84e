"""Words: the normal form of names and quantities, and how two of them agree word by word.

>>> align("Persentase desa lunas PBB", "Prosentase desa yang telah lunas Pajak Bumi & Bangunan").same
True
"""

from pipeline.words.align import Alignment, align, align_again, align_normals, same_measure
from pipeline.words.fold import key_text
from pipeline.words.normal import Normal, Step, normalise, vocabulary
from pipeline.words.roles import Token

__all__ = [
    "Alignment",
    "Normal",
    "Step",
    "Token",
    "align",
    "align_again",
    "align_normals",
    "key_text",
    "normalise",
    "same_measure",
    "vocabulary",
]
