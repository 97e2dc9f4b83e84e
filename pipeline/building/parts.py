"""A build, or the part of it that one regency is: its documents in order, and the catalogue made of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pipeline.audit import Context, comparisons, judge, questions, rule_entry, rulebook, scores, unread
from pipeline.building.entries import document_entry, indicator_entry
from pipeline.building.formula_groups import formula_groups
from pipeline.building.prints import print_of
from pipeline.catalogue import Catalogue, Generator
from pipeline.mention import document_id, mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractors.record import Decree
    from pipeline.assessment import Finding
    from pipeline.building.linked import Linked
    from pipeline.building.reading import Read
    from pipeline.catalogue import Failure
    from pipeline.mention import Mention

DISTRIBUTION = "iku-katalog"


@dataclass(frozen=True)
class Ordered:
    """Documents in the catalogue's order, and what of them is linked and audited."""

    reads: tuple[Read, ...]
    prints: Mapping[str, str]
    """Ids of further prints, with the id of the document that stands for them."""
    decrees: tuple[Decree, ...]
    """Without further prints."""
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, reads: Iterable[Read]) -> Ordered:
        """Decrees that are read, put in order."""
        ordered = tuple(sorted(reads, key=lambda one: order(one.decree)))
        prints = print_of(one.decree for one in ordered)
        decrees = tuple(one.decree for one in ordered if document_id(one.decree) not in prints)
        return cls(ordered, prints, decrees, tuple(m for decree in decrees for m in mentions(decree)))


def order(decree: Decree) -> tuple[str, str, bool, int, str]:
    """Regency, kecamatan, agencies before positions, year; the identity settles the rest."""
    return (
        decree.regency or "",
        decree.kecamatan or "",
        decree.kind == "IKI",
        decree.year or 0,
        document_id(decree),
    )


def catalogue_of(
    whole: Ordered, linked: Linked, findings: Iterable[Finding], failures: Iterable[Failure] = ()
) -> Catalogue:
    """What was found out about some documents, as a catalogue."""
    findings = list(findings)
    names = {one.id: one.name for one in linked.definitions} | {one.id: one.name for one in linked.clusters}
    # What one document says decides its scores: they do not change with what else is built.
    local = [finding for finding in findings if rulebook()[finding.code].scope == "document"]
    judged = judge(linked.cases, local)
    by_document: dict[str, list[Finding]] = {}
    for finding in local:
        by_document.setdefault(finding.place.document, []).append(finding)
    scored = {
        name: scores(
            [judged[m.id] for m in mentions(decree)],
            by_document.get(name, []),
            unread=bool(unread(decree)),
        )
        for decree in whole.decrees
        for name in (document_id(decree),)
    }
    return Catalogue(
        generator=Generator(name=DISTRIBUTION, version=generator_version()),
        documents=[
            document_entry(one, whole.prints.get(name), scored.get(name, []))
            for one in whole.reads
            for name in (document_id(one.decree),)
        ],
        indicators=[
            indicator_entry(m, linked.links[m.id], linked.verdicts.get(m.id), judged[m.id])
            for m in whole.mentions
        ],
        definitions=list(linked.definitions),
        clusters=list(linked.clusters),
        formula_groups=formula_groups(linked.cases),
        findings=findings,
        questions=list(questions()),
        comparisons=comparisons(Context(whole.decrees, linked.cases), names),
        rules=[rule_entry(code) for code in sorted({finding.code for finding in findings})],
        failures=list(failures),
    )


def generator_version() -> str:
    """The version of this program."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # Run from a source tree that was never installed.
        return "0"
