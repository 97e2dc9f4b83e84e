"""A record as tables for people, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Decree, Holder, Indicator


def print_record_table(decree: Decree) -> None:
    """Print the record: its head, a table a holder, the annex tables, and what is doubtful."""
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
    table = Table.grid(padding=(0, 2))
    signatory = decree.signatory
    period = f"{decree.period.start}-{decree.period.end}" if decree.period else None
    rows = {
        decree.kind: decree.title,
        "Nomor": decree.number,
        "Kecamatan": ", ".join(part for part in (decree.kecamatan, decree.regency) if part),
        "Tanggal": ", ".join(part for part in (decree.place, decree.date) if part),
        "Periode": period,
        "Ditandatangani": ", ".join(p for p in (signatory.name, signatory.position) if p)
        if signatory
        else None,
        "NIP": signatory.nip if signatory else None,
    }
    for label, value in rows.items():
        table.add_row(f"[bold]{label}[/]", escape(value) if value else "[dim]-[/]")
    for label, texts in (
        ("Menimbang", decree.considerations),
        ("Mengingat", decree.legal_basis),
        ("Diktum", decree.dictums),
    ):
        if texts:
            table.add_row(f"[bold]{label}[/]", _join_lines(texts))
    return table


def _holder_table(holder: Holder) -> Table:
    caption = [f"Tugas: {'; '.join(holder.duties)}" if holder.duties else ""]
    caption += [f"Fungsi: {len(holder.functions)} butir" if holder.functions else ""]
    caption += [f"Tujuan: {holder.goal} ({holder.goal_indicator or '-'})" if holder.goal else ""]
    table = Table(
        title=escape(holder.name or "-"),
        title_justify="left",
        caption=escape("\n".join(filter(None, caption))),
        caption_justify="left",
        show_lines=True,
    )
    for heading in ("No", "Sasaran", "Indikator", "Formula", "Sumber data", "Penanggung jawab"):
        table.add_column(heading, overflow="fold", min_width=3 if heading == "No" else 12)
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
    unit = f"Satuan: {indicator.unit}" if indicator.unit else ""
    details = [unit, f"Target {targets}" if targets else "", *extra]
    return [
        str(indicator.number or ""),
        escape(indicator.objective or "-"),
        "\n".join([escape(indicator.name), *(f"[dim]{escape(text)}[/]" for text in details if text)]),
        formula_text,
        _join_lines(indicator.data_sources),
        _join_lines(indicator.responsible),
    ]


def _activity_table(decree: Decree) -> Table:
    table = Table(title="Fasilitasi, koordinasi, rekomendasi", title_justify="left", show_lines=True)
    for heading in ("No", "Jenis", "Aktivitas", "Output", "Bukti pendukung"):
        table.add_column(heading, overflow="fold")
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
