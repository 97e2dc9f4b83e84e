"""Reading one document in a worker: its record goes to the cache, what became of it is returned.

Every module that reads is imported inside the functions: the process that gives out the work stays light.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.engine.build_context import RECORD_KIND
from pipeline.engine.cache import CacheStore, make_key, open_storage
from pipeline.engine.cache.fingerprint import (
    CORRECTION_SOURCES,
    EXTRACT_SOURCES,
    READ_SOURCES,
    compute_fingerprint,
)
from pipeline.engine.executors import process_limits
from pipeline.engine.stages.stage_values import PrintedHeading, ReadOutcome, from_facts, to_facts
from pipeline.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.record import Decree
    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.engine.stages.stage_values import ReadJob

OK_STATUS, ENCRYPTED_STATUS = "ok", "encrypted"
PAGE_SECONDS = 20.0
"""Additional time for each page of a PDF, unless the limit is given."""
MAX_TIMED_PAGES = 1000
"""Pages for which there is additional time."""
CHANGED = ReadOutcome(
    "changed", "The file changed while it was read.", "Run the build again when it is complete."
)


@lru_cache(maxsize=4)
def open_store(address: str) -> CacheStore:
    """Return the cache at an address."""
    return CacheStore(open_storage(address))


def record_key(sha: str, media: str, corrections: Sequence[CorrectionEntry] = ()) -> str:
    """Return the key of a document's record under what people corrected in it."""
    if not corrections:
        return make_key(sha, media, compute_fingerprint(READ_SOURCES))
    rows = [correction.model_dump(mode="json") for correction in corrections]
    return make_key(sha, media, compute_fingerprint(CORRECTION_SOURCES), rows)


def extract_key(sha: str, media: str) -> str:
    """Return the key of a document's record without its formulas."""
    return make_key(sha, media, compute_fingerprint(EXTRACT_SOURCES))


def load_outcome(store: CacheStore, record: str) -> ReadOutcome | None:
    """Return what the cache knows of the document of a record's key; its record is there, too."""
    entry = store.get(RECORD_KIND, record)
    if entry is None:
        return None
    outcome = from_facts(ReadOutcome, entry.facts)
    return replace(outcome, checksum=entry.checksum) if outcome.status == OK_STATUS else outcome


def read_document(job: ReadJob) -> ReadOutcome:
    """Read one document. Raises only what concerns every document: ConfigError, StorageError, MemoryError."""
    from extractors.errors import ConfigError, ReadError
    from pipeline.corrections.correction_file import CorrectionError

    store = open_store(job.cache)
    try:
        return _read_record(store, job)
    except CorrectionError as error:
        return ReadOutcome(
            error.status, error.message, "Take the correction back: `iku corrections --revoke`."
        )
    except (StorageError, ConfigError, MemoryError):
        raise
    except ReadError as error:
        if _has_changed(job):
            return CHANGED
        outcome = ReadOutcome(str(error.status), error.message, error.remedy)
        if not (outcome.status == ENCRYPTED_STATUS and job.passwords):  # other passwords may open it
            store.put(RECORD_KIND, record_key(job.sha, job.media, job.corrections), to_facts(outcome))
        return outcome
    except Exception as error:  # a defect of the program must not affect other documents
        return ReadOutcome(
            "failed",
            f"The program itself failed on this file ({type(error).__name__}).",
            "Report the file; the other documents are built without it.",
        )


def _read_record(store: CacheStore, job: ReadJob) -> ReadOutcome:
    from extractors.unread_pages import unread_ranges
    from pipeline.corrections.apply_corrections import replay_corrections
    from pipeline.read_decree import read_formulas

    extraction = _extract_record(store, job)
    if extraction is None:
        return CHANGED
    decree, ocr_share, is_unlocked = extraction
    corrected = replay_corrections(decree, job.corrections)
    decree = read_formulas(corrected.decree)
    key = job.unlocked_key if is_unlocked else record_key(job.sha, job.media, job.corrections)
    outcome = ReadOutcome(
        OK_STATUS,
        record=key,
        heading=replace(printed_heading(decree), corrected_office=corrected.office),
        pages=decree.document.pages,
        ocr_share=ocr_share,
        unread=tuple(unread_ranges(decree.notes)),
        corrected=len(corrected.applied),
        open_corrections=tuple(note.message for note in corrected.open_notes),
        is_unlocked=is_unlocked,
    )
    checksum = store.put(RECORD_KIND, key, to_facts(outcome), decree.model_dump_json().encode())
    return replace(outcome, checksum=checksum)


def printed_heading(decree: Decree) -> PrintedHeading:
    """Return what a decree prints of its office."""
    signatory = decree.signatory
    return PrintedHeading(
        decree.kecamatan, decree.regency, decree.region_code, signatory.nip if signatory else None
    )


def _extract_record(store: CacheStore, job: ReadJob) -> tuple[Decree, float, bool] | None:
    """Return the record without its formulas, its share of OCR, and whether a password opened the document.

    It is None where the file has changed. It is cached by itself, so that a better reader of formulas does
    not read a page again.
    """
    from extractors.model.record import Decree
    from pipeline.engine.input_files import IN_MEMORY_PREFIX, read_content

    key = extract_key(job.sha, job.media)
    if cached_entry := store.get("extract", key):
        decree = Decree.model_validate_json(cached_entry.text)
        formulas = [i.formula for holder in decree.holders for i in holder.indicators if i.formula]
        for formula, printed in zip(formulas, cached_entry.facts["printed"], strict=True):
            formula._printed = printed
        return decree, cached_entry.facts["ocr"], False
    if job.address.startswith(IN_MEMORY_PREFIX):
        data = store.get_required("given", job.sha).text
    else:
        data = read_content(job.address)
    _extend_deadline(data, job.seconds, job.passwords)
    decree, is_unlocked = _read_with_passwords(data, job.name, job.passwords)
    if decree.document.sha256 != job.sha:
        return None
    decree.document.name = ""  # the record depends on the bytes alone; names are added later
    printed = [i.formula.printed_text for holder in decree.holders for i in holder.indicators if i.formula]
    ocr_share = _ocr_share(decree)
    if not is_unlocked:
        store.put("extract", key, {"printed": printed, "ocr": ocr_share}, decree.model_dump_json().encode())
    return decree, ocr_share, is_unlocked


def _read_with_passwords(data: bytes, name: str, passwords: Sequence[str]) -> tuple[Decree, bool]:
    """Return the record of a file's bytes, and whether one of the passwords opened it."""
    import extractors

    for password in (None, *passwords):
        try:
            return extractors.read_bytes(data, name, password), password is not None
        except extractors.ReadError as error:
            if error.status is not extractors.ReadStatus.ENCRYPTED:
                raise
            locked_error = error
    raise locked_error


def _extend_deadline(data: bytes, seconds: float | None, passwords: Sequence[str]) -> None:
    """Extend the deadline for each page of a PDF, if the number of pages is known."""
    if seconds is None or b"%PDF-" not in data[:1024]:
        return
    import pypdfium2

    for password in (None, *passwords):
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(data, password=password)
            pages = _count_pages(document)
            document.close()
            process_limits.extend_deadline(seconds + PAGE_SECONDS * pages)
            return


def _count_pages(document: Any) -> int:
    """Return the number of pages that exist: a damaged file may claim to have two billion."""
    import pypdfium2

    for number in range(min(len(document), MAX_TIMED_PAGES)):
        try:
            document.get_page_size(number)
        except pypdfium2.PdfiumError:
            return number
    return min(len(document), MAX_TIMED_PAGES)


def _ocr_share(decree: Decree) -> float:
    """Return the share of the pages that were read by OCR."""
    document = decree.document
    return round(document.scanned_pages / document.pages, 4) if document.pages else 0.0


def _has_changed(job: ReadJob) -> bool:
    from pipeline.engine.input_files import IN_MEMORY_PREFIX, current_sha

    return not job.address.startswith(IN_MEMORY_PREFIX) and current_sha(job.address) != job.sha
