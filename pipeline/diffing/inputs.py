"""What is compared: a decree's file, its record, or a catalogue that holds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

import extractors
from extractors.record import Decree
from pipeline.building.entries import FILE_FIELDS, INDICATOR_FIELDS
from pipeline.catalogue import Catalogue
from pipeline.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_ONLY_IN_CATALOGUE = {"id", "also_named", "print_of", "scores", "coverage", "sha256", "name", "media_type"}


class InputError(ValueError):
    """Something that cannot be compared; the message says what and why."""


def decrees_of(file: Path) -> tuple[Decree, ...]:
    """The decrees of a file: one of a decree or a record, all (without further prints) of a catalogue.

    Raises:
        ReadError: a decree that cannot be read.
        InputError: JSON that is neither a record nor a catalogue.
    """
    data = extractors.content(file)
    if file.suffix.casefold() != ".json":
        return (read_bytes(data, file.name),)
    try:
        fields = json.loads(data)
        if isinstance(fields, dict) and "holders" in fields:
            return (Decree.model_validate(fields),)
        return tuple(_of_catalogue(Catalogue.model_validate(fields)))
    except (ValidationError, ValueError, RecursionError) as error:
        why = error.errors(include_url=False)[0]["msg"] if isinstance(error, ValidationError) else error
        raise InputError(f"{file} is neither a record nor a catalogue: {why}") from None


def _of_catalogue(catalogue: Catalogue) -> list[Decree]:
    """The decrees as their entries hold them; places of the readings are left behind."""
    inside: dict[str, list[dict[str, Any]]] = {}
    for entry in catalogue.indicators:
        fields = entry.model_dump(mode="json", include=set(INDICATOR_FIELDS))
        inside.setdefault(entry.holder, []).append(fields)
    made = []
    for document in (d for d in catalogue.documents if d.print_of is None):
        fields = document.model_dump(mode="json")
        holders = [
            {key: value for key, value in holder.items() if key not in ("id", "tasks")}
            | {"indicators": inside.get(holder["id"], [])}
            for holder in fields["holders"]
        ]
        of_file = {key: fields[key] for key in FILE_FIELDS}
        rest = {
            key: value
            for key, value in fields.items()
            if key not in (*FILE_FIELDS, *_ONLY_IN_CATALOGUE) and key != "holders"
        }
        made.append(Decree.model_validate({"document": of_file, "holders": holders, **rest}))
    return made
