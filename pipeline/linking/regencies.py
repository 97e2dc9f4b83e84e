"""The regencies of Indonesia: which there are, and when two ways of writing one mean the same."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from rapidfuzz import fuzz

from extractors.errors import TableError
from extractors.marked import check_fields, parse_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "normalized/regencies.yaml"
PARTS = ("provinces", "formerly")
KINDS = ("kabupaten", "kota")
NEAR_ENOUGH = 70
"""Likeness (0-100) from which a name is worth suggesting."""

V = TypeVar("V")
Key = tuple[str, str]
"""Kind and letters of a regency's name."""

_WRITTEN = re.compile(
    r"(?P<kind>kabupaten|kab|kota|kotamadya)\b\.?\s*(?:(?:administrasi|adm)\b\.?\s*)?(?P<name>\w.*)",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def key(regency: str) -> Key:
    """The same for every way of writing one: ``KAB. TULANG-BAWANG``, ``Kota Adm. Jakarta Barat``.

    A former name has the key of the present one. The kind is empty where none is written.
    """
    written = _key(regency)
    return _table()[1].get(written, written)


def home(regency: str | None) -> Key | None:
    """The key of a regency, None where none is told."""
    return None if regency is None else key(regency)


def same(one: str, other: str) -> bool:
    """Whether two names mean one regency; *Kota Malang* is not *Kabupaten Malang*."""
    return key(one) == key(other)


def official(regency: str, declared: Iterable[str] = ()) -> str | None:
    """The regency as the list (or a declaration) writes it, or None: there is none of this name."""
    return {**{key(name): name for name in declared}, **_table()[0]}.get(key(regency))


def nearest(regency: str, declared: Iterable[str] = ()) -> str | None:
    """The regency whose name is most like this one (of two, that of its kind), or None where none is."""
    kind, letters = key(regency)
    alike = [
        (fuzz.ratio(letters, key(name)[1]), key(name)[0] == kind, name)
        for name in sorted({*_table()[0].values(), *declared})
    ]
    best = max(alike)
    return best[2] if best[0] >= NEAR_ENOUGH else None


def _key(regency: str) -> Key:
    found = _WRITTEN.fullmatch(" ".join(regency.split()))
    if found is None:
        return "", _letters(regency)
    return "kota" if found["kind"].casefold().startswith("kota") else "kabupaten", _letters(found["name"])


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()


@cache
def _table() -> tuple[Mapping[Key, str], Mapping[Key, Key]]:
    return read(files("normalized").joinpath("regencies.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[dict[Key, str], dict[Key, Key]]:
    """The regencies of a YAML text by key, and the keys of their other names.

    Raises ``TableError`` with file, line and reason.
    """
    data, node = parse_marked(text, FILE)
    check_fields(data, node, PARTS, FILE, PARTS)
    provinces, formerly = (next(v for k, v in node.value if k.value == part) for part in PARTS)
    listed: dict[Key, str] = {}
    for _, kinds in _pairs(provinces):
        for kind, names in _pairs(kinds):
            if kind.value not in KINDS or not isinstance(names, yaml.SequenceNode):
                raise _wrong(
                    kind, f"“{kind.value}”: expected are {' and '.join(KINDS)}, each a list of names"
                )
            for name in names.value:
                full = f"{kind.value.capitalize()} {name.value}"
                _add(listed, _key(full), full, name)
    former: dict[Key, Key] = {}
    for other, name in _pairs(formerly):
        if _key(name.value) not in listed or _key(other.value) in listed:
            raise _wrong(other, f"“{other.value}: {name.value}” is no other name of a regency of the list")
        _add(former, _key(other.value), _key(name.value), other)
    return listed, former


def _add(table: dict[Key, V], made: Key, value: V, node: Any) -> None:
    if not isinstance(node, yaml.ScalarNode) or not all(made):
        raise _wrong(node, "the name of a regency is expected")
    if made in table:
        raise _wrong(node, f"“{node.value}” is given twice")
    table[made] = value


def _pairs(node: Any) -> list[tuple[Any, Any]]:
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(node, "names and what belongs to each are expected")
    return list(node.value)


def _wrong(node: Any, why: str) -> TableError:
    return TableError(f"{FILE}, line {node.start_mark.line + 1}: {why}.")
