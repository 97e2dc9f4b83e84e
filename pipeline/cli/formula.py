"""``iku formula`` and ``iku compare``: what a printed formula says, and how two of them differ."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import files, lines, options
from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas import Comparison, Reading

_TYPED_BREAK = re.compile(r"\\n(?!icefrac|ewline|eq|e\b|olimits|ot|onumber|leq|geq|abla|u\b)")
"""A line break as it is typed in a shell; some LaTeX commands begin so too."""
_DIVISION = re.compile(r"\s/\s|÷|\s:\s|\bdibagi\b|(?:[—–-]\s?){3,}", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
LINES = (
    "Exit status: 0 fine; 1 a line could not be used, or problems were found; 2 wrong use; 130 interrupted."
)


@click.command(epilog=LINES, short_help="A printed formula to its reading.")
@click.argument("raw", metavar="RAW")
@click.option("--latex", is_flag=True, help="Also write it as LaTeX.")
@click.option("--mathml", is_flag=True, help="Also write it as MathML.")
@click.option(
    "--name", metavar="NAME", help="The indicator's name: also check whether the formula makes sense of it."
)
@click.option("--unit", metavar="UNIT", help="Its unit, for --name.")
@click.option("--explanation", metavar="TEXT", help="What is printed beside it: definitions of its codes.")
@options.language("of the problems")
def formula(
    raw: str,
    latex: bool,
    mathml: bool,
    name: str | None,
    unit: str | None,
    explanation: str | None,
    language: str,
) -> None:
    r"""Read the printed formula RAW, in which `\n` is a line break (`-`: one a line, as JSON strings).

    Writes JSON lines `{"raw", "expression", "confidence", "repairs"}`; where nothing can be read,
    `expression` is null and `reason` says why. Of a single RAW each step is shown on standard error. With
    --name, `problems` holds what the audit finds in it: by itself, against the name and against the
    definition that has this name.
    """
    from pipeline import formulas

    if raw != files.STANDARD_INPUT:
        raw = _TYPED_BREAK.sub("\n", raw)
        reading = formulas.read(raw, explanation or "")
        _show(reading)
        row = _row(raw, reading, latex, mathml)
        problems = _problems(name, raw, unit, explanation, language) if name else []
        lines.write(row | ({"problems": problems} if name else {}))
        files.leave(Exit.FINDINGS if problems else Exit.FINE)
        return
    if name or unit or explanation:
        raise click.UsageError("--name, --unit and --explanation go with a single RAW, not with `-`.")
    for _, line in lines.Lines(raw):
        printed = _string(line)
        lines.write(_row(printed, formulas.read(printed), latex, mathml))


@click.command(epilog=LINES, short_help="How a decree's formula differs from a definition's.")
@click.argument("definition", metavar="DEFINITION")
@click.argument("decree", metavar="DECREE", required=False)
def compare(definition: str, decree: str | None) -> None:
    """Compare DECREE (as printed, or linear) with DEFINITION (linear, as printed, or the id of one).

    `-`: JSON lines `{"definition", "decree"}` from standard input. Writes each with its `verdict`
    (`equivalent`, `differs`, `absent`, `unreadable`) and its `differences`. Lower-case words joined by `_`
    are an id, which a definition must have.
    """
    from pipeline.cli.identified import IdError, formula_of
    from pipeline.formulas import FormulaError

    if definition != files.STANDARD_INPUT:
        if decree is None:
            raise click.UsageError("Give a DEFINITION and a DECREE, or `-`.")
        if not definition.strip():
            raise click.BadParameter("Give a formula, or the id of a definition.", param_hint="DEFINITION")
        decree = _TYPED_BREAK.sub("\n", decree)
        try:
            definition = formula_of(definition)
            made = _compared(definition, decree)
        except (IdError, FormulaError) as error:
            raise click.BadParameter(str(error), param_hint="DEFINITION") from None
        _mark(definition, decree, made)
        lines.write(_verdict({"definition": definition, "decree": decree}, made))
        return
    read = lines.Lines(files.STANDARD_INPUT)
    for number, line in read:
        row = _pair(number, line, read) if line.strip() else None
        if row is None:
            continue
        try:
            lines.write(_verdict(row, _compared(formula_of(row["definition"]), row["decree"])))
        except (IdError, FormulaError) as error:
            read.refused(number, f"definition: {error}")
    files.leave(Exit.FINDINGS if read.bad else Exit.FINE)


def _problems(
    name: str, raw: str, unit: str | None, explanation: str | None, language: str
) -> list[dict[str, str]]:
    """What is wrong with the formula of this name, shown and as data."""
    from pipeline.building.sense import formula_problems

    found = formula_problems(name, raw, unit, explanation)
    for one in found:
        click.echo(f"{one.severity:11} {one.code} {getattr(one.message, language)}", err=True)
    if not found:
        click.echo("problems    none found", err=True)
    return [
        {
            "code": one.code,
            "severity": one.severity,
            "message": getattr(one.message, language),
            "expected": getattr(one.expected, language),
        }
        for one in found
    ]


def _string(line: str) -> str:
    """A line's JSON string; a line that is none is the formula itself."""
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return text if isinstance(text, str) else line


def _row(printed: str, reading: Reading, latex: bool, mathml: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "raw": printed,
        "expression": reading.expression,
        "confidence": reading.confidence,
        "repairs": list(reading.repairs),
    }
    if reading.expression is None:
        return {**row, "reason": reading.reason}
    from pipeline.formulas import parse, writing

    if latex:
        row["latex"] = writing.latex(parse(reading.expression))
    if mathml:
        row["mathml"] = writing.mathml(parse(reading.expression))
    return row


def _show(reading: Reading) -> None:
    """The steps, and what was repaired."""
    click.echo(f"raw         {reading.raw}", err=True)
    for number, line in enumerate(reading.cleaned.splitlines()):
        click.echo(f"{'' if number else 'cleaned':11} {line}", err=True)
    click.echo(f"expression  {reading.expression or f'none: {reading.reason}'}", err=True)
    repairs = f" ({'; '.join(reading.repairs)})" if reading.repairs else ""
    click.echo(f"confidence  {reading.confidence:.2f}{repairs}", err=True)


def _compared(definition: str, decree: str | None) -> Comparison:
    """Each side in the linear syntax as it stands, else as printed."""
    from pipeline import formulas

    if '"' not in definition and (read := formulas.read(definition)).expression is not None:
        definition = read.expression
    if decree is not None and '"' in decree:
        return formulas.compare(definition, decree)
    return formulas.compare_printed(definition, decree)


def _pair(number: int, line: str, read: lines.Lines) -> dict[str, Any] | None:
    """A line's definition and decree, or None: then it was said what is wrong."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        read.refused(number, f"is no JSON: {error}")
        return None
    sides = (row.get("definition"), row.get("decree", 0)) if isinstance(row, dict) else (None, 0)
    if not isinstance(sides[0], str) or not (sides[1] is None or isinstance(sides[1], str)):
        read.refused(number, 'needs an object with a text "definition" and a text or null "decree"')
        return None
    return dict(row)


def _verdict(row: dict[str, Any], made: Comparison) -> dict[str, Any]:
    differences = [
        {"side": d.side, "kind": d.kind, "definition": list(d.definition), "decree": list(d.decree)}
        for d in made.differences
    ]
    return {**row, "verdict": made.verdict, "differences": differences}


def _mark(definition: str, decree: str, made: Comparison) -> None:
    """Both formulas with the words that differ marked, and each difference by name."""
    for title, text, side in (("definition", definition, "definition"), ("decree", decree, "decree")):
        click.echo(f"{title:11} ", err=True, nl=False)
        for piece, differs in _marked(text, made, side):
            click.secho(f"[{piece}]" if differs else piece, err=True, nl=False, fg="red" if differs else None)
        click.echo(err=True)
    why = f" ({_reason(decree)})" if made.verdict == "unreadable" else ""
    click.echo(f"{'verdict':11} {made.verdict}{why}", err=True)
    for difference in made.differences:
        told = "; ".join((*difference.definition, *(f"decree: {w}" for w in difference.decree)))
        click.echo(f"{'':11} {difference.side}: {difference.kind}{f' ({told})' if told else ''}", err=True)


def _marked(text: str, made: Comparison, side: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; words of a numerator are marked above the line alone, if one line is seen."""
    from pipeline.marking import pieces

    words: dict[str, list[str]] = {}
    for difference in made.differences:
        words.setdefault(difference.side, []).extend(getattr(difference, side))
    shown = " ".join(text.split())
    blind = _QUOTED.sub(lambda quoted: "x" * len(quoted.group()), shown)
    lines = list(_DIVISION.finditer(blind))
    if len(lines) != 1:
        yield from pieces(shown, [word for found in words.values() for word in found])
        return
    rest = words.pop("structure", [])
    above, below = (words.pop(name, []) for name in ("numerator", "denominator"))
    rest += [word for found in words.values() for word in found]
    yield from pieces(shown[: lines[0].start()], above + rest)
    yield shown[lines[0].start() : lines[0].end()], False
    yield from pieces(shown[lines[0].end() :], below + rest)


def _reason(decree: str) -> str:
    from pipeline import formulas

    if '"' not in decree:
        return formulas.read(decree).reason or "its reading cannot be compared"
    try:
        formulas.parse(decree)
    except formulas.FormulaError as error:
        return str(error)
    return "its reading cannot be compared"
