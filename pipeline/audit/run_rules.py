"""Running the rules: every hit becomes a finding with its texts, its severity and its cause."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import LOST_DIVISION, is_corrected, unread_spans
from pipeline.audit.domain.messages import format_date
from pipeline.audit.rulebook.rule_registry import choose_value, load_basis, load_rulebook
from pipeline.audit.rules.consistency import (
    cascading,
    entry_variants,
    field_variants,
    formula_variants,
    goal_variants,
    plan_documents,
    replaced_decrees,
)
from pipeline.audit.rules.formula import against_definition, against_unit, formula_faults, formula_semantics
from pipeline.audit.rules.identity import (
    adoption_date,
    cited_decrees,
    decree_identity,
    foreign_region,
    region_codes,
)
from pipeline.audit.rules.ocr import suspected_damage
from pipeline.audit.rules.structure import (
    annex,
    contradicting_fields,
    field_content,
    legal_basis,
    relevance,
    required_fields,
    statutory_tasks,
    target_values,
)
from pipeline.audit.rules.structure import style as language
from pipeline.models.findings import Cause, Finding, Place, Scope, VariantEntry, Wording
from pipeline.models.mention import document_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractors.model.record import Decree, Provenance
    from pipeline.audit.core.audit_context import AuditContext, Location, Violation
    from pipeline.audit.rulebook.rule_registry import Rule

    RuleCheck = Callable[[AuditContext], Iterator[Violation]]

QUOTE_LENGTH = 400
"""Characters of a quote, in its place as within a text; the pointer leads to the rest."""
LISTED_LENGTH = 2000
"""Characters of several texts that a finding sets side by side."""
SCOPES: tuple[Scope, ...] = ("document", "regency", "all")
"""What rules must know to judge."""
DAMAGE_FAMILY = "O"
"""Rules on suspected OCR damage: there is none left where a person says what is printed."""
FINGERPRINT_DIGITS = 16
"""Hexadecimal digits of a fingerprint."""


@cache
def load_checks() -> dict[str, RuleCheck]:
    """The function of each rule by code. The rule book and the functions must match, each way."""
    checks_by_code: dict[str, RuleCheck] = {}
    for module in (
        formula_faults,
        formula_semantics,
        against_definition,
        against_unit,
        cascading,
        formula_variants,
        field_variants,
        entry_variants,
        goal_variants,
        replaced_decrees,
        plan_documents,
        decree_identity,
        cited_decrees,
        foreign_region,
        adoption_date,
        region_codes,
        required_fields,
        field_content,
        target_values,
        legal_basis,
        relevance,
        language,
        statutory_tasks,
        annex,
        contradicting_fields,
        suspected_damage,
    ):
        duplicates = checks_by_code.keys() & module.RULES.keys()
        if duplicates:
            raise ValueError(f"{module.__name__}: {sorted(duplicates)} stand twice")
        checks_by_code |= module.RULES
    if checks_by_code.keys() != load_rulebook().keys():
        raise ValueError(
            f"rules without function or text: {sorted(checks_by_code.keys() ^ load_rulebook().keys())}"
        )
    return dict(sorted(checks_by_code.items()))


def audit_decrees(
    context: AuditContext, scopes: Iterable[Scope] = SCOPES, earlier_findings: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """All findings of a build, in the order of its documents, then by place and code; none stands twice.

    Of a part of a build, only rules of some ``scopes`` are asked; ``known`` are findings of the others.
    """
    order = {document_id(decree): index for index, decree in enumerate(context.decrees)}
    asked_scopes = frozenset(scopes)
    findings_by_id = {finding.id: finding for finding in earlier_findings}
    for code, check in load_checks().items():
        if load_rulebook()[code].scope not in asked_scopes:
            continue
        rule = load_rulebook()[code]
        for hit in merge_violations(check(context)):
            if rule.kinds and hit.locations[0].decree.kind not in rule.kinds:
                continue
            if code.startswith(DAMAGE_FAMILY) and _is_at_correction(hit):
                continue
            finding = _build_finding(rule, hit)
            findings_by_id.setdefault(finding.id, finding)
    return tuple(
        sorted(
            findings_by_id.values(),
            key=lambda f: (order[f.place.document], natural_sort_key(f.place.pointer), f.code, f.id),
        )
    )


def merge_violations(hits: Iterable[Violation]) -> Iterator[Violation]:
    """Hits that say and quote the same of one holder as one: a merged cell is filled down over its rows."""
    groups: dict[tuple[object, ...], list[Violation]] = {}
    for number, hit in enumerate(hits):
        place = hit.locations[0]
        cell = _MERGED_CELL.match(place.pointer)
        distinct_values = {key: value for key, value in hit.values.items() if key not in ("name", "proposal")}
        group_key = (
            (cell.group(1), place.quote, *sorted(distinct_values.items()))
            if cell and place.quote and not hit.variants
            else (number,)
        )
        groups.setdefault((id(place.decree), *group_key), []).append(hit)
    for first_hit, *other_hits in groups.values():
        yield replace(
            first_hit,
            locations=(*first_hit.locations, *(location for hit in other_hits for location in hit.locations)),
        )


def natural_sort_key(pointer: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which item 10 comes after item 9."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in pointer.split("/"))


def _build_finding(rule: Rule, hit: Violation) -> Finding:
    place, *related = (_build_place(location) for location in hit.locations)
    place.marks.extend(_marked_words(place.quote, hit))
    identity_text = "\n".join([rule.code, place.document, place.pointer, *sorted(hit.values.values())])
    return Finding(
        id=f"{rule.code}-{_hex_digest(identity_text)}",
        fingerprint=_compute_fingerprint(rule.code, hit),
        code=rule.code,
        name=rule.name,
        severity=choose_value(rule.severity, hit.grade, "staff"),
        cause=_choose_cause(rule, hit),
        place=place,
        related=related,
        variants=[
            VariantEntry(text=text, documents=list(dict.fromkeys(map(document_id, decrees))))
            for text, decrees in hit.variants
        ],
        title=rule.title,
        message=_fill_wording(rule.message, hit),
        expected=_fill_wording(rule.expected, hit),
        recommendation=_fill_wording(rule.recommendation, hit),
        basis=[*rule.basis, *(load_basis()[key] for key in hit.law)],
    )


def _choose_cause(rule: Rule, hit: Violation) -> Cause:
    """What a person has corrected is the decree's own.

    No other fault is for sure where OCR may have lost the sign that divides; nor is an absence where a page
    was not read: in the decree itself, or in one that it was held against.
    """
    if _is_at_correction(hit):
        return "decree_fault"
    if hit.circumstance == LOST_DIVISION:
        return "uncertain"
    cause = choose_value(rule.cause, hit.circumstance, "digital")
    if (
        cause == "decree_fault"
        and rule.absence
        and any(unread_spans(location.decree) for location in hit.locations)
    ):
        return "uncertain"
    return cause


def _is_at_correction(hit: Violation) -> bool:
    return is_corrected(hit.locations[0].decree, hit.locations[0].pointer)


def _marked_words(quote: str, hit: Violation) -> list[str]:
    """Words of the quote that the finding tells, but for the values that repeat a whole field."""
    quoted_values = {
        value
        for key, value in hit.values.items()
        if key not in _WHOLE_FIELD_VALUES and not key.endswith(("_id", "_en"))
    }
    quote_text = " ".join(quote.split()).casefold()
    phrases = {" ".join(value.split()) for value in quoted_values if value.strip()}
    return sorted(
        value for value in phrases if value.casefold() in quote_text and value.casefold() != quote_text
    )


# Values that repeat a field, or that are no words of the quote.
_WHOLE_FIELD_VALUES = frozenset(
    {"name", "formula", "reading", "proposal", "text", "count", "holder", "regency", "variants"}
)


def _compute_fingerprint(code: str, hit: Violation) -> str:
    """Of the rule, the decree's identity, the place and the text: another print or build has the same."""
    parts = [code, *(f"{key}={value}" for key, value in sorted(hit.values.items()))]
    for location in hit.locations:
        decree = location.decree
        period = f"{decree.period.start}-{decree.period.end}" if decree.period else ""
        parts += [
            decree.regency or "",
            decree.kecamatan or "",
            decree.kind or "",
            period,
            str(decree.year or ""),
        ]
        parts += [location.pointer, " ".join(location.quote.split())]
    return _hex_digest("\n".join(parts), FINGERPRINT_DIGITS)


def _hex_digest(text: str, digits: int = 10) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


# Cells that a table may merge over several indicators, and the entries of lists in them.
_MERGED_CELL = re.compile(r"(/holders/\d+)/indicators/\d+/(?:objective|data_sources|responsible)")
# Values that set several texts side by side, or tell of them in words of each language.
_LIST_SUFFIXES = ("variants", "_id", "_en")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _fill_wording(wording: Wording, hit: Violation) -> Wording:
    """The texts with their placeholders filled; printed braces in the values stay as they are.

    A date is told in words, and a text longer than a quote is cut.
    """

    def fill_text(text: str, language: str) -> str:
        return _PLACEHOLDER.sub(lambda m: placeholder_text(m[1], language), text)

    def placeholder_text(name: str, language: str) -> str:
        value_text: str = getattr(format_date(hit.values[name]), language)
        return _shorten_quote(value_text, LISTED_LENGTH if name.endswith(_LIST_SUFFIXES) else QUOTE_LENGTH)

    return Wording(id=fill_text(wording.id, "id"), en=fill_text(wording.en, "en"))


def _shorten_quote(text: str, max_length: int = QUOTE_LENGTH) -> str:
    return text if len(text) <= max_length else text[: max_length - 1] + "…"


def _build_place(location: Location) -> Place:
    return Place(
        document=document_id(location.decree),
        pointer=location.pointer,
        quote=_shorten_quote(location.quote),
        provenance=_find_provenance(location.decree, location.pointer),
    )


def _find_provenance(decree: Decree, pointer: str) -> Provenance | None:
    """Where the field was read; of an empty one its indicator's name, else its holder's."""
    path = pointer
    while path:
        for candidate in (path, f"{path}/raw", f"{path}/0", f"{path}/name"):
            if candidate in decree.provenance:
                return decree.provenance[candidate]
        path = path.rpartition("/")[0]
    return None
