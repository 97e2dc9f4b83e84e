"""Perjanjian Kinerja: its title, the two parties that sign it, and the sentences of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from rapidfuzz import fuzz, process

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document.document_flow import FlowElement, find_nip
from extractors.parser.document.document_identity import names_listed_kind, title_kind
from extractors.parser.document.labelled_sections import is_upper
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.vocabulary import vocabulary_matcher
from extractors.parser.vocabulary.form_words import form_words
from extractors.parser.vocabulary.vocabulary_matcher import squeeze_text

Role = Literal["first", "second"]

FEWEST_WORDS = 4
"""Words of a line that by itself is known as the form's own."""
LABEL_SCORE = 85
"""The same for the letters of a label."""
_LABEL = re.compile(r"\W*(?:\d{1,2}\s*[.)]\s*)?([^\W\d_][^:;]{1,24}?)\s*[:;]\s*")


@dataclass(slots=True)
class PartyDraft:
    """One of those who sign, while the list of them is read."""

    role: Role | None = None
    name: SourcedValue | None = None
    position: SourcedValue | None = None
    nip: SourcedValue | None = None
    """Printed in the list; the record holds that of the signature."""

    def record_fields(self) -> dict[str, Any]:
        """Return the fields of the record."""
        sources = [leaf.source for leaf in (self.name, self.position) if leaf is not None]
        return {
            "role": SourcedValue(self.role, Passage.join(" ", sources)),
            "name": self.name,
            "position": self.position,
        }


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a Perjanjian Kinerja says before its annex."""

    is_printed: bool = False
    """Is the document a Perjanjian Kinerja at all?"""
    parties: tuple[PartyDraft, ...] = ()
    line_indices: frozenset[int] = frozenset()
    """Indices in the flow of the lines that were read."""

    @property
    def first_party(self) -> PartyDraft | None:
        """Who promises."""
        return next((party for party in self.parties if party.role == "first"), None)

    @property
    def signers(self) -> list[str]:
        """Names of the parties, who promises first."""
        parties = sorted(self.parties, key=lambda party: party.role != "first")
        return [str(party.name.value) for party in parties if party.name]


def is_pledge_heading(line: Line) -> bool:
    """Is a line the title of a Perjanjian Kinerja, set as a heading or in capitals?

    A legal basis that cites a regulation on such pledges may begin a line with the same words.
    """
    text = line.text.text
    return (
        (line.heading or is_upper(text))
        and (vocabulary_matcher.starts_with_similar(text, "title_starts") or names_listed_kind(text))
        and title_kind(text) == "PK"
    )


def find_roles(text: str) -> list[Role]:
    """Return the parties that a text names, in printed order."""
    return [role for _, role in sorted(_role_positions(text))]


def _role_positions(text: str) -> list[tuple[int, Role]]:
    return [
        (match.start(), role)
        for role, pattern in _role_patterns().items()
        for match in pattern.finditer(text)
    ]


@cache
def _role_patterns() -> dict[Role, re.Pattern[str]]:
    words = form_words().pledge
    lists: dict[Role, tuple[str, ...]] = {"first": words.first, "second": words.second}
    return {
        role: re.compile(rf"(?<!\w)(?:{vocabulary_matcher.join_alternatives(names)})(?!\w)", re.IGNORECASE)
        for role, names in lists.items()
    }


@cache
def _called_pattern() -> re.Pattern[str]:
    words = vocabulary_matcher.join_alternatives(form_words().pledge.called)
    return re.compile(rf"(?:{words})\W*", re.IGNORECASE)


@cache
def _role_start_pattern() -> re.Pattern[str]:
    words = vocabulary_matcher.join_alternatives(form_words().pledge.role_starts)
    return re.compile(rf"[\W_]*(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def read_pledge(elements: Sequence[FlowElement], ledger: WordLedger) -> Pledge:
    """Return the parties of a Perjanjian Kinerja; nothing where no heading says that it is one.

    The list of parties stands between the title and the first table; sentences of the form may stand
    anywhere.
    """
    if not any(isinstance(e, Line) and is_pledge_heading(e) for e in elements):
        return Pledge()
    reader = _PartyReader(ledger)
    line_indices = reader.read_lines(elements)
    line_indices |= _take_sentences(elements, line_indices, ledger)
    return Pledge(True, reader.finish(), frozenset(line_indices))


@dataclass(slots=True)
class _PartyReader:
    """Goes through the labelled lines of the parties, the last label in mind."""

    ledger: WordLedger
    parties: list[PartyDraft] = field(default_factory=list)
    values: list[Passage] = field(default_factory=list)
    """Lines of the value that is read."""
    label: str | None = None

    def read_lines(self, elements: Sequence[FlowElement]) -> set[int]:
        """Read up to the first table, or the first sentence behind both parties; return what was read."""
        taken: set[int] = set()
        for index, element in enumerate(elements):
            if not isinstance(element, Line):
                if self.parties:
                    break
                continue
            if self._read_line(element):
                taken.add(index)
            elif self.label is not None:
                self._close_value()
            if len(self.parties) > 1 and all(party.role for party in self.parties):
                break
        return taken

    def finish(self) -> tuple[PartyDraft, ...]:
        """Return the parties; where the form does not say who is who, the first is who promises."""
        self._close_value()
        roles: list[Role] = ["first", "second"]
        for party in self.parties:
            if party.role in roles:
                roles.remove(party.role)
        for party in self.parties:
            if party.role is None and roles:
                party.role = roles.pop(0)
        return tuple(party for party in self.parties if party.role and (party.name or party.position))

    def _read_line(self, line: Line) -> bool:
        match = _LABEL.match(line.text.text)
        label = _find_party_label(match.group(1)) if match else None
        if label is not None and match is not None:
            self._close_value()
            if label == "name" or (label == "position" and not self.parties):
                self.parties.append(PartyDraft())
            if not self.parties:
                return False
            self.label = label
            self.ledger.add_furniture(line.text[: match.end()])
            return self._add_value(line.text[match.end() :])
        if self.label is None and not (self.parties and self.parties[-1].role is None):
            return False
        if self.label is None or _role_start_pattern().match(line.text.text) or _called_role(line.text.text):
            return self._read_role(line.text)
        return not line.gap and self._add_value(line.text)

    def _add_value(self, text: Passage) -> bool:
        """Take a value; what follows in its line may say which party it is."""
        role_start = _role_start_pattern().search(text.text)
        if role_start is None or not _called_role(text.text[role_start.start() :]):
            self.values.append(text)
            return True
        self.values.append(text[: role_start.start()].strip())
        return self._read_role(text[role_start.start() :])

    def _read_role(self, text: Passage) -> bool:
        role = _called_role(text.text)
        if role is None or not self.parties:
            return False
        self._close_value()
        self.parties[-1].role = role
        self.ledger.add_form_text(text)
        return True

    def _close_value(self) -> None:
        text = Passage.join(" ", self.values).fold_whitespace().strip(" ,;:")
        party = self.parties[-1] if self.parties else PartyDraft()
        nip = find_nip(text.text)
        if self.label == "nip" and nip is not None:
            party.nip = SourcedValue(re.sub(r"\D", "", nip.group()), text[nip.start() : nip.end()])
            self.ledger.add_form_text(text)
        elif self.label == "name" and party.name is None:
            party.name = sourced_text(text)
        elif self.label == "position" and party.position is None:
            party.position = sourced_text(text)
        elif self.label == "ignored":
            self.ledger.add_form_text(text)
        elif text:
            self.ledger.note_unplaced(text)
        self.values, self.label = [], None


def _find_party_label(text: str) -> str | None:
    """Return which label stands before a colon, letter-spaced or damaged perhaps."""
    letters = squeeze_text(text)
    words = form_words().pledge
    labels = (
        ("name", words.name),
        ("position", words.position),
        ("nip", words.nip),
        ("ignored", words.ignored),
    )
    for label, names in labels:
        if any(
            fuzz.ratio(letters, squeeze_text(name)) >= (LABEL_SCORE if len(letters) > 5 else 100)
            or letters == squeeze_text(name)
            for name in names
        ):
            return label
    return None


def _called_role(text: str) -> Role | None:
    """Return the party that a text says to be called so from here on."""
    called = list(_called_pattern().finditer(text))
    behind = [role for match in called[-1:] for role in find_roles(text[match.end() :])]
    return behind[0] if behind else None


def _take_sentences(elements: Sequence[FlowElement], taken: set[int], ledger: WordLedger) -> set[int]:
    """Return the indices of the lines that print the form's own sentences; other words are left."""
    indices: set[int] = set()
    for index, element in enumerate(elements):
        if not isinstance(element, Line) or index in taken:
            continue
        if is_pledge_heading(element) or is_party_mark(element.text.text):
            continue
        words = _WORD.findall(element.text.text.lower())
        follows_sentence = index - 1 in indices and not element.gap
        if len(words) < FEWEST_WORDS and not follows_sentence:
            continue
        if words and all(map(_is_form_word, words)):
            ledger.add_furniture(element.text)
            indices.add(index)
    return indices


@cache
def _is_form_word(word: str) -> bool:
    """Is a word one of the form's sentences, damaged by OCR perhaps?"""
    words = form_words().pledge
    form_sentences = " ".join((*words.sentences, *words.first, *words.second)).lower()
    known_words = frozenset(_WORD.findall(form_sentences))
    return word in known_words or (
        len(word) > 4
        and process.extractOne(word, known_words, scorer=fuzz.ratio, score_cutoff=80) is not None
    )


def is_party_mark(text: str) -> bool:
    """Is a line nothing but the mark of a party (``PIHAK PERTAMA,``), or a word of approval?"""
    rest = text
    for pattern in (*_role_patterns().values(), _approval_pattern()):
        rest = pattern.sub("", rest)
    return rest != text and not any(c.isalnum() for c in rest)


@cache
def _approval_pattern() -> re.Pattern[str]:
    words = vocabulary_matcher.join_alternatives(form_words().pledge.approvals)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def take_restated_lines(
    elements: Sequence[FlowElement], taken: set[int], pledge: Pledge, ledger: WordLedger
) -> set[int]:
    """Return the indices of lines that print the parties again: their marks, names, posts and ranks."""
    words = {
        word
        for party in pledge.parties
        for leaf in (party.name, party.position)
        if leaf is not None
        for word in _WORD.findall(leaf.source.text.lower())
    }
    indices: set[int] = set()
    in_title = False
    for index, element in enumerate(elements):
        if not isinstance(element, Line) or index in taken:
            in_title = False
            continue
        in_title = is_pledge_heading(element) or (in_title and not element.gap)
        if in_title:
            continue
        text = element.text.text
        line_words = set(_WORD.findall(text.lower()))
        if (line_words and line_words <= words) or is_party_mark(text) or _is_rank(text):
            ledger.add_form_text(element.text)
            indices.add(index)
    return indices


def _is_rank(text: str) -> bool:
    return len(text) < LONGEST_RANK and vocabulary_matcher.starts_with(text, "ranks")


LONGEST_RANK = 40
"""Characters of a line that prints a rank (``Pembina Tk. I (IV/b)``)."""
_WORD = re.compile(r"[^\W\d_]+")
