"""Load gold records of the shared corpus as decrees."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from extractors.model.record import Decree

if TYPE_CHECKING:
    from pathlib import Path


def load_record(path: Path, origin: str = "digital") -> Decree:
    """Return a gold record as a decree: of several right readings the first, and a stub for the file."""
    fields = _first(json.loads(path.read_text("utf-8")))
    for holder in fields["holders"]:
        for entry in holder["indicators"]:
            if entry["formula"] and entry["formula"].get("raw") is None:
                entry["formula"] = None
    fields["document"] = {
        "sha256": hashlib.sha256(path.name.encode()).hexdigest(),
        "name": path.stem,
        "media_type": "text/plain",
        "pages": None,
        "origin": origin,
        "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
    }
    return Decree.model_validate(fields)


def _first(value: Any) -> Any:
    if isinstance(value, dict):
        if "$any" in value:
            return _first(value["$any"][0])
        return None if "$skip" in value else {k: _first(v) for k, v in value.items()}
    return [_first(v) for v in value] if isinstance(value, list) else value
