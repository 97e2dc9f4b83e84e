"""Writing decisions down: appended to their file one by one, what stands there is never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from filelock import FileLock

from pipeline.atomic_write import write_atomically
from pipeline.linking.decisions import DecisionError, read_decisions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.linking.decisions import Decision

_EMPTY = "decisions: []"
_HEAD = """# Decisions of reviewers on printed names, replayed at every build. `iku review` appends here.
decisions:
"""


def append_decision(
    file: Path, decision: Decision, look: Callable[[tuple[Decision, ...]], None] | None = None
) -> None:
    """Add a decision to a file, made if it does not exist: whole, or not at all.

    The file is read again before, so that what others appended meanwhile stays. ``look`` is shown what
    stands there by then, while nobody else can write; what it raises keeps the decision from the file.

    Raises:
        DecisionError: the file is no list of decisions (cut off, or edited by hand); nothing was written.
        OSError: it cannot be written; it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock")):  # it opens by itself if its holder is killed
        _append_locked(file, decision, look)


def _append_locked(
    file: Path, decision: Decision, look: Callable[[tuple[Decision, ...]], None] | None = None
) -> None:
    before = file.read_text("utf-8") if file.exists() else _HEAD
    existing = read_decisions(before, file.name) if file.exists() else ()
    if look is not None:
        look(existing)
    after = _insert_decision(before, decision)
    try:
        reread = read_decisions(after, file.name)
    except DecisionError as error:
        raise DecisionError(f"{file.name}: a decision cannot be appended: {error}") from None
    if reread != (*existing, decision):
        raise DecisionError(
            f"{file.name}: a decision cannot be appended: the list is not the file's last part"
        )
    write_atomically({file: after})


def _insert_decision(text: str, decision: Decision) -> str:
    """Return the text with a decision as the last entry of its list, indented as the others are."""
    fields = decision.model_dump(mode="json", exclude_none=True)
    if _EMPTY in text:
        text = text.replace(_EMPTY, "decisions:", 1)
    dashes = [line for line in text.splitlines() if line.lstrip().startswith("- ")]
    indent = len(dashes[-1]) - len(dashes[-1].lstrip()) if dashes else 2
    return f"{text.rstrip()}\n{' ' * indent}- {_yaml_flow_line(fields)}\n"


def _yaml_flow_line(fields: dict[str, object]) -> str:
    """Fields as one line of YAML; signs that YAML does not allow to stand in a text are escaped."""
    text = json.dumps(fields, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
