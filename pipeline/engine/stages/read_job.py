"""What workers do. Each task takes and returns plain values; what is large goes through the cache.

Every module that reads, links or audits is imported here only, inside the functions.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.engine.cache import CacheStore, make_key, open_storage
from pipeline.engine.cache.fingerprint import EXTRACT_SOURCES, READ_SOURCES, compute_fingerprint
from pipeline.engine.executors import process_limits
from pipeline.engine.password_proofs import password_proof
from pipeline.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.record import Decree
    from pipeline.engine.stages.read_files import ReadDocument

ENCRYPTED_STATUS = "encrypted"
FAILED_STATUS = "failed"
PAGE_SECONDS = 20.0
"""More time for each page of a PDF, unless the limit is given."""
MAX_TIMED_PAGES = 1000
"""That more time is given for, unless the limit is given."""
REFUSED_KIND = "refused"
"""Kind of the entries that say which passwords do not open a document."""

Facts = dict[str, Any]


@lru_cache(maxsize=4)
def open_store(address: str) -> CacheStore:
    """The cache at an address."""
    return CacheStore(open_storage(address))


def read_key(sha: str, media: str) -> str:
    """Under which a document's record is kept."""
    return make_key(sha, media, compute_fingerprint(READ_SOURCES))


def extract_key(sha: str, media: str) -> str:
    """Under which a document's record is kept, its formulas unread."""
    return make_key(sha, media, compute_fingerprint(EXTRACT_SOURCES))


def refused_key(sha: str, media: str, tried: bool) -> str:
    """Under which is kept that a locked document was not opened, be it by passwords or without any."""
    return make_key(read_key(sha, media), tried)


def read_document(job: dict[str, Any]) -> Facts:
    """One document: its record goes to the cache, its facts come back."""
    from extractors.errors import ConfigError, ReadError

    cache_store = open_store(job["cache"])
    try:
        return _read_record(cache_store, job)
    except (StorageError, ConfigError, MemoryError):
        raise
    except ReadError as error:
        if _has_changed(job):
            return _changed_facts()
        facts = {"status": str(error.status), "message": error.message, "mend": error.remedy}
        content_key = job["sha"], job["media"]
        if facts["status"] != ENCRYPTED_STATUS:
            cache_store.put("decree", read_key(*content_key), facts)
        else:
            tried_proofs = [password_proof(key, job["sha"]) for key in job["keys"]]
            cache_store.put(
                REFUSED_KIND, refused_key(*content_key, bool(tried_proofs)), {**facts, "tried": tried_proofs}
            )
        return facts
    except Exception as error:  # One document must never cost the others, whatever is wrong with the program.
        return {
            "status": FAILED_STATUS,
            "message": f"The program itself failed on this file ({type(error).__name__}).",
            "mend": "Report the file; the other documents are built without it.",
        }


def _read_record(cache_store: CacheStore, job: dict[str, Any]) -> Facts:
    from extractors.unread_pages import unread_ranges
    from pipeline.read_decree import read_formulas

    extraction = _extract_record(cache_store, job)
    if extraction is None:
        return _changed_facts()
    decree, ocr, password_index = extraction
    decree = read_formulas(decree)
    facts = {
        "status": "ok",
        "regency": decree.regency,
        "name": decree.document.sha256,
        "pages": decree.document.pages,
        "ocr": ocr,
        "unread": list(map(list, unread_ranges(decree.notes))),
        "locked": "" if password_index is None else password_proof(job["keys"][password_index], job["sha"]),
    }
    key = read_key(job["sha"], job["media"])
    sum_ = cache_store.put("decree", key, facts, decree.model_dump_json().encode())
    return {**facts, "sum": sum_}


def _extract_record(cache_store: CacheStore, job: dict[str, Any]) -> tuple[Decree, float, int | None] | None:
    """The record before its formulas are read, its share of OCR, which password opened it; None: it changed.

    It is kept by itself, so that a better reader of formulas does not read a page again.
    """
    from extractors.model.record import Decree
    from pipeline.engine.input_files import IN_MEMORY_PREFIX, read_content

    key = extract_key(job["sha"], job["media"])
    if cached_entry := cache_store.get("extract", key):
        decree = Decree.model_validate_json(cached_entry.text)
        formulas = [i.formula for holder in decree.holders for i in holder.indicators if i.formula]
        for formula, printed in zip(formulas, cached_entry.facts["printed"], strict=True):
            formula._printed = printed
        return decree, cached_entry.facts["ocr"], None
    address = job["address"]
    data = (
        cache_store.get_required("given", job["sha"]).text
        if address.startswith(IN_MEMORY_PREFIX)
        else read_content(address)
    )
    _extend_deadline(data, job)
    decree, password_index = _read_with_passwords(data, job["name"], job["passwords"])
    if decree.document.sha256 != job["sha"]:
        return None
    decree.document.name = ""  # the record is the bytes'; who gives them a name comes later
    printed = [i.formula.printed_text for holder in decree.holders for i in holder.indicators if i.formula]
    ocr = _ocr_share(decree)
    if password_index is None:
        cache_store.put("extract", key, {"printed": printed, "ocr": ocr}, decree.model_dump_json().encode())
    return decree, ocr, password_index


def _read_with_passwords(data: bytes, name: str, passwords: Sequence[str]) -> tuple[Decree, int | None]:
    """The record of a file's bytes, and the first password that opened it; None: none was needed."""
    import extractors

    for index, password in enumerate((None, *passwords)):
        try:
            return extractors.read_bytes(data, name, password), index - 1 if index else None
        except extractors.ReadError as error:
            if error.status is not extractors.ReadStatus.ENCRYPTED:
                raise
            locked_error = error
    raise locked_error


def _extend_deadline(data: bytes, job: dict[str, Any]) -> None:
    """Time for every page, as far as the file itself tells how many it has."""
    if job["seconds"] is None or b"%PDF-" not in data[:1024]:
        return
    import pypdfium2

    for password in (None, *job["passwords"]):
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(data, password=password)
            pages = _count_pages(document)
            document.close()
            process_limits.extend_deadline(job["seconds"] + PAGE_SECONDS * pages)
            return


def _count_pages(document: Any) -> int:
    """Pages that are there: a file may count two billion, and would be given a thousand years."""
    import pypdfium2

    for number in range(min(len(document), MAX_TIMED_PAGES)):
        try:
            document.get_page_size(number)
        except pypdfium2.PdfiumError:
            return number
    return min(len(document), MAX_TIMED_PAGES)


def _ocr_share(decree: Decree) -> float:
    """Share of the pages that were read by OCR here."""
    document = decree.document
    return round(document.scanned_pages / document.pages, 4) if document.pages else 0.0


def _has_changed(job: dict[str, Any]) -> bool:
    from pipeline.engine.input_files import IN_MEMORY_PREFIX, current_sha

    return not job["address"].startswith(IN_MEMORY_PREFIX) and current_sha(job["address"]) != job["sha"]


def _changed_facts() -> Facts:
    return {
        "status": "changed",
        "message": "The file changed while it was read.",
        "mend": "Run the build again when it is complete.",
    }


def load_read_documents(
    cache_store: CacheStore, members: list[tuple[str, str, list[str]]]
) -> list[ReadDocument]:
    """Decrees from the cache: of each its key, its name and its further names."""
    from extractors.model.record import Decree
    from pipeline.engine.stages.read_files import ReadDocument

    reads = []
    for key, name, further_names in members:
        decree = Decree.model_validate_json(cache_store.get_required("decree", key).text)
        decree.document.name = name
        reads.append(ReadDocument(decree, tuple(further_names)))
    return reads


def to_json_bytes(value: object) -> bytes:
    """A value as JSON bytes, always the same."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
