"""Table of the texts in a page's data: a repeated text costs only its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.catalogue import Wording

MAX_TEXT_LENGTH = 1600
"""Characters of one text; a longer one (the names of two hundred kecamatan) is cut with a mark."""


class StringTable:
    """Texts and pairs of texts (Indonesian, English), by number."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], int] = {}

    def text_number(self, text: str | None) -> int | None:
        """Return the number of a text; None if it is empty."""
        if not text:
            return None
        return self._texts.setdefault(clip_text(text), len(self._texts))

    def text_numbers(self, texts: Iterable[str]) -> list[int]:
        """Return the numbers of several texts."""
        return [number for text in texts if (number := self.text_number(text)) is not None]

    def pair_number(self, wording: Wording | None) -> int | None:
        """Return the number of a text in both languages."""
        if wording is None:
            return None
        first, second = self.text_number(wording.id or wording.en), self.text_number(wording.en or wording.id)
        if first is None or second is None:
            return None
        return self._pairs.setdefault((first, second), len(self._pairs))

    def to_dict(self) -> dict[str, Any]:
        """Return both tables as plain data."""
        return {"texts": list(self._texts), "pairs": [list(pair) for pair in self._pairs]}


def compact_rows(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return rows with the same keys as one list of keys and lists of values."""
    keys = list(rows[0]) if rows else []
    return {"keys": keys, "rows": [[row[key] for key in keys] for row in rows]}


def clip_text(text: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """Return the text, cut with a mark if it is too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
