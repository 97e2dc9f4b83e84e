"""The vocabulary's YAML tables, checked when they are read: a mistake in one is told with file and place."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from extractors.errors import TableError
from extractors.marked import check_fields, parse_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


LISTS = frozenset(
    "title_starts name_stops region_line_starts period_joints post_starts office_starts ranks "
    "signature_marks date_words measure_starts open_ends explanation_cues copulas remark_starts nil "
    "hyphen_keepers final_letters holder_posts holder_agencies consideration_starts heading_words "
    "budget_words head_posts".split()
)
"""Lists of ``words.yaml``."""
GROUPS: dict[str, frozenset[str]] = {
    "kinds": frozenset({"IKU", "IKI"}),
    "region_names": frozenset("district district_heads regency city".split()),
    "furniture": frozenset("letterhead_starts contact_words body_starts page".split()),
    "fraction_sides": frozenset({"numerator", "denominator"}),
}
"""Groups of lists of ``words.yaml``."""
MAPS = {
    "months": (r"\w+=([1-9]|1[0-2])", "the number of a month"),
    "digit_letters": (r"\S=\d", "a digit in quotes"),
    "letter_digits": (r"\d=[^\W\d_]", "a letter"),
}
"""Words of ``words.yaml`` that stand for something: ``key=value`` as a pattern, and what the value is."""
_TEXT = "tag:yaml.org,2002:str"


@cache
def table(name: str) -> dict[str, Any]:
    """A vocabulary file by its name without ending. Raises ``TableError`` with file, line and reason."""
    file = f"extractors/vocabulary/{name}.yaml"
    text = (resources.files("extractors") / "vocabulary" / f"{name}.yaml").read_text("utf-8")
    loaded, node = parse_marked(text, file)
    if not isinstance(loaded, dict):
        raise TableError(f"{file}: a table of named lists is expected.")
    if name in KNOWN:
        for group, marked in _named(loaded, node, KNOWN[name], file):
            _check_fields_of(group, marked, KNOWN[name][group], file)
    else:
        _check_words(loaded, node, file)
    return loaded


def _named(
    loaded: Mapping[str, Any], node: Any, known: Iterable[str], file: str
) -> Iterable[tuple[str, Any]]:
    """The parts of a table with their nodes; one that is unknown or missing is refused."""
    for key, _ in node.value:
        if key.value not in known:
            told = ", ".join(sorted(known))
            raise _wrong(file, key, f"unknown group “{key.value}”; known: {told}")
    yield from ((key.value, value) for key, value in node.value)
    check_fields(loaded, node, known, file, sorted(known))


def _check_fields_of(group: str, node: Any, known: frozenset[str], file: str, *, once: bool = True) -> None:
    """Refuse what is no group of fields with lists of texts (a wrong indent, a bare ``No``).

    ``once``: no text can be two fields of the group, since only one of them would ever be found.
    """
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(file, node, f"{group}: fields with lists are expected; check the indent")
    seen: dict[str, str] = {}
    for key, texts in node.value:
        if key.value not in known:
            told = ", ".join(sorted(known))
            raise _wrong(file, key, f"{group}: unknown field “{key.value}”; known: {told}")
        _check_list(f"{group}, {key.value}", texts, file, seen if once else {})


def _check_words(loaded: Mapping[str, Any], node: Any, file: str) -> None:
    """Refuse what ``words.yaml`` cannot hold."""
    for name, marked in _named(loaded, node, LISTS | GROUPS.keys() | MAPS.keys(), file):
        if name in LISTS:
            _check_list(name, marked, file, {})
        elif name in GROUPS:
            _check_fields_of(name, marked, GROUPS[name], file, once=False)
            check_fields(loaded[name], marked, GROUPS[name], file, sorted(GROUPS[name]))
        else:
            _check_map(name, marked, file)


def _check_list(name: str, node: Any, file: str, seen: dict[str, str]) -> None:
    """Refuse what is no list of texts, an empty text, and one that was ``seen`` before (text: list)."""
    told = (
        'a list of texts is expected; quote words that YAML takes for something else ("No", "Yes", numbers)'
    )
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(file, node, f"{name}: {told}")
    for text in node.value:
        if not isinstance(text, yaml.ScalarNode) or text.tag != _TEXT:
            raise _wrong(file, text, f"{name}: {told}")
        if not text.value.strip():
            raise _wrong(file, text, f"{name}: an entry is empty")
        folded = " ".join(text.value.casefold().split())
        if folded in seen:
            raise _wrong(file, text, f"{name}: “{text.value}” stands already under {seen[folded]}")
        seen[folded] = name


def _check_map(name: str, node: Any, file: str) -> None:
    """Refuse what does not map a word to what it stands for: a month's number, a single digit or letter."""
    pattern, told = MAPS[name]
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(file, node, f"{name}: words and what they stand for are expected")
    for key, value in node.value:
        if key.tag != _TEXT:
            raise _wrong(file, key, f"{name}: quote “{key.value}”, which YAML takes for something else")
        if not (isinstance(value, yaml.ScalarNode) and re.fullmatch(pattern, f"{key.value}={value.value}")):
            raise _wrong(file, key, f"{name}: “{key.value}” needs {told}")
        if (value.tag == _TEXT) == (name == "months"):
            raise _wrong(file, value, f"{name}: “{key.value}” needs {told}")


def _wrong(file: str, node: Any, why: str) -> TableError:
    return TableError(f"{file}, line {node.start_mark.line + 1}: {why}.")


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of ``words.yaml``; ``name`` may be a path (``furniture/page``)."""
    found: Any = table("words")
    for key in name.split("/"):
        if not isinstance(found, dict) or key not in found:
            raise TableError(f"extractors/vocabulary/words.yaml: the list “{name}” is missing.")
        found = found[key]
    return tuple(str(word) for word in found)
