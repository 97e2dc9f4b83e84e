"""The official list of provinces, regencies and kecamatan, looked up by code, by name and by damaged name.

Source: ``normalized/places`` (its README names edition and licence). About 7,800 places; loading takes
some twenty milliseconds and happens at the first look-up.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from pydantic import Field
from rapidfuzz import process
from rapidfuzz.distance import Indel

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, parse_table
from pipeline.language.steps.spelling_repair import coarse_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

KeyT = TypeVar("KeyT")
PlaceT = TypeVar("PlaceT")

PLACES_FOLDER = "normalized/places"
MOST_SIMILAR = 12
"""Similar names that are looked at."""
REGENCY_KINDS = ("kabupaten", "kota")
_REGENCY_NAME = re.compile(
    r"(?P<kind>kabupaten|kab|kotamadya|kota)\b\.?\s*(?:(?:administrasi|adm)\b\.?\s*)?(?P<name>\w.*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_CODES = {2: "province", 5: "regency", 8: "kecamatan"}
"""Length of a code with its dots, and what it names."""


@dataclass(frozen=True, slots=True)
class Regency:
    """A kabupaten or kota of the official list."""

    code: str
    """``35.08``."""
    name: str
    """With its kind: ``Kabupaten Lumajang``."""
    province: str
    """Name of the province."""


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """A kecamatan (in Papua: distrik) of the official list."""

    code: str
    """``35.08.03``."""
    name: str
    """The name alone: ``Candipuro``."""
    regency: Regency


class PlaceAliases(TableModel):
    """``aliases.yaml``: other names of places and words that are shortened."""

    regencies: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Official name of a regency, and its other names."""
    kecamatan: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Code of a kecamatan, and its other names."""
    short_words: dict[str, str] = Field(default_factory=dict)
    """Short word, and the word that it stands for; both in lower case."""


class Gazetteer:
    """The places of one edition of the list."""

    def __init__(
        self,
        provinces: Mapping[str, str],
        regencies: Mapping[str, str],
        kecamatan: Mapping[str, str],
        aliases: PlaceAliases | None = None,
    ) -> None:
        """Each mapping leads from code to name; ConfigError where a code is malformed or has no parent."""
        self._aliases = aliases or PlaceAliases()
        _check_codes(provinces, regencies, kecamatan)
        self.regencies = {
            code: Regency(code, name, provinces[code[:2]]) for code, name in sorted(regencies.items())
        }
        self.kecamatan = {
            code: Kecamatan(code, name, self.regencies[code[:5]]) for code, name in sorted(kecamatan.items())
        }
        self._check_aliases()

    def _check_aliases(self) -> None:
        names = {regency.name for regency in self.regencies.values()}
        for name in self._aliases.regencies:
            if name not in names:
                raise ConfigError(f"{PLACES_FOLDER}/aliases.yaml: “{name}” is no regency of the list.")
        for code in self._aliases.kecamatan:
            if code not in self.kecamatan:
                raise ConfigError(f"{PLACES_FOLDER}/aliases.yaml: {code} is no kecamatan of the list.")

    def name_key(self, name: str) -> str:
        """Return a name as its letters alone, shortened words written out: equal keys are one name."""
        words = _WORD.findall(name.casefold().replace("'", "").replace("’", ""))
        return "".join(self._aliases.short_words.get(word, word) for word in words)

    def regency_key(self, name: str) -> tuple[str, str]:
        """Return kind and letters of a regency's name (``kota``, ``malang``); no kind where none is."""
        match = _REGENCY_NAME.fullmatch(" ".join(name.split()))
        if match is None:
            return "", self.name_key(name)
        kind = "kota" if match["kind"].casefold().startswith("kota") else "kabupaten"
        return kind, self.name_key(match["name"])

    @cached_property
    def _regencies_by_key(self) -> dict[tuple[str, str], Regency]:
        table = {self.regency_key(regency.name): regency for regency in self.regencies.values()}
        by_name = {regency.name: regency for regency in self.regencies.values()}
        for name, others in self._aliases.regencies.items():
            table |= {self.regency_key(other): by_name[name] for other in others}
        return table

    def find_regency(self, name: str) -> Regency | None:
        """Return the regency of exactly this name, in any spelling of the list; None where there is none.

        A name without its kind is found where only a kabupaten or only a kota is called so.
        """
        kind, letters = self.regency_key(name)
        if kind:
            return self._regencies_by_key.get((kind, letters))
        found = {self._regencies_by_key.get((other, letters)) for other in REGENCY_KINDS} - {None}
        return found.pop() if len(found) == 1 else None

    def similar_regencies(self, name: str, least: float) -> list[tuple[Regency, float]]:
        """Return regencies whose name is like this one (0–1, OCR confusions forgiven), the likest first.

        Where the kind is printed clearly, only the names of that kind are compared: the long word *Kabupaten*
        would make every two names alike. A damaged kind is compared as part of the name.
        """
        kind, letters = self.regency_key(name)
        scored: dict[str, tuple[Regency, float]] = {}
        for regency, _, likeness in _rank_names(letters, self._regency_shapes(kind), least):
            if likeness > scored.get(regency.code, (regency, 0.0))[1]:
                scored[regency.code] = (regency, likeness)
        return sorted(scored.values(), key=lambda pair: (-pair[1], pair[0].code))

    def _regency_shapes(self, kind: str) -> list[tuple[str, Regency, Regency]]:
        """Return the names of one kind, or of all with their kind before them where ``kind`` is empty."""
        return [
            (coarse_letters(letters if kind else other_kind + letters), regency, regency)
            for (other_kind, letters), regency in self._regencies_by_key.items()
            if kind in ("", other_kind)
        ]

    @cached_property
    def _kecamatan_by_key(self) -> dict[str, tuple[Kecamatan, ...]]:
        groups: dict[str, set[Kecamatan]] = defaultdict(set)
        for kecamatan in self.kecamatan.values():
            for name in self._names_of(kecamatan):
                groups[self.name_key(name)].add(kecamatan)
        return {key: tuple(sorted(group, key=lambda k: k.code)) for key, group in groups.items()}

    def _names_of(self, kecamatan: Kecamatan) -> tuple[str, ...]:
        return (kecamatan.name, *self._aliases.kecamatan.get(kecamatan.code, ()))

    def find_kecamatan(self, name: str) -> tuple[Kecamatan, ...]:
        """Return every kecamatan of this name, in the order of their codes; some names occur six times."""
        return self._kecamatan_by_key.get(self.name_key(name), ())

    def kecamatan_of(self, regency: Regency) -> tuple[Kecamatan, ...]:
        """Return the kecamatan of a regency in the order of their codes."""
        return self._kecamatan_by_regency.get(regency.code, ())

    @cached_property
    def _kecamatan_by_regency(self) -> dict[str, tuple[Kecamatan, ...]]:
        groups: dict[str, list[Kecamatan]] = defaultdict(list)
        for kecamatan in self.kecamatan.values():
            groups[kecamatan.regency.code].append(kecamatan)
        return {code: tuple(group) for code, group in groups.items()}

    def similar_kecamatan(
        self, name: str, least: float, within: Regency | None = None
    ) -> list[tuple[Kecamatan, float]]:
        """Return kecamatan (of one regency) whose name is like this one, the likest first.

        Args:
            name: the name alone, damaged or not.
            least: likeness (0–1) below which a name is left out.
            within: look only among the kecamatan of this regency.
        """
        shapes = (
            self._all_shapes
            if within is None
            else [shape for shape in self._all_shapes if shape[1].regency.code == within.code]
        )
        scored: dict[str, tuple[Kecamatan, float]] = {}
        for kecamatan, _, likeness in _rank_names(self.name_key(name), shapes, least):
            if likeness > scored.get(kecamatan.code, (kecamatan, 0.0))[1]:
                scored[kecamatan.code] = (kecamatan, likeness)
        return sorted(scored.values(), key=lambda pair: (-pair[1], pair[0].code))

    @cached_property
    def _all_shapes(self) -> list[tuple[str, Kecamatan, Kecamatan]]:
        return [
            (coarse_letters(self.name_key(name)), kecamatan, kecamatan)
            for kecamatan in self.kecamatan.values()
            for name in self._names_of(kecamatan)
        ]


def _rank_names(
    letters: str, shapes: Sequence[tuple[str, KeyT, PlaceT]], least: float
) -> list[tuple[KeyT, PlaceT, float]]:
    """Return the places whose shape is like that of a name, with the likeness (0–1)."""
    shape = coarse_letters(letters)
    matches = process.extract(
        shape,
        [place_shape for place_shape, _, _ in shapes],
        scorer=Indel.normalized_similarity,
        score_cutoff=least,
        limit=MOST_SIMILAR,
    )
    return [(shapes[index][1], shapes[index][2], round(likeness, 4)) for _, likeness, index in matches]


def _check_codes(
    provinces: Mapping[str, str], regencies: Mapping[str, str], kecamatan: Mapping[str, str]
) -> None:
    """Raise ConfigError where a code has a wrong form or names no parent of the list."""
    for table, length, parents in (
        (provinces, 2, None),
        (regencies, 5, provinces),
        (kecamatan, 8, regencies),
    ):
        for code in table:
            if len(code) != length or not code.replace(".", "").isdigit():
                raise ConfigError(f"{PLACES_FOLDER}: “{code}” is no code of a {_CODES[length]}.")
            if parents is not None and code[: length - 3] not in parents:
                raise ConfigError(
                    f"{PLACES_FOLDER}: {code} belongs to {code[: length - 3]}, which is not listed."
                )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the list that is installed with the program. Raise ConfigError where it is damaged."""
    return read_gazetteer(files("normalized") / "places")


def read_gazetteer(folder: Traversable) -> Gazetteer:
    """Return the list of a folder with the files of ``normalized/places``, for example of another year."""
    aliases = parse_table(
        (folder / "aliases.yaml").read_text(encoding="utf-8"), f"{PLACES_FOLDER}/aliases.yaml", PlaceAliases
    )
    return Gazetteer(
        _read_names(folder / "provinces.csv"),
        _read_names(folder / "regencies.csv"),
        _read_names(folder / "kecamatan.csv"),
        aliases,
    )


def _read_names(file: Traversable) -> dict[str, str]:
    rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    if next(rows, None) != ["code", "name"]:
        raise ConfigError(f"{PLACES_FOLDER}/{file.name}: the columns “code” and “name” are expected.")
    names: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != 2 or not all(row) or row[0] in names:
            raise ConfigError(
                f"{PLACES_FOLDER}/{file.name}, line {number}: a new code and a name are expected."
            )
        names[row[0]] = row[1]
    return names
