"""What findings tell beside their rules' texts: phrases, and how a formula differs from a definition."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.models.findings import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.models.catalogue import DifferenceEntry

_NUMBER = re.compile(r"-?\d+(?:/\d+)?")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")


class MonthNames(TableModel):
    """The names of the months, in one line for each language."""

    names: Wording


class MessageTable(TableModel):
    """Phrases of findings, and the clauses that tell how a formula differs from a definition."""

    sides: dict[str, Wording]
    joints: dict[str, Wording]
    kinds: dict[str, Wording]
    months: MonthNames
    phrases: dict[str, Wording]


def format_phrase(key: str, **values: str) -> Wording:
    """Return one of the phrases of ``messages.yaml`` with its placeholders filled."""
    text = _message_table().phrases[key]
    wordings = {name: format_date(value) for name, value in values.items()}
    return Wording(
        id=text.id.format(**{name: value.id for name, value in wordings.items()}),
        en=text.en.format(**{name: value.en for name, value in wordings.items()}),
    )


def format_date(text: str) -> Wording:
    """``2023-05-17`` as *17 Mei 2023* and *17 May 2023*; any other text as it stands.

    The 31st of February is told so as well: it may be what a decree prints.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return Wording(id=text, en=text)
    year, month, day = match.groups()
    names = _message_table().months.names
    return Wording(
        id=f"{int(day)} {names.id.split()[int(month) - 1]} {year}",
        en=f"{int(day)} {names.en.split()[int(month) - 1]} {year}",
    )


def join_wordings(wordings: Iterable[Wording]) -> Wording:
    """The wordings as one list, in each language."""
    wording_list = list(wordings)
    return Wording(
        id=_join_parts([w.id for w in wording_list], "id"), en=_join_parts([w.en for w in wording_list], "en")
    )


def describe_differences(differences: Iterable[DifferenceEntry]) -> Wording:
    """The differences as clauses that end the sentence *The formula differs from the definition: …*.

    Words that both sides have are no part of a difference; each clause stands once.
    """
    difference_list = list(differences)
    return Wording(
        id=_describe_in_language(difference_list, "id"), en=_describe_in_language(difference_list, "en")
    )


def _describe_in_language(differences: list[DifferenceEntry], language: str) -> str:
    return "; ".join(dict.fromkeys(_difference_clause(difference, language) for difference in differences))


def _difference_clause(difference: DifferenceEntry, language: str) -> str:
    table = _message_table()
    decree_words = [word for word in dict.fromkeys(difference.decree) if word not in difference.definition]
    definition_words = [
        word for word in dict.fromkeys(difference.definition) if word not in difference.decree
    ]
    template = _clause_template(difference.kind, bool(definition_words), bool(decree_words))
    clause: str = getattr(table.kinds[template], language)
    return clause.format(
        side=getattr(table.sides[difference.side], language),
        definition=_quote_words(definition_words, language),
        decree=_quote_words(decree_words, language),
    )


def _clause_template(kind: str, has_definition_words: bool, has_decree_words: bool) -> str:
    """The clause that fits: another quantity that has only words more or fewer is an addition or a loss."""
    if kind == "other-quantity" and not (has_definition_words and has_decree_words):
        return (
            "words-added"
            if has_decree_words
            else "words-dropped"
            if has_definition_words
            else "other-structure"
        )
    return kind


def _quote_words(words: list[str], language: str) -> str:
    """The words in quotes, numbers without, as a list."""
    return _join_parts([word if _NUMBER.fullmatch(word) else f'"{word}"' for word in words], language)


def _join_parts(parts: list[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    joint = getattr(_message_table().joints["and" if len(parts) == 2 else "last"], language)
    return f"{', '.join(parts[:-1])}{joint}{parts[-1]}"


@cache
def _message_table() -> MessageTable:
    return load_table(__package__, "messages.yaml", MessageTable)
