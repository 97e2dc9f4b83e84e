"""Apply corrections to a record as it was read: the value as read stays beside the corrected one.

All pointers of a record's corrections lead into the record *as read*, so the order in which they were made
does not matter: values are put and rows added first, rows removed last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from extractors.model.record import Correction, Decree, Formula, Provenance
from pipeline.corrections.correction_file import APPEND, CorrectionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.corrections.correction_file import CorrectionEntry

_FORMULA = "formula"
_OFFICE = "/office"
"""Of the catalogue, not of the record: see ``pipeline.places``."""


@dataclass(frozen=True, slots=True)
class CorrectedRecord:
    """A record with its corrections."""

    decree: Decree
    applied: tuple[CorrectionEntry, ...]
    """Corrections that now stand in the record."""
    lapsed: tuple[CorrectionEntry, ...]
    """Corrections of something that is read otherwise now: a person is asked again."""


def apply_corrections(decree: Decree, corrections: Iterable[CorrectionEntry]) -> CorrectedRecord:
    """Return the record with the corrections that still fit its reading; the record given is not changed.

    A correction whose value is read by now is neither applied nor lapsed: there is nothing left to correct.

    Raises:
        CorrectionError: a value does not fit its field; the message names the pointer.
    """
    fields = decree.model_dump(mode="json")
    applied: list[CorrectionEntry] = []
    lapsed: list[CorrectionEntry] = []
    for correction in corrections:
        if correction.pointer == _OFFICE:
            continue
        current = read_value(fields, correction.pointer)
        if not correction.pointer.endswith(APPEND) and current == correction.value:
            continue
        (applied if current == correction.read else lapsed).append(correction)
    if not applied:
        return CorrectedRecord(decree, (), tuple(lapsed))
    removed = [c for c in applied if c.value is None and _is_list_item(fields, c.pointer)]
    marks = {_put_value(fields, c): c for c in applied if c not in removed}
    corrected = _rebuild(decree, fields, marks)
    for pointer in sorted((c.pointer for c in removed), key=_position, reverse=True):
        corrected = _remove_item(corrected, pointer)
    return CorrectedRecord(corrected, tuple(applied), tuple(lapsed))


def read_value(fields: dict[str, Any], pointer: str) -> Any:
    """Return what stands at a pointer of a dumped record, None where nothing does.

    An addition stands nowhere; of a row or holder its name is given, of a formula what is printed.
    """
    if pointer.endswith(APPEND):
        return None
    try:
        value = _follow(fields, _steps(pointer))
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    if isinstance(value, dict):
        return value.get("raw", value.get("name"))
    return value


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _follow(value: Any, steps: Iterable[str]) -> Any:
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def _position(pointer: str) -> list[tuple[int, str]]:
    """Return a key that sorts pointers in the order of the record, numbers as numbers."""
    return [(int(step), "") if step.isdigit() else (-1, step) for step in _steps(pointer)]


def _is_list_item(fields: dict[str, Any], pointer: str) -> bool:
    *parents, _ = _steps(pointer)
    return isinstance(_follow(fields, parents), list)


def _put_value(fields: dict[str, Any], correction: CorrectionEntry) -> str:
    """Set a value in a dumped record, or add to one of its lists; return the pointer of what was put."""
    place = correction.pointer.removesuffix("/raw")
    *parents, last = _steps(place)
    try:
        target = _follow(fields, parents)
    except (KeyError, IndexError, TypeError, ValueError):
        raise _misfit(correction, "there is no such place in the record") from None
    if isinstance(target, list) and last == "-":
        target.append(_new_item(correction))
        return f"{correction.pointer.removesuffix(APPEND)}/{len(target) - 1}"
    if isinstance(target, list):
        target[int(last)] = correction.value
    elif last == _FORMULA:
        target[last] = None if correction.value is None else {"raw": correction.value}
    elif last in target:
        target[last] = correction.value
    else:
        raise _misfit(correction, "there is no such field")
    return f"{place}/raw" if last == _FORMULA else place


def _new_item(correction: CorrectionEntry) -> Any:
    """Return what is added to a list; a row may give its formula as a text."""
    value = correction.value
    if isinstance(value, dict) and isinstance(value.get(_FORMULA), str):
        return {**value, _FORMULA: {"raw": value[_FORMULA]}}
    return value


def _misfit(correction: CorrectionEntry, reason: str) -> CorrectionError:
    return CorrectionError(
        f"The correction of {correction.pointer} by {correction.who} cannot be applied: {reason}."
    )


def _rebuild(decree: Decree, fields: dict[str, Any], marks: dict[str, CorrectionEntry]) -> Decree:
    """Return the record of changed fields, with what a dump leaves out and with the corrections' marks.

    ``marks`` are the corrections by the pointers of what they put.
    """
    try:
        corrected = Decree.model_validate(fields)
    except ValidationError as error:
        place = "/" + "/".join(str(step) for step in error.errors()[0]["loc"])
        blamed = next((c for pointer, c in marks.items() if place.startswith(pointer)), None)
        if blamed is None:  # a row whose field is wrong, or the formula's object
            blamed = next(iter(marks.values()))
        raise _misfit(blamed, f"{place}: {error.errors()[0]['msg']}") from None
    corrected.document._scanned = decree.document._scanned
    for before, after in zip(_formulas(decree), _formulas(corrected), strict=False):
        if before is not None and after is not None and before.raw == after.raw:
            after._printed = before._printed
    for pointer, correction in marks.items():
        _mark_corrected(corrected, decree, pointer, correction)
    return corrected


def _formulas(decree: Decree) -> Iterator[Formula | None]:
    for holder in decree.holders:
        for indicator in holder.indicators:
            yield indicator.formula


def _mark_corrected(corrected: Decree, decree: Decree, pointer: str, correction: CorrectionEntry) -> None:
    """Put the mark of a correction into the provenance; drop notes that spoke of the misread value."""
    mark = Correction(
        read=None if correction.read is None else str(correction.read),
        who=correction.who,
        when=correction.when.isoformat(),
    )
    known = decree.provenance.get(pointer, Provenance(confidence=1.0))
    corrected.provenance[pointer] = replace(known, confidence=1.0, corrected=mark)
    place = correction.pointer.removesuffix("/raw")
    corrected.notes = [
        note for note in corrected.notes if not (note.pointer and note.pointer.startswith(place))
    ]


def _remove_item(decree: Decree, pointer: str) -> Decree:
    """Return the record without one item of a list; pointers behind it move up."""
    *parents, last = _steps(pointer)
    fields: Any = decree
    for step in parents:
        fields = fields[int(step)] if isinstance(fields, list) else getattr(fields, step)
    del fields[int(last)]
    prefix = pointer.rsplit("/", 1)[0]
    decree.provenance = {
        moved: place
        for key, place in decree.provenance.items()
        if (moved := _move_up(key, prefix, int(last))) is not None
    }
    kept_notes = []
    for note in decree.notes:
        if (moved_note := _move_up(note.pointer, prefix, int(last))) is not None:
            kept_notes.append(note.model_copy(update={"pointer": moved_note}))
    decree.notes = kept_notes
    return decree


def _move_up(pointer: str, prefix: str, removed: int) -> str | None:
    """Return a pointer after an item of the list at ``prefix`` was removed; None if it led into the item."""
    if not pointer.startswith(f"{prefix}/"):
        return pointer
    index, *rest = pointer[len(prefix) + 1 :].split("/")
    if not index.isdigit() or int(index) < removed:
        return pointer
    if int(index) == removed:
        return None
    return "/".join([prefix, str(int(index) - 1), *rest])
