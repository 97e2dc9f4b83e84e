"""Records, links and verdicts as entries of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit import match_tasks
from pipeline.models.catalogue import DocumentEntry, HolderEntry, IndicatorEntry
from pipeline.models.mention import document_id, holder_id

if TYPE_CHECKING:
    from pipeline.audit import IndicatorJudgements
    from pipeline.engine.stages.assemble import ReadDocument
    from pipeline.models.catalogue import LinkEntry, VerdictEntry
    from pipeline.models.findings import ScoreEntry
    from pipeline.models.mention import Mention

FILE_FIELDS = ("sha256", "name", "media_type", "pages", "origin", "coverage")
"""Fields of a document's entry that describe its file."""
_DECREE_FIELDS = (
    "kind",
    "title",
    "number",
    "year",
    "period",
    "kecamatan",
    "regency",
    "region_code",
    "place",
    "date",
    "signatory",
    "parties",
    "considerations",
    "legal_basis",
    "dictums",
    "activities",
    "programs",
    "notes",
)
_HOLDER_FIELDS = ("type", "name", "duties", "functions", "goal", "goal_indicator")
INDICATOR_FIELDS = (
    "number",
    "objective",
    "group",
    "level",
    "name",
    "formula",
    "explanation",
    "unit",
    "baseline",
    "targets",
    "quarter_targets",
    "realisations",
    "data_sources",
    "responsible",
    "extra",
)
"""Fields of an indicator's entry that come from the record."""


def make_document_entry(read: ReadDocument, print_of: str | None, scores: list[ScoreEntry]) -> DocumentEntry:
    """Return a document's entry; ``print_of`` is the id of the document that it is another print of."""
    decree = read.decree
    holders = [
        HolderEntry(
            id=holder_id(decree, index),
            tasks=match_tasks(decree, index),
            **{name: getattr(holder, name) for name in _HOLDER_FIELDS},
        )
        for index, holder in enumerate(decree.holders)
    ]
    fields = {name: getattr(decree.document, name) for name in FILE_FIELDS}
    fields |= {name: getattr(decree, name) for name in _DECREE_FIELDS}
    return DocumentEntry(
        id=document_id(decree),
        also_named=list(read.also_named),
        print_of=print_of,
        office=read.office,
        scores=scores,
        holders=holders,
        corrected={
            pointer: place.corrected
            for pointer, place in sorted(decree.provenance.items())
            if place.corrected is not None
        },
        **fields,
    )


def make_indicator_entry(
    mention: Mention, link: LinkEntry, verdict: VerdictEntry | None, judgements: IndicatorJudgements
) -> IndicatorEntry:
    """Return an indicator's entry with its link, verdict and judgements."""
    provenance = mention.decree.provenance
    return IndicatorEntry(
        id=mention.id,
        document=mention.document,
        holder=mention.holder_id,
        pointer=mention.pointer,
        name_provenance=provenance.get(f"{mention.pointer}/name"),
        formula_provenance=provenance.get(f"{mention.pointer}/formula/raw"),
        link=link,
        verdict=verdict,
        **judgements._asdict(),
        **{name: getattr(mention.indicator, name) for name in INDICATOR_FIELDS},
    )
