"""Pipeline: Decrees become a checked catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.models.catalogue import Catalogue


def build(paths: Iterable[Path | str]) -> Catalogue:
    """The catalogue of all documents under the paths, with the reviewed definitions and decisions.

    The one door of the package; ``pipeline.engine.in_memory.build`` takes other definitions and decisions.
    What is wrong with a document becomes a failure in the catalogue and costs that document alone.
    """
    from pipeline.engine.in_memory import build as building  # heavy

    return building(paths)
