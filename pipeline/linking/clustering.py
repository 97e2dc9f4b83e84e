"""Clusters: mentions that mean the same and that no definition covers yet.

Names with one normal form come together at once; the few forms left are compared only where they share a
word that is not too common, so the work grows nearly in proportion to the number of names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.language import align_in_context, align_normal_forms, measures_agree, normalise_text
from pipeline.language.alignment.prefilter import words_without_partner
from pipeline.language.steps.ordinals import strip_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.language import NormalForm

BLOCK_KEYS = 3
"""By so many of its rarest words a form looks for its likes."""
LARGEST_BLOCK = 60
"""A word that more forms share than this says too little to compare them all."""
MOST_COMPARED_NAMES = 40


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
    kecamatan: str | None
    entries: list[NamedMention]


def cluster(mentions: Iterable[NamedMention]) -> tuple[Cluster, ...]:
    """Mentions grouped by meaning, by id of cluster. Order of input does not matter; never fails."""
    forms = group_by_form(mentions)
    parent = list(range(len(forms)))

    def find_root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in likely_pairs(forms):
        x, y = find_root(a), find_root(b)
        if x != y and is_same_indicator(forms[a], forms[b]):
            parent[max(x, y)] = min(x, y)
    groups: dict[int, list[NormalFormGroup]] = {}
    for i, form in enumerate(forms):
        groups.setdefault(find_root(i), []).append(form)
    return tuple(sorted(map(build_cluster, groups.values()), key=lambda c: (c.id, c.members)))


def group_by_form(mentions: Iterable[NamedMention]) -> list[NormalFormGroup]:
    """Mentions by normal form, sorted by it."""
    forms: dict[str, NormalFormGroup] = {}
    for mention in sorted(mentions, key=lambda m: (m.name, m.id)):
        normal = normalise_text(strip_year(mention.name), mention.kecamatan)
        signature = normal.signature if normal.keys else f"{normal.signature}{normal.text}"
        forms.setdefault(signature, NormalFormGroup(normal, mention.kecamatan, [])).entries.append(mention)
    return [forms[signature] for signature in sorted(forms)]


def likely_pairs(forms: list[NormalFormGroup]) -> Iterator[tuple[int, int]]:
    """Pairs of forms that share one of their rarer words, each once, in order."""
    places: dict[str, list[int]] = {}
    for i, form in enumerate(forms):
        for key in sorted(form.normal.keys):
            places.setdefault(key, []).append(i)
    yielded_pairs: set[tuple[int, int]] = set()
    for i, form in enumerate(forms):
        shared_keys = [k for k in form.normal.keys if len(places[k]) > 1]
        for key in sorted(shared_keys, key=lambda k: (len(places[k]), k))[:BLOCK_KEYS]:
            for j in places[key][:LARGEST_BLOCK]:
                pair = (min(i, j), max(i, j))
                if i != j and pair not in yielded_pairs:
                    yielded_pairs.add(pair)
                    yield pair


def is_same_indicator(a: NormalFormGroup, b: NormalFormGroup) -> bool:
    """Whether two forms mean the same, each read with the other's words in mind."""
    left, right = a.normal, b.normal
    if abs(len(left.keys) - len(right.keys)) > max(len(left.keys), len(right.keys)) // 2 + 2:
        return False
    if not measures_agree(left.measures, right.measures) or not (
        may_cover_words(a, b) and may_cover_words(b, a)
    ):
        return False
    return align_in_context(left, right, a.kecamatan, b.kecamatan).same


def may_cover_words(a: NormalFormGroup, b: NormalFormGroup) -> bool:
    """Whether every word of a form may have its partner in another: cheap, before the comparing."""
    if a.kecamatan != b.kecamatan:  # the sieve reads both with one office's name
        return True
    return next(words_without_partner(a.normal.text, b.normal.text, a.kecamatan), None) is None


def build_cluster(forms: list[NormalFormGroup]) -> Cluster:
    """The cluster of some forms."""
    counts = {f.normal.signature: len(f.entries) for f in forms}
    signature = min(counts, key=lambda s: (-counts[s], s))
    members = tuple(sorted(m.id for f in forms for m in f.entries))
    return Cluster(cluster_id(signature), central_name([m.name for f in forms for m in f.entries]), members)


def cluster_id(signature: str) -> str:
    """A readable, stable id: the words of the form that occurs most, and a hash of it."""
    words = re.sub(r"[^a-z0-9]+", "-", signature.lower()).strip("-")[:48].strip("-")
    return f"{words or 'tanpa-kata'}-{hashlib.sha256(signature.encode()).hexdigest()[:8]}"


def central_name(names: list[str]) -> str:
    """The name most like all the others: most frequent, then nearest, then shortest, then by letters."""
    counts = Counter(" ".join(n.split()) for n in names)
    candidates = sorted(counts, key=lambda n: (-counts[n], len(n), n))[:MOST_COMPARED_NAMES]
    normals = {n: normalise_text(strip_year(n)) for n in candidates}

    def total_similarity(name: str) -> float:
        return sum(counts[n] * align_normal_forms(normals[name], normals[n]).score for n in candidates)

    return min(
        candidates,
        key=lambda n: (-round(total_similarity(n), 6), needed_repair(normals[n]), -counts[n], len(n), n),
    )


def needed_repair(normal: NormalForm) -> bool:
    """Whether reading errors had to be mended: such a form is no good name."""
    return any(s.name == "repair" for s in normal.steps)
