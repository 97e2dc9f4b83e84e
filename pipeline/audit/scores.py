"""Scores of a document: questions of PermenPANRB 88/2021 with how many meet them, and the band."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pipeline.assessment import QuestionEntry, ScoreEntry, Wording
from pipeline.audit.lexicon import load
from pipeline.audit.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.assessment import Band, Finding
    from pipeline.audit.smart import Judged

FORMAL = ("number", "date", "signatory", "nip")
"""Parts of a formal adoption, as criteria of the identity rules."""


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = load("rules/questions.yaml")
    return table


@cache
def questions() -> tuple[QuestionEntry, ...]:
    """The questions that scores answer, by code."""
    return tuple(
        QuestionEntry(
            code=str(code), **{key: Wording(**entry[key]) for key in ("title", "text", "judged_by")}
        )
        for code, entry in sorted(_table()["questions"].items())
    )


def scores(
    judged: Sequence[Judged], findings: Iterable[Finding], *, unread: bool = False
) -> list[ScoreEntry]:
    """The answers for one document: its indicators as judged, and what the rules found in it.

    Every question asks for what the whole document holds: of one with a page ``unread`` none is answered.
    """
    values: dict[str, list[bool | None]] = {
        "1.b.1": _formal(findings),
        "1.b.5": [one.smart.value for one in judged],
        "2.a.2": [one.operational_definition.value for one in judged],
        "2.a.3": [one.data_collection.value for one in judged],
    }
    if unread:
        values = {code: [None] * len(found) for code, found in values.items()}
    why = "unread" if unread else "none"
    return [_score(question.code, values[question.code], why) for question in questions()]


def _formal(findings: Iterable[Finding]) -> list[bool | None]:
    """Each part of the adoption: failed, or open where the scan must be looked at."""
    causes: dict[str, set[str]] = {part: set() for part in FORMAL}
    for finding in findings:
        for part in rulebook()[finding.code].criteria:
            if part in causes:
                causes[part].add(finding.cause)
    return [
        None if "uncertain" in found or "ocr_artefact" in found else not found for found in causes.values()
    ]


def _score(code: str, values: list[bool | None], why: str) -> ScoreEntry:
    """The answer to a question; ``why`` picks the sentence where there is no score."""
    met, judged = values.count(True), len(values) - values.count(None)
    share = round(100 * met / judged, 2) if judged else None
    reached = band(share) if share is not None else None
    rest = len(values) - judged
    return ScoreEntry(
        question=code,
        met=met,
        judged=judged,
        not_judgeable=rest,
        share=share,
        band=reached,
        sentence=Wording(
            **{
                language: _unscored(code, language, why)
                if share is None
                else _sentence(code, language, met, judged, rest, share, reached)
                for language in ("id", "en")
            }
        ),
    )


def band(share: float) -> Band:
    """The worksheet's band of a share in percent.

    >>> [band(share) for share in (100, 90, 75, 40, 10)]
    ['a', 'b', 'c', 'd', 'e']
    """
    reached = next((name for name, over in _table()["bands"].items() if share > over), "e")
    return cast("Band", reached)


def _unscored(code: str, language: str, why: str) -> str:
    """Why there is no score: ``none`` could be judged, or a part of the document is ``unread``."""
    counted = _table()["questions"][code]["counted"][language]
    return str(_table()["sentences"][why][language].format(counted=counted))


def _sentence(
    code: str, language: str, met: int, judged: int, rest: int, share: float, reached: str | None
) -> str:
    texts = _table()["sentences"]
    counted = _table()["questions"][code]["counted"][language]
    shown = f"{share:.2f}".rstrip("0").rstrip(".")
    if language == "id":
        shown = shown.replace(".", ",")
    text = texts["judged"][language].format(
        met=met, judged=judged, counted=counted, share=shown, band=reached
    )
    return str(text + (texts["also"][language].format(count=rest) if rest else ""))
