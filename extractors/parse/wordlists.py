"""The vocabulary's YAML tables, checked when they are read: a mistake in one is told with file and place."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from extractors.errors import TableError

KNOWN: dict[str, dict[str, frozenset[str]]] = {
    "labels": {
        "holder": frozenset("agency position".split()),
        "block": frozenset("duties functions goal goal_indicator".split()),
        "detail": frozenset("objective name formula explanation unit data_sources responsible".split()),
        "body": frozenset("number title considerations legal_basis enacting annex place date".split()),
        "dictum": frozenset({"dictum"}),
        "other": frozenset({"other"}),
    },
    "headers": {
        "indicators": frozenset(
            "number objective name formula formula_or_explanation explanation unit target data_sources "
            "responsible position extra".split()
        ),
        "activities": frozenset(
            "number facilitation coordination recommendation activities outputs evidence".split()
        ),
    },
}
"""Tables of groups of fields, each a list of the ways in which decrees write it: what the parser knows."""


@cache
def table(name: str) -> dict[str, Any]:
    """A vocabulary file by its name without ending."""
    file = f"extractors/vocabulary/{name}.yaml"
    text = (resources.files("extractors") / "vocabulary" / f"{name}.yaml").read_text("utf-8")
    try:
        loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise TableError(f"{file}: {error}") from error
    if not isinstance(loaded, dict):
        raise TableError(f"{file}: a table of named lists is expected.")
    if name in KNOWN:
        _check_nested(name, file, loaded)
    return loaded


def _check_nested(name: str, file: str, loaded: dict[str, Any]) -> None:
    """Refuse what is no group of fields with lists of texts (a wrong indent, a bare ``No``)."""
    for group, fields in loaded.items():
        if group not in KNOWN[name]:
            raise TableError(f"{file}: unknown group “{group}”; known: {', '.join(sorted(KNOWN[name]))}.")
        if not isinstance(fields, dict):
            raise TableError(f"{file}, {group}: fields with lists are expected; check the indent.")
        for field, texts in fields.items():
            if field not in KNOWN[name][group]:
                known = ", ".join(sorted(KNOWN[name][group]))
                raise TableError(f"{file}, {group}: unknown field “{field}”; known: {known}.")
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise TableError(
                    f"{file}, {group}, {field}: a list of texts is expected; "
                    'quote words that YAML takes for something else ("No", "Yes", numbers).'
                )


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of ``words.yaml``; ``name`` may be a path (``furniture/page``)."""
    found: Any = table("words")
    for key in name.split("/"):
        if not isinstance(found, dict) or key not in found:
            raise TableError(f"extractors/vocabulary/words.yaml: the list “{name}” is missing.")
        found = found[key]
    return tuple(str(word) for word in found)
