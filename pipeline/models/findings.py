"""What the audit says: findings, judgements of indicators, scores of documents, comparisons, rules.

These models are part of the catalogue's contract, as those of ``pipeline.models.catalogue`` are.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractors.model.decree_kind import DecreeKind
from extractors.model.record import Period, Provenance, StrictModel

Severity = Literal["error", "warning", "info"]
Cause = Literal["decree_fault", "ocr_artefact", "uncertain"]
Family = Literal["F", "K", "I", "S", "O"]
Scope = Literal["document", "regency", "all"]
Band = Literal["a", "b", "c", "d", "e"]
PostLevel = Literal["agency", "head", "officer", "staff"]


class Wording(StrictModel):
    """One text in both languages."""

    id: str
    """In Indonesian."""
    en: str
    """In English."""


class BasisEntry(StrictModel):
    """What a definition or a rule rests on."""

    kind: str
    """``regulation``, or what else it is, for example ``local-consensus`` (common usage, not law)."""
    source: str
    """The regulation or the decrees."""
    evidence: str
    """``verified``, ``secondary`` or ``unverified``."""


class Place(StrictModel):
    """A place in a document."""

    document: str
    """Id of the document."""
    pointer: str
    """JSON Pointer of the field; the field itself may be empty."""
    quote: str
    """What is printed there; empty where nothing is."""
    marks: list[str] = Field(default_factory=list)
    """Words of the quote that a finding is about; empty where it is about all of it."""
    provenance: Provenance | None
    """Page and box, or lines; of the nearest field that was read; null where not known."""


class VariantEntry(StrictModel):
    """One of several ways in which documents state the same thing."""

    text: str
    """Formula, officers, sources or goal, as the first of its documents has it."""
    documents: list[str]
    """Ids of the documents that state it so."""


class Waived(StrictModel):
    """Who accepted a finding, why and until when. It stays visible, and no longer counts."""

    reason: str
    """Why it is accepted."""
    who: str
    """Who accepted it."""
    when: str
    """Date, ISO 8601."""
    until: str | None
    """Last day on which the waiver holds, ISO 8601; null where it holds until the text changes."""


class Finding(StrictModel):
    """What an audit rule found, ready to be read and mended."""

    id: str
    """Stable id: code and place."""
    code: str
    """Code of the rule, for example ``F003``."""
    name: str
    """Kind of finding, for example ``formula_missing_times_100``."""
    severity: Severity
    """``error``, ``warning`` or ``info``."""
    cause: Cause
    """``decree_fault``, ``ocr_artefact`` (look at the original first) or ``uncertain``."""
    place: Place
    """Where."""
    related: list[Place]
    """Other places that belong to it."""
    variants: list[VariantEntry]
    """What disagrees, side by side; empty where the rule compares nothing."""
    title: Wording
    """The rule in a few words."""
    message: Wording
    """What was found, and why it matters."""
    expected: Wording
    """What was expected."""
    recommendation: Wording
    """What to do."""
    basis: list[BasisEntry]
    """What the rule rests on."""
    fingerprint: str
    """Of rule, kecamatan, place and printed text: the same in every build until the text changes."""
    waived: Waived | None = None
    """Set where the finding is known and accepted."""


class FindingGroup(StrictModel):
    """One fact: the finding that tells it, where it recurs, and the findings that only echo it."""

    root: str
    """Id of the finding that tells it: of those that tell it, the gravest and most certain."""
    recurrences: list[str]
    """Ids of the findings of the same rule elsewhere in the regency, in the order of their weight."""
    echoes: list[str]
    """Ids of the findings that follow from the root or from one of its recurrences."""
    regency: str | None
    """Regency of the documents; null for decrees that name none."""
    severity: Severity
    """The gravest among its findings."""
    cause: Cause
    """That of the root."""
    kecamatan: list[str]
    """Names of the kecamatan (or files) that it touches, sorted."""
    level: PostLevel
    """The highest level of the posts that it touches."""


class Judgement(StrictModel):
    """Whether one demand is met."""

    value: bool | None
    """Met or not; null where it cannot be judged: nothing to judge, unreadable, or suspected OCR damage."""
    reason: Wording
    """Why, in a sentence."""


class Smart(StrictModel):
    """The five criteria of the evaluators' worksheet (PermenPANRB 88/2021, question 1.b.5)."""

    specific: Judgement
    """Of one meaning."""
    measurable: Judgement
    """Has a measure, and its unit can be told."""
    achievable: Judgement
    """Within the duties of whose performance it measures."""
    relevant: Judgement
    """Its formula and its objective are about what its name says."""
    timebound: Judgement
    """Refers to a span of time."""

    @property
    def is_met(self) -> bool | None:
        """Return whether all five are met: false if one is not, None if one cannot be judged."""
        criteria_met = [getattr(self, name).value for name in SMART_CRITERIA]
        return False if False in criteria_met else None if None in criteria_met else True


SMART_CRITERIA = ("specific", "measurable", "achievable", "relevant", "timebound")
"""The fields of ``Smart``, in the worksheet's order."""


class ScoreEntry(StrictModel):
    """One question of the evaluators' worksheet, answered for one document."""

    question: str
    """Code of the question, for example ``1.b.5``; its text stands in the catalogue's ``questions``."""
    met: int
    """How many of the judged meet it."""
    judged: int
    """How many indicators (for 1.b.1: parts of the formal adoption) could be judged."""
    not_judgeable: int
    """How many could not: unreadable, or suspected OCR damage."""
    share: float | None
    """``met`` of ``judged`` in percent, two decimals; null where nothing could be judged."""
    band: Band | None
    """a > 90, b > 75, c > 40, d > 10, e the rest, in percent; null where fewer than three could be judged."""
    sentence: Wording
    """The score in a sentence, for a report."""


class QuestionEntry(StrictModel):
    """A question of PermenPANRB 88/2021 that a decree answers, in our own words."""

    code: str
    """Code of the worksheet."""
    title: Wording
    """In a few words."""
    text: Wording
    """The question."""
    judged_by: Wording
    """What is looked at in a decree, and what counts as met."""


class RuleExample(StrictModel):
    """A text that the rule reports and one that it does not; both are tested."""

    bad: str
    """What is reported."""
    good: str
    """What is not."""


class RuleEntry(StrictModel):
    """The page of a rule."""

    code: str
    """Stable code, family letter and three digits."""
    name: str
    """Kind of finding; several rules may find the same kind in different fields."""
    family: Family
    """F formulas, K consistency, I identities, S structure and content, O suspected OCR damage."""
    scope: Scope
    """What must be known to judge: one document, all of a regency, or all."""
    severities: list[Severity]
    """What it may be graded as, worst first; it depends on whose indicator it is."""
    causes: list[Cause]
    """What its findings may be put down to."""
    title: Wording
    """In a few words."""
    explanation: Wording
    """What the rule looks for."""
    why: Wording
    """Why it matters."""
    limits: Wording
    """What it does not see, or may see wrongly."""
    example: RuleExample
    """As printed in a decree, in Indonesian."""
    recommendation: Wording
    """What to do."""
    basis: list[BasisEntry]
    """What it rests on."""


class StatementEntry(StrictModel):
    """One way in which indicators state a field."""

    text: str
    """As the first of them has it; empty where the field is empty."""
    indicators: list[str]
    """Ids of the indicators that state it so, in the order of the documents."""


class FieldEntry(StrictModel):
    """How one field of an indicator varies."""

    field: Literal["name", "objective", "formula", "data_sources", "responsible", "goal", "goal_indicator"]
    """Which field; the last two are the holder's."""
    variants: list[StatementEntry]
    """Those that agree together, the most common first; the empty field is a variant too, the last."""


class ComparisonEntry(StrictModel):
    """One indicator within one regency and period: who has it, who lacks it, and how its fields vary."""

    id: str
    """Stable id made from regency, kind, period and target."""
    target: str
    """Id of the definition or cluster."""
    name: str
    """Name of the definition or cluster."""
    kind: DecreeKind | None
    """Kind of the decrees."""
    regency: str
    """``Kabupaten X`` or ``Kota X``."""
    period: Period | None
    """Planning period of the decrees; null where none of them names one."""
    has: list[str]
    """Ids of the documents that have it."""
    lacks: list[str]
    """Ids of the documents of this regency, kind and period that do not; none with a page unread."""
    fields: list[FieldEntry]
    """In the order of the field's names above; only of the documents that have it."""


class TaskEntry(StrictModel):
    """One task of the Camat by law, against the functions that a decree prints."""

    item: str
    """Letter of the item."""
    task: Wording
    """The task, in our own words."""
    function: int | None
    """Place (from 0) of the printed function that states it; null where none does."""
    deviates: bool | None
    """Whether the printed words say something else than the law's; null where no function states it."""
