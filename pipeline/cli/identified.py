"""Definitions that are given by their ids, in the place of a formula."""

from __future__ import annotations

import re
from functools import cache

_ID = re.compile(r"[a-z][a-z0-9_]*")
LIKE = 60
"""Likeness (0-100) from which an id is worth suggesting."""
SUGGESTED = 3
"""So many ids at most."""


class IdError(ValueError):
    """An id that gives no formula; the message says why."""


def formula_of(definition: str) -> str:
    """The formula of a definition that is given by its id; any other text as it stands.

    One word in lower case may be an id as well as a quantity; several that are joined by ``_`` are an id.

    Raises:
        IdError: no definition has the id, or the one that has it has no formula.
    """
    if _ID.fullmatch(definition) is None:
        return definition
    known = _formulas()
    if definition in known:
        formula, reason = known[definition]
        if formula is None:
            raise IdError(f"{definition} has no formula; its definition says: “{reason}”")
        return formula
    if "_" not in definition:
        return definition
    near = _nearest(definition, known)
    meant = f"; nearest: {', '.join(near)}" if near else ""
    raise IdError(f"no definition has the id {definition}{meant}")


def _nearest(name: str, known: dict[str, tuple[str | None, str | None]]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(name, sorted(known), scorer=fuzz.ratio, score_cutoff=LIKE, limit=SUGGESTED)
    return [id_ for id_, _, _ in found]


@cache
def _formulas() -> dict[str, tuple[str | None, str | None]]:
    """The formula of each reviewed definition, or why it has none, by id."""
    from pipeline import linking

    return {found.id: (found.formula, found.formula_reason) for found in linking.load()}
