"""Clusters: mentions that mean the same and that no definition covers yet.

Names that are read alike come together at once; the few readings left are compared, level by level as with
definitions, only where they share a word that is not too common, so the work grows nearly in proportion to
the number of names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.language import text_vocabulary
from pipeline.language.normaliser import NameNormaliser
from pipeline.language.steps.ordinals import strip_year
from pipeline.language.steps.spelling_repair import RepairContext, is_in_lexicon, is_misspelled
from pipeline.linking.comparison_levels import compare_levels
from pipeline.linking.name_families import may_be_same, name_families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.language import NormalForm
    from pipeline.linking.name_families import NameFamilies

BLOCK_KEYS = 4
"""By so many of its rarest words a reading looks for its likes."""
LARGEST_BLOCK = 40
"""A word that more readings share than this says too little to compare them all."""
MOST_COMPARED_NAMES = 24


class NamedMention(Protocol):
    """What a mention must tell to be clustered."""

    @property
    def id(self) -> str:
        """Stable id of the mention."""

    @property
    def name(self) -> str:
        """The printed name."""

    @property
    def kecamatan(self) -> str | None:
        """Name of the own office."""


@dataclass(frozen=True)
class PlainMention:
    """A mention in the plainest form."""

    id: str
    name: str
    kecamatan: str | None = None


@dataclass(frozen=True)
class Cluster:
    """Mentions that mean the same."""

    id: str
    """Stable id made from what is measured: the same names give the same id, in whatever order."""
    name: str
    """Proposed name: the printed name most like all the others."""
    members: tuple[str, ...]
    """Ids of the mentions, sorted."""


@dataclass
class NormalFormGroup:
    """Mentions with one normal form."""

    normal: NormalForm
    entries: list[NamedMention]


def cluster(mentions: Iterable[NamedMention]) -> tuple[Cluster, ...]:
    """Return the mentions grouped by meaning, by id of cluster, whatever the order of input; never fails."""
    groups = group_by_form(mentions)
    merged: dict[int, list[int]] = {i: [i] for i in range(len(groups))}
    leader = list(range(len(groups)))
    for i, j in sorted(same_pairs(groups)):
        first, second = sorted((leader[i], leader[j]))
        if first != second:
            for member in merged[second]:
                leader[member] = first
            merged[first] += merged.pop(second)
    clusters = (build_cluster([groups[i] for i in members]) for members in merged.values())
    return tuple(sorted(clusters, key=lambda c: (c.id, c.members)))


def group_by_form(mentions: Iterable[NamedMention]) -> list[NormalFormGroup]:
    """Return the mentions by normal form, sorted by it, read with the words of all names in mind."""
    entries = sorted(mentions, key=lambda m: (m.name, m.id))
    names = {mention.name: strip_year(mention.name) for mention in entries}
    normaliser = NameNormaliser(common_vocabulary(names.values()), names.values())
    groups: dict[str, NormalFormGroup] = {}
    for mention in entries:
        normal = normaliser.normalise_shared(names[mention.name], mention.kecamatan)
        signature = normal.signature if normal.keys else f"{normal.signature}{normal.text}"
        groups.setdefault(signature, NormalFormGroup(normal, [])).entries.append(mention)
    return [groups[signature] for signature in sorted(groups)]


def common_vocabulary(names: Iterable[str]) -> frozenset[str]:
    """Return the words towards which misprints are spelled: known ones, and others of several names."""
    counts = Counter(word for name in names for word in text_vocabulary(name))
    known = frozenset(word for word in counts if is_in_lexicon(word))
    context = RepairContext(known, spells=True)
    repeated = (word for word, count in counts.items() if count > 1 and word not in known)
    return known.union(word for word in repeated if not is_misspelled(word, context))


def same_pairs(groups: list[NormalFormGroup]) -> Iterator[tuple[int, int]]:
    """Yield pairs of readings that are one indicator."""
    families = [name_families(group.normal) for group in groups]
    for pair in neighbour_pairs(families):
        left, right = (families[place] for place in pair)
        if may_be_same(left, right) and compare_levels(left.normal, right.normal).may_cluster:
            yield pair


def neighbour_pairs(families: list[NameFamilies]) -> Iterator[tuple[int, int]]:
    """Yield pairs of readings that share one of their rarer words, each pair once."""
    places: dict[str, list[int]] = {}
    for i, family in enumerate(families):
        for key in sorted(family.keys):
            places.setdefault(key, []).append(i)
    compared: set[tuple[int, int]] = set()
    for i, family in enumerate(families):
        shared_keys = sorted(
            (k for k in family.keys if len(places[k]) > 1), key=lambda k: (len(places[k]), k)
        )
        for key in shared_keys[:BLOCK_KEYS]:
            for j in places[key][:LARGEST_BLOCK]:
                pair = (min(i, j), max(i, j))
                if i != j and pair not in compared:
                    compared.add(pair)
                    yield pair


def build_cluster(groups: list[NormalFormGroup]) -> Cluster:
    """Return the cluster of some readings."""
    counts = {group.normal.signature: len(group.entries) for group in groups}
    signature = min(counts, key=lambda s: (-counts[s], s))
    members = tuple(sorted(m.id for group in groups for m in group.entries))
    return Cluster(cluster_id(signature), central_name(groups), members)


def cluster_id(signature: str) -> str:
    """Return a readable, stable id: the words of the reading that occurs most, and a hash of it."""
    words = re.sub(r"[^a-z0-9]+", "-", signature.lower()).strip("-")[:48].strip("-")
    return f"{words or 'tanpa-kata'}-{hashlib.sha256(signature.encode()).hexdigest()[:8]}"


def central_name(groups: list[NormalFormGroup]) -> str:
    """Return the name that most others are like; of equals the most frequent, the shortest, the first."""
    counts = Counter(" ".join(m.name.split()) for group in groups for m in group.entries)
    normals = {" ".join(m.name.split()): group.normal for group in groups for m in group.entries}
    candidates = sorted(counts, key=lambda n: (-counts[n], len(n), n))[:MOST_COMPARED_NAMES]

    if len(candidates) == 1:
        return candidates[0]

    def total_likeness(name: str) -> float:
        return sum(counts[n] * compare_levels(normals[name], normals[n]).likeness for n in candidates)

    return min(
        candidates,
        key=lambda n: (-round(total_likeness(n), 6), has_misprint(n), -counts[n], len(n), n),
    )


def has_misprint(name: str) -> bool:
    """Return whether a name has words that are none: such a name is no good title."""
    return not all(is_in_lexicon(word) for word in text_vocabulary(name))
