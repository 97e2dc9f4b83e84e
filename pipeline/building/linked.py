"""Linking all mentions of a build, and comparing their formulas with their definitions'."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit import Case
from pipeline.catalogue import (
    BasisEntry,
    CandidateEntry,
    ClusterEntry,
    DefinitionEntry,
    DifferenceEntry,
    LinkEntry,
    VerdictEntry,
)
from pipeline.formulas import FormulaError, compare, parse
from pipeline.linking import Decisions, Registry, cluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.formulas import Expression
    from pipeline.linking import Cluster, Decision, Definition, Link
    from pipeline.mention import Mention

NOT_AN_INDICATOR = "not-an-indicator"
COMPARED = 16_384
"""Pairs of formulas whose verdict is kept: most decrees of a regency print the same few."""


class Linked(NamedTuple):
    """All mentions with their links and verdicts, and what they were linked to."""

    links: dict[str, LinkEntry]
    """By id of the mention."""
    verdicts: dict[str, VerdictEntry]
    """By id of the mention; only where a definition with a formula is linked."""
    definitions: tuple[DefinitionEntry, ...]
    """Those that are used, by id."""
    clusters: tuple[ClusterEntry, ...]
    """By id."""
    cases: tuple[Case, ...]
    """The mentions as the audit wants them, in the order given."""


def link_all(
    mentions: Sequence[Mention], definitions: Iterable[Definition], decisions: Iterable[Decision]
) -> Linked:
    """Link every mention to a definition, a cluster or the review; decisions always win."""
    linker = Linker(definitions, decisions)
    links = linker.links(mentions)
    return linker.finished(mentions, links, cluster(linker.without_definition(mentions, links)))


class Linker:
    """Definitions and decisions, ready to link the mentions of one build or of a part of it."""

    def __init__(self, definitions: Iterable[Definition], decisions: Iterable[Decision]) -> None:
        self._registry = Registry(definitions)
        versions = {d.id: d.version for d in self._registry.definitions.values()}
        self._replay = Decisions(decisions, versions)

    def links(self, mentions: Iterable[Mention]) -> dict[str, Link]:
        """Each mention's link, by its id; no cluster is named yet."""
        return {m.id: _link(m, self._registry, self._replay) for m in mentions}

    def without_definition(self, mentions: Iterable[Mention], links: Mapping[str, Link]) -> list[Mention]:
        """The mentions that clusters are made of."""
        return [m for m in mentions if links[m.id].kind == "cluster" and not _ruled_out(m, self._replay)]

    def finished(
        self, mentions: Sequence[Mention], links: Mapping[str, Link], clusters: Iterable[Cluster]
    ) -> Linked:
        """Links with their clusters, verdicts, and what they lead to; members from elsewhere do not count."""
        clusters = tuple(clusters)
        homes = {member: made.id for made in clusters for member in made.members if member in links}
        whole = {key: replace(link, target=homes.get(key, link.target)) for key, link in links.items()}
        found = {m.id: self._registry.definitions.get(whole[m.id].target or "") for m in mentions}
        verdicts = {
            m.id: _verdict(d.formulas, m.raw, m.expression)
            for m in mentions
            if (d := found[m.id]) and d.formulas
        }
        used = {d.id: d for d in sorted(filter(None, found.values()), key=lambda d: d.id)}
        return Linked(
            links={key: _entry(link) for key, link in whole.items()},
            verdicts=verdicts,
            definitions=tuple(map(_definition, used.values())),
            clusters=tuple(map(_cluster, clusters)),
            cases=tuple(
                Case(m, whole[m.id].target, found[m.id], verdicts.get(m.id), _parsed(m.expression))
                for m in mentions
            ),
        )


def _link(mention: Mention, registry: Registry, decisions: Decisions) -> Link:
    decree, indicator = mention.decree, mention.indicator
    year = decree.period.start if decree.period else decree.year
    return decisions.apply(
        mention.name,
        decree.regency,
        lambda without: registry.match(
            mention.name, decree.kecamatan, indicator.objective, decree.regency, year, without=without
        ),
    )


def _ruled_out(mention: Mention, decisions: Decisions) -> bool:
    """Whether a reviewer said that the text is no indicator: it joins no cluster."""
    found = decisions.on(mention.name, mention.decree.regency)
    return bool(found) and found[-1].verdict == NOT_AN_INDICATOR


def _verdict(formulas: tuple[str, ...], raw: str | None, expression: str | None) -> VerdictEntry:
    """Equivalent where any of the formulas is, else against the nearest; the canonical one is first."""
    if raw is not None and expression is None:
        return VerdictEntry(verdict="unreadable", differences=[])
    canonical, *others = (_compared(formula, expression) for formula in formulas)
    near = [canonical, *(other for other in others if other.verdict in ("equivalent", "differs"))]
    return min(near, key=_distance)


def _distance(verdict: VerdictEntry) -> tuple[bool, int, int]:
    """Whether it differs, in how many ways and by how many words."""
    found = verdict.differences
    words = sum(len(text.split()) for d in found for text in (*d.definition, *d.decree))
    return verdict.verdict != "equivalent", len(found), words


@lru_cache(maxsize=COMPARED)
def _compared(definition: str, expression: str | None) -> VerdictEntry:
    made = compare(definition, expression)
    return VerdictEntry(
        verdict=made.verdict,
        differences=[
            DifferenceEntry(side=d.side, kind=d.kind, definition=list(d.definition), decree=list(d.decree))
            for d in made.differences
        ],
    )


def _parsed(expression: str | None) -> Expression | None:
    try:
        return parse(expression) if expression else None
    except FormulaError:
        return None


def _entry(link: Link) -> LinkEntry:
    return LinkEntry(
        kind=link.kind,
        target=link.target,
        score=round(link.score, 4),
        reason=link.reason,
        runners_up=[
            CandidateEntry(target=c.target, score=round(c.score, 4), reason=c.reason) for c in link.runners_up
        ],
    )


def _definition(definition: Definition) -> DefinitionEntry:
    basis = BasisEntry(
        kind=definition.basis.kind, source=definition.basis.source, evidence=definition.basis.evidence
    )
    return DefinitionEntry(
        id=definition.id,
        name=definition.name,
        formula=definition.formula,
        also=list(definition.also),
        unit=definition.unit,
        basis=basis,
    )


def _cluster(made: Cluster) -> ClusterEntry:
    return ClusterEntry(id=made.id, name=made.name, members=list(made.members))
