"""Resolve which office documents are of: the printed heading against the official list of kecamatan.

A name alone is not enough (290 names occur more than once), and the printed regency may be damaged or wrong.
What a person says settles it. Else evidence is weighed in this order: the printed Kemendagri code, the
printed regency, a name that occurs once, and the signatory, who signs for one regency only. What remains
open names its candidates, so that a person is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.models.office import Office
from pipeline.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.office import Evidence
    from pipeline.places.gazetteer import Gazetteer, Kecamatan, Regency

LEAST_REGENCY = 0.7
"""Likeness from which a printed regency may be one of the list, if it has such a kecamatan."""
SURE_REGENCY = 0.86
"""Likeness from which a printed regency is known even where none of its kecamatan is like the printed one."""
LEAST_WITHIN = 0.7
"""Likeness from which a printed kecamatan may be one of some twenty of a regency."""
LEAST_TOGETHER = 0.8
"""Mean likeness of both names from which a heading is resolved."""
LEAST_ANYWHERE = 0.9
"""Likeness from which a printed kecamatan is taken for one of the 7,285."""
CLEAR_LEAD = 0.05
"""Likeness by which the best candidate must lead the second."""
CODE_AGREES = 0.6
"""Likeness of the names from which a printed code confirms the printed name."""
OPEN = Office(
    code=None, kecamatan=None, regency=None, province=None, evidence=[], certainty=0.0, candidates=[]
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a document prints of its office."""

    document: str
    """Id of the document."""
    kecamatan: str | None
    regency: str | None
    region_code: str | None = None
    signatory_nip: str | None = None
    corrected_code: str | None = None
    """Kemendagri code of the kecamatan that a person named; it wins over all that is printed."""


def resolve_offices(
    headings: Iterable[Heading], gazetteer: Gazetteer | None = None
) -> dict[str, Office | None]:
    """Return the office of each document by its id; None for a document that names no kecamatan.

    The result depends on the set of headings alone, not on their order.
    """
    places = gazetteer or load_gazetteer()
    ordered = sorted(headings, key=lambda heading: heading.document)
    offices = {heading.document: resolve_heading(heading, places) for heading in ordered}
    regencies = _regencies_by_signatory(ordered, offices)
    for heading in ordered:
        office = offices[heading.document]
        if office is not None and (signed := regencies.get(heading.signatory_nip or "")):
            offices[heading.document] = _add_signatory(heading, office, places, signed)
    return offices


def resolve_heading(heading: Heading, gazetteer: Gazetteer) -> Office | None:
    """Return the office that one heading names, by itself; None where it names no kecamatan."""
    if heading.corrected_code:
        return _make_office(gazetteer.kecamatan[heading.corrected_code], ["corrected"], 1.0)
    if not heading.kecamatan:
        return None
    by_code = _resolve_code(heading, gazetteer)
    printed_regency = None if _repeats_name(heading, gazetteer) else heading.regency
    regencies = _possible_regencies(printed_regency, gazetteer)
    if by_code is not None and (not regencies or by_code.regency in dict(regencies)):
        return _make_office(by_code, ["code"], 0.999)
    if regencies:
        return _resolve_within(heading.kecamatan, regencies, gazetteer)
    return _resolve_anywhere(heading, gazetteer)


def _repeats_name(heading: Heading, gazetteer: Gazetteer) -> bool:
    """Return whether the heading prints the kecamatan's name as that of a regency which does not exist."""
    if not heading.regency or not heading.kecamatan or gazetteer.find_regency(heading.regency):
        return False
    return gazetteer.regency_key(heading.regency)[1] == gazetteer.name_key(heading.kecamatan)


def _resolve_code(heading: Heading, gazetteer: Gazetteer) -> Kecamatan | None:
    """Return the kecamatan of the printed code, if none of its regency is more like the printed name."""
    kecamatan = gazetteer.kecamatan.get((heading.region_code or "")[:8])
    if kecamatan is None or heading.kecamatan is None:
        return None
    alike = gazetteer.similar_kecamatan(heading.kecamatan, CODE_AGREES, kecamatan.regency)
    return kecamatan if alike and alike[0][0] == kecamatan else None


def _possible_regencies(name: str | None, gazetteer: Gazetteer) -> list[tuple[Regency, float]]:
    """Return the regencies that a printed name may mean and how like it they are."""
    if not name:
        return []
    if exact := gazetteer.find_regency(name):
        return [(exact, 1.0)]
    return gazetteer.similar_regencies(name, LEAST_REGENCY)


def _resolve_within(name: str, regencies: Sequence[tuple[Regency, float]], gazetteer: Gazetteer) -> Office:
    """Return the kecamatan that is, with its regency, most like the printed names; open if none leads.

    Both names seldom match by chance, so each may be damaged more than a name alone could be.
    """
    pairs = sorted(
        (
            (round((likeness + regency_likeness) / 2, 4), kecamatan)
            for regency, regency_likeness in regencies
            for kecamatan, likeness in gazetteer.similar_kecamatan(name, LEAST_WITHIN, regency)
        ),
        key=lambda pair: (-pair[0], pair[1].code),
    )
    pairs = [pair for pair in pairs if pair[0] >= LEAST_TOGETHER]
    if not pairs or not _is_clear(pairs):
        regency, likeness = regencies[0]
        known = likeness >= SURE_REGENCY and (len(regencies) == 1 or likeness - regencies[1][1] >= CLEAR_LEAD)
        return OPEN.model_copy(
            update={
                "regency": regency.name if known else None,
                "province": regency.province if known else None,
                "candidates": [kecamatan.code for _, kecamatan in pairs],
            }
        )
    likeness, kecamatan = pairs[0]
    if likeness == 1.0:
        return _make_office(kecamatan, ["regency"], 0.99)
    return _make_office(kecamatan, ["regency", "similar-name"], round(0.98 * likeness, 3))


def _resolve_anywhere(heading: Heading, gazetteer: Gazetteer) -> Office:
    """Return the only kecamatan of this name; open, with candidates, where several have it."""
    name = heading.kecamatan or ""
    exact = gazetteer.find_kecamatan(name)
    repeats = _repeats_name(heading, gazetteer)
    extra: list[Evidence] = ["heading-repeats-name"] if repeats else []
    if len(exact) == 1 and (repeats or not heading.regency):
        return _make_office(exact[0], ["only-of-name", *extra], 0.9)
    candidates = exact or tuple(k for k, _ in gazetteer.similar_kecamatan(name, LEAST_ANYWHERE))
    return OPEN.model_copy(update={"evidence": extra, "candidates": [k.code for k in candidates]})


def _is_clear(ranked: Sequence[tuple[float, Kecamatan]]) -> bool:
    """Return whether the likest leads, or is exact while no other is."""
    if len(ranked) == 1:
        return True
    first, second = ranked[0][0], ranked[1][0]
    return first - second >= CLEAR_LEAD or (first == 1.0 and second < 1.0)


def _regencies_by_signatory(headings: Sequence[Heading], offices: dict[str, Office | None]) -> dict[str, str]:
    """Return the regency in which each signatory signs, by NIP, where it is one regency only."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for heading in headings:
        office = offices[heading.document]
        if heading.signatory_nip and office and office.regency and office.code:
            counts[heading.signatory_nip][office.regency] += "only-of-name" not in office.evidence
    return {nip: next(iter(found)) for nip, found in counts.items() if len(found) == 1 and found.total()}


def _add_signatory(heading: Heading, office: Office, gazetteer: Gazetteer, regency_name: str) -> Office:
    """Return an office that was open or rested on its name alone, with the signatory as further evidence."""
    if office.code is not None:
        if "only-of-name" not in office.evidence or office.regency != regency_name:
            return office
        certainty = round(1 - (1 - office.certainty) * 0.1, 3)
        return office.model_copy(update={"evidence": [*office.evidence, "signatory"], "certainty": certainty})
    regency = gazetteer.find_regency(regency_name)
    similar = gazetteer.similar_kecamatan(heading.kecamatan or "", LEAST_ANYWHERE, regency)
    ranked = [(likeness, kecamatan) for kecamatan, likeness in similar]
    if office.regency not in (None, regency_name) or not ranked or not _is_clear(ranked):
        return office
    return _make_office(ranked[0][1], [*office.evidence, "signatory"], 0.95)


def _make_office(kecamatan: Kecamatan, evidence: list[Evidence], certainty: float) -> Office:
    return Office(
        code=kecamatan.code,
        kecamatan=kecamatan.name,
        regency=kecamatan.regency.name,
        province=kecamatan.regency.province,
        evidence=evidence,
        certainty=certainty,
    )
