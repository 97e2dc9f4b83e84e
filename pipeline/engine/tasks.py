"""What workers do. Each task takes and returns plain values; what is large goes through the cache.

Every module that reads, links or audits is imported here only, inside the functions.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.cache import CacheError, Store, digest, place_at
from pipeline.cache.fingerprint import EXTRACT, READ, fingerprint
from pipeline.engine.passwords import proof
from pipeline.workers import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.record import Decree
    from pipeline.building.reading import Read

ENCRYPTED = "encrypted"
FAILED = "failed"
PAGE_SECONDS = 20.0
"""More time for each page of a PDF, unless the limit is given."""
MOST_PAGES = 1000
"""That more time is given for, unless the limit is given."""
REFUSED = "refused"
"""Kind of the entries that say which passwords do not open a document."""

Facts = dict[str, Any]


@lru_cache(maxsize=4)
def store(address: str) -> Store:
    """The cache at an address."""
    return Store(place_at(address))


def read_key(sha: str, media: str) -> str:
    """Under which a document's record is kept."""
    return digest(sha, media, fingerprint(READ))


def extract_key(sha: str, media: str) -> str:
    """Under which a document's record is kept, its formulas unread."""
    return digest(sha, media, fingerprint(EXTRACT))


def refused_key(sha: str, media: str, tried: bool) -> str:
    """Under which is kept that a locked document was not opened, be it by passwords or without any."""
    return digest(read_key(sha, media), tried)


def read(job: dict[str, Any]) -> Facts:
    """One document: its record goes to the cache, its facts come back."""
    from extractors.errors import ReadError, TableError

    where = store(job["cache"])
    try:
        return _read(where, job)
    except (CacheError, TableError, MemoryError):
        raise
    except ReadError as error:
        if _changed(job):
            return _changed_facts()
        facts = {"status": str(error.status), "message": error.message, "mend": error.mend}
        unit = job["sha"], job["media"]
        if facts["status"] != ENCRYPTED:
            where.put("decree", read_key(*unit), facts)
        else:
            tried = [proof(key, job["sha"]) for key in job["keys"]]
            where.put(REFUSED, refused_key(*unit, bool(tried)), {**facts, "tried": tried})
        return facts
    except Exception as error:  # One document must never cost the others, whatever is wrong with the program.
        return {
            "status": FAILED,
            "message": f"The program itself failed on this file ({type(error).__name__}).",
            "mend": "Report the file; the other documents are built without it.",
        }


def _read(where: Store, job: dict[str, Any]) -> Facts:
    from extractors.unread import spans
    from pipeline.reading import with_expressions

    found = _extracted(where, job)
    if found is None:
        return _changed_facts()
    decree, ocr, opened = found
    decree = with_expressions(decree)
    facts = {
        "status": "ok",
        "regency": decree.regency,
        "name": decree.document.sha256,
        "pages": decree.document.pages,
        "ocr": ocr,
        "unread": list(map(list, spans(decree.notes))),
        "locked": "" if opened is None else proof(job["keys"][opened], job["sha"]),
    }
    key = read_key(job["sha"], job["media"])
    sum_ = where.put("decree", key, facts, decree.model_dump_json().encode())
    return {**facts, "sum": sum_}


def _extracted(where: Store, job: dict[str, Any]) -> tuple[Decree, float, int | None] | None:
    """The record before its formulas are read, its share of OCR, which password opened it; None: it changed.

    It is kept by itself, so that a better reader of formulas does not read a page again.
    """
    from extractors.record import Decree
    from pipeline.engine.sources import GIVEN, content

    key = extract_key(job["sha"], job["media"])
    if kept := where.get("extract", key):
        decree = Decree.model_validate_json(kept.text)
        formulas = [i.formula for holder in decree.holders for i in holder.indicators if i.formula]
        for formula, printed in zip(formulas, kept.facts["printed"], strict=True):
            formula._printed = printed
        return decree, kept.facts["ocr"], None
    address = job["address"]
    data = where.need("given", job["sha"]).text if address.startswith(GIVEN) else content(address)
    _allow(data, job)
    decree, opened = _unlocked(data, job["name"], job["passwords"])
    if decree.document.sha256 != job["sha"]:
        return None
    decree.document.name = ""  # the record is the bytes'; who gives them a name comes later
    printed = [i.formula.printed for holder in decree.holders for i in holder.indicators if i.formula]
    ocr = _ocr_share(decree)
    if opened is None:
        where.put("extract", key, {"printed": printed, "ocr": ocr}, decree.model_dump_json().encode())
    return decree, ocr, opened


def _unlocked(data: bytes, name: str, passwords: Sequence[str]) -> tuple[Decree, int | None]:
    """The record of a file's bytes, and the first password that opened it; None: none was needed."""
    import extractors

    for index, password in enumerate((None, *passwords)):
        try:
            return extractors.read_bytes(data, name, password), index - 1 if index else None
        except extractors.ReadError as error:
            if error.status is not extractors.Status.ENCRYPTED:
                raise
            locked = error
    raise locked


def _allow(data: bytes, job: dict[str, Any]) -> None:
    """Time for every page, as far as the file itself tells how many it has."""
    if job["seconds"] is None or b"%PDF-" not in data[:1024]:
        return
    import pypdfium2

    for password in (None, *job["passwords"]):
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(data, password=password)
            pages = _pages(document)
            document.close()
            limits.allow(job["seconds"] + PAGE_SECONDS * pages)
            return


def _pages(document: Any) -> int:
    """Pages that are there: a file may count two billion, and would be given a thousand years."""
    import pypdfium2

    for number in range(min(len(document), MOST_PAGES)):
        try:
            document.get_page_size(number)
        except pypdfium2.PdfiumError:
            return number
    return min(len(document), MOST_PAGES)


def _ocr_share(decree: Decree) -> float:
    """Share of the pages that were read by OCR here."""
    document = decree.document
    return round(document.scanned / document.pages, 4) if document.pages else 0.0


def _changed(job: dict[str, Any]) -> bool:
    from pipeline.engine.sources import GIVEN, sha_now

    return not job["address"].startswith(GIVEN) and sha_now(job["address"]) != job["sha"]


def _changed_facts() -> Facts:
    return {
        "status": "changed",
        "message": "The file changed while it was read.",
        "mend": "Run the build again when it is complete.",
    }


def loaded(where: Store, members: list[tuple[str, str, list[str]]]) -> list[Read]:
    """Decrees from the cache: of each its key, its name and its further names."""
    from extractors.record import Decree
    from pipeline.building.reading import Read

    reads = []
    for key, name, also in members:
        decree = Decree.model_validate_json(where.need("decree", key).text)
        decree.document.name = name
        reads.append(Read(decree, tuple(also)))
    return reads


def plain(value: object) -> bytes:
    """A value as JSON bytes, always the same."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
