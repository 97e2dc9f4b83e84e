"""The stages of a build: what is not in the cache is given to the workers, stage after stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.errors import Status
from pipeline.cache import digest
from pipeline.cache.fingerprint import CATALOGUE, fingerprint
from pipeline.engine.orders import BuildError
from pipeline.engine.tasks import extract_key, plain, read_key
from pipeline.workers import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.cache import Store
    from pipeline.engine.orders import Order, Progress
    from pipeline.engine.sources import Source
    from pipeline.workers import Executor, Loss

READ_SECONDS = 60.0
"""Limit for a document, its pages apart."""
GROUP_SECONDS = 600.0, 5.0
"""Limit for what is done with a group of documents, and for each of them."""
OK = str(Status.OK)
_MENDS = {
    "timeout": "Allow more with --time-limit, or split the document.",
    "out-of-memory": "Allow more with --memory-limit, or split the document.",
    "crashed": "Report the file; the other documents are built without it.",
}

Facts = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """A document of a group: where its record lies, and under which names it was given."""

    key: str
    sum: str
    name: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Finished:
    """What the stages made, ready to be put together."""

    documents: int
    failures: tuple[dict[str, str], ...]
    rows: list[Facts]
    """Of each file: what became of it."""
    pieces: list[Facts]
    """Of each regency, in the catalogue's order."""
    unions: dict[str, dict[str, str]]
    clusters: Facts
    serious: bool
    read: int


class Stages:
    """One run through all stages."""

    def __init__(self, order: Order, cache: str, store: Store, progress: Progress) -> None:
        self._order = order
        self._cache = cache
        self.store = store
        self._progress = progress
        self._executor: Executor | None = None
        self._trusting = True
        self._seconds: dict[tuple[str, str], float] = {}
        self.used: set[str] = set()
        """Names of the entries that this build stands on."""

    def close(self) -> None:
        """End the workers."""
        if self._executor is not None:
            self._executor.close()

    def run(self, found: Sequence[Source], *, trusting: bool = True) -> Finished:
        """Everything from bytes to the parts of the catalogue. Raises GoneError, BuildError, OSError.

        Not ``trusting``: only documents are taken from the cache, what stands on them is made anew.
        """
        self._trusting = trusting
        facts, fresh = self._read(found)
        failures = tuple(
            sorted(
                (
                    dict(zip(_FAILURE, _failure(s, facts), strict=True))
                    for s in found
                    if not _is_read(s, facts)
                ),
                key=lambda f: (f["name"], f["status"], f["message"]),
            )
        )
        groups = _groups([source for source in found if _is_read(source, facts)], facts)
        rows = [self._row(source, facts, fresh) for source in found]
        documents = sum(map(len, groups.values()))
        if not documents:
            return Finished(0, failures, rows, [], {}, {}, serious=False, read=len(fresh))
        parts, clusters = self._grouped(groups)
        pieces = [piece for one in parts.values() for piece in one["pieces"]]
        unions: dict[str, dict[str, str]] = {}
        for one in parts.values():
            for name, texts in one["unions"].items():
                unions.setdefault(name, {}).update(texts)
        return Finished(
            documents,
            failures,
            rows,
            sorted(pieces, key=lambda piece: str(piece["regency"])),
            unions,
            clusters,
            serious=any(one["serious"] for one in parts.values()),
            read=len(fresh),
        )

    # -- documents ---------------------------------------------------------------------------------------

    def _read(self, found: Sequence[Source]) -> tuple[dict[tuple[str, str], Facts], set[tuple[str, str]]]:
        """Facts of every distinct document, and which of them were read anew."""
        units = {source.unit: source for source in sorted(found, key=_by_name) if not source.problem}
        facts: dict[tuple[str, str], Facts] = {}
        tasks = []
        for unit, source in sorted(units.items(), key=lambda item: (-item[1].size, item[0])):
            key = read_key(*unit)
            self.used.add(f"extract/{extract_key(*unit)}")
            if kept := self._kept("decree", key):
                facts[unit] = kept
            else:
                tasks.append(self._read_task(source))
        self._progress.stage("read", len(units), len(facts))
        for source in found:
            if source.problem or (source.unit in facts and facts[source.unit]["status"] != OK):
                self._progress.failed(dict(zip(_FAILURE, _failure(source, facts), strict=True)))
        fresh = set()
        for name, value, loss, seconds in self._done(tasks):
            sha, _, media = name.partition(" ")
            unit = (sha, media)
            facts[unit] = value if loss is None else _lost(loss)
            fresh.add(unit)
            self._seconds[unit] = seconds
            if facts[unit]["status"] != OK:
                failure = _failure(units[unit], facts)
                self._progress.failed(dict(zip(_FAILURE, failure, strict=True)))
            else:
                self.used.add(f"decree/{read_key(*unit)}")
        return facts, fresh

    def _read_task(self, source: Source) -> Task:
        job = {
            "cache": self._cache,
            "address": source.address,
            "name": source.name,
            "sha": source.sha,
            "media": source.media,
            "password": self._order.password,
            "seconds": READ_SECONDS if self._order.seconds is None else None,
        }
        limit = self._order.seconds or READ_SECONDS
        return Task(" ".join(source.unit), "pipeline.engine.tasks:read", job, limit)

    def _row(
        self, source: Source, facts: Mapping[tuple[str, str], Facts], fresh: set[tuple[str, str]]
    ) -> Facts:
        one = facts.get(source.unit, {}) if not source.problem else {}
        _, status, message, mend = (
            _failure(source, facts) if not _is_read(source, facts) else ("", OK, "", "")
        )
        return {
            "file": source.address,
            "status": status,
            "reason": f"{message} {mend}".strip() or None,
            "pages": one.get("pages"),
            "ocr_share": one.get("ocr"),
            "cached": not source.problem and source.unit not in fresh,
            "seconds": round(self._seconds[source.unit], 3) if source.unit in self._seconds else None,
        }

    # -- groups ------------------------------------------------------------------------------------------

    def _grouped(self, groups: Mapping[str, list[Member]]) -> tuple[dict[str, Facts], Facts]:
        """Each group's part of the catalogue, and the clusters."""
        reviewed = self._reviewed()
        program = fingerprint(CATALOGUE)
        links = self._group_stage(
            "link",
            "link",
            groups,
            {
                group: {
                    "cache": self._cache,
                    "key": digest("link", program, reviewed, sorted(m.sum for m in members)),
                    "reviewed": reviewed,
                    "members": [m.key for m in members],
                }
                for group, members in groups.items()
            },
        )
        opened = {group: facts["open"] for group, facts in sorted(links.items())}
        headers = {group: facts["headers"] for group, facts in sorted(links.items())}
        both = self._group_stage(
            "compare",
            "",
            {},
            {
                name: {
                    "cache": self._cache,
                    "key": digest(name, program, list(inputs.items())),
                    "groups": inputs,
                }
                for name, inputs in (("cluster", opened), ("across", headers))
            },
        )
        shares, found = both["cluster"]["shares"], both["across"]["found"]
        parts = self._group_stage(
            "audit",
            "part",
            groups,
            {
                group: self._part_job(program, reviewed, members, links[group], shares[group], found[group])
                for group, members in groups.items()
            },
        )
        return parts, both["cluster"]

    def _part_job(
        self, program: str, reviewed: str, members: list[Member], link: Facts, share: str, found: str
    ) -> Facts:
        told = [(m.sum, m.name, m.also) for m in members]
        return {
            "cache": self._cache,
            "key": digest("part", program, reviewed, told, link["links"], share, found),
            "reviewed": reviewed,
            "members": [(m.key, m.name, list(m.also)) for m in members],
            "links": link["links"],
            "share": share,
            "found": found,
        }

    def _group_stage(
        self, stage: str, call: str, groups: Mapping[str, list[Member]], jobs: Mapping[str, Facts]
    ) -> dict[str, Facts]:
        """Facts of each job, from the cache or made anew; ``call`` is its kind, else its name is."""
        made: dict[str, Facts] = {}
        tasks = []
        for name, job in sorted(jobs.items(), key=lambda item: -len(groups.get(item[0], ()))):
            kind = call or name
            if self._trusting and (kept := self._kept(kind, job["key"])):
                made[name] = kept
                continue
            base, each = GROUP_SECONDS
            limit = base + each * len(groups[name]) if name in groups else None
            tasks.append(Task(name, f"pipeline.engine.group_tasks:{kind}", job, limit))
        self._progress.stage(stage, len(jobs), len(made))
        for name, value, loss, _ in self._done(tasks):
            if loss is not None:
                about = f"the decrees of {name or 'no regency'}" if call else name
                raise BuildError(f"The work on {about} was lost twice: {loss.told}. Nothing was written.")
            made[name] = value
            self._use(call or name, jobs[name]["key"], value)
        return made

    def _reviewed(self) -> str:
        """Definitions and decisions, checked, in the cache; their key."""
        from pipeline import linking

        known = linking.load(self._order.definitions)
        ids = [definition.id for definition in known]
        decided = [d for file in self._order.decisions for d in linking.load_decisions(file, ids)]
        self._tell_conflicts(decided)
        text = plain(
            {
                "definitions": [definition.model_dump(mode="json") for definition in known],
                "decisions": [decision.model_dump(mode="json") for decision in decided],
            }
        )
        key = self.store.content("reviewed", text)
        self.used.add(f"reviewed/{key}")
        return key

    def _tell_conflicts(self, decided: Sequence[Any]) -> None:
        from pipeline import linking

        for conflict in linking.conflicts(decided):
            self._progress.say(conflict.told)

    # -- both --------------------------------------------------------------------------------------------

    def _kept(self, kind: str, key: str) -> Facts | None:
        entry = self.store.get(kind, key)
        if entry is None:
            return None
        self._use(kind, key, entry.facts)
        return {**entry.facts, "sum": entry.sum}

    def _use(self, kind: str, key: str, facts: Facts) -> None:
        """Note an entry, and those that its facts point to."""
        self.used.add(f"{kind}/{key}")
        self.used.update(_pointed(kind, facts))

    def _done(self, tasks: list[Task]) -> Any:
        """Tasks as they come back: name, value, loss, seconds."""
        if not tasks:
            return
        if self._executor is None:
            self._executor = self._order.executor()
        for done in self._executor.run(tasks):
            yield done.task.name, done.value, done.loss, done.seconds
            self._progress.step()


def _pointed(kind: str, facts: Facts) -> Iterator[str]:
    """Names of the entries that hold what an entry's facts tell of."""
    if kind == "link":
        yield from (f"{name}/{facts[name]}" for name in ("links", "open", "headers"))
    elif kind == "cluster":
        yield f"fragment/{facts['section']}"
        yield from (f"share/{key}" for key in facts["shares"].values())
    elif kind == "across":
        yield from (f"found/{key}" for key in facts["found"].values())
    elif kind == "part":
        yield from (f"fragment/{key}" for piece in facts["pieces"] for key in piece["sections"].values())


_FAILURE = ("name", "status", "message", "mend")


def _by_name(source: Source) -> tuple[str, str]:
    return source.name, source.address


def _is_read(source: Source, facts: Mapping[tuple[str, str], Facts]) -> bool:
    return not source.problem and facts[source.unit]["status"] == OK


def _failure(source: Source, facts: Mapping[tuple[str, str], Facts]) -> tuple[str, str, str, str]:
    if source.problem:
        return (source.name, *source.problem)
    one = facts[source.unit]
    return source.name, one["status"], one["message"], one["mend"]


def _lost(loss: Loss) -> Facts:
    message = f"Twice the reading was ended: {loss.told}."
    return {"status": loss.cause, "message": message, "mend": _MENDS[loss.cause]}


def _groups(read: Sequence[Source], facts: Mapping[tuple[str, str], Facts]) -> dict[str, list[Member]]:
    """Documents by regency, whose name is compared without case; the same bytes are one document."""
    by_content: dict[str, list[Source]] = {}
    for source in sorted(read, key=_by_name):
        by_content.setdefault(source.sha, []).append(source)
    groups: dict[str, list[Member]] = {}
    for _, same in sorted(by_content.items()):
        first, names = same[0], sorted({source.name for source in same})
        one = facts[first.unit]
        member = Member(read_key(*first.unit), one["sum"], names[0], tuple(names[1:]))
        groups.setdefault((one["regency"] or "").casefold(), []).append(member)
    return dict(sorted(groups.items()))
