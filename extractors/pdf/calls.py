"""Drawings that call drawings: how many times in all, before a viewer follows the calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pdfminer.pdftypes import PDFStream, resolve1

MOST_CALLS = 20_000
"""Of one page. A map made of stamped symbols has some thousand."""

DEEPEST = 40
"""Levels: viewers follow no more."""

_CALL = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![A-Za-z])")


def calls_without_end(contents: Iterable[object], resources: object) -> bool:
    """Does a page call more drawings than any page has, each call of a drawing's own drawings counted?"""
    level: Counter[int] = Counter()
    streams: dict[int, PDFStream] = {}
    made: dict[int, Counter[int]] = {}
    for part in contents:
        level.update(_called(resolve1(part), resources, streams))
    total = 0
    for _ in range(DEEPEST):
        total += level.total()
        if total > MOST_CALLS:
            return True
        following: Counter[int] = Counter()
        for key, times in level.items():
            if key not in made:
                stream = streams[key]
                made[key] = Counter(_called(stream, stream.get("Resources", resources), streams))
            for called, each in made[key].items():
                following[called] += each * times
        if not following:
            return False
        level = following
    return False


def _called(stream: object, resources: object, streams: dict[int, PDFStream]) -> Iterator[int]:
    """The drawings that a stream calls, once for each call."""
    entries = resolve1(resources)
    known = resolve1(entries.get("XObject")) if isinstance(entries, dict) else None
    if not isinstance(stream, PDFStream) or not isinstance(known, dict):
        return
    for name in _CALL.findall(stream.get_data()):
        found = resolve1(known.get(name.decode("latin-1")))
        if isinstance(found, PDFStream) and getattr(resolve1(found.get("Subtype")), "name", "") == "Form":
            key = found.objid if found.objid is not None else id(found)
            streams[key] = found
            yield key
