"""The page of each rule, from ``rules/FAMILY/pages.yaml``: what, why, limits, an example.

An example says what is changed in an otherwise sound decree. It is shown as a decree prints it, and the tests
run the very same.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import RootModel

from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.model.record import StrictModel
from pipeline.audit.rulebook.rule_registry import FAMILY_FOLDERS, Rule, load_basis, load_rulebook
from pipeline.models.findings import BasisEntry, Cause, RuleEntry, RuleExample, Severity, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExampleDecree(StrictModel):
    """What an example changes in a sound decree."""

    decree: dict[str, Any] = {}  # noqa: RUF012 - Pydantic copies defaults
    """Fields of the decree."""
    holder: dict[str, Any] = {}  # noqa: RUF012
    """Fields of its only holder."""
    indicator: dict[str, Any] | None = None
    """Fields of its only indicator."""
    indicators: list[dict[str, Any]] = []  # noqa: RUF012
    """Fields of each of several indicators."""
    holders: list[dict[str, Any]] = []  # noqa: RUF012
    """Fields of each of several holders, with their ``indicators``."""
    origin: str = "digital"
    """Where the text comes from."""
    confidence: dict[str, float] = {}  # noqa: RUF012
    """Confidence of readings by pointer."""


class PageExample(TableModel):
    """The example of a page as its table writes it: one decree, or several."""

    bad: ExampleDecree | list[ExampleDecree]
    good: ExampleDecree | list[ExampleDecree]


class PageRow(TableModel):
    """A page as its table writes it."""

    explanation: Wording
    why: Wording | str
    """The text, or the key of a shared one."""
    limits: Wording | str
    """The text, or the key of a shared one."""
    example: PageExample


class PageTable(RootModel[dict[str, PageRow]]):
    """The pages of a family by code."""


class PageWords(TableModel):
    """Headings and words of a page in one language."""

    kind: str
    severity: str
    cause: str
    scope: str
    explanation: str
    why: str
    limits: str
    bad: str
    good: str
    recommendation: str
    basis: str
    severities: dict[str, str]
    causes: dict[str, str]
    scopes: dict[str, str]
    evidence: dict[str, str]
    head: str = ""


class SharedTextTable(TableModel):
    """Texts that many pages share."""

    why: dict[str, Wording]
    limits: dict[str, Wording]
    labels: dict[str, str]
    empty: str
    page: dict[str, PageWords]


class RulePage(StrictModel):
    """What a page says beside the rule."""

    explanation: Wording
    why: Wording
    limits: Wording
    bad: list[ExampleDecree]
    """Decrees in which the rule finds something."""
    good: list[ExampleDecree]
    """Decrees in which it finds nothing."""


@cache
def _shared_texts() -> SharedTextTable:
    return load_table(__package__, "shared_page_texts.yaml", SharedTextTable)


@cache
def load_rule_pages() -> dict[str, RulePage]:
    """Return all pages by code.

    Raises:
        ConfigError: a table does not fit the model.
        ValueError: a rule has no page, or a page no rule.
    """
    pages_by_code: dict[str, RulePage] = {}
    for family in FAMILY_FOLDERS:
        for code, row in load_table(f"pipeline.audit.rules.{family}", "pages.yaml", PageTable).root.items():
            pages_by_code[code] = RulePage(
                explanation=row.explanation,
                why=_shared_texts().why[row.why] if isinstance(row.why, str) else row.why,
                limits=_shared_texts().limits[row.limits] if isinstance(row.limits, str) else row.limits,
                bad=_example_decrees(row.example.bad),
                good=_example_decrees(row.example.good),
            )
    if pages_by_code.keys() != load_rulebook().keys():
        unmatched = sorted(pages_by_code.keys() ^ load_rulebook().keys())
        raise ValueError(f"rules without page, or pages without rule: {unmatched}")
    return pages_by_code


def _example_decrees(entry: ExampleDecree | list[ExampleDecree]) -> list[ExampleDecree]:
    return entry if isinstance(entry, list) else [entry]


@cache
def rule_entry(code: str) -> RuleEntry:
    """The page of a rule as the catalogue and the command line show it. KeyError for an unknown code."""
    rule, page = load_rulebook()[code], load_rule_pages()[code]
    return RuleEntry(
        code=code,
        name=rule.name,
        family=code[0],
        scope=rule.scope,
        severities=_sort_values(rule.severity, get_args(Severity)),
        causes=_sort_values(rule.cause, get_args(Cause)),
        title=rule.title,
        explanation=page.explanation,
        why=page.why,
        limits=page.limits,
        example=RuleExample(bad=format_example(page.bad), good=format_example(page.good)),
        recommendation=rule.recommendation,
        basis=rule.basis or _grounds_basis(rule),
    )


def _grounds_basis(rule: Rule) -> list[BasisEntry]:
    """Grounds that a rule names only beside what it finds."""
    return [load_basis()[key] for key in rule.grounds]


def _sort_values(value: str | Mapping[str, str], order: tuple[str, ...]) -> list[Any]:
    values = {value} if isinstance(value, str) else set(value.values())
    return [item for item in order if item in values]


def format_example(decrees: list[ExampleDecree]) -> str:
    """An example as lines of label and text; several decrees stand apart by a blank line."""
    return "\n\n".join(
        "\n".join(_example_lines(decree)) or _shared_texts().labels["name"] + ": …" for decree in decrees
    )


def _example_lines(example: ExampleDecree) -> list[str]:
    lines = []
    if example.origin != "digital":
        lines.append(f"{_field_label('origin')}: {example.origin}")
    lines += _field_lines(example.decree)
    for holder in example.holders or [example.holder]:
        lines += _field_lines(
            {key: value for key, value in holder.items() if key != "indicators"}, {"name": "type"}
        )
        for indicator in holder.get("indicators", ()):
            lines += _field_lines(indicator)
    for indicator in example.indicators or ([example.indicator] if example.indicator else []):
        lines += _field_lines(indicator)
    return [*lines, *(f"{_field_label('confidence')}: {value:.0%}" for value in example.confidence.values())]


def _field_lines(fields: dict[str, Any], label_keys: dict[str, str] | None = None) -> list[str]:
    return [
        f"{_field_label((label_keys or {}).get(key, key))}: {_value_text(value)}"
        for key, value in fields.items()
    ]


def _field_label(key: str) -> str:
    return _shared_texts().labels[key]


def _value_text(value: Any) -> str:
    """A value as a decree prints it."""
    if value is None or value == []:
        return _shared_texts().empty
    if isinstance(value, list):
        return "; ".join(map(_value_text, value))
    if isinstance(value, dict):
        if "year" in value:
            return f"{value['year']}: {value['value']}"
        if "start" in value:
            return f"{value['start']}–{value['end']}"
        return ", ".join(text for part in value.values() if (text := _value_text(part)))
    return str(value)


def page_words(language: str) -> PageWords:
    """Return the headings and words of a page in one language."""
    return _shared_texts().page[language]
