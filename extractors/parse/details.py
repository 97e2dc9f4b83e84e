"""Indicators printed one below the other (Sasaran : … Indikator : …), in place of a table or beside one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from extractors.parse import indicators, vocabulary
from extractors.parse.draft import Found, Ledger
from extractors.parse.indicators import Draft
from extractors.parse.rows import Entry, Group
from extractors.parse.sections import Section
from extractors.passage import Passage

SAME = 88
"""Indel similarity (0 to 100) from which a detailed indicator is one of the table."""

_SHOWN_IN_TABLE = ("name", "objective", "unit", "formula")


@dataclass(slots=True)
class Details:
    """The detailed part while it is read, section by section."""

    group: Group = field(default_factory=Group)
    entries: list[Entry] = field(default_factory=list)
    named_first: bool = False
    """Each indicator is printed before its objective."""
    at_name: bool = False
    """The name of an indicator was printed last."""

    def take(self, section: Section, ledger: Ledger) -> bool:
        """Take a labelled section; ``False`` where it belongs to no indicator."""
        just_named, self.at_name = self.at_name, section.field == "name"
        if section.field == "objective":
            self.named_first = self.named_first or (just_named and not self.group.lines)
            self.group = Group(list(section.lines))
            if just_named and self.named_first:
                self.entries[-1].group = self.group
            return True
        if section.field == "name":
            self.entries.append(Entry(Passage(), self.group, {"name": list(section.lines)}))
            return True
        if not self.entries:
            return False
        name = "formula_or_explanation" if section.field == "formula" else section.field
        self.entries[-1].fields.setdefault(name, []).extend(section.lines)
        return True

    def drafts(self, ledger: Ledger) -> list[Draft]:
        """The indicators of the detailed part."""
        return [draft for entry in self.entries for draft in indicators.from_entry(entry, True, ledger)]


def merge(table: list[Draft], detailed: list[Draft], ledger: Ledger) -> list[Draft]:
    """One entry for an indicator that is printed twice, the detail adding what the table lacks."""
    out = list(table)
    for detail in detailed:
        same = max(table, key=lambda draft: _alike(draft, detail), default=None)
        if same is None or _alike(same, detail) < SAME:
            out.append(detail)
            continue
        for name, value in detail.fields.items():
            if not value:
                continue
            if not same.fields[name]:
                same.fields[name] = value
            elif name in _SHOWN_IN_TABLE or value != same.fields[name]:
                _restate(name, same, value, ledger)
    return out


def _alike(one: Draft, other: Draft) -> float:
    return fuzz.ratio(vocabulary.squeezed(one.name), vocabulary.squeezed(other.name))


def _restate(name: str, table: Draft, value: Any, ledger: Ledger) -> None:
    """What both parts print: the same is furniture, another reading is noted with its words."""
    for leaf, known in zip(_leaves(value), _leaves(table.fields[name]), strict=False):
        if vocabulary.squeezed(str(leaf.value)) == vocabulary.squeezed(str(known.value)):
            ledger.drop(leaf.source)
        else:
            message = f"The detailed part prints it otherwise: “{leaf.value}”"
            table.doubts.append(("detail-differs", message, name))
            ledger.quote(leaf.source)


def _leaves(value: Any) -> list[Found]:
    if isinstance(value, Found):
        return [value]
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    return [leaf for part in value for leaf in _leaves(part)] if isinstance(value, list) else []
