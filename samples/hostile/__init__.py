"""Hostile files as they occur in archives: truncated, locked, empty, disguised, malicious.

``python -m samples.hostile FOLDER`` writes them all; each has the status that it must get, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.hostile.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Case", "cases"]


def cases() -> Iterator[Case]:
    """Yield every file of the corpus, by kind."""
    from samples.hostile import (
        bombs,
        boxes,
        contents,
        cut,
        extras,
        fakes,
        fonts,
        locks,
        office_cases,
        pictures,
        structure,
        texts,
    )

    for kind in (
        structure, extras, boxes, contents, fonts, bombs, locks, cut, fakes, pictures, texts, office_cases,
    ):  # fmt: skip
        yield from kind.CASES
