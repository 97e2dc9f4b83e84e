"""``iku review`` and ``iku propose``: what a person decides on a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import collect, files
from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.linking import Decision, Definition
    from pipeline.marking import Marked
    from pipeline.reviewing.questions import Question
    from pipeline.reviewing.session import Session

HELP = "1-9 same as that one, d different from 1, n new, x no indicator, s skip, u undo, q quit"
_catalogue = click.argument(
    "catalogue", metavar="CATALOGUE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
_definitions = click.option(
    "--definitions",
    type=click.Path(exists=True, path_type=Path),
    help="Definitions (YAML) in place of the reviewed ones.",
)


@click.command(short_help="Decide what the machine cannot, one name after the other.")
@_catalogue
@_definitions
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write (YAML, made if needed); default: decisions.yaml beside CATALOGUE.",
)
@click.option("--who", help="Role or initials that the decisions are signed with; asked for if missing.")
@click.option(
    "--export", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the questions as XLSX."
)
@click.option(
    "--import",
    "answered",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from such an XLSX.",
)
def review(
    catalogue: Path,
    definitions: Path | None,
    decisions: Path | None,
    who: str | None,
    out: Path | None,
    answered: Path | None,
) -> None:
    """Go through the names of CATALOGUE (a catalogue.json) that only a person can link.

    Each decision is written at once; `iku build` into the same folder replays them.
    """
    from datetime import date

    from pipeline import linking
    from pipeline.reviewing.questions import questions
    from pipeline.reviewing.session import Session

    made = collect.loaded(catalogue)
    known = {definition.id: definition for definition in linking.load(definitions)}
    file = decisions if decisions is not None else catalogue.with_name(collect.OWN_DECISIONS)
    decided = linking.load_decisions(known=known) + (
        linking.load_decisions(file, known) if file.exists() else ()
    )
    for conflict in linking.conflicts(decided):
        click.echo(conflict.told, err=True)
    open_ = questions(made, known.values(), decided)
    if out is not None:
        _export(open_, out)
    elif answered is not None:
        _import(answered, open_, known, file, who)
    elif not open_:
        click.echo("Nothing is left to decide.", err=True)
    else:
        who = who or click.prompt("Who decides (role or initials)", err=True)
        _sit(Session(open_, known, file, who, date.today()), file)


@click.command(short_help="Draft definitions from what kecamatan agree on.")
@_catalogue
@_definitions
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="Kecamatan that must share it."
)
def propose(catalogue: Path, definitions: Path | None, least: int) -> None:
    """Write draft definitions (YAML) for the clusters of CATALOGUE: the formula of most, and who differs."""
    from pipeline import linking
    from pipeline.reviewing.proposing import as_yaml, drafts

    taken = [definition.id for definition in linking.load(definitions)]
    found = drafts(collect.loaded(catalogue), least, taken)
    if not found:
        click.echo(f"No indicator without definition is shared by {least} kecamatan.", err=True)
        return
    click.echo(as_yaml(found).encode(), nl=False)


def _export(open_: tuple[Question, ...], out: Path) -> None:
    import io

    from pipeline.reviewing import sheets
    from pipeline.whole import write_whole

    packed = io.BytesIO()
    sheets.export(open_, packed)
    write_whole({out: packed.getvalue()})
    click.echo(f"{out}: {len(open_)} questions.", err=True)


def _import(
    answered: Path, open_: tuple[Question, ...], known: dict[str, Definition], file: Path, who: str | None
) -> None:
    from datetime import date

    from pipeline.linking.recording import append
    from pipeline.reviewing import sheets

    decided, refused = sheets.answers(answered, open_, known, who, date.today())
    for decision in decided:
        append(file, decision)
    for row in refused:
        click.echo(f"{answered.name}, row {row.row}: {row.reason}", err=True)
    click.echo(f"{file}: {len(decided)} decisions added, {len(refused)} rows refused.", err=True)
    files.leave(Exit.FINDINGS if refused else Exit.FINE)


def _sit(session: Session, file: Path) -> None:
    from pipeline.reviewing.session import AnsweredElsewhere

    while True:
        for decision in session.elsewhere():
            click.echo(f"{_told(decision)} It is asked no more.", err=True)
        if session.current is None:
            break
        _show(session.current, session.left)
        answer = click.prompt(HELP, err=True, default="s", show_default=False).strip().lower()
        if answer == "q":
            break
        try:
            understood = _answered(session, session.current, answer)
        except AnsweredElsewhere as error:
            click.echo(f"{_told(error.decision)} Answer once more to overrule that, or s.", err=True)
            continue
        if not understood:
            click.echo("Please answer with one of the letters, or the number of a definition.", err=True)
    click.echo(f"{session.decided} decided, {session.left} left. {file}", err=True)


def _told(decision: Decision) -> str:
    """What somebody else just decided."""
    what = f"{decision.verdict}{f' {decision.definition}' if decision.definition else ''}"
    return f"“{decision.text}” was just decided elsewhere: {what} ({decision.who})."


def _answered(session: Session, question: Question, answer: str) -> bool:
    """Do what an answer asks for; False where it is none."""
    if answer.isdecimal() and 1 <= int(answer) <= len(question.choices):
        session.decide("same", question.choices[int(answer) - 1].id)
    elif answer == "d" and question.choices:
        session.decide("different", question.choices[0].id)
    elif answer == "n":
        session.decide("new")
    elif answer == "x":
        session.decide("not-an-indicator")
    elif answer == "s":
        session.skip()
    elif answer == "u":
        if not session.undo():
            click.echo("There is nothing to undo.", err=True)
    else:
        return False
    return True


def _show(question: Question, left: int) -> None:
    """The text and its candidates side by side, what differs marked, and what stands around it."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.marking import marked

    console = Console(stderr=True, highlight=False)
    console.rule(f"{left} left")
    own = question.places[0].kecamatan
    table = Table(show_lines=True, expand=True)
    for title in ("", "Printed", "Definition", "Why not"):
        table.add_column(title, ratio=None if not title else 3)
    for number, choice in enumerate(question.choices, start=1):
        here, there = marked(question.text, choice.name, own)
        formula = f"\n{choice.formula}" if choice.formula else ""
        why = f"{choice.reason} ({choice.score:.2f})"
        table.add_row(str(number), _text(here), _text(there).append(formula, "dim"), _text([(why, False)]))
    console.print(table if question.choices else _text([(question.text, False)]))
    console.print(question.reason, markup=False)
    for place in question.places[:5]:
        console.print(f"  {place.kecamatan or '?'}, {place.where}", markup=False, style="bold")
        for name, value in (("Sasaran", place.objective), ("Rumus", place.formula)):
            if value:
                console.print(f"    {name}: {value}", markup=False)
    if len(question.places) > 5:
        console.print(f"  and {len(question.places) - 5} more")


def _text(pieces: Marked) -> Text:
    from rich.text import Text as Made

    out = Made()
    for piece, differs in pieces:
        out.append(f"[{piece}]" if differs else piece, "bold red" if differs else "")
    return out
