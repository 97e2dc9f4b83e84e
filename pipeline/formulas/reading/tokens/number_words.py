"""Numbers in words: `dua belas`, `seratus dua puluh lima`, `setengah`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEEN, _THOUSAND = Decimal(10), Decimal(1000)


def parse_number_words(skeletons: Sequence[str]) -> tuple[Decimal, int] | None:
    """Return the number that the words begin with and how many they are; None where they begin with none."""
    numerals = reading_vocabulary().numerals
    total = group = pending = Decimal(0)
    length = 0
    for word in skeletons:
        if word in numerals.digits:
            if pending:
                break
            pending = numerals.digits[word]
        elif word in numerals.fixed:
            if pending:
                break
            group += numerals.fixed[word]
        elif word in numerals.teens and pending:
            group, pending = group + _TEEN + pending, Decimal(0)
        elif word in numerals.scales and (pending or group):
            scale = numerals.scales[word]
            if scale < _THOUSAND:
                group, pending = group + pending * scale, Decimal(0)
            else:
                total, group, pending = total + (group + pending) * scale, Decimal(0), Decimal(0)
        else:
            break
        length += 1
    return (total + group + pending, length) if length else None
