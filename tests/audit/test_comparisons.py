"""Indicators between kecamatan as data, and the Camat's tasks item by item."""

from __future__ import annotations

from extractors.model.record import Decree
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, ComparisonEntry
from pipeline.models.mention import document_id
from tests.support.audit_cases import decree, formula, indicator


def _built(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(made, ()) for made in decrees], load_definitions())


def _field(entry: ComparisonEntry, name: str) -> list[tuple[str, int]]:
    field = next(f for f in entry.fields if f.field == name)
    return [(variant.text, len(variant.indicators)) for variant in field.variants]


def test_who_has_an_indicator_and_who_lacks_it() -> None:
    with_it = decree(indicator(), indicator(name="Indeks Kepuasan Masyarakat"))
    without = decree(indicator(), kecamatan="Ciherang")
    made = _built(with_it, without)
    index = next(c for c in made.comparisons if c.name == "Indeks Kepuasan Masyarakat")
    assert (index.has, index.lacks) == ([document_id(with_it)], [document_id(without)])
    shared = next(c for c in made.comparisons if c.target != index.target)
    assert len(shared.has) == 2 and shared.lacks == []


def test_equal_formulas_are_one_variant_and_other_texts_are_quoted_for_those_alone_who_print_them() -> None:
    turned = formula('100% * "jumlah desa tangguh" / "jumlah desa"')
    made = _built(
        decree(indicator(responsible=[])),
        decree(indicator(formula=turned, responsible=["Kasi Pemerintahan"]), kecamatan="Ciherang"),
        decree(indicator(responsible=["Seksi Pemerintahan"]), kecamatan="Cikoneng"),
    )
    (entry,) = made.comparisons
    assert len(_field(entry, "formula")) == 1
    assert [text for text, _ in _field(entry, "responsible")][:2] == [
        "Kasi Pemerintahan",
        "Seksi Pemerintahan",
    ]
    assert _field(entry, "responsible")[-1] == ("", 1)


def test_periods_and_kinds_are_kept_apart() -> None:
    old = {"period": {"start": 2018, "end": 2022}, "year": 2018, "date": "2018-01-15", "number": "1/KEP/2018"}
    made = _built(
        decree(indicator()),
        decree(indicator(), kecamatan="Ciherang"),
        decree(indicator(), kecamatan="Cikoneng", **old),
        decree(indicator(), kecamatan="Cibiru", **old),
        decree(indicator(), kind="IKI", holder="KASI PEMERINTAHAN"),
    )
    assert [(c.kind, c.period.start if c.period else None, len(c.has)) for c in made.comparisons] == [
        ("IKU", 2018, 2),
        ("IKU", 2024, 2),
    ]


def test_one_kecamatan_alone_is_compared_with_nobody() -> None:
    assert _built(decree(indicator())).comparisons == []


def test_the_camats_tasks_are_found_missed_or_told_otherwise() -> None:
    made = decree(indicator())
    made.holders[0].functions = [
        "menyelenggarakan urusan pemerintahan umum;",
        "mengoordinasikan pemberdayaan masyarakat;",
        "mengoordinasikan ketenteraman dan ketertiban umum;",
        "membina penyelenggaraan pemerintahan desa;",
        "mengoordinasikan urusan kabupaten yang tidak dilaksanakan unit lain;",
    ]
    catalogue = _built(made)
    tasks = {t.item: (t.function, t.deviates) for t in catalogue.documents[0].holders[0].tasks}
    assert tasks["a"] == (0, False) and tasks["g"] == (3, True) and tasks["h"] == (4, True)
    assert tasks["d"] == tasks["e"] == (None, None)
    found = [f for f in catalogue.findings if f.code == "S033"]
    assert {f.severity for f in found} == {"info"} and len(found) == 3


def test_posts_below_the_camat_have_tasks_of_their_own() -> None:
    made = decree(indicator(), kind="IKI", holder="KASI PEMERINTAHAN")
    made.holders[0].functions = ["pembinaan desa", "pembinaan lembaga", "pembinaan keuangan"]
    assert _built(made).documents[0].holders[0].tasks == []
