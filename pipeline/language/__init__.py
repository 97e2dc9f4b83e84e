"""Words: the normal form of names and quantities, and how two of them agree word by word.

>>> align("Persentase desa lunas PBB", "Prosentase desa yang telah lunas Pajak Bumi & Bangunan").same
True
"""

from pipeline.language.alignment.align import (
    Alignment,
    align_names,
    align_normal_forms,
    measures_agree,
)
from pipeline.language.normal_form import NormalForm, NormalisationStep, normalise_text, text_vocabulary
from pipeline.language.steps.token_roles import NameToken
from pipeline.language.word_tokenizer import key_text

__all__ = [
    "Alignment",
    "NameToken",
    "NormalForm",
    "NormalisationStep",
    "align_names",
    "align_normal_forms",
    "key_text",
    "measures_agree",
    "normalise_text",
    "text_vocabulary",
]
