"""Labelled sections: which lines a label (``Tugas :``, ``Menimbang``, ``KESATU :``) has as its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document import document_flow, document_identity, indicator_sheets, printed_dates
from extractors.parser.document.document_flow import FlowElement
from extractors.parser.performance.program_tables import ProgramTable
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import vocabulary_matcher
from extractors.parser.vocabulary.vocabulary_matcher import LabelMatch

_BARE_NUMBER = re.compile(r"\d{1,2}\s+(?=[^\W\d_][\w /]{1,40}:)")
"""A number without a stop before what may be a label."""
_COLONS = (":", ";", "：", "=")
_LIST_FIELDS = frozenset(
    "duties functions considerations legal_basis dictum enacting explanation formula".split()
)
_COLONLESS_FIELDS = frozenset("title considerations legal_basis enacting annex duties functions".split())
"""Labels that may stand on a line without a colon."""


@dataclass(slots=True)
class LabelledSection:
    """A label and the lines of its value."""

    group: str
    field: str
    likeness: float
    label: Passage
    lines: list[Line] = attribute(default_factory=list)
    number: int | None = None
    """The number before the label, where the form numbers its parts (``3. Tugas``)."""

    @property
    def text(self) -> Passage:
        """The value as one folded text."""
        return Passage.join(" ", (line.text for line in self.lines)).fold_whitespace()


DocumentPart = LabelledSection | TableGrid | ProgramTable | Line


def split_sections(
    elements: Sequence[FlowElement], taken_indices: set[int], ledger: WordLedger
) -> list[DocumentPart]:
    """The flow cut into labelled sections, tables, and loose lines between them."""
    parts: list[DocumentPart] = []
    current_section: LabelledSection | None = None
    sheet_labels = indicator_sheets.find_sheet_labels(elements)
    for i, element in enumerate(elements):
        next_element = elements[i + 1] if i + 1 < len(elements) else None
        if i in taken_indices:
            current_section = None
            continue
        if not isinstance(element, Line):
            current_section = None
            parts.append(element)
            continue
        if i in sheet_labels:
            new_section: LabelledSection | None = _begin_section(
                element, LabelMatch("detail", "extra", sheet_labels[i], 1.0), ledger
            )
        else:
            new_section = _open_section(element, next_element, current_section, ledger)
        if new_section is not None:
            current_section = new_section
            parts.append(new_section)
        elif current_section is not None and _belongs_to_section(element, current_section):
            current_section.lines.append(_strip_lost_colon(element, current_section, ledger))
        else:
            current_section = None
            parts.append(element)
    return parts


def _open_section(
    line: Line, next_element: FlowElement | None, current_section: LabelledSection | None, ledger: WordLedger
) -> LabelledSection | None:
    """The section that a line opens."""
    content, mark = document_flow.split_marker(line)
    if not mark and (number := _BARE_NUMBER.match(content.text)):
        content, mark = content[number.end() :], content[: number.end()]
    label = vocabulary_matcher.find_label(content.text)
    in_list = (
        current_section is not None
        and current_section.field in _LIST_FIELDS
        and bool(current_section.lines)
        and not line.gap
        and not _continues_form(line, current_section)
    )
    if (
        label is None
        or (in_list and _is_mere_wrapping(label, content, next_element))
        or not (
            _is_label_line(label, content, bool(mark) or line.bullet, next_element)
            or _has_lost_colon(label, content, bool(mark) or line.bullet, current_section)
        )
    ):
        continues_list = current_section is not None and _is_next_item(line, current_section)
        return None if continues_list else _implied_objective(line, next_element)
    ledger.add_furniture(mark)
    section = _begin_section(replace(line, text=content), label, ledger)
    section.number = int(digits) if (digits := mark.text.strip(" .()")).isdigit() else None
    return section


def _continues_form(line: Line, section: LabelledSection) -> bool:
    """Has a line the number that follows the section's own, where its list is not numbered as far?"""
    marker = list_items.find_marker(line.text.text)
    if section.number is None or marker is None or marker.kind != "digit":
        return False
    return marker.order == section.number + 1 and not _is_next_item(line, section)


def _begin_section(line: Line, label: LabelMatch, ledger: WordLedger) -> LabelledSection:
    """Return the section of a line that begins with a label, with the value behind it."""
    rest = line.text[label.end :]
    cut = len(rest.text) - len(rest.text.lstrip(" \t:;：=)."))
    ledger.add_furniture(line.text[: label.end + cut])
    section = LabelledSection(label.group, label.field, label.likeness, line.text[: label.end])
    if value := rest[cut:].strip():
        section.lines.append(replace(line, text=value, bullet=False, heading=False))
    return section


def _is_mere_wrapping(label: LabelMatch, content: Passage, next_element: FlowElement | None) -> bool:
    """In the midst of a list: words like a label's, at a line's start by chance (``Nomor 5 Tahun …``)?"""
    rest = content.text[label.end :].lstrip() or (
        next_element.text.text if isinstance(next_element, Line) else ""
    )
    has_colon = rest.lstrip("- ").startswith((":", "："))
    return not has_colon and label.field not in ("considerations", "legal_basis", "enacting", "annex")


def _is_label_line(
    label: LabelMatch, content: Passage, has_marker: bool, next_element: FlowElement | None
) -> bool:
    """Is a line that begins with a label's words meant as that label?"""
    rest = content.text[label.end :].lstrip()
    if rest.startswith(_COLONS):
        return True
    if isinstance(next_element, Line) and not rest and next_element.text.text.lstrip("- ").startswith(":"):
        return True
    if not rest:
        return label.field in _COLONLESS_FIELDS or (has_marker and label.group == "block")
    if label.field == "number":
        return rest[:1].isdigit()
    if label.field == "date":
        return printed_dates.find_date(rest[:30]) is not None
    if label.field == "place":
        return rest[:1].isupper() and len(rest) < 40
    if label.field == "title":
        return vocabulary_matcher.starts_with(rest, "title_starts")
    if label.field == "annex":
        return vocabulary_matcher.starts_with(rest, "furniture/body_starts")
    return _opens_list(label, rest)


def _has_lost_colon(
    label: LabelMatch, content: Passage, has_marker: bool, current_section: LabelledSection | None
) -> bool:
    """A holder's label, its colon lost: the next item of the form, or right below the holder's name?"""
    if label.group not in ("holder", "block") or not content.text[label.end :].lstrip()[:1].isupper():
        return False
    is_below_name = (
        current_section is not None and current_section.group == "holder" and bool(current_section.lines)
    )
    return is_below_name if label.group == "block" else has_marker


def _opens_list(label: LabelMatch, rest: str) -> bool:
    """Does a list begin behind the label, its colon lost?"""
    if label.field in ("considerations", "legal_basis", "duties", "functions"):
        marker = list_items.find_marker(rest)
        if marker is not None and marker.kind != "dash" and marker.order == 1:
            return True
        return label.field == "considerations" and vocabulary_matcher.starts_with(
            rest, "consideration_starts"
        )
    return False


def _implied_objective(line: Line, next_element: FlowElement | None) -> LabelledSection | None:
    """A lettered line right above ``Indikator :`` names the objective of what follows."""
    if not isinstance(next_element, Line) or list_items.find_marker(line.text.text) is None:
        return None
    content, _ = document_flow.split_marker(next_element)
    label = vocabulary_matcher.find_label(content.text)
    if label is None or (label.group, label.field) != ("detail", "name"):
        return None
    if not content.text[label.end :].lstrip().startswith(_COLONS):
        return None
    return LabelledSection("detail", "objective", 1.0, Passage(), [line])


def _is_next_item(line: Line, current_section: LabelledSection) -> bool:
    """Is a line the next item of the list that a section holds?"""
    marker = list_items.find_marker(line.text.text)
    last_marker = next(
        (
            above_marker
            for line_above in reversed(current_section.lines)
            if (above_marker := list_items.find_marker(line_above.text.text))
        ),
        None,
    )
    return (
        marker is not None
        and last_marker is not None
        and (marker.kind, marker.order) == (last_marker.kind, last_marker.order + 1)
    )


def _belongs_to_section(line: Line, section: LabelledSection) -> bool:
    """Does an unlabelled line go on with the section above it?"""
    if is_heading(line) or section.field == "annex":
        return False
    text = line.text.text
    if section.field == "title":
        restarts_title = bool(section.lines) and vocabulary_matcher.starts_with(text, "title_starts")
        is_enacting = vocabulary_matcher.starts_with(text, "post_starts") and text.rstrip().endswith(",")
        return not restarts_title and not is_enacting and (not line.gap or not section.lines)
    if not section.lines:
        return section.group != "other" or not line.gap
    if section.field in ("number", "place", "date"):
        return False
    if section.group == "holder" and (line.bullet or list_items.find_marker(text) is not None):
        return False  # the next item of the form, its label damaged
    if not line.gap:
        return True
    if section.field not in _LIST_FIELDS or vocabulary_matcher.starts_with(
        document_flow.split_marker(line)[0].text, "furniture/body_starts"
    ):
        return False
    if section.group == "detail":
        return True
    is_unfinished = not section.lines[-1].text.text.rstrip().endswith((".", ";"))
    return line.bullet or list_items.find_marker(text) is not None or text[:1].islower() or is_unfinished


def _strip_lost_colon(line: Line, section: LabelledSection, ledger: WordLedger) -> Line:
    """The colon that a label lost to the next line is no part of the value."""
    text = line.text.text
    cut = len(text) - len(text.lstrip(" :"))
    if section.lines or not cut or ":" not in text[:cut]:
        return line
    ledger.add_furniture(line.text[:cut])
    return replace(line, text=line.text[cut:])


def is_heading(line: Line) -> bool:
    """Does a line repeat the document's kind as a heading (``INDIKATOR KINERJA UTAMA``)?"""
    text = line.text.text.strip()
    if not vocabulary_matcher.starts_with_similar(text, "title_starts"):
        return (is_upper(text) or line.heading) and document_identity.names_listed_kind(text)
    is_exact = vocabulary_matcher.squeeze_text(text) in {
        vocabulary_matcher.squeeze_text(start) for start in vocabulary_matcher.word_list("title_starts")
    }
    is_short = line.gap and len(text) < 90 and ":" not in text
    ends_open = not text.endswith((".", ";", ","))
    return is_upper(text) or line.heading or ((is_exact or is_short) and ends_open and not line.bullet)


def is_upper(text: str) -> bool:
    """Is a text set in capitals, a letter that OCR took for a small one or two aside?"""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)
