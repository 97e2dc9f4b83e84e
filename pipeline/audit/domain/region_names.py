"""Names and codes of regions in printed text, compared with the decree's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.core.audit_lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_OCR_SIMILARITY = 80
"""Likeness (0–100) from which another spelling of a name is OCR or a variant, and no other region."""
MIN_CASED_LETTERS, MIN_LOWER_SHARE = 4, 0.6
"""Letters of a word whose case tells something, and the share of lower case in running text."""
MAX_NAME_WORDS = 4
"""A region's name has at most so many words."""

_CODE = re.compile(r"(?<![\d.])\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?(?![\d.])")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\S")


def find_region_codes(text: str) -> list[str]:
    """Kemendagri codes of a kecamatan (``35.07.27``) in a text; office codes such as ``427.12`` are none."""
    return [code[:8] for code in _CODE.findall(text)]


def find_foreign_names(text: str, title: str, own_name: str) -> Iterator[str]:
    """Names that stand behind ``title`` in the text and are not the decree's own, as printed.

    A name is what follows in capitals; running text in lower case (*kecamatan setempat*) is no name, and
    neither is a word of the table ``name_enders``.
    """
    folded_own = fold_region_name(own_name)
    for match in re.finditer(rf"(?<![^\W_]){re.escape(title)}\s+", text, re.IGNORECASE):
        name = _leading_name(text[match.end() : match.end() + 120])
        folded = fold_region_name(name)
        if not folded or folded.startswith(folded_own) or folded_own.startswith(folded):
            continue
        # Only as much as the own name is long: what follows it may still be capitals.
        if (
            max(fuzz.ratio(folded[: len(folded_own)], folded_own), fuzz.ratio(folded, folded_own))
            < MIN_OCR_SIMILARITY
        ):
            yield f"{match.group().strip()} {name}"


def _leading_name(following_text: str) -> str:
    words: list[str] = []
    enders = load_lexicon().name_enders
    for word in _WORD.findall(following_text)[:MAX_NAME_WORDS]:
        if not word[0].isupper() or enders.is_entry(word):
            break
        words.append(word)
    return " ".join(words)


def is_running_text(text: str) -> bool:
    """Return whether a text is mostly in lower case, so that a capital in it begins a name."""
    words = [word for word in _WORD.findall(text) if len(word) >= MIN_CASED_LETTERS]
    lower_words = [word for word in words if word.islower()]
    return bool(words) and len(lower_words) >= MIN_LOWER_SHARE * len(words)


def fold_region_name(name: str) -> str:
    """A region's name without blanks and marks, in lower case."""
    return re.sub(r"[\W_]", "", name).casefold()
