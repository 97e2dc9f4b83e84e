"""Find the indicators of a catalogue that speak of something: in name, definition, formula or one side of it.

Words are compared by their keys in the normal form, so that an abbreviation finds what it stands for (``IKM``
finds *Indeks Kepuasan Masyarakat*) and inflection does not matter. A text that has no such words, or is
printed literally (``n-1``), is found by its letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.errors import FormulaError
from pipeline.formulas import iter_quantities, parse_expression
from pipeline.formulas.expression.linear_syntax import Operation
from pipeline.language import normalise_text
from pipeline.places.regencies import is_same_regency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas import Expression
    from pipeline.models.catalogue import Catalogue, DocumentEntry, IndicatorEntry

Field = Literal["name", "definition", "numerator", "denominator", "formula"]
FIELDS: tuple[Field, ...] = ("name", "definition", "numerator", "denominator", "formula")
"""Where something may be found, the most telling first."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for; empty texts and None restrict nothing."""

    text: str = ""
    """Words anywhere: name, definition or formula."""
    numerator: str = ""
    """Words of a quantity above the line."""
    denominator: str = ""
    """Words of a quantity below the line."""
    kecamatan: str | None = None
    regency: str | None = None


@dataclass(frozen=True, slots=True)
class FoundIndicator:
    """An indicator that was found, with where and how well it fits."""

    indicator: IndicatorEntry
    document: DocumentEntry
    field: Field
    """The first field, in the order of ``FIELDS``, that holds what was looked for."""
    fit: float
    """Share (0 to 1) of the field that the query accounts for: 1 where they are the same."""


def find_indicators(catalogue: Catalogue, query: SearchQuery) -> list[FoundIndicator]:
    """Return the indicators that fit the query, the best first; of equal ones in the catalogue's order."""
    documents = {document.id: document for document in catalogue.documents}
    definitions = {definition.id: definition.name for definition in catalogue.definitions}
    found = []
    for indicator in catalogue.indicators:
        document = documents[indicator.document]
        if not _is_of_place(document, query):
            continue
        texts = _searchable_texts(indicator, definitions)
        hit = _find_all(texts, query, document.kecamatan)
        if hit is not None:
            found.append(FoundIndicator(indicator, document, *hit))
    return sorted(found, key=lambda result: (FIELDS.index(result.field), -result.fit))


def _is_of_place(document: DocumentEntry, query: SearchQuery) -> bool:
    if query.kecamatan is not None and _fold(query.kecamatan) != _fold(document.kecamatan or ""):
        return False
    return query.regency is None or (
        document.regency is not None and is_same_regency(query.regency, document.regency)
    )


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _searchable_texts(indicator: IndicatorEntry, definitions: dict[str, str]) -> dict[Field, list[str]]:
    """Return the texts of an indicator by field."""
    texts: dict[Field, list[str]] = {"name": [indicator.name]}
    if indicator.link.kind == "definition" and indicator.link.target in definitions:
        texts["definition"] = [definitions[indicator.link.target]]
    if indicator.formula is not None:
        texts["formula"] = [indicator.formula.raw]
        for field, quantity in _quantities_by_side(indicator.formula.expression):
            texts.setdefault(field, []).append(quantity)
    return texts


def _quantities_by_side(expression: str | None) -> Iterator[tuple[Field, str]]:
    """Yield each quantity of a formula with the side on which it stands; one that is not divided is above."""
    if expression is None:
        return
    try:
        parsed = parse_expression(expression)
    except FormulaError:
        return
    yield from _walk_sides(parsed, is_below=False)


def _walk_sides(expression: Expression, *, is_below: bool) -> Iterator[tuple[Field, str]]:
    if isinstance(expression, Operation):
        yield from _walk_sides(expression.left, is_below=is_below)
        yield from _walk_sides(expression.right, is_below=is_below ^ (expression.operator == "/"))
        return
    for quantity in iter_quantities(expression):
        yield ("denominator" if is_below else "numerator"), quantity.words


def _find_all(
    texts: dict[Field, list[str]], query: SearchQuery, kecamatan: str | None
) -> tuple[Field, float] | None:
    """Return the best field and its fit where every part of the query is found; None where one is not."""
    parts: list[tuple[str, tuple[Field, ...]]] = [
        (query.numerator, ("numerator",)),
        (query.denominator, ("denominator",)),
        (query.text, FIELDS),
    ]
    best: tuple[Field, float] = ("formula", 0.0)
    for text, fields in parts:
        if not text.strip():
            continue
        hits = [
            (field, fit)
            for field in fields
            for candidate in texts.get(field, ())
            if (fit := _measure_fit(text, candidate, kecamatan)) > 0
        ]
        if not hits:
            return None
        best = min(hits, key=lambda hit: (FIELDS.index(hit[0]), -hit[1]))
    return best


def _measure_fit(text: str, candidate: str, kecamatan: str | None) -> float:
    """Return the share of a text that the words looked for account for; 0 where one of them is missing."""
    wanted = normalise_text(text).all_keys
    present = normalise_text(candidate, kecamatan).all_keys
    if wanted and wanted <= present:
        return round(len(wanted) / len(present), 3)
    if _fold(text) in _fold(candidate):
        return round(len(_fold(text)) / len(_fold(candidate)), 3)
    return 0.0
