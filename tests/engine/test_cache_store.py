"""The cache: whole entries or none, a wrong bit is seen, what is needed is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from fsspec.core import url_to_fs
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.cli.support.command_options import CACHE_FOLDER
from pipeline.engine.cache import (
    CacheStore,
    MissingEntryError,
    Storage,
    make_key,
    open_storage,
)
from pipeline.engine.cache.maintenance import (
    count_contents,
    find_damaged,
    is_cache,
    prune_entries,
    sweep_partial_files,
)
from pipeline.engine.cache.storage import TAG_FILE
from pipeline.engine.cache.store import pack_entry, unpack_entry
from pipeline.errors import StorageError

DECREES = Path(__file__).parents[2] / "samples/text"
TENDING = [("show",), ("verify",), ("prune", "--days", "0"), ("prune", "--all")]


def _file(key: str) -> str:
    return f"decree/{key[:2]}/{key}"


def iku(*arguments: str) -> tuple[int, str]:
    run = CliRunner().invoke(main, ["cache", *arguments])
    return run.exit_code, run.stderr


def _told(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, to the byte."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


@given(st.dictionaries(st.text(), st.text() | st.integers()), st.binary(max_size=2000))
def test_what_is_put_is_got(facts: dict[str, object], text: bytes) -> None:
    data, sum_ = pack_entry(facts, text)
    entry = unpack_entry(data)
    assert entry is not None
    assert (entry.facts, entry.text, entry.checksum) == (facts, text, sum_)
    assert b"".join(entry.iterate_text()) == text


@given(st.data(), st.binary(min_size=1, max_size=300))
def test_a_single_wrong_bit_or_missing_byte_is_seen(data: st.DataObject, text: bytes) -> None:
    whole, _ = pack_entry({"a": 1}, text)
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = bytearray(whole)
    broken[place] ^= 1 << data.draw(st.integers(0, 7))
    assert unpack_entry(bytes(broken)) is None
    assert unpack_entry(whole[:place]) is None


@pytest.mark.parametrize("where", ["folder", "file", "memory"])
def test_a_cache_lies_in_a_folder_or_at_any_address(tmp_path: Path, where: str) -> None:
    address = {"folder": str(tmp_path), "file": f"file://{tmp_path}", "memory": "memory://kept-here"}[where]
    store = CacheStore(open_storage(address))
    key = make_key("a", 1)
    assert store.get("decree", key) is None
    store.put("decree", key, {"status": "ok"}, b"text")
    again = CacheStore(open_storage(store.storage.address))
    found = again.get_required("decree", key)
    assert (found.facts, found.text) == ({"status": "ok"}, b"text")
    assert count_contents(again).entries == {"decree": 1}
    with pytest.raises(MissingEntryError):
        again.get_required("decree", make_key("b"))


def test_keys_tell_apart_what_differs() -> None:
    parts = [("a", "b"), ("ab",), ("a", ["b"]), ("a", "b", ""), ("a", 1), ("a", "1"), ("a", None)]
    assert len({make_key(*part) for part in parts}) == len(parts)


def test_nothing_unfinished_is_left_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    store.put("decree", "aa11", {}, b"first")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        store.put("decree", "aa11", {}, b"second")
    assert [path.name for path in (tmp_path / "decree/aa").iterdir()] == ["aa11"]
    assert store.get_required("decree", "aa11").text == b"first"


def test_damaged_entries_are_found_and_taken_away(tmp_path: Path) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    one, other = make_key("one"), make_key("other")
    for key in (one, other):
        store.put("decree", key, {}, key.encode())
    (tmp_path / _file(one)).write_bytes(b"iku1 ")
    assert find_damaged(store) == [_file(one)]
    assert find_damaged(store) == []
    assert store.get("decree", other) is not None


def test_pruning_keeps_what_a_last_build_needs_and_what_is_young(tmp_path: Path) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    needed, old, young = keys = [make_key(name) for name in ("needed", "old", "young")]
    for key in keys:
        store.put("decree", key, {}, key.encode())
    store.put("builds", make_key("build"), {}, f"decree/{needed}".encode())
    for key in (needed, old):
        os.utime(tmp_path / _file(key), (0, 0))
    assert prune_entries(store, days=7)[0] == 1
    assert [key for key in keys if store.get("decree", key)] == [needed, young]
    assert prune_entries(store, days=0, everything=True)[0] == 3
    assert not count_contents(store).entries


def test_the_command_shows_verifies_and_prunes(tmp_path: Path) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    key = make_key("a")
    store.put("decree", key, {}, b"text")
    status, told = iku("show", str(tmp_path))
    assert status == 0 and "decree" in told and "1 entries" in told
    assert iku("verify", str(tmp_path)) == (0, "0 damaged.\n")
    (tmp_path / _file(key)).write_bytes(b"")
    assert iku("verify", str(tmp_path)) == (1, f"{_file(key)}: damaged, deleted.\n1 damaged.\n")
    store.put("decree", key, {}, b"text")
    assert "1 entries deleted" in iku("prune", str(tmp_path), "--all")[1]
    assert iku("show", str(tmp_path / "nowhere"))[0] == 2


def test_a_long_text_is_had_in_pieces_of_bounded_size(tmp_path: Path) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    text = b"".join(b"Persentase desa %d tangguh\n" % n for n in range(60_000))
    store.put("fragment", make_key("a"), {}, text)
    pieces = list(store.get_required("fragment", make_key("a")).iterate_text())
    assert b"".join(pieces) == text
    assert max(map(len, pieces)) < len(text) / 4


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not asked there")
def test_what_a_killed_process_had_not_written_whole_is_taken_away(tmp_path: Path) -> None:
    script = (
        "import os, signal; from pathlib import Path; from pipeline.engine.cache import Storage\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"Storage({str(tmp_path)!r}).write('decree/aa/x', b'half')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    (dead,) = tmp_path.rglob("*.part")
    mine = dead.with_name(dead.name.replace(dead.name.split("-")[1], str(os.getpid()), 1))
    other = dead.with_name(f".elsewhere-{dead.name.split('-', 1)[1]}")
    for path in (mine, other):
        path.write_bytes(b"at work")
    store = CacheStore(Storage(str(tmp_path)))
    assert sweep_partial_files(store) == 0, "it may be at work yet"
    for path in (dead, mine, other):
        os.utime(path, (1, 1))
    assert sweep_partial_files(store) == 1
    assert sorted(tmp_path.rglob("*.part")) == sorted([mine, other])


@pytest.fixture
def decrees(tmp_path: Path) -> Path:
    """A folder of decrees, in folders as offices keep them; all are older than a prune spares."""
    folder = tmp_path / "keputusan"
    shutil.copytree(DECREES, folder)
    shutil.copytree(DECREES, folder / "iku/20")
    (folder / "iku/20/2024").write_bytes(b"an attachment without an ending")
    for file in folder.rglob("*"):
        os.utime(file, (1, 1))
    return folder


@pytest.mark.parametrize("command", TENDING)
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_folder_that_is_no_cache_is_refused_untouched(
    decrees: Path, command: tuple[str, ...], form: str
) -> None:
    before = _told(decrees)
    assert len(before) > 2
    name, *options = command
    status, told = iku(name, form.format(decrees.as_posix()), *options)
    assert status == 2 and "is not a cache of iku" in told
    assert _told(decrees) == before
    assert not is_cache(CacheStore(Storage(str(decrees))))


@pytest.mark.parametrize("command", TENDING)
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_decrees_that_lie_in_a_cache_are_left_alone(
    decrees: Path, command: tuple[str, ...], form: str
) -> None:
    before = _told(decrees)
    address = form.format(decrees.as_posix())
    store = CacheStore(open_storage(address))
    keys = [make_key("whole"), make_key("torn")]
    for key in keys:
        store.put("decree", key, {}, b"text")
    (decrees / _file(keys[1])).write_bytes(b"torn")
    name, *options = command
    status, told = iku(name, address, *options)
    assert status == (1 if name == "verify" else 0)
    if name == "show":
        assert "2 entries" in told
    left = _told(decrees)
    assert {file: left[file] for file in before} == before
    gone = {"show": set(), "verify": {_file(keys[1])}, "prune": set(map(_file, keys))}[name]
    assert {file for file in map(_file, keys) if file not in left} == gone


def test_an_address_is_marked_with_its_first_entry_and_refused_without() -> None:
    address = "memory://of-another"
    fs, root = url_to_fs(address)
    fs.pipe_file(f"{root}/decree/aa/keputusan.pdf", b"%PDF-1.4")
    for command, *options in TENDING:
        assert iku(command, address, *options)[0] == 2
    CacheStore(open_storage("memory://ours")).put("decree", make_key("a"), {}, b"text")
    assert is_cache(CacheStore(open_storage("memory://ours")))
    assert iku("prune", "memory://ours", "--all")[0] == 0
    assert is_cache(CacheStore(open_storage("memory://ours"))), "an empty cache is still one"
    assert fs.cat_file(f"{root}/decree/aa/keputusan.pdf") == b"%PDF-1.4"


def test_an_older_cache_without_a_mark_holds_nothing_but_entries(tmp_path: Path) -> None:
    store = CacheStore(Storage(str(tmp_path)))
    assert not is_cache(store), "an empty folder is none"
    store.put("decree", make_key("a"), {}, b"text")
    (tmp_path / TAG_FILE).unlink()
    assert is_cache(store)
    (tmp_path / TAG_FILE).write_bytes(b"Signature: 8a477f597d28d172789f06886806bc55\n# of another program\n")
    assert is_cache(store)
    (tmp_path / "decree/catatan.txt").write_bytes(b"note")
    assert not is_cache(store)


@pytest.mark.slow
def test_everything_that_a_build_keeps_has_the_name_of_an_entry(tmp_path: Path) -> None:
    shutil.copy(next(DECREES.glob("*.txt")), tmp_path / "a.txt")
    out = tmp_path / "out"
    arguments = ["build", str(tmp_path / "a.txt"), "--out", str(out), "-q", "--jobs", "1"]
    CliRunner().invoke(main, arguments, catch_exceptions=False)
    store = CacheStore(Storage(str(out / CACHE_FOLDER)))
    kept = [file.name for file in store.list_files() if file.name != TAG_FILE]
    assert count_contents(store).entries.total() == len(kept) > 3
    status, told = iku("show", str(out))
    assert status == 2 and f"there is one at {out / CACHE_FOLDER}" in told
    (out / CACHE_FOLDER / TAG_FILE).unlink()
    assert iku("verify", str(out / CACHE_FOLDER)) == (0, "0 damaged.\n")


def test_an_address_of_no_known_kind_is_wrong_use() -> None:
    status, told = iku("show", "nosuch://bucket")
    assert status == 2 and "nosuch" in told


def test_an_address_of_an_unknown_kind_is_wrong_use(tmp_path: Path) -> None:
    status, told = iku("show", "foo://bar")
    assert status == 2 and "no address of a cache" in told
