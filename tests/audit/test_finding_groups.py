"""Grouping of findings: one fact once, its echoes and recurrences under it, nothing lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from extractors.model.record import Decree
from pipeline.audit.grouping.echo_table import load_echo_rows
from pipeline.audit.grouping.finding_groups import group_findings, group_rank
from pipeline.audit.rulebook.rule_registry import load_rulebook
from pipeline.audit.settings import waivers
from pipeline.audit.settings.audit_settings import apply_settings, read_settings
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding, FindingGroup, Place, Wording
from pipeline.reports.regency_filter import filter_by_regency
from tests.support.audit_cases import decree, formula, indicator

OTHER = formula('"jumlah desa tangguh" / "jumlah desa yang direncanakan" * 100%')
SAME = formula('"jumlah desa" / "jumlah desa" * 100%')
NO_TEXT = Wording(id="", en="")


def _build(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(d, ()) for d in decrees], load_definitions())


def _sound_catalogue() -> Catalogue:
    return _build(decree(indicator(), indicator(name="Persentase desa siaga")), decree(kecamatan="Ciherang"))


def _finding(code: str, pointer: str, number: int, document: str, **changed: object) -> Finding:
    fields = {
        "id": f"{code}-{number}",
        "code": code,
        "name": load_rulebook()[code].name,
        "severity": "warning",
        "cause": "decree_fault",
        "place": Place(document=document, pointer=pointer, quote="", provenance=None),
        "related": [],
        "variants": [],
        "title": NO_TEXT,
        "message": NO_TEXT,
        "expected": NO_TEXT,
        "recommendation": NO_TEXT,
        "basis": [],
        "fingerprint": "",
    } | changed
    return Finding.model_validate(fields)


def _codes(catalogue: Catalogue, group: FindingGroup) -> tuple[str, set[str]]:
    codes = {finding.id: finding.code for finding in catalogue.findings}
    return codes[group.root], {codes[id_] for id_ in group.echoes}


def _member_ids(groups: list[FindingGroup]) -> list[str]:
    return [id_ for group in groups for id_ in (group.root, *group.recurrences, *group.echoes)]


def test_what_recurs_is_one_entry_with_its_places() -> None:
    catalogue = _build(
        decree(indicator(formula=None), indicator(name="Persentase desa siaga", formula=None)),
        decree(indicator(formula=None), kecamatan="Ciherang"),
    )
    (group,) = [g for g in catalogue.finding_groups if _codes(catalogue, g)[0] == "F001"]
    assert len(group.recurrences) == 2
    assert group.kecamatan == ["Ciherang", "Wanasari"]
    assert group.level == "agency"


def test_a_formula_divided_by_itself_explains_what_else_it_lacks() -> None:
    catalogue = _build(decree(indicator()), decree(indicator(formula=SAME), kecamatan="Ciherang"))
    entries = dict(_codes(catalogue, group) for group in catalogue.finding_groups)
    assert entries["F004"] == {"F008"}
    assert "F008" not in entries


def test_a_fault_of_one_formula_explains_why_denominators_differ() -> None:
    catalogue = _sound_catalogue()
    first, second = (document.id for document in catalogue.documents)
    pointer = "/holders/0/indicators/0/formula"
    fault = _finding("F020", pointer, 1, second)
    related = [Place(document=second, pointer=pointer, quote="", provenance=None)]
    variant = _finding("K001", pointer, 2, first, severity="error", related=related)
    (group,) = group_findings(catalogue.documents, [fault, variant])
    assert (group.root, group.echoes, group.severity) == (fault.id, [variant.id], "error")


def test_denominators_that_differ_without_a_fault_stand_by_themselves() -> None:
    catalogue = _build(decree(indicator()), decree(indicator(formula=OTHER), kecamatan="Ciherang"))
    assert "K001" in {_codes(catalogue, group)[0] for group in catalogue.finding_groups}


def test_another_field_or_indicator_makes_no_echo() -> None:
    catalogue = _sound_catalogue()
    document = catalogue.documents[1].id
    near = _finding("F008", "/holders/0/indicators/0/formula", 1, document)
    far = _finding("F008", "/holders/0/indicators/1/formula", 2, document)
    root = _finding("F002", "/holders/0/indicators/0/formula", 3, document)
    groups = {g.root: g for g in group_findings(catalogue.documents, [near, far, root])}
    assert groups[root.id].echoes == [near.id]
    assert groups[far.id].echoes == []


def test_a_certain_fault_is_never_folded_under_suspected_damage() -> None:
    catalogue = _sound_catalogue()
    document, pointer = catalogue.documents[1].id, "/holders/0/indicators/0/formula"
    damage = _finding("O002", pointer, 1, document, cause="ocr_artefact")
    doubtful = _finding("F003", pointer, 2, document, cause="uncertain", severity="error")
    certain = _finding("F008", pointer, 3, document)
    groups = {g.root: g for g in group_findings(catalogue.documents, [damage, doubtful, certain])}
    assert groups[damage.id].echoes == [doubtful.id]
    assert groups[damage.id].severity == "error", "an entry is as grave as the gravest that it holds"
    assert certain.id in groups


def test_order_is_severity_certainty_reach_and_level() -> None:
    catalogue = _build(
        decree(indicator(formula=None, data_sources=[])),
        decree(indicator(data_sources=[]), kecamatan="Ciherang"),
        decree(indicator(formula=OTHER, objective=None), kecamatan="Batulayar"),
    )
    ranks = [group_rank(group) for group in catalogue.finding_groups]
    assert len(ranks) > 2
    assert ranks == sorted(ranks)


def test_accepted_findings_are_grouped_apart() -> None:
    catalogue = _build(decree(indicator(formula=None)), decree(indicator(formula=None), kecamatan="Ciherang"))
    accepted = next(f for f in catalogue.findings if f.code == "F001")
    entry = waivers.build_waiver(catalogue, accepted, "lampiran", "IR", date(2026, 11, 27), None)
    settings = read_settings(f"waivers:\n  - {entry.model_dump_json(exclude_none=True)}\n", "audit.yaml")
    changed = apply_settings(catalogue, settings, date(2026, 11, 27))
    assert [g.root for g in changed.finding_groups][-1] == accepted.id
    assert not any(accepted.id in (*g.recurrences, *g.echoes) for g in changed.finding_groups)
    assert sorted(_member_ids(changed.finding_groups)) == sorted(f.id for f in changed.findings)


def test_a_regency_keeps_its_own_groups() -> None:
    catalogue = _build(
        decree(indicator(formula=None)),
        decree(indicator(formula=None), kecamatan="Ciherang", regency="Kabupaten Lain"),
    )
    assert len([g for g in catalogue.finding_groups if _codes(catalogue, g)[0] == "F001"]) == 2
    alone = filter_by_regency(catalogue, "Kabupaten Tirtamaya")
    assert sorted(_member_ids(alone.finding_groups)) == sorted(f.id for f in alone.findings)


_ECHO_CODES = sorted({code for row in load_echo_rows() for code in (*row.roots, *row.echoes)})
_POINTERS = [
    "/number",
    "/holders/0",
    "/holders/0/goal_indicator",
    "/holders/0/indicators/0",
    "/holders/0/indicators/0/formula",
    "/holders/0/indicators/0/data_sources/0",
    "/holders/0/indicators/1/name",
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(_ECHO_CODES),
            st.sampled_from(_POINTERS),
            st.sampled_from(["error", "warning", "info"]),
            st.sampled_from(["decree_fault", "uncertain", "ocr_artefact"]),
            st.integers(0, 1),
        ),
        max_size=30,
    )
)
def test_every_finding_stands_in_exactly_one_group(rows: list[tuple[str, str, str, str, int]]) -> None:
    catalogue = CATALOGUE
    findings = [
        _finding(code, pointer, number, catalogue.documents[index].id, severity=severity, cause=cause)
        for number, (code, pointer, severity, cause, index) in enumerate(rows)
    ]
    groups = group_findings(catalogue.documents, findings)
    assert sorted(_member_ids(groups)) == sorted(finding.id for finding in findings)
    assert [group_rank(g) for g in groups] == sorted(group_rank(g) for g in groups)


CATALOGUE = _sound_catalogue()
