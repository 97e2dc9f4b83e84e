"""What a document calls itself: kecamatan, regency, region code, period, year, kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.parse import digits, vocabulary
from extractors.parse.draft import Found
from extractors.passage import Passage

_DISTRICT = ("region_names/district", "region_names/district_heads")
_REGENCY, _CITY = "region_names/regency", "region_names/city"
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CODE = re.compile(
    r"(?<![\d.])\d ?\d ?\. ?\d ?\d ?\. ?\d ?\d(?: ?\. ?\d ?\d ?\d ?\d)?(?![\d.]\d|\d)"
)  # OCR sets blanks beside a 1
_BLANKS = re.compile(r"\s")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
LONGEST_NAME = 4
"""Words in the name of a kecamatan or regency."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may name the document's region, and how much it counts."""

    text: Passage
    weight: int


def kecamatan(evidence: Sequence[Evidence]) -> Found | None:
    """The kecamatan's name alone, in title case: the one that counts most."""
    return _most([(e, found) for e in evidence for found in _names(e.text, _before_name(*_DISTRICT), 0)])


def regency(evidence: Sequence[Evidence]) -> Found | None:
    """``Kabupaten X`` or ``Kota X`` as the document says of itself."""
    return _most([(e, found) for e in evidence for found in _names(e.text, _before_name(_REGENCY, _CITY), 1)])


def _names(text: Passage, keyword: re.Pattern[str], kinds: int) -> list[Found]:
    made: list[Found] = []
    for match in keyword.finditer(text.text):
        name = _name_at(text, match.end())
        if name is None:
            continue
        if kinds:
            printed = match.group().strip().lower()
            kind = vocabulary.words(_CITY if printed in vocabulary.words(_CITY) else _REGENCY)[0].capitalize()
            made.append(Found(f"{kind} {titled(name.text)}", text[match.start() : match.end() + len(name)]))
        else:
            made.append(Found(titled(name.text), name))
    return made


@cache
def _before_name(*lists: str) -> re.Pattern[str]:
    """Any word of the lists, in capitals or capitalised: behind one in lower case stands no name."""
    printed = {
        form
        for name in lists
        for word in vocabulary.words(name)
        for form in (word.upper(), word.capitalize())
    }
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(form) for form in sorted(printed, key=len, reverse=True))})\s+"
    )


@cache
def _span() -> re.Pattern[str]:
    """Two years and what joins them."""
    joints = "|".join(
        word.replace(".", r"\s?[./]?\s?").replace(" ", r"\s+") for word in vocabulary.words("period_joints")
    )
    year = r"((?:19|20)\d\d)"
    return re.compile(rf"(?<!\d){year}\s*(?:[-–—]+|{joints})\s*{year}(?!\d)", re.IGNORECASE)


def _name_at(text: Passage, at: int) -> Passage | None:
    """The capitalised words at an offset, up to a word that is no part of a name."""
    end = at
    for _ in range(LONGEST_NAME):
        match = _NAME_WORD.match(text.text, end)
        if match is None or not match.group()[0].isupper() or match.group().lower() in _stops():
            break
        end = match.end()
        if text.text[end : end + 1] != " ":
            break
        end += 1
    name = text[at:end].strip()
    return name if len(name) > 1 else None


@cache
def _stops() -> frozenset[str]:
    return frozenset(vocabulary.words("name_stops"))


def titled(name: str) -> str:
    """A name in title case, whatever it was printed in."""
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name.lower())


def _most(candidates: Sequence[tuple[Evidence, Found]]) -> Found | None:
    counts: dict[str, int] = defaultdict(int)
    for evidence, found in candidates:
        counts[found.value] += evidence.weight
    if not counts:
        return None
    best = max(counts, key=lambda name: (counts[name], name))
    total = sum(counts.values())
    first = next(found for _, found in candidates if found.value == best)
    return Found(best, first.source, round(counts[best] / total, 3))


def region_code(number: Passage | None) -> Found | None:
    """The Kemendagri code in a decree's number."""
    match = _CODE.search(number.text) if number else None
    if match is None or number is None:
        return None
    return Found(_BLANKS.sub("", match.group()), number[match.start() : match.end()])


def period(texts: Sequence[Passage]) -> dict[str, Found] | None:
    """The first span of years in titles and headings."""
    for text in texts:
        match = _span().search(digits.repaired(text.text))
        if match and int(match.group(1)) <= int(match.group(2)):
            return {
                key: Found(int(match.group(group)), text[match.start(group) : match.end(group)])
                for group, key in ((1, "start"), (2, "end"))
            }
    return None


def year(
    number: Found | None, date: Found | None, span: dict[str, Found] | None, titles: Sequence[Passage]
) -> Found | None:
    """The decree's year: from the number, else the date, the period's first, or a title's single year."""
    if number is not None and (years := list(_YEAR.finditer(number.value))):
        last = years[-1]
        return Found(int(last.group(1)), number.source)
    if date is not None:
        return Found(int(date.value[:4]), date.source)
    if span is not None:
        return span["start"]
    for text in titles:
        if match := _YEAR.search(text.text):
            return Found(int(match.group(1)), text[match.start() : match.end()])
    return None


def kind(titles: Sequence[Passage], positions: int, agencies: int) -> Literal["IKU", "IKI"]:
    """``IKI`` where positions are measured, ``IKU`` where the agency is; else by the title."""
    if positions or agencies:
        return "IKI" if positions > agencies else "IKU"
    first = titles[0].text.lower() if titles else ""
    return "IKI" if any(word in first for word in vocabulary.table("words")["kinds"]["IKI"]) else "IKU"


def agency(evidence: Sequence[Evidence]) -> Passage | None:
    """``Kecamatan X`` as printed where it counts most."""
    for item in sorted(evidence, key=lambda e: -e.weight):
        for match in _before_name(_DISTRICT[0]).finditer(item.text.text):
            name = _name_at(item.text, match.end())
            if name is not None:
                return item.text[match.start() : match.end() + len(name)]
    return None
