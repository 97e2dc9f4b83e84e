"""Restrict a catalogue to one regency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.models.catalogue import Catalogue, Finding, Place


def list_regencies(catalogue: Catalogue) -> list[str]:
    """Return the regencies of the decrees, sorted."""
    return sorted({document.office_regency for document in catalogue.documents if document.office_regency})


def filter_by_regency(catalogue: Catalogue, regency: str) -> Catalogue:
    """Return the part of a catalogue on one regency; files that could not be read stay in it."""
    documents = [d for d in catalogue.documents if d.office_regency == regency]
    document_ids = {document.id for document in documents}
    indicators = [i for i in catalogue.indicators if i.document in document_ids]
    indicator_ids = {indicator.id for indicator in indicators}
    target_ids = {indicator.link.target for indicator in indicators}
    findings = [f for f in catalogue.findings if f.place.document in document_ids]
    codes = {finding.code for finding in findings}
    clusters = [
        cluster.model_copy(update={"members": [m for m in cluster.members if m in indicator_ids]})
        for cluster in catalogue.clusters
    ]
    return catalogue.model_copy(
        update={
            "documents": documents,
            "indicators": indicators,
            "definitions": [d for d in catalogue.definitions if d.id in target_ids],
            "clusters": [cluster for cluster in clusters if cluster.members],
            "formula_groups": [entry for entry in catalogue.formula_groups if entry.regency == regency],
            "findings": [_filter_finding(finding, document_ids) for finding in findings],
            "finding_groups": [group for group in catalogue.finding_groups if group.regency == regency],
            "completeness": [entry for entry in catalogue.completeness if entry.regency == regency],
            "comparisons": [c for c in catalogue.comparisons if c.regency == regency],
            "rules": [rule for rule in catalogue.rules if rule.code in codes],
        }
    )


def _filter_finding(finding: Finding, document_ids: set[str]) -> Finding:
    """Return the finding without places and variants of other regencies."""
    variants = [
        variant.model_copy(update={"documents": [d for d in variant.documents if d in document_ids]})
        for variant in finding.variants
    ]
    return finding.model_copy(
        update={
            "related": _filter_places(finding.related, document_ids),
            "variants": [variant for variant in variants if variant.documents],
        }
    )


def _filter_places(places: Iterable[Place], document_ids: set[str]) -> list[Place]:
    return [place for place in places if place.document in document_ids]
