"""A sitting of a reviewer: question after question, each decision written before the next is asked."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from pipeline.linking import Decision
from pipeline.linking.recording import append

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.reviewing.questions import Question

Verdict = Literal["same", "different", "new", "not-an-indicator"]


class Session:
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

    @property
    def current(self) -> Question | None:
        """The question to ask now."""
        return self._left[0] if self._left else None

    @property
    def left(self) -> int:
        """How many are still to be asked."""
        return len(self._left)

    @property
    def decided(self) -> int:
        """How many were decided, and not taken back."""
        return sum(written for _, written in self._done)

    def decide(self, verdict: Verdict, definition: str | None = None, note: str | None = None) -> None:
        """Answer the current question.

        Raises:
            DecisionError: the file was spoilt meanwhile; nothing was written.
            OSError: it cannot be written.
        """
        question = self._left[0]
        append(self._file, self._decision(question, verdict, definition, note))
        self._done.append((self._left.popleft(), True))

    def skip(self) -> None:
        """Leave the current question open."""
        self._done.append((self._left.popleft(), False))

    def undo(self) -> bool:
        """Take the last answer back and ask its question again; False where there is none."""
        if not self._done:
            return False
        question, written = self._done[-1]
        if written:
            append(self._file, self._decision(question, "revoked"))
        self._done.pop()
        self._left.appendleft(question)
        return True

    def _decision(
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
