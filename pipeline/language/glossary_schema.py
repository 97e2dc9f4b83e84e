"""Checking the glossary as strictly as definitions: what would be passed over is refused, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GLOSSARY_PARTS = frozenset({"terms", "contextual", "short", "spelling", "period_phrases"})
"""The parts of the glossary."""
TERM_FIELDS = frozenset({"term", "expansion", "variants", "kind", "note"})
CONTEXT_FIELDS = frozenset({"variant", "means", "near", "note"})
TERM_KINDS = frozenset(
    {"document", "index", "body", "fund", "forum", "staff", "event", "service", "qualifier", "unit-of-office"}
)
"""What sorts of thing a term may be."""


def check_glossary(glossary: Any, node: Any, split_entry: Callable[[str], tuple[str, ...]]) -> None:
    """Refuse a glossary whose entries would be passed over: misspelt fields, a form claimed twice."""
    where = "normalized/glossary.yaml"
    check_fields(glossary, node, GLOSSARY_PARTS, where, sorted(GLOSSARY_PARTS))
    parts = {key.value: value for key, value in node.value}
    owners: dict[tuple[str, ...], str] = {}
    for term, row in _section_rows(glossary, parts, "terms", where):
        at = f"{where}, line {row.start_mark.line + 1}"
        check_fields(term, row, TERM_FIELDS, where, ["term"])
        _check_texts(term, ("term", "expansion", "kind", "note"), at)
        if term.get("kind", "body") not in TERM_KINDS:
            raise ConfigError(
                f"{at}: unknown kind “{term['kind']}” (known: {', '.join(sorted(TERM_KINDS))})."
            )
        for form in (
            term["term"],
            term.get("expansion"),
            *_text_list(term.get("variants", []), "variants", at),
        ):
            owner = owners.setdefault(split_entry(form), term["term"]) if form else term["term"]
            if owner != term["term"]:
                raise ConfigError(f"{at}, {term['term']}: “{form}” is already a form of {owner}.")
    for entry, row in _section_rows(glossary, parts, "contextual", where):
        check_fields(entry, row, CONTEXT_FIELDS, where, ("variant", "means", "near"))
        at = f"{where}, line {row.start_mark.line + 1}"
        _check_texts(entry, ("variant", "means", "note"), at)
        _text_list(entry["near"], "near", at)
    for name in ("short", "spelling"):
        if not isinstance(glossary[name], dict):
            raise ConfigError(f"{where}, {name}: words and what they stand for are expected.")
        for key, value in parts[name].value:
            at = f"{where}, line {key.start_mark.line + 1}"
            if not (isinstance(value, yaml.ScalarNode) and value.value.strip()):
                raise ConfigError(f"{at}, {name}: “{key.value}” needs words that it stands for.")
            if len(split_entry(key.value)) != 1:
                raise ConfigError(
                    f"{at}, {name}: “{key.value}” is not one word; give it as a variant of a term."
                )
    _text_list(glossary["period_phrases"], "period_phrases", where)


def _section_rows(glossary: Any, parts: dict[str, Any], name: str, where: str) -> Iterable[tuple[Any, Any]]:
    if not isinstance(glossary[name], list):
        raise ConfigError(f"{where}: a list named “{name}” is expected.")
    return zip(glossary[name], parts[name].value, strict=True)


def _check_texts(entry: dict[str, Any], names: Iterable[str], at: str) -> None:
    for name in names:
        if name in entry and not (isinstance(entry[name], str) and entry[name].strip()):
            raise ConfigError(f"{at}: “{name}” must be a text.")


def _text_list(values: Any, name: str, at: str) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise ConfigError(f"{at}: “{name}” must be a list of texts.")
    return values
