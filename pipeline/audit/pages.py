"""The page of each rule, from ``rules/pages/*.yaml`` beside the rule book: what, why, limits, an example.

An example says what is changed in an otherwise sound decree. It is shown as a decree prints it, and the tests
run the very same.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from extractors.record import Model
from pipeline.assessment import BasisEntry, Cause, RuleEntry, RuleExample, Severity, Wording
from pipeline.audit.lexicon import load
from pipeline.audit.rulebook import FAMILIES, Rule, basis, rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExampleDecree(Model):
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


class Page(Model):
    """What a page says beside the rule."""

    explanation: Wording
    why: Wording
    limits: Wording
    bad: list[ExampleDecree]
    """Decrees in which the rule finds something."""
    good: list[ExampleDecree]
    """Decrees in which it finds nothing."""


@cache
def _shared() -> dict[str, Any]:
    table: dict[str, Any] = load("rules/pages/shared.yaml")
    return table


@cache
def pages() -> dict[str, Page]:
    """All pages by code. The rule book and the pages must match, each way."""
    found: dict[str, Page] = {}
    for family in FAMILIES:
        for code, entry in load(f"rules/pages/{family}.yaml").items():
            found[code] = Page(
                explanation=entry["explanation"],
                why=_wording("why", entry["why"]),
                limits=_wording("limits", entry["limits"]),
                bad=_decrees(entry["example"]["bad"]),
                good=_decrees(entry["example"]["good"]),
            )
    if found.keys() != rulebook().keys():
        raise ValueError(
            f"rules without page, or pages without rule: {sorted(found.keys() ^ rulebook().keys())}"
        )
    return found


def _wording(kind: str, entry: str | dict[str, str]) -> Wording:
    return Wording(**(_shared()[kind][entry] if isinstance(entry, str) else entry))


def _decrees(entry: Any) -> list[ExampleDecree]:
    return [ExampleDecree(**one) for one in (entry if isinstance(entry, list) else [entry])]


@cache
def rule_entry(code: str) -> RuleEntry:
    """The page of a rule as the catalogue and the command line show it. KeyError for an unknown code."""
    rule, page = rulebook()[code], pages()[code]
    return RuleEntry(
        code=code,
        name=rule.name,
        family=code[0],
        scope=rule.scope,
        severities=_in_order(rule.severity, get_args(Severity)),
        causes=_in_order(rule.cause, get_args(Cause)),
        title=rule.title,
        explanation=page.explanation,
        why=page.why,
        limits=page.limits,
        example=RuleExample(bad=shown(page.bad), good=shown(page.good)),
        recommendation=rule.recommendation,
        basis=rule.basis or _grounds(rule),
    )


def _grounds(rule: Rule) -> list[BasisEntry]:
    """Grounds that a rule names only beside what it finds."""
    return [basis()[key] for key in rule.grounds]


def _in_order(value: str | Mapping[str, str], order: tuple[str, ...]) -> list[Any]:
    held = {value} if isinstance(value, str) else set(value.values())
    return [one for one in order if one in held]


def shown(decrees: list[ExampleDecree]) -> str:
    """An example as lines of label and text; several decrees stand apart by a blank line."""
    return "\n\n".join("\n".join(_lines(decree)) or _shared()["labels"]["name"] + ": …" for decree in decrees)


def _lines(one: ExampleDecree) -> list[str]:
    lines = []
    if one.origin != "digital":
        lines.append(f"{_label('origin')}: {one.origin}")
    lines += _fields(one.decree)
    for holder in one.holders or [one.holder]:
        lines += _fields(
            {key: value for key, value in holder.items() if key != "indicators"}, {"name": "type"}
        )
        for indicator in holder.get("indicators", ()):
            lines += _fields(indicator)
    for indicator in one.indicators or ([one.indicator] if one.indicator else []):
        lines += _fields(indicator)
    return [*lines, *(f"{_label('confidence')}: {value:.0%}" for value in one.confidence.values())]


def _fields(fields: dict[str, Any], other: dict[str, str] | None = None) -> list[str]:
    return [f"{_label((other or {}).get(key, key))}: {_text(value)}" for key, value in fields.items()]


def _label(key: str) -> str:
    return str(_shared()["labels"][key])


def _text(value: Any) -> str:
    """A value as a decree prints it."""
    if value is None or value == []:
        return str(_shared()["empty"])
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        if "year" in value:
            return f"{value['year']}: {value['value']}"
        if "start" in value:
            return f"{value['start']}–{value['end']}"
        return ", ".join(text for part in value.values() if (text := _text(part)))
    return str(value)


def page_words(language: str) -> dict[str, Any]:
    """Headings and words of a page in one language."""
    words: dict[str, Any] = _shared()["page"][language]
    return words
