"""``iku build``: files and folders to a checked catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.support import command_options
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from pipeline.cli.support.build_progress import ProgressLines
    from pipeline.engine import BuildRequest, BuildResult

MOST_SUMMARY_LINES = 200
"""Lines of a summary that are printed; of a longer one only the head is."""


@click.command(epilog=EPILOG, short_help="Files and folders to a checked catalogue.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@command_options.build_options
@command_options.review_options
@command_options.corrections_option
@command_options.config_option
@command_options.password_option
@command_options.as_one_option
@click.option("--report", is_flag=True, help="Also write the report, as `iku report` does.")
@click.option("-q", "--quiet", is_flag=True, help="Show neither progress nor summary.")
def build(
    paths: tuple[str, ...], report: bool, quiet: bool, as_one: str | None, **option_values: Any
) -> None:
    """Build the catalogue of all decrees under PATH… (files, folders, `-` for standard input).

    Writes DIR/catalogue.json (documents, indicators with their definitions and verdicts, findings),
    DIR/summary.md and DIR/build.json (the result for each file), each completely or not at all; with
    --report also audit.html, audit.xlsx and findings.json. A document that cannot be read is reported; the
    others are built. Decisions that `iku review` wrote to DIR/decisions.yaml apply, and so do corrections in
    DIR/corrections.yaml. The same input gives the same bytes; what is unchanged is not computed again.
    """
    from dataclasses import replace

    from pipeline.cli.support import picture_series, standard_streams
    from pipeline.cli.support.build_progress import make_progress
    from pipeline.engine.discover import search_paths

    other_paths, combined = picture_series.combine_as_one(paths, as_one)
    request = make_request(other_paths, **option_values)
    request = replace(request, contents={**request.contents, **combined})
    result = run_build(request, make_progress(quiet))
    print_result(result, request.out, quiet)
    failures = [(failure.name, failure.status) for failure in result.failures]
    if incomplete := picture_series.incomplete_pictures(failures):
        file_names = [path.name for path in search_paths(map(Path, request.paths)).documents]
        picture_series.offer_as_one(file_names, incomplete)
    if report and result.documents:
        _write_report(paths, request.out, option_values)
    standard_streams.exit_with(build_exit_code(result))


def _write_report(paths: tuple[str, ...], out: Path, option_values: dict[str, Any]) -> None:
    """Write audit.html, audit.xlsx and findings.json next to the catalogue."""
    from pipeline.cli.catalogue.report_command import write_report

    originals = [path for path in map(Path, paths) if path.exists()]
    review_options = {name: option_values[name] for name in ("definitions", "decisions", "passwords")}
    write_report(out / "catalogue.json", originals, out, **review_options)


def make_request(
    paths: tuple[str, ...],
    out: Path,
    definitions: Path | None,
    decisions: Path | None,
    corrections: Path | None,
    jobs: int | None,
    cluster: str | None,
    cache: str | None,
    time_limit: float | None,
    memory_limit: int,
    config: Path | None,
    passwords: tuple[str, ...],
) -> BuildRequest:
    """Return the build that the command line asks for."""
    from pipeline.cli.support import command_inputs, standard_streams
    from pipeline.cli.support.executor_factory import make_executor_factory
    from pipeline.engine import BuildRequest

    own_decisions = out / command_inputs.DECISIONS_FILE
    own_corrections = out / command_inputs.CORRECTIONS_FILE
    return BuildRequest(
        paths=tuple(path for path in paths if path != standard_streams.STANDARD_INPUT),
        out=out,
        executor=make_executor_factory(jobs, cluster, memory_limit),
        cache=cache_address(out, cache),
        definitions=definitions,
        decisions=(decisions, own_decisions) if own_decisions.exists() else (decisions,),
        corrections=corrections or (own_corrections if own_corrections.exists() else None),
        contents=command_inputs.collect_stdin(paths),
        settings=command_inputs.find_settings_file(config, out),
        passwords=passwords,
        seconds=time_limit,
    )


def cache_address(out: Path, cache: str | None) -> str | None:
    """Return the address of the cache; None where nothing is to be kept."""
    if cache is None:
        return str(out / command_options.CACHE_FOLDER)
    return None if cache == "none" else cache


def run_build(request: BuildRequest, progress: ProgressLines) -> BuildResult:
    """Run a build; report an interrupt and end the workers."""
    from pipeline import engine
    from pipeline.cli.support import standard_streams

    try:
        return engine.run_build(request, progress)
    except KeyboardInterrupt:
        progress.close()
        position = f" at {progress.done} of {progress.total} ({progress.now})" if progress.now else ""
        resume_hint = "Finished work is kept: the same command goes on from there." if request.cache else ""
        click.echo(
            f"\nInterrupted{position}. The last outputs are unchanged. {resume_hint}".rstrip(), err=True
        )
        standard_streams.exit_with(ExitCode.INTERRUPTED)
        raise
    finally:
        progress.close()


def print_result(result: BuildResult, out: Path, quiet: bool) -> None:
    """Print the result of a build on standard error."""
    from pipeline.cli.support.build_progress import format_duration, format_failure

    if not result.documents:
        hint = "The last catalogue and summary are unchanged." if (out / "catalogue.json").exists() else ""
        click.echo(f"No document could be read; {out / 'build.json'} says why. {hint}".rstrip(), err=True)
        return
    if result.is_unchanged:
        for failure in result.failures:
            click.echo(format_failure(failure), err=True)
        click.echo("Nothing has changed since the last build; its outputs are kept.", err=True)
    elif not quiet:
        _print_summary(out / "summary.md")
    if not quiet:
        counts = (
            f"{result.documents} documents, {result.documents_read} newly read, {len(result.failures)} failed"
        )
        click.echo(f"{counts}; {format_duration(result.seconds)}.", err=True)
    click.echo("\n".join(str(path) for path in result.written_files), err=True)


def _print_summary(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) > MOST_SUMMARY_LINES:
        text = "\n".join([*lines[: lines.index("", 2)], "", f"({file}: {len(lines)} lines)"])
    from rich.console import Console
    from rich.markdown import Markdown

    Console(stderr=True).print(Markdown(text))


def build_exit_code(result: BuildResult) -> ExitCode:
    """Return ``FINDINGS`` if there are errors, warnings or failed documents."""
    is_clean = result.documents and not result.has_serious_findings and not result.failures
    return ExitCode.FINE if is_clean else ExitCode.FINDINGS
