"""Build: files → catalogue. Each is read, linked, compared and audited; a failure costs its file alone.

A build is a pure function of the files' bytes, the definitions and the decisions: order and number of the
names under which they are given do not matter.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit import Context, audit, comparisons, judge, questions, rule_entry, rulebook, scores
from pipeline.building.entries import document_entry, indicator_entry
from pipeline.building.files import documents
from pipeline.building.formula_groups import formula_groups
from pipeline.building.linked import link_all
from pipeline.building.prints import print_of
from pipeline.building.reading import Read, read_all
from pipeline.catalogue import Catalogue, Generator
from pipeline.linking import load, load_decisions
from pipeline.mention import document_id, mentions
from pipeline.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.catalogue import Failure
    from pipeline.linking import Decision, Definition

__all__ = ["Read", "assemble", "build", "documents", "write"]

DISTRIBUTION = "iku-katalog"


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
    ordered = sorted(reads, key=_order)
    prints = print_of(one.decree for one in ordered)
    decrees = tuple(one.decree for one in ordered if document_id(one.decree) not in prints)
    found = tuple(mention for decree in decrees for mention in mentions(decree))
    linked = link_all(found, definitions, decisions)
    context = Context(decrees, linked.cases)
    findings = audit(context)
    # What one document says decides its scores: they do not change with what else is built.
    local = [finding for finding in findings if rulebook()[finding.code].scope == "document"]
    judged = judge(linked.cases, local)
    scored = {
        name: scores([judged[m.id] for m in mentions(decree)], [f for f in local if f.place.document == name])
        for decree in decrees
        for name in (document_id(decree),)
    }
    names = {one.id: one.name for one in linked.definitions} | {one.id: one.name for one in linked.clusters}
    return Catalogue(
        generator=Generator(name=DISTRIBUTION, version=_version()),
        documents=[
            document_entry(one, prints.get(name), scored.get(name, []))
            for one in ordered
            for name in (document_id(one.decree),)
        ],
        indicators=[
            indicator_entry(m, linked.links[m.id], linked.verdicts.get(m.id), judged[m.id]) for m in found
        ],
        definitions=list(linked.definitions),
        clusters=list(linked.clusters),
        formula_groups=formula_groups(linked.cases),
        findings=list(findings),
        questions=list(questions()),
        comparisons=comparisons(context, names),
        rules=[rule_entry(code) for code in sorted({finding.code for finding in findings})],
        failures=list(failures),
    )


def write(catalogue: Catalogue, folder: Path, summary: str) -> tuple[Path, Path]:
    """Write ``catalogue.json`` and ``summary.md``, both or neither. Raises OSError."""
    paths = folder / "catalogue.json", folder / "summary.md"
    write_whole(dict(zip(paths, (catalogue.to_json(), summary), strict=True)))
    return paths


def _order(one: Read) -> tuple[str, str, bool, int, str]:
    """Regency, kecamatan, agencies before positions, year; the identity settles the rest."""
    decree = one.decree
    return (
        decree.regency or "",
        decree.kecamatan or "",
        decree.kind == "IKI",
        decree.year or 0,
        document_id(decree),
    )


def _version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # Run from a source tree that was never installed.
        return "0"
