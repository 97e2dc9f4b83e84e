"""Reading many names with the same other words in mind: what was mended once is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.words.fold import fold, split
from pipeline.words.normal import MOST_WORDS, form_of
from pipeline.words.repair import Context, mend
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.words.fold import Word
    from pipeline.words.normal import Normal

MOST_KEPT = 50_000


class Reader:
    """``normalise`` with one context. Names that are mended to the same words are understood once."""

    def __init__(self, context: Iterable[str]) -> None:
        self._words = frozenset(context)
        self._heads = frozenset(tables().grammar["office"]["heads"])
        self._forget()

    def _forget(self) -> None:
        self._context = Context(self._words)
        self._understood: dict[tuple[str, ...], Normal] = {}

    def read(self, text: str, kecamatan: str | None = None) -> Normal:
        """The normal form of a text, exactly as ``normalise`` gives it."""
        printed, mended = self._mended(text)
        return form_of(text, kecamatan or "", printed, mended, self._context)

    def understood(self, text: str, kecamatan: str | None = None) -> Normal:
        """A normal form with the keys, roles and measures of ``read``, but perhaps another text's print.

        Where no office is named, only the mended words count, not how they were printed. A form with
        doubtful words is always the text's own.
        """
        printed, mended = self._mended(text)
        forms = tuple([word.form for word in mended])
        if kecamatan or not self._heads.isdisjoint(forms):
            return form_of(text, kecamatan or "", printed, mended, self._context)
        known = self._understood.get(forms)
        if known is None:
            known = form_of(text, "", printed, mended, self._context)
            if known.doubtful:
                return known
            if len(self._understood) >= MOST_KEPT:
                self._forget()
            self._understood[forms] = known
        return known

    def _mended(self, text: str) -> tuple[Sequence[Word], Sequence[Word]]:
        printed = split(fold(text))[:MOST_WORDS]
        return printed, mend(printed, self._context)
