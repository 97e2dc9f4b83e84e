"""I rules on copied text: a decree that speaks of another region, or of another kind of region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.ocr_damage import find_ocr_noise
from pipeline.audit.domain.region_names import find_foreign_names, fold_region_name, is_running_text
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext


def foreign_region(context: AuditContext) -> Iterator[Violation]:
    """I008: the decree names another kecamatan or regency as its own.

    Inside its table a name in capitals may be no kecamatan after all; one that has a decree of its own is.
    """
    known_kecamatan = {fold_region_name(decree.kecamatan) for decree in context.decrees if decree.kecamatan}
    for decree in context.decrees:
        regency = (decree.regency or "").split(maxsplit=1)
        own_names = [(title, decree.kecamatan) for title in load_lexicon().own_titles.entries]
        if len(regency) == 2:
            own_names.append((regency[0], regency[1]))
        for pointer, text in _own_texts(decree):
            for title, name in own_names:
                for foreign_name in find_foreign_names(text, title, name) if name else ():
                    yield _region_violation(decree, pointer, text, foreign_name)
        inner_titles = [("kecamatan", decree.kecamatan)] if decree.kecamatan else []
        regency_titles = (
            [(title, regency[1]) for title in (regency[0], "bupati")] if len(regency) == 2 else []
        )
        for pointer, text in (*_regency_grounds(decree), *_inner_texts(decree)):
            for title, name in (*inner_titles, *regency_titles):
                for foreign_name in find_foreign_names(text, title, name):
                    printed_name = foreign_name.partition(" ")[2]
                    has_decree = title == "kecamatan" and fold_region_name(printed_name) in known_kecamatan
                    if has_decree or _is_name(printed_name) or is_running_text(text):
                        grade = "agency" if has_decree else "inner"
                        yield replace(_region_violation(decree, pointer, text, foreign_name), grade=grade)


def other_kind_of_head(context: AuditContext) -> Iterator[Violation]:
    """I018: a regency's decree that speaks of a mayor, or a town's that speaks of a Bupati."""
    lexicon = load_lexicon()
    for decree in context.decrees:
        is_town = (decree.regency or "").casefold().startswith("kota ")
        own_head, other_head = (
            (lexicon.mayors, lexicon.regents) if is_town else (lexicon.regents, lexicon.mayors)
        )
        for pointer, text in (*_own_texts(decree), *_inner_texts(decree)) if decree.regency else ():
            other = other_head.find_first(text)
            # Laws speak of both: bupati/wali kota.
            if other and not own_head.occurs_in(text):
                yield _region_violation(decree, pointer, text, other)


def _region_violation(decree: Decree, pointer: str, text: str, foreign_name: str) -> Violation:
    author = (
        format_phrase("decree-of-kecamatan", kecamatan=decree.kecamatan)
        if decree.kecamatan
        else format_phrase("decree-of-regency", regency=decree.regency or "")
    )
    values = {
        "own": _own_name(decree),
        "other": foreign_name,
        "decree_id": author.id,
        "decree_en": author.en,
    }
    circumstance = "damaged" if find_ocr_noise(text) else text_origin(decree)
    return Violation((Location(decree, pointer, text),), values, circumstance=circumstance)


def _is_name(text: str) -> bool:
    """Whether a text in capitals is a name: no word of it is one that the tables of the language explain."""
    tokens = normalise_text(text).tokens
    return bool(tokens) and not any(token.is_known for token in tokens)


def _regency_grounds(decree: Decree) -> Iterator[tuple[str, str]]:
    """Grounds that must be the own regency's: what its Bupati or council adopted; laws may name any."""
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            if load_lexicon().own_regulations.match_start(text):
                yield f"/{field}/{index}", text


def _inner_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """Texts inside holders and indicators, where a decree may also have been copied."""
    for index, holder in enumerate(decree.holders):
        base = f"/holders/{index}"
        yield f"{base}/goal", holder.goal or ""
        for field, entries in (("duties", holder.duties), ("functions", holder.functions)):
            yield from ((f"{base}/{field}/{k}", text) for k, text in enumerate(entries))
        for number, indicator in enumerate(holder.indicators):
            indicator_pointer = f"{base}/indicators/{number}"
            yield f"{indicator_pointer}/objective", indicator.objective or ""
            yield f"{indicator_pointer}/name", indicator.name
            yield f"{indicator_pointer}/formula", indicator.formula.raw if indicator.formula else ""
            yield f"{indicator_pointer}/explanation", indicator.explanation or ""
            yield from (
                (f"{indicator_pointer}/data_sources/{k}", text)
                for k, text in enumerate(indicator.data_sources)
            )
            yield from (
                (f"{indicator_pointer}/responsible/{k}", text) for k, text in enumerate(indicator.responsible)
            )


def _own_name(decree: Decree) -> str:
    """What a decree calls its own region, as a finding tells it."""
    parts = [format_phrase("own-kecamatan", kecamatan=decree.kecamatan).id] if decree.kecamatan else []
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


RULES = {"I008": foreign_region, "I018": other_kind_of_head}
