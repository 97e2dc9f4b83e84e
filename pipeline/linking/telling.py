"""The words of ``words.yaml`` in which a link tells its reason (Indonesian)."""

from __future__ import annotations

from functools import cache

from extractors.errors import TableError
from pipeline.words.tables import read_yaml


def reason(key: str, **values: str) -> str:
    """One of the reasons with its placeholders filled."""
    return _reasons()[key].format(**values)


@cache
def _reasons() -> dict[str, str]:
    table = read_yaml("pipeline.linking", "words.yaml")
    if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
        raise TableError("pipeline/linking/words.yaml: texts by name are expected.")
    return table
