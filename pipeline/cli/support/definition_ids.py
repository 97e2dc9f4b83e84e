"""Definitions that are given by their ids, in the place of a formula."""

from __future__ import annotations

import re
from functools import cache

from pipeline.errors import FormulaError

_ID_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
SUGGESTION_THRESHOLD = 60
"""Likeness (0-100) from which an id is worth suggesting."""
MOST_SUGGESTIONS = 3
"""So many ids at most."""


def resolve_formula(definition: str) -> str:
    """The formula of a definition that is given by its id; any other text as it stands.

    One word in lower case may be an id as well as a quantity; several that are joined by ``_`` are an id.

    Raises:
        FormulaError: no definition has the id, or the one that has it has no formula.
    """
    if _ID_PATTERN.fullmatch(definition) is None:
        return definition
    formulas = _formulas_by_id()
    if definition in formulas:
        formula, reason = formulas[definition]
        if formula is None:
            raise FormulaError(f"{definition} has no formula; its definition says: “{reason}”")
        return formula
    if "_" not in definition:
        return definition
    nearest_ids = _nearest_ids(definition, formulas)
    suggestion = f"; nearest: {', '.join(nearest_ids)}" if nearest_ids else ""
    raise FormulaError(f"no definition has the id {definition}{suggestion}")


def _nearest_ids(name: str, formulas: dict[str, tuple[str | None, str | None]]) -> list[str]:
    from rapidfuzz import fuzz, process

    matches = process.extract(
        name, sorted(formulas), scorer=fuzz.ratio, score_cutoff=SUGGESTION_THRESHOLD, limit=MOST_SUGGESTIONS
    )
    return [id_ for id_, _, _ in matches]


@cache
def _formulas_by_id() -> dict[str, tuple[str | None, str | None]]:
    """The formula of each reviewed definition, or why it has none, by id."""
    from pipeline import linking

    return {entry.id: (entry.formula, entry.formula_reason) for entry in linking.load_definitions()}
