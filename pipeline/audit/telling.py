"""What findings tell beside their rules' texts: phrases, and how a formula differs from a definition."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.assessment import Wording
from pipeline.audit.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.catalogue import DifferenceEntry

_NUMBER = re.compile(r"-?\d+(?:/\d+)?")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")

Terms = dict[str, dict[str, str]]


def phrase(key: str, **values: str) -> Wording:
    """One of the phrases of ``terms.yaml`` with its placeholders filled."""
    text = _terms()["phrases"][key]
    told = {name: day_told(value) for name, value in values.items()}
    return Wording(
        id=text["id"].format(**{name: value.id for name, value in told.items()}),
        en=text["en"].format(**{name: value.en for name, value in told.items()}),
    )


def day_told(text: str) -> Wording:
    """``2023-05-17`` as *17 Mei 2023* and *17 May 2023*; any other text as it stands.

    The 31st of February is told so as well: it may be what a decree prints.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return Wording(id=text, en=text)
    year, month, day = found.groups()
    names = {language: told.split() for language, told in _terms()["months"]["names"].items()}
    return Wording(
        id=f"{int(day)} {names['id'][int(month) - 1]} {year}",
        en=f"{int(day)} {names['en'][int(month) - 1]} {year}",
    )


def joined(wordings: Iterable[Wording]) -> Wording:
    """The wordings as one list, in each language."""
    both = list(wordings)
    return Wording(id=_joined([w.id for w in both], "id"), en=_joined([w.en for w in both], "en"))


def told_differences(differences: Iterable[DifferenceEntry]) -> Wording:
    """The differences as clauses that end the sentence *The formula differs from the definition: …*.

    Words that both sides have are no part of a difference; each clause stands once.
    """
    found = list(differences)
    return Wording(id=_told(found, "id"), en=_told(found, "en"))


def _told(differences: list[DifferenceEntry], language: str) -> str:
    return "; ".join(dict.fromkeys(_clause(difference, language) for difference in differences))


def _clause(difference: DifferenceEntry, language: str) -> str:
    terms = _terms()
    theirs = [word for word in dict.fromkeys(difference.decree) if word not in difference.definition]
    ours = [word for word in dict.fromkeys(difference.definition) if word not in difference.decree]
    template = _template(difference.kind, bool(ours), bool(theirs))
    return terms["kinds"][template][language].format(
        side=terms["sides"][difference.side][language],
        definition=_listed(ours, language),
        decree=_listed(theirs, language),
    )


def _template(kind: str, ours: bool, theirs: bool) -> str:
    """The clause that fits: another quantity that has only words more or fewer is an addition or a loss."""
    if kind == "other-quantity" and not (ours and theirs):
        return "words-added" if theirs else "words-dropped" if ours else "other-structure"
    return kind


def _listed(words: list[str], language: str) -> str:
    """The words in quotes, numbers without, as a list."""
    return _joined([word if _NUMBER.fullmatch(word) else f'"{word}"' for word in words], language)


def _joined(parts: list[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    joint = _terms()["joints"]["and" if len(parts) == 2 else "last"][language]
    return f"{', '.join(parts[:-1])}{joint}{parts[-1]}"


@cache
def _terms() -> dict[str, Terms]:
    table: dict[str, Terms] = load("rules/terms.yaml")
    return table
