"""K rules: what kecamatan of one regency and period, or an agency and its posts, say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, spot
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.periods import comparable, relation
from pipeline.audit.variants import across, shared, variant_hit, variants
from pipeline.audit.wording import bare, same_words
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Case, Context

FEWEST_POSTS = 2
"""Posts below the Camat from which a decree can be said to pass his indicators on."""


def _same_entries(left: list[str], right: list[str]) -> bool:
    """Whether two lists say the same, whatever their order."""
    if len(left) != len(right):
        return False
    rest = list(right)
    for entry in left:
        found = next((other for other in rest if same_words(entry, other)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def same_entries(left: list[str], right: list[str]) -> bool:
    """Whether two lists say the same, heads and the units that they lead being one."""
    return _same_entries(_offices(left), _offices(right))


def _offices(entries: list[str]) -> list[str]:
    """The entries with heads named by their units: *Kasi X* answers where *Seksi X* is said to."""
    heads = lexicon().heads
    return [" ".join(heads.get(word, word) for word in words_of(entry)) for entry in entries]


def _differing_entries(context: Context, field: str) -> Iterator[Hit]:
    def entries(case: Case) -> list[str]:
        found: list[str] = getattr(case.mention.indicator, field)
        return found

    for one in shared(context):
        filled = tuple(c for c in one.cases if entries(c))
        groups = variants(filled, lambda a, b: same_entries(entries(a), entries(b)))
        if across(groups):

            def text(case: Case) -> str:
                return ", ".join(entries(case))

            yield variant_hit(one, groups, field, text, text, text)


def officers(context: Context) -> Iterator[Hit]:
    """K003: one indicator, several responsible officers."""
    return _differing_entries(context, "responsible")


def sources(context: Context) -> Iterator[Hit]:
    """K004: one indicator, several data sources."""
    return _differing_entries(context, "data_sources")


def _goals(decree: Decree) -> str | None:
    return decree.holders[0].goal_indicator if decree.kind == "IKU" and decree.holders else None


def goals(context: Context) -> Iterator[Hit]:
    """K005: agencies of one regency and period pursue goals measured by different indicators."""
    regencies: dict[str, list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and _goals(decree):
            regencies.setdefault(decree.regency, []).append(decree)
    for regency, decrees in sorted(regencies.items()):
        for group in comparable(decrees):
            versions = variants(group, lambda a, b: same_words(_goals(a) or "", _goals(b) or ""))
            if len(versions) > 1:
                spots = tuple(Spot(d, "/holders/0/goal_indicator", _goals(d) or "") for d in group)
                stated = tuple((_goals(v[0]) or "", tuple(v)) for v in versions)
                told = [f'"{goal}" ({", ".join(d.kecamatan or "?" for d in v)})' for goal, v in stated]
                yield Hit(spots, {"regency": regency, "variants": "; ".join(told)}, variants=stated)


def _carries(content: list[str], there: frozenset[str]) -> bool:
    """Whether a post's indicator serves the agency's: most content words of the name are there."""
    return 2 * sum(word in there for word in content) > len(content)


def carried_by(above: Case, below: Case) -> bool:
    """Whether a post's indicator serves the agency's by its words, or measures the same thing."""
    if above.target is not None and above.target == below.target:
        return True
    return _carries(_content(above), frozenset(words_of(below.mention.name)))


def _content(case: Case) -> list[str]:
    marker = lexicon()["participle_markers"]
    return [word for word in words_of(bare(case.mention.name)) if not marker.is_word(word)]


def not_cascaded(context: Context) -> Iterator[Hit]:
    """K006: no position of the kecamatan carries an indicator of its agency."""
    for agency in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        posts = [
            d
            for d in context.decrees
            if d.kind == "IKI"
            and (d.kecamatan, d.regency) == (agency.kecamatan, agency.regency)
            and relation(agency, d) != "other"
        ]
        carried = [case for decree in posts for case in context.of(decree)]
        targets = {case.target for case in carried} - {None}
        spoken = {frozenset(words_of(case.mention.name)) for case in carried}
        if not carried:
            continue
        for case in context.of(agency):
            name, content = case.mention.name, _content(case)
            if case.target not in targets and not any(_carries(content, there) for there in spoken):
                spots = (spot(case, "", name), *(Spot(d, "/holders") for d in posts))
                yield Hit(spots, {"name": name, "kecamatan": agency.kecamatan or ""}, case.level)


def not_carried(context: Context) -> Iterator[Hit]:
    """K018: in a decree of posts, no officer or clerk carries an indicator of the Camat.

    Only where they carry others of his: a Camat may keep indicators to himself, but then all alike.
    """
    for decree in context.decrees:
        heads = [case for case in context.of(decree) if case.level == "head"]
        below = [case for case in context.of(decree) if case.level in ("officer", "staff")]
        posts = {case.mention.holder_index for case in below}
        lost = [case for case in heads if not any(carried_by(case, other) for other in below)]
        if len(posts) < FEWEST_POSTS or 2 * len(lost) >= len(heads):
            continue
        for case in lost:
            yield Hit(
                (spot(case, "", case.mention.name),), {"name": case.mention.name}, case.level, case.origin
            )


def units_differ(context: Context) -> Iterator[Hit]:
    """K007: two posts of one decree measure the same thing, one as a share, the other as a count."""
    percent, counts = lexicon()["percentages"], lexicon()["counts"]
    for decree in context.decrees:
        shares: dict[frozenset[str], list[Case]] = {}
        for case in context.of(decree):
            if percent.holds(case.mention.name):
                shares.setdefault(_thing(case), []).append(case)
        for below in (c for c in context.of(decree) if counts.begins(c.mention.name)):
            thing = _thing(below)
            same = shares.get(thing, ()) if thing else ()
            above = next((c for c in same if c.mention.holder_index != below.mention.holder_index), None)
            if above is not None:
                values = {"name": below.mention.name, "other": above.mention.name}
                yield Hit((spot(below, "formula"), spot(above, "formula")), values, below.level)


def _thing(case: Case) -> frozenset[str]:
    """What an indicator measures, whatever its measure and over whatever span of time."""
    return normalise(_untimed(case.mention.name), case.mention.kecamatan).keys


def _untimed(name: str) -> str:
    """What is measured: without measure words, span of time and the words that only bound it."""
    table = lexicon()
    words = [
        w for w in words_of(bare(name)) if not table["periods"].is_word(w) and not table["bounds"].is_word(w)
    ]
    return " ".join(word for word in words if not word.isdigit())


RULES = {
    "K003": officers,
    "K004": sources,
    "K005": goals,
    "K006": not_cascaded,
    "K007": units_differ,
    "K018": not_carried,
}
