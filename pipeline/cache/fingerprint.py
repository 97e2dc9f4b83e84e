"""Fingerprints of the program: what computed a cached value, told by the bytes of its files.

Nobody has to raise a number: whatever changes in a stage's code, tables or libraries makes another
fingerprint. ``tests/test_cache_fingerprint.py`` holds that a stage imports nothing that is not in its own.
"""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTION = "iku-katalog"
COUNTED = frozenset({".py", ".yaml", ".lark"})

EXTRACT = ("extractors",)
"""Bytes to record, formulas unread."""
READ = (
    *EXTRACT,
    "pipeline/formulas",
    "pipeline/words",
    "pipeline/reading.py",
    "normalized/glossary.yaml",
)
"""Record with its formulas read."""
CATALOGUE = (*READ, "pipeline", "normalized/scales.yaml", "normalized/regencies.yaml")
"""Everything after that, but for what ``_APART`` names."""

_APART = tuple(
    f"pipeline/{name}" for name in ("cli", "computing", "diffing", "report", "reviewing", "workers", "cache")
)
"""Decides nothing of what a build says."""
_BESIDE = frozenset({"click", "filelock", "fsspec", "openpyxl", "rich"})
"""Libraries that read and decide nothing."""


@cache
def fingerprint(parts: tuple[str, ...]) -> str:
    """Of the files below some folders of the program, its version, its libraries' and Python's."""
    versions = sys.version_info[:2], _version(DISTRIBUTION), _libraries()
    made = hashlib.sha256(repr(versions).encode())
    for file in sorted(_files(parts)):
        made.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()


def _files(parts: tuple[str, ...]) -> set[Path]:
    found: set[Path] = set()
    for part in parts:
        path = ROOT / part
        inside = path.rglob("*") if path.is_dir() else (path,)
        found.update(file for file in inside if file.suffix in COUNTED and file.is_file())
    apart = tuple((ROOT / part) for part in _APART)
    return {file for file in found if not any(file.is_relative_to(folder) for folder in apart)}


@cache
def _libraries() -> tuple[tuple[str, str], ...]:
    """The libraries that the distribution asks for, with the versions that are there."""
    try:
        asked = requires(DISTRIBUTION) or []
    except PackageNotFoundError:  # Run from a source tree that was never installed.
        asked = []
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in asked if "extra ==" not in line}
    return tuple((name, _version(name)) for name in sorted(names - _BESIDE))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
