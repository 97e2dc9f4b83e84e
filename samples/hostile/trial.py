"""Reads one file of the corpus and tells what became of it: what a worker process does for the tests."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from samples.hostile import cases

if TYPE_CHECKING:
    from samples.hostile.case import Case


@lru_cache(maxsize=1)
def known() -> dict[str, Case]:
    """Every case by its name."""
    found = {case.name: case for case in cases()}
    if len(found) != sum(1 for _ in cases()):
        raise ValueError("Two hostile files have one name.")
    return found


def tried(name: str) -> dict[str, Any]:
    """Status, message and mend of a file; of one that is read its indicators and the pages that are not."""
    from extractors.errors import ReadError
    from pipeline.reading import read_bytes

    case = known()[name]
    try:
        decree = read_bytes(case.make(), case.name, case.password)
    except ReadError as error:
        return {"status": str(error.status), "message": error.message, "mend": error.mend}
    unread = [note.message for note in decree.notes if note.code == "page-unread"]
    return {
        "status": "ok",
        "indicators": sum(len(holder.indicators) for holder in decree.holders),
        "unread": tuple(int(message.split()[1]) for message in unread),
    }
