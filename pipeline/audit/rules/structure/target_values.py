"""S rules on targets: a figure for each year, within what its measure allows, moving the right way."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.polarity import read_polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MAX_SHARE = 100
"""A share is no more than so many percent."""

_FIGURE = re.compile(r"-?\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\.(?=\d{3}(?:\D|$))")


@dataclass(frozen=True)
class YearlyTarget:
    """The target of one year as a figure."""

    year: int
    value: float


def parse_figure(text: str) -> float | None:
    """The first figure of a printed target, in Indonesian notation; None where there is none.

    >>> figure("87,5 %"), figure("1.250"), figure("baik")
    (87.5, 1250.0, None)
    """
    match = _FIGURE.search(text)
    if match is None:
        return None
    plain = _THOUSANDS.sub("", match.group()).replace(",", ".")
    try:
        return float(plain)
    except ValueError:  # several commas: no figure that anybody can read
        return None


def is_filled(value: str) -> bool:
    """Whether a target cell says anything: a dash or dots are none."""
    return any(character.isalnum() for character in value)


def yearly_targets(case: AuditedIndicator) -> list[YearlyTarget]:
    """The targets of an indicator that have a year and a figure, by year."""
    figures_by_year = [(t.year, parse_figure(t.value)) for t in case.mention.indicator.targets]
    return [
        YearlyTarget(year, value)
        for year, value in sorted((y, v) for y, v in figures_by_year if y is not None and v is not None)
    ]


def not_numeric(context: AuditContext) -> Iterator[Violation]:
    """S015: a target in words where the measure is a figure."""
    for case in context.cases:
        if load_lexicon().graded.occurs_in(case.mention.name) or load_lexicon().graded.occurs_in(
            case.mention.indicator.unit or ""
        ):
            continue
        for index, target in enumerate(case.mention.indicator.targets):
            if is_filled(target.value) and parse_figure(target.value) is None:
                yield _make_violation(case, f"targets/{index}", target.value, value=target.value)


def wrong_way(context: AuditContext) -> Iterator[Violation]:
    """S016: targets that move against what is better."""
    for case in context.cases:
        year_targets, polarity = yearly_targets(case), read_polarity(case)
        steps = [b.value - a.value for a, b in itertools.pairwise(year_targets)]
        falling, rising = any(step < 0 for step in steps), any(step > 0 for step in steps)
        if (falling and polarity == "higher") or (rising and polarity == "lower"):
            key = "targets-rise" if polarity == "lower" else "targets-fall"
            target_text = "; ".join(f"{aim.year}: {_format_figure(aim.value)}" for aim in year_targets)
            yield _make_violation(case, "targets", target_text, key, targets=target_text)


def below_baseline(context: AuditContext) -> Iterator[Violation]:
    """S038: a target that is worse than the baseline that the decree prints beside it."""
    for case in context.cases:
        baseline, year_targets, polarity = read_baseline(case), yearly_targets(case), read_polarity(case)
        if baseline is None or polarity is None or not year_targets:
            continue
        worse = [
            aim
            for aim in year_targets
            if (aim.value < baseline if polarity == "higher" else aim.value > baseline)
        ]
        if worse:
            texts = "; ".join(f"{aim.year}: {_format_figure(aim.value)}" for aim in worse)
            key = "below-baseline" if polarity == "higher" else "above-baseline"
            yield _make_violation(
                case, "targets", texts, key, targets=texts, baseline=_format_figure(baseline)
            )


def read_baseline(case: AuditedIndicator) -> float | None:
    """Return the figure of the column that prints where the indicator stands; None without one."""
    if case.mention.indicator.baseline is not None:
        return parse_figure(case.mention.indicator.baseline.value)
    for header, value in case.mention.indicator.extra.items():
        if load_lexicon().baseline_headers.occurs_in(header):
            return parse_figure(value)
    return None


def out_of_range(context: AuditContext) -> Iterator[Violation]:
    """S017: a share over the whole or below nothing, a count that is no whole number.

    Growth and realisation may well pass the whole; a mean of counts may be broken.
    """
    for case in context.cases:
        for index, target in enumerate(case.mention.indicator.targets):
            value = parse_figure(target.value)
            reason_key = _impossible_reason(case, value) if value is not None else ""
            if reason_key:
                yield _make_violation(case, f"targets/{index}", target.value, reason_key, value=target.value)


def _impossible_reason(case: AuditedIndicator, value: float) -> str:
    """Why an indicator cannot reach a value, as a key of the phrases; empty where it can."""
    table, name = load_lexicon(), case.mention.name
    if case.is_percentage and not table.beyond_whole.occurs_in(name) and not 0 <= value <= MAX_SHARE:
        return "target-share"
    is_count = table.counts.match_start(name) and not table.percentages.occurs_in(
        case.mention.indicator.unit or ""
    )
    if is_count and table.countable.occurs_in(name) and (value < 0 or value != int(value)):
        return "target-count"
    return ""


def outside_period(context: AuditContext) -> Iterator[Violation]:
    """S018: a target of a year that the decree's period does not hold; the year before it is a baseline."""
    for case in context.cases:
        period = case.mention.decree.period
        for index, target in enumerate(case.mention.indicator.targets):
            if (
                period
                and target.year
                and is_filled(target.value)
                and not period.start - 1 <= target.year <= period.end
            ):
                values = {"year": str(target.year), "period": f"{period.start}–{period.end}"}
                yield _make_violation(case, f"targets/{index}", target.value, **values)


def _format_figure(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _make_violation(
    case: AuditedIndicator, field: str, quote: str, phrase_key: str = "", **values: str
) -> Violation:
    text_values = {"name": case.mention.name, **values}
    if phrase_key:
        text_values |= {"way_id": format_phrase(phrase_key).id, "way_en": format_phrase(phrase_key).en}
    return Violation((indicator_location(case, field, quote),), text_values, case.level, case.origin)


RULES = {
    "S015": not_numeric,
    "S016": wrong_way,
    "S017": out_of_range,
    "S018": outside_period,
    "S038": below_baseline,
}
