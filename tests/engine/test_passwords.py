"""Passwords of locked documents: known again by who has them, told to nobody, guessed at no speed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.engine.executors import process_limits
from pipeline.engine.password_proofs import seal_password
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
    assert "encrypted" in [failure["status"] for failure in closed.failures]


def _locked() -> Case:
    return next(case for case in locks.CASES if case.status == "ok" and case.password)


def test_a_locked_document_is_read_once_and_kept_for_those_who_have_its_password(tmp_path: Path) -> None:
    folder, out, heard = archive(tmp_path / "in"), tmp_path / "out", Heard()
    locked = _locked()
    (folder / "locked.pdf").write_bytes(locked.make())
    built(folder, out, passwords=("salah", str(locked.password)))
    right, before = (out / "catalogue.json").read_bytes(), (folder / "wanasari.txt").read_bytes()
    sheet(folder, "WANASARI", crop="jagung")
    built(folder, out, heard, passwords=(str(locked.password), "lain"))
    assert heard.fresh["read"] == 1, "the changed sheet alone"
    (folder / "wanasari.txt").write_bytes(before)
    built(folder, out, heard, passwords=(str(locked.password),))
    assert (out / "catalogue.json").read_bytes() == right
    assert heard.fresh["read"] == 0
    built(folder, out, heard, passwords=("salah",))
    assert [f["status"] for f in heard.failures if f["name"] == "locked.pdf"] == ["encrypted"]


@pytest.mark.parametrize("passwords", [(), ("salah",), ("salah", "keliru")])
def test_a_document_that_nothing_opens_is_not_tried_again_with_the_same(
    tmp_path: Path, passwords: tuple[str, ...]
) -> None:
    folder, out, heard = archive(tmp_path / "in"), tmp_path / "out", Heard()
    locked = _locked()
    (folder / "locked.pdf").write_bytes(locked.make())
    first = built(folder, out, passwords=passwords)
    sheet(folder, "WANASARI", crop="jagung")
    again = built(folder, out, heard, passwords=passwords)
    assert heard.fresh["read"] == 1
    assert again.failures == first.failures
    opened = built(folder, out, heard, passwords=(*passwords, str(locked.password)))
    assert heard.fresh["read"] == 1 and opened.documents == again.documents + 1


def test_nothing_that_is_written_lets_a_password_be_guessed_at_once(tmp_path: Path) -> None:
    folder, kept = archive(tmp_path / "in"), tmp_path / "cache"
    locked = _locked()
    (folder / "locked.pdf").write_bytes(locked.make())
    keys = set()
    for name in ("satu", "dua"):
        built(folder, tmp_path / name, cache=str(kept), passwords=("4711", str(locked.password)))
        told = json.loads((tmp_path / name / "build.json").read_bytes())
        keys.add(told["key"])
        assert built(
            folder, tmp_path / name, cache=str(kept), passwords=("4711", str(locked.password))
        ).is_unchanged
        assert not built(folder, tmp_path / name, cache=str(kept), passwords=("4712",)).is_unchanged
    assert len(keys) == 2, "each build has a salt of its own"
    assert seal_password("4711", "00") != seal_password("4711", "01")
    slow = hashlib.scrypt(b"4711", salt=bytes(16), n=2**15, r=8, p=1, maxmem=2**27)
    assert seal_password("4711", "00" * 16) == slow.hex(), "a guess costs something"


def test_a_locked_file_gets_time_for_its_pages_too() -> None:
    asked: list[float] = []
    process_limits.set_deadline_handler(asked.append)
    try:
        read_job._extend_deadline(
            _locked().make(), {"seconds": 60.0, "passwords": ("salah", str(_locked().password))}
        )
    finally:
        process_limits._deadline_handler = None
    assert asked and asked[0] > 60
