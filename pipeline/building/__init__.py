"""Build: files → catalogue. Each is read, linked, compared and audited; a failure costs its file alone.

A build is a pure function of the files' bytes, the definitions and the decisions: order and number of the
names under which they are given do not matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit import Context, audit
from pipeline.building.linked import link_all
from pipeline.building.parts import Ordered, catalogue_of
from pipeline.building.reading import Read, read_all
from pipeline.inputs import documents
from pipeline.linking import load, load_decisions
from pipeline.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.catalogue import Catalogue, Failure
    from pipeline.linking import Decision, Definition

__all__ = ["Read", "assemble", "build", "documents", "write"]


def build(
    paths: Iterable[Path | str],
    definitions: Iterable[Definition] | None = None,
    decisions: Iterable[Decision] | None = None,
    given: Mapping[str, bytes] | None = None,
    passwords: Sequence[str] = (),
) -> Catalogue:
    """The catalogue of all documents under the paths, and of those given as bytes by name.

    ``passwords`` are tried in turn on locked PDFs.
    Definitions and decisions are the reviewed ones of the package unless given. Raises DefinitionError or
    DecisionError where those cannot be used; what is wrong with a document becomes a failure of its own.
    """
    known = tuple(load() if definitions is None else definitions)
    decided = tuple(load_decisions(known=[d.id for d in known]) if decisions is None else decisions)
    reads, failures = read_all(documents(map(Path, paths)), given, passwords)
    return assemble(reads, known, decided, failures)


def assemble(
    reads: Iterable[Read],
    definitions: Iterable[Definition],
    decisions: Iterable[Decision] = (),
    failures: Iterable[Failure] = (),
) -> Catalogue:
    """The catalogue of decrees that are already read."""
    whole = Ordered.of(reads)
    linked = link_all(whole.mentions, definitions, decisions)
    findings = audit(Context(whole.decrees, linked.cases))
    return catalogue_of(whole, linked, findings, failures)


def write(catalogue: Catalogue, folder: Path, summary: str) -> tuple[Path, Path]:
    """Write ``catalogue.json`` and ``summary.md``, both or neither. Raises OSError."""
    paths = folder / "catalogue.json", folder / "summary.md"
    write_whole(dict(zip(paths, (catalogue.to_json(), summary), strict=True)))
    return paths
