"""A record as tables for people, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.cli.support.terminal_labels import terminal_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Decree, Holder, Indicator


def print_record_table(decree: Decree) -> None:
    """Print the record: its head, a table for each holder, the annex tables, and its notes."""
    console = Console(stderr=True)
    console.print(_head_table(decree))
    for holder in decree.holders:
        console.print(_holder_table(holder))
    if decree.activities:
        console.print(_activity_table(decree))
    coverage = decree.document.coverage
    console.print(
        f"{coverage.words} words: {coverage.fields} in fields, {coverage.furniture} in labels and headers, "
        f"{coverage.notes} noted.",
        style="dim",
    )
    for note in decree.notes:
        console.print(f"[yellow]{escape(note.code)}[/] {escape(note.pointer)} {escape(note.message)}")


def _head_table(decree: Decree) -> Table:
    labels = terminal_labels()
    table = Table.grid(padding=(0, 2))
    signatory = decree.signatory
    period = f"{decree.period.start}-{decree.period.end}" if decree.period else None
    rows = {
        decree.kind: decree.title,
        labels.number: decree.number,
        labels.kecamatan: ", ".join(part for part in (decree.kecamatan, decree.regency) if part),
        labels.date: ", ".join(part for part in (decree.place, decree.date) if part),
        labels.period: period,
        labels.signatory: ", ".join(p for p in (signatory.name, signatory.position) if p)
        if signatory
        else None,
        labels.nip: signatory.nip if signatory else None,
    }
    for label, value in rows.items():
        table.add_row(f"[bold]{label}[/]", escape(value) if value else "[dim]-[/]")
    for label, texts in (
        (labels.considerations, decree.considerations),
        (labels.legal_basis, decree.legal_basis),
        (labels.dictums, decree.dictums),
    ):
        if texts:
            table.add_row(f"[bold]{label}[/]", _join_lines(texts))
    return table


def _holder_table(holder: Holder) -> Table:
    labels = terminal_labels()
    goal = labels.goal.format(goal=holder.goal, indicator=holder.goal_indicator or "-")
    caption = [
        labels.duties.format(texts="; ".join(holder.duties)) if holder.duties else "",
        labels.functions.format(count=len(holder.functions)) if holder.functions else "",
        goal if holder.goal else "",
    ]
    table = Table(
        title=escape(holder.name or "-"),
        title_justify="left",
        caption=escape("\n".join(filter(None, caption))),
        caption_justify="left",
        show_lines=True,
    )
    for position, title in enumerate(labels.indicator_columns):
        table.add_column(title, overflow="fold", min_width=3 if position == 0 else 12)
    for indicator in holder.indicators:
        table.add_row(*_indicator_cells(indicator))
    return table


def _indicator_cells(indicator: Indicator) -> list[str]:
    formula = indicator.formula
    formula_text = (formula.expression or f"[red]?[/] {escape(formula.raw)}") if formula else "[dim]-[/]"
    if formula and formula.expression:
        formula_text = escape(formula.expression)
    if indicator.explanation:
        formula_text += f"\n[dim]{escape(indicator.explanation)}[/]"
    targets = ", ".join(f"{target.year or '?'}: {target.value}" for target in indicator.targets)
    extra = [f"{title}: {cell}" for title, cell in indicator.extra.items()]
    labels = terminal_labels()
    unit = labels.unit.format(unit=indicator.unit) if indicator.unit else ""
    details = [unit, labels.targets.format(targets=targets) if targets else "", *extra]
    return [
        str(indicator.number or ""),
        escape(indicator.objective or "-"),
        "\n".join([escape(indicator.name), *(f"[dim]{escape(text)}[/]" for text in details if text)]),
        formula_text,
        _join_lines(indicator.data_sources),
        _join_lines(indicator.responsible),
    ]


def _activity_table(decree: Decree) -> Table:
    labels = terminal_labels()
    table = Table(title=labels.activities, title_justify="left", show_lines=True)
    for title in labels.activity_columns:
        table.add_column(title, overflow="fold")
    for row in decree.activities:
        table.add_row(
            str(row.number or ""),
            escape(row.name),
            _join_lines(row.activities),
            _join_lines(row.outputs),
            _join_lines(row.evidence),
        )
    return table


def _join_lines(texts: Iterable[str]) -> str:
    return escape("\n".join(texts)) or "[dim]-[/]"
