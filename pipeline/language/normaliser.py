"""Reading many names with the same other words in mind: what was mended once is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon
from pipeline.language.normal_form import MOST_WORDS, assemble_normal_form
from pipeline.language.steps.spelling_repair import RepairContext, repair_words
from pipeline.language.word_tokenizer import fold_text, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.language.normal_form import NormalForm
    from pipeline.language.word_tokenizer import WordForm

MAX_CACHED_FORMS = 50_000


class NameNormaliser:
    """``normalise`` with one context. Names that are mended to the same words are understood once."""

    def __init__(self, context: Iterable[str]) -> None:
        self._words = frozenset(context)
        self._heads = frozenset(load_lexicon().grammar.office.heads)
        self._reset_cache()

    def _reset_cache(self) -> None:
        self._context = RepairContext(self._words, spells=True)
        self._understood: dict[tuple[str, ...], NormalForm] = {}

    def normalise_exactly(self, text: str, kecamatan: str | None = None) -> NormalForm:
        """The normal form of a text, exactly as ``normalise`` gives it."""
        printed_words, repaired_words = self._repair_text(text)
        return assemble_normal_form(text, kecamatan or "", printed_words, repaired_words, self._context)

    def normalise_shared(self, text: str, kecamatan: str | None = None) -> NormalForm:
        """A normal form with the keys, roles and measures of ``read``, but perhaps another text's print.

        Where no office is named, only the mended words count, not how they were printed. A form with
        doubtful words is always the text's own.
        """
        printed_words, repaired_words = self._repair_text(text)
        forms = tuple([word.form for word in repaired_words])
        if kecamatan or not self._heads.isdisjoint(forms):
            return assemble_normal_form(text, kecamatan or "", printed_words, repaired_words, self._context)
        normal = self._understood.get(forms)
        if normal is None:
            normal = assemble_normal_form(text, "", printed_words, repaired_words, self._context)
            if normal.has_unknown_words:
                return normal
            if len(self._understood) >= MAX_CACHED_FORMS:
                self._reset_cache()
            self._understood[forms] = normal
        return normal

    def _repair_text(self, text: str) -> tuple[Sequence[WordForm], Sequence[WordForm]]:
        printed_words = split_words(fold_text(text))[:MOST_WORDS]
        return printed_words, repair_words(printed_words, self._context)
