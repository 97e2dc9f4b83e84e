"""The data that the page's script shows on demand, compact enough for two hundred kecamatan."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.audit.domain.messages import describe_differences
from pipeline.language.highlight import mark_differences, split_at_phrases
from pipeline.models.findings import SMART_CRITERIA
from pipeline.reports.comparison_view import task_state
from pipeline.reports.date_format import describe_waiver, format_date
from pipeline.reports.html.mathml import TypesetFormulas
from pipeline.reports.html.source_excerpts import Originals, PageCrop
from pipeline.reports.html.string_table import StringTable, clip_text, compact_rows
from pipeline.reports.location_text import describe_location
from pipeline.reports.locations import ExcerptView, ExcerptViews
from pipeline.reports.report_labels import load_labels
from pipeline.reports.report_phrases import describe_basis
from pipeline.reports.summary.comparison_matrix import verdict_mark
from pipeline.reports.view_model import FAMILIES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.catalogue import Finding, IndicatorEntry, Judgement, Place
    from pipeline.reports.html.source_excerpts import ExcerptSpot
    from pipeline.reports.view_model import ReportModel

_PROBLEM_VERDICTS = frozenset({"differs", "absent", "unreadable"})
MOST_VARIANTS = 40


@dataclass
class PageData:
    """Builder of the page's data."""

    content: ReportModel
    originals: Originals
    formulas: TypesetFormulas = field(default_factory=TypesetFormulas)
    texts: StringTable = field(default_factory=StringTable)
    views: ExcerptViews = field(default_factory=ExcerptViews)

    def to_dict(self) -> dict[str, Any]:
        """Return all data except the pictures; an ``ExcerptView`` stands in the place of each."""
        rows = [self._indicator_row(indicator) for indicator in self.content.catalogue.indicators]
        findings = [self._finding_row(finding, rows) for finding in self.content.catalogue.findings]
        return {
            "labels": {key: [label.id, label.en] for key, label in load_labels().items()},
            "families": FAMILIES,
            "severities": SEVERITIES,
            "offices": compact_rows(
                [{"name": o.name, "regency": o.regency, "named": o.named} for o in self.content.offices]
            ),
            "documents": compact_rows(
                [self._document_row(number) for number in range(len(self.content.catalogue.documents))]
            ),
            "indicators": compact_rows(rows),
            "findings": compact_rows(findings),
            **self.texts.to_dict(),
        }

    def _document_row(self, number: int) -> dict[str, Any]:
        document = self.content.catalogue.documents[number]
        signatory = document.signatory
        return {
            "id": document.id,
            "name": document.name,
            "office": self.content.office_of[document.id],
            "kind": document.kind,
            "title": self.texts.text_number(document.title),
            "number": document.number,
            "date": self.texts.pair_number(format_date(document.date)) if document.date else None,
            "period": f"{document.period.start}–{document.period.end}" if document.period else None,
            "signatory": ", ".join(filter(None, (signatory.name, signatory.position))) if signatory else None,
            "origin": document.origin,
            "print": document.print_of is not None,
            "tasks": [
                [
                    task.item,
                    self.texts.pair_number(task.task),
                    task_state(task.function, task.deviates),
                    self.texts.text_number(holder.functions[task.function])
                    if task.function is not None
                    else None,
                ]
                for holder in document.holders
                for task in holder.tasks
            ],
            "scores": [
                [
                    s.question,
                    s.met,
                    s.judged,
                    s.not_judgeable,
                    s.share,
                    s.band,
                    self.texts.pair_number(s.sentence),
                ]
                for s in document.scores
            ],
        }

    def _indicator_row(self, indicator: IndicatorEntry) -> dict[str, Any]:
        document = self.content.documents_by_id[indicator.document]
        definition = self.content.definitions_by_id.get(indicator.link.target or "")
        name, canonical = self._name_pieces(
            indicator.name, definition.name if definition else None, document.kecamatan
        )
        verdict = verdict_mark(indicator)
        view = self.views.indicator_view(indicator, document, 1 if verdict in _PROBLEM_VERDICTS else 3)
        differences = indicator.verdict.differences if indicator.verdict else []
        formula, holders = indicator.formula, {h.id: h.name for h in document.holders}
        return {
            "document": self._document_number(indicator.document),
            "number": indicator.number,
            "name": name,
            "canonical": canonical,
            "mark": verdict,
            "objective": self.texts.text_number(indicator.objective),
            "raw": self.texts.text_number(formula.raw if formula else None),
            "math": self.formulas.formula_number(
                formula.expression if formula else None, [w for d in differences for w in d.decree]
            ),
            "definitionMath": self.formulas.formula_number(
                definition.formula if definition else None, [w for d in differences for w in d.definition]
            ),
            "basis": self.texts.pair_number(describe_basis(definition.basis)) if definition else None,
            "differences": self.texts.pair_number(describe_differences(differences)) if differences else None,
            "reason": self.texts.text_number(indicator.link.reason),
            "unit": self.texts.text_number(indicator.unit),
            "targets": self.texts.text_number(
                "; ".join(f"{t.year or ''} {t.value}".strip() for t in indicator.targets)
            ),
            "sources": self.texts.text_numbers(indicator.data_sources),
            "responsible": self.texts.text_numbers(indicator.responsible),
            "explanation": self.texts.text_number(indicator.explanation),
            "holder": self.texts.text_number(holders.get(indicator.holder)),
            "place": self.texts.pair_number(describe_location(indicator.name_provenance)),
            "judged": [
                *(self._judgement_pair(getattr(indicator.smart, name)) for name in SMART_CRITERIA),
                self._judgement_pair(indicator.operational_definition),
                self._judgement_pair(indicator.data_collection),
            ],
            **self._excerpt_fields(view, document.sha256),
        }

    def _finding_row(self, finding: Finding, rows: list[dict[str, Any]]) -> dict[str, Any]:
        document = self.content.documents_by_id[finding.place.document]
        row = self.content.indicator_at(finding.place)
        row_view = rows[row]["crop"] if row is not None else None
        view = self.views.finding_view(finding, document, row_view, SEVERITIES.index(finding.severity) * 2)
        offices = self.content.concerned_offices(finding)
        return {
            "code": finding.code,
            "severity": SEVERITIES.index(finding.severity),
            "cause": finding.cause,
            "document": self._document_number(finding.place.document),
            "office": offices[0],
            "others": offices[1:],
            "indicator": row,
            "title": self.texts.pair_number(finding.title),
            "message": self.texts.pair_number(finding.message),
            "expected": self.texts.pair_number(finding.expected),
            "recommendation": self.texts.pair_number(finding.recommendation),
            "basis": [self.texts.pair_number(describe_basis(basis)) for basis in finding.basis],
            "quote": self.texts.text_number(finding.place.quote),
            "quoted": self._text_pieces(
                split_at_phrases(clip_text(finding.place.quote), finding.place.marks)
            ),
            "place": self.texts.pair_number(describe_location(finding.place.provenance)),
            "variants": [
                [
                    self.texts.text_number(variant.text),
                    sorted(
                        {self.content.office_of[d] for d in variant.documents if d in self.content.office_of}
                    ),
                ]
                for variant in finding.variants[:MOST_VARIANTS]
            ],
            "related": [
                self._related_row(place)
                for place in finding.related
                if place.document in self.content.documents_by_id
            ],
            "waived": self.texts.pair_number(describe_waiver(finding.waived) if finding.waived else None),
            **self._excerpt_fields(view, document.sha256),
        }

    def _related_row(self, place: Place) -> list[int | None]:
        return [
            self._document_number(place.document),
            self.texts.text_number(place.quote),
            self.texts.pair_number(describe_location(place.provenance)),
        ]

    def _excerpt_fields(self, view: ExcerptView, digest: str) -> dict[str, Any]:
        """Return what is shown of a place: a picture and the boxes to mark in it, or lines of text."""
        lines = self.originals.text_lines(digest, *view.lines) if view.lines else None
        return {"crop": view, "boxes": None, "lines": self.texts.text_number(lines)}

    def _judgement_pair(self, judgement: Judgement) -> list[int | None]:
        value = judgement.value
        return [None if value is None else int(value), self.texts.pair_number(judgement.reason)]

    def _document_number(self, document: str) -> int:
        return self.content.document_positions[document]

    def _name_pieces(
        self, printed_name: str, canonical: str | None, kecamatan: str | None
    ) -> tuple[list[Any], list[Any] | None]:
        """Return both names in pieces: number of the text, and 1 if the piece differs from the other name."""
        if canonical is None or printed_name.casefold() == canonical.casefold():
            return self._text_pieces([(printed_name, False)]), self._text_pieces(
                [(canonical, False)]
            ) if canonical else None
        printed_pieces, canonical_pieces = _cached_pieces(printed_name, canonical, kecamatan)
        return self._text_pieces(printed_pieces), self._text_pieces(canonical_pieces)

    def _text_pieces(self, marked_pieces: list[tuple[str, bool]]) -> list[Any]:
        return [[self.texts.text_number(piece), int(differs)] for piece, differs in marked_pieces if piece]


_cached_pieces = cache(mark_differences)


def embed_pictures(data: dict[str, Any], crops: Mapping[ExcerptSpot, PageCrop]) -> tuple[int, int]:
    """Replace the views by numbers of pictures; return how many there are, and how many are missing."""
    numbers: dict[bytes, int] = {}
    missing = set()
    for name in ("indicators", "findings"):
        keys = data[name]["keys"]
        for row in data[name]["rows"]:
            crop_column = keys.index("crop")
            view: ExcerptView = row[crop_column]
            crop = crops.get(view.spot) if view.spot else None
            row[crop_column] = numbers.setdefault(crop.webp, len(numbers)) if crop else None
            row[keys.index("boxes")] = (
                [b for box in view.boxes if (b := crop.clip_box(box))] if crop else None
            )
            if view.spot and crop is None:
                missing.add(view.spot)
    data["crops"] = [base64.b64encode(webp).decode("ascii") for webp in numbers]
    return len(numbers), len(missing)
