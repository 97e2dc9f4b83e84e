"""Reading many names with the same other words in mind: what was repaired once is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon
from pipeline.language.normal_form import MOST_WORDS, assemble_normal_form
from pipeline.language.steps.name_brackets import OPENING_SIGNS, learn_abbreviations
from pipeline.language.steps.spelling_repair import RepairContext, repair_words
from pipeline.language.word_tokenizer import WordForm, fold_text, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.language.normal_form import NormalForm

MAX_CACHED_FORMS = 50_000


class NameNormaliser:
    """``normalise`` with one context. Names that are repaired to the same words are understood once.

    ``names`` are all texts that may tell by their brackets what an abbreviation stands for.
    """

    def __init__(self, context: Iterable[str], names: Iterable[str] = ()) -> None:
        self._words = frozenset(context)
        bracketed_names = (
            split_words(fold_text(name)) for name in names if not OPENING_SIGNS.isdisjoint(name)
        )
        self._abbreviations = learn_abbreviations(bracketed_names)
        self._heads = frozenset(load_lexicon().grammar.office.heads)
        self._reset_cache()

    def _reset_cache(self) -> None:
        self._context = RepairContext(self._words, spells=True)
        self._understood: dict[tuple[str, ...], NormalForm] = {}

    def normalise_exactly(self, text: str, kecamatan: str | None = None) -> NormalForm:
        """Return the normal form of a text, exactly as ``normalise`` gives it."""
        printed_words, repaired_words = self._repair_text(text)
        return assemble_normal_form(text, kecamatan or "", printed_words, repaired_words, self._context)

    def normalise_shared(self, text: str, kecamatan: str | None = None) -> NormalForm:
        """A normal form with the keys, roles and measures of ``read``, but perhaps another text's print.

        Where no office is named, only the repaired words count, not how they were printed. A form with
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
        if self._abbreviations:
            printed_words = tuple(self._write_out(printed_words))
        return printed_words, repair_words(printed_words, self._context)

    def _write_out(self, words: Iterable[WordForm]) -> Iterator[WordForm]:
        """Yield the words, those of its expansion for each abbreviation that the names explain."""
        for word in words:
            for form in self._abbreviations.get(word.form, (word.form,)):
                yield WordForm(word.printed, form)
