"""Link all mentions of a build, and compare their formulas with those of their definitions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit import AuditedIndicator
from pipeline.errors import FormulaError
from pipeline.formulas import compare_formulas, parse_expression
from pipeline.linking import DecisionReplay, Registry, cluster
from pipeline.models.catalogue import (
    BasisEntry,
    CandidateEntry,
    ClusterEntry,
    DefinitionEntry,
    DifferenceEntry,
    LinkEntry,
    VerdictEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.formulas import Expression
    from pipeline.linking import Cluster, Decision, Definition, Link
    from pipeline.models.mention import Mention

NOT_AN_INDICATOR = "not-an-indicator"
VERDICT_CACHE_SIZE = 16_384
"""Pairs of formulas whose verdict is cached: most decrees of a regency print the same few."""


class LinkedMentions(NamedTuple):
    """All mentions with their links and verdicts, and the definitions and clusters they are linked to."""

    links: dict[str, LinkEntry]
    """By id of the mention."""
    verdicts: dict[str, VerdictEntry]
    """By id of the mention; only where a definition with a formula is linked."""
    definitions: tuple[DefinitionEntry, ...]
    """The definitions in use, sorted by id."""
    clusters: tuple[ClusterEntry, ...]
    """By id."""
    cases: tuple[AuditedIndicator, ...]
    """The mentions as the audit needs them, in the given order."""


def link_mentions(
    mentions: Sequence[Mention], definitions: Iterable[Definition], decisions: Iterable[Decision]
) -> LinkedMentions:
    """Link every mention to a definition, a cluster or the review; decisions always win."""
    linker = Linker(definitions, decisions)
    links = linker.link_each(mentions)
    return linker.complete_links(mentions, links, cluster(linker.list_undefined(mentions, links)))


class Linker:
    """Definitions and decisions, ready to link the mentions of one build or of a part of it."""

    def __init__(self, definitions: Iterable[Definition], decisions: Iterable[Decision]) -> None:
        self._registry = Registry(definitions)
        versions = {d.id: d.version for d in self._registry.definitions.values()}
        self._replay = DecisionReplay(decisions, versions)

    def link_each(self, mentions: Iterable[Mention]) -> dict[str, Link]:
        """Return each mention's link, by its id; links to clusters have no target yet."""
        return {m.id: _link_mention(m, self._registry, self._replay) for m in mentions}

    def list_undefined(self, mentions: Iterable[Mention], links: Mapping[str, Link]) -> list[Mention]:
        """Return the mentions to be clustered."""
        return [m for m in mentions if links[m.id].kind == "cluster" and not _is_ruled_out(m, self._replay)]

    def complete_links(
        self, mentions: Sequence[Mention], links: Mapping[str, Link], clusters: Iterable[Cluster]
    ) -> LinkedMentions:
        """Return the links with their clusters and verdicts; members of other regencies are ignored."""
        clusters = tuple(clusters)
        cluster_of = {
            member: mention_cluster.id
            for mention_cluster in clusters
            for member in mention_cluster.members
            if member in links
        }
        final_links = {
            key: replace(link, target=cluster_of.get(key, link.target)) for key, link in links.items()
        }
        definition_of = {
            m.id: self._registry.definitions.get(final_links[m.id].target or "") for m in mentions
        }
        verdicts = {
            m.id: _formula_verdict(d.formulas, m.raw_formula, m.expression)
            for m in mentions
            if (d := definition_of[m.id]) and d.formulas
        }
        used_definitions = {d.id: d for d in sorted(filter(None, definition_of.values()), key=lambda d: d.id)}
        return LinkedMentions(
            links={key: _link_entry(link) for key, link in final_links.items()},
            verdicts=verdicts,
            definitions=tuple(map(_definition_entry, used_definitions.values())),
            clusters=tuple(map(_cluster_entry, clusters)),
            cases=tuple(
                AuditedIndicator(
                    m,
                    final_links[m.id].target,
                    definition_of[m.id],
                    verdicts.get(m.id),
                    _parse_expression(m.expression),
                )
                for m in mentions
            ),
        )


def _link_mention(mention: Mention, registry: Registry, decisions: DecisionReplay) -> Link:
    decree, indicator = mention.decree, mention.indicator
    year = decree.period.start if decree.period else decree.year
    return decisions.apply(
        mention.name,
        decree.office_regency,
        lambda without: registry.match(
            mention.name, decree.kecamatan, indicator.objective, decree.office_regency, year, without=without
        ),
    )


def _is_ruled_out(mention: Mention, decisions: DecisionReplay) -> bool:
    """Return whether a reviewer decided that the text is not an indicator; it joins no cluster."""
    reviewer_decisions = decisions.find_decisions(mention.name, mention.decree.office_regency)
    return bool(reviewer_decisions) and reviewer_decisions[-1].verdict == NOT_AN_INDICATOR


def _formula_verdict(formulas: tuple[str, ...], raw: str | None, expression: str | None) -> VerdictEntry:
    """Return ``equivalent`` if any formula is, otherwise the verdict on the nearest formula."""
    if raw is not None and expression is None:
        return VerdictEntry(verdict="unreadable", differences=[])
    canonical, *alternatives = (_compare_formula(formula, expression) for formula in formulas)
    comparable_verdicts = [
        canonical,
        *(alternative for alternative in alternatives if alternative.verdict in ("equivalent", "differs")),
    ]
    return min(comparable_verdicts, key=_verdict_distance)


def _verdict_distance(verdict: VerdictEntry) -> tuple[bool, int, int]:
    """Return the sort key: whether it differs, in how many ways and by how many words."""
    differences = verdict.differences
    word_count = sum(len(text.split()) for d in differences for text in (*d.definition, *d.decree))
    return verdict.verdict != "equivalent", len(differences), word_count


@lru_cache(maxsize=VERDICT_CACHE_SIZE)
def _compare_formula(definition: str, expression: str | None) -> VerdictEntry:
    comparison = compare_formulas(definition, expression)
    return VerdictEntry(
        verdict=comparison.verdict,
        differences=[
            DifferenceEntry(side=d.side, kind=d.kind, definition=list(d.definition), decree=list(d.decree))
            for d in comparison.differences
        ],
    )


def _parse_expression(expression: str | None) -> Expression | None:
    try:
        return parse_expression(expression) if expression else None
    except FormulaError:
        return None


def _link_entry(link: Link) -> LinkEntry:
    return LinkEntry(
        kind=link.kind,
        target=link.target,
        score=round(link.score, 4),
        reason=link.reason,
        runners_up=[
            CandidateEntry(target=c.target, score=round(c.score, 4), reason=c.reason) for c in link.runners_up
        ],
    )


def _definition_entry(definition: Definition) -> DefinitionEntry:
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


def _cluster_entry(mention_cluster: Cluster) -> ClusterEntry:
    return ClusterEntry(
        id=mention_cluster.id, name=mention_cluster.name, members=list(mention_cluster.members)
    )
