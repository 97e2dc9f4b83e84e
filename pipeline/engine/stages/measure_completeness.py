"""Completeness of each regency: who has a decree for a plan and who has none, by the official list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from extractors.model.record import Period
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.models.completeness import CompletenessEntry, ListedKecamatan
from pipeline.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.catalogue import DocumentEntry
    from pipeline.places.gazetteer import Regency


def measure_completeness(documents: Iterable[DocumentEntry]) -> list[CompletenessEntry]:
    """Return an entry for each regency of the list, kind and plan that has a document of a kecamatan."""
    by_regency: dict[tuple[str, str], list[DocumentEntry]] = defaultdict(list)
    for document in documents:
        if document.office is not None and document.office.regency is not None:
            by_regency[document.office.regency, document.kind or ""].append(document)
    gazetteer = load_gazetteer() if by_regency else None
    entries = []
    for (name, _), members in sorted(by_regency.items()):
        regency = gazetteer.find_regency(name) if gazetteer else None
        if regency is not None and gazetteer is not None:
            official = [ListedKecamatan(code=k.code, name=k.name) for k in gazetteer.kecamatan_of(regency)]
            entries += [_make_entry(regency, official, group) for group in group_by_period(members)]
    return entries


def _make_entry(
    regency: Regency, official: Sequence[ListedKecamatan], documents: Sequence[DocumentEntry]
) -> CompletenessEntry:
    ids_by_code: dict[str, list[str]] = defaultdict(list)
    unresolved = []
    for document in documents:
        if document.office is not None and document.office.code is not None:
            ids_by_code[document.office.code].append(document.id)
        else:
            unresolved.append(document.id)
    listed = [k.model_copy(update={"documents": sorted(ids_by_code.get(k.code, ()))}) for k in official]
    return CompletenessEntry(
        regency=regency.name,
        code=regency.code,
        kind=documents[0].kind,
        period=_plan_years(documents),
        present=[kecamatan for kecamatan in listed if kecamatan.documents],
        missing=[kecamatan for kecamatan in listed if not kecamatan.documents],
        unresolved=sorted(unresolved),
    )


def _plan_years(documents: Iterable[DocumentEntry]) -> Period | None:
    """Return the years from the first to the last that the documents of a plan name."""
    starts = [d.period.start if d.period else d.year for d in documents]
    ends = [d.period.end if d.period else d.year for d in documents]
    years = [year for year in (*starts, *ends) if year is not None]
    return Period(start=min(years), end=max(years)) if years else None
