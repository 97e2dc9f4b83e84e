"""Findings to facts: the finding that tells it, the places where it recurs, and what only echoes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from pipeline.audit.core.audit_context import post_level
from pipeline.audit.grouping.echo_table import load_echo_rows
from pipeline.models.findings import FindingGroup, PostLevel, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.audit.grouping.echo_table import EchoRow, Nearness
    from pipeline.models.catalogue import DocumentEntry
    from pipeline.models.findings import Finding, Place

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
CERTAINTIES = ("decree_fault", "uncertain", "ocr_artefact")
"""Causes, the most certain fault of a decree first."""
LEVELS: tuple[PostLevel, ...] = get_args(PostLevel)

_FIELD_STEPS = {True: 5, False: 3}
"""Steps of a pointer down to a field: of an indicator, of a holder."""


@dataclass(frozen=True)
class Fact:
    """The findings of one group, the most important of each list first."""

    roots: tuple[Finding, ...]
    """The root and its recurrences."""
    echoes: tuple[Finding, ...]

    @property
    def members(self) -> tuple[Finding, ...]:
        """All its findings, the root first."""
        return self.roots + self.echoes


def group_findings(documents: Iterable[DocumentEntry], findings: Iterable[Finding]) -> list[FindingGroup]:
    """Return groups that hold each finding exactly once: by regency, the most important group first.

    Findings of one regency are grouped by themselves, and accepted findings come apart, at its end.
    """
    by_regency: dict[str, dict[str, DocumentEntry]] = defaultdict(dict)
    regency_of: dict[str, str] = {}
    for document in documents:
        regency_of[document.id] = document.office_regency or ""
        by_regency[regency_of[document.id]][document.id] = document
    parts: dict[tuple[str, bool], list[Finding]] = defaultdict(list)
    for finding in findings:
        parts[regency_of[finding.place.document], finding.waived is not None].append(finding)
    return [
        group
        for (regency, _), members in sorted(parts.items(), key=lambda part: part[0])
        for group in _group_part(by_regency[regency], regency or None, members)
    ]


def group_rank(group: FindingGroup) -> tuple[int, int, int, int]:
    """Return a sort key: severity, certainty, number of kecamatan, level of the post."""
    return (
        SEVERITIES.index(group.severity),
        CERTAINTIES.index(group.cause),
        -len(group.kecamatan),
        LEVELS.index(group.level),
    )


def _group_part(
    documents: Mapping[str, DocumentEntry], regency: str | None, findings: Sequence[Finding]
) -> list[FindingGroup]:
    ranked = sorted(findings, key=lambda finding: _finding_rank(documents, finding))
    groups = [_make_group(documents, regency, fact) for fact in _collect_facts(ranked)]
    return sorted(groups, key=group_rank)


def _collect_facts(ranked: Sequence[Finding]) -> Iterator[Fact]:
    """Yield the facts of findings that stand in the order of their importance."""
    root_of = _find_roots(ranked)
    roots: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    echoes: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in ranked:
        root = root_of.get(finding.id)
        if root is None:
            roots[_recurrence_key(finding)].append(finding)
        else:
            echoes[_recurrence_key(root)].append(finding)
    for key, members in roots.items():
        yield Fact(tuple(members), tuple(echoes[key]))


def _recurrence_key(finding: Finding) -> tuple[str, ...]:
    """Findings of one key tell one fact; what sets versions side by side tells one by itself."""
    own_id = (finding.id,) if finding.variants else ()
    return finding.code, str(finding.cause == "ocr_artefact"), *own_id


def _find_roots(ranked: Sequence[Finding]) -> dict[str, Finding]:
    """Return the root of each finding that is an echo, by its id; the roots themselves are no echoes."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in ranked:
        by_code[finding.code].append(finding)
    parents: dict[str, Finding] = {}
    for row in load_echo_rows():
        root_at = _roots_by_place(row, by_code)
        for echo in (finding for code in row.echoes for finding in by_code[code]):
            candidates = (root_at.get(key) for key in _place_keys(echo, row.within))
            root = next((c for c in candidates if c is not None and _explains(c, echo, parents)), None)
            if root is not None:
                parents.setdefault(echo.id, root)
    return {id_: _top_root(root, parents) for id_, root in parents.items()}


def _roots_by_place(row: EchoRow, by_code: Mapping[str, Sequence[Finding]]) -> dict[tuple[str, ...], Finding]:
    """Return the preferred root of a row at each place."""
    root_at: dict[tuple[str, ...], Finding] = {}
    for code in row.roots:
        for root in by_code.get(code, ()):
            for key in _place_keys(root, row.within):
                root_at.setdefault(key, root)
    return root_at


def _explains(root: Finding, echo: Finding, parents: Mapping[str, Finding]) -> bool:
    """Return whether a finding may stand above another: no circle, and no certain fault under a doubt."""
    top = _top_root(root, parents)
    is_certain_under_doubt = echo.cause == "decree_fault" and top.cause != "decree_fault"
    return not is_certain_under_doubt and top.id != echo.id


def _top_root(finding: Finding, parents: Mapping[str, Finding]) -> Finding:
    while finding.id in parents:
        finding = parents[finding.id]
    return finding


def _place_keys(finding: Finding, within: Nearness) -> Iterator[tuple[str, ...]]:
    """Yield what identifies the places of a finding, as near as asked; nothing for a wider place."""
    for place in (finding.place, *finding.related):
        steps = _enclosing_steps(place, within)
        if steps is not None:
            yield place.document, *steps


def _enclosing_steps(place: Place, within: Nearness) -> tuple[str, ...] | None:
    """Return the steps of a place's pointer down to its field, indicator or holder; None if it has none."""
    steps = tuple(place.pointer.split("/")[1:])
    if within == "document":
        return ()
    if steps[:1] != ("holders",):
        return steps[:1] if within == "field" else None
    is_in_indicator = steps[2:3] == ("indicators",)
    if within == "indicator" and not is_in_indicator:
        return None
    depth = {"holder": 2, "indicator": 4, "field": _FIELD_STEPS[is_in_indicator]}[within]
    return steps[:depth] if len(steps) >= depth else None


def _finding_rank(documents: Mapping[str, DocumentEntry], finding: Finding) -> tuple[int, int, int, int]:
    """Return a sort key: severity, certainty, level of the post, number of kecamatan."""
    return (
        SEVERITIES.index(finding.severity),
        CERTAINTIES.index(finding.cause),
        min(LEVELS.index(level) for level in _touched_levels(documents, [finding])),
        -len(_touched_kecamatan(documents, [finding])),
    )


def _make_group(documents: Mapping[str, DocumentEntry], regency: str | None, fact: Fact) -> FindingGroup:
    return FindingGroup(
        root=fact.roots[0].id,
        recurrences=[finding.id for finding in fact.roots[1:]],
        echoes=[finding.id for finding in fact.echoes],
        regency=regency,
        severity=min((finding.severity for finding in fact.members), key=SEVERITIES.index),
        cause=fact.roots[0].cause,
        kecamatan=sorted(_touched_kecamatan(documents, fact.roots)),
        level=min(_touched_levels(documents, fact.roots), key=LEVELS.index),
    )


def _touched_kecamatan(documents: Mapping[str, DocumentEntry], findings: Iterable[Finding]) -> set[str]:
    """Return the kecamatan of these documents that findings touch; a file by its name without one."""
    ids = {place.document for finding in findings for place in (finding.place, *finding.related)}
    touched = [documents[id_] for id_ in ids if id_ in documents]
    return {document.kecamatan or document.name for document in touched}


def _touched_levels(documents: Mapping[str, DocumentEntry], findings: Iterable[Finding]) -> set[PostLevel]:
    """Return the levels of the posts at the findings' own places; what names no post is the agency's."""
    levels: set[PostLevel] = set()
    for finding in findings:
        document = documents[finding.place.document]
        steps = _enclosing_steps(finding.place, "holder")
        index = int(steps[1]) if steps else len(document.holders)
        if index < len(document.holders):
            holder = document.holders[index]
            levels.add(post_level(document.kind, holder.type, holder.name))
        else:
            levels.add("agency")
    return levels
