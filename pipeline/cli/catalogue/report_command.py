"""``iku report``: a catalogue as a page, a workbook and data for evaluators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import command_inputs, command_options, standard_streams
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.catalogue import Catalogue
    from pipeline.review.questions import Question


@click.command(epilog=EPILOG, short_help="A catalogue as page, workbook and data for evaluators.")
@click.argument(
    "catalogue", metavar="CATALOGUE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("paths", metavar="[PATH…]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for audit.html, audit.xlsx and findings.json; made if it does not exist.",
)
@click.option("--regency", help="Only the decrees of this regency, for example “Kabupaten Sukamaju”.")
@command_options.review_options
@command_options.password_option
def report(
    catalogue: Path,
    paths: tuple[Path, ...],
    out: Path,
    regency: str | None,
    definitions: Path | None,
    decisions: Path | None,
    passwords: tuple[str, ...],
) -> None:
    """Write audit.html, audit.xlsx and findings.json on CATALOGUE (a catalogue.json), all or none.

    PATH… are the decrees' files and folders: what is quoted is then shown as it stands on the page. They are
    found by their content, not by their names; without them the quotations are shown alone. The page needs
    no network. The same input gives the same bytes.
    """
    write_report(catalogue, paths, out, regency, definitions, decisions, passwords)


def write_report(
    catalogue: Path,
    paths: Sequence[Path],
    out: Path,
    regency: str | None = None,
    definitions: Path | None = None,
    decisions: Path | None = None,
    passwords: tuple[str, ...] = (),
) -> None:
    """Write the report on a catalogue and tell where it lies; see ``report``."""
    from pipeline import reports as reporting
    from pipeline.atomic_write import write_atomically
    from pipeline.engine.discover import find_documents

    report_catalogue = command_inputs.load_catalogue(catalogue)
    questions = _open_questions(report_catalogue, catalogue, definitions, decisions)
    if regency is not None:
        report_catalogue = reporting.filter_by_regency(
            report_catalogue, _find_regency(regency, reporting.list_regencies(report_catalogue))
        )
        questions = tuple(
            q for q in questions if any(p.regency == report_catalogue.documents[0].regency for p in q.places)
        )
    originals = reporting.Originals.from_paths(find_documents(paths), passwords)
    report_files = {
        out / name: data
        for name, data in reporting.render_report_files(report_catalogue, originals, questions).items()
    }
    try:
        write_atomically(report_files)
    except OSError as error:
        click.echo(f"{out}: cannot be written: {error.strerror}. Nothing was changed.", err=True)
        standard_streams.exit_with(ExitCode.FINDINGS)
    if paths:
        original_count = sum(document.sha256 in originals for document in report_catalogue.documents)
        click.echo(
            f"Originals found for {original_count} of {len(report_catalogue.documents)} documents.", err=True
        )
    click.echo("\n".join(str(path) for path in report_files), err=True)


def _find_regency(regency: str, regencies: list[str]) -> str:
    """The regency as the catalogue writes it."""
    folded_name = " ".join(regency.split()).casefold()
    for name in regencies:
        if name.casefold() == folded_name:
            return name
    raise click.UsageError(f"No decree is of “{regency}”. There are: {', '.join(regencies) or 'none'}.")


def _open_questions(
    catalogue: Catalogue, file: Path, definitions: Path | None, decisions: Path | None
) -> tuple[Question, ...]:
    """What a person still has to decide, as ``iku review`` asks it."""
    from pipeline import linking
    from pipeline.review.questions import collect_questions

    definitions_by_id = {definition.id: definition for definition in linking.load_definitions(definitions)}
    own_decisions = file.with_name(command_inputs.DECISIONS_FILE)
    decision_list = linking.load_decisions(decisions, definitions_by_id)
    decision_list += (
        linking.load_decisions(own_decisions, definitions_by_id) if own_decisions.exists() else ()
    )
    return collect_questions(catalogue, definitions_by_id.values(), decision_list)
