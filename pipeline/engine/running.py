"""A build from order to outcome: what is unchanged is left alone, the rest goes through the stages."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.kinds import ENDINGS
from pipeline.cache import GoneError, Store, digest, place_at, tending
from pipeline.cache.fingerprint import CATALOGUE, fingerprint
from pipeline.engine import record
from pipeline.engine.lock import locked
from pipeline.engine.orders import UNSETTLED, NoDocumentError, Outcome, Silent
from pipeline.engine.passwords import new_salt, sealed
from pipeline.engine.sources import GIVEN, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.engine.desk import Desk
    from pipeline.engine.orders import Order, Progress
    from pipeline.engine.sources import Source
    from pipeline.engine.stages import Finished

CATALOGUE_FILE, SUMMARY_FILE = "catalogue.json", "summary.md"
SCRATCH = ".iku-scratch-"
"""Of the folders that hold what is kept for one build alone."""


def run(order: Order, progress: Progress | None = None) -> Outcome:
    """Build what is asked for. Outputs are written last, each whole or not at all.

    Raises:
        BuildError: the folder is held by another build, there is no document, or a stage failed.
        TableError: definitions or decisions that cannot be used.
        OSError: the cache or the outputs cannot be written; the last outputs are as they were.
    """
    progress = progress or Silent()
    start = time.monotonic()
    own = {str((order.out / name).absolute()) for name in OWN_PAGES}
    found = [source for source in sources(order.paths, order.given) if source.address not in own]
    if not found and not order.empty:
        raise NoDocumentError(f"There is no document under the given paths ({', '.join(sorted(ENDINGS))}).")
    with locked(order.out) as stale:
        if stale:
            progress.say(f"The build of {stale}, ended before it was done; what it kept is used.")
        _swept(order.out)
        salt = record.salt(order.out) or new_salt() if order.passwords else ""
        key = build_key(order, found, salt)
        if known := record.unchanged(order.out, key):
            outcome = _as_before(known, order.out, time.monotonic() - start)
        else:
            outcome = _built(order, found, record.Key(key, salt), progress, start)
        if stale and order.cache is not None:  # at the end: what is not yet old might be at work
            with suppress(OSError):
                tending.swept(Store(place_at(order.cache)))
        return outcome


OWN_PAGES = ("summary.md", "audit.html")
"""Outputs whose endings are those of decrees: a folder that is built into itself does not read them."""


def build_key(order: Order, found: Iterable[Source], salt: str) -> str:
    """Made of everything that the outputs hang on; passwords are sealed before."""
    inputs = sorted((s.address, s.name, s.sha, s.media, s.problem or ()) for s in found)
    decisions = [_content(_reviewed(path, "decisions.yaml")) for path in order.decisions]
    definitions = _content(_reviewed(order.definitions, "definitions"))
    settings = [order.today, _content(order.settings)] if order.settings else []
    locks = [sealed(password, salt) for password in order.passwords]
    return digest(inputs, definitions, decisions, settings, locks, fingerprint(CATALOGUE))


def _reviewed(path: Path | None, name: str) -> Path:
    if path is not None:
        return path
    with as_file(files("normalized").joinpath(name)) as inside:
        return inside


def _content(path: Path) -> list[tuple[str, str]]:
    """The files of a table or folder of tables, and what is in them."""
    import hashlib

    inside = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in inside]


def _as_before(known: record.Known, out: Path, seconds: float) -> Outcome:
    return Outcome(
        written=tuple(out / name for name in known.outputs),
        documents=known.documents,
        failures=known.failures,
        serious=known.serious,
        unchanged=True,
        seconds=seconds,
    )


def _built(order: Order, found: list[Source], key: record.Key, progress: Progress, start: float) -> Outcome:
    from pipeline.engine import stages
    from pipeline.engine.desk import Desk

    with ExitStack() as stack:
        cache = stack.enter_context(_cache(order))
        store = Store(place_at(cache))
        for name, data in order.given.items():
            source = next(s for s in found if s.name == name and s.address.startswith(GIVEN))
            store.put("given", source.sha, {}, data)
        desk = Desk(order, cache, store, progress)
        stack.callback(desk.close)
        try:
            return _staged(desk, stages.run(desk, found), key, start)
        except GoneError:  # something that others stand on is damaged: they are made anew too
            progress.say("Parts of the cache are damaged; they are made anew.")
            return _staged(desk, stages.run(desk, found, trusting=False), key, start)


def _staged(desk: Desk, done: Finished, key: record.Key, start: float) -> Outcome:
    """Write what the stages made: where no document can be read, what is told of each, and no more."""
    from pipeline.engine.output import compose

    outputs: dict[str, record.Output] = {}
    if done.documents or not done.failures:
        made = compose(desk.store, done)
        outputs = {CATALOGUE_FILE: made.catalogue, SUMMARY_FILE: made.summary}
    settled = outputs and UNSETTLED.isdisjoint(failure["status"] for failure in done.failures)
    told = record.Told(
        key=key if settled else record.Key("", key.salt),
        serious=done.serious,
        documents=done.documents,
        failures=done.failures,
        rows=done.rows,
        seconds=time.monotonic() - start,
    )
    out = desk.order.out
    written = record.write(out, outputs, told)
    if outputs:
        record.remember(desk.store, out, desk.used)
    return Outcome(
        written, done.documents, done.failures, done.serious, read=done.read, seconds=time.monotonic() - start
    )


@contextmanager
def _cache(order: Order) -> Iterator[str]:
    """The cache's address; a folder for this build alone where none is asked for.

    It lies in the folder of the outputs, which this build holds: what a build that was killed left there is
    known to be nobody's, and workers of other machines that share the folder find it.
    """
    if order.cache is not None:
        yield order.cache
        return
    with tempfile.TemporaryDirectory(
        prefix=SCRATCH, dir=order.out.absolute(), ignore_cleanup_errors=True
    ) as folder:
        yield folder


def _swept(out: Path) -> None:
    """Take away what a build that was killed left in this folder, which nobody else holds."""
    for left in out.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    for name in (CATALOGUE_FILE, SUMMARY_FILE, record.FILE):
        for left in out.glob(f".{name}.*.part"):
            left.unlink(missing_ok=True)
