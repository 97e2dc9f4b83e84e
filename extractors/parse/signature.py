"""The signature block: place and date, post, name, NIP."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.page import Line
from extractors.parse import dates, vocabulary
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.flow import Element, find_nip, is_rule
from extractors.passage import Passage

_LETTERS = re.compile(r"[^\W\d_]")
_NIP_LABEL = re.compile(r"[^\W_]{2,6}[\s.:]*$")
ABOVE = 9
"""Lines above the NIP within which a signature block has its place and date."""


@dataclass(slots=True)
class Signature:
    """What a signature block says, and the lines that it stands on."""

    name: Found | None = None
    position: Found | None = None
    nip: Found | None = None
    place: Found | None = None
    date: Found | None = None
    offices: list[Passage] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    """Indices of its lines in the flow."""


def find(elements: Sequence[Element], ledger: Ledger) -> Signature:
    """The signature block of a document, the first of several; empty where there is none."""
    signed = [i for i, e in enumerate(elements) if isinstance(e, Line) and find_nip(e.text.text)]
    dated = [i for i, e in enumerate(elements) if isinstance(e, Line) and _place_date(e.text) is not None]
    blocks = [_block(elements, at, ledger) for at in signed] or [Signature()]
    signature = next((b for b in blocks if b.position and _is_head(b.position)), blocks[0])
    if not signed and dated:
        _read_below(elements, dated[0], signature, ledger)
    for i, at in enumerate(dated):
        if i == 0 or _says(elements[at], signature):
            _read_place_date(elements[at], at, signature, ledger)
    for other in blocks:
        if other is signature:
            continue
        leaves = [leaf.source for leaf in (other.position, other.name, other.nip) if leaf]
        if _same(other, signature):  # the annex is signed as the decree is
            ledger.form(*leaves)
        else:
            ledger.unplaced(Passage.join(", ", leaves))
        signature.taken |= other.taken
    return signature


def _is_head(position: Found) -> bool:
    """Is it the post of who heads the office, and no witness's?"""
    return vocabulary.starts_with(str(position.value), "head_posts")


def _block(elements: Sequence[Element], at: int, ledger: Ledger) -> Signature:
    """The block that ends in a NIP."""
    signature = Signature()
    _read_nip(elements[at], at, signature, ledger)
    _read_above(elements, at, signature, ledger)
    return signature


def _same(one: Signature, other: Signature) -> bool:
    return one.nip is not None and other.nip is not None and one.nip.value == other.nip.value


def _says(element: Element, signature: Signature) -> bool:
    """Does a line print the place and date that are known already?"""
    assert isinstance(element, Line)
    read = _place_date(element.text)
    known = signature.date.value if signature.date else None
    return read is not None and read[1].iso is not None and read[1].iso == known


def _read_nip(element: Element, at: int, signature: Signature, ledger: Ledger) -> None:
    assert isinstance(element, Line)
    match = find_nip(element.text.text)
    assert match is not None
    printed = element.text[match.start() : match.end()]
    signature.nip = Found(re.sub(r"\D", "", match.group()), printed)
    if printed.text != match.group():
        ledger.doubt("digits-repaired", f"Letters read as digits: “{printed.text}”", "/signatory/nip")
    before = element.text[: match.start()]
    label = _NIP_LABEL.search(before.text)
    if label:
        ledger.drop(before[label.start() :])
        before = before[: label.start()]
    if _LETTERS.search(before.text):
        signature.name = found(before.strip(" .,:()"))
    rest = element.text[match.end() :]
    if _LETTERS.search(rest.text):
        ledger.unplaced(rest.strip())
    else:
        ledger.drop(rest)
    signature.taken.add(at)


def _read_above(elements: Sequence[Element], at: int, signature: Signature, ledger: Ledger) -> None:
    """Name, rank and post above the NIP, in that order upwards."""
    block: list[tuple[int, Line]] = []
    for i in range(at - 1, max(-1, at - 1 - ABOVE), -1):
        element = elements[i]
        if not isinstance(element, Line) or _place_date(element.text) is not None or _ends_block(element):
            break
        block.append((i, element))
    post: list[Passage] = []
    for i, line in block:
        text = line.text.text
        if is_rule(text) or _mark().match(text) or vocabulary.starts_with(text, "ranks"):
            ledger.form(line.text)
        elif signature.name is None:
            signature.name = found(line.text.strip(" ()_,"))
        elif vocabulary.starts_with(text, "post_starts"):
            post.append(line.text)
            signature.taken.add(i)
            break
        elif vocabulary.starts_with(text, "office_starts"):
            signature.offices.append(line.text)
            ledger.form(line.text)
        elif post or _may_continue_post(block, i):
            post.append(line.text)
        else:
            break
        signature.taken.add(i)
    if post and vocabulary.starts_with(post[-1].text, "post_starts"):
        signature.position = found(Passage.join(" ", reversed(post)).strip(" ,.:"))


def _may_continue_post(block: Sequence[tuple[int, Line]], at: int) -> bool:
    """Is a line between name and post the rest of a post that takes several lines?"""
    above = [line.text.text for i, line in block if i < at][:3]
    return any(vocabulary.starts_with(text, "post_starts") for text in above)


def _ends_block(line: Line) -> bool:
    """Does a line above the signature belong to something else (a sentence, a label)?"""
    label = vocabulary.find_label(line.text.text)
    return label is not None or len(line.text) > 90


def _read_below(elements: Sequence[Element], dated: int, signature: Signature, ledger: Ledger) -> None:
    """Post and name below place and date, where no NIP is printed."""
    lines = []
    for i in range(dated + 1, min(len(elements), dated + 1 + ABOVE)):
        element = elements[i]
        if not isinstance(element, Line) or _ends_block(element):
            break
        if is_rule(element.text.text) or _mark().match(element.text.text):
            ledger.form(element.text)
            continue
        lines.append((i, element))
    if len(lines) < 2 or not vocabulary.starts_with(lines[0][1].text.text, "post_starts"):
        return
    names = [(i, line) for i, line in lines[1:] if not vocabulary.starts_with(line.text.text, "ranks")]
    if names:
        signature.position = found(lines[0][1].text.strip(" ,.:"))
        signature.name = found(names[0][1].text.strip(" ()_,"))
        signature.taken |= {lines[0][0], names[0][0]}


@cache
def _mark() -> re.Pattern[str]:
    """What stands for the signature, alone on its line."""
    words = "|".join(map(re.escape, vocabulary.words("signature_marks")))
    return re.compile(rf"^\W*(?:{words})\W*$", re.IGNORECASE)


@cache
def _place() -> re.Pattern[str]:
    """A place, up to the date behind it."""
    words = "|".join(map(re.escape, vocabulary.words("date_words")))
    return re.compile(rf"^([^\W\d_][\w .'’-]{{1,40}}?)\s*,\s*(?:(?:{words})\s*:?\s*)?$", re.IGNORECASE)


def _place_date(text: Passage) -> tuple[Passage, dates.Printed] | None:
    """Place and date where a line holds both (``Tempat, 17 Mei 2023``)."""
    if len(text) > 80:
        return None
    date = dates.find(text.text)
    if date is None or text.text[date.end :].strip(" ."):
        return None
    place = _place().match(text.text[: date.start])
    return (text[place.start(1) : place.end(1)], date) if place else None


def _read_place_date(element: Element, at: int, signature: Signature, ledger: Ledger) -> None:
    assert isinstance(element, Line)
    read = _place_date(element.text)
    assert read is not None
    place, date = read
    signature.place = found(place)
    printed = element.text[date.start : date.end]
    ledger.form(element.text)
    if date.iso is None:
        ledger.doubt(
            "date-incomplete", f"The date cannot be read as a day: “{printed.text}”", "/date", printed
        )
    else:
        signature.date = Found(date.iso, printed)
    signature.taken.add(at)
