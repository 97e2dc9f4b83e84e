"""Find a definition by its id or by a printed name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.linking import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.linking import Definition


def find_definition(id_or_name: str, definitions: Iterable[Definition]) -> Definition:
    """Return the definition with this id, else the one that this name is linked to.

    Raises:
        DataError: no definition has the id or the name.
    """
    definitions_by_id = {definition.id: definition for definition in definitions}
    if id_or_name in definitions_by_id:
        return definitions_by_id[id_or_name]
    link = Registry(definitions_by_id.values()).match(id_or_name)
    if link.target is None:
        raise DataError(f"No definition is “{id_or_name}”: {link.reason}.", "")
    return definitions_by_id[link.target]
