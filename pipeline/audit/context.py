"""What the audit looks at: decrees, and each indicator with its link, verdict and parsed formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from extractors.unread import spans
from pipeline.audit.lexicon import lexicon
from pipeline.audit.wording import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.record import Decree
    from extractors.unread import Span
    from pipeline.catalogue import VerdictEntry
    from pipeline.formulas import Expression
    from pipeline.linking import Definition
    from pipeline.mention import Mention

Level = Literal["agency", "head", "officer", "staff"]
Origin = Literal["digital", "ocr"]

UNDIVIDED = "undivided"
"""The circumstance that OCR may have lost the sign that divides: the cause is uncertain in every rule."""


@dataclass(frozen=True, eq=False)
class Case:
    """One indicator with all that earlier stages know of it."""

    mention: Mention
    """The indicator in its decree."""
    target: str | None
    """Id of the definition or cluster that its name was linked to; None in review."""
    definition: Definition | None
    """The definition, where linked to one."""
    verdict: VerdictEntry | None
    """Its formula against the definition's; None without a definition that has one."""
    formula: Expression | None
    """Its formula, parsed; None where there is none or it cannot be read."""

    @property
    def level(self) -> Level:
        """Whose indicator: the agency's, the Camat's, a section head's or a clerk's."""
        return level(self.mention.decree, self.mention.holder_index)

    @property
    def origin(self) -> Origin:
        """Whether the text is the file's own or went through OCR."""
        return origin(self.mention.decree)

    @cached_property
    def is_percentage(self) -> bool:
        """Whether name, unit or definition says that it is a percentage."""
        indicator = self.mention.indicator
        percent = lexicon()["percentages"]
        unit = indicator.unit or (self.definition.unit if self.definition else None) or ""
        return percent.holds(self.mention.name) or percent.holds(unit)

    def proposal(self) -> str:
        """The definition's formula as ``": …"``, to be added to what is expected; empty without one."""
        formula = self.definition.formula if self.definition else None
        return f": {readable(formula)}" if formula else ""


@dataclass(frozen=True)
class Spot:
    """A place in a record, with what is printed there."""

    decree: Decree
    pointer: str
    quote: str = ""


@dataclass(frozen=True)
class Hit:
    """What a rule found, before its texts are filled in: ``spots[0]`` is the place, the rest is related."""

    spots: tuple[Spot, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    """Placeholders of the rule's texts."""
    grade: str = "agency"
    """Picks the severity: whose indicator it is, unless the rule grades otherwise."""
    circumstance: str = "digital"
    """Picks the cause."""
    variants: tuple[tuple[str, tuple[Decree, ...]], ...] = ()
    """What disagrees: each text with the decrees that state it."""
    law: tuple[str, ...] = ()
    """Keys of further grounds, beside the rule's own."""


@dataclass(frozen=True, eq=False)
class Context:
    """All decrees of a build and all their indicators, in the catalogue's order."""

    decrees: tuple[Decree, ...]
    cases: tuple[Case, ...]

    @cached_property
    def by_decree(self) -> dict[int, tuple[Case, ...]]:
        """The indicators of each decree, by ``id(decree)``."""
        found: dict[int, list[Case]] = {id(d): [] for d in self.decrees}
        for case in self.cases:
            found[id(case.mention.decree)].append(case)
        return {key: tuple(cases) for key, cases in found.items()}

    def of(self, decree: Decree) -> tuple[Case, ...]:
        """The indicators of one decree."""
        return self.by_decree[id(decree)]


def level(decree: Decree, holder_index: int) -> Level:
    """Whose performance a holder's indicators measure; severity depends on it."""
    holder = decree.holders[holder_index]
    if decree.kind == "IKU" or holder.type == "agency":
        return "agency"
    name, words = holder.name or "", lexicon()
    if words["head"].begins(name):
        return "head"
    return "officer" if words["officers"].begins(name) else "staff"


def origin(decree: Decree) -> Origin:
    """``digital`` for a text layer; everything else went through OCR somewhere."""
    return "digital" if decree.document.origin == "digital" else "ocr"


def unread(decree: Decree) -> tuple[Span, ...]:
    """The decree's pages that could not be read, or not wholly: what is missing may stand there."""
    return spans(decree.notes)


def spot(case: Case, field_name: str = "", quote: str = "") -> Spot:
    """A place in the case's indicator; the whole indicator where no field is named."""
    suffix = f"/{field_name}" if field_name else ""
    return Spot(case.mention.decree, case.mention.pointer + suffix, quote)
