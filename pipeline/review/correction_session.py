"""A sitting of a person who corrects a record: field after field, each answer written before the next."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.corrections.apply_corrections import replay_corrections
from pipeline.corrections.correction_file import (
    CorrectionError,
    append_corrections,
    load_corrections,
    standing_corrections,
)
from pipeline.corrections.field_readings import list_fields
from pipeline.corrections.new_corrections import (
    make_addition,
    make_correction,
    make_removal,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from extractors.model.record import Decree
    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.corrections.field_readings import FieldReading


_INDICATORS = re.compile(r"/holders/\d+/indicators(?=/)")


def list_open_fields(decree: Decree, entries: tuple[CorrectionEntry, ...]) -> tuple[FieldReading, ...]:
    """Return the fields of a record that nobody has corrected yet, and those whose correction has lapsed.

    Raises:
        CorrectionError: an entry does not fit the record.
    """
    result = replay_corrections(decree, entries)
    standing = standing_corrections(entries).get(decree.document.sha256, ())
    answered = {entry.pointer for entry in standing if entry not in result.lapsed}
    noted = decree.model_copy(update={"notes": [*decree.notes, *result.open_notes]})
    return tuple(
        reading
        for reading in list_fields(noted)
        if not any(f"{reading.pointer}/".startswith(f"{pointer}/") for pointer in answered)
    )


class CorrectionSession:
    """The open fields of one record, and the file that the answers go to."""

    def __init__(self, decree: Decree, file: Path, who: str, reason: str | None = None) -> None:
        self._decree, self._file, self._who, self._reason = decree, file, who, reason
        self._left = deque(list_open_fields(decree, load_corrections(file)))
        self.corrected_count = 0

    @property
    def current_field(self) -> FieldReading | None:
        """The field to look at now."""
        return self._left[0] if self._left else None

    @property
    def remaining_count(self) -> int:
        """How many fields are still to be looked at."""
        return len(self._left)

    def keep(self) -> None:
        """Leave the current field as it was read."""
        self._left.popleft()

    def replace(self, text: str) -> None:
        """Put a text in the place of the current field's.

        Raises:
            CorrectionError: it does not fit the field, or the file is damaged; nothing was written.
            OSError: the file cannot be written.
        """
        self._append(
            make_correction(
                self._decree, self._left[0].pointer, text, self._who, datetime.now(UTC), self._reason
            )
        )

    def remove(self) -> CorrectionEntry:
        """Empty the current field; where it is a row's name, remove the row. The errors are ``replace``'s."""
        entry = make_removal(self._decree, self._left[0].pointer, self._who, datetime.now(UTC), self._reason)
        self._append(entry)
        return entry

    def add_row(self, row: Mapping[str, str]) -> None:
        """Add an indicator, its fields given as texts, beside the one of the current field.

        The current field stays open.

        Raises:
            CorrectionError: the field is none of an indicator, or the row does not fit.
            OSError: the file cannot be written.
        """
        indicators = _INDICATORS.match(self._left[0].pointer)
        if indicators is None:
            raise CorrectionError("A row can be added only at a field of an indicator.")
        self._append(
            make_addition(self._decree, indicators[0], row, self._who, datetime.now(UTC), self._reason)
        )

    def _append(self, entry: CorrectionEntry) -> None:
        append_corrections(self._file, [entry])
        self.corrected_count += 1
        self._left = deque(
            reading for reading in self._left if not f"{reading.pointer}/".startswith(f"{entry.pointer}/")
        )
