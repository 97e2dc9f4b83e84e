"""The rule book: code, severity, cause and texts of each rule, from ``rules/*.yaml``."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from extractors.record import Model
from pipeline.assessment import BasisEntry, Cause, Scope, Severity, Wording
from pipeline.audit.lexicon import load

V = TypeVar("V", bound=str)
FAMILIES = ("formulas", "consistency", "identity", "structure", "ocr")
"""Files of the rule book, one a family: F, K, I, S, O."""


class Rule(Model):
    """One rule as data; what it looks for is a function of the same code."""

    code: str
    """Stable code, family letter and three digits."""
    name: str
    """Kind of finding; several rules may find the same kind in different fields."""
    scope: Scope
    """What must be known to judge: one document, the documents of a regency, or all."""
    absence: bool = False
    """It says that something is not there: nobody's fault where it may stand on a page that was not read."""
    criteria: tuple[str, ...] = ()
    """Criteria of the evaluators' worksheet, or parts of the adoption, that a finding fails."""
    severity: Severity | dict[str, Severity]
    """One for all, or by grade: agency, head, officer, staff, or what the rule itself grades by."""
    cause: Cause | dict[str, Cause]
    """One for all, or by the circumstance that the rule names (digital, ocr, damaged, …)."""
    title: Wording
    """The rule in a few words."""
    message: Wording
    """What was found and why it matters, with placeholders."""
    expected: Wording
    """What was expected, with placeholders."""
    recommendation: Wording
    """What to do."""
    basis: list[BasisEntry]
    """What it rests on."""
    grounds: tuple[str, ...] = ()
    """Keys of grounds that only some of its findings rest on, for its page."""


@cache
def basis() -> dict[str, BasisEntry]:
    """Regulations and reasons that rules rest on, by key."""
    return {key: BasisEntry(**entry) for key, entry in load("rules/basis.yaml").items()}


@cache
def rulebook() -> dict[str, Rule]:
    """All rules by code. A table that names an unknown basis or field, or a code twice, is refused."""
    book: dict[str, Rule] = {}
    for family in FAMILIES:
        for code, entry in load(f"rules/{family}.yaml").items():
            if code in book:
                raise ValueError(f"rules/{family}.yaml: {code} stands twice")
            grounds = [basis()[key] for key in entry.pop("basis")]
            book[code] = Rule(code=code, basis=grounds, **entry)
    return book


def chosen(value: V | dict[str, V], key: str, fallback: str) -> V:
    """The value for a key; where the table knows it not, the fallback's; a plain value stands for all."""
    if not isinstance(value, dict):
        return value
    return value.get(key, value.get(fallback, next(iter(value.values()))))
