"""``iku corrections``: what people corrected, whether it still holds, and taking it back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import standard_streams
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.record import Decree
    from pipeline.corrections.correction_file import CorrectionEntry

    NumberedEntry = tuple[int, CorrectionEntry]


@click.command(epilog=EPILOG, short_help="What people corrected: list, verify, take back.")
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.argument("paths", metavar="[PATH…]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--revoke", "revoked", type=click.IntRange(1), metavar="NUMBER", help="Take this entry back.")
@click.option("--who", help="Role or name that the revocation is signed with.")
@click.option("--reason", default="dicabut", show_default=True, help="Why it is taken back.")
@click.option("--password", metavar="TEXT", help="Password of an encrypted PDF.")
def corrections(
    file: Path,
    paths: tuple[Path, ...],
    revoked: int | None,
    who: str | None,
    reason: str,
    password: str | None,
) -> None:
    """List the standing corrections in FILE (a corrections.yaml), and verify them against documents.

    PATH… are the documents or folders of them: each correction of one is standing, lapsed (something else is
    read now: look again), settled (it is read rightly now) or unfit (its field cannot hold the value, and
    no build takes the document: revoke it). Without a document its state is unknown.
    """
    from pipeline.corrections.correction_file import (
        append_corrections,
        find_disagreements,
        load_corrections,
    )

    entries = load_corrections(file)
    standing = _number_standing(entries)
    if revoked is not None:
        if not who:
            raise click.UsageError("--revoke needs --who.")
        entry = dict(standing).get(revoked)
        if entry is None:
            raise click.UsageError(f"{file} has no standing correction {revoked}.")
        append_corrections(file, [_revocation(entry, who, reason)])
        click.echo(f"{file}: {revoked} is taken back: {_describe_entry(entry)}", err=True)
        return
    states = _verify_entries(paths, [entry for _, entry in standing], password)
    for number, entry in standing:
        state = states.get(entry.place, "unknown")
        click.echo(f"{number}  {state}  {_describe_entry(entry)}")
    for earlier, later in find_disagreements(entries):
        click.echo(f"disputed: {_describe_entry(earlier)}; {_describe_entry(later)}")
    if standing:
        click.echo(f"Corrected fields: {_count_fields([entry for _, entry in standing])}.")
    needs_a_look = find_disagreements(entries) or {"lapsed", "unfit"}.intersection(states.values())
    standard_streams.exit_with(ExitCode.FINDINGS if needs_a_look else ExitCode.FINE)


def _number_standing(entries: Sequence[CorrectionEntry]) -> list[NumberedEntry]:
    """Return the standing entries, each with its number in the file, from 1."""
    from pipeline.corrections.correction_file import standing_corrections

    standing = [entry for own_entries in standing_corrections(entries).values() for entry in own_entries]
    return [
        (number, entry)
        for number, entry in enumerate(entries, start=1)
        if any(entry is standing_entry for standing_entry in standing)
    ]


def _revocation(entry: CorrectionEntry, who: str, reason: str) -> CorrectionEntry:
    from datetime import UTC, datetime

    fields = {"revoked": True, "who": who, "reason": reason, "when": datetime.now(UTC)}
    return entry.model_copy(update=fields)


def _verify_entries(
    paths: Sequence[Path], standing: Sequence[CorrectionEntry], password: str | None
) -> dict[tuple[str, str, str], str]:
    """Return the state of each correction whose document lies under the paths; only those are read."""
    import hashlib

    import extractors
    from extractors.errors import ReadError
    from pipeline.engine.discover import find_documents

    states: dict[tuple[str, str, str], str] = {}
    for path in find_documents(paths) if paths else ():
        try:
            data = extractors.read_content(path)
            document = f"sha256:{hashlib.sha256(data).hexdigest()}"
            own_entries = [entry for entry in standing if entry.document == document]
            if not own_entries:
                continue
            decree = extractors.read_bytes(data, path.name, password)
        except ReadError as error:
            standard_streams.print_read_error(str(path), error)
            continue
        states |= {entry.place: _verify_entry(decree, entry) for entry in own_entries}
    return states


def _verify_entry(decree: Decree, entry: CorrectionEntry) -> str:
    from pipeline.corrections.apply_corrections import apply_corrections, dump_fields, find_state
    from pipeline.corrections.correction_file import CorrectionError

    try:
        apply_corrections(decree, [entry])
    except CorrectionError:
        return "unfit"
    return find_state(dump_fields(decree), entry)


def _describe_entry(entry: CorrectionEntry) -> str:
    """Return an entry as one line."""
    from pipeline.reports.sanitize import reveal_hidden

    value = "removed" if entry.value is None else f"“{entry.value}”"
    return reveal_hidden(
        f"{entry.document[7:19]} {entry.pointer}: “{'' if entry.read is None else entry.read}” → {value} "
        f"({entry.who}, {entry.when:%Y-%m-%d}, {entry.reason})"
    )


def _count_fields(entries: Sequence[CorrectionEntry]) -> str:
    """Return how often each field was corrected, the most frequent first: a measure of the reader."""
    names = Counter(
        next((step for step in reversed(entry.pointer.split("/")) if step.isalpha() and step != "raw"), "")
        for entry in entries
    )
    return ", ".join(
        f"{name} {count}" for name, count in sorted(names.items(), key=lambda item: (-item[1], item[0]))
    )
