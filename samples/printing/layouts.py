"""The layouts by name, and the two things one can ask of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samples.printing import formulir, html, keputusan, labels, lumajang, malang
from samples.printing.dress import Record, dress, folded
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PRINTERS: dict[str, Callable[[Record], str]] = {
    "formulir": formulir.text,
    "html": html.text,
    "keputusan": keputusan.text,
    "labels": labels.text,
    "lumajang": lumajang.text,
    "malang": malang.text,
}


@dataclass(frozen=True)
class Layout:
    """A form that decrees are printed in."""

    name: str
    suffix: str
    """File name ending of its prints."""
    kinds: Sequence[str]
    """Kinds of decree (IKU, IKI) printed so."""
    formulas: Sequence[str]
    """Styles of formulas, taken in turn."""
    drops: Mapping[str, str]
    """Fields that it has no place for, and why."""


LAYOUTS = {name: Layout(name=name, **words("carries")[name]) for name in sorted(PRINTERS)}


def carried(record: Record, layout: str) -> Record:
    """Return the record as it can be read from its print: what the layout drops is empty, raw as printed."""
    form = LAYOUTS[layout]
    return folded(dress(record, form.drops, form.formulas))


def printed(record: Record, layout: str) -> str:
    """Return the record printed in a layout; the same text for the same record, always."""
    form = LAYOUTS[layout]
    return PRINTERS[layout](dress(record, form.drops, form.formulas)).rstrip() + "\n"
