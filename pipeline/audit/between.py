"""K rules: further fields in which kecamatan of one regency, or an agency and its posts, differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.consistency import carried_by
from pipeline.audit.context import Hit, Spot, spot
from pipeline.audit.damage import formula_damage
from pipeline.audit.deadlines import contradictions, same_deadlines
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.periods import comparable, relation
from pipeline.audit.targets import aims
from pipeline.audit.telling import phrase
from pipeline.audit.variants import across, shared, variant_hit, variants
from pipeline.audit.wording import readable, same_words
from pipeline.formulas import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Case, Context

FAR_APART = 10
"""Times by which targets of one indicator differ when they are not of one scale (0,8 and 80)."""


def _differing(
    context: Context,
    field: str,
    text: Callable[[Case], str],
    same: Callable[[str, str], bool],
) -> Iterator[Hit]:
    """Indicators whose field, where it is filled, is stated in several ways by several kecamatan."""
    for one in shared(context):
        filled = tuple(c for c in one.cases if text(c).strip())
        groups = variants(filled, lambda a, b: same(text(a), text(b)))
        if across(groups):
            yield variant_hit(one, groups, field, text, text, text)


def units(context: Context) -> Iterator[Hit]:
    """K009: one indicator in several units; ``%`` and ``persen`` are one."""
    percent = lexicon()["percentages"]

    def same(left: str, right: str) -> bool:
        return words_of(left) == words_of(right) or (percent.holds(left) and percent.holds(right))

    return _differing(context, "unit", lambda c: c.mention.indicator.unit or "", same)


def definitions(context: Context) -> Iterator[Hit]:
    """K010: one indicator, several operational definitions; the same day in other words is no other."""
    for one in shared(context):
        filled = tuple(c for c in one.cases if _explained(c).strip())
        groups = variants(filled, _same_definition)
        if across(groups):
            yield variant_hit(one, groups, "explanation", _explained, _explained, _explained, _unlawful)


def _same_definition(left: Case, right: Case) -> bool:
    ours, theirs = _explained(left), _explained(right)
    if same_words(ours, theirs):
        return True
    return _conditions(ours) == _conditions(theirs) and same_deadlines(ours, theirs, left.mention.name)


def _conditions(text: str) -> set[str]:
    """The conditions that an explanation sets beside being in time."""
    return {word for word in words_of(text) if lexicon()["qualifiers"].is_word(word)} - {"tepat", "waktu"}


def _explained(case: Case) -> str:
    return case.mention.indicator.explanation or ""


def _unlawful(case: Case) -> bool:
    """Whether an explanation gives a deadline that the law does not: then the other one is right."""
    return any(contradictions(_explained(case), case.mention.name))


def objectives(context: Context) -> Iterator[Hit]:
    """K013: one indicator under several objectives."""
    return _differing(context, "objective", lambda c: c.mention.indicator.objective or "", same_words)


def names(context: Context) -> Iterator[Hit]:
    """K014: one indicator under several names."""
    return _differing(context, "name", lambda c: c.mention.name, lambda a, b: words_of(a) == words_of(b))


def targets(context: Context) -> Iterator[Hit]:
    """K011: targets of one indicator that rise here and fall there, or are of another scale."""
    for one in shared(context):
        aimed = tuple(c for c in one.cases if aims(c))
        groups = variants(aimed, lambda a, b: _course(a) * _course(b) >= 0 and not _far(a, b))
        if across(groups):
            yield variant_hit(one, groups, "targets", _printed, _printed, _printed)


def _course(case: Case) -> int:
    """Whether targets rise (1), fall (-1) or stay."""
    found = aims(case)
    change = found[-1].value - found[0].value
    return (change > 0) - (change < 0)


def _far(left: Case, right: Case) -> bool:
    """Whether the targets cannot be of one scale; what is counted may well differ between kecamatan."""
    if not (left.is_percentage or lexicon()["scores"].holds(left.mention.name)):
        return False
    low, high = sorted(max(abs(aim.value) for aim in aims(case)) for case in (left, right))
    return low > 0 and high / low >= FAR_APART


def _printed(case: Case) -> str:
    return "; ".join(f"{t.year}: {t.value}" for t in case.mention.indicator.targets)


def periods(context: Context) -> Iterator[Hit]:
    """K012: decrees of one regency whose periods overlap and are not the same."""
    regencies: dict[tuple[str, str], list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and decree.period:
            regencies.setdefault((decree.regency, decree.kind), []).append(decree)
    for (regency, _), decrees in sorted(regencies.items(), key=lambda item: item[0]):
        for group in comparable(decrees):
            versions = variants(group, lambda a, b: a.period == b.period)
            if len({d.kecamatan for version in versions for d in version}) > 1 and len(versions) > 1:
                odd = min(versions, key=len)
                ordered = [odd, *(v for v in versions if v is not odd)]
                spots = tuple(Spot(d, "/period", _span(d)) for version in ordered for d in version)
                stated = tuple((_span(v[0]), tuple(v)) for v in versions)
                told = "; ".join(
                    f"{span} ({', '.join(sorted({d.kecamatan or '?' for d in members}))})"
                    for span, members in stated
                )
                yield Hit(spots, {"regency": regency, "variants": told}, variants=stated)


def _span(decree: Decree) -> str:
    period = decree.period
    return f"{period.start}–{period.end}" if period else ""


def cascaded_otherwise(context: Context) -> Iterator[Hit]:
    """K015: a post carries the agency's indicator and computes it by another formula."""
    for agency, posts in _offices(context):
        own = {c.target: c for c in context.of(agency) if c.target and c.formula}
        for case in (c for post in posts for c in context.of(post) if c.formula):
            above = own.get(case.target or "")
            if above is None or formula_damage(case.mention.raw) or formula_damage(above.mention.raw):
                continue
            made = compare(above.mention.expression or "", case.mention.expression)
            if made.verdict == "differs" and any(d.side != "multiplier" for d in made.differences):
                spots = (
                    spot(case, "formula", case.mention.raw or ""),
                    spot(above, "formula", above.mention.raw or ""),
                )
                values = {
                    "name": case.mention.name,
                    "formula": readable(case.mention.expression or ""),
                    "other": readable(above.mention.expression or ""),
                }
                yield Hit(spots, values, case.level, case.origin)


def serves_nothing(context: Context) -> Iterator[Hit]:
    """K016: a post's indicator that serves no objective and no indicator of its agency."""
    for agency, posts in _offices(context):
        above = context.of(agency)
        targets_ = {c.target for c in above} - {None}
        aims_ = {c.mention.indicator.objective for c in above} - {None}
        for case in (c for post in posts for c in context.of(post)):
            objective = case.mention.indicator.objective
            if not objective or not above or case.target in targets_:
                continue
            told = any(same_words(objective, aim or "") for aim in aims_)
            if not told and not any(carried_by(c, case) or carried_by(case, c) for c in above):
                spots = (spot(case, "objective", objective), Spot(agency, "/holders/0"))
                yield Hit(spots, {"name": case.mention.name, "objective": objective}, case.level)


def _offices(context: Context) -> Iterator[tuple[Decree, list[Decree]]]:
    """Each agency's decree with those of the posts of the same kecamatan and period."""
    for agency in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        place = (agency.kecamatan, agency.regency)
        posts = [
            d
            for d in context.decrees
            if d.kind == "IKI" and (d.kecamatan, d.regency) == place and relation(agency, d) != "other"
        ]
        if posts:
            yield agency, posts


def goal_texts(context: Context) -> Iterator[Hit]:
    """K017: agencies of one regency and period pursue goals of different words."""
    regencies: dict[str, list[Decree]] = {}
    for decree in context.decrees:
        if decree.kind == "IKU" and decree.regency and decree.holders and decree.holders[0].goal:
            regencies.setdefault(decree.regency, []).append(decree)
    for regency, decrees in sorted(regencies.items()):
        for group in comparable(decrees):
            versions = variants(group, lambda a, b: same_words(_goal(a), _goal(b)))
            if len(versions) > 1:
                spots = tuple(Spot(d, "/holders/0/goal", _goal(d)) for d in group)
                stated = tuple((_goal(v[0]), tuple(v)) for v in versions)
                told = [f'"{goal}" ({", ".join(d.kecamatan or "?" for d in v)})' for goal, v in stated]
                period = "certain" if _one_period(versions) else "undated"
                ask = phrase("nothing" if period == "certain" else "ask-period")
                values = {"regency": regency, "variants": "; ".join(told), "ask_id": ask.id, "ask_en": ask.en}
                yield Hit(spots, values, circumstance=period, variants=stated)


def _one_period(versions: list[list[Decree]]) -> bool:
    """Whether two decrees that print one and the same period disagree."""
    return any(
        a.period is not None and a.period == b.period
        for index, group in enumerate(versions)
        for other in versions[index + 1 :]
        for a in group
        for b in other
    )


def _goal(decree: Decree) -> str:
    return decree.holders[0].goal or ""


RULES = {
    "K009": units,
    "K010": definitions,
    "K011": targets,
    "K012": periods,
    "K013": objectives,
    "K014": names,
    "K015": cascaded_otherwise,
    "K016": serves_nothing,
    "K017": goal_texts,
}
