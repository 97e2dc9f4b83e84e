"""The decree around the indicators: number, title, Menimbang, Mengingat, dictums, letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.page import Line
from extractors.parse import dates, items, vocabulary
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.flow import is_rule
from extractors.parse.names import Evidence
from extractors.parse.sections import Part, Section, is_heading, is_upper
from extractors.passage import Passage

_CONTACT = re.compile(r"@|www\.|https?:|\(0\d{2,3}\)|\b\d{5}\b|telp|kode\s*pos", re.IGNORECASE)
_REGION_LINE = re.compile(r"^(?:KECAMATAN|KABUPATEN|KOTA|PROVINSI|PROPINSI|PEMERINTAH)\b", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """What the decree says besides its indicators."""

    title: Found | None = None
    number: Found | None = None
    place: Found | None = None
    date: Found | None = None
    considerations: list[Found] = field(default_factory=list)
    legal_basis: list[Found] = field(default_factory=list)
    dictums: list[Found] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    """Titles and headings, the title first: where a period may be printed."""


def read_body(parts: Sequence[Part], ledger: Ledger) -> tuple[Body, list[Part]]:
    """The body of the decree, and the parts that are none of it."""
    body = Body()
    rest: list[Part] = []
    for part in parts:
        if isinstance(part, Section) and part.group in ("body", "dictum"):
            _take(part, body, ledger)
        else:
            rest.append(part)
    rest = _headings(rest, body, ledger)
    return body, _letterhead(rest, body, ledger)


def _take(section: Section, body: Body, ledger: Ledger) -> None:
    text = section.text
    match section.field:
        case "title":
            _take_title(text, section.likeness, body, ledger)
        case "number":
            body.evidence.append(Evidence(text, 1))
            body.number = _first(body.number, found(text, section.likeness), ledger)
        case "considerations" | "legal_basis":
            _take_list(section, getattr(body, section.field), ledger)
        case "dictum":
            _take_dictum(section, body, ledger)
        case "place":
            body.place = _first(body.place, found(text.strip(" .,")), ledger)
        case "date":
            _take_date(text, body, ledger)
        case _:  # enacting, annex: they repeat the title
            body.evidence.append(Evidence(text, 1))
            body.headings.append(text)
            ledger.drop(*(line.text for line in section.lines))


def _first(known: Found | None, read: Found | None, ledger: Ledger) -> Found | None:
    """What is printed first counts; the same printed again (in the annex) is furniture."""
    if known is None or read is None:
        return known or read
    if vocabulary.alike(str(known.value), str(read.value)):
        ledger.drop(read.source)
    else:
        message = f"Printed again, but not the same: “{read.source.text}”"
        ledger.doubt("restated-differently", message, "", read.source)
    return known


def _take_title(text: Passage, likeness: float, body: Body, ledger: Ledger) -> None:
    title = found(text.strip(" ."), likeness)
    body.headings.append(text)
    body.evidence.append(Evidence(text, 2))
    if body.title is None:
        body.title = title
    elif title is not None:
        ledger.drop(title.source)


def _take_list(section: Section, known: list[Found], ledger: Ledger) -> None:
    for item in items.split(section.lines):
        ledger.drop(*item.marks)
        if leaf := found(item.text, section.likeness):
            known.append(leaf)


def _take_dictum(section: Section, body: Body, ledger: Ledger) -> None:
    text = Passage.join(" ", (line.text for line in section.lines)).folded()
    if leaf := found(items.mended(text), section.likeness):
        body.dictums.append(leaf)


def _take_date(text: Passage, body: Body, ledger: Ledger) -> None:
    date = dates.find(text.text)
    if date is None or date.iso is None:
        ledger.doubt("date-incomplete", f"The date cannot be read as a day: “{text.text}”", "/date", text)
        return
    ledger.drop(text)
    body.date = body.date or Found(date.iso, text[date.start : date.end])


def _headings(parts: Sequence[Part], body: Body, ledger: Ledger) -> list[Part]:
    """Titles outside TENTANG: the first is the title where there is no other; all are furniture else."""
    rest: list[Part] = []
    block: list[Line] = []

    def close() -> None:
        if block:
            text = Passage.join(" ", (line.text for line in block)).folded().strip(" .:")
            body.headings.append(text)
            body.evidence.append(Evidence(text, 2))
            if body.title is None:
                body.title = found(text)
            ledger.drop(*(line.text for line in block))
            block.clear()

    for part in parts:
        if not isinstance(part, Line):
            close()
            rest.append(part)
        elif is_heading(part):
            if part.gap or not block or vocabulary.starts_alike(block[0].text.text, "title_starts"):
                close()
            block.append(part)
        elif block and not part.gap and _like_heading(part, block[0]):
            block.append(part)
        else:
            close()
            rest.append(part)
    close()
    return rest


def _like_heading(line: Line, first: Line) -> bool:
    """Is a line set like the heading that it stands under, and so a part of it?"""
    return is_upper(line.text.text) == is_upper(first.text.text) and len(line.text) < 100


def _letterhead(parts: Sequence[Part], body: Body, ledger: Ledger) -> list[Part]:
    """Lines of the form that are no field: letterhead, KEPUTUSAN CAMAT X, rules."""
    rest: list[Part] = []
    goes_on = True  # from the top of the page, and from one such line to the next
    for part in parts:
        if not isinstance(part, Line):
            goes_on = False
            rest.append(part)
            continue
        text = part.text.text.strip()
        bare = text[found_.end :] if (found_ := items.marker(text)) else text
        region = _REGION_LINE.match(text) is not None and len(text) < 80
        form = vocabulary.starts_alike(bare, "furniture/body_starts") or _enacts(text)
        capitals = goes_on and is_upper(text) and len(text) < 100 and not _heads_post(text)
        if region or form or capitals:
            body.evidence.append(Evidence(part.text, 2 if region else 1))
        if region or form or capitals or is_rule(text) or _is_contact(text):
            ledger.drop(part.text)
            goes_on = True
        else:
            goes_on = False
            rest.append(part)
    return rest


def _heads_post(text: str) -> bool:
    """May a line in capitals be a post whose table follows?"""
    return vocabulary.starts_with(text, "holder_posts")


def _enacts(text: str) -> bool:
    """``CAMAT X,`` before Menimbang."""
    return vocabulary.starts_with(text, "post_starts") and text.endswith(",") and len(text) < 80


def _is_contact(text: str) -> bool:
    """Address, telephone, mail, postal code."""
    if len(text) > 160:
        return False
    return vocabulary.starts_with(text, "furniture/letterhead_starts") or (
        len(text) < 80 and _CONTACT.search(text) is not None and not text.endswith((".", ";"))
    )
