"""Parts put together: the catalogue as it is written to disk, a fragment at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.engine.group_tasks import UNIONS, WHOLE, entry_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.cache import Store
    from pipeline.engine.stages import Finished


@dataclass(frozen=True)
class Composed:
    """The outputs, ready to be written."""

    catalogue: Callable[[], Iterator[bytes]]
    summary: Callable[[], Iterator[bytes]]


def compose(store: Store, done: Finished) -> Composed:
    """The catalogue and the summary of a build whose stages are done."""
    from pipeline import summary
    from pipeline.catalogue import Failure

    failures = [Failure(**failure) for failure in done.failures]
    pieces = [summary.Piece(**_with_tuples(piece["summary"]), groups=[]) for piece in done.pieces]

    def page() -> Iterator[bytes]:
        groups = (
            text for piece in done.pieces for text in json.loads(store.need("groups", piece["groups"]).text)
        )
        return (part.encode() for part in summary.page(pieces, done.clusters["count"], failures, groups))

    return Composed(lambda: _catalogue(store, done), page)


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    """A summary's piece as it was before it went through JSON."""
    return {**row, "top": [((severity, damaged), line) for (severity, damaged), line in row["top"]]}


def _catalogue(store: Store, done: Finished) -> Iterator[bytes]:
    """The bytes that ``Catalogue.to_json`` gives of the whole."""
    from pipeline.building.parts import DISTRIBUTION, generator_version
    from pipeline.catalogue import Catalogue, Generator

    empty = Catalogue(generator=Generator(name=DISTRIBUTION, version=generator_version()))
    before = b"{\n"
    for name, value in empty.model_dump(mode="json").items():
        yield before + f"  {json.dumps(name)}: ".encode()
        before = b",\n"
        if isinstance(value, list):
            yield from _section(_entries(store, done, name))
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ").encode()
    yield b"\n}\n"


def _section(entries: Iterator[Iterable[bytes]]) -> Iterator[bytes]:
    opened = False
    for pieces in entries:
        before = b",\n" if opened else b"[\n"
        for piece in filter(None, pieces):
            yield before + piece
            before, opened = b"", True
    yield b"\n  ]" if opened else b"[]"


def _entries(store: Store, done: Finished, name: str) -> Iterator[Iterable[bytes]]:
    """Texts of one or more entries of a section, in order, each in pieces."""
    if name == "failures":
        for failure in done.failures:
            yield (entry_text([failure]),)
    elif name == "clusters":
        if done.clusters["count"]:
            yield store.need("fragment", done.clusters["section"]).pieces()
    elif name in UNIONS:
        for _, text in sorted(done.unions.get(name, {}).items()):
            yield (text.encode(),)
    else:
        assert name not in WHOLE
        for piece in done.pieces:
            yield store.need("fragment", piece["sections"][name]).pieces()
