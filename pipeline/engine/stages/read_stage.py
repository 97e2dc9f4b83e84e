"""The first stage: every distinct document becomes a record in the cache, or a failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.errors import ReadStatus
from pipeline.engine.executors import WorkerTask
from pipeline.engine.password_proofs import password_proof
from pipeline.engine.stages.read_job import REFUSED_KIND, extract_key, read_key, refused_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.engine.build_context import BuildContext, Facts
    from pipeline.engine.executors import TaskFailure
    from pipeline.engine.input_files import InputFile

READ_SECONDS = 60.0
"""Limit for a document, its pages apart."""
OK_STATUS = str(ReadStatus.OK)
_REMEDIES = {
    "timeout": "Allow more with --time-limit, or split the document.",
    "out-of-memory": "Allow more with --memory-limit, or split the document.",
    "crashed": "Report the file; the other documents are built without it.",
}

ContentKey = tuple[str, str]


@dataclass(frozen=True)
class DocumentRef:
    """A document: where its record lies, and under which names it was given."""

    key: str
    checksum: str
    name: str
    also_named: tuple[str, ...]


@dataclass
class ReadResults:
    """What became of all files."""

    sources: Sequence[InputFile]
    facts: dict[ContentKey, Facts] = field(default_factory=dict)
    seconds: dict[ContentKey, float] = field(default_factory=dict)
    """Of those that were read anew."""

    def is_read(self, source: InputFile) -> bool:
        """Whether a file gave a record."""
        return not source.problem and bool(self.facts[source.unit]["status"] == OK_STATUS)

    def has_failed(self, source: InputFile) -> bool:
        """Whether it is known already that a file gives none."""
        return bool(source.problem) or self.facts.get(source.unit, {}).get("status", OK_STATUS) != OK_STATUS

    def describe_failure(self, source: InputFile) -> dict[str, str]:
        """Why a file gave no record."""
        if source.problem:
            return dict(
                zip(("name", "status", "message", "mend"), (source.name, *source.problem), strict=True)
            )
        source_facts = self.facts[source.unit]
        return {"name": source.name, **{key: source_facts[key] for key in ("status", "message", "mend")}}

    def count_read(self) -> int:
        """How many documents were read and not taken from the cache; what failed does not count."""
        return sum(self.facts[unit]["status"] == OK_STATUS for unit in self.seconds)

    def list_failures(self) -> tuple[dict[str, str], ...]:
        """All failures, in the catalogue's order."""
        unsorted_failures = (
            self.describe_failure(source) for source in self.sources if not self.is_read(source)
        )
        return tuple(sorted(unsorted_failures, key=lambda f: (f["name"], f["status"], f["message"])))

    def group_by_regency(self) -> dict[str, list[DocumentRef]]:
        """Documents by regency, whose name is compared without case; the same bytes are one document."""
        by_content: dict[str, list[InputFile]] = {}
        for source in sorted(filter(self.is_read, self.sources), key=_name_order):
            by_content.setdefault(source.sha, []).append(source)
        groups: dict[str, list[DocumentRef]] = {}
        for _, copies in sorted(by_content.items()):
            first_copy, names = copies[0], sorted({source.name for source in copies})
            unit_facts = self.facts[first_copy.unit]
            member = DocumentRef(read_key(*first_copy.unit), unit_facts["sum"], names[0], tuple(names[1:]))
            groups.setdefault((unit_facts["regency"] or "").casefold(), []).append(member)
        return dict(sorted(groups.items()))

    def manifest_rows(self) -> list[Facts]:
        """What ``build.json`` tells of each file."""
        return [self._manifest_row(source) for source in self.sources]

    def _manifest_row(self, source: InputFile) -> Facts:
        source_facts = self.facts[source.unit] if not source.problem else {}
        failure = {} if self.is_read(source) else self.describe_failure(source)
        seconds = None if source.problem else self.seconds.get(source.unit)
        return {
            "file": source.address,
            "status": failure.get("status", OK_STATUS),
            "reason": f"{failure['message']} {failure['mend']}".strip()
            if failure
            else _describe_unread_pages(source_facts),
            "pages": source_facts.get("pages"),
            "ocr_share": source_facts.get("ocr"),
            "cached": not source.problem and seconds is None,
            "seconds": None if seconds is None else round(seconds, 3),
        }


def read_documents(context: BuildContext, input_files: Sequence[InputFile]) -> ReadResults:
    """Read what the cache does not have, the largest first. Raises OSError where the cache fails."""
    results = ReadResults(input_files)
    units = {source.unit: source for source in sorted(input_files, key=_name_order) if not source.problem}
    tasks = []
    for unit, source in sorted(units.items(), key=lambda item: (-item[1].size, item[0])):
        context.used.add(f"extract/{extract_key(*unit)}")
        if cached_facts := _cached_facts(context, unit):
            results.facts[unit] = cached_facts
        else:
            tasks.append(_read_task(context, source))
    context.progress.start_stage("read", len(units), len(results.facts))
    for source in filter(results.has_failed, input_files):
        context.progress.report_failure(results.describe_failure(source))
    for name, value, loss, seconds in context.run_tasks(tasks):
        sha, _, media = name.partition(" ")
        unit = (sha, media)
        results.facts[unit], results.seconds[unit] = value if loss is None else _failure_facts(loss), seconds
        context.used.update(_entry_names(context, unit))
        if results.facts[unit]["status"] != OK_STATUS:
            context.progress.report_failure(results.describe_failure(units[unit]))
    return results


def _cached_facts(context: BuildContext, unit: ContentKey) -> Facts | None:
    """What the cache has of a document: its record, for those who have its password; or why it has none."""
    proofs = {password_proof(key, unit[0]) for key in context.password_keys}
    decree_facts = context.load_facts("decree", read_key(*unit))
    if decree_facts and (not decree_facts.get("locked") or decree_facts["locked"] in proofs):
        return decree_facts
    refusal_facts = context.load_facts(REFUSED_KIND, refused_key(*unit, bool(proofs)))
    return refusal_facts if refusal_facts and proofs <= set(refusal_facts["tried"]) else None


def _entry_names(context: BuildContext, unit: ContentKey) -> tuple[str, ...]:
    """The entries of the cache that tell what became of a document."""
    return f"decree/{read_key(*unit)}", f"{REFUSED_KIND}/{refused_key(*unit, bool(context.password_keys))}"


def _read_task(context: BuildContext, source: InputFile) -> WorkerTask:
    job = {
        "cache": context.cache,
        "address": source.address,
        "name": source.name,
        "sha": source.sha,
        "media": source.media,
        "passwords": context.order.passwords,
        "keys": context.password_keys,
        "seconds": READ_SECONDS if context.order.seconds is None else None,
    }
    return WorkerTask(
        " ".join(source.unit),
        "pipeline.engine.stages.read_job:read_document",
        job,
        context.order.seconds or READ_SECONDS,
    )


def _name_order(source: InputFile) -> tuple[str, str]:
    return source.name, source.address


def _describe_unread_pages(document_facts: Facts) -> str | None:
    """What is to be known of a document that was read but for some pages."""
    if not (page_spans := document_facts["unread"]):
        return None
    from extractors.unread_pages import format_page_ranges  # heavy: Pydantic

    first, last = page_spans[0][0], page_spans[-1][1]
    # Pages that are counted only stand as one page in the record.
    page_count = max(document_facts["pages"], last)
    return f"Page{'s' * (first < last)} {format_page_ranges(page_spans)} of {page_count} could not be read."


def _failure_facts(task_failure: TaskFailure) -> Facts:
    message = f"Twice the reading was ended: {task_failure.message}."
    return {"status": task_failure.cause, "message": message, "mend": _REMEDIES[task_failure.cause]}
