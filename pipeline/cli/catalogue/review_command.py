"""``iku review`` and ``iku propose``: what a person decides on a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import command_inputs, standard_streams
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.language.highlight import MarkedText
    from pipeline.linking import Decision, Definition
    from pipeline.review.questions import Question
    from pipeline.review.review_session import ReviewSession

ANSWER_HELP = "1-9 same as that one, d different from 1, n new, x no indicator, s skip, u undo, q quit"
_catalogue_argument = click.argument(
    "catalogue", metavar="CATALOGUE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
_definitions_option = click.option(
    "--definitions",
    type=click.Path(exists=True, path_type=Path),
    help="Definitions (YAML) in place of the reviewed ones.",
)


@click.command(short_help="Decide what the machine cannot, one name after the other.")
@_catalogue_argument
@_definitions_option
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write (YAML, created if needed); default: decisions.yaml next to CATALOGUE.",
)
@click.option("--who", help="Role or initials that the decisions are signed with; asked for if missing.")
@click.option(
    "--export", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the questions as XLSX."
)
@click.option(
    "--import",
    "answered",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the answers from such an XLSX.",
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
    from pipeline.review.questions import collect_questions
    from pipeline.review.review_session import ReviewSession

    loaded_catalogue = command_inputs.load_catalogue(catalogue)
    definitions_by_id = {definition.id: definition for definition in linking.load_definitions(definitions)}
    file = decisions if decisions is not None else catalogue.with_name(command_inputs.DECISIONS_FILE)
    decision_list = linking.load_decisions(known=definitions_by_id) + (
        linking.load_decisions(file, definitions_by_id) if file.exists() else ()
    )
    for conflict in linking.find_conflicts(decision_list):
        click.echo(conflict.message, err=True)
    question_list = collect_questions(loaded_catalogue, definitions_by_id.values(), decision_list)
    if out is not None:
        _export_workbook(question_list, out)
    elif answered is not None:
        _import_workbook(answered, question_list, definitions_by_id, file, who)
    elif not question_list:
        click.echo("Nothing is left to decide.", err=True)
    else:
        who = who or click.prompt("Who decides (role or initials)", err=True)
        _run_session(ReviewSession(question_list, definitions_by_id, file, who, date.today()), file)


@click.command(short_help="Draft definitions from what kecamatan agree on.")
@_catalogue_argument
@_definitions_option
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="Kecamatan that must share it."
)
def propose(catalogue: Path, definitions: Path | None, least: int) -> None:
    """Write draft definitions (YAML) for the clusters of CATALOGUE: the formula of most, and who differs."""
    from pipeline import linking
    from pipeline.review.definition_drafts import draft_definitions, drafts_to_yaml

    existing_ids = [definition.id for definition in linking.load_definitions(definitions)]
    draft_list = draft_definitions(command_inputs.load_catalogue(catalogue), least, existing_ids)
    if not draft_list:
        click.echo(f"No indicator without definition is shared by {least} kecamatan.", err=True)
        return
    click.echo(drafts_to_yaml(draft_list).encode(), nl=False)


def _export_workbook(question_list: tuple[Question, ...], out: Path) -> None:
    import io

    from pipeline.atomic_write import write_atomically
    from pipeline.review import review_workbook

    buffer = io.BytesIO()
    review_workbook.export_questions(question_list, buffer)
    write_atomically({out: buffer.getvalue()})
    click.echo(f"{out}: {len(question_list)} questions.", err=True)


def _import_workbook(
    workbook_file: Path,
    question_list: tuple[Question, ...],
    definitions_by_id: dict[str, Definition],
    file: Path,
    who: str | None,
) -> None:
    from datetime import date

    from pipeline.linking.decision_log import append_decision
    from pipeline.review import review_workbook

    decision_list, rejected_rows = review_workbook.read_answers(
        workbook_file, question_list, definitions_by_id, who, date.today()
    )
    for decision in decision_list:
        append_decision(file, decision)
    for row in rejected_rows:
        click.echo(f"{workbook_file.name}, row {row.row}: {row.reason}", err=True)
    click.echo(f"{file}: {len(decision_list)} decisions added, {len(rejected_rows)} rows rejected.", err=True)
    standard_streams.exit_with(ExitCode.FINDINGS if rejected_rows else ExitCode.FINE)


def _run_session(session: ReviewSession, file: Path) -> None:
    from pipeline.review.review_session import AnsweredElsewhere

    while True:
        for decision in session.take_foreign_decisions():
            click.echo(f"{_format_decision(decision)} It is not asked again.", err=True)
        if session.current_question is None:
            break
        _print_question(session.current_question, session.remaining_count)
        answer = click.prompt(ANSWER_HELP, err=True, default="s", show_default=False).strip().lower()
        if answer == "q":
            break
        try:
            is_valid = _apply_answer(session, session.current_question, answer)
        except AnsweredElsewhere as error:
            click.echo(
                f"{_format_decision(error.decision)} Answer once more to overrule that, or s.", err=True
            )
            continue
        if not is_valid:
            click.echo("Please answer with one of the letters, or the number of a definition.", err=True)
    click.echo(f"{session.decided_count} decided, {session.remaining_count} left. {file}", err=True)


def _format_decision(decision: Decision) -> str:
    """Return what somebody else just decided, as a sentence."""
    verdict_text = f"{decision.verdict}{f' {decision.definition}' if decision.definition else ''}"
    return f"“{decision.text}” was just decided elsewhere: {verdict_text} ({decision.who})."


def _apply_answer(session: ReviewSession, question: Question, answer: str) -> bool:
    """Apply an answer; return False if it is not one of the answers."""
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


def _print_question(question: Question, remaining: int) -> None:
    """Print the text next to its candidates with the differences marked, and its context."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.language.highlight import mark_differences
    from pipeline.review.review_words import review_words

    console = Console(stderr=True, highlight=False)
    console.rule(f"{remaining} left")
    own_kecamatan = question.places[0].kecamatan
    table = Table(show_lines=True, expand=True)
    for title in ("", "Printed", "Definition", "Why not"):
        table.add_column(title, ratio=None if not title else 3)
    for number, choice in enumerate(question.choices, start=1):
        printed_pieces, definition_pieces = mark_differences(question.text, choice.name, own_kecamatan)
        formula = f"\n{choice.formula}" if choice.formula else ""
        why = f"{choice.reason} ({choice.score:.2f})"
        table.add_row(
            str(number),
            _highlighted_text(printed_pieces),
            _highlighted_text(definition_pieces).append(formula, "dim"),
            _highlighted_text([(why, False)]),
        )
    console.print(table if question.choices else _highlighted_text([(question.text, False)]))
    console.print(question.reason, markup=False)
    labels = review_words().place
    for place in question.places[:5]:
        console.print(f"  {place.kecamatan or '?'}, {place.location_text}", markup=False, style="bold")
        for label, value in ((labels.objective, place.objective), (labels.formula, place.formula)):
            if value:
                console.print(f"    {label}: {value}", markup=False)
    if len(question.places) > 5:
        console.print(f"  and {len(question.places) - 5} more")


def _highlighted_text(pieces: MarkedText) -> Text:
    from rich.text import Text as RichText

    text = RichText()
    for piece, differs in pieces:
        text.append(f"[{piece}]" if differs else piece, "bold red" if differs else "")
    return text
