"""The stages of a build: what is not in the cache is given to the workers, stage after stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.cache import digest
from pipeline.cache.fingerprint import CATALOGUE, fingerprint
from pipeline.engine.orders import BuildError
from pipeline.engine.reading import read_all
from pipeline.engine.tasks import plain
from pipeline.workers import Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.engine.desk import Desk, Facts
    from pipeline.engine.reading import Member
    from pipeline.engine.sources import Source

GROUP_SECONDS = 600.0, 5.0
"""Limit for what is done with a group of documents, and for each of them."""


@dataclass(frozen=True)
class Finished:
    """What the stages made, ready to be put together."""

    documents: int
    failures: tuple[dict[str, str], ...]
    rows: list[Facts]
    """Of each file: what became of it."""
    read: int
    """Documents that were read anew, and gave a record."""
    pieces: list[Facts]
    """Of each regency, in the catalogue's order."""
    unions: dict[str, dict[str, str]]
    clusters: Facts
    serious: bool


def run(desk: Desk, found: Sequence[Source], *, trusting: bool = True) -> Finished:
    """Everything from bytes to the parts of the catalogue. Raises GoneError, BuildError, OSError.

    Not ``trusting``: only documents are taken from the cache, what stands on them is made anew.
    """
    made = Groups(desk, trusting)  # first: a table that cannot be used is told before hours of reading
    read = read_all(desk, found)
    groups = read.groups()
    parts, clusters = made.parts(groups) if groups else ({}, {"count": 0})
    unions = made.unions if groups else _of_nothing()
    pieces = [piece for one in parts.values() for piece in one["pieces"]]
    return Finished(
        documents=sum(map(len, groups.values())),
        failures=read.failures(),
        rows=read.rows(),
        read=read.anew(),
        pieces=sorted(pieces, key=lambda piece: str(piece["regency"])),
        unions=unions,
        clusters=clusters,
        serious=any(one["serious"] for one in parts.values()),
    )


def _of_nothing() -> dict[str, dict[str, str]]:
    """What the catalogue of no document tells all the same."""
    from pipeline.building import assemble
    from pipeline.engine.group_tasks import unions

    return unions(assemble((), ()))


class Groups:
    """The documents of a build by regency, on their way to the catalogue."""

    def __init__(self, desk: Desk, trusting: bool) -> None:
        """Raises TableError where definitions, decisions or settings cannot be used."""
        self._desk = desk
        self._groups: Mapping[str, list[Member]] = {}
        self._trusting = trusting
        self._program = fingerprint(CATALOGUE)
        self._reviewed = self._tables()
        self._settings = self._chosen()
        self.unions: dict[str, dict[str, str]] = {}
        """What parts tell of what others speak of too, each thing once; the parts themselves let go of it."""

    def parts(self, groups: Mapping[str, list[Member]]) -> tuple[dict[str, Facts], Facts]:
        """Each group's part of the catalogue, and the clusters."""
        self._groups = groups
        links = self._stage("link", {name: ("link", self._link(m)) for name, m in self._groups.items()})
        ordered = sorted(links.items())
        both = self._stage(
            "compare",
            {
                kind: (kind, self._job(kind, {"groups": {name: facts[what] for name, facts in ordered}}))
                for kind, what in (("cluster", "open"), ("across", "headers"))
            },
        )
        shares, found = both["cluster"]["shares"], both["across"]["found"]
        parts = self._stage(
            "audit",
            {
                name: ("part", self._part(members, links[name]["links"], shares[name], found[name]))
                for name, members in self._groups.items()
            },
        )
        self._tell_settings(parts)
        return parts, both["cluster"]

    def _link(self, members: list[Member]) -> Facts:
        by_sum = sorted(members, key=lambda member: member.sum)
        hangs = {"reviewed": self._reviewed, "records": [member.sum for member in by_sum]}
        return self._job("link", hangs, members=[member.key for member in by_sum])

    def _part(self, members: list[Member], links: str, share: str, found: str) -> Facts:
        hangs = {
            "reviewed": self._reviewed,
            "links": links,
            "share": share,
            "found": found,
            **({"settings": self._settings, "today": self._desk.order.today} if self._settings else {}),
            "records": [(member.sum, member.name, member.also) for member in members],
        }
        return self._job("part", hangs, members=[(m.key, m.name, list(m.also)) for m in members])

    def _job(self, kind: str, hangs: Facts, **more: Any) -> Facts:
        """What a worker is told; the key is made of everything that the result hangs on."""
        return {"cache": self._desk.cache, "key": digest(kind, self._program, hangs), **hangs, **more}

    def _stage(self, stage: str, jobs: Mapping[str, tuple[str, Facts]]) -> dict[str, Facts]:
        """Facts of each job, which has a kind, from the cache or made anew; the largest groups first."""
        made: dict[str, Facts] = {}
        tasks = []
        for name, (kind, job) in sorted(jobs.items(), key=lambda item: (-self._size(item[0]), item[0])):
            if self._trusting and (kept := self._desk.kept(kind, job["key"])):
                made[name] = self._lean(kept)
                continue
            base, each = GROUP_SECONDS
            limit = base + each * self._size(name) if name in self._groups else None
            tasks.append(Task(name, f"pipeline.engine.group_tasks:{kind}", job, limit))
        self._desk.progress.stage(stage, len(jobs), len(made))
        for name, value, loss, _ in self._desk.done(tasks):
            kind, job = jobs[name]
            if loss is not None:
                about = f"the decrees of {name or 'no regency'}" if name in self._groups else "all regencies"
                raise BuildError(f"The work on {about} was lost twice: {loss.told}. Nothing was written.")
            self._desk.use(kind, job["key"], value)
            made[name] = self._lean(value)
        return made

    def _lean(self, facts: Facts) -> Facts:
        """Facts without what all parts of a build have in common."""
        for name, texts in facts.pop("unions", {}).items():
            known = self.unions.setdefault(name, {})
            for key, text in texts.items():
                known.setdefault(key, text)
        return facts

    def _size(self, name: str) -> int:
        return len(self._groups.get(name, ()))

    def _chosen(self) -> str | None:
        """The audit's settings, checked, in the cache; their key."""
        if self._desk.order.settings is None:
            return None
        from pipeline.audit.settings import load_settings

        chosen = load_settings(self._desk.order.settings)
        key = self._desk.store.content("settings", chosen.model_dump_json().encode())
        self._desk.use("settings", key, {})
        return key

    def _tell_settings(self, parts: Mapping[str, Facts]) -> None:
        """Which settings are in force, and how many of their waivers are met."""
        if self._desk.order.settings is None:
            return
        from pipeline.audit.settings import load_settings, told

        chosen = load_settings(self._desk.order.settings)
        met = {tuple(one) for facts in parts.values() for one in facts["met"]}
        waived = sum(facts["waived"] for facts in parts.values())
        left = sum((waiver.code, waiver.fingerprint) not in met for waiver in chosen.waivers)
        self._desk.progress.say(told(str(self._desk.order.settings), chosen, waived, left))

    def _tables(self) -> str:
        """Definitions and decisions, checked, in the cache; their key."""
        from pipeline import linking

        order = self._desk.order
        known = linking.load(order.definitions)
        ids = [definition.id for definition in known]
        decided = [d for file in order.decisions for d in linking.load_decisions(file, ids)]
        for conflict in linking.conflicts(decided):
            self._desk.progress.say(conflict.told)
        text = plain(
            {
                "definitions": [definition.model_dump(mode="json") for definition in known],
                "decisions": [decision.model_dump(mode="json") for decision in decided],
            }
        )
        key = self._desk.store.content("reviewed", text)
        self._desk.use("reviewed", key, {})
        return key
