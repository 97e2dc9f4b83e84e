"""Parts that several layouts share: headings, labelled blocks, lists, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samples.printing.dress import Record

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(group: str, key: str, record: Record) -> str:
    """Return a standing phrase of the forms with the names of this decree in capitals."""
    phrase: str = words("printing")[group][key]
    return phrase.format(
        kecamatan=record["kecamatan"].upper(), regency=record["regency"].upper(), title=record["title"]
    )


def heading(title: str) -> list[str]:
    """Return a title on several lines, broken where headings are broken."""
    breaks = "|".join(words("printing")["heading_breaks"])
    return re.sub(rf" (?={breaks}\b)", "\n", title).split("\n")


def letterhead(record: Record) -> list[str]:
    """Return government, office, street and place, printed above a decree."""
    lines = [word("decree", key, record) for key in ("government", "office")]
    street = words("printing")["decree"]["address"].format(kecamatan=record["kecamatan"])
    return [*lines, street, record["kecamatan"].upper()]


def long_date(iso: str) -> str:
    """Return ``2024-02-07`` as ``7 Februari 2024``."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day} {words('printing')['months'][month - 1]} {year}"


def lettered(items: Sequence[str], mark: str = ".") -> Iterator[str]:
    """Yield ``a. …``, ``b. …``; at most 26 items."""
    for letter, item in zip(LETTERS, items, strict=False):
        yield f"{letter}{mark} {item}"


def numbered(items: Sequence[str], mark: str = ".") -> Iterator[str]:
    """Yield ``1. …``, ``2. …``."""
    for number, item in enumerate(items, start=1):
        yield f"{number}{mark} {item}"


def labelled(label: str, items: Sequence[str]) -> list[str]:
    """Return ``Label : first item`` and further items on separate lines; only the label if there is none."""
    return [f"{label} : {items[0]}", *items[1:]] if items else [f"{label} :"]


def block(holder: dict[str, Any], layout: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield field, label and items of each printed label of a holder."""
    for field, label in words("printing")["labels"][layout].items():
        if field in {"agency", "position"}:
            if holder["type"] == field:
                yield "name", label, [holder["name"]]
            continue
        value = holder[field]
        if isinstance(value, list):
            yield field, label, value
        elif value is not None:
            yield field, label, [value]


def nip(digits: str) -> str:
    """Return ``197003141996031004`` in its printed groups."""
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def signature(record: Record, *, enacted: bool = False) -> list[str]:
    """Return place and date, post, name and NIP; ``enacted`` prints *Ditetapkan di … pada tanggal …*."""
    signatory = record["signatory"]
    decree = words("printing")["decree"]
    date = long_date(record["date"])
    first = (
        [f"{decree['place']} {record['place']}", f"{decree['date']} {date}"]
        if enacted
        else [f"{record['place']}, {date}"]
    )
    comma = "," if enacted else ""
    number = f"{words('printing')['signature_number']} {nip(signatory['nip'])}"
    return [*first, signatory["position"] + comma, "", "", signatory["name"], number]
