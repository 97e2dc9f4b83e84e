"""The cache: whole entries or none, a wrong bit is seen, what is needed is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cache import CacheError, Folder, GoneError, Store, digest, place_at
from pipeline.cache.store import opened, packed
from pipeline.cache.tending import content, damaged, prune, swept


@given(st.dictionaries(st.text(), st.text() | st.integers()), st.binary(max_size=2000))
def test_what_is_put_is_got(facts: dict[str, object], text: bytes) -> None:
    data, sum_ = packed(facts, text)
    entry = opened(data)
    assert entry is not None
    assert (entry.facts, entry.text, entry.sum) == (facts, text, sum_)
    assert b"".join(entry.pieces()) == text


@given(st.data(), st.binary(min_size=1, max_size=300))
def test_a_single_wrong_bit_or_missing_byte_is_seen(data: st.DataObject, text: bytes) -> None:
    whole, _ = packed({"a": 1}, text)
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = bytearray(whole)
    broken[place] ^= 1 << data.draw(st.integers(0, 7))
    assert opened(bytes(broken)) is None
    assert opened(whole[:place]) is None


@pytest.mark.parametrize("where", ["folder", "file", "memory"])
def test_a_cache_lies_in_a_folder_or_at_any_address(tmp_path: Path, where: str) -> None:
    address = {"folder": str(tmp_path), "file": f"file://{tmp_path}", "memory": "memory://kept-here"}[where]
    store = Store(place_at(address))
    key = digest("a", 1)
    assert store.get("decree", key) is None
    store.put("decree", key, {"status": "ok"}, b"text")
    again = Store(place_at(store.place.address))
    found = again.need("decree", key)
    assert (found.facts, found.text) == ({"status": "ok"}, b"text")
    assert content(again).entries == {"decree": 1}
    with pytest.raises(GoneError):
        again.need("decree", digest("b"))


def test_keys_tell_apart_what_differs() -> None:
    parts = [("a", "b"), ("ab",), ("a", ["b"]), ("a", "b", ""), ("a", 1), ("a", "1"), ("a", None)]
    assert len({digest(*part) for part in parts}) == len(parts)


def test_nothing_unfinished_is_left_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(Folder(tmp_path))
    store.put("decree", "aa11", {}, b"first")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CacheError, match="No space left"):
        store.put("decree", "aa11", {}, b"second")
    assert [path.name for path in (tmp_path / "decree/aa").iterdir()] == ["aa11"]
    assert store.need("decree", "aa11").text == b"first"


def test_damaged_entries_are_found_and_taken_away(tmp_path: Path) -> None:
    store = Store(Folder(tmp_path))
    for key in ("aa", "bb"):
        store.put("decree", key, {}, key.encode())
    (tmp_path / "decree/aa/aa").write_bytes(b"iku1 ")
    assert damaged(store) == ["decree/aa/aa"]
    assert damaged(store) == []
    assert store.get("decree", "bb") is not None


def test_pruning_keeps_what_a_last_build_needs_and_what_is_young(tmp_path: Path) -> None:
    store = Store(Folder(tmp_path))
    for key in ("aa", "bb", "cc"):
        store.put("decree", key, {}, key.encode())
    store.put("builds", "one", {}, b"decree/aa")
    for key in ("aa", "bb"):
        os.utime(tmp_path / f"decree/{key}/{key}", (0, 0))
    assert prune(store, days=7)[0] == 1
    assert [key for key in ("aa", "bb", "cc") if store.get("decree", key)] == ["aa", "cc"]
    assert prune(store, days=0, everything=True)[0] == 3
    assert not content(store).entries


def test_the_command_shows_verifies_and_prunes(tmp_path: Path) -> None:
    store = Store(Folder(tmp_path))
    store.put("decree", "aa", {}, b"text")

    def iku(*arguments: str) -> tuple[int, str]:
        script = "from pipeline.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", script, "cache", *arguments], capture_output=True, check=False
        )
        return done.returncode, done.stderr.decode()

    status, told = iku("show", str(tmp_path))
    assert status == 0 and "decree" in told and "1 entries" in told
    assert iku("verify", str(tmp_path)) == (0, "0 damaged.\n")
    (tmp_path / "decree/aa/aa").write_bytes(b"")
    assert iku("verify", str(tmp_path))[0] == 1
    store.put("decree", "aa", {}, b"text")
    assert "1 entries taken away" in iku("prune", str(tmp_path), "--all")[1]
    assert iku("show", str(tmp_path / "nowhere"))[0] == 2


def test_a_long_text_is_had_in_pieces_of_bounded_size(tmp_path: Path) -> None:
    store = Store(Folder(tmp_path))
    text = b"".join(b"Persentase desa %d tangguh\n" % n for n in range(60_000))
    store.put("fragment", digest("a"), {}, text)
    pieces = list(store.need("fragment", digest("a")).pieces())
    assert b"".join(pieces) == text
    assert max(map(len, pieces)) < len(text) / 4


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not asked there")
def test_what_a_killed_process_had_not_written_whole_is_taken_away(tmp_path: Path) -> None:
    script = (
        "import os, signal; from pathlib import Path; from pipeline.cache import Folder\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"Folder(Path({str(tmp_path)!r})).write('decree/aa/x', b'half')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    (dead,) = tmp_path.rglob("*.part")
    mine = dead.with_name(dead.name.replace(dead.name.split("-")[1], str(os.getpid()), 1))
    other = dead.with_name(f".elsewhere-{dead.name.split('-', 1)[1]}")
    for path in (mine, other):
        path.write_bytes(b"at work")
    store = Store(Folder(tmp_path))
    assert swept(store) == 0, "it may be at work yet"
    for path in (dead, mine, other):
        os.utime(path, (1, 1))
    assert swept(store) == 1
    assert sorted(tmp_path.rglob("*.part")) == sorted([mine, other])
