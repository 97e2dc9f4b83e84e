"""What a report is about, put in order: offices, matrices, scores, forms of formulas, proposed wordings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.assessment import CRITERIA
from pipeline.summary.matrix import Group, groups, mark

if TYPE_CHECKING:
    from pipeline.catalogue import (
        BasisEntry,
        Catalogue,
        DefinitionEntry,
        DocumentEntry,
        Finding,
        FormulaGroupEntry,
        IndicatorEntry,
        Place,
    )

SEVERITIES = ("error", "warning", "info")
FAMILIES = ("F", "K", "I", "S", "O")
_INDICATOR = re.compile(r"/holders/\d+/indicators/\d+")


@dataclass(frozen=True)
class Office:
    """A kecamatan, or a file that names none."""

    name: str
    regency: str | None
    named: bool
    """Whether its decrees name the kecamatan."""
    documents: tuple[DocumentEntry, ...]

    @property
    def decrees(self) -> int:
        """How many decrees it has; further prints of one do not count."""
        return sum(document.print_of is None for document in self.documents)


@dataclass(frozen=True)
class Subject:
    """An indicator that several decrees share: what it is called, and how they compute it."""

    name: str
    definition: DefinitionEntry | None
    """None: it is a cluster, which no definition covers yet."""
    members: tuple[IndicatorEntry, ...]
    usual: str | None
    """The formula that most decrees have; None where none can be read."""
    users: int
    """Offices that have it."""
    same: int
    """Offices whose formula is equivalent to the definition's."""
    sources: tuple[str, ...]
    """What most state, nothing where each states something else."""
    responsible: tuple[str, ...]

    @property
    def expression(self) -> str | None:
        """The formula to propose."""
        if self.definition is not None:
            return self.definition.formula
        return self.usual

    @property
    def unit(self) -> str | None:
        """The definition's unit, else what most decrees print."""
        if self.definition is not None:
            return self.definition.unit
        units = Counter(member.unit for member in self.members if member.unit)
        return units.most_common(1)[0][0] if units else None

    @property
    def basis(self) -> BasisEntry | None:
        """What the definition rests on."""
        return self.definition.basis if self.definition else None


@dataclass(frozen=True)
class Content:
    """A catalogue in the order of a report."""

    catalogue: Catalogue

    @cached_property
    def documents(self) -> dict[str, DocumentEntry]:
        """The documents by id."""
        return {document.id: document for document in self.catalogue.documents}

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """Those that decrees are of, by regency and name."""
        found: dict[tuple[str, str, bool], list[DocumentEntry]] = defaultdict(list)
        for document in self.catalogue.documents:
            name = document.kecamatan or document.name
            found[document.regency or "", name, document.kecamatan is not None].append(document)
        return tuple(
            Office(name, regency or None, named, tuple(documents))
            for (regency, name, named), documents in sorted(found.items())
        )

    @cached_property
    def office_of(self) -> dict[str, int]:
        """The place among the offices of each document's."""
        return {d.id: number for number, office in enumerate(self.offices) for d in office.documents}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The matrices: those of one regency, kind and period."""
        return tuple(group for group in groups(self.catalogue) if group.rows)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each document in the catalogue, by id."""
        return {document.id: number for number, document in enumerate(self.catalogue.documents)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each indicator in the catalogue, by id."""
        return {indicator.id: number for number, indicator in enumerate(self.catalogue.indicators)}

    @cached_property
    def by_pointer(self) -> dict[tuple[str, str], int]:
        """The place of each indicator in the catalogue, by document and pointer."""
        return {(i.document, i.pointer): number for number, i in enumerate(self.catalogue.indicators)}

    @cached_property
    def definitions(self) -> dict[str, DefinitionEntry]:
        """The definitions by id."""
        return {definition.id: definition for definition in self.catalogue.definitions}

    def indicator_at(self, place: Place) -> int | None:
        """The indicator that a place is part of."""
        found = _INDICATOR.match(place.pointer)
        return self.by_pointer.get((place.document, found.group())) if found else None

    def concerned(self, finding: Finding) -> list[int]:
        """The offices that a finding is about, its own first."""
        places = (finding.place, *finding.related)
        return list(dict.fromkeys(self.office_of[p.document] for p in places if p.document in self.office_of))

    @cached_property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for finding in self.catalogue.findings if finding.waived is None)

    @cached_property
    def disputed(self) -> tuple[tuple[str, FormulaGroupEntry, int], ...]:
        """The indicators whose formula has several forms: name, forms with their users, how many forms.

        Those with most forms come first.
        """
        found = []
        for entry in self.catalogue.formula_groups:
            several = sum(group.state == "formula" for group in entry.groups)
            if several > 1:
                found.append((self.names.get(entry.target, entry.target), entry, several))
        return tuple(sorted(found, key=lambda one: (-one[2], one[0])))

    @cached_property
    def names(self) -> dict[str, str]:
        """What definitions and clusters are called, by id."""
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
        most = min(groups, key=lambda group: (-len(group.indicators), group.expression or ""), default=None)
        return most.expression if most else None

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Every definition and cluster with the indicators that mean it, the most used first."""
        members: dict[str, list[IndicatorEntry]] = defaultdict(list)
        for indicator in self.catalogue.indicators:
            if indicator.link.target is not None:
                members[indicator.link.target].append(indicator)
        made = [
            self._subject(self.names[id_], id_, found) for id_, found in members.items() if id_ in self.names
        ]
        return tuple(sorted(made, key=lambda subject: (-subject.users, subject.name)))

    @cached_property
    def _indicators(self) -> Counter[int]:
        return Counter(self.office_of[indicator.document] for indicator in self.catalogue.indicators)

    def indicators_of(self, office: int) -> int:
        """How many indicators an office's decrees have."""
        return self._indicators[office]

    @cached_property
    def _severities(self) -> Counter[tuple[int, str]]:
        return Counter((self.office_of[f.place.document], f.severity) for f in self.counted)

    def severities_of(self, office: int) -> list[int]:
        """How many findings of each severity an office's decrees have."""
        return [self._severities[office, severity] for severity in SEVERITIES]

    @cached_property
    def _smart(self) -> Counter[tuple[int, str, bool]]:
        """Judged indicators by office, criterion and whether it is met."""
        return Counter(
            (self.office_of[indicator.document], name, value)
            for indicator in self.catalogue.indicators
            for name in CRITERIA
            if (value := getattr(indicator.smart, name).value) is not None
        )

    def smart(self, office: int) -> list[tuple[int, int]]:
        """For each SMART criterion how many of an office's indicators meet it, of how many judged."""
        found = self._smart
        return [(found[office, n, True], found[office, n, True] + found[office, n, False]) for n in CRITERIA]

    def _subject(self, name: str, id_: str, members: list[IndicatorEntry]) -> Subject:
        equivalent = [m for m in members if mark(m) == "equivalent"]
        return Subject(
            name=name,
            definition=self.definitions.get(id_),
            members=tuple(members),
            usual=self._usual_formula(id_),
            users=len({self.office_of[m.document] for m in members}),
            same=len({self.office_of[m.document] for m in equivalent}),
            sources=_usual([tuple(m.data_sources) for m in members]),
            responsible=_usual([tuple(m.responsible) for m in members]),
        )


def _usual(stated: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What is stated most; nothing where no two agree."""
    counts = Counter(value for value in stated if value)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and ranked[0][1] > 1 else ()
