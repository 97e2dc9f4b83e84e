"""The decree around the indicators: number, title, Menimbang, Mengingat, dictums, letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.page import Line
from extractors.parse import dates, items, vocabulary
from extractors.parse.draft import Found, Ledger, found
from extractors.parse.flow import is_rule
from extractors.parse.names import Evidence
from extractors.parse.sections import Part, Section, is_heading, is_upper
from extractors.passage import Passage

_POSTCODE = re.compile(r"[^\W\d_][\w .'-]{2,40}[-–,]?\s+\d{5}")


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
        case _:  # enacting, annex
            _take_form(section, body, ledger)


def _take_form(section: Section, body: Body, ledger: Ledger) -> None:
    """What enacts or heads an annex repeats the title, in capitals; anything else is noted."""
    for line in section.lines:
        text = line.text.text.strip()
        if is_upper(text) or _is_plain_heading(text, body) or is_rule(text):
            body.evidence.append(Evidence(line.text, 1))
            body.headings.append(line.text)
            ledger.form(line.text)
        else:
            ledger.unplaced(line.text)


def _first(known: Found | None, read: Found | None, ledger: Ledger) -> Found | None:
    """What is printed first counts; the same printed again (in the annex) is furniture."""
    if known is None or read is None:
        return known or read
    restated(read, known, ledger)
    return known


def restated(read: Found, known: Found, ledger: Ledger) -> None:
    """The same printed again is furniture (a shorter form of it too), anything else a note."""
    one, other = vocabulary.squeezed(str(known.value)), vocabulary.squeezed(str(read.value))
    if vocabulary.alike(one, other) or other in one or one in other:
        ledger.form(read.source)
    else:
        message = f"Printed again, but not the same: “{read.source.text}”"
        ledger.doubt("restated-differently", message, "", read.source)


def _take_title(text: Passage, likeness: float, body: Body, ledger: Ledger) -> None:
    title = found(text.strip(" ."), likeness)
    body.headings.append(text)
    body.evidence.append(Evidence(text, 2))
    if body.title is None:
        body.title = title
    elif title is not None:
        restated(title, body.title, ledger)


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
    read = Found(date.iso, text[date.start : date.end])
    ledger.form(text[: date.start])
    body.date = _first(body.date, read, ledger)


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
            for line in block:
                if _is_plain_heading(line.text.text, body):
                    ledger.form(line.text)
                elif body.title is None or not _within(line.text, body.title):
                    ledger.unplaced(line.text)
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
        region = vocabulary.starts_with(text, "region_line_starts") and len(text) < 80 and _is_name(text)
        form = (vocabulary.starts_alike(bare, "furniture/body_starts") and _is_form(bare)) or _enacts(text)
        capitals = goes_on and is_upper(text) and len(text) < 100 and not _heads_post(text)
        if region or form or capitals:
            body.evidence.append(Evidence(part.text, 2 if region else 1))
        if region or form or capitals:
            ledger.form(part.text)
            goes_on = True
        elif is_rule(text) or _is_contact(text):
            ledger.drop(part.text)
            goes_on = True
        else:
            goes_on = False
            rest.append(part)
    return rest


def _is_form(text: str) -> bool:
    """Is a line the form's own (``KEPUTUSAN CAMAT X``, ``1. JENIS FASILITASI :``), and no sentence?"""
    return is_upper(text) or (len(text) < 60 and not text.endswith((".", ";")) and len(text.split()) <= 6)


def _is_name(text: str) -> bool:
    """Are all words capitalised, as in a name and not in a sentence?"""
    found = re.findall(r"[^\W\d_]{3,}", text)
    return all(word[0].isupper() for word in found)


def _is_plain_heading(text: str, body: Body) -> bool:
    """Does a heading say nothing but what the document is: its kind, its title's words, names, years?"""
    title = str(body.title.value) if body.title else ""
    names = " ".join(
        e.text.text for e in body.evidence if vocabulary.starts_with(e.text.text, "region_line_starts")
    )
    kinds = " ".join(vocabulary.words("title_starts"))
    known = {*re.findall(r"\w+", f"{title} {names} {kinds}".lower()), *vocabulary.words("heading_words")}
    said = [word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in known]
    return len(said) <= len(text.split()) // 6


def _within(text: Passage, title: Found) -> bool:
    return set(text.words) <= set(title.source.words)


def _heads_post(text: str) -> bool:
    """May a line in capitals be a post whose table follows?"""
    return vocabulary.starts_with(text, "holder_posts")


def _enacts(text: str) -> bool:
    """``CAMAT X,`` before Menimbang."""
    return vocabulary.starts_with(text, "post_starts") and text.endswith(",") and len(text) < 80


@cache
def _contact() -> re.Pattern[str]:
    words = "|".join(word.replace(" ", r"\s*") for word in vocabulary.words("furniture/contact_words"))
    return re.compile(rf"@|www\.|https?:|\(0\d{{2,3}}\)|{words}", re.IGNORECASE)


def _is_contact(text: str) -> bool:
    """Address, telephone, mail, postal code."""
    if len(text) > 160 or text.endswith(";"):
        return False
    if vocabulary.starts_with(text, "furniture/letterhead_starts"):
        return any(c.isdigit() or c in "@:./" for c in text)
    return len(text) < 80 and (_contact().search(text) is not None or _POSTCODE.fullmatch(text) is not None)
