"""A build from order to outcome: what is unchanged is left alone, the rest goes through the stages."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.media_type import FILE_ENDINGS
from pipeline.engine import manifest
from pipeline.engine.cache import CacheStore, MissingEntryError, maintenance, make_key, open_storage
from pipeline.engine.cache.fingerprint import CATALOGUE_SOURCES, compute_fingerprint
from pipeline.engine.folder_lock import lock_folder
from pipeline.engine.input_files import IN_MEMORY_PREFIX, collect_input_files
from pipeline.engine.password_proofs import new_salt, seal_password
from pipeline.engine.request import RETRY_STATUSES, BuildResult, NullProgress
from pipeline.errors import NoDocumentError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.engine.build_context import BuildContext
    from pipeline.engine.input_files import InputFile
    from pipeline.engine.request import BuildRequest, Progress
    from pipeline.engine.stages.stage_runner import StageResults

CATALOGUE_FILE, SUMMARY_FILE = "catalogue.json", "summary.md"
OWN_OUTPUTS = (SUMMARY_FILE, "audit.html")
"""Outputs whose endings are those of decrees: a folder that is built into itself does not read them."""
NOTHING_CHANGED = "Nothing was changed."
SCRATCH_PREFIX = ".iku-scratch-"
"""Of the folders that hold what is kept for one build alone."""


def run_build(request: BuildRequest, progress: Progress | None = None) -> BuildResult:
    """Build what is asked for. The outputs are written last, each completely or not at all.

    Raises:
        BuildError: the folder is held by another build, there is no document, or a stage failed.
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
        source
        for source in collect_input_files(request.paths, request.given, progress.send_message)
        if source.address not in own_addresses
    ]
    if not input_files and not request.empty:
        raise NoDocumentError(
            f"There is no document under the given paths ({', '.join(sorted(FILE_ENDINGS))})."
        )
    with lock_folder(request.out) as stale_holder:
        if stale_holder:
            progress.send_message(
                f"The build of {stale_holder}, ended before it was done; what it kept is used."
            )
        _remove_leftovers(request.out)
        password_salt = manifest.read_salt(request.out) or new_salt() if request.passwords else ""
        key = compute_build_key(request, input_files, password_salt)
        if previous_build := manifest.find_unchanged_build(request.out, key):
            result = _previous_result(previous_build, request.out, time.monotonic() - start)
        else:
            result = _execute_build(
                request, input_files, manifest.BuildKey(key, password_salt), progress, start
            )
        if stale_holder and request.cache is not None:  # at the end: what is not yet old might be at work
            with suppress(OSError):
                maintenance.sweep_partial_files(CacheStore(open_storage(request.cache)))
        return result


def compute_build_key(request: BuildRequest, input_files: Iterable[InputFile], salt: str) -> str:
    """Made of everything that the outputs hang on; passwords are sealed before."""
    inputs = sorted((s.address, s.name, s.sha, s.media, s.problem or ()) for s in input_files)
    decisions = [_table_hashes(_reviewed_path(path, "decisions.yaml")) for path in request.decisions]
    definitions = _table_hashes(_reviewed_path(request.definitions, "definitions"))
    settings = [request.today, _table_hashes(request.settings)] if request.settings else []
    sealed_passwords = [seal_password(password, salt) for password in request.passwords]
    return make_key(
        inputs, definitions, decisions, settings, sealed_passwords, compute_fingerprint(CATALOGUE_SOURCES)
    )


def _reviewed_path(path: Path | None, name: str) -> Path:
    if path is not None:
        return path
    with as_file(files("normalized").joinpath(name)) as packaged_path:
        return packaged_path


def _table_hashes(path: Path) -> list[tuple[str, str]]:
    """The files of a table or folder of tables, and what is in them."""
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
    request: BuildRequest,
    input_files: list[InputFile],
    key: manifest.BuildKey,
    progress: Progress,
    start: float,
) -> BuildResult:
    from pipeline.engine.build_context import BuildContext
    from pipeline.engine.stages import stage_runner

    with ExitStack() as stack:
        cache = stack.enter_context(_cache_address(request))
        store = CacheStore(open_storage(cache))
        for name, data in request.given.items():
            source = next(s for s in input_files if s.name == name and s.address.startswith(IN_MEMORY_PREFIX))
            store.put("given", source.sha, {}, data)
        context = BuildContext(request, cache, store, progress)
        stack.callback(context.close)
        try:
            return _write_build(context, stage_runner.run_stages(context, input_files), key, start)
        except MissingEntryError:  # something that others stand on is damaged: they are made anew too
            progress.send_message("Parts of the cache are damaged; they are made anew.")
            return _write_build(
                context, stage_runner.run_stages(context, input_files, use_cache=False), key, start
            )


def _write_build(
    context: BuildContext, results: StageResults, key: manifest.BuildKey, start: float
) -> BuildResult:
    """Write what the stages made: where no document can be read, what is told of each, and no more."""
    from pipeline.engine.stages.compose import compose_outputs

    outputs: dict[str, manifest.OutputText] = {}
    if results.documents or not results.failures:
        composed = compose_outputs(context.store, results)
        outputs = {CATALOGUE_FILE: composed.catalogue, SUMMARY_FILE: composed.summary}
    is_settled = outputs and RETRY_STATUSES.isdisjoint(failure["status"] for failure in results.failures)
    build_manifest = manifest.Manifest(
        key=key if is_settled else manifest.BuildKey("", key.salt),
        has_serious_findings=results.has_serious_findings,
        documents=results.documents,
        failures=results.failures,
        file_rows=results.manifest_rows,
        seconds=time.monotonic() - start,
    )
    out = context.order.out
    written_files = manifest.write_outputs(out, outputs, build_manifest)
    if outputs:
        manifest.record_used_entries(context.store, out, context.used)
    return BuildResult(
        written_files,
        results.documents,
        results.failures,
        results.has_serious_findings,
        documents_read=results.documents_read,
        seconds=time.monotonic() - start,
    )


@contextmanager
def _cache_address(request: BuildRequest) -> Iterator[str]:
    """The cache's address; a folder for this build alone where none is asked for.

    It lies in the folder of the outputs, which this build holds: what a build that was killed left there is
    known to be nobody's, and workers of other machines that share the folder find it.
    """
    if request.cache is not None:
        yield request.cache
        return
    with tempfile.TemporaryDirectory(
        prefix=SCRATCH_PREFIX, dir=request.out.absolute(), ignore_cleanup_errors=True
    ) as folder:
        yield folder


def _remove_leftovers(out: Path) -> None:
    """Take away what a build that was killed left in this folder, which nobody else holds."""
    for leftover in out.glob(f"{SCRATCH_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for name in (CATALOGUE_FILE, SUMMARY_FILE, manifest.MANIFEST_FILE):
        for leftover in out.glob(f".{name}.*.part"):
            leftover.unlink(missing_ok=True)
