"""The regencies of Indonesia: which there are, and when two ways of writing one mean the same."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from rapidfuzz import fuzz

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields, parse_yaml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REGENCIES_FILE = "normalized/regencies.yaml"
REGENCY_PARTS = ("provinces", "formerly")
REGENCY_KINDS = ("kabupaten", "kota")
NEAR_ENOUGH = 70
"""Likeness (0-100) from which a name is worth suggesting."""

V = TypeVar("V")
RegencyKey = tuple[str, str]
"""Kind and letters of a regency's name."""

_NAME_PATTERN = re.compile(
    r"(?P<kind>kabupaten|kab|kota|kotamadya)\b\.?\s*(?:(?:administrasi|adm)\b\.?\s*)?(?P<name>\w.*)",
    re.IGNORECASE,
)
_NON_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def regency_key(regency: str) -> RegencyKey:
    """The same for every way of writing one: ``KAB. TULANG-BAWANG``, ``Kota Adm. Jakarta Barat``.

    A former name has the key of the present one. The kind is empty where none is written.
    """
    written = _spelled_key(regency)
    return _load_regencies()[1].get(written, written)


def optional_regency_key(regency: str | None) -> RegencyKey | None:
    """The key of a regency, None where none is told."""
    return None if regency is None else regency_key(regency)


def is_same_regency(left: str, right: str) -> bool:
    """Whether two names mean one regency; *Kota Malang* is not *Kabupaten Malang*."""
    return regency_key(left) == regency_key(right)


def official_name(regency: str, declared: Iterable[str] = ()) -> str | None:
    """The regency as the list (or a declaration) writes it, or None: there is none of this name."""
    return {**{regency_key(name): name for name in declared}, **_load_regencies()[0]}.get(
        regency_key(regency)
    )


def nearest_name(regency: str, declared: Iterable[str] = ()) -> str | None:
    """The regency whose name is most like this one (of two, that of its kind), or None where none is."""
    kind, letters = regency_key(regency)
    scored_names = [
        (fuzz.ratio(letters, regency_key(name)[1]), regency_key(name)[0] == kind, name)
        for name in sorted({*_load_regencies()[0].values(), *declared})
    ]
    best = max(scored_names)
    return best[2] if best[0] >= NEAR_ENOUGH else None


def _spelled_key(regency: str) -> RegencyKey:
    match = _NAME_PATTERN.fullmatch(" ".join(regency.split()))
    if match is None:
        return "", _name_letters(regency)
    return "kota" if match["kind"].casefold().startswith("kota") else "kabupaten", _name_letters(
        match["name"]
    )


def _name_letters(name: str) -> str:
    return _NON_LETTERS.sub("", name).casefold()


@cache
def _load_regencies() -> tuple[Mapping[RegencyKey, str], Mapping[RegencyKey, RegencyKey]]:
    return parse_regencies(files("normalized").joinpath("regencies.yaml").read_text(encoding="utf-8"))


def parse_regencies(text: str) -> tuple[dict[RegencyKey, str], dict[RegencyKey, RegencyKey]]:
    """The regencies of a YAML text by key, and the keys of their other names.

    Raises ``ConfigError`` with file, line and reason.
    """
    data, node = parse_yaml_table(text, REGENCIES_FILE)
    check_fields(data, node, REGENCY_PARTS, REGENCIES_FILE, REGENCY_PARTS)
    provinces, formerly = (next(v for k, v in node.value if k.value == part) for part in REGENCY_PARTS)
    names_by_key: dict[RegencyKey, str] = {}
    for _, kinds in _mapping_items(provinces):
        for kind, names in _mapping_items(kinds):
            if kind.value not in REGENCY_KINDS or not isinstance(names, yaml.SequenceNode):
                raise _regency_error(
                    kind, f"“{kind.value}”: expected are {' and '.join(REGENCY_KINDS)}, each a list of names"
                )
            for name in names.value:
                full = f"{kind.value.capitalize()} {name.value}"
                _add_unique(names_by_key, _spelled_key(full), full, name)
    former_keys: dict[RegencyKey, RegencyKey] = {}
    for former_name, name in _mapping_items(formerly):
        if _spelled_key(name.value) not in names_by_key or _spelled_key(former_name.value) in names_by_key:
            raise _regency_error(
                former_name, f"“{former_name.value}: {name.value}” is no other name of a regency of the list"
            )
        _add_unique(former_keys, _spelled_key(former_name.value), _spelled_key(name.value), former_name)
    return names_by_key, former_keys


def _add_unique(table: dict[RegencyKey, V], key: RegencyKey, value: V, node: Any) -> None:
    if not isinstance(node, yaml.ScalarNode) or not all(key):
        raise _regency_error(node, "the name of a regency is expected")
    if key in table:
        raise _regency_error(node, f"“{node.value}” is given twice")
    table[key] = value


def _mapping_items(node: Any) -> list[tuple[Any, Any]]:
    if not isinstance(node, yaml.MappingNode):
        raise _regency_error(node, "names and what belongs to each are expected")
    return list(node.value)


def _regency_error(node: Any, reason: str) -> ConfigError:
    return ConfigError(f"{REGENCIES_FILE}, line {node.start_mark.line + 1}: {reason}.")
