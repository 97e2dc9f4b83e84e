"""``iku formula`` and ``iku compare``: what a printed formula says, and how two of them differ."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.support import command_options, json_lines, standard_streams
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas import FormulaComparison, FormulaReading

_TYPED_BREAK = re.compile(r"\\n(?!icefrac|ewline|eq|e\b|olimits|ot|onumber|leq|geq|abla|u\b)")
"""A line break as it is typed in a shell; some LaTeX commands begin so too."""
_DIVISION_SIGN = re.compile(r"\s/\s|÷|\s:\s|\bdibagi\b|(?:[—–-]\s?){3,}", re.IGNORECASE)
_QUOTED_WORDS = re.compile(r'"[^"]*"')
LINES_EPILOG = (
    "Exit status: 0 fine; 1 a line could not be used, or problems were found; 2 wrong use; 130 interrupted."
)


@click.command(epilog=LINES_EPILOG, short_help="A printed formula to its reading.")
@click.argument("raw", metavar="RAW")
@click.option("--latex", is_flag=True, help="Also write it as LaTeX.")
@click.option("--mathml", is_flag=True, help="Also write it as MathML.")
@click.option(
    "--name", metavar="NAME", help="The indicator's name: also check whether the formula makes sense of it."
)
@click.option("--unit", metavar="UNIT", help="Its unit, for --name.")
@click.option(
    "--explanation", metavar="TEXT", help="The explanation printed next to it: definitions of its codes."
)
@click.option("--explain", is_flag=True, help="Also show tokens, readings with their costs, and equations.")
@command_options.language_option("of the problems")
def formula(
    raw: str,
    latex: bool,
    mathml: bool,
    explain: bool,
    name: str | None,
    unit: str | None,
    explanation: str | None,
    language: str,
) -> None:
    r"""Read the printed formula RAW, in which `\n` is a line break (`-`: one a line, as JSON strings).

    Writes JSON lines `{"raw", "expression", "confidence", "repairs", "omissions"}`; where nothing can be
    read, `expression` is null and `reason` says why. Of a single RAW each step is shown on standard error.
    With --name, `problems` holds what the audit finds in it: by itself, against the name and against the
    definition that has this name.
    """
    from pipeline import formulas

    if raw != standard_streams.STANDARD_INPUT:
        raw = _TYPED_BREAK.sub("\n", raw)
        trace = formulas.trace_formula(raw, explanation or "")
        reading = trace.reading
        _print_reading(reading)
        for title, line in formulas.describe_trace(trace) if explain else ():
            click.echo(f"{title:11} {line}", err=True)
        row = _reading_row(raw, reading, latex, mathml)
        problems = _report_problems(name, raw, unit, explanation, language) if name else []
        json_lines.write_json_line(row | ({"problems": problems} if name else {}))
        standard_streams.exit_with(ExitCode.FINDINGS if problems else ExitCode.FINE)
        return
    if name or unit or explanation or explain:
        raise click.UsageError(
            "--name, --unit, --explanation and --explain go with a single RAW, not with `-`."
        )
    for _, line in json_lines.InputLines(raw):
        text = _parse_string_line(line)
        json_lines.write_json_line(_reading_row(text, formulas.read_formula(text), latex, mathml))


@click.command(epilog=LINES_EPILOG, short_help="How a decree's formula differs from a definition's.")
@click.argument("definition", metavar="DEFINITION")
@click.argument("decree", metavar="DECREE", required=False)
def compare(definition: str, decree: str | None) -> None:
    """Compare DECREE (as printed, or linear) with DEFINITION (linear, as printed, or the id of one).

    `-`: JSON lines `{"definition", "decree"}` from standard input. Writes each with its `verdict`
    (`equivalent`, `differs`, `absent`, `unreadable`) and its `differences`. Lower-case words joined by `_`
    are an id, which a definition must have.
    """
    from pipeline.cli.support.definition_ids import resolve_formula
    from pipeline.errors import FormulaError

    if definition != standard_streams.STANDARD_INPUT:
        if decree is None:
            raise click.UsageError("Give a DEFINITION and a DECREE, or `-`.")
        if not definition.strip():
            raise click.BadParameter("Give a formula, or the id of a definition.", param_hint="DEFINITION")
        decree = _TYPED_BREAK.sub("\n", decree)
        try:
            definition = resolve_formula(definition)
            comparison = _compare_sides(definition, decree)
        except FormulaError as error:
            raise click.BadParameter(str(error), param_hint="DEFINITION") from None
        _print_comparison(definition, decree, comparison)
        json_lines.write_json_line(_verdict_row({"definition": definition, "decree": decree}, comparison))
        return
    input_lines = json_lines.InputLines(standard_streams.STANDARD_INPUT)
    for number, line in input_lines:
        row = _parse_pair(number, line, input_lines) if line.strip() else None
        if row is None:
            continue
        try:
            json_lines.write_json_line(
                _verdict_row(row, _compare_sides(resolve_formula(row["definition"]), row["decree"]))
            )
        except FormulaError as error:
            input_lines.reject_line(number, f"definition: {error}")
    standard_streams.exit_with(ExitCode.FINDINGS if input_lines.bad else ExitCode.FINE)


def _report_problems(
    name: str, raw: str, unit: str | None, explanation: str | None, language: str
) -> list[dict[str, str]]:
    """Print what is wrong with the formula of this name, and return it as data."""
    from pipeline.engine.check_formula import find_formula_problems

    problems = find_formula_problems(name, raw, unit, explanation)
    for problem in problems:
        click.echo(f"{problem.severity:11} {problem.code} {getattr(problem.message, language)}", err=True)
    if not problems:
        click.echo("problems    none found", err=True)
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "message": getattr(problem.message, language),
            "expected": getattr(problem.expected, language),
        }
        for problem in problems
    ]


def _parse_string_line(line: str) -> str:
    """Return the JSON string of a line; any other line is the formula itself."""
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return text if isinstance(text, str) else line


def _reading_row(raw: str, reading: FormulaReading, latex: bool, mathml: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "raw": raw,
        "expression": reading.expression,
        "confidence": reading.confidence,
        "repairs": list(reading.repairs),
        "omissions": [{"kind": omission.kind, "text": omission.text} for omission in reading.omissions],
    }
    if reading.expression is None:
        return {**row, "reason": reading.reason}
    from pipeline.formulas import parse_expression
    from pipeline.formulas.expression import render_formula

    if latex:
        row["latex"] = render_formula.render_latex(parse_expression(reading.expression))
    if mathml:
        row["mathml"] = render_formula.render_mathml(parse_expression(reading.expression))
    return row


def _print_reading(reading: FormulaReading) -> None:
    """Print the steps of a reading and its repairs."""
    click.echo(f"raw         {reading.raw}", err=True)
    for number, line in enumerate(reading.cleaned.splitlines()):
        click.echo(f"{'' if number else 'cleaned':11} {line}", err=True)
    click.echo(f"expression  {reading.expression or f'none: {reading.reason}'}", err=True)
    repairs = f" ({'; '.join(reading.repairs)})" if reading.repairs else ""
    click.echo(f"confidence  {reading.confidence:.2f}{repairs}", err=True)


def _compare_sides(definition: str, decree: str | None) -> FormulaComparison:
    """Compare the two sides; each is taken as linear syntax if it is valid, otherwise as printed."""
    from pipeline import formulas

    if '"' not in definition and (reading := formulas.read_formula(definition)).expression is not None:
        definition = reading.expression
    if decree is not None and '"' in decree:
        return formulas.compare_formulas(definition, decree)
    return formulas.compare_printed_formula(definition, decree)


def _parse_pair(number: int, line: str, input_lines: json_lines.InputLines) -> dict[str, Any] | None:
    """Return a line's definition and decree; None after reporting what is wrong."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        input_lines.reject_line(number, f"not valid JSON: {error}")
        return None
    sides = (row.get("definition"), row.get("decree", 0)) if isinstance(row, dict) else (None, 0)
    if not isinstance(sides[0], str) or not (sides[1] is None or isinstance(sides[1], str)):
        input_lines.reject_line(
            number, 'needs an object with a text "definition" and a text or null "decree"'
        )
        return None
    return dict(row)


def _verdict_row(row: dict[str, Any], comparison: FormulaComparison) -> dict[str, Any]:
    differences = [
        {"side": d.side, "kind": d.kind, "definition": list(d.definition), "decree": list(d.decree)}
        for d in comparison.differences
    ]
    return {**row, "verdict": comparison.verdict, "differences": differences}


def _print_comparison(definition: str, decree: str, comparison: FormulaComparison) -> None:
    """Print both formulas with the differing words marked, and each difference."""
    for title, text, side in (("definition", definition, "definition"), ("decree", decree, "decree")):
        click.echo(f"{title:11} ", err=True, nl=False)
        for piece, differs in _marked_pieces(text, comparison, side):
            click.secho(f"[{piece}]" if differs else piece, err=True, nl=False, fg="red" if differs else None)
        click.echo(err=True)
    why = f" ({_unreadable_reason(decree)})" if comparison.verdict == "unreadable" else ""
    click.echo(f"{'verdict':11} {comparison.verdict}{why}", err=True)
    for difference in comparison.differences:
        details = "; ".join((*difference.definition, *(f"decree: {w}" for w in difference.decree)))
        click.echo(
            f"{'':11} {difference.side}: {difference.kind}{f' ({details})' if details else ''}", err=True
        )


def _marked_pieces(text: str, comparison: FormulaComparison, side: str) -> Iterator[tuple[str, bool]]:
    """Return the text in pieces; words of a numerator are marked above the fraction line only."""
    from pipeline.language.highlight import split_at_phrases

    words: dict[str, list[str]] = {}
    for difference in comparison.differences:
        words.setdefault(difference.side, []).extend(getattr(difference, side))
    flat_text = " ".join(text.split())
    masked_text = _QUOTED_WORDS.sub(lambda quoted: "x" * len(quoted.group()), flat_text)
    division_signs = list(_DIVISION_SIGN.finditer(masked_text))
    if len(division_signs) != 1:
        yield from split_at_phrases(flat_text, [word for side_words in words.values() for word in side_words])
        return
    other_words = words.pop("structure", [])
    numerator_words, denominator_words = (words.pop(name, []) for name in ("numerator", "denominator"))
    other_words += [word for side_words in words.values() for word in side_words]
    yield from split_at_phrases(flat_text[: division_signs[0].start()], numerator_words + other_words)
    yield flat_text[division_signs[0].start() : division_signs[0].end()], False
    yield from split_at_phrases(flat_text[division_signs[0].end() :], denominator_words + other_words)


def _unreadable_reason(decree: str) -> str:
    from pipeline import formulas
    from pipeline.errors import FormulaError

    if '"' not in decree:
        return formulas.read_formula(decree).reason or "its reading cannot be compared"
    try:
        formulas.parse_expression(decree)
    except FormulaError as error:
        return str(error)
    return "its reading cannot be compared"
