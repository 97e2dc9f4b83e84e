"""New corrections of a record: checked against it before they are written down."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.model.record import Indicator
from pipeline.corrections.apply_corrections import OFFICE, apply_corrections, dump_fields, read_value
from pipeline.corrections.correction_file import APPEND, CorrectionEntry, CorrectionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from extractors.model.record import Decree


class DefaultReasonTable(TableModel):
    """The table ``default_reason.yaml``."""

    default_reason: str


@cache
def default_reason() -> str:
    """Return why most readings are wrong, in the words of an officer."""
    return load_table("pipeline.corrections", "default_reason.yaml", DefaultReasonTable).default_reason


def make_correction(
    decree: Decree, pointer: str, text: str, who: str, when: datetime, reason: str | None = None
) -> CorrectionEntry:
    """Return the correction that puts a text, turned into the field's type, in the place of what was read.

    Raises:
        CorrectionError: the text does not fit the field, or there is no such field.
    """
    entry = _make_entry(decree, pointer, text, who, when, reason)
    corrected = _require_applied(decree, entry)
    if pointer == OFFICE:
        return entry
    return entry.model_copy(update={"value": read_value(dump_fields(corrected), pointer)})


def make_removal(
    decree: Decree, pointer: str, who: str, when: datetime, reason: str | None = None
) -> CorrectionEntry:
    """Return the correction that empties a field; of a row's name, which no row lacks, it removes the row.

    Raises:
        CorrectionError: the field may not be empty, or there is no such field.
    """
    entry = _make_entry(decree, pointer, None, who, when, reason)
    try:
        _require_applied(decree, entry)
    except CorrectionError:
        row, _, field = pointer.rpartition("/")
        if field != "name" or not row.rpartition("/")[2].isdigit():
            raise
        entry = _make_entry(decree, row, None, who, when, reason)
        _require_applied(decree, entry)
    return entry


def make_addition(
    decree: Decree,
    indicators: str,
    row: Mapping[str, str],
    who: str,
    when: datetime,
    reason: str | None = None,
) -> CorrectionEntry:
    """Return the correction that adds an indicator, its fields given as texts, to a holder's.

    ``indicators`` is the pointer of the holder's list.

    Raises:
        CorrectionError: there is no such list, it has an indicator of that name, or a field is unknown.
    """
    value: dict[str, Any] = {}
    for name, text in row.items():
        field = Indicator.model_fields.get(name)
        value[name] = [text] if field is not None and isinstance(field.default, list) else text
    entry = _make_entry(decree, indicators + APPEND, value, who, when, reason)
    _require_applied(decree, entry)
    return entry


def _make_entry(
    decree: Decree, pointer: str, value: Any, who: str, when: datetime, reason: str | None
) -> CorrectionEntry:
    return CorrectionEntry(
        document=f"sha256:{decree.document.sha256}",
        pointer=pointer,
        read=read_value(dump_fields(decree), pointer),
        value=value,
        reason=reason or default_reason(),
        who=who,
        when=when,
    )


def _require_applied(decree: Decree, entry: CorrectionEntry) -> Decree:
    """Return the corrected record; raise CorrectionError where the correction changes nothing in it."""
    result = apply_corrections(decree, [entry])
    if not result.applied:
        raise CorrectionError(f"{entry.pointer}: there is no such field, or it reads so already.")
    return result.decree
