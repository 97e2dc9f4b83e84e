"""The words of ``words.yaml`` in which a link tells its reason (Indonesian)."""

from __future__ import annotations

from functools import cache

from extractors.errors import ConfigError
from pipeline.language.lexicon import read_package_yaml


def format_reason(key: str, **values: str) -> str:
    """One of the reasons with its placeholders filled."""
    return _load_reasons()[key].format(**values)


@cache
def _load_reasons() -> dict[str, str]:
    table = read_package_yaml("pipeline.linking", "reasons.yaml")
    if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
        raise ConfigError("pipeline/linking/reasons.yaml: texts by name are expected.")
    return table
