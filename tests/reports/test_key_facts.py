"""The five sentences at the top of the summary, each with its proof."""

from __future__ import annotations

from extractors.model.record import Decree
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue
from pipeline.reports.summary import render_summary
from pipeline.reports.summary.key_facts import collect_key_figures, compute_key_facts, state_key_facts
from tests.support.audit_cases import decree, formula, indicator

OTHER = formula('"jumlah desa tangguh" / "jumlah desa yang direncanakan" * 100%')
KECAMATAN = ("Wanasari", "Ciherang", "Batulayar", "Sukamaju")


def _build(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(d, ()) for d in decrees], load_definitions())


def _four_kecamatan() -> Catalogue:
    first, *others = KECAMATAN
    return _build(
        decree(indicator(formula=OTHER), kecamatan=first),
        *(decree(indicator(), kecamatan=name) for name in others),
    )


def _sentences(catalogue: Catalogue) -> list[str]:
    return [fact.text.id for fact in compute_key_facts(catalogue)]


def test_who_divides_by_what_is_proved_by_the_finding_and_the_indicator() -> None:
    catalogue = _four_kecamatan()
    fact = compute_key_facts(catalogue)[0]
    assert fact.text.id.startswith("1 dari 4 kecamatan membagi indikator “")
    assert "jumlah desa yang direncanakan" in fact.text.id
    assert fact.text.en.startswith("1 of 4 kecamatan divide the indicator")
    codes = {finding.id: finding.code for finding in catalogue.findings}
    assert codes[fact.proof[0]] == "K001"
    assert {i.id for i in catalogue.indicators if i.id in fact.proof}


def test_kecamatan_that_agree_dispute_nothing() -> None:
    catalogue = _build(*(decree(indicator(), kecamatan=name) for name in KECAMATAN))
    assert compute_key_facts(catalogue)[0].proof == []
    assert "Tidak ditemukan indikator" in _sentences(catalogue)[0]


def test_missing_formulas_and_the_most_frequent_fault_are_counted() -> None:
    catalogue = _build(
        decree(indicator(formula=None), indicator(name="Persentase desa siaga")),
        decree(indicator(formula=None), kecamatan="Ciherang"),
    )
    facts = compute_key_facts(catalogue)
    assert facts[4].text.id == "2 dari 3 indikator tidak mencantumkan rumus."
    assert len(facts[4].proof) == 2
    assert facts[2].text.id == "Kesalahan tersering: Rumus kosong (F001), 2 temuan di 2 kecamatan."
    assert facts[1].proof == [], "a regency that is not on the official list has no completeness"


def test_an_official_regency_is_counted_whole() -> None:
    made = decree(indicator(), kecamatan="Senduro", regency="Kabupaten Lumajang")
    catalogue = _build(made)
    present, missing = len(catalogue.completeness[0].present), len(catalogue.completeness[0].missing)
    assert f"{present} dari {present + missing} kecamatan di Kabupaten Lumajang" in _sentences(catalogue)[1]


def test_sentences_of_parts_are_those_of_the_catalogue() -> None:
    here = decree(indicator(formula=None))
    there = decree(indicator(formula=None), regency="Kabupaten Lain")
    parts = [collect_key_figures(_build(there)), collect_key_figures(_build(here))]
    assert state_key_facts(parts) == compute_key_facts(_build(here, there))


def test_the_summary_begins_with_them() -> None:
    text = render_summary(_four_kecamatan())
    assert text.index("## Yang terpenting") < text.index("## Kabupaten")
    assert "1. 1 dari 4 kecamatan" in text
    assert "(`K001-" in text


def test_the_summary_lists_a_fact_once_with_its_places() -> None:
    text = render_summary(
        _build(decree(indicator(formula=None)), decree(indicator(formula=None), kecamatan="Ciherang"))
    )
    assert text.count("**galat (error) F001**") == 1
    assert "juga di 1 tempat lain (also at): `" in text
