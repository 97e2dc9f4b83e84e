"""The phrases of ``reasons.yaml`` in which a link gives its reason (Indonesian)."""

from __future__ import annotations

from functools import cache

from pydantic import RootModel

from extractors.knowledge.yaml_loader import load_table


class ReasonTable(RootModel[dict[str, str]]):
    """Phrases by name."""


def format_reason(key: str, **values: str) -> str:
    """Return one of the phrases with its placeholders filled."""
    return _load_reasons().root[key].format(**values)


@cache
def _load_reasons() -> ReasonTable:
    return load_table("pipeline.linking", "reasons.yaml", ReasonTable)
