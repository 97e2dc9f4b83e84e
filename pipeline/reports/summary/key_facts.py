"""The five sentences that a head of administration reads first, each with the ids of its proof."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.model.record import StrictModel
from pipeline.audit.domain.formula_shape import find_denominators, quantity_words
from pipeline.formulas import FormulaError, parse_expression
from pipeline.models.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.models.catalogue import Catalogue, FormulaGroup, FormulaGroupEntry

MOST_PROOFS = 5
"""Ids of proof that a sentence names."""


class KeyFact(StrictModel):
    """One sentence and what proves it."""

    text: Wording
    """The sentence."""
    proof: list[str]
    """Ids of findings, indicators or documents; the first few of them."""


class FactTexts(TableModel):
    """How a fact is told, and what is said instead where there is nothing to tell."""

    some: Wording
    none: Wording


class KeyFactTexts(TableModel):
    """The texts of ``key_facts.yaml``."""

    divisors: FactTexts
    completeness: FactTexts
    several_regencies: Wording
    frequent: FactTexts
    doubtful: FactTexts
    formulas: FactTexts


@dataclass(frozen=True)
class DivisorDispute:
    """An indicator that some kecamatan divide by something else than most do."""

    count: int
    """Kecamatan that use ``denominator``."""
    total: int
    """Kecamatan that have the indicator."""
    name: str
    denominator: str
    usual: str
    proof: list[str]


@dataclass(frozen=True)
class RegencyHandIn:
    """How many kecamatan of a regency have handed in a document of any kind and plan."""

    regency: str
    present: int
    total: int
    proof: list[str]


@dataclass(frozen=True)
class FaultCount:
    """How often a rule found an error or a warning."""

    code: str
    title: tuple[str, str]
    """In Indonesian and English."""
    count: int
    kecamatan: int
    proof: list[str]


@dataclass(frozen=True)
class KeyFigures:
    """What the sentences need to know of a catalogue, or of a part of one."""

    disputes: list[DivisorDispute]
    hand_ins: list[RegencyHandIn]
    faults: list[FaultCount]
    findings: int
    damaged: list[str]
    """Ids of the findings that are suspected damage."""
    uncertain: int
    indicators: int
    without_formula: list[str]
    """Ids of the indicators without a formula."""


@cache
def load_key_fact_texts() -> KeyFactTexts:
    """Return the texts of the sentences."""
    return load_table(__package__, "key_facts.yaml", KeyFactTexts)


def compute_key_facts(catalogue: Catalogue) -> list[KeyFact]:
    """Return the five sentences of a catalogue."""
    return state_key_facts([collect_key_figures(catalogue)])


def collect_key_figures(catalogue: Catalogue) -> KeyFigures:
    """Return the figures of a catalogue, or of a part of one."""
    open_findings = [finding for finding in catalogue.findings if finding.waived is None]
    return KeyFigures(
        disputes=_largest(_collect_disputes(catalogue)),
        hand_ins=_collect_hand_ins(catalogue),
        faults=_count_faults(catalogue),
        findings=len(open_findings),
        damaged=[finding.id for finding in open_findings if finding.cause == "ocr_artefact"],
        uncertain=sum(finding.cause == "uncertain" for finding in open_findings),
        indicators=len(catalogue.indicators),
        without_formula=[entry.id for entry in catalogue.indicators if entry.formula is None],
    )


def state_key_facts(parts: Sequence[KeyFigures]) -> list[KeyFact]:
    """Return the five sentences about all parts together."""
    return [
        _state_divisors([dispute for part in parts for dispute in part.disputes]),
        _state_completeness([hand_in for part in parts for hand_in in part.hand_ins]),
        _state_frequent([fault for part in parts for fault in part.faults]),
        _state_doubtful(parts),
        _state_formulas(parts),
    ]


def _collect_disputes(catalogue: Catalogue) -> list[DivisorDispute]:
    names = {cluster.id: cluster.name for cluster in catalogue.clusters}
    names |= {definition.id: definition.name for definition in catalogue.definitions}
    pointers = {entry.id: (entry.document, entry.pointer) for entry in catalogue.indicators}
    variant_findings = {
        (finding.place.document, finding.place.pointer.rpartition("/")[0]): finding.id
        for finding in catalogue.findings
        if finding.variants and finding.place.pointer.endswith("/formula")
    }
    disputes = []
    for entry in catalogue.formula_groups:
        by_denominator = _groups_by_denominator(entry)
        if len(by_denominator) < 2:
            continue
        (usual, _), (denominator, groups), *_ = by_denominator
        indicators = [id_ for group in groups for id_ in group.indicators]
        all_indicators = [id_ for group in entry.groups for id_ in group.indicators]
        findings = [variant_findings.get(pointers.get(id_, ("", ""))) for id_ in all_indicators]
        disputes.append(
            DivisorDispute(
                count=len(_kecamatan_of(groups)),
                total=len(_kecamatan_of(entry.groups)),
                name=names.get(entry.target, entry.target),
                denominator=denominator,
                usual=usual,
                proof=[*filter(None, findings), *indicators][:MOST_PROOFS],
            )
        )
    return disputes


def _groups_by_denominator(entry: FormulaGroupEntry) -> list[tuple[str, list[FormulaGroup]]]:
    """Return the denominators of an indicator with the formulas that divide by them, the usual one first."""
    groups: dict[str, list[FormulaGroup]] = defaultdict(list)
    for group in entry.groups:
        denominator = _denominator_words(group.expression)
        if denominator:
            groups[denominator].append(group)
    return sorted(
        groups.items(),
        key=lambda item: (
            -len(_kecamatan_of(item[1])),
            not any(group.equals_definition for group in item[1]),
            item[0],
        ),
    )


def _denominator_words(expression: str | None) -> str:
    """Return what a formula divides by; empty where it divides by nothing counted or is no formula."""
    try:
        divisors = find_denominators(parse_expression(expression or ""))
    except FormulaError:  # a catalogue from a file may say anything
        return ""
    return " + ".join(dict.fromkeys(filter(None, map(quantity_words, divisors))))


def _kecamatan_of(groups: Iterable[FormulaGroup]) -> set[str]:
    return {name for group in groups for name in group.kecamatan}


def _largest(disputes: Iterable[DivisorDispute]) -> list[DivisorDispute]:
    """Return the dispute in which most kecamatan depart, as a list; nothing where there is none."""
    return sorted(disputes, key=lambda dispute: (-dispute.count, -dispute.total, dispute.name))[:1]


def _collect_hand_ins(catalogue: Catalogue) -> list[RegencyHandIn]:
    present: dict[str, dict[str, list[str]]] = defaultdict(dict)
    totals: dict[str, int] = {}
    for entry in catalogue.completeness:
        totals[entry.regency] = len(entry.present) + len(entry.missing)
        for kecamatan in entry.present:
            present[entry.regency].setdefault(kecamatan.code, []).extend(kecamatan.documents)
    return [
        RegencyHandIn(
            regency=regency,
            present=len(present[regency]),
            total=total,
            proof=[id_ for ids in present[regency].values() for id_ in ids][:MOST_PROOFS],
        )
        for regency, total in sorted(totals.items())
    ]


def _count_faults(catalogue: Catalogue) -> list[FaultCount]:
    offices = {d.id: (d.office_regency, d.kecamatan or d.name) for d in catalogue.documents}
    by_code = defaultdict(list)
    for finding in catalogue.findings:
        if finding.waived is None and finding.severity != "info" and finding.cause != "ocr_artefact":
            by_code[finding.code].append(finding)
    return [
        FaultCount(
            code=code,
            title=(findings[0].title.id, findings[0].title.en),
            count=len(findings),
            kecamatan=len({offices[finding.place.document] for finding in findings}),
            proof=[finding.id for finding in findings][:MOST_PROOFS],
        )
        for code, findings in sorted(by_code.items())
    ]


def _state_divisors(disputes: Sequence[DivisorDispute]) -> KeyFact:
    texts = load_key_fact_texts().divisors
    if not disputes:
        return KeyFact(text=texts.none, proof=[])
    (dispute,) = _largest(disputes)
    fields = {name: getattr(dispute, name) for name in ("count", "total", "name", "denominator", "usual")}
    return _state_fact(texts.some, dispute.proof, fields, fields)


def _state_completeness(hand_ins: Sequence[RegencyHandIn]) -> KeyFact:
    texts = load_key_fact_texts()
    if not hand_ins:
        return KeyFact(text=texts.completeness.none, proof=[])
    several = texts.several_regencies
    counts = {
        "present": sum(hand_in.present for hand_in in hand_ins),
        "total": sum(hand_in.total for hand_in in hand_ins),
    }
    counts["missing"] = counts["total"] - counts["present"]
    one_name = hand_ins[0].regency if len(hand_ins) == 1 else ""
    return _state_fact(
        texts.completeness.some,
        [id_ for hand_in in hand_ins for id_ in hand_in.proof],
        counts | {"regencies": one_name or several.id.format(count=len(hand_ins))},
        counts | {"regencies": one_name or several.en.format(count=len(hand_ins))},
    )


def _state_frequent(faults: Sequence[FaultCount]) -> KeyFact:
    texts = load_key_fact_texts().frequent
    by_code: dict[str, list[FaultCount]] = defaultdict(list)
    for fault in faults:
        by_code[fault.code].append(fault)
    if not by_code:
        return KeyFact(text=texts.none, proof=[])
    code = min(by_code, key=lambda code: (-sum(fault.count for fault in by_code[code]), code))
    members = by_code[code]
    counts = {
        "code": code,
        "count": sum(fault.count for fault in members),
        "kecamatan": sum(fault.kecamatan for fault in members),
    }
    id_title, en_title = members[0].title
    proof = [id_ for fault in members for id_ in fault.proof]
    return _state_fact(texts.some, proof, counts | {"title": id_title}, counts | {"title": en_title})


def _state_doubtful(parts: Sequence[KeyFigures]) -> KeyFact:
    texts = load_key_fact_texts().doubtful
    damaged = [id_ for part in parts for id_ in part.damaged]
    total, uncertain = sum(part.findings for part in parts), sum(part.uncertain for part in parts)
    if not damaged and not uncertain:
        return KeyFact(text=texts.none, proof=[])
    fields = {
        "damaged": len(damaged),
        "total": total,
        "share": round(100 * len(damaged) / total),
        "uncertain": uncertain,
    }
    return _state_fact(texts.some, damaged, fields, fields)


def _state_formulas(parts: Sequence[KeyFigures]) -> KeyFact:
    texts = load_key_fact_texts().formulas
    missing = [id_ for part in parts for id_ in part.without_formula]
    if not missing:
        return KeyFact(text=texts.none, proof=[])
    fields = {"count": len(missing), "total": sum(part.indicators for part in parts)}
    return _state_fact(texts.some, missing, fields, fields)


def _state_fact(
    text: Wording, proof: Sequence[str], id_fields: Mapping[str, object], en_fields: Mapping[str, object]
) -> KeyFact:
    return KeyFact(
        text=Wording(id=text.id.format(**id_fields), en=text.en.format(**en_fields)),
        proof=list(proof[:MOST_PROOFS]),
    )
