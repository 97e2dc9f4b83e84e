"""Records in JSON, as ``iku read`` writes them: accepted in place of the document."""

from __future__ import annotations

from pydantic import ValidationError

from extractors.errors import ReadError, ReadStatus
from extractors.model.record import SCHEMA_VERSION, Decree

MAX_RECORD_BYTES = 64 * 2**20
"""Bytes of a record that are read."""


def parse_record(data: bytes) -> Decree:
    """Return the record that some JSON is.

    Raises:
        ReadError: ``too-large``, or ``damaged`` where the JSON does not fit the record's shape.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ReadError(
            ReadStatus.TOO_LARGE,
            f"The record has more than {MAX_RECORD_BYTES // 2**20} MB.",
            "Give the document that it was read from.",
        )
    try:
        return Decree.model_validate_json(data)
    except ValidationError as error:
        first_error = error.errors(include_url=False)[0]
        where = "/".join(map(str, first_error["loc"])) or "file"
        raise ReadError(
            ReadStatus.DAMAGED,
            f"This is not a record of version {SCHEMA_VERSION}: {where}: {first_error['msg']}.",
            "Read the document again with `iku read`.",
        ) from None
