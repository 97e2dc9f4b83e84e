"""The vocabulary's YAML tables, checked when they are read: a mistake in one is told with file and place."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields, parse_yaml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TABLE_FIELDS: dict[str, dict[str, frozenset[str]]] = {
    "labels": {
        "holder": frozenset("agency position".split()),
        "block": frozenset("duties functions goal goal_indicator".split()),
        "detail": frozenset("objective name formula explanation unit data_sources responsible".split()),
        "body": frozenset("number title considerations legal_basis enacting annex place date".split()),
        "dictum": frozenset({"dictum"}),
        "other": frozenset({"other"}),
    },
}
"""Tables of groups of fields, each a list of the ways in which decrees write it: what the parser knows."""


WORD_LISTS = frozenset(
    "title_starts title_ends name_stops region_line_starts period_joints post_starts office_starts ranks "
    "signature_marks date_words measure_starts open_ends explanation_cues copulas operators formula_cues "
    "remark_starts nil "
    "hyphen_keepers final_letters holder_posts holder_agencies consideration_starts heading_words "
    "budget_words head_posts".split()
)
"""Lists of ``words.yaml``."""
WORD_LIST_GROUPS: dict[str, frozenset[str]] = {
    "region_names": frozenset("district district_heads regency city".split()),
    "furniture": frozenset("letterhead_starts contact_words body_starts page".split()),
    "fraction_sides": frozenset({"numerator", "denominator"}),
}
"""Groups of lists of ``words.yaml``."""
WORD_MAPS = {
    "months": (r"\w+=([1-9]|1[0-2])", "the number of a month"),
    "digit_letters": (r"\S=\d", "a digit in quotes"),
    "letter_digits": (r"\d=[^\W\d_]", "a letter"),
}
"""Words of ``words.yaml`` that stand for something: ``key=value`` as a pattern, and what the value is."""
_YAML_STRING = "tag:yaml.org,2002:str"


@cache
def load_table(name: str) -> dict[str, Any]:
    """A vocabulary file by its name without ending. Raises ``ConfigError`` with file, line and reason."""
    file = f"extractors/parser/vocabulary/{name}.yaml"
    text = (resources.files("extractors.parser.vocabulary") / f"{name}.yaml").read_text("utf-8")
    data, node = parse_yaml_table(text, file)
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: a table of named lists is expected.")
    if name in TABLE_FIELDS:
        for group, group_node in _iterate_groups(data, node, TABLE_FIELDS[name], file):
            _check_field_lists(group, group_node, TABLE_FIELDS[name][group], file)
    else:
        _check_words(data, node, file)
    return data


def _iterate_groups(
    data: Mapping[str, Any], node: Any, allowed: Iterable[str], file: str
) -> Iterable[tuple[str, Any]]:
    """The parts of a table with their nodes; one that is unknown or missing is refused."""
    for key, _ in node.value:
        if key.value not in allowed:
            allowed_names = ", ".join(sorted(allowed))
            raise _table_error(file, key, f"unknown group “{key.value}”; known: {allowed_names}")
    yield from ((key.value, value) for key, value in node.value)
    check_fields(data, node, allowed, file, sorted(allowed))


def _check_field_lists(
    group: str, node: Any, allowed: frozenset[str], file: str, *, unique: bool = True
) -> None:
    """Refuse what is no group of fields with lists of texts (a wrong indent, a bare ``No``).

    ``once``: no text can be two fields of the group, since only one of them would ever be found.
    """
    if not isinstance(node, yaml.MappingNode):
        raise _table_error(file, node, f"{group}: fields with lists are expected; check the indent")
    list_by_text: dict[str, str] = {}
    for key, texts in node.value:
        if key.value not in allowed:
            allowed_names = ", ".join(sorted(allowed))
            raise _table_error(file, key, f"{group}: unknown field “{key.value}”; known: {allowed_names}")
        _check_list(f"{group}, {key.value}", texts, file, list_by_text if unique else {})


def _check_words(data: Mapping[str, Any], node: Any, file: str) -> None:
    """Refuse what ``words.yaml`` cannot hold."""
    for name, list_node in _iterate_groups(
        data, node, WORD_LISTS | WORD_LIST_GROUPS.keys() | WORD_MAPS.keys(), file
    ):
        if name in WORD_LISTS:
            _check_list(name, list_node, file, {})
        elif name in WORD_LIST_GROUPS:
            _check_field_lists(name, list_node, WORD_LIST_GROUPS[name], file, unique=False)
            check_fields(data[name], list_node, WORD_LIST_GROUPS[name], file, sorted(WORD_LIST_GROUPS[name]))
        else:
            _check_map(name, list_node, file)


def _check_list(name: str, node: Any, file: str, list_by_text: dict[str, str]) -> None:
    """Refuse what is no list of texts, an empty text, and one that was ``seen`` before (text: list)."""
    expectation = (
        'a list of texts is expected; quote words that YAML takes for something else ("No", "Yes", numbers)'
    )
    if not isinstance(node, yaml.SequenceNode):
        raise _table_error(file, node, f"{name}: {expectation}")
    for text in node.value:
        if not isinstance(text, yaml.ScalarNode) or text.tag != _YAML_STRING:
            raise _table_error(file, text, f"{name}: {expectation}")
        if not text.value.strip():
            raise _table_error(file, text, f"{name}: an entry is empty")
        folded = " ".join(text.value.casefold().split())
        if folded in list_by_text:
            raise _table_error(
                file, text, f"{name}: “{text.value}” stands already under {list_by_text[folded]}"
            )
        list_by_text[folded] = name


def _check_map(name: str, node: Any, file: str) -> None:
    """Refuse what does not map a word to what it stands for: a month's number, a single digit or letter."""
    pattern, expectation = WORD_MAPS[name]
    if not isinstance(node, yaml.MappingNode):
        raise _table_error(file, node, f"{name}: words and what they stand for are expected")
    for key, value in node.value:
        if key.tag != _YAML_STRING:
            raise _table_error(file, key, f"{name}: quote “{key.value}”, which YAML takes for something else")
        if not (isinstance(value, yaml.ScalarNode) and re.fullmatch(pattern, f"{key.value}={value.value}")):
            raise _table_error(file, key, f"{name}: “{key.value}” needs {expectation}")
        if (value.tag == _YAML_STRING) == (name == "months"):
            raise _table_error(file, value, f"{name}: “{key.value}” needs {expectation}")


def _table_error(file: str, node: Any, reason: str) -> ConfigError:
    return ConfigError(f"{file}, line {node.start_mark.line + 1}: {reason}.")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A word list of ``words.yaml``; ``name`` may be a path (``furniture/page``)."""
    node: Any = load_table("words")
    for key in name.split("/"):
        if not isinstance(node, dict) or key not in node:
            raise ConfigError(f"extractors/parser/vocabulary/words.yaml: the list “{name}” is missing.")
        node = node[key]
    return tuple(str(word) for word in node)
