"""The file of corrections: append-only and signed; an entry is taken back by another, never changed."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

from filelock import FileLock
from pydantic import AwareDatetime, Field, JsonValue

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, parse_table
from pipeline.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

APPEND = "/-"
"""End of a pointer that adds to a list, as in RFC 6902."""
_HEAD = """# What is printed where something else was read. `iku correct` appends; never change an entry.
corrections:
"""
_EMPTY = "corrections: []"


class CorrectionError(ConfigError):
    """A file of corrections that cannot be used; the message names the entry."""

    status = "corrections"


class CorrectionEntry(TableModel):
    """What one person says of one place of one document. It says what is printed, never what should be."""

    document: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    """SHA-256 of the file's bytes, never its name."""
    pointer: Annotated[str, Field(pattern=r"^(/[^/]+)+$")]
    """JSON Pointer into the record as it was read; one that ends with ``/-`` adds to a list."""
    read: JsonValue = None
    """What the reader gave; of a row its name. Where it gives another value now, a person is asked again."""
    value: JsonValue = None
    """What is printed; null removes the value, the list's item, the row or the holder."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the reading was wrong: misread scan, covered by a stamp, other."""
    who: Annotated[str, Field(min_length=1)]
    """Who says so: a name or a role."""
    when: AwareDatetime
    """When it was said, with its time zone."""
    revoked: bool = False
    """Takes back the newest standing correction of this place (of an addition: with this value)."""

    @property
    def place(self) -> tuple[str, str, str]:
        """What two entries have in common that speak of one thing."""
        added = json.dumps(self.value, sort_keys=True) if self.pointer.endswith(APPEND) else ""
        return self.document, self.pointer, added


class CorrectionFile(TableModel):
    """``corrections.yaml``."""

    corrections: tuple[CorrectionEntry, ...] = ()


def load_corrections(file: Path) -> tuple[CorrectionEntry, ...]:
    """Return the entries of a file in the order in which they were made; none where there is no file.

    Raises:
        CorrectionError: the file cannot be read, or an entry does not fit; the message names its line.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{file.name}: the file cannot be read: {error}") from None
    return parse_table(text, file.name, CorrectionFile, CorrectionError).corrections


def standing_corrections(
    entries: Iterable[CorrectionEntry],
) -> dict[str, tuple[CorrectionEntry, ...]]:
    """Return the corrections that hold by the document's SHA-256: of each place the newest one standing."""
    history: dict[tuple[str, str, str], list[CorrectionEntry]] = defaultdict(list)
    for entry in entries:
        if not entry.revoked:
            history[entry.place].append(entry)
        elif history[entry.place]:
            history[entry.place].pop()
    by_document: dict[str, list[CorrectionEntry]] = defaultdict(list)
    for (document, _, _), standing in history.items():
        if standing:
            by_document[document.removeprefix("sha256:")].append(standing[-1])
    return {document: tuple(found) for document, found in by_document.items()}


def find_disagreements(
    entries: Iterable[CorrectionEntry],
) -> list[tuple[CorrectionEntry, CorrectionEntry]]:
    """Return pairs of standing corrections of one place by two people with two values; the later holds."""
    latest: dict[tuple[str, str, str], CorrectionEntry] = {}
    pairs = []
    for entry in entries:
        earlier = latest.pop(entry.place, None)
        if entry.revoked:
            continue
        if earlier is not None and earlier.who != entry.who and earlier.value != entry.value:
            pairs.append((earlier, entry))
        latest[entry.place] = entry
    return pairs


def append_corrections(file: Path, entries: Iterable[CorrectionEntry]) -> None:
    """Append entries to a file, which is made where it does not exist: all of them, or none.

    The file is read again while it is locked, so that what others appended meanwhile stays.

    Raises:
        CorrectionError: the file is damaged or its list is not its last part; nothing was written.
        OSError: the file cannot be written; it is as it was.
    """
    added = tuple(entries)
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(f".{file.name}.lock")):
        existing = load_corrections(file)
        before = file.read_text("utf-8") if file.exists() else _HEAD
        if _EMPTY in before:
            before = before.replace(_EMPTY, "corrections:", 1)
        after = f"{before.rstrip()}\n" + "".join(f"  - {_flow_line(entry)}\n" for entry in added)
        try:
            reread = parse_table(after, file.name, CorrectionFile, CorrectionError).corrections
        except CorrectionError as error:
            raise CorrectionError(f"{file.name}: nothing can be appended: {error}") from None
        if reread != (*existing, *added):
            raise CorrectionError(f"{file.name}: nothing can be appended: the list is not the last part.")
        write_atomically({file: after})


def _flow_line(entry: CorrectionEntry) -> str:
    """Return an entry as one line of YAML; signs that YAML does not allow in a text are escaped."""
    fields = entry.model_dump(mode="json")
    if not entry.revoked:
        del fields["revoked"]
    text = json.dumps(fields, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)
