"""Labelled sections: which lines a label (``Tugas :``, ``Menimbang``, ``KESATU :``) has as its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute

from extractors.page import Line
from extractors.parse import dates, flow, items, vocabulary
from extractors.parse.draft import Ledger
from extractors.parse.flow import Element
from extractors.parse.tables import Grid
from extractors.parse.vocabulary import Label
from extractors.passage import Passage

_COLON = (":", ";", "：", "=")
_LISTS = frozenset("duties functions considerations legal_basis dictum enacting explanation formula".split())
_ALONE = frozenset("title considerations legal_basis enacting annex duties functions".split())
"""Labels that may stand on a line without a colon."""


@dataclass(slots=True)
class Section:
    """A label and the lines of its value."""

    group: str
    field: str
    likeness: float
    label: Passage
    lines: list[Line] = attribute(default_factory=list)

    @property
    def text(self) -> Passage:
        """The value as one folded text."""
        return Passage.join(" ", (line.text for line in self.lines)).folded()


Part = Section | Grid | Line


def sections(elements: Sequence[Element], taken: set[int], ledger: Ledger) -> list[Part]:
    """The flow cut into labelled sections, tables, and loose lines between them."""
    out: list[Part] = []
    opened: Section | None = None
    for i, element in enumerate(elements):
        following = elements[i + 1] if i + 1 < len(elements) else None
        if i in taken:
            opened = None
            continue
        if isinstance(element, Grid):
            opened = None
            out.append(element)
            continue
        made = _open(element, following, opened, ledger)
        if made is not None:
            opened = made
            out.append(made)
        elif opened is not None and _belongs(element, opened):
            opened.lines.append(_without_colon(element, opened, ledger))
        else:
            opened = None
            out.append(element)
    return out


def _open(line: Line, following: Element | None, opened: Section | None, ledger: Ledger) -> Section | None:
    """The section that a line opens."""
    bare, mark = flow.bare(line)
    label = vocabulary.find_label(bare.text)
    inside = opened is not None and opened.field in _LISTS and bool(opened.lines) and not line.gap
    if (
        label is None
        or (inside and _is_mere_wrapping(label, bare, following))
        or not (
            _accepted(label, bare, bool(mark) or line.bullet, following)
            or _lost_colon(label, bare, bool(mark) or line.bullet, opened)
        )
    ):
        goes_on = opened is not None and _is_next_item(line, opened)
        return None if goes_on else _implied_objective(line, following)
    rest = bare[label.end :]
    cut = len(rest.text) - len(rest.text.lstrip(" \t:;：=)."))
    ledger.drop(mark, bare[: label.end + cut])
    section = Section(label.group, label.field, label.likeness, bare[: label.end])
    if value := rest[cut:].strip():
        section.lines.append(replace(line, text=value, bullet=False, heading=False))
    return section


def _is_mere_wrapping(label: Label, bare: Passage, following: Element | None) -> bool:
    """In the midst of a list: words like a label's, at a line's start by chance (``Nomor 5 Tahun …``)?"""
    rest = bare.text[label.end :].lstrip() or (following.text.text if isinstance(following, Line) else "")
    colon = rest.lstrip("- ").startswith((":", "："))
    return not colon and label.field not in ("considerations", "legal_basis", "enacting", "annex")


def _accepted(label: Label, bare: Passage, marked: bool, following: Element | None) -> bool:
    """Is a line that begins with a label's words meant as that label?"""
    rest = bare.text[label.end :].lstrip()
    if rest.startswith(_COLON):
        return True
    if isinstance(following, Line) and not rest and following.text.text.lstrip("- ").startswith(":"):
        return True
    if not rest:
        return label.field in _ALONE or (marked and label.group == "block")
    if label.field == "number":
        return rest[:1].isdigit()
    if label.field == "date":
        return dates.find(rest[:30]) is not None
    if label.field == "place":
        return rest[:1].isupper() and len(rest) < 40
    if label.field == "title":
        return vocabulary.starts_with(rest, "title_starts")
    if label.field == "annex":
        return vocabulary.starts_with(rest, "furniture/body_starts")
    return _opens_list(label, rest)


def _lost_colon(label: Label, bare: Passage, marked: bool, opened: Section | None) -> bool:
    """A holder's label, its colon lost: the next item of the form, or right below the holder's name?"""
    if label.group not in ("holder", "block") or not bare.text[label.end :].lstrip()[:1].isupper():
        return False
    below = opened is not None and opened.group == "holder" and bool(opened.lines)
    return below if label.group == "block" else marked


def _opens_list(label: Label, rest: str) -> bool:
    """Does a list begin behind the label, its colon lost?"""
    if label.field in ("considerations", "legal_basis", "duties", "functions"):
        found = items.marker(rest)
        if found is not None and found.kind != "dash" and found.order == 1:
            return True
        return label.field == "considerations" and vocabulary.starts_with(rest, "consideration_starts")
    return False


def _implied_objective(line: Line, following: Element | None) -> Section | None:
    """A lettered line right above ``Indikator :`` names the objective of what follows."""
    if not isinstance(following, Line) or items.marker(line.text.text) is None:
        return None
    bare, _ = flow.bare(following)
    label = vocabulary.find_label(bare.text)
    if label is None or (label.group, label.field) != ("detail", "name"):
        return None
    if not bare.text[label.end :].lstrip().startswith(_COLON):
        return None
    return Section("detail", "objective", 1.0, Passage(), [line])


def _is_next_item(line: Line, opened: Section) -> bool:
    """Is a line the next item of the list that a section holds?"""
    found = items.marker(line.text.text)
    last = next((m for above in reversed(opened.lines) if (m := items.marker(above.text.text))), None)
    return found is not None and last is not None and (found.kind, found.order) == (last.kind, last.order + 1)


def _belongs(line: Line, section: Section) -> bool:
    """Does an unlabelled line go on with the section above it?"""
    if is_heading(line) or section.field == "annex":
        return False
    text = line.text.text
    if section.field == "title":
        restarts = bool(section.lines) and vocabulary.starts_with(text, "title_starts")
        enacts = vocabulary.starts_with(text, "post_starts") and text.rstrip().endswith(",")
        return not restarts and not enacts and (not line.gap or not section.lines)
    if not section.lines:
        return section.group != "other" or not line.gap
    if section.field in ("number", "place", "date"):
        return False
    if section.group == "holder" and (line.bullet or items.marker(text) is not None):
        return False  # the next item of the form, its label damaged
    if not line.gap:
        return True
    if section.field not in _LISTS or vocabulary.starts_with(
        flow.bare(line)[0].text, "furniture/body_starts"
    ):
        return False
    if section.group == "detail":
        return True
    unfinished = not section.lines[-1].text.text.rstrip().endswith((".", ";"))
    return line.bullet or items.marker(text) is not None or text[:1].islower() or unfinished


def _without_colon(line: Line, section: Section, ledger: Ledger) -> Line:
    """The colon that a label lost to the next line is no part of the value."""
    text = line.text.text
    cut = len(text) - len(text.lstrip(" :"))
    if section.lines or not cut or ":" not in text[:cut]:
        return line
    ledger.drop(line.text[:cut])
    return replace(line, text=line.text[cut:])


def is_heading(line: Line) -> bool:
    """Does a line repeat the document's kind as a heading (``INDIKATOR KINERJA UTAMA``)?"""
    text = line.text.text.strip()
    if not vocabulary.starts_alike(text, "title_starts"):
        return False
    alone = vocabulary.squeezed(text) in {
        vocabulary.squeezed(start) for start in vocabulary.words("title_starts")
    }
    short = line.gap and len(text) < 90 and not text.endswith((".", ";", ",")) and ":" not in text
    return is_upper(text) or line.heading or alone or short


def is_upper(text: str) -> bool:
    """Is a text set in capitals, a letter that OCR took for a small one or two aside?"""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)
