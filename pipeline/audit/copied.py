"""I008: a decree that names another kecamatan or regency where it speaks of itself: it was copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.damage import noise
from pipeline.audit.lexicon import lexicon
from pipeline.audit.regions import fold, other_names
from pipeline.audit.telling import phrase
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context


def other_region(context: Context) -> Iterator[Hit]:
    """I008: the decree names another kecamatan or regency as its own.

    Inside its table a name in capitals may be no kecamatan after all; one that has a decree of its own is.
    """
    known = {fold(decree.kecamatan) for decree in context.decrees if decree.kecamatan}
    for decree in context.decrees:
        regency = (decree.regency or "").split(maxsplit=1)
        own = [(title, decree.kecamatan) for title in lexicon()["own_titles"].entries]
        if len(regency) == 2:
            own.append((regency[0], regency[1]))
        for pointer, text in _own_texts(decree):
            for title, name in own:
                for other in other_names(text, title, name) if name else ():
                    yield _region_hit(decree, pointer, text, other)
        inside = [("kecamatan", decree.kecamatan)] if decree.kecamatan else []
        above = [(title, regency[1]) for title in (regency[0], "bupati")] if len(regency) == 2 else []
        for pointer, text in (*_of_the_regency(decree), *_inner_texts(decree)):
            for title, name in (*inside, *above):
                for other in other_names(text, title, name):
                    name_there = other.partition(" ")[2]
                    real = title == "kecamatan" and fold(name_there) in known
                    if real or _is_name(name_there):
                        grade = "agency" if real else "inner"
                        yield replace(_region_hit(decree, pointer, text, other), grade=grade)


def _region_hit(decree: Decree, pointer: str, text: str, other: str) -> Hit:
    values = {"own": _own_name(decree), "other": other}
    circumstance = "damaged" if noise(text) else origin(decree)
    return Hit((Spot(decree, pointer, text),), values, circumstance=circumstance)


def _is_name(text: str) -> bool:
    """Whether a text in capitals is a name: no word of it is one that the tables of the language explain."""
    tokens = normalise(text).tokens
    return bool(tokens) and not any(token.known for token in tokens)


def _of_the_regency(decree: Decree) -> Iterator[tuple[str, str]]:
    """Grounds that must be the own regency's: what its Bupati or council adopted; laws may name any."""
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            if lexicon()["own_regulations"].begins(text):
                yield f"/{field}/{index}", text


def _inner_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """Texts inside holders and indicators, where a decree may also have been copied."""
    for index, holder in enumerate(decree.holders):
        base = f"/holders/{index}"
        yield f"{base}/goal", holder.goal or ""
        for field, entries in (("duties", holder.duties), ("functions", holder.functions)):
            yield from ((f"{base}/{field}/{k}", text) for k, text in enumerate(entries))
        for number, one in enumerate(holder.indicators):
            inside = f"{base}/indicators/{number}"
            yield f"{inside}/objective", one.objective or ""
            yield f"{inside}/name", one.name
            yield f"{inside}/formula", one.formula.raw if one.formula else ""
            yield f"{inside}/explanation", one.explanation or ""
            yield from ((f"{inside}/data_sources/{k}", text) for k, text in enumerate(one.data_sources))
            yield from ((f"{inside}/responsible/{k}", text) for k, text in enumerate(one.responsible))


def _own_name(decree: Decree) -> str:
    """What a decree calls its own region, as a finding tells it."""
    parts = [phrase("own-kecamatan", kecamatan=decree.kecamatan).id] if decree.kecamatan else []
    return ", ".join([*parts, decree.regency] if decree.regency else parts)


def _own_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """Texts in which a decree speaks of itself; the legal basis may well name others."""
    yield "/title", decree.title or ""
    for field, entries in (("considerations", decree.considerations), ("dictums", decree.dictums)):
        for index, entry in enumerate(entries):
            yield f"/{field}/{index}", entry
    yield "/signatory/position", (decree.signatory.position if decree.signatory else None) or ""
    for index, holder in enumerate(decree.holders):
        yield f"/holders/{index}/name", holder.name or ""


RULES = {"I008": other_region}
