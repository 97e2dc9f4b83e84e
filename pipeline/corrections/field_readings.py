"""The fields of a record as they were read, the least sure first: what a person looks at to correct it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.corrections.apply_corrections import FRAME_PARTS, OFFICE, dump_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree, Provenance


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field of a record; of a formula the printed text."""

    pointer: str
    value: str | int | None
    """What was read; None where nothing was."""
    confidence: float
    """How sure the reading is, from 0 to 1."""
    passage: Provenance | None
    """Where it was read; None where that is not known."""
    notes: tuple[str, ...] = ()
    """What the reader was unsure of."""


def list_fields(decree: Decree) -> tuple[FieldReading, ...]:
    """Return the fields of a record whose formulas are read: noted ones first, then the least sure.

    An empty field is among them where a note is about it, and so is the office where it is open.
    """
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for note in decree.notes:
        notes[note.pointer].append(note.message)
    fields = dump_fields(decree)
    office = fields[OFFICE.strip("/")]
    readings = [FieldReading(OFFICE, office, float(office is not None), None)]
    for name in fields.keys() - FRAME_PARTS - {OFFICE.strip("/")}:
        for pointer, value in _walk_leaves(f"/{name}", fields[name]):
            if value is not None or notes[pointer]:
                parent, _, step = pointer.rpartition("/")
                own_notes = (*notes[pointer], *(notes[parent] if step.isdigit() else ()))
                readings.append(_to_reading(decree, pointer, value, own_notes))
    order = {pointer: index for index, pointer in enumerate(decree.provenance)}
    return tuple(
        sorted(
            readings,
            key=lambda r: (not r.notes, r.confidence, order.get(r.pointer, len(order)), r.pointer),
        )
    )


def _walk_leaves(pointer: str, value: Any) -> Iterator[tuple[str, str | int | None]]:
    """Yield each leaf below a pointer with its value; a formula is one leaf."""
    if isinstance(value, dict) and "raw" in value:
        yield pointer, value["raw"]
    elif isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from _walk_leaves(f"{pointer}/{step}", part)
    else:
        yield pointer, value


def _to_reading(
    decree: Decree, pointer: str, value: str | int | None, notes: tuple[str, ...]
) -> FieldReading:
    """Return a leaf with its passage; a formula is as sure as the less sure of its text and its reading."""
    passages = [
        decree.provenance[key]
        for key in (pointer, f"{pointer}/raw", f"{pointer}/expression")
        if key in decree.provenance
    ]
    confidence = min((passage.confidence for passage in passages), default=1.0)
    return FieldReading(pointer, value, confidence, passages[0] if passages else None, notes)
