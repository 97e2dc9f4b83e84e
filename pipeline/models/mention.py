"""A mention: one indicator as one decree prints it, with an id that is the same in every build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.model.record import Decree, Holder, Indicator

ID_DIGITS = 12
"""Hexadecimal digits of the SHA-256 in a document's id: 48 bits are unique among a nation's decrees."""


def document_id(decree: Decree) -> str:
    """Return the document's id: the first twelve digits of the SHA-256 of its bytes."""
    return decree.document.sha256[:ID_DIGITS]


def holder_id(decree: Decree, index: int) -> str:
    """Return the id of the holder at ``index`` of the decree."""
    return f"{document_id(decree)}.h{index}"


@dataclass(frozen=True, eq=False)
class Mention:
    """One indicator in one decree. Equal only to itself; compare by ``id``."""

    decree: Decree
    """The decree that contains it."""
    holder_index: int
    """Index of its holder in the decree."""
    index: int
    """Index among the holder's indicators."""

    @cached_property
    def id(self) -> str:
        """Return the stable id: the document's id and the place in its record, ``0123456789ab.h0.i2``."""
        return f"{self.holder_id}.i{self.index}"

    @cached_property
    def document(self) -> str:
        """Return the id of the document."""
        return document_id(self.decree)

    @cached_property
    def holder_id(self) -> str:
        """Return the id of the holder."""
        return holder_id(self.decree, self.holder_index)

    @cached_property
    def pointer(self) -> str:
        """Return the JSON Pointer of the indicator in the record."""
        return f"/holders/{self.holder_index}/indicators/{self.index}"

    @property
    def holder(self) -> Holder:
        """Return the agency or position that has the indicator."""
        return self.decree.holders[self.holder_index]

    @property
    def indicator(self) -> Indicator:
        """Return the indicator of the record."""
        return self.holder.indicators[self.index]

    @property
    def name(self) -> str:
        """Return the printed name."""
        return self.indicator.name

    @property
    def kecamatan(self) -> str | None:
        """Return the name of the kecamatan; None if the decree does not state it."""
        return self.decree.kecamatan

    @property
    def expression(self) -> str | None:
        """Return the formula in the linear syntax; None if there is none or it cannot be read."""
        formula = self.indicator.formula
        return formula.expression if formula else None

    @property
    def raw_formula(self) -> str | None:
        """Return the formula as printed; None if the cell is empty."""
        formula = self.indicator.formula
        return (formula.raw.strip() or None) if formula else None


def list_mentions(decree: Decree) -> tuple[Mention, ...]:
    """Return all indicators of the decree, in printed order."""
    return tuple(
        Mention(decree, h, i)
        for h, holder in enumerate(decree.holders)
        for i in range(len(holder.indicators))
    )
