"""The report's own words in both languages, from ``labels.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from extractors.errors import ConfigError
from pipeline.models.catalogue import Wording


@cache
def load_labels() -> dict[str, Wording]:
    """Every text of the report that no decree prints, read once.

    Raises:
        ConfigError: an entry is not two texts.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load((files("pipeline.reports") / "labels.yaml").read_text("utf-8"), Loader=loader)
    for key, value in table.items():
        if not (isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value)):
            raise ConfigError(f"labels.yaml: {key}: wants two texts, Indonesian and English.")
    return {key: Wording(id=value[0], en=value[1]) for key, value in table.items()}


def fill_label(key: str, **values: object) -> Wording:
    """A label with its placeholders filled; a value in both languages is put in as each has it."""
    label = load_labels()[key]
    return Wording(
        id=label.id.format(**{name: _in_language(value, "id") for name, value in values.items()}),
        en=label.en.format(**{name: _in_language(value, "en") for name, value in values.items()}),
    )


def value_label(prefix: str, value: str) -> Wording:
    """The label of a value from a list that may grow; the value itself where there is none yet."""
    return load_labels().get(f"{prefix}_{value}", Wording(id=value, en=value))


def _in_language(value: object, language: str) -> object:
    return getattr(value, language) if isinstance(value, Wording) else value
