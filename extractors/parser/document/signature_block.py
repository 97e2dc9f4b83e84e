"""The signature block: place and date, post, name, NIP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.document import printed_dates
from extractors.parser.document.document_flow import FlowElement, find_nip, is_separator_line
from extractors.parser.document.pledge_parties import Pledge, Role, find_roles, is_party_mark
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.vocabulary import vocabulary_matcher

_LETTER = re.compile(r"[^\W\d_]")
_NIP_LABEL = re.compile(r"[^\W_]{2,6}[\s.:]*$")
MAX_BLOCK_LINES = 9
"""Lines above the NIP within which a signature block has its place and date."""


@dataclass(slots=True)
class SignatureBlock:
    """What a signature block says, and the lines that it stands on."""

    name: SourcedValue | None = None
    position: SourcedValue | None = None
    nip: SourcedValue | None = None
    place: SourcedValue | None = None
    date: SourcedValue | None = None
    role: Role | None = None
    """The party of a Perjanjian Kinerja whose mark stands over the block."""
    offices: list[Passage] = field(default_factory=list)
    line_indices: set[int] = field(default_factory=set)
    """Indices of its lines in the flow."""

    def complete(
        self, name: SourcedValue | None, position: SourcedValue | None, nip: SourcedValue | None
    ) -> None:
        """Fill what the block lacks with what the document says elsewhere of who signs."""
        self.name, self.position, self.nip = self.name or name, self.position or position, self.nip or nip


def find_signature(elements: Sequence[FlowElement], ledger: WordLedger, pledge: Pledge) -> SignatureBlock:
    """Return the signature block of a document; empty where there is none.

    Of several it is that of the party who promises (in a Perjanjian Kinerja), else that of who heads the
    office, else the first.

    Args:
        elements: the document.
        ledger: takes what becomes of its words.
        pledge: names those who are known to sign; the first of them is the signatory.
    """
    signers = pledge.signers
    nip_indices = [i for i, e in enumerate(elements) if isinstance(e, Line) and find_nip(e.text.text)]
    date_indices = [
        i for i, e in enumerate(elements) if isinstance(e, Line) and _find_place_date(e.text) is not None
    ]
    blocks = [_read_block(elements, line_index, ledger) for line_index in nip_indices] or [SignatureBlock()]
    head_block = next((b for b in blocks if b.position and _is_head_post(b.position)), blocks[0])
    signature = next((b for b in blocks if pledge.is_printed and b.role == "first"), head_block)
    if signers:
        signature = next((b for b in blocks if _is_signed_by(b, signers[:1])), SignatureBlock())
    if not nip_indices:
        for line_index in date_indices[:1] or _labelled_date_indices(elements):
            if _read_lines_below(elements, line_index, signature, ledger):
                break
        _take_repeated_signature(elements, signature, ledger)
    if not date_indices:
        _read_bare_place(elements, signature)
    for i, line_index in enumerate(date_indices):
        if i > 0 and _has_same_words(elements[line_index], elements[date_indices[0]]):
            _take_repeated_date(elements[line_index], line_index, signature, ledger)
        elif i == 0 or _repeats_date(elements[line_index], signature):
            _read_place_date(elements[line_index], line_index, signature, ledger)
    for other_block in blocks:
        if other_block is signature:
            continue
        leaves = [leaf.source for leaf in (other_block.position, other_block.name, other_block.nip) if leaf]
        # the annex is signed as the decree is
        if _has_same_nip(other_block, signature) or _is_signed_by(other_block, signers):
            ledger.add_form_text(*leaves)
        else:
            ledger.note_unplaced(Passage.join(", ", leaves))
        signature.line_indices |= other_block.line_indices
    return signature


def _read_bare_place(elements: Sequence[FlowElement], signature: SignatureBlock) -> None:
    """Take the place that stands without a date right above the post, which ends in its name."""
    top = min(signature.line_indices, default=0)
    line = elements[top - 1] if top else None
    if not isinstance(line, Line) or signature.position is None:
        return
    letters = vocabulary_matcher.squeeze_text(line.text.text)
    post_letters = vocabulary_matcher.squeeze_text(str(signature.position.value))
    if letters and post_letters.endswith(letters) and post_letters != letters:
        signature.place = sourced_text(line.text.strip(" .,:"))
        signature.line_indices.add(top - 1)


def _is_signed_by(block: SignatureBlock, signers: Sequence[str]) -> bool:
    """Does one of some persons sign a block?"""
    return block.name is not None and any(
        vocabulary_matcher.is_similar_text(str(block.name.value), name) for name in signers
    )


def _is_head_post(position: SourcedValue) -> bool:
    """Is it the post of who heads the office, and no witness's?"""
    return vocabulary_matcher.starts_with(str(position.value), "head_posts")


def _read_block(elements: Sequence[FlowElement], nip_index: int, ledger: WordLedger) -> SignatureBlock:
    """The block that ends in a NIP."""
    signature = SignatureBlock()
    _read_nip(elements[nip_index], nip_index, signature, ledger)
    _read_lines_above(elements, nip_index, signature, ledger)
    return signature


def _has_same_nip(first_block: SignatureBlock, second_block: SignatureBlock) -> bool:
    return (
        first_block.nip is not None
        and second_block.nip is not None
        and first_block.nip.value == second_block.nip.value
    )


def _has_same_words(first_element: FlowElement, second_element: FlowElement) -> bool:
    return (
        isinstance(first_element, Line)
        and isinstance(second_element, Line)
        and vocabulary_matcher.is_similar_text(first_element.text.text, second_element.text.text)
    )


def _take_repeated_date(
    element: FlowElement, line_index: int, signature: SignatureBlock, ledger: WordLedger
) -> None:
    """Take the place and date as they stand below the annex, a day left blank here as there."""
    assert isinstance(element, Line)
    ledger.add_furniture(element.text)
    signature.line_indices.add(line_index)


def _repeats_date(element: FlowElement, signature: SignatureBlock) -> bool:
    """Does a line print the place and date that are known already?"""
    assert isinstance(element, Line)
    place_date = _find_place_date(element.text)
    known_date = signature.date.value if signature.date else None
    return place_date is not None and place_date[1].iso is not None and place_date[1].iso == known_date


def _read_nip(element: FlowElement, nip_index: int, signature: SignatureBlock, ledger: WordLedger) -> None:
    assert isinstance(element, Line)
    match = find_nip(element.text.text)
    assert match is not None
    printed_nip = element.text[match.start() : match.end()]
    signature.nip = SourcedValue(re.sub(r"\D", "", match.group()), printed_nip)
    if printed_nip.text != match.group():
        ledger.add_note("digits-repaired", f"Letters read as digits: “{printed_nip.text}”", "/signatory/nip")
    text_before = element.text[: match.start()]
    label = _NIP_LABEL.search(text_before.text)
    if label:
        ledger.add_furniture(text_before[label.start() :])
        text_before = text_before[: label.start()]
    if _LETTER.search(text_before.text):
        signature.name = sourced_text(text_before.strip(" .,:()"))
    text_after = element.text[match.end() :]
    if _LETTER.search(text_after.text):
        ledger.note_unplaced(text_after.strip())
    else:
        ledger.add_furniture(text_after)
    signature.line_indices.add(nip_index)


def _read_lines_above(
    elements: Sequence[FlowElement], nip_index: int, signature: SignatureBlock, ledger: WordLedger
) -> None:
    """Name, rank and post above the NIP, in that order upwards."""
    block: list[tuple[int, Line]] = []
    for i in range(nip_index - 1, max(-1, nip_index - 1 - MAX_BLOCK_LINES), -1):
        element = elements[i]
        if (
            not isinstance(element, Line)
            or _find_place_date(element.text) is not None
            or _ends_block(element)
        ):
            break
        block.append((i, element))
    signature.role = _find_role(line for _, line in block)
    post: list[Passage] = []
    offices: list[Passage] = []  # as the post, from the lowest line upwards
    for i, line in block:
        text = line.text.text
        if (
            is_separator_line(text)
            or _signature_mark_pattern().match(text)
            or vocabulary_matcher.starts_with(text, "ranks")
        ):
            ledger.add_form_text(line.text)
        elif is_party_mark(text):
            ledger.add_form_text(line.text)
            signature.line_indices.add(i)
            break
        elif signature.name is None:
            signature.name = sourced_text(line.text.strip(" ()_,"))
        elif vocabulary_matcher.starts_with(text, "post_starts"):
            if not text.rstrip().endswith(","):
                post, offices = offices + post, []
            post.append(line.text)
            signature.line_indices.add(i)
            break
        elif vocabulary_matcher.starts_with(text, "office_starts") and not post:
            offices.append(line.text)
        elif post or _may_continue_post(block, i):
            post.append(line.text)
        else:
            break
        signature.line_indices.add(i)
    signature.offices += offices
    ledger.add_form_text(*offices)
    if post and vocabulary_matcher.starts_with(post[-1].text, "post_starts"):
        signature.position = sourced_text(Passage.join(" ", reversed(post)).strip(" ,.:"))


def _find_role(lines_upwards: Iterable[Line]) -> Role | None:
    """Return the party whose mark stands over a name, below any other signature."""
    texts = takewhile(lambda text: find_nip(text) is None, (line.text.text for line in lines_upwards))
    roles = next((find_roles(text) for text in texts if is_party_mark(text)), [])
    return roles[0] if len(roles) == 1 else None


def _may_continue_post(block: Sequence[tuple[int, Line]], line_index: int) -> bool:
    """Is a line between name and post the rest of a post that takes several lines?"""
    texts_above = [line.text.text for i, line in block if i < line_index][:3]
    return any(vocabulary_matcher.starts_with(text, "post_starts") for text in texts_above)


def _ends_block(line: Line) -> bool:
    """Does a line above the signature belong to something else (a sentence, a label)?"""
    label = vocabulary_matcher.find_label(line.text.text)
    return label is not None or len(line.text) > 90


def _read_lines_below(
    elements: Sequence[FlowElement], date_index: int, signature: SignatureBlock, ledger: WordLedger
) -> bool:
    """Read post and name below place and date, where no NIP is printed; return whether they are there."""
    lines = []
    for i in range(date_index + 1, min(len(elements), date_index + 1 + MAX_BLOCK_LINES)):
        element = elements[i]
        if not isinstance(element, Line) or _ends_block(element):
            break
        if is_separator_line(element.text.text) or _signature_mark_pattern().match(element.text.text):
            ledger.add_form_text(element.text)
            continue
        lines.append((i, element))
    lines = [(i, line) for i, line in lines if not vocabulary_matcher.starts_with(line.text.text, "ranks")]
    if len(lines) < 2 or not vocabulary_matcher.starts_with(lines[0][1].text.text, "post_starts"):
        return False
    count = 1
    while count < len(lines) - 1 and _continues_post(
        lines[count - 1][1], lines[count][1], lines[count + 1][1]
    ):
        count += 1
    post = Passage.join(" ", (line.text for _, line in lines[:count]))
    signature.position = sourced_text(post.fold_whitespace().strip(" ,.:"))
    signature.name = sourced_text(lines[count][1].text.strip(" ()_,"))
    signature.line_indices |= {i for i, _ in lines[: count + 1]}
    return True


def _continues_post(upper_line: Line, line: Line, lower_line: Line) -> bool:
    """Does a line go on with a post: an office, or close below with white space under it?"""
    if upper_line.text.text.rstrip().endswith(","):
        return False
    is_office = vocabulary_matcher.starts_with(line.text.text, "office_starts")
    return is_office or (not line.gap and lower_line.gap)


def _labelled_date_indices(elements: Sequence[FlowElement]) -> list[int]:
    """Return the indices of lines that print a date behind a label (``Pada tanggal : 9 Mei 2023``)."""
    return [
        i
        for i, element in enumerate(elements)
        if isinstance(element, Line)
        and (label := vocabulary_matcher.find_label(element.text.text)) is not None
        and label.field == "date"
        and printed_dates.find_date(element.text.text[label.end :]) is not None
    ]


def _take_repeated_signature(
    elements: Sequence[FlowElement], signature: SignatureBlock, ledger: WordLedger
) -> None:
    """Take the post and name that are printed again, one right below the other, under the annex."""
    if signature.position is None or signature.name is None:
        return
    for i, (upper, lower) in enumerate(pairwise(elements)):
        if not (isinstance(upper, Line) and isinstance(lower, Line)) or i in signature.line_indices:
            continue
        if vocabulary_matcher.is_similar_text(
            upper.text.text, signature.position.value
        ) and vocabulary_matcher.is_similar_text(lower.text.text, signature.name.value):
            ledger.add_form_text(upper.text, lower.text)
            signature.line_indices |= {i, i + 1}


@cache
def _signature_mark_pattern() -> re.Pattern[str]:
    """What stands for the signature, alone on its line."""
    words = "|".join(map(re.escape, vocabulary_matcher.word_list("signature_marks")))
    return re.compile(rf"^\W*(?:{words})\W*$", re.IGNORECASE)


@cache
def _place_pattern() -> re.Pattern[str]:
    """A place, up to the date behind it."""
    words = "|".join(map(re.escape, vocabulary_matcher.word_list("date_words")))
    return re.compile(rf"^([^\W\d_][\w .'’-]{{1,40}}?)\s*,\s*(?:(?:{words})\s*:?\s*)?$", re.IGNORECASE)


def _find_place_date(text: Passage) -> tuple[Passage, printed_dates.PrintedDate] | None:
    """Place and date where a line holds both (``Tempat, 17 Mei 2023``)."""
    if len(text) > 80:
        return None
    date = printed_dates.find_date(text.text)
    if date is None or text.text[date.end :].strip(" ."):
        return None
    place = _place_pattern().match(text.text[: date.start])
    return (text[place.start(1) : place.end(1)], date) if place else None


def _read_place_date(
    element: FlowElement, line_index: int, signature: SignatureBlock, ledger: WordLedger
) -> None:
    assert isinstance(element, Line)
    place_date = _find_place_date(element.text)
    assert place_date is not None
    place, date = place_date
    signature.place = sourced_text(place)
    printed_date = element.text[date.start : date.end]
    ledger.add_form_text(element.text)
    if date.iso is None:
        ledger.add_note(
            "date-incomplete",
            f"The date cannot be read as a day: “{printed_date.text}”",
            "/date",
            printed_date,
            date=date.parts,
        )
    else:
        signature.date = SourcedValue(date.iso, printed_date)
    signature.line_indices.add(line_index)
