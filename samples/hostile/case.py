"""One hostile file: its content, and the required result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Case:
    """A file and the status that it must get."""

    name: str
    """Of the file; its ending may lie."""
    status: str
    """What reading it must come to: ``ok``, or why it gives no record."""
    why: str
    """What is odd about it, or why it gets that status."""
    make: Callable[[], bytes]
    indicators: int | None = None
    """Of an ``ok`` one: how many must be read."""
    unread: tuple[int, ...] = ()
    """Of an ``ok`` one: the pages that cannot be read; every other is."""
    password: str | None = None
    heavy: bool = False
    """Takes more than a few seconds, or tens of megabytes."""
