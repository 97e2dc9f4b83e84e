"""Build: files → catalogue. Each is read, linked, compared and audited; a failure costs its file alone.

A build is a pure function of the files' bytes, the definitions and the decisions: order and number of the
names under which they are given do not matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.atomic_write import write_atomically
from pipeline.audit import AuditContext, audit_decrees
from pipeline.engine.discover import find_documents
from pipeline.engine.stages.assemble import DocumentSet, assemble_catalogue
from pipeline.engine.stages.link import link_mentions
from pipeline.engine.stages.read_files import ReadDocument, read_files
from pipeline.linking import load_decisions, load_definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.linking import Decision, Definition
    from pipeline.models.catalogue import Catalogue, Failure

__all__ = ["ReadDocument", "build_catalogue", "build_from_decrees", "find_documents", "write_catalogue"]


def build_catalogue(
    paths: Iterable[Path | str],
    definitions: Iterable[Definition] | None = None,
    decisions: Iterable[Decision] | None = None,
    contents: Mapping[str, bytes] | None = None,
    passwords: Sequence[str] = (),
) -> Catalogue:
    """The catalogue of all documents under the paths, and of those given as bytes by name.

    ``passwords`` are tried in turn on locked PDFs.
    Definitions and decisions are the reviewed ones of the package unless given. Raises DefinitionError or
    DecisionError where those cannot be used; what is wrong with a document becomes a failure of its own.
    """
    reviewed_definitions = tuple(load_definitions() if definitions is None else definitions)
    reviewed_decisions = tuple(
        load_decisions(known=[d.id for d in reviewed_definitions]) if decisions is None else decisions
    )
    reads, failures = read_files(find_documents(map(Path, paths)), contents, passwords)
    return build_from_decrees(reads, reviewed_definitions, reviewed_decisions, failures)


def build_from_decrees(
    reads: Iterable[ReadDocument],
    definitions: Iterable[Definition],
    decisions: Iterable[Decision] = (),
    failures: Iterable[Failure] = (),
) -> Catalogue:
    """The catalogue of decrees that are already read."""
    document_set = DocumentSet.from_reads(reads)
    linked = link_mentions(document_set.mentions, definitions, decisions)
    findings = audit_decrees(AuditContext(document_set.decrees, linked.cases))
    return assemble_catalogue(document_set, linked, findings, failures)


def write_catalogue(catalogue: Catalogue, folder: Path, summary: str) -> tuple[Path, Path]:
    """Write ``catalogue.json`` and ``summary.md``, both or neither. Raises OSError."""
    paths = folder / "catalogue.json", folder / "summary.md"
    write_atomically(dict(zip(paths, (catalogue.to_json(), summary), strict=True)))
    return paths
