"""Words of the forms, typed: what tells a Perjanjian Kinerja from a plan, and what each form prints."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.model.decree_kind import DecreeKind


class PledgeWords(TableModel):
    """Labels and set phrases of a Perjanjian Kinerja."""

    name: tuple[str, ...]
    position: tuple[str, ...]
    nip: tuple[str, ...]
    ignored: tuple[str, ...]
    approvals: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    called: tuple[str, ...]
    role_starts: tuple[str, ...]
    sentences: tuple[str, ...]


class ProgramWords(TableModel):
    """Column titles of a table of programmes and budgets, and how its last row begins."""

    number: tuple[str, ...]
    name: tuple[str, ...]
    budget: tuple[str, ...]
    note: tuple[str, ...]
    totals: tuple[str, ...]


class FormWords(TableModel):
    """The table ``forms.yaml``."""

    kinds: dict[DecreeKind, tuple[str, ...]]
    pledge: PledgeWords
    programs: ProgramWords


@cache
def form_words() -> FormWords:
    """Return the words of the forms."""
    return load_table("extractors.parser.vocabulary", "forms.yaml", FormWords)
