"""Scores of a document: questions of PermenPANRB 88/2021 with how many meet them, and the band."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.audit.rulebook.rule_registry import load_rulebook
from pipeline.models.findings import QuestionEntry, ScoreEntry, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.audit.scoring.smart_criteria import IndicatorJudgements
    from pipeline.models.findings import Band, Finding

MIN_BANDED = 3
"""Judged indicators from which a share deserves a band: of one or two it says nothing."""
ADOPTION_PARTS = ("number", "date", "signatory", "nip")
"""Parts of a formal adoption, as criteria of the identity rules."""


class WorksheetQuestion(TableModel):
    """A question of the worksheet, and how it is judged here."""

    title: Wording
    text: Wording
    judged_by: Wording
    counted: Wording
    """What is counted, as a noun."""


class QuestionTable(TableModel):
    """Questions, bands and sentences of the scores."""

    bands: dict[str, float]
    """Lower bound of each band in percent, not included."""
    questions: dict[str, WorksheetQuestion]
    sentences: dict[str, Wording]


@cache
def _question_table() -> QuestionTable:
    return load_table(__package__, "questions.yaml", QuestionTable)


@cache
def load_questions() -> tuple[QuestionEntry, ...]:
    """Return the questions that scores answer, by code."""
    return tuple(
        QuestionEntry(code=code, title=row.title, text=row.text, judged_by=row.judged_by)
        for code, row in sorted(_question_table().questions.items())
    )


def score_document(
    judged: Sequence[IndicatorJudgements], findings: Iterable[Finding], *, pages_unread: bool = False
) -> list[ScoreEntry]:
    """The answers for one document: its indicators as judged, and what the rules found in it.

    Every question asks for what the whole document holds: of one with a page ``unread`` none is answered.
    """
    values: dict[str, list[bool | None]] = {
        "1.b.1": _adoption_values(findings),
        "1.b.5": [judgements.smart.is_met for judgements in judged],
        "2.a.2": [judgements.operational_definition.value for judgements in judged],
        "2.a.3": [judgements.data_collection.value for judgements in judged],
    }
    if pages_unread:
        values = {code: [None] * len(question_values) for code, question_values in values.items()}
    reason = "unread" if pages_unread else "none"
    return [_score_question(question.code, values[question.code], reason) for question in load_questions()]


def _adoption_values(findings: Iterable[Finding]) -> list[bool | None]:
    """Each part of the adoption: failed, or open where the scan must be looked at."""
    causes: dict[str, set[str]] = {part: set() for part in ADOPTION_PARTS}
    for finding in findings:
        for part in load_rulebook()[finding.code].criteria:
            if part in causes:
                causes[part].add(finding.cause)
    return [
        None if "uncertain" in part_causes or "ocr_artefact" in part_causes else not part_causes
        for part_causes in causes.values()
    ]


def _score_question(code: str, values: list[bool | None], reason: str) -> ScoreEntry:
    """The answer to a question; ``why`` picks the sentence where there is no score."""
    met_count, judged_count = values.count(True), len(values) - values.count(None)
    share = round(100 * met_count / judged_count, 2) if judged_count else None
    is_banded = share is not None and judged_count >= MIN_BANDED
    band_name = share_band(share) if share is not None and is_banded else None
    open_count = len(values) - judged_count
    return ScoreEntry(
        question=code,
        met=met_count,
        judged=judged_count,
        not_judgeable=open_count,
        share=share,
        band=band_name,
        sentence=Wording(
            **{
                language: _unscored_sentence(code, language, reason)
                if share is None
                else _score_sentence(code, language, met_count, judged_count, open_count, share, band_name)
                for language in ("id", "en")
            }
        ),
    )


def share_band(share: float) -> Band:
    """The worksheet's band of a share in percent.

    >>> [band(share) for share in (100, 90, 75, 40, 10)]
    ['a', 'b', 'c', 'd', 'e']
    """
    band_name = next((name for name, over in _question_table().bands.items() if share > over), "e")
    return cast("Band", band_name)


def _unscored_sentence(code: str, language: str, reason: str) -> str:
    """Why there is no score: ``none`` could be judged, or a part of the document is ``unread``."""
    sentence: str = getattr(_question_table().sentences[reason], language)
    return sentence.format(counted=_counted_noun(code, language))


def _counted_noun(code: str, language: str) -> str:
    noun: str = getattr(_question_table().questions[code].counted, language)
    return noun


def _score_sentence(
    code: str, language: str, met: int, judged: int, rest: int, share: float, reached: str | None
) -> str:
    sentences = _question_table().sentences
    judged_text: str = getattr(sentences["judged"], language)
    few_text: str = getattr(sentences["few"], language)
    also_text: str = getattr(sentences["also"], language)
    share_text = f"{share:.2f}".rstrip("0").rstrip(".")
    if language == "id":
        share_text = share_text.replace(".", ",")
    judged_text = judged_text if reached else few_text
    text = judged_text.format(
        met=met, judged=judged, counted=_counted_noun(code, language), share=share_text, band=reached
    )
    return text + (also_text.format(count=rest) if rest else "")
