"""Read one file of the corpus and report the result, in a worker process of the tests."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from samples.hostile import cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractors.model.record import Decree
    from samples.hostile.case import Case


@lru_cache(maxsize=1)
def known() -> dict[str, Case]:
    """Return every case by its name."""
    results = {case.name: case for case in cases()}
    if len(results) != sum(1 for _ in cases()):
        raise ValueError("Two hostile files have one name.")
    return results


def tried(name: str) -> dict[str, Any]:
    """Return status, message and remedy of a file; for a readable one its indicators and unread pages.

    ``work`` are the seconds that this process worked on it, however busy the machine.
    """
    from pipeline import read_decree  # that it is loaded is no work on this file

    case = known()[name]
    data = case.make()
    start = time.process_time()
    results = _outcome(case, data, read_decree.read_bytes)
    return {**results, "work": time.process_time() - start}


def _outcome(case: Case, data: bytes, read: Callable[[bytes, str, str | None], Decree]) -> dict[str, Any]:
    from extractors.errors import ReadError

    try:
        decree = read(data, case.name, case.password)
    except ReadError as error:
        return {"status": str(error.status), "message": error.message, "remedy": error.remedy}
    unread = [note.message for note in decree.notes if note.code == "page-unread"]
    return {
        "status": "ok",
        "indicators": sum(len(holder.indicators) for holder in decree.holders),
        "unread": tuple(int(message.split()[1]) for message in unread),
    }
