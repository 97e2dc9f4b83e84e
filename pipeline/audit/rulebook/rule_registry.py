"""The rule book: code, severity, cause and texts of each rule, from ``rules/*.yaml``."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from extractors.model.record import StrictModel
from pipeline.audit.core.audit_lexicon import load_audit_table
from pipeline.models.findings import BasisEntry, Cause, Scope, Severity, Wording

ChoiceT = TypeVar("ChoiceT", bound=str)
FAMILY_FOLDERS = ("formula", "consistency", "identity", "structure", "ocr")
"""Folders of the rules, one for each family: F, K, I, S, O."""


class Rule(StrictModel):
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
def load_basis() -> dict[str, BasisEntry]:
    """Regulations and reasons that rules rest on, by key."""
    return {key: BasisEntry(**entry) for key, entry in load_audit_table("rulebook/basis.yaml").items()}


@cache
def load_rulebook() -> dict[str, Rule]:
    """All rules by code. A table that names an unknown basis or field, or a code twice, is refused."""
    book: dict[str, Rule] = {}
    for family in FAMILY_FOLDERS:
        for code, entry in load_audit_table(f"rules/{family}/texts.yaml").items():
            if code in book:
                raise ValueError(f"rules/{family}/texts.yaml: {code} stands twice")
            grounds = [load_basis()[key] for key in entry.pop("basis")]
            book[code] = Rule(code=code, basis=grounds, **entry)
    return book


def choose_value(value: ChoiceT | dict[str, ChoiceT], key: str, fallback: str) -> ChoiceT:
    """The value for a key; where the table knows it not, the fallback's; a plain value stands for all."""
    if not isinstance(value, dict):
        return value
    return value.get(key, value.get(fallback, next(iter(value.values()))))
