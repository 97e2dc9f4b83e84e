"""The first stage: every distinct document becomes a record in the cache, or a failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.errors import Status
from pipeline.engine.passwords import proof
from pipeline.engine.tasks import REFUSED, extract_key, read_key, refused_key
from pipeline.workers import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.engine.desk import Desk, Facts
    from pipeline.engine.sources import Source
    from pipeline.workers import Loss

READ_SECONDS = 60.0
"""Limit for a document, its pages apart."""
OK = str(Status.OK)
_MENDS = {
    "timeout": "Allow more with --time-limit, or split the document.",
    "out-of-memory": "Allow more with --memory-limit, or split the document.",
    "crashed": "Report the file; the other documents are built without it.",
}

Unit = tuple[str, str]


@dataclass(frozen=True)
class Member:
    """A document: where its record lies, and under which names it was given."""

    key: str
    sum: str
    name: str
    also: tuple[str, ...]


@dataclass
class Documents:
    """What became of all files."""

    sources: Sequence[Source]
    facts: dict[Unit, Facts] = field(default_factory=dict)
    seconds: dict[Unit, float] = field(default_factory=dict)
    """Of those that were read anew."""

    def is_read(self, source: Source) -> bool:
        """Whether a file gave a record."""
        return not source.problem and bool(self.facts[source.unit]["status"] == OK)

    def is_failed(self, source: Source) -> bool:
        """Whether it is known already that a file gives none."""
        return bool(source.problem) or self.facts.get(source.unit, {}).get("status", OK) != OK

    def failure(self, source: Source) -> dict[str, str]:
        """Why a file gave no record."""
        if source.problem:
            return dict(
                zip(("name", "status", "message", "mend"), (source.name, *source.problem), strict=True)
            )
        one = self.facts[source.unit]
        return {"name": source.name, **{key: one[key] for key in ("status", "message", "mend")}}

    def anew(self) -> int:
        """How many documents were read and not taken from the cache; what failed does not count."""
        return sum(self.facts[unit]["status"] == OK for unit in self.seconds)

    def failures(self) -> tuple[dict[str, str], ...]:
        """All failures, in the catalogue's order."""
        found = (self.failure(source) for source in self.sources if not self.is_read(source))
        return tuple(sorted(found, key=lambda f: (f["name"], f["status"], f["message"])))

    def groups(self) -> dict[str, list[Member]]:
        """Documents by regency, whose name is compared without case; the same bytes are one document."""
        by_content: dict[str, list[Source]] = {}
        for source in sorted(filter(self.is_read, self.sources), key=_by_name):
            by_content.setdefault(source.sha, []).append(source)
        groups: dict[str, list[Member]] = {}
        for _, same in sorted(by_content.items()):
            first, names = same[0], sorted({source.name for source in same})
            one = self.facts[first.unit]
            member = Member(read_key(*first.unit), one["sum"], names[0], tuple(names[1:]))
            groups.setdefault((one["regency"] or "").casefold(), []).append(member)
        return dict(sorted(groups.items()))

    def rows(self) -> list[Facts]:
        """What ``build.json`` tells of each file."""
        return [self._row(source) for source in self.sources]

    def _row(self, source: Source) -> Facts:
        one = self.facts[source.unit] if not source.problem else {}
        failure = {} if self.is_read(source) else self.failure(source)
        seconds = None if source.problem else self.seconds.get(source.unit)
        return {
            "file": source.address,
            "status": failure.get("status", OK),
            "reason": f"{failure['message']} {failure['mend']}".strip() if failure else _unread(one),
            "pages": one.get("pages"),
            "ocr_share": one.get("ocr"),
            "cached": not source.problem and seconds is None,
            "seconds": None if seconds is None else round(seconds, 3),
        }


def read_all(desk: Desk, found: Sequence[Source]) -> Documents:
    """Read what the cache does not have, the largest first. Raises OSError where the cache fails."""
    made = Documents(found)
    units = {source.unit: source for source in sorted(found, key=_by_name) if not source.problem}
    tasks = []
    for unit, source in sorted(units.items(), key=lambda item: (-item[1].size, item[0])):
        desk.used.add(f"extract/{extract_key(*unit)}")
        if kept := _kept(desk, unit):
            made.facts[unit] = kept
        else:
            tasks.append(_task(desk, source))
    desk.progress.stage("read", len(units), len(made.facts))
    for source in filter(made.is_failed, found):
        desk.progress.failed(made.failure(source))
    for name, value, loss, seconds in desk.done(tasks):
        sha, _, media = name.partition(" ")
        unit = (sha, media)
        made.facts[unit], made.seconds[unit] = value if loss is None else _lost(loss), seconds
        desk.used.update(_names(desk, unit))
        if made.facts[unit]["status"] != OK:
            desk.progress.failed(made.failure(units[unit]))
    return made


def _kept(desk: Desk, unit: Unit) -> Facts | None:
    """What the cache has of a document: its record, for those who have its password; or why it has none."""
    proofs = {proof(key, unit[0]) for key in desk.keys}
    kept = desk.kept("decree", read_key(*unit))
    if kept and (not kept.get("locked") or kept["locked"] in proofs):
        return kept
    refused = desk.kept(REFUSED, refused_key(*unit, bool(proofs)))
    return refused if refused and proofs <= set(refused["tried"]) else None


def _names(desk: Desk, unit: Unit) -> tuple[str, ...]:
    """The entries of the cache that tell what became of a document."""
    return f"decree/{read_key(*unit)}", f"{REFUSED}/{refused_key(*unit, bool(desk.keys))}"


def _task(desk: Desk, source: Source) -> Task:
    job = {
        "cache": desk.cache,
        "address": source.address,
        "name": source.name,
        "sha": source.sha,
        "media": source.media,
        "passwords": desk.order.passwords,
        "keys": desk.keys,
        "seconds": READ_SECONDS if desk.order.seconds is None else None,
    }
    return Task(" ".join(source.unit), "pipeline.engine.tasks:read", job, desk.order.seconds or READ_SECONDS)


def _by_name(source: Source) -> tuple[str, str]:
    return source.name, source.address


def _unread(one: Facts) -> str | None:
    """What is to be known of a document that was read but for some pages."""
    if not (found := one["unread"]):
        return None
    from extractors.unread import told  # heavy: Pydantic

    first, last = found[0][0], found[-1][1]
    # Pages that are counted only stand as one page in the record.
    return f"Page{'s' * (first < last)} {told(found)} of {max(one['pages'], last)} could not be read."


def _lost(loss: Loss) -> Facts:
    message = f"Twice the reading was ended: {loss.told}."
    return {"status": loss.cause, "message": message, "mend": _MENDS[loss.cause]}
