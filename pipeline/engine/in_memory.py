"""A build in memory: the same stages with a serial executor and a cache in memory."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.engine.build_context import RECORD_KIND, BuildContext, BuildInputs
from pipeline.engine.cache import CacheStore, open_memory_storage
from pipeline.engine.executors import SerialExecutor
from pipeline.engine.input_files import collect_input_files, store_contents
from pipeline.engine.request import DocumentFailure
from pipeline.engine.stages.assemble import ReadDocument
from pipeline.engine.stages.compose import load_composed
from pipeline.engine.stages.read_job import printed_heading
from pipeline.engine.stages.read_stage import DocumentRef
from pipeline.engine.stages.stage_runner import build_parts, run_stages
from pipeline.engine.stages.stage_values import RecordRef
from pipeline.linking import load_decisions, load_definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.linking import Decision, Definition
    from pipeline.models.catalogue import Catalogue, Failure

__all__ = ["ReadDocument", "build_catalogue", "build_from_decrees"]


def build_catalogue(
    paths: Iterable[Path | str],
    definitions: Iterable[Definition] | None = None,
    decisions: Iterable[Decision] | None = None,
    contents: Mapping[str, bytes] | None = None,
    passwords: Sequence[str] = (),
    corrections: Iterable[CorrectionEntry] = (),
) -> Catalogue:
    """Return the catalogue of all documents under the paths; see ``pipeline.build``."""
    reviewed = tuple(load_definitions() if definitions is None else definitions)
    if decisions is None:
        decisions = load_decisions(known=[definition.id for definition in reviewed])
    inputs = BuildInputs(
        reviewed, tuple(decisions), passwords=tuple(passwords), corrections=tuple(corrections)
    )
    with _memory_context(inputs) as context:
        input_files = collect_input_files(map(str, paths), contents or {})
        store_contents(context.store, contents or {})
        results = run_stages(context, input_files)
        return load_composed(context.store, results.parts, results.failures)


def build_from_decrees(
    documents: Iterable[ReadDocument],
    definitions: Iterable[Definition],
    decisions: Iterable[Decision] = (),
    failures: Iterable[Failure] = (),
) -> Catalogue:
    """Return the catalogue of decrees that are already read."""
    with _memory_context(BuildInputs(tuple(definitions), tuple(decisions))) as context:
        parts = build_parts(context, [_store_decree(context.store, document) for document in documents])
        rows = [DocumentFailure.from_row(failure.model_dump()) for failure in failures]
        return load_composed(context.store, parts, rows)


def _store_decree(store: CacheStore, document: ReadDocument) -> DocumentRef:
    key = store.put_text(RECORD_KIND, document.decree.model_dump_json().encode())
    record = RecordRef(key, document.decree.document.name, document.also_named)
    checksum = store.get_required(RECORD_KIND, key).checksum
    return DocumentRef(record, checksum, document.decree.document.sha256, printed_heading(document.decree))


@contextmanager
def _memory_context(inputs: BuildInputs) -> Iterator[BuildContext]:
    """Return a build context whose cache lives in memory and is dropped at the end."""
    with open_memory_storage() as storage:
        yield BuildContext(inputs, CacheStore(storage), SerialExecutor)
