"""Load the decrees to compare: from a decree's file, its record, or a catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

import extractors
from extractors.model.record import Decree, Holder
from pipeline.engine.stages.catalogue_entries import FILE_FIELDS, INDICATOR_FIELDS
from pipeline.errors import DataError
from pipeline.models.catalogue import Catalogue
from pipeline.read_decree import read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def load_decrees(file: Path) -> tuple[Decree, ...]:
    """Return the decrees of a file: one for a decree or a record, all but further prints for a catalogue.

    Raises:
        ReadError: a decree that cannot be read.
        DataError: JSON that is neither a record nor a catalogue.
    """
    data = extractors.read_content(file)
    if file.suffix.casefold() != ".json":
        return (read_bytes(data, file.name),)
    try:
        fields = json.loads(data)
        if isinstance(fields, dict) and "holders" in fields:
            return (Decree.model_validate(fields),)
        return tuple(_decrees_from_catalogue(Catalogue.model_validate(fields)))
    except (ValidationError, ValueError, RecursionError) as error:
        reason = error.errors(include_url=False)[0]["msg"] if isinstance(error, ValidationError) else error
        raise DataError(f"{file} is neither a record nor a catalogue: {reason}") from None


def _decrees_from_catalogue(catalogue: Catalogue) -> list[Decree]:
    """Return the decrees of a catalogue; the places where their fields were read are not restored."""
    indicators_by_holder: dict[str, list[dict[str, Any]]] = {}
    for entry in catalogue.indicators:
        fields = entry.model_dump(mode="json", include=set(INDICATOR_FIELDS))
        indicators_by_holder.setdefault(entry.holder, []).append(fields)
    decrees = []
    for document in (d for d in catalogue.documents if d.print_of is None):
        fields = document.model_dump(mode="json")
        holders = [
            {key: value for key, value in holder.items() if key in Holder.model_fields}
            | {"indicators": indicators_by_holder.get(holder["id"], [])}
            for holder in fields["holders"]
        ]
        file_fields = {key: fields[key] for key in FILE_FIELDS}
        decree_fields = {key: value for key, value in fields.items() if key in Decree.model_fields}
        decrees.append(Decree.model_validate({**decree_fields, "document": file_fields, "holders": holders}))
    return decrees
