"""Names of regencies as definitions, decisions and decrees write them: which are one, which exist."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_ENOUGH = 70
"""Likeness (0-100) from which a name is worth suggesting."""

RegencyKey = tuple[str, str]
"""Kind and letters of a regency's name."""


@lru_cache(maxsize=4096)
def regency_key(regency: str) -> RegencyKey:
    """Return the same key for every way of writing one: ``KAB. TULANG-BAWANG``, ``Kota Adm. Jakarta Barat``.

    A former name has the key of the present one. The kind is empty where none is written.
    """
    gazetteer = load_gazetteer()
    kind, letters = gazetteer.regency_key(regency)
    listed = gazetteer.find_regency(regency) if kind else None
    return gazetteer.regency_key(listed.name) if listed else (kind, letters)


def optional_regency_key(regency: str | None) -> RegencyKey | None:
    """Return the key of a regency, None where none is given."""
    return None if regency is None else regency_key(regency)


def is_same_regency(left: str, right: str) -> bool:
    """Return whether two names mean one regency; *Kota Malang* is not *Kabupaten Malang*."""
    return regency_key(left) == regency_key(right)


def official_name(regency: str, declared: Iterable[str] = ()) -> str | None:
    """Return the regency as the list (or a declaration) writes it; None where there is none of this name."""
    key = regency_key(regency)
    for name in declared:
        if regency_key(name) == key:
            return name
    listed = load_gazetteer().find_regency(regency) if key[0] else None
    return _plain_name(listed.name) if listed else None


def nearest_name(regency: str, declared: Iterable[str] = ()) -> str | None:
    """Return the regency whose name is most like this one (of two, that of its kind), if any is near."""
    kind, letters = regency_key(regency)
    names = sorted({*map(_plain_name, (r.name for r in load_gazetteer().regencies.values())), *declared})
    scored_names = [
        (fuzz.ratio(letters, regency_key(name)[1]), regency_key(name)[0] == kind, name) for name in names
    ]
    best = max(scored_names)
    return best[2] if best[0] >= NEAR_ENOUGH else None


def _plain_name(name: str) -> str:
    """Return ``Kota Jakarta Barat`` for ``Kota Administrasi Jakarta Barat``: as definitions write it."""
    kind, _, rest = name.partition(" ")
    return f"{kind} {rest.removeprefix('Administrasi ')}"
