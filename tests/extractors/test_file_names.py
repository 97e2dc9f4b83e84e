"""Names of files are shown with nothing in them that a terminal, a report or an encoder would trip over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.file_names import printable_name

SHEET = Path("samples/text/watugilang-iku-2024.lumajang.txt")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("candipuro (1).pdf", "candipuro (1).pdf"),
        ("Désa é.pdf", "Désa é.pdf"),
        (os.fsdecode(b"nama\xff\xe9.txt"), "nama\\xff\\xe9.txt"),
        ("nama\nbaris.txt", "nama\\nbaris.txt"),
        ("\x1b[31mmerah.txt", "\\x1b[31mmerah.txt"),
        ("a\u202etxt.pdf", "a\\u202etxt.pdf"),
    ],
)
def test_what_cannot_be_shown_is_written_out(name: str, shown: str) -> None:
    assert printable_name(name) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_every_name_becomes_one_harmless_line(name: str) -> None:
    shown = printable_name(name)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1 and "\x1b" not in shown
    assert printable_name(shown) == shown


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="names are not bytes there")
@pytest.mark.parametrize("name", [b"nama\xff.txt", b"nama\nbaris.txt", b"\x1b[31mmerah.txt"])
def test_a_strange_name_costs_nothing(name: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_bytes(SHEET.read_bytes())
    iku = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    for command in (["read", folder / os.fsdecode(name)], ["build", folder, "--out", tmp_path / "out", "-q"]):
        run = subprocess.run([*iku, *command], capture_output=True, check=False)
        assert run.returncode in (0, 1), run.stderr
        assert b"Traceback" not in run.stderr and b"\x1b[31mmerah" not in run.stdout + run.stderr
    assert (tmp_path / "out" / "catalogue.json").exists()
