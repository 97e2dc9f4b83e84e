"""``build.json``: what a build did with each file, and by which the next one knows that nothing changed.

Times differ from build to build, so it is no part of what is promised to be the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.engine.cache import CacheStore

MANIFEST_FILE = "build.json"
OutputText = str | Callable[[], Iterator[bytes]]
"""A text, or what gives it in pieces."""
_CHUNK = 2**20


class BuildKey(NamedTuple):
    """By which a build is known again."""

    digest: str
    """Of all that went in; empty where the next build must try again."""
    salt: str = ""
    """Of the passwords that went in, if there are any."""


@dataclass(frozen=True)
class Manifest:
    """What is to be remembered of a build."""

    key: BuildKey
    has_serious_findings: bool
    documents: int
    failures: tuple[dict[str, str], ...]
    file_rows: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True)
class PreviousBuild:
    """An earlier build whose outputs are still there."""

    outputs: tuple[str, ...]
    has_serious_findings: bool
    documents: int
    failures: tuple[dict[str, str], ...]


def read_salt(folder: Path) -> str | None:
    """The salt of the last build's passwords; None where there is none that can be used."""
    try:
        salt_hex = json.loads((folder / MANIFEST_FILE).read_bytes())["salt"]
        return str(salt_hex) if bytes.fromhex(salt_hex) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_unchanged_build(folder: Path, key: str) -> PreviousBuild | None:
    """The earlier build of the same key, if what it wrote lies there to the byte."""
    try:
        manifest_fields = json.loads((folder / MANIFEST_FILE).read_bytes())
        if manifest_fields["key"] != key:
            return None
        outputs = manifest_fields["outputs"]
        if any(_file_digest(folder / name) != sum_ for name, sum_ in outputs.items()):
            return None
        failures = tuple(manifest_fields["failures"])
        return PreviousBuild(
            (*outputs, MANIFEST_FILE), manifest_fields["findings"], manifest_fields["documents"], failures
        )
    except (OSError, ValueError, KeyError, TypeError):  # none, or none that can be understood
        return None


def write_outputs(folder: Path, outputs: Mapping[str, OutputText], manifest: Manifest) -> tuple[Path, ...]:
    """Write the outputs and then the record of them, each whole or not at all. Raises OSError."""
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
    """The record's bytes, made when the sums of the other outputs are known."""
    manifest_fields = {
        "key": manifest.key.digest,
        **({"salt": manifest.key.salt} if manifest.key.salt else {}),
        "outputs": dict(sums),
        "documents": manifest.documents,
        "findings": manifest.has_serious_findings,
        "seconds": round(manifest.seconds, 3),
        "failures": list(manifest.failures),
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
    """Note in the cache which entries the last build into a folder stands on: they are not pruned."""
    name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()
    store.put("builds", name, {"out": str(folder.absolute())}, "\n".join(sorted(used)).encode())
