"""The parser: pages become a ``Decree``. It never asks which reader gave them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.model.page import Line, Page
from extractors.model.passage import Passage
from extractors.model.record import Decree, Document, Formula, Note
from extractors.parser import coverage, record_builder
from extractors.parser.coverage import PrintedText, WordTrace
from extractors.parser.document import (
    decree_body,
    document_flow,
    document_identity,
    labelled_sections,
    pledge_parties,
    refusals,
    signature_block,
    signature_columns,
)
from extractors.parser.document.document_identity import RegionEvidence
from extractors.parser.document.labelled_sections import DocumentPart, LabelledSection
from extractors.parser.document.pledge_parties import PartyDraft
from extractors.parser.performance import holders, program_tables
from extractors.parser.performance.holders import PerformanceData
from extractors.parser.performance.program_tables import ProgramDraft
from extractors.parser.record_builder import SourcedValue, WordLedger
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import vocabulary_matcher

_LETTER_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A record's plain values. They no longer know the words that they were read from, so that a long
    document's pages can be let go before its record is made."""

    values: dict[str, Any]
    formulas: dict[tuple[int, int], str]
    """Formulas with their line breaks, by holder and indicator."""

    def to_decree(self) -> Decree:
        """The record."""
        decree = Decree.model_validate(self.values)
        for (i, k), text in self.formulas.items():
            decree.holders[i].indicators[k].formula = Formula.from_printed(text)
        return decree


def parse_pages(
    pages: Iterable[Page], document: dict[str, Any], *, tracing: bool = False
) -> tuple[ParsedRecord, WordTrace]:
    """The record of a document in plain values, and what became of each printed word (for an overlay).

    Args:
        pages: what a reader gave, in order; of a long document each is best let go when it was given.
        document: the fields of ``Document`` but ``coverage``.
        tracing: is the trace asked for? Without, it is empty.

    Raises:
        ReadError: ``no-table`` or ``other-decree`` where the document fixes no indicators.
    """
    ledger = WordLedger()
    printed_text = PrintedText()
    record = _draft_record(coverage.collect_printed_text(pages, printed_text), ledger)
    word_counts, unplaced_texts = coverage.measure_coverage(printed_text, record, ledger)
    word_trace = coverage.trace_words(printed_text, record, ledger) if tracing else []
    for text in unplaced_texts:
        ledger.note_unplaced_text(text)
    note_drafts = ledger.note_drafts
    del printed_text, ledger  # the record's values need none of the words
    return _build_parsed_record(
        record, Document(**document, coverage=word_counts), record_builder.build_notes(note_drafts)
    ), word_trace


def _draft_record(pages: Iterable[Page], ledger: WordLedger) -> dict[str, Any]:
    """The record's fields, leaves with their sources."""
    elements = document_flow.read_flow(pages, ledger)
    if refusals.is_box_diagram(elements):
        raise refusals.diagram_error()
    pledge = pledge_parties.read_pledge(elements, ledger)
    elements = document_flow.drop_elements(elements, pledge.line_indices)
    parties = pledge.parties
    program_drafts: list[ProgramDraft] = []
    if pledge.is_printed:
        program_drafts, program_lines = program_tables.read_program_lines(elements, ledger)
        elements = document_flow.drop_elements(elements, program_lines)
    elements = signature_columns.arrange_signatures(elements)
    document_signature = signature_block.find_signature(elements, ledger, pledge)
    taken_indices = set(document_signature.line_indices)
    if pledge.is_printed:
        taken_indices |= pledge_parties.take_restated_lines(elements, taken_indices, pledge, ledger)
    parts = labelled_sections.split_sections(elements, taken_indices, ledger)
    body_fields, rest = decree_body.read_body(parts, ledger)
    is_budget = _is_budget_document(parts, body_fields)
    del elements, parts  # they hold every line of the document
    performance, rest = holders.read_holders(rest, ledger)
    performance.programs += program_drafts
    if pledge.is_printed:
        promiser = pledge.first_party or PartyDraft()
        document_signature.complete(promiser.name, promiser.position, promiser.nip)
        _name_pledge_holder(performance, promiser.position or document_signature.position, ledger)
        parties = pledge.parties or _signing_party(document_signature)
    if is_budget or not any(holder.indicators for holder in performance.holders):
        raise refusals.no_indicators_error(body_fields, ledger.rejected_tables)
    body_fields.evidence += [
        RegionEvidence(party.position.source, 1) for party in parties if party.position is not None
    ]
    record = _collect_fields(body_fields, document_signature, performance, ledger)
    record["parties"] = [party.record_fields() for party in parties]
    record["programs"] = [draft.record_fields() for draft in performance.programs]
    _note_unplaced_parts(rest, record, ledger)
    _resolve_form_texts(record, ledger)
    _add_holder_notes(performance, ledger)
    return record


def _collect_fields(
    body_fields: decree_body.DecreeBody,
    document_signature: signature_block.SignatureBlock,
    performance: PerformanceData,
    ledger: WordLedger,
) -> dict[str, Any]:
    """The record's fields, leaves with their sources."""
    evidence = [*body_fields.evidence, *(RegionEvidence(office, 2) for office in document_signature.offices)]
    if document_signature.position:
        evidence.append(RegionEvidence(document_signature.position.source, 3))
    evidence += [
        RegionEvidence(h.name.source, 3) for h in performance.holders if h.name and h.type == "agency"
    ]
    evidence += [
        RegionEvidence(h.name.source, 2) for h in performance.holders if h.name and h.type == "position"
    ]
    if document_identity.named_kind(body_fields.headings) == "IKU":
        performance.measure_agency(ledger)
    position_count = sum(holder.type == "position" for holder in performance.holders)
    kecamatan, regency = document_identity.find_kecamatan(evidence), document_identity.find_regency(evidence)
    if kecamatan and regency and regency.value.endswith(f" {kecamatan.value}"):
        message = f"The regency is printed with the name of the kecamatan: “{regency.source.text}”."
        ledger.add_note("regency-doubtful", message, "/regency")
    for holder in performance.holders:
        if holder.name is None and holder.type == "agency":
            holder.name = _find_agency_name(evidence)
    kind = document_identity.determine_kind(
        body_fields.headings, position_count, len(performance.holders) - position_count
    )
    period_years = document_identity.find_period([*body_fields.headings, *performance.headings])
    date = document_signature.date or body_fields.date
    for signature_value, body_value in (
        (document_signature.place, body_fields.place),
        (document_signature.date, body_fields.date),
    ):
        if signature_value is not None and body_value is not None:
            decree_body.note_restatement(body_value, signature_value, ledger)
    year = document_identity.find_year(body_fields.number, date, period_years, body_fields.headings[:1])
    title_year = document_identity.find_title_year(body_fields.headings)
    if kind == "PK":
        year = title_year or year
    if period_years is None and title_year is not None:
        performance.date_targets(title_year)
    signatory = {
        "name": document_signature.name,
        "position": document_signature.position,
        "nip": document_signature.nip,
    }
    return {
        "kind": SourcedValue(kind, body_fields.headings[0]) if body_fields.headings else kind,
        "title": body_fields.title,
        "number": body_fields.number,
        "year": year,
        "period": period_years,
        "kecamatan": kecamatan,
        "regency": regency,
        "region_code": document_identity.find_region_code(
            body_fields.number.source if body_fields.number else None
        )
        or body_fields.region_code,
        "place": document_signature.place or body_fields.place,
        "date": date,
        "signatory": signatory if any(signatory.values()) else None,
        "considerations": body_fields.considerations,
        "legal_basis": body_fields.legal_basis,
        "dictums": body_fields.dictums,
        "holders": [holder.record_fields() for holder in performance.holders],
        "activities": performance.activities,
    }


def _signing_party(signature: signature_block.SignatureBlock) -> tuple[PartyDraft, ...]:
    """Who signs an annex that stands without its pledge is the one who promises."""
    if signature.name is None and signature.position is None:
        return ()
    return (PartyDraft("first", signature.name, signature.position),)


def _name_pledge_holder(performance: PerformanceData, post: SourcedValue | None, ledger: WordLedger) -> None:
    """Whoever promises is measured: the holder of a Perjanjian Kinerja is the first party's post."""
    if len(performance.holders) != 1 or post is None:
        return
    holder = performance.holders[0]
    if holder.name is not None:
        ledger.add_form_text(holder.name.source)
    holder.type, holder.name = "position", post


def _find_agency_name(evidence: Sequence[RegionEvidence]) -> SourcedValue | None:
    """The agency as the document's own head names it, where no label does."""
    agency_text = document_identity.find_agency(evidence)
    return SourcedValue(agency_text.text, agency_text) if agency_text else None


def _add_holder_notes(performance: PerformanceData, ledger: WordLedger) -> None:
    """The doubts about holders and indicators, at the places that these have in the record."""
    for i, holder in enumerate(performance.holders):
        for code, message, name in holder.notes:
            ledger.add_note(code, message, f"/holders/{i}/{name}")
        for k, indicator in enumerate(holder.indicators):
            for code, message, name in indicator.notes:
                ledger.add_note(code, message, f"/holders/{i}/indicators/{k}/{name}")


def _note_unplaced_parts(parts: Sequence[DocumentPart], record: dict[str, Any], ledger: WordLedger) -> None:
    """Text that no field takes is quoted in a note; the bare name of the kecamatan is letterhead."""
    kecamatan_name = record["kecamatan"].value if record["kecamatan"] else ""
    for part in parts:
        if isinstance(part, Line) and vocabulary_matcher.squeeze_text(
            part.text.text
        ) == vocabulary_matcher.squeeze_text(kecamatan_name):
            ledger.add_furniture(part.text)
            continue
        if isinstance(part, LabelledSection):
            text = Passage.join(" ", [part.label, *(line.text for line in part.lines)]).fold_whitespace()
            ledger.note_unplaced(text)
        elif isinstance(part, Line):
            ledger.note_unplaced(part.text)


def _resolve_form_texts(record: dict[str, Any], ledger: WordLedger) -> None:
    """What a form prints of itself is furniture; a word more in it, and it is quoted in a note."""
    holder_heads = [
        {key: holder[key] for key in ("name", "goal", "goal_indicator")} for holder in record["holders"]
    ]
    head = {key: value for key, value in record.items() if key not in ("holders", "activities")}
    head_texts = record_builder.iterate_leaves({**head, "holders": holder_heads})
    known_words = {word for _, source in head_texts for word in _LETTER_WORD.findall(source.text.lower())}
    known_words |= vocabulary_matcher.vocabulary_words()
    for passage in ledger.form_texts:
        words = {
            word
            for word in _LETTER_WORD.findall(passage.text.lower())
            if len(word) > 3 and word not in known_words
        }
        if all(vocabulary_matcher.resembles_any(word, known_words) for word in words):
            ledger.add_furniture(passage)
        else:
            ledger.note_unplaced(passage)


def _build_parsed_record(record: dict[str, Any], document: Document, notes: list[Note]) -> ParsedRecord:
    built_record = record_builder.build_record(record)
    formulas = _pop_formula_texts(built_record.values)
    values = {
        "document": document,
        **built_record.values,
        "provenance": built_record.provenance,
        "notes": notes,
    }
    return ParsedRecord(values, formulas)


def _pop_formula_texts(values: dict[str, Any]) -> dict[tuple[int, int], str]:
    """The formulas with their line breaks, taken out of the plain values."""
    return {
        (i, k): indicator["formula"].pop("printed")
        for i, holder in enumerate(values["holders"])
        for k, indicator in enumerate(holder["indicators"])
        if indicator["formula"]
    }


def _is_budget_document(parts: Sequence[DocumentPart], body_fields: decree_body.DecreeBody) -> bool:
    """A table with columns of money, in a document that names indicators in no heading: its indicators are
    a budget's, not a decree's."""
    if any(labelled_sections.is_heading(Line(heading)) for heading in body_fields.headings):
        return False
    titles = [
        column.title
        for part in parts
        if isinstance(part, TableGrid)
        for column in part.columns
        if column.field == "extra"
    ]
    return any(vocabulary_matcher.word_pattern("budget_words").search(title) for title in titles)
