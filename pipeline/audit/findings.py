"""Running the rules: every hit becomes a finding with its texts, its severity and its cause."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.assessment import Cause, Finding, Place, Scope, VariantEntry, Wording
from pipeline.audit import (
    between,
    consistency,
    content,
    copied,
    dates,
    definitions,
    formula_sense,
    formula_variants,
    formulas,
    identity,
    language,
    legal,
    ocr,
    region_codes,
    relevance,
    structure,
    targets,
    tasks,
    units,
)
from pipeline.audit.context import UNDIVIDED, unread
from pipeline.audit.rulebook import basis, chosen, rulebook
from pipeline.audit.telling import day_told
from pipeline.mention import document_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractors.record import Decree, Provenance
    from pipeline.audit.context import Context, Hit, Spot
    from pipeline.audit.rulebook import Rule

    Check = Callable[[Context], Iterator[Hit]]

QUOTE_LENGTH = 400
"""Characters of a quote, in its place as within a text; the pointer leads to the rest."""
LISTED_LENGTH = 2000
"""Characters of several texts that a finding sets side by side."""
SCOPES: tuple[Scope, ...] = ("document", "regency", "all")
"""What rules must know to judge."""
FINGERPRINT = 16
"""Hexadecimal digits of a fingerprint."""


@cache
def checks() -> dict[str, Check]:
    """The function of each rule by code. The rule book and the functions must match, each way."""
    found: dict[str, Check] = {}
    for module in (
        formulas,
        formula_sense,
        definitions,
        units,
        consistency,
        formula_variants,
        between,
        identity,
        copied,
        dates,
        region_codes,
        structure,
        content,
        targets,
        legal,
        relevance,
        language,
        tasks,
        ocr,
    ):
        twice = found.keys() & module.RULES.keys()
        if twice:
            raise ValueError(f"{module.__name__}: {sorted(twice)} stand twice")
        found |= module.RULES
    if found.keys() != rulebook().keys():
        raise ValueError(f"rules without function or text: {sorted(found.keys() ^ rulebook().keys())}")
    return dict(sorted(found.items()))


def audit(
    context: Context, scopes: Iterable[Scope] = SCOPES, known: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """All findings of a build, in the order of its documents, then by place and code; none stands twice.

    Of a part of a build, only rules of some ``scopes`` are asked; ``known`` are findings of the others.
    """
    order = {document_id(decree): index for index, decree in enumerate(context.decrees)}
    asked = frozenset(scopes)
    found = {finding.id: finding for finding in known}
    for code, check in checks().items():
        if rulebook()[code].scope not in asked:
            continue
        for hit in merged(check(context)):
            finding = _finding(rulebook()[code], hit)
            found.setdefault(finding.id, finding)
    return tuple(
        sorted(
            found.values(), key=lambda f: (order[f.place.document], natural(f.place.pointer), f.code, f.id)
        )
    )


def merged(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits that say and quote the same of one holder as one: a merged cell is filled down over its rows."""
    groups: dict[tuple[object, ...], list[Hit]] = {}
    for number, hit in enumerate(hits):
        place = hit.spots[0]
        cell = _MERGED_CELL.match(place.pointer)
        said = {key: value for key, value in hit.values.items() if key not in ("name", "proposal")}
        same = (
            (cell.group(1), place.quote, *sorted(said.items()))
            if cell and place.quote and not hit.variants
            else (number,)
        )
        groups.setdefault((id(place.decree), *same), []).append(hit)
    for first, *rest in groups.values():
        yield replace(first, spots=(*first.spots, *(spot for hit in rest for spot in hit.spots)))


def natural(pointer: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which item 10 comes after item 9."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in pointer.split("/"))


def _finding(rule: Rule, hit: Hit) -> Finding:
    place, *related = (_place(spot) for spot in hit.spots)
    place.marks.extend(_marks(place.quote, hit))
    identity_text = "\n".join([rule.code, place.document, place.pointer, *sorted(hit.values.values())])
    return Finding(
        id=f"{rule.code}-{_digest(identity_text)}",
        fingerprint=_fingerprint(rule.code, hit),
        code=rule.code,
        name=rule.name,
        severity=chosen(rule.severity, hit.grade, "staff"),
        cause=_cause(rule, hit),
        place=place,
        related=related,
        variants=[
            VariantEntry(text=text, documents=list(dict.fromkeys(map(document_id, decrees))))
            for text, decrees in hit.variants
        ],
        title=rule.title,
        message=_filled(rule.message, hit),
        expected=_filled(rule.expected, hit),
        recommendation=_filled(rule.recommendation, hit),
        basis=[*rule.basis, *(basis()[key] for key in hit.law)],
    )


def _cause(rule: Rule, hit: Hit) -> Cause:
    """No fault is the decree's for sure where OCR may have lost the sign that divides.

    Nor is an absence where a page was not read: in the decree itself, or in one that it was held against.
    """
    if hit.circumstance == UNDIVIDED:
        return "uncertain"
    cause = chosen(rule.cause, hit.circumstance, "digital")
    if cause == "decree_fault" and rule.absence and any(unread(spot.decree) for spot in hit.spots):
        return "uncertain"
    return cause


def _marks(quote: str, hit: Hit) -> list[str]:
    """Words of the quote that the finding tells, but for the values that repeat a whole field."""
    told = {
        value for key, value in hit.values.items() if key not in _WHOLE and not key.endswith(("_id", "_en"))
    }
    whole = " ".join(quote.split()).casefold()
    found = {" ".join(value.split()) for value in told if value.strip()}
    return sorted(value for value in found if value.casefold() in whole and value.casefold() != whole)


# Values that repeat a field, or that are no words of the quote.
_WHOLE = frozenset(
    {"name", "formula", "reading", "proposal", "text", "count", "holder", "regency", "variants"}
)


def _fingerprint(code: str, hit: Hit) -> str:
    """Of the rule, the decree's identity, the place and the text: another print or build has the same."""
    parts = [code, *(f"{key}={value}" for key, value in sorted(hit.values.items()))]
    for spot in hit.spots:
        decree = spot.decree
        period = f"{decree.period.start}-{decree.period.end}" if decree.period else ""
        parts += [decree.regency or "", decree.kecamatan or "", decree.kind, period, str(decree.year or "")]
        parts += [spot.pointer, " ".join(spot.quote.split())]
    return _digest("\n".join(parts), FINGERPRINT)


def _digest(text: str, digits: int = 10) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


# Cells that a table may merge over several indicators, and the entries of lists in them.
_MERGED_CELL = re.compile(r"(/holders/\d+)/indicators/\d+/(?:objective|data_sources|responsible)")
# Values that set several texts side by side, or tell of them in words of each language.
_LISTS = ("variants", "_id", "_en")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _filled(wording: Wording, hit: Hit) -> Wording:
    """The texts with their placeholders filled; printed braces in the values stay as they are.

    A date is told in words, and a text longer than a quote is cut.
    """

    def fill(text: str, language: str) -> str:
        return _PLACEHOLDER.sub(lambda m: value(m[1], language), text)

    def value(name: str, language: str) -> str:
        told: str = getattr(day_told(hit.values[name]), language)
        return _quoted(told, LISTED_LENGTH if name.endswith(_LISTS) else QUOTE_LENGTH)

    return Wording(id=fill(wording.id, "id"), en=fill(wording.en, "en"))


def _quoted(text: str, most: int = QUOTE_LENGTH) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _place(spot: Spot) -> Place:
    return Place(
        document=document_id(spot.decree),
        pointer=spot.pointer,
        quote=_quoted(spot.quote),
        provenance=_provenance(spot.decree, spot.pointer),
    )


def _provenance(decree: Decree, pointer: str) -> Provenance | None:
    """Where the field was read; of an empty one its indicator's name, else its holder's."""
    path = pointer
    while path:
        for candidate in (path, f"{path}/raw", f"{path}/0", f"{path}/name"):
            if candidate in decree.provenance:
                return decree.provenance[candidate]
        path = path.rpartition("/")[0]
    return None
