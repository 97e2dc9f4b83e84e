"""Apply corrections to a record as it was read: the value as read stays beside the corrected one.

All pointers of a record's corrections lead into the record *as read*, so the order in which they were made
does not matter: values are put and rows added first, rows removed last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from extractors.model.record import Correction, Decree, Formula, Note, Provenance
from pipeline.corrections.correction_file import (
    APPEND,
    CorrectionError,
    find_disagreements,
    standing_corrections,
)
from pipeline.places.gazetteer import load_gazetteer
from pipeline.places.office_resolution import Heading, resolve_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.corrections.correction_file import CorrectionEntry

OFFICE = "/office"
"""Which office the document is of, by its Kemendagri code: it is no part of the record."""
LAPSED_CODE, DISPUTED_CODE, REMOVED_CODE = "correction-lapsed", "correction-disputed", "correction-removed"
"""Codes of notes: something else is read now; two people disagree; an item was removed."""
OPEN_CORRECTIONS = frozenset({LAPSED_CODE, DISPUTED_CODE})
"""Codes of notes on what a person must look at again."""
FRAME_PARTS = frozenset({"schema_version", "document", "provenance", "notes"})
"""Parts of a record that are about the file and the reading: nobody corrects them."""
_FORMULA = "formula"

CorrectionState = Literal["standing", "lapsed", "settled"]
"""It is in force; something else is read now, so a person is asked again; the reader reads it itself now."""


@dataclass(frozen=True, slots=True)
class CorrectedRecord:
    """A record with its corrections."""

    decree: Decree
    applied: tuple[CorrectionEntry, ...] = ()
    """Corrections that now stand in the record."""
    lapsed: tuple[CorrectionEntry, ...] = ()
    """Corrections of something that is read otherwise now: a person is asked again."""

    @property
    def open_notes(self) -> tuple[Note, ...]:
        """What a person must look at again: lapsed corrections, and where people disagree."""
        return tuple(note for note in self.decree.notes if note.code in OPEN_CORRECTIONS)

    @property
    def office(self) -> str | None:
        """Code of the office that a person named; None where nobody did."""
        return next((str(c.value) for c in self.applied if c.pointer == OFFICE), None)


def replay_corrections(decree: Decree, entries: Iterable[CorrectionEntry]) -> CorrectedRecord:
    """Return the record with what holds of a file's entries; a note says where people disagree.

    Raises:
        CorrectionError: a value does not fit its field; the message names the pointer.
    """
    document = decree.document.sha256
    own_entries = [entry for entry in entries if entry.document == f"sha256:{document}"]
    result = apply_corrections(decree, standing_corrections(own_entries).get(document, ()))
    disagreements = find_disagreements(own_entries)
    if not disagreements:
        return result
    notes = [
        Note(
            code=DISPUTED_CODE,
            message=f"{earlier.who} corrected {later.pointer} to “{earlier.value}”, {later.who} to "
            f"“{later.value}”; the later one holds.",
            pointer="" if later.pointer == OFFICE else later.pointer.removesuffix(APPEND),
        )
        for earlier, later in disagreements
    ]
    return replace(result, decree=result.decree.model_copy(update={"notes": [*result.decree.notes, *notes]}))


def apply_corrections(decree: Decree, corrections: Iterable[CorrectionEntry]) -> CorrectedRecord:
    """Return the record with the corrections that still fit its reading; the record given is not changed.

    A correction whose value is read by now is neither applied nor lapsed: there is nothing left to correct.

    Raises:
        CorrectionError: a value does not fit its field; the message names the pointer.
    """
    corrections = tuple(corrections)
    if not corrections:
        return CorrectedRecord(decree)
    fields = dump_fields(decree)
    by_state: dict[CorrectionState, list[CorrectionEntry]] = {"standing": [], "lapsed": [], "settled": []}
    for correction in corrections:
        by_state[find_state(fields, correction)].append(correction)
    applied, lapsed = by_state["standing"], by_state["lapsed"]
    for correction in applied:
        _check_place(correction)
    lapsed_notes = [_lapsed_note(fields, correction) for correction in lapsed]
    removed = [c for c in applied if c.value is None and _is_list_item(fields, c.pointer)]
    places = {_put_value(fields, c): c for c in applied if c not in removed}
    corrected = _rebuild(decree, fields, places)
    corrected.notes.extend(lapsed_notes)
    for correction in sorted(removed, key=lambda c: _position(c.pointer), reverse=True):
        corrected = _remove_item(corrected, correction)
    return CorrectedRecord(corrected, tuple(applied), tuple(lapsed))


def dump_fields(decree: Decree) -> dict[str, Any]:
    """Return the fields of a record that pointers of corrections lead into, its office among them.

    The office is the code that the heading names by itself; None where it is open.
    """
    heading = Heading(decree.document.sha256, decree.kecamatan, decree.regency, decree.region_code)
    office = resolve_heading(heading, load_gazetteer())
    return {**decree.model_dump(mode="json"), OFFICE.strip("/"): office.code if office else None}


def find_state(fields: dict[str, Any], correction: CorrectionEntry) -> CorrectionState:
    """Return whether a correction still fits a record as it is read now (see ``dump_fields``)."""
    if correction.pointer.endswith(APPEND):
        items = read_value(fields, correction.pointer.removesuffix(APPEND))
        if not isinstance(items, list):
            return "lapsed"
        return "settled" if _item_text(correction.value) in map(_item_text, items) else "standing"
    current = read_value(fields, correction.pointer)
    if current == correction.value:
        return "settled"
    is_there = _find_parent(fields, correction.pointer) is not None
    return "standing" if is_there and current == correction.read else "lapsed"


def read_value(fields: dict[str, Any], pointer: str) -> Any:
    """Return what stands at a pointer of a dumped record, None where nothing does.

    An addition stands nowhere; of a row or holder its name is given, of a formula what is printed.
    """
    if pointer.endswith(APPEND):
        return None
    try:
        return _item_text(_follow(fields, _steps(pointer)))
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _item_text(value: Any) -> Any:
    """Return what stands for a value: of an object its printed text or name."""
    return value.get("raw", value.get("name")) if isinstance(value, dict) else value


def _find_parent(fields: dict[str, Any], pointer: str) -> Any:
    """Return the object or list that a pointer leads into; None where there is none."""
    try:
        return _follow(fields, _steps(_formula_place(pointer))[:-1])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _lapsed_note(fields: dict[str, Any], correction: CorrectionEntry) -> Note:
    current = read_value(fields, correction.pointer)
    return Note(
        code=LAPSED_CODE,
        message=f"The correction of {correction.pointer} by {correction.who} has lapsed: it replaced "
        f"“{correction.read or ''}” by “{correction.value or ''}”, but “{current or ''}” is read now.",
        pointer="" if current is None or correction.pointer == OFFICE else correction.pointer,
    )


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _follow(value: Any, steps: Iterable[str]) -> Any:
    for step in steps:
        value = value[_to_index(step)] if isinstance(value, list) else value[step]
    return value


def _to_index(step: str) -> int:
    """Return a step of a pointer as an index. Raise ValueError where it is none."""
    if not step.isdecimal():
        raise ValueError(step)
    return int(step)


def _position(pointer: str) -> list[tuple[int, str]]:
    """Return a key that sorts pointers in the order of the record, numbers as numbers."""
    return [(int(step), "") if step.isdigit() else (-1, step) for step in _steps(pointer)]


def _is_list_item(fields: dict[str, Any], pointer: str) -> bool:
    return isinstance(_find_parent(fields, pointer), list) and not pointer.endswith(APPEND)


def _check_place(correction: CorrectionEntry) -> None:
    """Raise CorrectionError unless a correction is about what a decree prints, or whose it is."""
    if _steps(correction.pointer)[0] in FRAME_PARTS:
        raise _misfit(correction, "it is no field of a decree")
    if correction.pointer == OFFICE and correction.value not in load_gazetteer().kecamatan:
        raise _misfit(correction, f"“{correction.value}” is not the code of a kecamatan")


def _formula_place(pointer: str) -> str:
    """Return the pointer of a formula for that of its printed text, any other as it is."""
    return pointer.removesuffix("/raw") if pointer.endswith(f"/{_FORMULA}/raw") else pointer


def _put_value(fields: dict[str, Any], correction: CorrectionEntry) -> str:
    """Set a value in a dumped record, or add to one of its lists; return the pointer of what was put."""
    place, value = _formula_place(correction.pointer), correction.value
    target, last = _find_parent(fields, place), _steps(place)[-1]
    if isinstance(target, list) and last == "-":
        row = value if isinstance(value, dict) else {}
        target.append({**row, **_formula_object(row.get(_FORMULA))} if row else value)
        return f"{place.removesuffix(APPEND)}/{len(target) - 1}"
    if isinstance(target, list):
        try:
            target[_to_index(last)] = value
        except (IndexError, ValueError):
            raise _misfit(correction, "there is no such item") from None
    elif not isinstance(target, dict) or last not in target:
        raise _misfit(correction, "there is no such field")
    else:
        target[last] = value
        target.update(_formula_object(value) if last == _FORMULA else {})
    return place


def _formula_object(printed: Any) -> dict[str, Any]:
    """Return the field of a formula whose printed text is given alone; nothing for anything else."""
    return {_FORMULA: {"raw": printed}} if isinstance(printed, str) else {}


def _leaf_pointers(value: Any) -> Iterator[str]:
    """Yield the pointer of each text or number within a value."""
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from (f"/{step}{leaf}" for leaf in _leaf_pointers(part))
    elif value is not None:
        yield ""


def _misfit(correction: CorrectionEntry, reason: str) -> CorrectionError:
    return CorrectionError(
        f"The correction of {correction.pointer} by {correction.who} cannot be applied: {reason}."
    )


def _rebuild(decree: Decree, fields: dict[str, Any], places: dict[str, CorrectionEntry]) -> Decree:
    """Return the record of changed fields, with what a dump leaves out and with the corrections' marks.

    ``places`` are the corrections by the pointers of what they put.
    """
    try:
        corrected = Decree.model_validate({name: fields[name] for name in Decree.model_fields})
    except ValidationError as error:
        wrong = "/" + "/".join(str(step) for step in error.errors()[0]["loc"])
        near = (c for place, c in places.items() if _is_within(place, wrong) or _is_within(wrong, place))
        raise _misfit(next(near), f"{wrong}: {error.errors()[0]['msg']}") from None
    corrected.document._scanned = decree.document._scanned
    for before, after in _paired_formulas(decree, corrected):
        if before.raw == after.raw:
            after._printed = before._printed
    for place, correction in places.items():
        leaves = [place + leaf for leaf in _leaf_pointers(_follow(fields, _steps(place)))]
        _mark_corrected(corrected, place, leaves or [place], correction)
    return corrected


def _paired_formulas(decree: Decree, corrected: Decree) -> Iterator[tuple[Formula, Formula]]:
    """Yield each formula before and after; what was added stands last in its list."""
    for holder, corrected_holder in zip(decree.holders, corrected.holders, strict=False):
        for before, after in zip(holder.indicators, corrected_holder.indicators, strict=False):
            if before.formula is not None and after.formula is not None:
                yield before.formula, after.formula


def _mark_corrected(decree: Decree, place: str, leaves: list[str], correction: CorrectionEntry) -> None:
    """Put the mark of a correction into the provenance; drop notes that spoke of the misread value."""
    mark = Correction(
        read=None if correction.read is None else str(correction.read),
        who=correction.who,
        when=correction.when.isoformat(),
    )
    inside = [pointer for pointer in decree.provenance if _is_within(pointer, place)]
    passages = [decree.provenance.pop(pointer) for pointer in inside]
    passage = passages[0] if passages else Provenance(confidence=1.0)
    for leaf in leaves:
        decree.provenance[leaf] = replace(passage, confidence=1.0, corrected=mark)
    decree.notes = [note for note in decree.notes if not _is_within(note.pointer, place)]


def _is_within(pointer: str, place: str) -> bool:
    """Return whether a pointer leads to a place or into it."""
    return pointer == place or pointer.startswith(f"{place}/")


def _remove_item(decree: Decree, correction: CorrectionEntry) -> Decree:
    """Return the record without one item of a list, with a note of it; pointers behind it move up."""
    pointer = correction.pointer
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
    decree.notes = [
        note.model_copy(update={"pointer": moved})
        for note in decree.notes
        if (moved := _move_up(note.pointer, prefix, int(last))) is not None
    ]
    message = f"{correction.who} removed “{correction.read}”: it is not printed here."
    decree.notes.append(Note(code=REMOVED_CODE, message=message, pointer=prefix))
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
