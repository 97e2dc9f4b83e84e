"""The first stage: every distinct document becomes a record in the cache, or a failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractors.file_names import printable_name
from pipeline.engine.build_context import RECORD_KIND
from pipeline.engine.cache import make_key
from pipeline.engine.executors import WorkerTask
from pipeline.engine.stages.read_job import (
    ENCRYPTED_STATUS,
    OK_STATUS,
    extract_key,
    load_outcome,
    read_document,
    record_key,
)
from pipeline.engine.stages.stage_values import PrintedHeading, ReadJob, ReadOutcome, RecordRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.engine.build_context import BuildContext
    from pipeline.engine.executors import TaskFailure
    from pipeline.engine.input_files import InputFile
    from pipeline.engine.request import DocumentFailure

READ_SECONDS = 60.0
"""Time limit for a document, without its pages."""
_REMEDIES = {
    "timeout": "Allow more with --time-limit, or split the document.",
    "out-of-memory": "Allow more with --memory-limit, or split the document.",
    "crashed": "Report the file; the other documents are built without it.",
}

ContentKey = tuple[str, str]


@dataclass(frozen=True)
class DocumentRef:
    """A document's record, the record's checksum, and what is known of its office."""

    record: RecordRef
    checksum: str
    sha: str
    """SHA-256 of the file."""
    heading: PrintedHeading


@dataclass
class ReadResults:
    """What became of all files."""

    input_files: Sequence[InputFile]
    outcomes: dict[ContentKey, ReadOutcome] = field(default_factory=dict)
    seconds: dict[ContentKey, float] = field(default_factory=dict)
    """Of those that did not come from the cache."""

    def is_read(self, file: InputFile) -> bool:
        """Return whether a file gave a record."""
        return file.problem is None and self.outcomes[file.unit].status == OK_STATUS

    def find_failure(self, file: InputFile) -> DocumentFailure | None:
        """Return why a file gave no record; None where it gave one or has not been read yet."""
        if file.problem is not None:
            return file.problem
        outcome = self.outcomes.get(file.unit)
        if outcome is None or outcome.status == OK_STATUS:
            return None
        return outcome.to_failure(file.name)

    def count_read(self) -> int:
        """Return how many documents were read and did not come from the cache; failures do not count."""
        return sum(self.outcomes[unit].status == OK_STATUS for unit in self.seconds)

    def list_failures(self) -> tuple[DocumentFailure, ...]:
        """Return all failures, in the catalogue's order."""
        return tuple(sorted(filter(None, map(self.find_failure, self.input_files))))

    def list_documents(self) -> list[DocumentRef]:
        """Return the documents that gave a record, by SHA-256; the same bytes are one document."""
        by_content: dict[str, list[InputFile]] = {}
        for file in sorted(filter(self.is_read, self.input_files), key=_name_order):
            by_content.setdefault(file.sha, []).append(file)
        documents = []
        for sha, copies in sorted(by_content.items()):
            outcome, names = self.outcomes[copies[0].unit], sorted({file.name for file in copies})
            record = RecordRef(outcome.record, names[0], tuple(names[1:]))
            documents.append(DocumentRef(record, outcome.checksum, sha, outcome.heading))
        return documents

    def manifest_rows(self) -> list[dict[str, Any]]:
        """Return the rows of ``build.json``, one for each file."""
        return [self._manifest_row(file) for file in self.input_files]

    def _manifest_row(self, file: InputFile) -> dict[str, Any]:
        outcome = self.outcomes[file.unit] if file.problem is None else None
        failure = self.find_failure(file)
        seconds = self.seconds.get(file.unit) if outcome else None
        return {
            "file": printable_name(file.address),
            "status": failure.status if failure else OK_STATUS,
            "reason": failure.describe() if failure else outcome and _describe_unread_pages(outcome),
            "pages": outcome and outcome.pages,
            "ocr_share": outcome and outcome.ocr_share,
            "corrected": outcome.corrected if outcome else 0,
            "open_corrections": outcome.open_corrections if outcome else (),
            "cached": outcome is not None and seconds is None,
            "seconds": None if seconds is None else round(seconds, 3),
        }


def read_documents(context: BuildContext, input_files: Sequence[InputFile]) -> ReadResults:
    """Read what the cache does not have, the largest first. Raises StorageError where the cache fails."""
    results = ReadResults(input_files)
    corrections = _corrections_by_document(context.inputs.corrections)
    units = {file.unit: file for file in sorted(input_files, key=_name_order) if file.problem is None}
    tasks = []
    for unit, file in sorted(units.items(), key=lambda item: (-item[1].size, item[0])):
        own_corrections = corrections.get(file.sha, ())
        record = record_key(*unit, own_corrections)
        context.record_use("extract", [extract_key(*unit)])
        context.record_use(RECORD_KIND, [record])
        if outcome := _cached_outcome(context, record):
            results.outcomes[unit] = outcome
        else:
            tasks.append(_read_task(context, file, own_corrections))
    context.progress.start_stage("read", len(units), len(results.outcomes))
    for failure in filter(None, map(results.find_failure, input_files)):
        context.progress.report_failure(failure)
    for result in context.run_tasks(tasks):
        unit = (result.task.job.sha, result.task.job.media)
        outcome = result.value or _lost_outcome(result.loss)
        results.outcomes[unit], results.seconds[unit] = outcome, result.seconds
        if outcome.is_unlocked:
            context.discard_at_end(outcome.record)
        if outcome.status != OK_STATUS:
            context.progress.report_failure(outcome.to_failure(units[unit].name))
    for unit, file in units.items():
        for sentence in results.outcomes[unit].open_corrections:
            context.progress.send_message(f"{file.name}: {sentence}")
    return results


def _corrections_by_document(
    entries: Sequence[CorrectionEntry],
) -> dict[str, tuple[CorrectionEntry, ...]]:
    """Return the corrections of each document by the SHA-256 of its file."""
    by_document: dict[str, tuple[CorrectionEntry, ...]] = {}
    for entry in entries:
        sha = entry.document.removeprefix("sha256:")
        by_document[sha] = (*by_document.get(sha, ()), entry)
    return by_document


def _cached_outcome(context: BuildContext, record: str) -> ReadOutcome | None:
    """Return what the cache knows of a document; passwords are tried on a locked one every time."""
    outcome = load_outcome(context.store, record)
    is_locked = outcome is not None and outcome.status == ENCRYPTED_STATUS
    return None if is_locked and context.inputs.passwords else outcome


def _read_task(
    context: BuildContext, file: InputFile, corrections: tuple[CorrectionEntry, ...]
) -> WorkerTask[ReadJob, ReadOutcome]:
    job = ReadJob(
        cache=context.cache,
        address=file.address,
        name=file.name,
        sha=file.sha,
        media=file.media,
        unlocked_key=make_key(record_key(*file.unit), context.build_id),
        corrections=corrections,
        passwords=context.inputs.passwords,
        seconds=READ_SECONDS if context.inputs.seconds is None else None,
    )
    return WorkerTask(" ".join(file.unit), read_document, job, context.inputs.seconds or READ_SECONDS)


def _name_order(file: InputFile) -> tuple[str, str]:
    return file.name, file.address


def _describe_unread_pages(outcome: ReadOutcome) -> str | None:
    """Return which pages of a document could not be read, in words."""
    if not outcome.unread:
        return None
    from extractors.unread_pages import format_page_ranges  # heavy: Pydantic

    first, last = outcome.unread[0][0], outcome.unread[-1][1]
    page_count = max(outcome.pages or 0, last)  # pages that are only counted stand as one page in the record
    ranges = format_page_ranges(outcome.unread)
    return f"Page{'s' * (first < last)} {ranges} of {page_count} could not be read."


def _lost_outcome(task_failure: TaskFailure | None) -> ReadOutcome:
    assert task_failure is not None, "a task without a value has a failure"
    message = f"Reading failed twice: {task_failure.message}."
    return ReadOutcome(task_failure.cause, message, _REMEDIES[task_failure.cause])
