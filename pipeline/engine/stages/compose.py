"""Compose the catalogue and the summary from the parts of the stages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.engine.stages.regency_jobs import CROSS_REGENCY_SECTIONS, SHARED_SECTIONS, format_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.engine.cache import CacheStore
    from pipeline.engine.request import DocumentFailure
    from pipeline.engine.stages.stage_runner import CatalogueParts
    from pipeline.models.catalogue import Catalogue


@dataclass(frozen=True)
class BuildOutputs:
    """The outputs, each as a function that yields its bytes."""

    catalogue: Callable[[], Iterator[bytes]]
    summary: Callable[[], Iterator[bytes]]


def compose_outputs(
    store: CacheStore, parts: CatalogueParts, failures: Sequence[DocumentFailure]
) -> BuildOutputs:
    """Return the catalogue and the summary of a build after all stages."""
    return BuildOutputs(
        lambda: _catalogue_bytes(store, parts, failures), lambda: _summary_bytes(store, parts, failures)
    )


def load_composed(store: CacheStore, parts: CatalogueParts, failures: Sequence[DocumentFailure]) -> Catalogue:
    """Return the composed catalogue as models."""
    from pipeline.models.catalogue import Catalogue

    return Catalogue.model_validate_json(b"".join(_catalogue_bytes(store, parts, failures)))


def _summary_bytes(
    store: CacheStore, parts: CatalogueParts, failures: Sequence[DocumentFailure]
) -> Iterator[bytes]:
    from pydantic import TypeAdapter

    from pipeline.models.catalogue import Failure
    from pipeline.reports import summary

    adapter = TypeAdapter(summary.SummaryPart)
    pieces = [
        adapter.validate_json(store.get_required("summary", piece.summary).text) for piece in parts.pieces
    ]
    groups = (
        text
        for piece in parts.pieces
        for text in json.loads(store.get_required("groups", piece.summary_groups).text)
    )
    failure_entries = [Failure(**failure.to_row()) for failure in failures]
    for text in summary.compose_summary(pieces, parts.clusters.count, failure_entries, groups):
        yield text.encode()


def _catalogue_bytes(
    store: CacheStore, parts: CatalogueParts, failures: Sequence[DocumentFailure]
) -> Iterator[bytes]:
    """Yield the bytes that ``Catalogue.to_json`` returns, a fragment at a time."""
    from pipeline.engine.stages.assemble import DISTRIBUTION, program_version
    from pipeline.models.catalogue import Catalogue, Generator

    empty_catalogue = Catalogue(generator=Generator(name=DISTRIBUTION, version=program_version()))
    separator = b"{\n"
    for name, value in empty_catalogue.model_dump(mode="json").items():
        yield separator + f"  {json.dumps(name)}: ".encode()
        separator = b",\n"
        if isinstance(value, list):
            yield from _section_bytes(_entry_texts(store, parts, failures, name))
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


def _entry_texts(
    store: CacheStore, parts: CatalogueParts, failures: Sequence[DocumentFailure], name: str
) -> Iterator[Iterable[bytes]]:
    """Yield texts of one or more entries of a section, in order, each in pieces."""
    if name == "failures":
        for failure in failures:
            yield (format_entries([failure.to_row()]),)
    elif name == "clusters":
        if parts.clusters.count:
            yield store.get_required("fragment", parts.clusters.section).iterate_text()
    elif name in SHARED_SECTIONS:
        for _, text in sorted(parts.shared_entries.get(name, {}).items()):
            yield (text.encode(),)
    else:
        assert name not in CROSS_REGENCY_SECTIONS
        for piece in parts.pieces:
            yield store.get_required("fragment", piece.sections[name]).iterate_text()
