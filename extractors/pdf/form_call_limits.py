"""Drawings that call drawings: how many times in all, before a viewer follows the calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pdfminer.pdftypes import PDFStream, resolve1

MOST_FORM_CALLS = 20_000
"""Of one page. A map made of stamped symbols has some thousand."""

DEEPEST_NESTING = 40
"""Levels: viewers follow no more."""

_FORM_CALL = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![A-Za-z])")


def has_excessive_form_calls(contents: Iterable[object], resources: object) -> bool:
    """Does a page call more drawings than any page has, each call of a drawing's own drawings counted?"""
    level: Counter[int] = Counter()
    streams: dict[int, PDFStream] = {}
    calls_by_form: dict[int, Counter[int]] = {}
    for part in contents:
        level.update(_called_forms(resolve1(part), resources, streams))
    total = 0
    for _ in range(DEEPEST_NESTING):
        total += level.total()
        if total > MOST_FORM_CALLS:
            return True
        next_level: Counter[int] = Counter()
        for key, times in level.items():
            if key not in calls_by_form:
                stream = streams[key]
                calls_by_form[key] = Counter(
                    _called_forms(stream, stream.get("Resources", resources), streams)
                )
            for form, count in calls_by_form[key].items():
                next_level[form] += count * times
        if not next_level:
            return False
        level = next_level
    return False


def _called_forms(stream: object, resources: object, streams: dict[int, PDFStream]) -> Iterator[int]:
    """Yield the drawings that a stream calls, once for each call."""
    entries = resolve1(resources)
    xobjects = resolve1(entries.get("XObject")) if isinstance(entries, dict) else None
    if not isinstance(stream, PDFStream) or not isinstance(xobjects, dict):
        return
    for name in _FORM_CALL.findall(stream.get_data()):
        xobject = resolve1(xobjects.get(name.decode("latin-1")))
        if isinstance(xobject, PDFStream) and getattr(resolve1(xobject.get("Subtype")), "name", "") == "Form":
            key = xobject.objid if xobject.objid is not None else id(xobject)
            streams[key] = xobject
            yield key
