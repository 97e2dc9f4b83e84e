"""What a document calls itself: kecamatan, regency, region code, period, year, kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.model.decree_kind import DecreeKind
from extractors.model.passage import Passage
from extractors.parser.record_builder import SourcedValue
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher
from extractors.parser.vocabulary.form_words import form_words

_DISTRICT = ("region_names/district", "region_names/district_heads")
_REGENCY, _CITY = "region_names/regency", "region_names/city"
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_REGION_CODE = re.compile(
    r"(?<![\d.])\d ?\d ?\. ?\d ?\d ?\. ?\d ?\d(?: ?\. ?\d ?\d ?\d ?\d)?(?![\d.]\d|\d)"
)  # OCR sets blanks beside a 1
_BLANKS = re.compile(r"\s")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
MAX_NAME_WORDS = 4
"""Words in the name of a kecamatan or regency."""


@dataclass(frozen=True, slots=True)
class RegionEvidence:
    """A passage that may name the document's region, and how much it counts."""

    text: Passage
    weight: int


def find_kecamatan(evidence: Sequence[RegionEvidence]) -> SourcedValue | None:
    """The kecamatan's name alone, in title case: the one that counts most."""
    return _select_heaviest(
        [(e, name) for e in evidence for name in _find_names(e.text, _name_keyword_pattern(*_DISTRICT), 0)]
    )


def find_regency(evidence: Sequence[RegionEvidence]) -> SourcedValue | None:
    """``Kabupaten X`` or ``Kota X`` as the document says of itself."""
    return _select_heaviest(
        [
            (e, name)
            for e in evidence
            for name in _find_names(e.text, _name_keyword_pattern(_REGENCY, _CITY), 1)
        ]
    )


def _find_names(text: Passage, keyword: re.Pattern[str], with_kind: int) -> list[SourcedValue]:
    found_names: list[SourcedValue] = []
    for match in keyword.finditer(text.text):
        name = _read_name_at(text, match.end())
        if name is None:
            continue
        if with_kind:
            keyword_text = match.group().strip().lower()
            kind = vocabulary_matcher.word_list(
                _CITY if keyword_text in vocabulary_matcher.word_list(_CITY) else _REGENCY
            )[0].capitalize()
            found_names.append(
                SourcedValue(f"{kind} {title_case(name.text)}", text[match.start() : match.end() + len(name)])
            )
        else:
            found_names.append(SourcedValue(title_case(name.text), name))
    return found_names


@cache
def _name_keyword_pattern(*lists: str) -> re.Pattern[str]:
    """Any word of the lists, in capitals or capitalised: behind one in lower case stands no name."""
    keywords = {
        form
        for name in lists
        for word in vocabulary_matcher.word_list(name)
        for form in (word.upper(), word.capitalize())
    }
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(form) for form in sorted(keywords, key=len, reverse=True))})\s+"
    )


@cache
def _period_pattern() -> re.Pattern[str]:
    """Two years and what joins them."""
    joints = "|".join(
        word.replace(".", r"\s?[./]?\s?").replace(" ", r"\s+")
        for word in vocabulary_matcher.word_list("period_joints")
    )
    year = r"((?:19|20)\d\d)"
    return re.compile(rf"(?<!\d){year}\s*(?:[-–—]+|{joints})\s*{year}(?!\d)", re.IGNORECASE)


def _read_name_at(text: Passage, start: int) -> Passage | None:
    """The capitalised words at an offset, up to a word that is no part of a name."""
    end = start
    for _ in range(MAX_NAME_WORDS):
        match = _NAME_WORD.match(text.text, end)
        if match is None or not match.group()[0].isupper() or match.group().lower() in _name_stops():
            break
        end = match.end()
        if text.text[end : end + 1] != " ":
            break
        end += 1
    name = text[start:end].strip()
    return name if len(name) > 1 else None


@cache
def _name_stops() -> frozenset[str]:
    return frozenset(vocabulary_matcher.word_list("name_stops")) | _title_ends()


def title_case(name: str) -> str:
    """A name in title case, whatever it was printed in."""
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name.lower())


def _select_heaviest(candidates: Sequence[tuple[RegionEvidence, SourcedValue]]) -> SourcedValue | None:
    counts: dict[str, int] = defaultdict(int)
    for evidence, name_value in candidates:
        counts[name_value.value] += evidence.weight
    if not counts:
        return None
    best = max(counts, key=lambda name: (counts[name], name))
    total = sum(counts.values())
    first_value = next(name_value for _, name_value in candidates if name_value.value == best)
    return SourcedValue(best, first_value.source, round(counts[best] / total, 3))


def find_region_code(number: Passage | None) -> SourcedValue | None:
    """The Kemendagri code in a decree's number."""
    match = _REGION_CODE.search(number.text) if number else None
    if match is None or number is None:
        return None
    return SourcedValue(_BLANKS.sub("", match.group()), number[match.start() : match.end()])


def find_labelled_region_code(text: Passage) -> SourcedValue | None:
    """The Kemendagri code behind a label (``Kode Wilayah 35.08.12``), as letterheads print it."""
    label = _region_code_label().search(text.text)
    return find_region_code(text[label.end() :]) if label else None


@cache
def _region_code_label() -> re.Pattern[str]:
    labels = vocabulary_matcher.join_alternatives(vocabulary_matcher.word_list("region_code_labels"))
    return re.compile(rf"(?<!\w)(?:{labels})\W*(?=\d)", re.IGNORECASE)


def find_period(texts: Sequence[Passage]) -> dict[str, SourcedValue] | None:
    """The first span of years in titles and headings."""
    for text in texts:
        match = _period_pattern().search(ocr_digits.repair_digits(text.text))
        if match and int(match.group(1)) <= int(match.group(2)):
            return {
                key: SourcedValue(int(match.group(group)), text[match.start(group) : match.end(group)])
                for group, key in ((1, "start"), (2, "end"))
            }
    return None


def find_year(
    number: SourcedValue | None,
    date: SourcedValue | None,
    period_years: dict[str, SourcedValue] | None,
    titles: Sequence[Passage],
) -> SourcedValue | None:
    """The decree's year: from the number, else the date, the period's first, or a title's single year."""
    if number is not None and (years := list(_YEAR.finditer(number.value))):
        last_match = years[-1]
        return SourcedValue(int(last_match.group(1)), number.source)
    if date is not None:
        return SourcedValue(int(date.value[:4]), date.source)
    if period_years is not None:
        return period_years["start"]
    for text in titles:
        if match := _YEAR.search(text.text):
            return SourcedValue(int(match.group(1)), text[match.start() : match.end()])
    return None


def find_title_year(titles: Sequence[Passage]) -> SourcedValue | None:
    """Return the one year that the first title with a year names; ``None`` where it names several."""
    for text in titles:
        years = list(_YEAR.finditer(ocr_digits.repair_digits(text.text)))
        if years:
            is_one = len({match.group() for match in years}) == 1
            match = years[0]
            return SourcedValue(int(match.group()), text[match.start() : match.end()]) if is_one else None
    return None


def names_listed_kind(title: str) -> bool:
    """Does a title name a kind of document as what it lists (``KAMUS INDIKATOR KINERJA UTAMA``)?"""
    words_before = "|".join(map(re.escape, vocabulary_matcher.word_list("title_openers")))
    opener = re.match(rf"(?:{words_before})\s+(?:[\d.]+\s+)?", title, re.IGNORECASE)
    return opener is not None and any(
        pattern.match(title, opener.end()) for pattern in _kind_patterns().values()
    )


def title_kind(title: str) -> DecreeKind | None:
    """Return the kind of document that a title names first; ``None`` where it names none."""
    matches = [
        (match.start(), -len(match.group()), kind)
        for kind, pattern in _kind_patterns().items()
        if (match := pattern.search(title))
    ]
    return min(matches)[2] if matches else None


@cache
def _kind_patterns() -> dict[DecreeKind, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?<!\w)(?:{vocabulary_matcher.join_alternatives(words)})(?!\w)", re.IGNORECASE)
        for kind, words in form_words().kinds.items()
    }


def named_kind(titles: Sequence[Passage]) -> DecreeKind | None:
    """Return the kind that the first title names that names one."""
    return next((kind for text in titles if (kind := title_kind(text.text))), None)


def determine_kind(titles: Sequence[Passage], positions: int, agencies: int) -> DecreeKind:
    """Return the kind of a document, by its titles.

    ``IKI`` and ``IKU`` are told apart by what is measured, where anything is: positions or the agency.
    """
    kind = named_kind(titles)
    if kind not in (None, "IKU", "IKI"):
        return kind
    if positions or agencies:
        return "IKI" if positions > agencies else "IKU"
    return kind or "IKU"


def find_agency(evidence: Sequence[RegionEvidence]) -> Passage | None:
    """Return the agency as it is printed where that counts most: a kecamatan, else any other office."""
    texts = [item.text for item in sorted(evidence, key=lambda e: -e.weight)]
    for text in texts:
        for match in _name_keyword_pattern(_DISTRICT[0]).finditer(text.text):
            name = _read_name_at(text, match.end())
            if name is not None:
                return text[match.start() : match.end() + len(name)]
    offices = [office for text in texts if (office := _find_office(text)) is not None]
    if not offices:
        return None
    return max(
        (office for office in offices if office.text.casefold().startswith(offices[0].text.casefold())),
        key=len,
    )


def cut_title_end(text: Passage) -> Passage:
    """Return the name of an office without the years and numbers that a heading prints behind it."""
    for word in _OFFICE_WORD.finditer(text.text):
        if word.group(1).lower() in _title_ends():
            return text[: word.start()].strip(" ,.;:-")
    return text


def _find_office(text: Passage) -> Passage | None:
    """Return an office with all that its name goes on with (``DINAS SOSIAL KABUPATEN X``)."""
    match = _office_pattern().search(text.text)
    if match is None:
        return None
    end = match.end()
    for word in _OFFICE_WORD.finditer(text.text, end):
        name = word.group(1)
        if word.start() != end or not (name[0].isupper() or name in _joining_words()):
            break
        if name.lower() in _title_ends():
            break
        end = word.end()
    office = text[match.start() : end].strip(" ,.;:-")
    return office if len(office) > len(match.group()) else None


_OFFICE_WORD = re.compile(r"[\s,]+([^\W\d_][\w'’/&-]*)")


@cache
def _office_pattern() -> re.Pattern[str]:
    """The word that an office's name begins with, in capitals or capitalised."""
    words = vocabulary_matcher.word_list("holder_agencies")
    forms = {form for word in words for form in (word.upper(), word.title())}
    return re.compile(rf"(?<!\w)(?:{vocabulary_matcher.join_alternatives(forms)})(?!\w)")


@cache
def _joining_words() -> frozenset[str]:
    return frozenset(vocabulary_matcher.word_list("open_ends"))


@cache
def _title_ends() -> frozenset[str]:
    return frozenset(vocabulary_matcher.word_list("title_ends"))
