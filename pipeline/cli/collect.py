"""Reading and auditing what a command was given, for ``iku build`` and ``iku check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.kinds import ENDINGS
from pipeline.cli.exits import Exit
from pipeline.cli.files import STANDARD_INPUT, failed, leave, standard_input

if TYPE_CHECKING:
    from pipeline.catalogue import Catalogue


OWN_DECISIONS = "decisions.yaml"
SETTINGS = "audit.yaml"
"""Where ``iku review`` writes, beside a catalogue."""


def catalogue(
    paths: tuple[str, ...],
    definitions: Path | None,
    decisions: Path | None,
    own: Path | None = None,
    passwords: tuple[str, ...] = (),
) -> Catalogue:
    """The catalogue of the given files and folders; ``-`` is standard input.

    ``own``: decisions made on the catalogue that is built, which come after ``decisions``. ``passwords`` are
    tried in turn on locked PDFs.

    Raises:
        TableError: definitions or decisions that cannot be used.
    """
    from pipeline import building, linking

    files = [Path(path) for path in paths if path != STANDARD_INPUT]
    known = linking.load(definitions)
    ids = [definition.id for definition in known]
    decided = linking.load_decisions(decisions, ids)
    if own is not None and own.exists():
        decided += linking.load_decisions(own, ids)
    for conflict in linking.conflicts(decided):
        click.echo(conflict.told, err=True)
    made = building.build(files, known, decided, given(paths), passwords)
    if not made.documents and not made.failures:
        click.echo(f"There is no document under the given paths ({', '.join(sorted(ENDINGS))}).", err=True)
        leave(Exit.USAGE)
    return made


def given(paths: tuple[str, ...]) -> dict[str, bytes]:
    """Standard input, if it is asked for, by its name."""
    if STANDARD_INPUT not in paths:
        return {}
    import extractors

    try:
        return {"stdin": standard_input()}
    except extractors.ReadError as error:
        failed(STANDARD_INPUT, error)
        leave(Exit.FINDINGS)
        raise


def loaded(file: Path) -> Catalogue:
    """A catalogue that ``iku build`` wrote. What is none, or does not hold together, is wrong use."""
    from pydantic import ValidationError

    from pipeline.catalogue import Catalogue

    try:
        made = Catalogue.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = "/".join(map(str, first["loc"])) or "file"
        raise click.UsageError(f"{file} is no catalogue of `iku build`: {where}: {first['msg']}.") from None
    documents, indicators = {d.id for d in made.documents}, {i.id for i in made.indicators}
    named = {i.document for i in made.indicators} | {f.place.document for f in made.findings}
    if not named <= documents or any(
        member not in indicators for cluster in made.clusters for member in cluster.members
    ):
        raise click.UsageError(f"{file} names documents or indicators that it does not hold: build it anew.")
    return made


def settings_file(config: Path | None, beside: Path | None = None) -> Path | None:
    """The settings that were named, or found where they usually lie."""
    usual = [folder / SETTINGS for folder in (beside, Path()) if folder is not None]
    return config if config is not None else next((path for path in usual if path.is_file()), None)


def configured(made: Catalogue, config: Path | None, beside: Path | None = None) -> Catalogue:
    """The catalogue under the settings that were named, or found where they usually lie; it is said which.

    Raises:
        SettingsError: settings that cannot be used.
    """
    from datetime import date

    from pipeline.audit import settings

    file = settings_file(config, beside)
    if file is None:
        return made
    chosen = settings.load_settings(file)
    changed = settings.applied(made, chosen, date.today())
    waived = sum(finding.waived is not None for finding in changed.findings)
    click.echo(settings.told(str(file), chosen, waived, len(settings.idle(chosen, made.findings))), err=True)
    return changed


def places(paths: tuple[str, ...], made: Catalogue) -> dict[str, str]:
    """Each document's id with the path that it was given under: two folders may hold the same file name."""
    from contextlib import suppress
    from hashlib import sha256

    import extractors
    from pipeline.building import documents

    by_content = {document.sha256: document.id for document in made.documents}
    found: dict[str, str] = {}
    for path in documents(Path(path) for path in paths if path != STANDARD_INPUT):
        with suppress(extractors.ReadError):  # such a file is among the failures
            if name := by_content.get(sha256(extractors.content(path)).hexdigest()):
                found.setdefault(name, str(path))
    return {document.id: found.get(document.id, document.name) for document in made.documents}


def outcome(made: Catalogue) -> Exit:
    """``FINDINGS`` where there are errors or warnings that nobody waived, or failed documents."""
    serious = any(f.severity in ("error", "warning") and f.waived is None for f in made.findings)
    return Exit.FINDINGS if serious or made.failures else Exit.FINE
