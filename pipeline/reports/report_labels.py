"""The report's own texts in both languages, from ``labels.yaml``."""

from __future__ import annotations

from functools import cache

from pydantic import RootModel

from extractors.knowledge.yaml_loader import load_table
from pipeline.models.catalogue import Wording

LabelTable = RootModel[dict[str, tuple[str, str]]]
"""Texts by key: Indonesian, then English."""


@cache
def load_labels() -> dict[str, Wording]:
    """Return every text of the report that is not printed in a decree.

    Raises:
        ConfigError: an entry is not two texts.
    """
    table = load_table("pipeline.reports", "labels.yaml", LabelTable)
    return {key: Wording(id=indonesian, en=english) for key, (indonesian, english) in table.root.items()}


def fill_label(key: str, **values: object) -> Wording:
    """Return a label with its placeholders filled; a value in both languages is filled in per language."""
    label = load_labels()[key]
    return Wording(
        id=label.id.format(**{name: _in_language(value, "id") for name, value in values.items()}),
        en=label.en.format(**{name: _in_language(value, "en") for name, value in values.items()}),
    )


def value_label(prefix: str, value: str) -> Wording:
    """Return the label of a value, or the value itself if it has no label yet."""
    return load_labels().get(f"{prefix}_{value}", Wording(id=value, en=value))


def _in_language(value: object, language: str) -> object:
    return getattr(value, language) if isinstance(value, Wording) else value
