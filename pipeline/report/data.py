"""The data of the page: what its script shows on demand, small enough for two hundred kecamatan."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.assessment import CRITERIA
from pipeline.audit.telling import told_differences
from pipeline.marking import marked, pieces
from pipeline.report.between import state
from pipeline.report.content import FAMILIES, SEVERITIES
from pipeline.report.days import day_told, waiver_told
from pipeline.report.labels import labels
from pipeline.report.mathematics import Formulas
from pipeline.report.originals import Crop, Originals
from pipeline.report.places import View, Views, worded
from pipeline.report.texts import Texts, clipped, table
from pipeline.report.wordings import basis_told
from pipeline.summary.matrix import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.catalogue import Finding, IndicatorEntry, Judgement, Place
    from pipeline.report.content import Content
    from pipeline.report.originals import Spot

_TROUBLED = frozenset({"differs", "absent", "unreadable"})
MOST_VARIANTS = 40


@dataclass
class Data:
    """The page's data while it is made."""

    content: Content
    originals: Originals
    formulas: Formulas = field(default_factory=Formulas)
    texts: Texts = field(default_factory=Texts)
    views: Views = field(default_factory=Views)

    def made(self) -> dict[str, Any]:
        """Everything but the pictures: in place of each stands its ``View``."""
        rows = [self._indicator(indicator) for indicator in self.content.catalogue.indicators]
        findings = [self._finding(finding, rows) for finding in self.content.catalogue.findings]
        return {
            "labels": {key: [label.id, label.en] for key, label in labels().items()},
            "families": FAMILIES,
            "severities": SEVERITIES,
            "offices": table(
                [{"name": o.name, "regency": o.regency, "named": o.named} for o in self.content.offices]
            ),
            "documents": table(
                [self._document(number) for number in range(len(self.content.catalogue.documents))]
            ),
            "indicators": table(rows),
            "findings": table(findings),
            **self.texts.data(),
        }

    def _document(self, number: int) -> dict[str, Any]:
        document = self.content.catalogue.documents[number]
        signatory = document.signatory
        return {
            "id": document.id,
            "name": document.name,
            "office": self.content.office_of[document.id],
            "kind": document.kind,
            "title": self.texts.one(document.title),
            "number": document.number,
            "date": self.texts.both(day_told(document.date)) if document.date else None,
            "period": f"{document.period.start}–{document.period.end}" if document.period else None,
            "signatory": ", ".join(filter(None, (signatory.name, signatory.position))) if signatory else None,
            "origin": document.origin,
            "print": document.print_of is not None,
            "tasks": [
                [
                    task.item,
                    self.texts.both(task.task),
                    state(task.function, task.deviates),
                    self.texts.one(holder.functions[task.function]) if task.function is not None else None,
                ]
                for holder in document.holders
                for task in holder.tasks
            ],
            "scores": [
                [s.question, s.met, s.judged, s.not_judgeable, s.share, s.band, self.texts.both(s.sentence)]
                for s in document.scores
            ],
        }

    def _indicator(self, indicator: IndicatorEntry) -> dict[str, Any]:
        document = self.content.documents[indicator.document]
        definition = self.content.definitions.get(indicator.link.target or "")
        name, canonical = self._names(
            indicator.name, definition.name if definition else None, document.kecamatan
        )
        verdict = mark(indicator)
        view = self.views.of_indicator(indicator, document, 1 if verdict in _TROUBLED else 3)
        differences = indicator.verdict.differences if indicator.verdict else []
        formula, holders = indicator.formula, {h.id: h.name for h in document.holders}
        return {
            "document": self._number(indicator.document),
            "number": indicator.number,
            "name": name,
            "canonical": canonical,
            "mark": verdict,
            "objective": self.texts.one(indicator.objective),
            "raw": self.texts.one(formula.raw if formula else None),
            "math": self.formulas.number(
                formula.expression if formula else None, [w for d in differences for w in d.decree]
            ),
            "definitionMath": self.formulas.number(
                definition.formula if definition else None, [w for d in differences for w in d.definition]
            ),
            "basis": self.texts.both(basis_told(definition.basis)) if definition else None,
            "differences": self.texts.both(told_differences(differences)) if differences else None,
            "reason": self.texts.one(indicator.link.reason),
            "unit": self.texts.one(indicator.unit),
            "targets": self.texts.one(
                "; ".join(f"{t.year or ''} {t.value}".strip() for t in indicator.targets)
            ),
            "sources": self.texts.all(indicator.data_sources),
            "responsible": self.texts.all(indicator.responsible),
            "explanation": self.texts.one(indicator.explanation),
            "holder": self.texts.one(holders.get(indicator.holder)),
            "place": self.texts.both(worded(indicator.name_provenance)),
            "judged": [
                *(self._judgement(getattr(indicator.smart, name)) for name in CRITERIA),
                self._judgement(indicator.operational_definition),
                self._judgement(indicator.data_collection),
            ],
            **self._seen(view, document.sha256),
        }

    def _finding(self, finding: Finding, rows: list[dict[str, Any]]) -> dict[str, Any]:
        document = self.content.documents[finding.place.document]
        row = self.content.indicator_at(finding.place)
        shared = rows[row]["crop"] if row is not None else None
        view = self.views.of_finding(finding, document, shared, SEVERITIES.index(finding.severity) * 2)
        offices = self.content.concerned(finding)
        return {
            "code": finding.code,
            "severity": SEVERITIES.index(finding.severity),
            "cause": finding.cause,
            "document": self._number(finding.place.document),
            "office": offices[0],
            "others": offices[1:],
            "indicator": row,
            "title": self.texts.both(finding.title),
            "message": self.texts.both(finding.message),
            "expected": self.texts.both(finding.expected),
            "recommendation": self.texts.both(finding.recommendation),
            "basis": [self.texts.both(basis_told(basis)) for basis in finding.basis],
            "quote": self.texts.one(finding.place.quote),
            "quoted": self._pieces(pieces(clipped(finding.place.quote), finding.place.marks)),
            "place": self.texts.both(worded(finding.place.provenance)),
            "variants": [
                [
                    self.texts.one(variant.text),
                    sorted(
                        {self.content.office_of[d] for d in variant.documents if d in self.content.office_of}
                    ),
                ]
                for variant in finding.variants[:MOST_VARIANTS]
            ],
            "related": [
                self._related(place) for place in finding.related if place.document in self.content.documents
            ],
            "waived": self.texts.both(waiver_told(finding.waived) if finding.waived else None),
            **self._seen(view, document.sha256),
        }

    def _related(self, place: Place) -> list[int | None]:
        return [
            self._number(place.document),
            self.texts.one(place.quote),
            self.texts.both(worded(place.provenance)),
        ]

    def _seen(self, view: View, digest: str) -> dict[str, Any]:
        """What is shown of a place: a picture and the boxes to mark in it, or lines of text."""
        lines = self.originals.lines(digest, *view.lines) if view.lines else None
        return {"crop": view, "boxes": None, "lines": self.texts.one(lines)}

    def _judgement(self, judgement: Judgement) -> list[int | None]:
        value = judgement.value
        return [None if value is None else int(value), self.texts.both(judgement.reason)]

    def _number(self, document: str) -> int:
        return self.content.places[document]

    def _names(
        self, printed: str, canonical: str | None, kecamatan: str | None
    ) -> tuple[list[Any], list[Any] | None]:
        """Both names in pieces: the number of a text, and 1 where it differs from the other name."""
        if canonical is None or printed.casefold() == canonical.casefold():
            return self._pieces([(printed, False)]), self._pieces([(canonical, False)]) if canonical else None
        left, right = _marked(printed, canonical, kecamatan)
        return self._pieces(left), self._pieces(right)

    def _pieces(self, cut: list[tuple[str, bool]]) -> list[Any]:
        return [[self.texts.one(piece), int(differs)] for piece, differs in cut if piece]


_marked = cache(marked)


def with_pictures(data: dict[str, Any], crops: Mapping[Spot, Crop]) -> tuple[int, int]:
    """Put the pictures in the places of their views; how many there are, and how many are missing.

    Pictures that are alike are held once.
    """
    numbers: dict[bytes, int] = {}
    missing = set()
    for name in ("indicators", "findings"):
        keys = data[name]["keys"]
        for row in data[name]["rows"]:
            at = keys.index("crop")
            view: View = row[at]
            crop = crops.get(view.spot) if view.spot else None
            row[at] = numbers.setdefault(crop.webp, len(numbers)) if crop else None
            row[keys.index("boxes")] = [b for box in view.boxes if (b := crop.within(box))] if crop else None
            if view.spot and crop is None:
                missing.add(view.spot)
    data["crops"] = [base64.b64encode(webp).decode("ascii") for webp in numbers]
    return len(numbers), len(missing)
