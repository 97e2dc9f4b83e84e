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

from pipeline.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.cache import Store

FILE = "build.json"
Output = str | Callable[[], Iterator[bytes]]
"""A text, or what gives it in pieces."""
_CHUNK = 2**20


class Key(NamedTuple):
    """By which a build is known again."""

    digest: str
    """Of all that went in; empty where the next build must try again."""
    salt: str = ""
    """Of the passwords that went in, if there are any."""


@dataclass(frozen=True)
class Told:
    """What is to be remembered of a build."""

    key: Key
    serious: bool
    documents: int
    failures: tuple[dict[str, str], ...]
    rows: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True)
class Known:
    """An earlier build whose outputs are still there."""

    outputs: tuple[str, ...]
    serious: bool
    documents: int
    failures: tuple[dict[str, str], ...]


def salt(folder: Path) -> str | None:
    """The salt of the last build's passwords; None where there is none that can be used."""
    try:
        found = json.loads((folder / FILE).read_bytes())["salt"]
        return str(found) if bytes.fromhex(found) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def unchanged(folder: Path, key: str) -> Known | None:
    """The earlier build of the same key, if what it wrote lies there to the byte."""
    try:
        found = json.loads((folder / FILE).read_bytes())
        if found["key"] != key:
            return None
        outputs = found["outputs"]
        if any(_digest(folder / name) != sum_ for name, sum_ in outputs.items()):
            return None
        failures = tuple(found["failures"])
        return Known((*outputs, FILE), found["findings"], found["documents"], failures)
    except (OSError, ValueError, KeyError, TypeError):  # none, or none that can be understood
        return None


def write(folder: Path, outputs: Mapping[str, Output], told: Told) -> tuple[Path, ...]:
    """Write the outputs and then the record of them, each whole or not at all. Raises OSError."""
    sums: dict[str, str] = {}
    texts: dict[Path, str | Iterator[bytes]] = {}
    for name, output in outputs.items():
        chunks = iter([output.encode()]) if isinstance(output, str) else output()
        texts[folder / name] = _summed(chunks, name, sums)
    texts[folder / FILE] = _record(told, sums)
    write_whole(texts)
    return tuple(texts)


def _summed(chunks: Iterator[bytes], name: str, sums: dict[str, str]) -> Iterator[bytes]:
    made = hashlib.sha256()
    for chunk in chunks:
        made.update(chunk)
        yield chunk
    sums[name] = made.hexdigest()


def _record(told: Told, sums: Mapping[str, str]) -> Iterator[bytes]:
    """The record's bytes, made when the sums of the other outputs are known."""
    made = {
        "key": told.key.digest,
        **({"salt": told.key.salt} if told.key.salt else {}),
        "outputs": dict(sums),
        "documents": told.documents,
        "findings": told.serious,
        "seconds": round(told.seconds, 3),
        "failures": list(told.failures),
        "files": told.rows,
    }
    yield (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()


def remember(store: Store, folder: Path, used: set[str]) -> None:
    """Note in the cache which entries the last build into a folder stands on: they are not pruned."""
    name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()
    store.put("builds", name, {"out": str(folder.absolute())}, "\n".join(sorted(used)).encode())
