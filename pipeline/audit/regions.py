"""Names and codes of regions in printed text, compared with the decree's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

OCR_LIKE = 80
"""Likeness (0–100) from which another spelling of a name is OCR or a variant, and no other region."""
NAME_WORDS = 4
"""A region's name has at most so many words."""

_CODE = re.compile(r"(?<![\d.])\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?(?![\d.])")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\S")


def codes(text: str) -> list[str]:
    """Kemendagri codes of a kecamatan (``35.07.27``) in a text; office codes such as ``427.12`` are none."""
    return [code[:8] for code in _CODE.findall(text)]


def other_names(text: str, title: str, own: str) -> Iterator[str]:
    """Names that stand behind ``title`` in the text and are not the decree's own, as printed.

    A name is what follows in capitals; running text in lower case (*kecamatan setempat*) is no name, and
    neither is a word of the table ``name_enders``.
    """
    folded_own = fold(own)
    for found in re.finditer(rf"(?<![^\W_]){re.escape(title)}\s+", text, re.IGNORECASE):
        name = _name(text[found.end() : found.end() + 120])
        folded = fold(name)
        if not folded or folded.startswith(folded_own) or folded_own.startswith(folded):
            continue
        # Only as much as the own name is long: what follows it may still be capitals.
        if max(fuzz.ratio(folded[: len(folded_own)], folded_own), fuzz.ratio(folded, folded_own)) < OCR_LIKE:
            yield f"{found.group().strip()} {name}"


def _name(rest: str) -> str:
    words: list[str] = []
    enders = lexicon()["name_enders"]
    for word in _WORD.findall(rest)[:NAME_WORDS]:
        if not word[0].isupper() or enders.is_word(word):
            break
        words.append(word)
    return " ".join(words)


def fold(name: str) -> str:
    """A region's name without blanks and marks, in lower case."""
    return re.sub(r"[\W_]", "", name).casefold()
