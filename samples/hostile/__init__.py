"""Files that archives hold and nobody should have to expect: torn, locked, empty, disguised, made to harm.

A script makes them all (``python -m samples.hostile FOLDER``); each knows the status that it must get and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.hostile.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Case", "cases"]


def cases() -> Iterator[Case]:
    """Every file of the corpus, by kind."""
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
