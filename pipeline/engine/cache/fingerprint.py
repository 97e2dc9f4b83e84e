"""Fingerprints of the program: hashes of the files that compute a cached value.

No version number has to be raised by hand: each change in a stage's code, tables or libraries gives another
fingerprint. ``tests/test_cache_fingerprint.py`` holds that a stage imports nothing that is not in its own.
"""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DISTRIBUTION = "iku-katalog"
CODE_SUFFIXES = frozenset({".csv", ".lark", ".py", ".yaml"})

EXTRACT_SOURCES = ("extractors", "pipeline/engine/stages/read_job.py")
"""From bytes to the record without formulas."""
READ_SOURCES = (
    *EXTRACT_SOURCES,
    "pipeline/errors.py",
    "pipeline/formulas",
    "pipeline/language",
    "pipeline/read_decree.py",
    "normalized/glossary.yaml",
)
"""From the record without formulas to the record."""
CORRECTION_SOURCES = (
    *READ_SOURCES,
    "pipeline/__init__.py",
    "pipeline/atomic_write.py",
    "pipeline/corrections",
    "pipeline/models/__init__.py",
    "pipeline/models/office.py",
    "pipeline/places",
    "normalized/places",
)
"""The same for a document that a person has corrected."""
CATALOGUE_SOURCES = (*READ_SOURCES, "pipeline", "normalized/scales.yaml", "normalized/places")
"""Everything after that, except ``_EXCLUDED_FOLDERS``."""

_EXCLUDED_FOLDERS = tuple(
    f"pipeline/{name}"
    for name in (
        "cli",
        "calculation",
        "compare_decrees",
        "engine/cache",
        "engine/executors",
        "reports/html",
        "reports/xlsx",
        "review",
        "search",
    )
)
"""Folders that do not affect the outputs of a build."""
NEUTRAL_LIBRARIES = frozenset({"click", "filelock", "fsspec", "jinja2", "openpyxl", "rich", "xlsxwriter"})
"""Libraries that do not affect what is read: they store data, show progress or write reports."""
INDIRECT_LIBRARIES = ("cryptography", "pyclipper", "pydantic_core", "shapely")
"""Indirect dependencies that affect what is read: decryption, OCR, records."""


@cache
def compute_fingerprint(parts: tuple[str, ...]) -> str:
    """Return the hash of the files below some folders, and of the versions of libraries and Python."""
    sha256 = hashlib.sha256(repr(sorted(library_versions().items())).encode())
    sha256.update(_hash_files(parts))
    return sha256.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of Python, the program and its libraries; empty for a missing library."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {"Python": python, DISTRIBUTION: _installed_version(DISTRIBUTION), **dict(_required_libraries())}


def describe_program() -> dict[str, str]:
    """Return what two machines must have in common to work on one build: versions and file hashes."""
    stages = {"extract": EXTRACT_SOURCES, "read": READ_SOURCES, "catalogue": CATALOGUE_SOURCES}
    return {
        **library_versions(),
        **{f"files of stage {name}": _hash_files(parts).hex()[:12] for name, parts in stages.items()},
    }


def _hash_files(parts: tuple[str, ...]) -> bytes:
    sha256 = hashlib.sha256()
    for file in sorted(_source_files(parts)):
        sha256.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        sha256.update(hashlib.sha256(file.read_bytes()).digest())
    return sha256.digest()


def _source_files(parts: tuple[str, ...]) -> set[Path]:
    candidates: set[Path] = set()
    for part in parts:
        path = ROOT / part
        part_files = path.rglob("*") if path.is_dir() else (path,)
        candidates.update(file for file in part_files if file.suffix in CODE_SUFFIXES and file.is_file())
    excluded = tuple((ROOT / part) for part in _EXCLUDED_FOLDERS)
    return {file for file in candidates if not any(file.is_relative_to(folder) for folder in excluded)}


@cache
def _required_libraries() -> tuple[tuple[str, str], ...]:
    """Return the libraries that affect what is read, each with its version."""
    try:
        requirements = requires(DISTRIBUTION) or []
    except PackageNotFoundError:  # Run from a source tree that was never installed.
        requirements = []
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requirements if "extra ==" not in line}
    return tuple(
        (name, _installed_version(name))
        for name in sorted((names - NEUTRAL_LIBRARIES).union(INDIRECT_LIBRARIES))
    )


def _installed_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
