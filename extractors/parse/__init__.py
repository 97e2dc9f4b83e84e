"""The parser: pages become a ``Decree``. It never asks which reader gave them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.errors import ReadError, Status
from extractors.page import Line, Page
from extractors.parse import body, covering, draft, flow, holders, names, sections, signature, vocabulary
from extractors.parse.covering import Printed, Trace
from extractors.parse.draft import Found, Ledger
from extractors.parse.holders import Performance
from extractors.parse.names import Evidence
from extractors.parse.sections import Part, Section
from extractors.parse.tables import Grid
from extractors.passage import Passage
from extractors.record import Decree, Document, Formula, Note

_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record's plain values. They no longer know the words that they were read from, so that a long
    document's pages can be let go before its record is made."""

    values: dict[str, Any]
    formulas: dict[tuple[int, int], str]
    """Formulas with their line breaks, by holder and indicator."""

    def decree(self) -> Decree:
        """The record."""
        decree = Decree.model_validate(self.values)
        for (i, k), text in self.formulas.items():
            decree.holders[i].indicators[k].formula = Formula.of(text)
        return decree


def parse(pages: Iterable[Page], document: dict[str, Any], *, tracing: bool = False) -> tuple[Parsed, Trace]:
    """The record of a document in plain values, and what became of each printed word (for an overlay).

    Args:
        pages: what a reader gave, in order; of a long document each is best let go when it was given.
        document: the fields of ``Document`` but ``coverage``.
        tracing: is the trace asked for? Without, it is empty.

    Raises:
        ReadError: ``no-table`` or ``other-decree`` where the document fixes no indicators.
    """
    ledger = Ledger()
    printed = Printed()
    record = _draft(covering.noted(pages, printed), ledger)
    coverage, lost = covering.coverage(printed, record, ledger)
    trace = covering.trace(printed, record, ledger) if tracing else []
    for text in lost:
        ledger.doubt(draft.UNPLACED, f"No field of the record takes: “{text}”")
    doubts = ledger.doubts
    del printed, ledger  # the record's values need none of the words
    return _parsed(record, Document(**document, coverage=coverage), draft.notes(doubts)), trace


def _draft(pages: Iterable[Page], ledger: Ledger) -> dict[str, Any]:
    """The record's fields, leaves with their sources."""
    elements = flow.flow(pages, ledger)
    signed = signature.find(elements, ledger)
    parts = sections.sections(elements, signed.taken, ledger)
    decree_body, rest = body.read_body(parts, ledger)
    budget = _is_budget(parts, decree_body)
    del elements, parts  # they hold every line of the document
    performance, rest = holders.read_holders(rest, ledger)
    if budget or not any(holder.indicators for holder in performance.holders):
        raise _nothing_measured(decree_body)
    record = _fields(decree_body, signed, performance, ledger)
    _unplaced(rest, record, ledger)
    _settle_forms(record, ledger)
    _doubts(performance, ledger)
    return record


def _fields(
    read: body.Body, signed: signature.Signature, performance: Performance, ledger: Ledger
) -> dict[str, Any]:
    """The record's fields, leaves with their sources."""
    evidence = [*read.evidence, *(Evidence(office, 2) for office in signed.offices)]
    if signed.position:
        evidence.append(Evidence(signed.position.source, 3))
    evidence += [Evidence(h.name.source, 3) for h in performance.holders if h.name and h.type == "agency"]
    evidence += [Evidence(h.name.source, 2) for h in performance.holders if h.name and h.type == "position"]
    positions = sum(holder.type == "position" for holder in performance.holders)
    kecamatan, regency = names.kecamatan(evidence), names.regency(evidence)
    if kecamatan and regency and regency.value.endswith(f" {kecamatan.value}"):
        message = f"The regency is printed with the name of the kecamatan: “{regency.source.text}”."
        ledger.doubt("regency-doubtful", message, "/regency")
    for holder in performance.holders:
        if holder.name is None and holder.type == "agency":
            holder.name = _agency_name(evidence)
    kind = names.kind(read.headings, positions, len(performance.holders) - positions)
    span = names.period(read.headings)
    date = signed.date or read.date
    for signed_as, printed in ((signed.place, read.place), (signed.date, read.date)):
        if signed_as is not None and printed is not None:
            body.restated(printed, signed_as, ledger)
    signatory = {"name": signed.name, "position": signed.position, "nip": signed.nip}
    return {
        "kind": Found(kind, read.headings[0]) if read.headings else kind,
        "title": read.title,
        "number": read.number,
        "year": names.year(read.number, date, span, read.headings[:1]),
        "period": span,
        "kecamatan": kecamatan,
        "regency": regency,
        "region_code": names.region_code(read.number.source if read.number else None),
        "place": signed.place or read.place,
        "date": date,
        "signatory": signatory if any(signatory.values()) else None,
        "considerations": read.considerations,
        "legal_basis": read.legal_basis,
        "dictums": read.dictums,
        "holders": [holder.fields() for holder in performance.holders],
        "activities": performance.activities,
    }


def _agency_name(evidence: Sequence[Evidence]) -> Found | None:
    """The agency as the document's own head names it, where no label does."""
    found = names.agency(evidence)
    return Found(found.text, found) if found else None


def _doubts(performance: Performance, ledger: Ledger) -> None:
    """The doubts about holders and indicators, at the places that these have in the record."""
    for i, holder in enumerate(performance.holders):
        for code, message, name in holder.doubts:
            ledger.doubt(code, message, f"/holders/{i}/{name}")
        for k, indicator in enumerate(holder.indicators):
            for code, message, name in indicator.doubts:
                ledger.doubt(code, message, f"/holders/{i}/indicators/{k}/{name}")


def _unplaced(parts: Sequence[Part], record: dict[str, Any], ledger: Ledger) -> None:
    """Text that no field takes is quoted in a note; the bare name of the kecamatan is letterhead."""
    own = record["kecamatan"].value if record["kecamatan"] else ""
    for part in parts:
        if isinstance(part, Line) and vocabulary.squeezed(part.text.text) == vocabulary.squeezed(own):
            ledger.drop(part.text)
            continue
        if isinstance(part, Section):
            text = Passage.join(" ", [part.label, *(line.text for line in part.lines)]).folded()
            ledger.unplaced(text)
        elif isinstance(part, Line):
            ledger.unplaced(part.text)


def _settle_forms(record: dict[str, Any], ledger: Ledger) -> None:
    """What a form prints of itself is furniture; a word more in it, and it is quoted in a note."""
    holders_ = [
        {key: holder[key] for key in ("name", "goal", "goal_indicator")} for holder in record["holders"]
    ]
    head = {key: value for key, value in record.items() if key not in ("holders", "activities")}
    said = draft.leaves({**head, "holders": holders_})
    known = {word for _, source in said for word in _WORDS.findall(source.text.lower())}
    known |= vocabulary.form_words()
    for passage in ledger.forms:
        words = {word for word in _WORDS.findall(passage.text.lower()) if len(word) > 3 and word not in known}
        if all(vocabulary.resembles(word, known) for word in words):
            ledger.drop(passage)
        else:
            ledger.unplaced(passage)


def _parsed(record: dict[str, Any], document: Document, notes: list[Note]) -> Parsed:
    settled = draft.settle(record)
    formulas = _printed_formulas(settled.values)
    values = {"document": document, **settled.values, "provenance": settled.provenance, "notes": notes}
    return Parsed(values, formulas)


def _printed_formulas(values: dict[str, Any]) -> dict[tuple[int, int], str]:
    """The formulas with their line breaks, taken out of the plain values."""
    return {
        (i, k): indicator["formula"].pop("printed")
        for i, holder in enumerate(values["holders"])
        for k, indicator in enumerate(holder["indicators"])
        if indicator["formula"]
    }


def _is_budget(parts: Sequence[Part], read: body.Body) -> bool:
    """A table with columns of money, in a document that names indicators in no heading: its indicators are
    a budget's, not a decree's."""
    if any(sections.is_heading(Line(heading)) for heading in read.headings):
        return False
    titles = [column.title for part in parts if isinstance(part, Grid) for column in part.columns]
    return any(vocabulary.has_word("budget_words").search(title) for title in titles)


def _nothing_measured(read: body.Body) -> ReadError:
    """Why a document without indicators gives no record."""
    title = read.title.value if read.title else ""
    named = any(sections.is_heading(Line(heading)) for heading in read.headings)
    if title and not named:
        return ReadError(
            Status.OTHER_DECREE,
            f"This is a document about “{title[:120]}”; it fixes no performance indicators.",
            "Give a decree that sets IKU or IKI.",
        )
    return ReadError(
        Status.NO_TABLE,
        "No indicators of an agency or a post were found: no table with a column for them, and no list.",
        "Check that the annex with the indicator table is in the file and was read by OCR as a table.",
    )
