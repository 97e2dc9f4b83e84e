"""The inputs of commands: decrees, catalogues, settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support.exit_codes import ExitCode
from pipeline.cli.support.standard_streams import STANDARD_INPUT, exit_with, print_read_error, read_stdin

if TYPE_CHECKING:
    from pipeline.models.catalogue import Catalogue


DECISIONS_FILE = "decisions.yaml"
CORRECTIONS_FILE = "corrections.yaml"
SETTINGS_FILE = "audit.yaml"
"""Files next to a catalogue: of ``iku review``, of ``iku correct``, and the settings of the audit."""


def build_catalogue(
    paths: tuple[str, ...],
    definitions: Path | None,
    decisions: Path | None,
    own_decisions: Path | None = None,
    passwords: tuple[str, ...] = (),
    contents: dict[str, bytes] | None = None,
) -> Catalogue:
    """Return the catalogue of the given files and folders; ``-`` is standard input.

    ``contents`` are documents that are given as bytes, by name.

    ``own_decisions`` are those made on the catalogue itself; they come after ``decisions``.

    Raises:
        ConfigError: the definitions or decisions cannot be used.
        NoDocumentError: the paths hold no document.
    """
    import pipeline
    from pipeline import linking
    from pipeline.engine.discover import search_paths
    from pipeline.engine.run import no_document_error

    files = [Path(path) for path in paths if path != STANDARD_INPUT]
    known_definitions = linking.load_definitions(definitions)
    ids = [definition.id for definition in known_definitions]
    decision_list = linking.load_decisions(decisions, ids)
    if own_decisions is not None and own_decisions.exists():
        decision_list += linking.load_decisions(own_decisions, ids)
    for conflict in linking.find_conflicts(decision_list):
        click.echo(conflict.message, err=True)
    for sentence in search_paths(files).describe_skipped():
        click.echo(sentence, err=True)
    result = pipeline.build(
        files,
        definitions=known_definitions,
        decisions=decision_list,
        contents=collect_stdin(paths) | (contents or {}),
        passwords=passwords,
    )
    if not result.documents and not result.failures:
        raise no_document_error()
    return result


def collect_stdin(paths: tuple[str, ...]) -> dict[str, bytes]:
    """Return the bytes of standard input by its name, if the paths ask for it."""
    if STANDARD_INPUT not in paths:
        return {}
    import extractors

    try:
        return {"stdin": read_stdin()}
    except extractors.ReadError as error:
        print_read_error(STANDARD_INPUT, error)
        exit_with(ExitCode.FINDINGS)
        raise


def load_catalogue(file: Path) -> Catalogue:
    """Return a catalogue that ``iku build`` wrote; raise UsageError for any other or inconsistent file."""
    from pydantic import ValidationError

    from pipeline.models.catalogue import Catalogue

    try:
        catalogue = Catalogue.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first_error = error.errors(include_url=False)[0]
        where = "/".join(map(str, first_error["loc"])) or "file"
        raise click.UsageError(
            f"{file} is not a catalogue of `iku build`: {where}: {first_error['msg']}."
        ) from None
    documents, indicators = {d.id for d in catalogue.documents}, {i.id for i in catalogue.indicators}
    document_refs = {i.document for i in catalogue.indicators} | {
        f.place.document for f in catalogue.findings
    }
    if not document_refs <= documents or any(
        member not in indicators for cluster in catalogue.clusters for member in cluster.members
    ):
        raise click.UsageError(
            f"{file} refers to documents or indicators that it does not hold: build it again."
        )
    return catalogue


def find_settings_file(config: Path | None, output_folder: Path | None = None) -> Path | None:
    """Return the settings file that is named, or the one in the usual places."""
    candidates = [folder / SETTINGS_FILE for folder in (output_folder, Path()) if folder is not None]
    return config if config is not None else next((path for path in candidates if path.is_file()), None)


def apply_settings(catalogue: Catalogue, config: Path | None, output_folder: Path | None = None) -> Catalogue:
    """Return the catalogue under the settings that are named or found; report which are in force.

    Raises:
        SettingsError: the settings cannot be used.
    """
    from datetime import date

    from pipeline.audit.settings import audit_settings as settings

    file = find_settings_file(config, output_folder)
    if file is None:
        return catalogue
    audit_settings = settings.load_settings(file)
    configured_catalogue = settings.apply_settings(catalogue, audit_settings, date.today())
    waived = sum(finding.waived is not None for finding in configured_catalogue.findings)
    click.echo(
        settings.describe_settings(
            str(file),
            audit_settings,
            waived,
            len(settings.find_unused_waivers(audit_settings, catalogue.findings)),
        ),
        err=True,
    )
    return configured_catalogue


def document_paths(paths: tuple[str, ...], catalogue: Catalogue) -> dict[str, str]:
    """Return the path of each document by its id: two folders may hold the same file name."""
    from contextlib import suppress
    from hashlib import sha256

    import extractors
    from extractors.file_names import printable_name
    from pipeline.engine.discover import find_documents

    by_content = {document.sha256: document.id for document in catalogue.documents}
    path_by_id: dict[str, str] = {}
    for path in find_documents(Path(path) for path in paths if path != STANDARD_INPUT):
        with suppress(extractors.ReadError):  # such a file is among the failures
            if name := by_content.get(sha256(extractors.read_content(path)).hexdigest()):
                path_by_id.setdefault(name, printable_name(str(path)))
    return {document.id: path_by_id.get(document.id, document.name) for document in catalogue.documents}


def catalogue_exit_code(catalogue: Catalogue) -> ExitCode:
    """Return ``FINDINGS`` if there are failed documents, or errors or warnings that nobody waived."""
    serious = any(f.severity in ("error", "warning") and f.waived is None for f in catalogue.findings)
    return ExitCode.FINDINGS if serious or catalogue.failures else ExitCode.FINE
