"""View model of the report: offices, matrices, scores, forms of formulas, proposed wordings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.models.findings import SMART_CRITERIA
from pipeline.reports.summary.comparison_matrix import DecreeGroup, group_decrees, verdict_mark
from pipeline.reports.summary.key_facts import compute_key_facts

if TYPE_CHECKING:
    from pipeline.models.catalogue import (
        BasisEntry,
        Catalogue,
        DefinitionEntry,
        DocumentEntry,
        Finding,
        FormulaGroupEntry,
        IndicatorEntry,
        Place,
    )
    from pipeline.reports.summary.key_facts import KeyFact

SEVERITIES = ("error", "warning", "info")
FAMILIES = ("F", "K", "I", "S", "O")
_INDICATOR_POINTER = re.compile(r"/holders/\d+/indicators/\d+")


@dataclass(frozen=True)
class OfficeSummary:
    """A kecamatan with its documents, or a file that does not name its kecamatan."""

    name: str
    regency: str | None
    named: bool
    """Whether its decrees name the kecamatan."""
    documents: tuple[DocumentEntry, ...]

    @property
    def decree_count(self) -> int:
        """Return the number of its decrees; further prints of a decree do not count."""
        return sum(document.print_of is None for document in self.documents)


FAMILIES_OF_ONE_DECREE = "FSO"
"""Families of rules that judge a field by itself; a faulted field is not proposed to others."""
FIELD_DEPTH = 6
"""Number of parts of a pointer to an indicator's field: /holders/0/indicators/0/formula."""


@dataclass(frozen=True)
class ProposedIndicator:
    """An indicator that several decrees share: its name, and how they compute it."""

    name: str
    definition: DefinitionEntry | None
    """None for a cluster that no definition covers yet."""
    members: tuple[IndicatorEntry, ...]
    usual_formula: str | None
    """The formula that most decrees have; None if none could be read."""
    users: int
    """Number of offices that have it."""
    equivalent_count: int
    """Number of offices whose formula is equivalent to the definition's."""
    sources: tuple[str, ...]
    """The most common sources; empty if no two agree. The same for ``responsible``."""
    responsible: tuple[str, ...]

    @property
    def expression(self) -> str | None:
        """Return the formula to propose."""
        if self.definition is not None:
            return self.definition.formula
        return self.usual_formula

    @property
    def unit(self) -> str | None:
        """Return the definition's unit, else the one that most decrees print."""
        if self.definition is not None:
            return self.definition.unit
        units = Counter(member.unit for member in self.members if member.unit)
        return units.most_common(1)[0][0] if units else None

    @property
    def basis(self) -> BasisEntry | None:
        """Return the basis of the definition."""
        return self.definition.basis if self.definition else None


@dataclass(frozen=True)
class ReportModel:
    """A catalogue with the indexes, groups and counts that the report shows."""

    catalogue: Catalogue

    @cached_property
    def documents_by_id(self) -> dict[str, DocumentEntry]:
        """Return the documents by id."""
        return {document.id: document for document in self.catalogue.documents}

    @cached_property
    def offices(self) -> tuple[OfficeSummary, ...]:
        """Return the offices that have decrees, sorted by regency and name."""
        documents_by_office: dict[tuple[str, str, bool], list[DocumentEntry]] = defaultdict(list)
        for document in self.catalogue.documents:
            name = document.kecamatan or document.name
            documents_by_office[document.office_regency or "", name, document.kecamatan is not None].append(
                document
            )
        return tuple(
            OfficeSummary(name, regency or None, is_named, tuple(documents))
            for (regency, name, is_named), documents in sorted(documents_by_office.items())
        )

    @cached_property
    def office_of(self) -> dict[str, int]:
        """Return the position in ``offices`` of each document's office, by document id."""
        return {d.id: number for number, office in enumerate(self.offices) for d in office.documents}

    @cached_property
    def matrix_groups(self) -> tuple[DecreeGroup, ...]:
        """Return the comparison matrices, one for each regency, kind and period."""
        return tuple(group for group in group_decrees(self.catalogue) if group.rows)

    @cached_property
    def document_positions(self) -> dict[str, int]:
        """Return the position of each document in the catalogue, by id."""
        return {document.id: number for number, document in enumerate(self.catalogue.documents)}

    @cached_property
    def indicator_positions(self) -> dict[str, int]:
        """Return the position of each indicator in the catalogue, by id."""
        return {indicator.id: number for number, indicator in enumerate(self.catalogue.indicators)}

    @cached_property
    def positions_by_pointer(self) -> dict[tuple[str, str], int]:
        """Return the position of each indicator in the catalogue, by document and pointer."""
        return {(i.document, i.pointer): number for number, i in enumerate(self.catalogue.indicators)}

    @cached_property
    def definitions_by_id(self) -> dict[str, DefinitionEntry]:
        """Return the definitions by id."""
        return {definition.id: definition for definition in self.catalogue.definitions}

    def indicator_at(self, place: Place) -> int | None:
        """Return the position of the indicator that contains a place; None if it is outside of all."""
        match = _INDICATOR_POINTER.match(place.pointer)
        return self.positions_by_pointer.get((place.document, match.group())) if match else None

    def concerned_offices(self, finding: Finding) -> list[int]:
        """Return the positions of the offices that a finding is about, its own first."""
        places = (finding.place, *finding.related)
        return list(dict.fromkeys(self.office_of[p.document] for p in places if p.document in self.office_of))

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """Return the findings that are not waived."""
        return tuple(finding for finding in self.catalogue.findings if finding.waived is None)

    @cached_property
    def key_facts(self) -> list[KeyFact]:
        """The five sentences about what matters most."""
        return compute_key_facts(self.catalogue)

    @cached_property
    def entry_numbers(self) -> dict[str, int]:
        """The number of the entry that each finding belongs to, by its id: findings of one fact share one."""
        return {
            id_: number
            for number, group in enumerate(self.catalogue.finding_groups, start=1)
            for id_ in (group.root, *group.recurrences, *group.echoes)
        }

    @cached_property
    def ranked_findings(self) -> list[Finding]:
        """All findings: those of the most important entry first, its root before the others."""
        positions = {id_: position for position, id_ in enumerate(self.entry_numbers)}
        return sorted(self.catalogue.findings, key=lambda f: positions.get(f.id, len(positions)))

    @cached_property
    def disputed_formulas(self) -> tuple[tuple[str, FormulaGroupEntry, int], ...]:
        """Return the indicators with several formulas: name, formulas with their users, number of formulas.

        Those with most formulas come first.
        """
        entries = []
        for entry in self.catalogue.formula_groups:
            form_count = sum(group.state == "formula" for group in entry.groups)
            if form_count > 1:
                entries.append((self.target_names.get(entry.target, entry.target), entry, form_count))
        return tuple(sorted(entries, key=lambda item: (-item[2], item[0])))

    @cached_property
    def target_names(self) -> dict[str, str]:
        """Return the names of definitions and clusters, by id."""
        return {c.id: c.name for c in self.catalogue.clusters} | {
            d.id: d.name for d in self.catalogue.definitions
        }

    def _usual_formula(self, target: str) -> str | None:
        groups = [
            group
            for entry in self.catalogue.formula_groups
            if entry.target == target
            for group in entry.groups
            if group.expression is not None
        ]
        sound_counts = [
            (sum(self._is_sound(id_, "formula") for id_ in group.indicators), group.expression or "")
            for group in groups
        ]
        usual = min(sound_counts, key=lambda item: (-item[0], item[1]), default=None)
        return usual[1] if usual and usual[0] else None

    @cached_property
    def _faulted_fields(self) -> frozenset[tuple[str, str]]:
        """Return document and pointer of the fields in which a rule on one decree found a fault."""
        return frozenset(
            (place.document, "/".join(place.pointer.split("/")[:FIELD_DEPTH]))
            for finding in self.catalogue.findings
            if finding.code[0] in FAMILIES_OF_ONE_DECREE
            for place in (finding.place, *finding.related)
        )

    @cached_property
    def _pointers(self) -> dict[str, tuple[str, str]]:
        """Return document and pointer of each indicator, by its id."""
        return {i.id: (i.document, i.pointer) for i in self.catalogue.indicators}

    def _is_sound(self, indicator_id: str, field: str) -> bool:
        """Return whether no rule found a fault in a field, so that it may be proposed to others."""
        document, pointer = self._pointers.get(indicator_id, ("", ""))
        return (document, f"{pointer}/{field}") not in self._faulted_fields

    @cached_property
    def shared_indicators(self) -> tuple[ProposedIndicator, ...]:
        """Return each definition and cluster with the indicators linked to it, the most used first."""
        members: dict[str, list[IndicatorEntry]] = defaultdict(list)
        for indicator in self.catalogue.indicators:
            if indicator.link.target is not None:
                members[indicator.link.target].append(indicator)
        subject_list = [
            self._make_shared_indicator(self.target_names[id_], id_, indicators)
            for id_, indicators in members.items()
            if id_ in self.target_names
        ]
        return tuple(sorted(subject_list, key=lambda subject: (-subject.users, subject.name)))

    @cached_property
    def _indicator_counts(self) -> Counter[int]:
        return Counter(self.office_of[indicator.document] for indicator in self.catalogue.indicators)

    def indicators_of(self, office: int) -> int:
        """Return the number of indicators in an office's decrees."""
        return self._indicator_counts[office]

    @cached_property
    def _severity_counts(self) -> Counter[tuple[int, str]]:
        return Counter((self.office_of[f.place.document], f.severity) for f in self.open_findings)

    def severities_of(self, office: int) -> list[int]:
        """Return the number of findings of each severity in an office's decrees."""
        return [self._severity_counts[office, severity] for severity in SEVERITIES]

    @cached_property
    def _smart_counts(self) -> Counter[tuple[int, str, bool]]:
        """Return the number of judged indicators by office, criterion and result."""
        return Counter(
            (self.office_of[indicator.document], name, value)
            for indicator in self.catalogue.indicators
            for name in SMART_CRITERIA
            if (value := getattr(indicator.smart, name).value) is not None
        )

    def smart_scores(self, office: int) -> list[tuple[int, int]]:
        """Return how many of an office's indicators meet each SMART criterion, and how many were judged."""
        counts = self._smart_counts
        return [
            (counts[office, n, True], counts[office, n, True] + counts[office, n, False])
            for n in SMART_CRITERIA
        ]

    def _make_shared_indicator(self, name: str, id_: str, members: list[IndicatorEntry]) -> ProposedIndicator:
        equivalent = [m for m in members if verdict_mark(m) == "equivalent"]
        return ProposedIndicator(
            name=name,
            definition=self.definitions_by_id.get(id_),
            members=tuple(members),
            usual_formula=self._usual_formula(id_),
            users=len({self.office_of[m.document] for m in members}),
            equivalent_count=len({self.office_of[m.document] for m in equivalent}),
            sources=_most_common(
                [tuple(m.data_sources) for m in members if self._is_sound(m.id, "data_sources")]
            ),
            responsible=_most_common(
                [tuple(m.responsible) for m in members if self._is_sound(m.id, "responsible")]
            ),
        )


def _most_common(stated: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the most common value; empty if no two agree."""
    counts = Counter(value for value in stated if value)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and ranked[0][1] > 1 else ()
