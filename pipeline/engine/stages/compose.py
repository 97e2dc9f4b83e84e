"""Parts put together: the catalogue as it is written to disk, a fragment at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.engine.stages.regency_jobs import CROSS_REGENCY_SECTIONS, SHARED_SECTIONS, format_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.engine.cache import CacheStore
    from pipeline.engine.stages.stage_runner import StageResults


@dataclass(frozen=True)
class BuildOutputs:
    """The outputs, ready to be written."""

    catalogue: Callable[[], Iterator[bytes]]
    summary: Callable[[], Iterator[bytes]]


def compose_outputs(store: CacheStore, results: StageResults) -> BuildOutputs:
    """The catalogue and the summary of a build whose stages are done."""
    from pipeline.models.catalogue import Failure
    from pipeline.reports import summary

    failures = [Failure(**failure) for failure in results.failures]
    pieces = [summary.SummaryPart(**_restore_tuples(piece["summary"]), groups=[]) for piece in results.pieces]

    def summary_bytes() -> Iterator[bytes]:
        groups = (
            text
            for piece in results.pieces
            for text in json.loads(store.get_required("groups", piece["groups"]).text)
        )
        return (
            part.encode()
            for part in summary.compose_summary(pieces, results.clusters["count"], failures, groups)
        )

    return BuildOutputs(lambda: _catalogue_bytes(store, results), summary_bytes)


def _restore_tuples(row: dict[str, Any]) -> dict[str, Any]:
    """A summary's piece as it was before it went through JSON."""
    return {**row, "top": [((severity, damaged), line) for (severity, damaged), line in row["top"]]}


def _catalogue_bytes(store: CacheStore, results: StageResults) -> Iterator[bytes]:
    """The bytes that ``Catalogue.to_json`` gives of the whole."""
    from pipeline.engine.stages.assemble import DISTRIBUTION, program_version
    from pipeline.models.catalogue import Catalogue, Generator

    empty_catalogue = Catalogue(generator=Generator(name=DISTRIBUTION, version=program_version()))
    separator = b"{\n"
    for name, value in empty_catalogue.model_dump(mode="json").items():
        yield separator + f"  {json.dumps(name)}: ".encode()
        separator = b",\n"
        if isinstance(value, list):
            yield from _section_bytes(_entry_texts(store, results, name))
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ").encode()
    yield b"\n}\n"


def _section_bytes(entries: Iterator[Iterable[bytes]]) -> Iterator[bytes]:
    has_entries = False
    for pieces in entries:
        separator = b",\n" if has_entries else b"[\n"
        for piece in filter(None, pieces):
            yield separator + piece
            separator, has_entries = b"", True
    yield b"\n  ]" if has_entries else b"[]"


def _entry_texts(store: CacheStore, results: StageResults, name: str) -> Iterator[Iterable[bytes]]:
    """Texts of one or more entries of a section, in order, each in pieces."""
    if name == "failures":
        for failure in results.failures:
            yield (format_entries([failure]),)
    elif name == "clusters":
        if results.clusters["count"]:
            yield store.get_required("fragment", results.clusters["section"]).iterate_text()
    elif name in SHARED_SECTIONS:
        for _, text in sorted(results.shared_entries.get(name, {}).items()):
            yield (text.encode(),)
    else:
        assert name not in CROSS_REGENCY_SECTIONS
        for piece in results.pieces:
            yield store.get_required("fragment", piece["sections"][name]).iterate_text()
