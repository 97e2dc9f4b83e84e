"""Texts of a page's data, each held once: what repeats from finding to finding costs a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.catalogue import Wording

MAX_TEXT_LENGTH = 1600
"""Characters of one text; what is longer (two hundred kecamatan side by side) is cut with a sign."""


class StringTable:
    """Texts and pairs of texts (Indonesian, English), by number."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], int] = {}

    def text_number(self, text: str | None) -> int | None:
        """The number of a text; None where there is none."""
        if not text:
            return None
        return self._texts.setdefault(clip_text(text), len(self._texts))

    def text_numbers(self, texts: Iterable[str]) -> list[int]:
        """The numbers of several texts."""
        return [number for text in texts if (number := self.text_number(text)) is not None]

    def pair_number(self, wording: Wording | None) -> int | None:
        """The number of a text in both languages."""
        if wording is None:
            return None
        first, second = self.text_number(wording.id or wording.en), self.text_number(wording.en or wording.id)
        if first is None or second is None:
            return None
        return self._pairs.setdefault((first, second), len(self._pairs))

    def to_dict(self) -> dict[str, Any]:
        """Both tables as plain data."""
        return {"texts": list(self._texts), "pairs": [list(pair) for pair in self._pairs]}


def compact_rows(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Rows of the same keys, the keys said once."""
    keys = list(rows[0]) if rows else []
    return {"keys": keys, "rows": [[row[key] for key in keys] for row in rows]}


def clip_text(text: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """The text, cut with a sign where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
