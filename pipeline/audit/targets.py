"""S rules on targets: a figure for each year, within what its measure allows, moving the right way."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, spot
from pipeline.audit.lexicon import lexicon
from pipeline.audit.telling import phrase
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context

WHOLE = 100
"""A share is no more than so many percent."""

_FIGURE = re.compile(r"-?\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\.(?=\d{3}(?:\D|$))")


@dataclass(frozen=True)
class Aim:
    """The target of one year as a figure."""

    year: int
    value: float


def figure(text: str) -> float | None:
    """The first figure of a printed target, in Indonesian notation; None where there is none.

    >>> figure("87,5 %"), figure("1.250"), figure("baik")
    (87.5, 1250.0, None)
    """
    found = _FIGURE.search(text)
    if found is None:
        return None
    plain = _THOUSANDS.sub("", found.group()).replace(",", ".")
    try:
        return float(plain)
    except ValueError:  # several commas: no figure that anybody can read
        return None


def given(value: str) -> bool:
    """Whether a target cell says anything: a dash or dots are none."""
    return any(character.isalnum() for character in value)


def aims(case: Case) -> list[Aim]:
    """The targets of an indicator that have a year and a figure, by year."""
    found = [(t.year, figure(t.value)) for t in case.mention.indicator.targets]
    return [
        Aim(year, value)
        for year, value in sorted((y, v) for y, v in found if y is not None and v is not None)
    ]


def falls_well(case: Case) -> bool | None:
    """Whether less is better: as a column says, else by what is counted; None where nothing tells.

    *Jumlah gangguan* should fall, *Persentase gangguan yang diselesaikan* should rise: behind what is bad no
    participle may follow that mends it.
    """
    table, indicator = lexicon(), case.mention.indicator
    for header, value in indicator.extra.items():
        if table["polarity_headers"].holds(header) and value.strip():
            return (
                True
                if table["polarity_low"].holds(value)
                else False
                if table["polarity_high"].holds(value)
                else None
            )
    if table["lowering"].begins(indicator.objective or "") and table["counts"].begins(indicator.name):
        return not _mended(indicator.name)
    if table["unwanted"].holds(indicator.name):
        return None if _mended(indicator.name) else True
    return None


def _mended(name: str) -> bool:
    return any(t.analysis is not None and t.analysis.voice == "passive" for t in normalise(name).tokens)


def not_numeric(context: Context) -> Iterator[Hit]:
    """S015: a target in words where the measure is a figure."""
    for case in context.cases:
        if lexicon()["graded"].holds(case.mention.name) or lexicon()["graded"].holds(
            case.mention.indicator.unit or ""
        ):
            continue
        for index, target in enumerate(case.mention.indicator.targets):
            if given(target.value) and figure(target.value) is None:
                yield _hit(case, f"targets/{index}", target.value, value=target.value)


def wrong_way(context: Context) -> Iterator[Hit]:
    """S016: targets that move against what is better."""
    for case in context.cases:
        found, low = aims(case), falls_well(case)
        steps = [b.value - a.value for a, b in itertools.pairwise(found)]
        falling, rising = any(step < 0 for step in steps), any(step > 0 for step in steps)
        if (falling and not low) or (rising and low):
            key = "targets-rise" if low else "targets-fall"
            printed = "; ".join(f"{aim.year}: {_shown(aim.value)}" for aim in found)
            yield _hit(case, "targets", printed, key, targets=printed)


def out_of_range(context: Context) -> Iterator[Hit]:
    """S017: a share over the whole or below nothing, a count that is no whole number.

    Growth and realisation may well pass the whole; a mean of counts may be broken.
    """
    for case in context.cases:
        for index, target in enumerate(case.mention.indicator.targets):
            value = figure(target.value)
            why = _impossible(case, value) if value is not None else ""
            if why:
                yield _hit(case, f"targets/{index}", target.value, why, value=target.value)


def _impossible(case: Case, value: float) -> str:
    """Why an indicator cannot reach a value, as a key of the phrases; empty where it can."""
    table, name = lexicon(), case.mention.name
    if case.is_percentage and not table["beyond_whole"].holds(name) and not 0 <= value <= WHOLE:
        return "target-share"
    counted = table["counts"].begins(name) and not table["percentages"].holds(
        case.mention.indicator.unit or ""
    )
    if counted and table["countable"].holds(name) and (value < 0 or value != int(value)):
        return "target-count"
    return ""


def outside_period(context: Context) -> Iterator[Hit]:
    """S018: a target of a year that the decree's period does not hold; the year before it is a baseline."""
    for case in context.cases:
        period = case.mention.decree.period
        for index, target in enumerate(case.mention.indicator.targets):
            if (
                period
                and target.year
                and given(target.value)
                and not period.start - 1 <= target.year <= period.end
            ):
                values = {"year": str(target.year), "period": f"{period.start}–{period.end}"}
                yield _hit(case, f"targets/{index}", target.value, **values)


def _shown(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _hit(case: Case, field: str, quote: str, way: str = "", **values: str) -> Hit:
    told = {"name": case.mention.name, **values}
    if way:
        told |= {"way_id": phrase(way).id, "way_en": phrase(way).en}
    return Hit((spot(case, field, quote),), told, case.level, case.origin)


RULES = {"S015": not_numeric, "S016": wrong_way, "S017": out_of_range, "S018": outside_period}
