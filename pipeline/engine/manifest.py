"""``build.json``: what a build did with each file, and the key by which the next build sees no change.

It holds times, so it is not among the outputs that are the same bytes for the same input.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.atomic_write import write_atomically
from pipeline.engine.request import DocumentFailure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.engine.cache import CacheStore

MANIFEST_FILE = "build.json"
OutputText = str | Callable[[], Iterator[bytes]]
"""A text, or a function that yields it in pieces."""
_CHUNK = 2**20


@dataclass(frozen=True)
class Manifest:
    """What is recorded of a build."""

    key: str
    """Of everything that went in; empty where the next build must run again."""
    has_serious_findings: bool
    documents: int
    failures: tuple[DocumentFailure, ...]
    file_rows: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True)
class PreviousBuild:
    """An earlier build whose outputs are still there."""

    outputs: tuple[str, ...]
    has_serious_findings: bool
    documents: int
    failures: tuple[DocumentFailure, ...]


def find_unchanged_build(folder: Path, key: str) -> PreviousBuild | None:
    """Return the earlier build with this key if its outputs are unchanged."""
    try:
        manifest_fields = json.loads((folder / MANIFEST_FILE).read_bytes())
        if not key or manifest_fields["key"] != key:
            return None
        outputs = manifest_fields["outputs"]
        if any(_file_digest(folder / name) != sum_ for name, sum_ in outputs.items()):
            return None
        failures = tuple(map(DocumentFailure.from_row, manifest_fields["failures"]))
        return PreviousBuild(
            (*outputs, MANIFEST_FILE), manifest_fields["findings"], manifest_fields["documents"], failures
        )
    except (OSError, ValueError, KeyError, TypeError):  # missing or unusable
        return None


def write_outputs(folder: Path, outputs: Mapping[str, OutputText], manifest: Manifest) -> tuple[Path, ...]:
    """Write the outputs and the manifest, each completely or not at all. Raises OSError."""
    sums: dict[str, str] = {}
    texts: dict[Path, str | Iterator[bytes]] = {}
    for name, output in outputs.items():
        chunks = iter([output.encode()]) if isinstance(output, str) else output()
        texts[folder / name] = _hash_chunks(chunks, name, sums)
    texts[folder / MANIFEST_FILE] = _manifest_json(manifest, sums)
    write_atomically(texts)
    return tuple(texts)


def _hash_chunks(chunks: Iterator[bytes], name: str, sums: dict[str, str]) -> Iterator[bytes]:
    sha256 = hashlib.sha256()
    for chunk in chunks:
        sha256.update(chunk)
        yield chunk
    sums[name] = sha256.hexdigest()


def _manifest_json(manifest: Manifest, sums: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the manifest; it is made when the hashes of the other outputs are known."""
    manifest_fields = {
        "key": manifest.key,
        "outputs": dict(sums),
        "documents": manifest.documents,
        "findings": manifest.has_serious_findings,
        "seconds": round(manifest.seconds, 3),
        "failures": [failure.to_row() for failure in manifest.failures],
        "files": manifest.file_rows,
    }
    yield (json.dumps(manifest_fields, ensure_ascii=False, indent=1) + "\n").encode()


def _file_digest(path: Path) -> str:
    sha256 = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()


def record_used_entries(store: CacheStore, folder: Path, used: set[str]) -> None:
    """Note in the cache which entries the last build into a folder depends on: they are not pruned."""
    name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()
    store.put("builds", name, {"out": str(folder.absolute())}, "\n".join(sorted(used)).encode())
