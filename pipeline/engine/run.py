"""A build into a folder, from request to result: unchanged outputs are kept, else the stages run."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.file_names import printable_name
from extractors.media_type import FILE_ENDINGS
from pipeline.engine import manifest
from pipeline.engine.cache import CacheStore, MissingEntryError, maintenance, make_key, open_storage
from pipeline.engine.cache.fingerprint import CATALOGUE_SOURCES, compute_fingerprint
from pipeline.engine.folder_lock import lock_folder
from pipeline.engine.input_files import collect_input_files, store_contents
from pipeline.engine.request import RETRY_STATUSES, BuildResult, NullProgress
from pipeline.errors import NoDocumentError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.engine.build_context import BuildContext, BuildInputs
    from pipeline.engine.input_files import InputFile
    from pipeline.engine.request import BuildRequest, Progress
    from pipeline.engine.stages.stage_runner import StageResults

CATALOGUE_FILE, SUMMARY_FILE = "catalogue.json", "summary.md"
OWN_OUTPUTS = (SUMMARY_FILE, "audit.html")
"""Outputs with the endings of decrees; a build into its own input folder does not read them."""
NOTHING_CHANGED = "Nothing was changed."
SCRATCH_PREFIX = ".iku-scratch-"
"""Prefix of the folders that hold the cache of a single build."""


def run_build(request: BuildRequest, progress: Progress | None = None) -> BuildResult:
    """Build what is asked for. The outputs are written last, each completely or not at all.

    Raises:
        BuildError: another build has locked the folder, there is no document, or a stage failed.
        ConfigError: the definitions, decisions or settings cannot be used.
        StorageError: the cache or the outputs cannot be written; the previous outputs are unchanged.
    """
    try:
        return _build_into_folder(request, progress or NullProgress())
    except StorageError as error:
        raise StorageError(error.message, NOTHING_CHANGED) from None
    except OSError as error:
        message = f"{request.out}: cannot be written: {error.strerror or error}."
        raise StorageError(message, NOTHING_CHANGED) from None


def _build_into_folder(request: BuildRequest, progress: Progress) -> BuildResult:
    """Build into the locked output folder, unless its outputs are already those of the same input."""
    start = time.monotonic()
    own_addresses = {str((request.out / name).absolute()) for name in OWN_OUTPUTS}
    input_files = [
        file
        for file in collect_input_files(request.paths, request.contents, progress.send_message)
        if file.address not in own_addresses
    ]
    if not input_files and not request.empty:
        raise no_document_error()
    with lock_folder(request.out) as stale_holder:
        if stale_holder:
            progress.send_message(
                f"The build of {stale_holder} ended before it was complete; what it has cached is used."
            )
        _remove_leftovers(request.out)
        key = compute_build_key(request, input_files)
        if previous_build := manifest.find_unchanged_build(request.out, key):
            result = _previous_result(previous_build, request.out, time.monotonic() - start)
        else:
            result = _execute_build(request, input_files, key, progress, start)
        if stale_holder and request.cache is not None:  # at the end: young files may belong to another build
            with suppress(StorageError):
                maintenance.sweep_partial_files(CacheStore(open_storage(request.cache)))
        return result


def no_document_error() -> NoDocumentError:
    """Return the error of a build without any document."""
    return NoDocumentError(f"There is no document under the given paths ({', '.join(sorted(FILE_ENDINGS))}).")


def compute_build_key(request: BuildRequest, input_files: Iterable[InputFile]) -> str:
    """Return the key of everything that the outputs depend on.

    It is empty if passwords are given: nothing derived from a password is stored, so such a build runs
    each time.
    """
    if request.passwords:
        return ""
    inputs = sorted((printable_name(s.address), s.name, s.sha, s.media, s.problem or ()) for s in input_files)
    decisions = [_table_hashes(_reviewed_path(path, "decisions.yaml")) for path in request.decisions]
    definitions = _table_hashes(_reviewed_path(request.definitions, "definitions"))
    settings = [request.today, _table_hashes(request.settings)] if request.settings else []
    corrections = _table_hashes(request.corrections) if request.corrections else []
    return make_key(
        inputs, definitions, decisions, corrections, settings, compute_fingerprint(CATALOGUE_SOURCES)
    )


def _reviewed_path(path: Path | None, name: str) -> Path:
    if path is not None:
        return path
    with as_file(files("normalized").joinpath(name)) as packaged_path:
        return packaged_path


def _table_hashes(path: Path) -> list[tuple[str, str]]:
    """Return the names and hashes of a table's file, or of a folder's files."""
    import hashlib

    table_files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in table_files]


def _previous_result(previous_build: manifest.PreviousBuild, out: Path, seconds: float) -> BuildResult:
    return BuildResult(
        written_files=tuple(out / name for name in previous_build.outputs),
        documents=previous_build.documents,
        failures=previous_build.failures,
        has_serious_findings=previous_build.has_serious_findings,
        is_unchanged=True,
        seconds=seconds,
    )


def _execute_build(
    request: BuildRequest, input_files: list[InputFile], key: str, progress: Progress, start: float
) -> BuildResult:
    from pipeline.engine.build_context import BuildContext
    from pipeline.engine.stages.stage_runner import run_stages

    inputs = _load_inputs(request, progress)  # first: an unusable table is reported before hours of reading
    with ExitStack() as stack:
        store = CacheStore(open_storage(stack.enter_context(_cache_address(request))))
        store_contents(store, request.contents)
        context = BuildContext(inputs, store, request.executor, progress)
        stack.callback(context.close)
        try:
            return _write_build(context, request.out, run_stages(context, input_files), key, start)
        except MissingEntryError:  # what depends on a damaged entry is made again, too
            progress.send_message("Parts of the cache are damaged; they are made again.")
            results = run_stages(context, input_files, use_cache=False)
            return _write_build(context, request.out, results, key, start)


def _load_inputs(request: BuildRequest, progress: Progress) -> BuildInputs:
    """Return the definitions, decisions, corrections and settings of a build. Raises ConfigError."""
    from pipeline import linking
    from pipeline.audit.settings.audit_settings import load_settings
    from pipeline.corrections.correction_file import load_corrections
    from pipeline.engine.build_context import BuildInputs

    definitions = linking.load_definitions(request.definitions)
    ids = [definition.id for definition in definitions]
    decisions = [d for file in request.decisions for d in linking.load_decisions(file, ids)]
    for conflict in linking.find_conflicts(decisions):
        progress.send_message(conflict.message)
    return BuildInputs(
        tuple(definitions),
        tuple(decisions),
        load_settings(request.settings) if request.settings else None,
        str(request.settings or ""),
        request.today,
        request.passwords,
        request.seconds,
        load_corrections(request.corrections) if request.corrections else (),
    )


def _write_build(
    context: BuildContext, out: Path, results: StageResults, key: str, start: float
) -> BuildResult:
    """Write the outputs; where no document can be read, only the manifest with the failures."""
    from pipeline.engine.stages.compose import compose_outputs

    parts = results.parts
    outputs: dict[str, manifest.OutputText] = {}
    if parts.documents or not results.failures:
        composed = compose_outputs(context.store, parts, results.failures)
        outputs = {CATALOGUE_FILE: composed.catalogue, SUMMARY_FILE: composed.summary}
    is_settled = outputs and RETRY_STATUSES.isdisjoint(failure.status for failure in results.failures)
    build_manifest = manifest.Manifest(
        key=key if is_settled else "",
        has_serious_findings=parts.has_serious_findings,
        documents=parts.documents,
        failures=results.failures,
        file_rows=results.manifest_rows,
        seconds=time.monotonic() - start,
    )
    written_files = manifest.write_outputs(out, outputs, build_manifest)
    if outputs:
        manifest.record_used_entries(context.store, out, context.used)
    return BuildResult(
        written_files,
        parts.documents,
        results.failures,
        parts.has_serious_findings,
        documents_read=results.documents_read,
        seconds=time.monotonic() - start,
    )


@contextmanager
def _cache_address(request: BuildRequest) -> Iterator[str]:
    """Yield the cache's address; without a requested cache, a folder for this build only.

    That folder is in the output folder, which this build has locked: leftovers of a killed build can be
    deleted, and workers on other machines that share the folder find it.
    """
    if request.cache is not None:
        yield request.cache
        return
    with tempfile.TemporaryDirectory(
        prefix=SCRATCH_PREFIX, dir=request.out.absolute(), ignore_cleanup_errors=True
    ) as folder:
        yield folder


def _remove_leftovers(out: Path) -> None:
    """Delete what a killed build left in this locked folder."""
    for leftover in out.glob(f"{SCRATCH_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for name in (CATALOGUE_FILE, SUMMARY_FILE, manifest.MANIFEST_FILE):
        for leftover in out.glob(f".{name}.*.part"):
            leftover.unlink(missing_ok=True)
