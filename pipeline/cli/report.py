"""``iku report``: a catalogue as a page, a workbook and data for evaluators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import collect, files, options
from pipeline.cli.exits import EPILOG, Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.catalogue import Catalogue
    from pipeline.reviewing.questions import Question


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
@options.reviewed
@options.passwords
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
    write(catalogue, paths, out, regency, definitions, decisions, passwords)


def write(
    catalogue: Path,
    paths: Sequence[Path],
    out: Path,
    regency: str | None = None,
    definitions: Path | None = None,
    decisions: Path | None = None,
    passwords: tuple[str, ...] = (),
) -> None:
    """Write the report on a catalogue and tell where it lies; see ``report``."""
    from pipeline import report as reporting
    from pipeline.building import documents
    from pipeline.whole import write_whole

    made = collect.loaded(catalogue)
    questions = _open(made, catalogue, definitions, decisions)
    if regency is not None:
        made = reporting.restricted(made, _known(regency, reporting.regencies(made)))
        questions = tuple(
            q for q in questions if any(p.regency == made.documents[0].regency for p in q.places)
        )
    originals = reporting.Originals.of(documents(paths), passwords)
    written = {out / name: data for name, data in reporting.files(made, originals, questions).items()}
    try:
        write_whole(written)
    except OSError as error:
        click.echo(f"{out}: cannot be written: {error.strerror}. Nothing was changed.", err=True)
        files.leave(Exit.FINDINGS)
    if paths:
        found = sum(document.sha256 in originals for document in made.documents)
        click.echo(f"Originals found for {found} of {len(made.documents)} documents.", err=True)
    click.echo("\n".join(str(path) for path in written), err=True)


def _known(regency: str, there: list[str]) -> str:
    """The regency as the catalogue writes it."""
    wanted = " ".join(regency.split()).casefold()
    for name in there:
        if name.casefold() == wanted:
            return name
    raise click.UsageError(f"No decree is of “{regency}”. There are: {', '.join(there) or 'none'}.")


def _open(
    made: Catalogue, file: Path, definitions: Path | None, decisions: Path | None
) -> tuple[Question, ...]:
    """What a person still has to decide, as ``iku review`` asks it."""
    from pipeline import linking
    from pipeline.reviewing.questions import questions

    known = {definition.id: definition for definition in linking.load(definitions)}
    own = file.with_name(collect.OWN_DECISIONS)
    decided = linking.load_decisions(decisions, known)
    decided += linking.load_decisions(own, known) if own.exists() else ()
    return questions(made, known.values(), decided)
