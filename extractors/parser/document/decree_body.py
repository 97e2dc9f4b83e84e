"""The decree around the indicators: number, title, Menimbang, Mengingat, dictums, letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document import document_identity, printed_dates
from extractors.parser.document.document_flow import is_separator_line
from extractors.parser.document.document_identity import RegionEvidence
from extractors.parser.document.labelled_sections import DocumentPart, LabelledSection, is_heading, is_upper
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import vocabulary_matcher

_POSTCODE = re.compile(r"[^\W\d_][\w .'-]{2,40}[-–,]?\s+\d{5}")


@dataclass(slots=True)
class DecreeBody:
    """What the decree says besides its indicators."""

    title: SourcedValue | None = None
    number: SourcedValue | None = None
    place: SourcedValue | None = None
    date: SourcedValue | None = None
    region_code: SourcedValue | None = None
    """The code of the region that a letterhead prints behind a label."""
    considerations: list[SourcedValue] = field(default_factory=list)
    legal_basis: list[SourcedValue] = field(default_factory=list)
    dictums: list[SourcedValue] = field(default_factory=list)
    evidence: list[RegionEvidence] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    """Titles and headings, the title first: where a period may be printed."""


def read_body(parts: Sequence[DocumentPart], ledger: WordLedger) -> tuple[DecreeBody, list[DocumentPart]]:
    """The body of the decree, and the parts that are none of it."""
    body = DecreeBody()
    rest: list[DocumentPart] = []
    follows_section = False
    for part in parts:
        if isinstance(part, LabelledSection) and part.group in ("body", "dictum"):
            _read_section(part, body, ledger)
            follows_section = True
            continue
        if follows_section and isinstance(part, Line):
            part = replace(part, gap=True)  # no heading goes on behind a section
        follows_section = False
        rest.append(part)
    rest = _read_headings(rest, body, ledger)
    return body, _drop_letterhead(rest, body, ledger)


def _read_section(section: LabelledSection, body: DecreeBody, ledger: WordLedger) -> None:
    text = section.text
    match section.field:
        case "title":
            _read_title(text, section.likeness, body, ledger)
        case "number":
            body.evidence.append(RegionEvidence(text, 1))
            body.number = _keep_first(body.number, sourced_text(text, section.likeness), ledger)
        case "considerations" | "legal_basis":
            _read_list(section, getattr(body, section.field), ledger)
        case "dictum":
            _read_dictum(section, body, ledger)
        case "place":
            body.place = _keep_first(body.place, sourced_text(text.strip(" .,")), ledger)
        case "date":
            _read_date(text, body, ledger)
        case _:  # enacting, annex
            _read_form_section(section, body, ledger)


def _read_form_section(section: LabelledSection, body: DecreeBody, ledger: WordLedger) -> None:
    """What enacts or heads an annex repeats the title, in capitals; anything else is noted."""
    for line in section.lines:
        text = line.text.text.strip()
        if is_upper(text) or _is_plain_heading(text, body) or is_separator_line(text):
            body.evidence.append(RegionEvidence(line.text, 1))
            body.headings.append(line.text)
            ledger.add_form_text(line.text)
        else:
            ledger.note_unplaced(line.text)


def _keep_first(
    first_value: SourcedValue | None, new_value: SourcedValue | None, ledger: WordLedger
) -> SourcedValue | None:
    """What is printed first counts; the same printed again (in the annex) is furniture."""
    if first_value is None or new_value is None:
        return first_value or new_value
    note_restatement(new_value, first_value, ledger)
    return first_value


def note_restatement(new_value: SourcedValue, first_value: SourcedValue, ledger: WordLedger) -> None:
    """The same printed again is furniture (a shorter form of it too), anything else a note."""
    first_letters, new_letters = (
        vocabulary_matcher.squeeze_text(str(first_value.value)),
        vocabulary_matcher.squeeze_text(str(new_value.value)),
    )
    if (
        vocabulary_matcher.is_similar_text(first_letters, new_letters)
        or new_letters in first_letters
        or first_letters in new_letters
    ):
        ledger.add_form_text(new_value.source)
    else:
        message = f"Printed again, but not the same: “{new_value.source.text}”"
        ledger.add_note("restated-differently", message, "", new_value.source)


def _read_title(text: Passage, likeness: float, body: DecreeBody, ledger: WordLedger) -> None:
    title = sourced_text(text.strip(" ."), likeness)
    body.headings.append(text)
    body.evidence.append(RegionEvidence(text, 2))
    if body.title is None:
        body.title = title
    elif title is not None:
        note_restatement(title, body.title, ledger)


def _read_list(section: LabelledSection, list_values: list[SourcedValue], ledger: WordLedger) -> None:
    for item in list_items.split_items(section.lines):
        ledger.add_furniture(*item.marks)
        if leaf := sourced_text(item.text, section.likeness):
            list_values.append(leaf)


def _read_dictum(section: LabelledSection, body: DecreeBody, ledger: WordLedger) -> None:
    text = Passage.join(" ", (line.text for line in section.lines)).fold_whitespace()
    if leaf := sourced_text(list_items.rejoin_torn_words(text), section.likeness):
        body.dictums.append(leaf)


def _read_date(text: Passage, body: DecreeBody, ledger: WordLedger) -> None:
    date = printed_dates.find_date(text.text)
    if date is None or date.iso is None:
        printed_date, parts = (text[date.start : date.end], date.parts) if date else (text, None)
        message = f"The date cannot be read as a day: “{text.text}”"
        ledger.add_note("date-incomplete", message, "/date", printed_date, date=parts)
        ledger.quote_words(text)
        return
    date_value = SourcedValue(date.iso, text[date.start : date.end])
    ledger.add_form_text(text[: date.start])
    body.date = _keep_first(body.date, date_value, ledger)


def _read_headings(parts: Sequence[DocumentPart], body: DecreeBody, ledger: WordLedger) -> list[DocumentPart]:
    """Titles outside TENTANG: the first is the title where there is no other; all are furniture else."""
    rest: list[DocumentPart] = []
    heading_lines: list[Line] = []

    def close_block() -> None:
        if heading_lines:
            text = Passage.join(" ", (line.text for line in heading_lines)).fold_whitespace().strip(" .:")
            body.headings.append(text)
            body.evidence.append(RegionEvidence(text, 2))
            if body.title is None:
                body.title = sourced_text(text)
            ledger.add_form_text(*(line.text for line in heading_lines))
            heading_lines.clear()

    for part, next_part in zip_longest(parts, parts[1:]):
        if not isinstance(part, Line):
            close_block()
            rest.append(part)
        elif is_heading(part) or _begins_heading(part, next_part):
            if (
                part.gap
                or not heading_lines
                or vocabulary_matcher.starts_with_similar(heading_lines[0].text.text, "title_starts")
            ):
                close_block()
            heading_lines.append(part)
        elif heading_lines and not part.gap and _is_set_like_heading(part, heading_lines[0]):
            heading_lines.append(part)
        else:
            close_block()
            rest.append(part)
    close_block()
    return rest


def _begins_heading(line: Line, next_part: DocumentPart | None) -> bool:
    """Does a heading's first line break within the words that it is known by (``RENCANA``, ``STRATEGIS``)?"""
    if not isinstance(next_part, Line) or next_part.gap or not is_upper(line.text.text):
        return False
    text = f"{line.text.text.strip()} {next_part.text.text.strip()}"
    return is_upper(text) and vocabulary_matcher.starts_with(text, "title_starts")


def _is_set_like_heading(line: Line, first_line: Line) -> bool:
    """Is a line set like the heading that it stands under, and so a part of it?"""
    has_letters = any(c.isalpha() for c in line.text.text)
    is_same_case = not has_letters or is_upper(line.text.text) == is_upper(first_line.text.text)
    return is_same_case and len(line.text) < 100 and not _is_enacting_line(line.text.text.strip())


def _drop_letterhead(
    parts: Sequence[DocumentPart], body: DecreeBody, ledger: WordLedger
) -> list[DocumentPart]:
    """Lines of the form that are no field: letterhead, KEPUTUSAN CAMAT X, rules."""
    rest: list[DocumentPart] = []
    in_letterhead = True  # from the top of the page, and from one such line to the next
    for part in parts:
        if not isinstance(part, Line):
            in_letterhead = False
            rest.append(part)
            continue
        text = part.text.text.strip()
        region_code = document_identity.find_labelled_region_code(part.text)
        body.region_code = body.region_code or region_code
        unmarked_text = text[marker.end :] if (marker := list_items.find_marker(text)) else text
        is_region_line = (
            vocabulary_matcher.starts_with(text, "region_line_starts")
            and len(text) < 80
            and _is_capitalised_name(text)
        )
        is_form_line = (
            vocabulary_matcher.starts_with_similar(unmarked_text, "furniture/body_starts")
            and _is_form_line(unmarked_text)
        ) or _is_enacting_line(text)
        is_capital_line = in_letterhead and is_upper(text) and len(text) < 100 and not _heads_post(text)
        if is_region_line or is_form_line or is_capital_line:
            body.evidence.append(RegionEvidence(part.text, 2 if is_region_line else 1))
            if is_capital_line:
                body.headings.append(part.text)  # the period may stand there by itself
            ledger.add_form_text(part.text)
            in_letterhead = True
        elif is_separator_line(text) or _is_contact_line(text) or (region_code and len(text) < 80):
            ledger.add_furniture(part.text)
            in_letterhead = True
        else:
            in_letterhead = False
            rest.append(part)
    return rest


def _is_form_line(text: str) -> bool:
    """Is a line the form's own (``KEPUTUSAN CAMAT X``, ``1. JENIS FASILITASI :``), and no sentence?"""
    return is_upper(text) or (len(text) < 60 and not text.endswith((".", ";")) and len(text.split()) <= 6)


def _is_capitalised_name(text: str) -> bool:
    """Are all words capitalised, as in a name and not in a sentence?"""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return all(word[0].isupper() for word in words)


def _is_plain_heading(text: str, body: DecreeBody) -> bool:
    """Does a heading say nothing but what the document is: its kind, its title's words, names, years?"""
    title = str(body.title.value) if body.title else ""
    names = " ".join(
        e.text.text
        for e in body.evidence
        if vocabulary_matcher.starts_with(e.text.text, "region_line_starts")
    )
    kinds = " ".join(vocabulary_matcher.word_list("title_starts"))
    known_words = {
        *re.findall(r"\w+", f"{title} {names} {kinds}".lower()),
        *vocabulary_matcher.word_list("heading_words"),
    }
    other_words = [word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in known_words]
    return len(other_words) <= len(text.split()) // 6


def _heads_post(text: str) -> bool:
    """May a line in capitals be a post whose table follows?"""
    return vocabulary_matcher.starts_with(text, "holder_posts")


def _is_enacting_line(text: str) -> bool:
    """``CAMAT X,`` before Menimbang."""
    return vocabulary_matcher.starts_with(text, "post_starts") and text.endswith(",") and len(text) < 80


@cache
def _contact_pattern() -> re.Pattern[str]:
    words = "|".join(
        word.replace(" ", r"\s*") for word in vocabulary_matcher.word_list("furniture/contact_words")
    )
    return re.compile(rf"@|www\.|https?:|\(0\d{{2,3}}\)|{words}", re.IGNORECASE)


def _is_contact_line(text: str) -> bool:
    """Address, telephone, mail, postal code."""
    if len(text) > 160 or text.endswith(";"):
        return False
    if vocabulary_matcher.starts_with(text, "furniture/letterhead_starts"):
        return any(c.isdigit() or c in "@:./" for c in text)
    return len(text) < 80 and (
        _contact_pattern().search(text) is not None or _POSTCODE.fullmatch(text) is not None
    )
