"""A sitting of a reviewer: question after question, each decision written before the next is asked."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from pipeline.language import key_text
from pipeline.linking import Decision, DecisionError, load_decisions
from pipeline.linking.decision_log import append_decision
from pipeline.linking.decisions import drop_revoked
from pipeline.places.regencies import optional_regency_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.review.questions import Question


class AnsweredElsewhere(Exception):  # noqa: N818 - no error, but news
    """Somebody else decided on the text while the question was open."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.text)
        self.decision = decision


ReviewVerdict = Literal["same", "different", "new", "not-an-indicator"]


class ReviewSession:
    """Questions still to be asked, and what was answered in this sitting.

    What is answered stands in the file at once: a sitting that is killed loses nothing.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        definitions: Mapping[str, Definition],
        file: Path,
        who: str,
        today: date,
    ) -> None:
        self._left = deque(questions)
        self._definitions = definitions
        self._file, self._who, self._today = file, who, today
        self._done: list[tuple[Question, bool]] = []
        self._own: list[Decision] = []
        self._seen = len(self._read_decisions())
        """So many decisions of the file are known to who sits here."""

    @property
    def current_question(self) -> Question | None:
        """The question to ask now."""
        return self._left[0] if self._left else None

    @property
    def remaining_count(self) -> int:
        """How many are still to be asked."""
        return len(self._left)

    @property
    def decided_count(self) -> int:
        """How many were decided, and not taken back."""
        return sum(written for _, written in self._done)

    def decide(self, verdict: ReviewVerdict, definition: str | None = None, note: str | None = None) -> None:
        """Answer the current question.

        Raises:
            AnsweredElsewhere: somebody else did meanwhile, which is now known; nothing was written. Decide
                again to overrule it, or skip.
            DecisionError: the file was spoilt meanwhile; nothing was written.
            OSError: it cannot be written.
        """
        question = self._left[0]
        decision = self._make_decision(question, verdict, definition, note)
        append_decision(self._file, decision, lambda decisions: self._check_elsewhere(question, decisions))
        self._own.append(decision)
        self._done.append((self._left.popleft(), True))

    def skip(self) -> None:
        """Leave the current question open."""
        self._done.append((self._left.popleft(), False))

    def undo(self) -> bool:
        """Undo the last answer and ask its question again; return False if there is none."""
        if not self._done:
            return False
        question, written = self._done[-1]
        if written:
            decision = self._make_decision(question, "revoked")
            append_decision(self._file, decision)
            self._own.append(decision)
        self._done.pop()
        self._left.appendleft(question)
        return True

    def take_foreign_decisions(self) -> list[Decision]:
        """Decisions of others on the current question and those behind it that came while they were open.

        Their questions are not asked again. A damaged file is reported by the next ``decide``.
        """
        try:
            decisions = self._read_decisions()
        except DecisionError:
            return []
        foreign_decisions = []
        for question in list(self._left):
            if decision := self._foreign_decision(question, decisions):
                self._left.remove(question)
                foreign_decisions.append(decision)
        self._seen = len(decisions)
        return foreign_decisions

    def _check_elsewhere(self, question: Question, decisions: tuple[Decision, ...]) -> None:
        decision = self._foreign_decision(question, decisions)
        if decision is not None:
            self._seen = len(decisions)
            raise AnsweredElsewhere(decision)

    def _foreign_decision(self, question: Question, decisions: tuple[Decision, ...]) -> Decision | None:
        """The newest decision of somebody else on a question that stands and is not known here."""
        scopes = (None, optional_regency_key(question.regency))
        new_decisions = [d for d in decisions[self._seen :] if d not in self._own and d.regency_key in scopes]
        matches = drop_revoked(d for d in new_decisions if key_text(d.text) == key_text(question.text))
        return matches[-1] if matches else None

    def _read_decisions(self) -> tuple[Decision, ...]:
        return load_decisions(self._file) if self._file.exists() else ()

    def _make_decision(
        self, question: Question, verdict: str, definition: str | None = None, note: str | None = None
    ) -> Decision:
        return Decision.model_validate(
            {
                "verdict": verdict,
                "text": question.text,
                "definition": definition,
                "version": self._definitions[definition].version if definition else None,
                "regency": question.regency,
                "who": self._who,
                "when": self._today,
                "note": note,
            }
        )
