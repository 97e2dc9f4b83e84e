"""Fingerprints: nothing that a stage runs may change without its keys changing."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import grimp
import pytest

from pipeline.engine.cache import fingerprint as fingerprints
from pipeline.engine.cache.fingerprint import (
    CATALOGUE_SOURCES,
    CORRECTION_SOURCES,
    EXTRACT_SOURCES,
    READ_SOURCES,
    ROOT,
    compute_fingerprint,
)

STAGES = {
    EXTRACT_SOURCES: [
        "extractors",
        "extractors.page_reader",
        "extractors.parser",
        "extractors.text",
        "extractors.ocr",
    ],
    READ_SOURCES: ["pipeline.read_decree", "pipeline.formulas"],
    CORRECTION_SOURCES: ["pipeline.read_decree", "pipeline.corrections.apply_corrections"],
    CATALOGUE_SOURCES: [
        "pipeline.engine.stages.regency_jobs",
        "pipeline.engine.stages.read_job",
        "pipeline.engine.in_memory",
        "pipeline.reports.summary",
    ],
}
CARRIERS = ("pipeline.engine.cache", "pipeline.engine.executors")
"""Carry what stages make and change nothing in it."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("extractors", "pipeline", "normalized")


@pytest.mark.parametrize("parts", STAGES)
def test_a_fingerprint_covers_every_module_that_its_stage_may_import(
    graph: grimp.ImportGraph, parts: tuple[str, ...]
) -> None:
    reached = set(STAGES[parts])
    for module in STAGES[parts]:
        reached |= graph.find_upstream_modules(module, as_package=True)
    covered = fingerprints._source_files(parts)
    missing = [
        name
        for name in sorted(reached)
        if not name.startswith(CARRIERS)
        and name not in ("pipeline", "normalized")
        and _file(name) not in covered
    ]
    assert not missing


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def test_tables_count_as_code_does() -> None:
    names = {file.relative_to(ROOT).as_posix() for file in fingerprints._source_files(CATALOGUE_SOURCES)}
    assert {
        "extractors/parser/vocabulary/headers.yaml",
        "normalized/glossary.yaml",
        "pipeline/language/roots.yaml",
    } <= names
    assert "pipeline/formulas/expression/linear_syntax.lark" in names
    assert not any(name.startswith("pipeline/cli/") for name in names)


def test_each_stage_has_its_own_and_a_changed_file_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        len({compute_fingerprint(parts) for parts in (EXTRACT_SOURCES, READ_SOURCES, CATALOGUE_SOURCES)}) == 3
    )
    monkeypatch.setattr(fingerprints, "ROOT", tmp_path)
    (tmp_path / "extractors").mkdir()
    found = set()
    for text in ("one: 1", "one: 2"):
        (tmp_path / "extractors/words.yaml").write_text(text, "utf-8")
        found.add(compute_fingerprint.__wrapped__(EXTRACT_SOURCES))
    assert len(found) == 2


NEUTRAL = set(
    """
    annotated-doc annotated-types antlr4-python3-runtime anyio blis catalogue certifi cffi
    cloudpathlib colorama colorlog confection cymem et-xmlfile exceptiongroup flatbuffers h11
    httpcore httpx idna jinja2 markdown-it-py markupsafe mdurl murmurhash omegaconf packaging
    preshed protobuf pycparser pygments requests setuptools shellingham six smart-open spacy-legacy
    spacy-loggers srsly thinc tqdm typer typing-extensions typing-inspection urllib3 wasabi weasel
    wrapt zipp
    """.split()
)
"""Libraries of libraries that were looked at: nothing of what is read, linked or audited hangs on them."""


def test_every_library_that_is_loaded_for_reading_counts_or_was_found_to_decide_nothing() -> None:
    known = {
        _named(name) for name in (*fingerprints.library_versions(), *fingerprints.NEUTRAL_LIBRARIES)
    } | NEUTRAL
    unknown = _below(fingerprints.DISTRIBUTION) - known
    assert not unknown, (
        f"decide whether they belong to BELOW (they change what is read) or NEUTRAL: {unknown}"
    )
    for name in (
        "pdfminer-six",
        "pypdfium2",
        "rapidocr",
        "onnxruntime",
        "opencv-python-headless",
        "lark",
        "rapidfuzz",
    ):
        assert name in {_named(one) for one in fingerprints.library_versions()}


def test_another_version_of_a_library_changes_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = compute_fingerprint.__wrapped__(EXTRACT_SOURCES)
    later = {**fingerprints.library_versions(), "pyclipper": "99"}
    monkeypatch.setattr(fingerprints, "library_versions", lambda: later)
    assert compute_fingerprint.__wrapped__(EXTRACT_SOURCES) != before
    assert fingerprints.describe_program()["pyclipper"] == "99"


def _named(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _below(name: str) -> set[str]:
    """A distribution's libraries and theirs, as far as they are installed; without extras."""
    found, waiting = set[str](), [_named(name)]
    while waiting:
        one = waiting.pop()
        try:
            asked = requires(one) or []
        except PackageNotFoundError:
            continue
        if one not in found:
            found.add(one)
            lines = (line for line in asked if "extra ==" not in line)
            waiting += [_named(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in lines]
    return found
