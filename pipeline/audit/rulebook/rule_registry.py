"""The rule book: code, severity, cause and texts of each rule, from ``rules/*.yaml``."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from pydantic import RootModel

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.models.findings import BasisEntry, Cause, Scope, Severity, Wording

ChoiceT = TypeVar("ChoiceT", bound=str)
FAMILY_FOLDERS = ("formula", "consistency", "identity", "structure", "ocr")
"""Folders of the rules, one for each family: F, K, I, S, O."""


class RuleFields(TableModel):
    """What the table of a family says of a rule; what the rule looks for is a function of the same code."""

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
    grounds: tuple[str, ...] = ()
    """Keys of grounds that only some of its findings rest on, for its page."""


class RuleRow(RuleFields):
    """A rule as its table writes it."""

    basis: tuple[str, ...]
    """Keys of what it rests on."""


class Rule(RuleFields):
    """One rule as data."""

    code: str
    """Stable code, family letter and three digits."""
    basis: list[BasisEntry]
    """What it rests on."""


class BasisTable(RootModel[dict[str, BasisEntry]]):
    """Regulations and reasons by key."""


class RuleTable(RootModel[dict[str, RuleRow]]):
    """The rules of a family by code."""


@cache
def load_basis() -> dict[str, BasisEntry]:
    """Return the regulations and reasons that rules rest on, by key."""
    return load_table(__package__, "basis.yaml", BasisTable).root


@cache
def load_rulebook() -> dict[str, Rule]:
    """Return all rules by code.

    Raises:
        ConfigError: a table does not fit the model.
        ValueError: two families give one code, or a rule names an unknown basis.
    """
    book: dict[str, Rule] = {}
    for family in FAMILY_FOLDERS:
        for code, row in load_table(f"pipeline.audit.rules.{family}", "texts.yaml", RuleTable).root.items():
            unknown = {*row.basis, *row.grounds} - load_basis().keys()
            if code in book or unknown:
                raise ValueError(
                    f"rules/{family}/texts.yaml: {code} stands twice, or rests on {sorted(unknown)}"
                )
            fields = {name: getattr(row, name) for name in RuleFields.model_fields}
            book[code] = Rule(code=code, basis=[load_basis()[key] for key in row.basis], **fields)
    return book


def choose_value(value: ChoiceT | dict[str, ChoiceT], key: str, fallback: str) -> ChoiceT:
    """The value for a key; where the table knows it not, the fallback's; a plain value stands for all."""
    if not isinstance(value, dict):
        return value
    return value.get(key, value.get(fallback, next(iter(value.values()))))
