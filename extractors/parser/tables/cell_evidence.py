"""What the cells of a column hold: running numbers, values, units, formulas, posts, documents, sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from extractors.knowledge.measures import measure_table
from extractors.knowledge.yaml_loader import TableModel, load_table
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

ACTIVITY_CATEGORIES = frozenset({"facilitation", "coordination", "recommendation"})
MOST_CELLS = 60
"""Rows of a table whose cells are looked at."""
LONGEST_VALUE = 60
"""Characters of a cell that holds a value."""
LONGEST_UNIT = 3
"""Words of a unit (``orang per desa``)."""
OUTCOME_END = "nya"
"""What makes a noun of a verb or adjective: what it names has come about (``Lancarnya``)."""
SENTENCE_WORDS = 12
"""Words from which a text without operators is a sentence."""

_CODE = re.compile(r"^\(?(?:[A-Z]{2,4}\s?)?\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")
_RUNNING = re.compile(r"\(?(?:[A-Z]{2,4}\s?)?(\d{1,3})((?:\.\d{1,2})*)[.)]?")
_VALUE = re.compile(
    r"[<>≥≤±=~]*\s*(?:Rp\.?\s*)?[\d.,]*\d[\d.,]*\s*(?:%|‰)?(?P<unit>(?:\s+[^\W\d_][\w./-]*){0,3})"
)
_MONEY = re.compile(r"(?:Rp\.?\s*[\d.,]+|\d{1,3}(?:\.\d{3}){2,})(?:,\d+|,-)?")
_OPERATOR = re.compile(
    r"[÷×∑Σ√]|\\frac|\\sum|(?<=\s)[/:+*](?=\s)|\)\s*/|/\s*\(|(?<![\w])[xX*]\s*\d|\d\s*%\s*$|[—–_-]{4,}|\s=\s"
)


class CellEvidenceTable(TableModel):
    """The table of evidence (``cell_evidence.yaml``)."""

    post_starts: tuple[str, ...]
    document_starts: tuple[str, ...]
    outcome_starts: tuple[str, ...]
    kinds: dict[str, dict[str, float]]
    before_name: dict[str, float]
    behind_name: dict[str, float]
    least_score: float
    least_untitled_name: float


@cache
def evidence_table() -> CellEvidenceTable:
    """Return the table of evidence."""
    return load_table("extractors.parser.vocabulary", "cell_evidence.yaml", CellEvidenceTable)


def describe_column(texts: Sequence[str]) -> dict[str, float]:
    """Return the share of a column's filled cells that are of each kind (0 to 1)."""
    filled_texts = [text for text in texts if text]
    if not filled_texts:
        return {}
    if _is_running(filled_texts):
        return {"running_number": 1.0}
    counts = Counter(kind for text in filled_texts for kind in classify_cell(text))
    return {kind: count / len(filled_texts) for kind, count in counts.items()}


def score_cells(shares: Mapping[str, float]) -> dict[str, float]:
    """Return how much a column's cells speak for each field; negative where they speak against it."""
    scores: dict[str, float] = {}
    for kind, share in shares.items():
        for field, weight in evidence_table().kinds.get(kind, {}).items():
            scores[field] = scores.get(field, 0.0) + weight * share
    return scores


@lru_cache(maxsize=4096)
def classify_cell(text: str) -> frozenset[str]:
    """Return the kinds of one cell; none where its words say nothing."""
    text = ocr_digits.repair_digits(" ".join(text.split()))
    if is_money(text):
        return frozenset({"money"})
    if is_value(text):
        return frozenset({"value"})
    text = _CODE.sub("", text)
    if is_unit(text):
        return frozenset({"unit"})
    kinds: set[str] = set()
    if is_outcome(text):
        kinds.add("outcome")
    if text.startswith("%") or vocabulary_matcher.starts_with(text, "measure_starts"):
        kinds.add("measure")
    if _starts_with_any(text, evidence_table().post_starts):
        kinds.add("post")
    elif _starts_with_any(text, evidence_table().document_starts):
        kinds.add("document")
    if _OPERATOR.search(text) or vocabulary_matcher.word_pattern("operators").search(text):
        kinds.add("formula")
    elif len(text.split()) >= SENTENCE_WORDS or vocabulary_matcher.word_pattern("copulas").search(text):
        kinds.add("prose")
    return frozenset(kinds)


def is_value(text: str) -> bool:
    """Return whether a text is a value: a number or percentage, perhaps with its unit, or a grade."""
    if len(text) > LONGEST_VALUE:
        return False
    if text.casefold() in vocabulary_matcher.word_list("nil"):
        return True
    if match := _VALUE.fullmatch(text):
        unit_words = match.group("unit").casefold().split()
        return not unit_words or unit_words[0].strip(".") in measure_table().units or len(unit_words) == 1
    first_word = re.split(r"[\s(,;/]", text.casefold(), maxsplit=1)[0]
    return text.casefold() in measure_table().grades or (
        first_word in measure_table().grades and any(c.isdigit() for c in text)
    )


def is_money(text: str) -> bool:
    """Return whether a text is an amount of rupiah."""
    return _MONEY.fullmatch(text.strip()) is not None


def is_unit(text: str) -> bool:
    """Return whether a text is a unit and little else."""
    words = re.findall(r"[^\W\d_]+|%", text.casefold())
    is_short = 0 < len(words) <= LONGEST_UNIT and not any(c.isdigit() for c in text[:3])
    return is_short and all(word in measure_table().units for word in words)


def is_outcome(text: str) -> bool:
    """Return whether a text names an outcome (``Meningkatnya …``): the first word of an objective."""
    first_word = text.split(" ", 1)[0].casefold().strip(".,:;")
    return len(first_word) > 5 and (
        first_word.startswith(evidence_table().outcome_starts)
        or (first_word.endswith(OUTCOME_END) and not vocabulary_matcher.starts_with(text, "measure_starts"))
    )


def is_post(text: str) -> bool:
    """Return whether a text begins as the name of an officer or an office."""
    return _starts_with_any(_CODE.sub("", text), evidence_table().post_starts)


def is_document(text: str) -> bool:
    """Return whether a text begins as the name of a document or of another data source."""
    return _starts_with_any(text, evidence_table().document_starts)


def find_activity_category(text: str) -> str | None:
    """Return the kind of activities with whose word a text begins, behind its mark."""
    marker = list_items.find_marker(text)
    text = text[marker.end :] if marker else text
    return next(
        (
            category
            for category in sorted(ACTIVITY_CATEGORIES)
            if vocabulary_matcher.starts_with(text, f"activity_words/{category}")
        ),
        None,
    )


def _starts_with_any(text: str, words: Iterable[str]) -> bool:
    return _start_pattern(tuple(words)).match(text) is not None


@cache
def _start_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"[-–•\s]*(?:{alternatives})(?!\w)", re.IGNORECASE)


def _is_running(texts: Sequence[str]) -> bool:
    """Do the cells number their rows: from 1 (or 1.1) upwards, now and then from 1 again?"""
    matches = [_RUNNING.fullmatch(ocr_digits.repair_digits(text)) for text in texts]
    numbers = [tuple(map(int, re.findall(r"\d+", match.group()))) for match in matches if match]
    if len(numbers) < len(texts) * 0.8 or not numbers:
        return False
    if len(numbers) == 1:
        return numbers[0] in ((1,), (1, 1)) and len(texts[0]) < 5
    steps = sum(
        later[:-1] != earlier[:-1] or later[-1] in (earlier[-1] + 1, 1)
        for earlier, later in pairwise(numbers)
    )
    return max(number[0] for number in numbers) <= 2 * len(texts) + 2 and steps >= 0.8 * (len(numbers) - 1)
