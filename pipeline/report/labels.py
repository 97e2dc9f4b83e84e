"""The report's own words in both languages, from ``labels.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from extractors.errors import TableError
from pipeline.catalogue import Wording


@cache
def labels() -> dict[str, Wording]:
    """Every text of the report that no decree prints, read once.

    Raises:
        TableError: an entry is not two texts.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load((files("pipeline.report") / "labels.yaml").read_text("utf-8"), Loader=loader)
    for key, value in table.items():
        if not (isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value)):
            raise TableError(f"labels.yaml: {key}: wants two texts, Indonesian and English.")
    return {key: Wording(id=value[0], en=value[1]) for key, value in table.items()}


def told(key: str, **values: object) -> Wording:
    """A label with its placeholders filled; a value in both languages is put in as each has it."""
    label = labels()[key]
    return Wording(
        id=label.id.format(**{name: _in(value, "id") for name, value in values.items()}),
        en=label.en.format(**{name: _in(value, "en") for name, value in values.items()}),
    )


def known(prefix: str, value: str) -> Wording:
    """The label of a value from a list that may grow; the value itself where there is none yet."""
    return labels().get(f"{prefix}_{value}", Wording(id=value, en=value))


def _in(value: object, language: str) -> object:
    return getattr(value, language) if isinstance(value, Wording) else value
