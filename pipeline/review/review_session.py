"""A review session: question after question; each decision is written before the next question."""

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


class AnsweredElsewhere(Exception):  # noqa: N818 - not an error
    """Another reviewer decided on the text while the question was open."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.text)
        self.decision = decision


ReviewVerdict = Literal["same", "different", "new", "not-an-indicator"]


class ReviewSession:
    """The remaining questions, and the answers of this session.

    Each answer is written to the file at once: a killed session loses nothing.
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
        """Number of decisions in the file that this session knows."""

    @property
    def current_question(self) -> Question | None:
        """Return the question to ask now; None at the end."""
        return self._left[0] if self._left else None

    @property
    def remaining_count(self) -> int:
        """Return the number of remaining questions."""
        return len(self._left)

    @property
    def decided_count(self) -> int:
        """Return the number of decisions of this session that were not undone."""
        return sum(written for _, written in self._done)

    def decide(self, verdict: ReviewVerdict, definition: str | None = None, note: str | None = None) -> None:
        """Answer the current question.

        Raises:
            AnsweredElsewhere: somebody else has decided meanwhile; nothing was written. Decide again to
                overrule it, or skip.
            DecisionError: the file has been damaged meanwhile; nothing was written.
            OSError: the file cannot be written.
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
        """Return new decisions of others on open questions, and remove these questions.

        A damaged file is reported by the next ``decide``.
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
        """Return the newest decision of somebody else on a question, if it is valid and not known yet."""
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
