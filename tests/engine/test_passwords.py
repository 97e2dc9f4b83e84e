"""Passwords of locked documents: nothing that they open is kept for another build."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.engine.cache import CacheStore, open_storage
from pipeline.engine.executors import process_limits
from pipeline.engine.stages import read_job
from samples.hostile import Case, locks
from tests.support.engine_cases import Heard, archive, built, sheet

pytestmark = pytest.mark.slow


def test_what_a_password_opened_is_told_to_nobody_without_it(tmp_path: Path) -> None:
    folder, kept = archive(tmp_path / "in"), str(tmp_path / "cache")
    locked = next(case for case in locks.CASES if case.status == "ok" and case.password)
    (folder / "locked.pdf").write_bytes(locked.make())
    opened = built(folder, tmp_path / "open", cache=kept, passwords=(str(locked.password),))
    closed = built(folder, tmp_path / "closed", cache=kept)
    assert opened.documents == closed.documents + 1
    assert "encrypted" in [failure.status for failure in closed.failures]


def _locked() -> Case:
    return next(case for case in locks.CASES if case.status == "ok" and case.password)


def test_a_locked_document_is_read_by_each_build_that_has_its_password(tmp_path: Path) -> None:
    folder, out, heard = archive(tmp_path / "in"), tmp_path / "out", Heard()
    locked = _locked()
    (folder / "locked.pdf").write_bytes(locked.make())
    built(folder, out, passwords=("salah", str(locked.password)))
    right = (out / "catalogue.json").read_bytes()
    again = built(folder, out, heard, passwords=(str(locked.password), "lain"))
    assert not again.is_unchanged
    assert (heard.fresh["read"], again.documents_read) == (1, 1), "the locked document alone"
    assert (out / "catalogue.json").read_bytes() == right
    closed = built(folder, out, heard, passwords=("salah",))
    assert [f.status for f in closed.failures if f.name == "locked.pdf"] == ["encrypted"]


def test_a_document_that_stays_locked_is_tried_again_only_with_passwords(tmp_path: Path) -> None:
    folder, out, heard = archive(tmp_path / "in"), tmp_path / "out", Heard()
    (folder / "locked.pdf").write_bytes(_locked().make())
    first = built(folder, out)
    assert built(folder, out).is_unchanged
    sheet(folder, "WANASARI", crop="jagung")
    assert built(folder, out, heard).failures == first.failures
    assert heard.fresh["read"] == 1, "the changed sheet"
    assert not built(folder, out, heard, passwords=("salah",)).is_unchanged
    opened = built(folder, out, heard, passwords=("salah", str(_locked().password)))
    assert heard.fresh["read"] == 1 and opened.documents == first.documents + 1
    assert built(folder, out).documents == first.documents


def test_neither_the_cache_nor_the_manifest_holds_a_record_that_a_password_opened(tmp_path: Path) -> None:
    folder, kept = archive(tmp_path / "in"), tmp_path / "cache"
    locked = _locked()
    (folder / "locked.pdf").write_bytes(locked.make())
    sha = hashlib.sha256(locked.make()).hexdigest()
    built(folder, tmp_path / "satu", cache=str(kept), passwords=("4711", str(locked.password)))
    assert json.loads((tmp_path / "satu/build.json").read_bytes())["key"] == ""
    store = CacheStore(open_storage(str(kept)))
    records = [
        store.get_required(kind, file.rpartition("/")[2]).text
        for kind in ("decree", "extract")
        for file in (f.name for f in store.list_files())
        if file.startswith(f"{kind}/")
    ]
    assert records and not any(sha.encode() in record for record in records)


def test_a_locked_file_gets_time_for_its_pages_too() -> None:
    asked: list[float] = []
    process_limits.set_deadline_handler(asked.append)
    try:
        read_job._extend_deadline(_locked().make(), 60.0, ("salah", str(_locked().password)))
    finally:
        process_limits._deadline_handler = None
    assert asked and asked[0] > 60
