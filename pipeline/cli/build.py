"""``iku build``: files and folders to a checked catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG, Exit

if TYPE_CHECKING:
    from pipeline.cli.progress import Lines
    from pipeline.engine import Order, Outcome

LONGEST = 200
"""Lines of a summary that are shown; what is longer is pointed to."""


@click.command(epilog=EPILOG, short_help="Files and folders to a checked catalogue.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@options.built
@options.reviewed
@options.configured
@options.passwords
@click.option("--report", is_flag=True, help="Then make the report too, as `iku report` does.")
@click.option("-q", "--quiet", is_flag=True, help="Show neither progress nor summary.")
def build(paths: tuple[str, ...], report: bool, quiet: bool, **asked: Any) -> None:
    """Build the catalogue of all decrees under PATH… (files, folders, `-` for standard input).

    Writes DIR/catalogue.json (documents, indicators with their definitions and verdicts, findings),
    DIR/summary.md and DIR/build.json (what became of each file), each whole or not at all; with --report
    audit.html, audit.xlsx and findings.json too. A document that cannot be read is reported and costs
    itself alone. Decisions that `iku review` wrote to DIR/decisions.yaml hold. The same input gives the
    same bytes; what is unchanged is not computed again.
    """
    from pipeline.cli import files
    from pipeline.cli.progress import on_terminal
    from pipeline.engine import BuildError, NoDocumentError
    from pipeline.workers import TaskError

    order = ordered(paths, **asked)
    progress = on_terminal(quiet)
    try:
        outcome = watched(order, progress)
    except (BuildError, TaskError) as error:
        click.echo(str(error), err=True)
        files.leave(Exit.USAGE if isinstance(error, NoDocumentError) else Exit.FINDINGS)
        return
    except OSError as error:
        click.echo(unwritten(order, error), err=True)
        files.leave(Exit.FINDINGS)
        return
    tell(outcome, order.out, quiet)
    if report and outcome.documents:
        _report(paths, order.out, asked)
    files.leave(status(outcome))


def _report(paths: tuple[str, ...], out: Path, asked: dict[str, Any]) -> None:
    """audit.html, audit.xlsx and findings.json beside the catalogue."""
    from pipeline.cli.report import write

    originals = [path for path in map(Path, paths) if path.exists()]
    reviewed = {name: asked[name] for name in ("definitions", "decisions", "passwords")}
    write(out / "catalogue.json", originals, out, **reviewed)


def ordered(
    paths: tuple[str, ...],
    out: Path,
    definitions: Path | None,
    decisions: Path | None,
    jobs: int | None,
    cluster: str | None,
    cache: str | None,
    time_limit: float | None,
    memory_limit: int,
    config: Path | None,
    passwords: tuple[str, ...],
) -> Order:
    """What the command line asks for."""
    from pipeline.cli import collect, files
    from pipeline.cli.workers import executor
    from pipeline.engine import Order

    own = out / collect.OWN_DECISIONS
    return Order(
        paths=tuple(path for path in paths if path != files.STANDARD_INPUT),
        out=out,
        executor=executor(jobs, cluster, memory_limit),
        cache=kept_at(out, cache),
        definitions=definitions,
        decisions=(decisions, own) if own.exists() else (decisions,),
        given=collect.given(paths),
        settings=collect.settings_file(config, out),
        passwords=passwords,
        seconds=time_limit,
    )


def kept_at(out: Path, cache: str | None) -> str | None:
    """The address of the cache; None where nothing is to be kept."""
    if cache is None:
        return str(out / options.CACHE)
    return None if cache == "none" else cache


def watched(order: Order, progress: Lines) -> Outcome:
    """Run a build; what ends it early ends its workers too, and is told."""
    from pipeline import engine
    from pipeline.cli import files

    try:
        return engine.run(order, progress)
    except KeyboardInterrupt:
        progress.close()
        at = f" at {progress.done} of {progress.total} ({progress.now})" if progress.now else ""
        kept = "What was done is kept: the same command goes on from there." if order.cache else ""
        click.echo(f"\nInterrupted{at}. The last outputs are as they were. {kept}".rstrip(), err=True)
        files.leave(Exit.INTERRUPTED)
        raise
    finally:
        progress.close()


def unwritten(order: Order, error: OSError) -> str:
    """That outputs or cache cannot be written or read."""
    told = error if error.strerror is None else f"{order.out}: cannot be written: {error.strerror}."
    return f"{told} Nothing was changed."


def tell(outcome: Outcome, out: Path, quiet: bool) -> None:
    """What came of a build, on standard error."""
    from pipeline.cli.progress import duration, told

    if not outcome.documents:
        stand = (
            "The last catalogue and summary stand as they were." if (out / "catalogue.json").exists() else ""
        )
        click.echo(f"No document could be read; {out / 'build.json'} says why. {stand}".rstrip(), err=True)
        return
    if outcome.unchanged:
        for failure in outcome.failures:
            click.echo(told(failure), err=True)
        click.echo("Nothing has changed since the last build; its outputs stand.", err=True)
    elif not quiet:
        _summary(out / "summary.md")
    if not quiet:
        counts = f"{outcome.documents} documents, {outcome.read} read anew, {len(outcome.failures)} failed"
        click.echo(f"{counts}; {duration(outcome.seconds)}.", err=True)
    click.echo("\n".join(str(path) for path in outcome.written), err=True)


def _summary(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) > LONGEST:
        text = "\n".join([*lines[: lines.index("", 2)], "", f"({file}: {len(lines)} lines)"])
    from rich.console import Console
    from rich.markdown import Markdown

    Console(stderr=True).print(Markdown(text))


def status(outcome: Outcome) -> Exit:
    """``FINDINGS`` where there are errors, warnings or failed documents."""
    fine = outcome.documents and not outcome.serious and not outcome.failures
    return Exit.FINE if fine else Exit.FINDINGS
