"""What the audit looks at: decrees, and each indicator with its link, verdict and parsed formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from extractors.unread_pages import unread_ranges
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.formula_shape import quantity_words
from pipeline.audit.domain.ocr_damage import find_ocr_noise, has_formula_damage, has_misread_words
from pipeline.audit.domain.text_comparison import readable_formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.model.decree_kind import DecreeKind
    from extractors.model.record import Decree
    from extractors.unread_pages import PageRange
    from pipeline.formulas import Expression
    from pipeline.linking import Definition
    from pipeline.models.catalogue import VerdictEntry
    from pipeline.models.findings import PostLevel
    from pipeline.models.mention import Mention

TextOrigin = Literal["digital", "ocr"]

LOST_DIVISION = "undivided"
"""The circumstance that OCR may have lost the sign that divides: the cause is uncertain in every rule."""


@dataclass(frozen=True, eq=False)
class AuditedIndicator:
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
    def level(self) -> PostLevel:
        """Whose indicator: the agency's, the Camat's, a section head's or a clerk's."""
        return holder_level(self.mention.decree, self.mention.holder_index)

    @property
    def origin(self) -> TextOrigin:
        """Whether the text is the file's own or went through OCR."""
        return text_origin(self.mention.decree)

    @cached_property
    def is_percentage(self) -> bool:
        """Whether name, unit or definition says that it is a percentage."""
        indicator = self.mention.indicator
        percent = load_lexicon().percentages
        unit = indicator.unit or (self.definition.unit if self.definition else None) or ""
        return percent.occurs_in(self.mention.name) or percent.occurs_in(unit)

    @cached_property
    def may_be_misread(self) -> bool:
        """Whether OCR may have changed its name or formula: signs of damage, or words that nobody knows."""
        decree, pointer = self.mention.decree, self.mention.pointer
        raw = "" if is_corrected(decree, f"{pointer}/formula") else self.mention.raw_formula or ""
        name = "" if is_corrected(decree, f"{pointer}/name") else self.mention.name
        if has_formula_damage(raw):
            return True
        return self.origin == "ocr" and (
            bool(find_ocr_noise(name))
            or has_misread_words(name, quantity_words(self.formula) if self.formula and raw else "")
        )

    def definition_formula_suffix(self) -> str:
        """The definition's formula as ``": …"``, to be added to what is expected; empty without one."""
        formula = self.definition.formula if self.definition else None
        return f": {readable_formula(formula)}" if formula else ""


@dataclass(frozen=True)
class Location:
    """A place in a record, with what is printed there."""

    decree: Decree
    pointer: str
    quote: str = ""


@dataclass(frozen=True)
class Violation:
    """What a rule found, before its texts are filled in: ``spots[0]`` is the place, the rest is related."""

    locations: tuple[Location, ...]
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
class AuditContext:
    """All decrees of a build and all their indicators, in the catalogue's order."""

    decrees: tuple[Decree, ...]
    cases: tuple[AuditedIndicator, ...]

    @cached_property
    def cases_by_decree(self) -> dict[int, tuple[AuditedIndicator, ...]]:
        """The indicators of each decree, by ``id(decree)``."""
        cases_of: dict[int, list[AuditedIndicator]] = {id(d): [] for d in self.decrees}
        for case in self.cases:
            cases_of[id(case.mention.decree)].append(case)
        return {key: tuple(cases) for key, cases in cases_of.items()}

    def decree_cases(self, decree: Decree) -> tuple[AuditedIndicator, ...]:
        """The indicators of one decree."""
        return self.cases_by_decree[id(decree)]


def holder_level(decree: Decree, holder_index: int) -> PostLevel:
    """Whose performance a holder's indicators measure; severity depends on it."""
    holder = decree.holders[holder_index]
    return post_level(decree.kind, holder.type, holder.name)


def post_level(kind: DecreeKind | None, holder_type: str, name: str | None) -> PostLevel:
    """Return the level of a holder of that type and printed name, in a decree of that kind."""
    if kind == "IKU" or holder_type == "agency":
        return "agency"
    words = load_lexicon()
    if words.head.match_start(name or ""):
        return "head"
    return "officer" if words.officers.match_start(name or "") else "staff"


def text_origin(decree: Decree) -> TextOrigin:
    """``digital`` for a text layer; everything else went through OCR somewhere."""
    return "digital" if decree.document.origin == "digital" else "ocr"


def is_corrected(decree: Decree, pointer: str) -> bool:
    """Return whether a person says what is printed at a place: no reader's error is left in it."""
    passages = (decree.provenance.get(key) for key in (pointer, f"{pointer}/raw"))
    return any(passage is not None and passage.corrected is not None for passage in passages)


def unread_spans(decree: Decree) -> tuple[PageRange, ...]:
    """The decree's pages that could not be read, or not wholly: what is missing may stand there."""
    return unread_ranges(decree.notes)


def indicator_location(case: AuditedIndicator, field_name: str = "", quote: str = "") -> Location:
    """A place in the case's indicator; the whole indicator where no field is named."""
    suffix = f"/{field_name}" if field_name else ""
    return Location(case.mention.decree, case.mention.pointer + suffix, quote)
