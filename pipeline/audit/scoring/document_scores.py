"""Scores of a document: questions of PermenPANRB 88/2021 with how many meet them, and the band."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pipeline.audit.core.audit_lexicon import load_audit_table
from pipeline.audit.rulebook.rule_registry import load_rulebook
from pipeline.models.findings import QuestionEntry, ScoreEntry, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.audit.scoring.smart_criteria import IndicatorJudgements
    from pipeline.models.findings import Band, Finding

ADOPTION_PARTS = ("number", "date", "signatory", "nip")
"""Parts of a formal adoption, as criteria of the identity rules."""


@cache
def _question_table() -> dict[str, Any]:
    table: dict[str, Any] = load_audit_table("scoring/questions.yaml")
    return table


@cache
def load_questions() -> tuple[QuestionEntry, ...]:
    """The questions that scores answer, by code."""
    return tuple(
        QuestionEntry(
            code=str(code), **{key: Wording(**entry[key]) for key in ("title", "text", "judged_by")}
        )
        for code, entry in sorted(_question_table()["questions"].items())
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
    band_name = share_band(share) if share is not None else None
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
    band_name = next((name for name, over in _question_table()["bands"].items() if share > over), "e")
    return cast("Band", band_name)


def _unscored_sentence(code: str, language: str, reason: str) -> str:
    """Why there is no score: ``none`` could be judged, or a part of the document is ``unread``."""
    counted_noun = _question_table()["questions"][code]["counted"][language]
    return str(_question_table()["sentences"][reason][language].format(counted=counted_noun))


def _score_sentence(
    code: str, language: str, met: int, judged: int, rest: int, share: float, reached: str | None
) -> str:
    texts = _question_table()["sentences"]
    counted_noun = _question_table()["questions"][code]["counted"][language]
    share_text = f"{share:.2f}".rstrip("0").rstrip(".")
    if language == "id":
        share_text = share_text.replace(".", ",")
    text = texts["judged"][language].format(
        met=met, judged=judged, counted=counted_noun, share=share_text, band=reached
    )
    return str(text + (texts["also"][language].format(count=rest) if rest else ""))
