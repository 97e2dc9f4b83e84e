"""From decrees to a checked catalogue. This module is the public API; everything else may change.

>>> import pipeline
>>> decree = pipeline.read("keputusan.pdf")  # doctest: +SKIP
>>> catalogue = pipeline.build(["folder"])  # doctest: +SKIP

The models and errors below are importable from here. Everything is loaded when it is first used, so
``import pipeline`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from extractors.errors import ConfigError as ConfigError
    from extractors.errors import IkuError as IkuError
    from extractors.errors import ReadError as ReadError
    from extractors.errors import ReadStatus as ReadStatus
    from extractors.model.record import Decree as Decree
    from extractors.model.record import Formula as Formula
    from extractors.model.record import Holder as Holder
    from extractors.model.record import Indicator as Indicator
    from extractors.model.record import Note as Note
    from extractors.model.record import Provenance as Provenance
    from pipeline.calculation.evaluate_formula import ComputedValue as ComputedValue
    from pipeline.calculation.tabular_data import FigureTable as FigureTable
    from pipeline.calculation.tabular_data import load_figures as load_figures
    from pipeline.corrections.correction_file import CorrectionEntry as CorrectionEntry
    from pipeline.corrections.correction_file import load_corrections as load_corrections
    from pipeline.errors import BuildError as BuildError
    from pipeline.errors import DataError as DataError
    from pipeline.errors import FormulaError as FormulaError
    from pipeline.errors import NoDocumentError as NoDocumentError
    from pipeline.errors import StorageError as StorageError
    from pipeline.errors import TaskError as TaskError
    from pipeline.formulas import FormulaComparison as FormulaComparison
    from pipeline.formulas import FormulaDifference as FormulaDifference
    from pipeline.formulas import compare_formulas as compare_formulas
    from pipeline.linking import Candidate as Candidate
    from pipeline.linking import Cluster as Cluster
    from pipeline.linking import Decision as Decision
    from pipeline.linking import Definition as Definition
    from pipeline.linking import Link as Link
    from pipeline.linking import NameQuery as NameQuery
    from pipeline.linking import PlainMention as PlainMention
    from pipeline.linking import Registry as Registry
    from pipeline.linking import cluster as cluster
    from pipeline.linking import load_decisions as load_decisions
    from pipeline.linking import load_definitions as load_definitions
    from pipeline.models.catalogue import Catalogue as Catalogue
    from pipeline.models.catalogue import DocumentEntry as DocumentEntry
    from pipeline.models.catalogue import Failure as Failure
    from pipeline.models.catalogue import IndicatorEntry as IndicatorEntry
    from pipeline.models.catalogue import LinkEntry as LinkEntry
    from pipeline.models.catalogue import VerdictEntry as VerdictEntry
    from pipeline.models.findings import Finding as Finding
    from pipeline.read_decree import read as read

_MODULE_OF_NAME = {
    name: module
    for module, names in {
        "extractors.model.record": "Decree Formula Holder Indicator Note Provenance",
        "pipeline.calculation": "ComputedValue FigureTable load_figures",
        "pipeline.corrections.correction_file": "CorrectionEntry load_corrections",
        "pipeline.errors": (
            "BuildError ConfigError DataError FormulaError IkuError NoDocumentError ReadError ReadStatus "
            "StorageError TaskError"
        ),
        "pipeline.formulas": "FormulaComparison FormulaDifference compare_formulas",
        "pipeline.linking": (
            "Candidate Cluster Decision Definition Link NameQuery PlainMention Registry cluster "
            "load_decisions load_definitions"
        ),
        "pipeline.models.catalogue": (
            "Catalogue DocumentEntry Failure Finding IndicatorEntry LinkEntry VerdictEntry"
        ),
        "pipeline.read_decree": "read",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULE_OF_NAME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULE_OF_NAME})


def build(
    paths: Iterable[Path | str],
    *,
    definitions: Iterable[Definition] | None = None,
    decisions: Iterable[Decision] | None = None,
    contents: Mapping[str, bytes] | None = None,
    passwords: Sequence[str] = (),
    corrections: Iterable[CorrectionEntry] = (),
) -> Catalogue:
    """Return the catalogue of all documents under the paths.

    ``definitions`` and ``decisions`` replace the reviewed ones of the package. ``corrections`` are what
    people said is printed (see ``load_corrections``). ``contents`` are further documents as bytes, by name.
    ``passwords`` are tried in turn on a locked PDF. A document that cannot be read becomes a failure in the
    catalogue and costs that document alone.

    Raises:
        ConfigError: the definitions or decisions cannot be used.
    """
    from pipeline.engine.in_memory import build_catalogue

    return build_catalogue(paths, definitions, decisions, contents, passwords, corrections)


def check(
    paths: Iterable[Path | str],
    *,
    definitions: Iterable[Definition] | None = None,
    decisions: Iterable[Decision] | None = None,
    contents: Mapping[str, bytes] | None = None,
    passwords: Sequence[str] = (),
) -> list[Finding]:
    """Return what the audit finds in all documents under the paths; the arguments are those of ``build``."""
    catalogue = build(
        paths, definitions=definitions, decisions=decisions, contents=contents, passwords=passwords
    )
    return catalogue.findings


def match(
    name: str,
    *,
    kecamatan: str | None = None,
    objective: str | None = None,
    regency: str | None = None,
    year: int | None = None,
    definitions: Iterable[Definition] | None = None,
) -> Link:
    """Return what a printed name means, with reasons. For many names keep a ``Registry`` and ask that."""
    from pipeline.linking import Registry, load_definitions

    registry = Registry(load_definitions() if definitions is None else definitions)
    return registry.match(name, kecamatan, objective, regency, year)


def compute(
    definition: Definition | str,
    figures: FigureTable | Path | str,
    *,
    definitions: Iterable[Definition] | None = None,
) -> list[ComputedValue]:
    """Return the value of a definition (or its id, or a name that means it) for each row of figures.

    ``figures`` may be the path of a CSV or XLSX file.

    Raises:
        DataError: there is no such definition, it has no formula, or the figures lack a quantity of it.
    """
    from pathlib import Path

    from pipeline.calculation import compute_definition, find_definition, load_figures
    from pipeline.linking import load_definitions

    if isinstance(definition, str):
        definition = find_definition(definition, load_definitions() if definitions is None else definitions)
    table = load_figures(Path(figures)) if isinstance(figures, (str, Path)) else figures
    return list(compute_definition(definition, table))
