"""Offices in a build: who a document is of, within which regency it is compared, and who has none."""

from __future__ import annotations

from pipeline.engine.in_memory import build_from_decrees
from pipeline.engine.stages.assemble import ReadDocument
from pipeline.models.catalogue import Catalogue
from pipeline.reports.summary import render_summary
from tests.support.audit_cases import decree, indicator

LUMAJANG = "Kabupaten Lumajang"


def built(*places: tuple[str, str | None]) -> Catalogue:
    """The catalogue of one decree for each kecamatan and printed regency."""
    reads = [
        ReadDocument(
            decree(
                indicator(name="Persentase desa tangguh"),
                kecamatan=kecamatan,
                regency=regency,
            ),
            (),
        )
        for kecamatan, regency in places
    ]
    return build_from_decrees(reads, ())


def test_the_office_stands_beside_the_printed_heading() -> None:
    (document,) = built(("Candipuro", LUMAJANG)).documents
    assert document.office is not None
    assert (document.office.code, document.office.province) == ("35.08.03", "Jawa Timur")
    assert (document.kecamatan, document.regency) == ("Candipuro", LUMAJANG)


def test_a_heading_that_repeats_its_name_as_regency_is_compared_with_its_neighbours() -> None:
    catalogue = built(("Candipuro", LUMAJANG), ("Tempursari", "Kabupaten Tempursari"))
    codes = {d.kecamatan: d.office.code for d in catalogue.documents if d.office}
    assert codes == {"Candipuro": "35.08.03", "Tempursari": "35.08.01"}
    assert {entry.regency for entry in catalogue.comparisons} == {LUMAJANG}
    (tempursari,) = [d for d in catalogue.documents if d.kecamatan == "Tempursari"]
    assert tempursari.regency == "Kabupaten Tempursari"


def test_completeness_says_who_has_a_decree_and_who_has_none() -> None:
    catalogue = built(("Candipuro", LUMAJANG), ("Senduro", LUMAJANG))
    (entry,) = catalogue.completeness
    assert (entry.code, len(entry.present), len(entry.missing)) == ("35.08", 2, 19)
    assert [kecamatan.name for kecamatan in entry.present] == ["Candipuro", "Senduro"]
    summary = render_summary(catalogue)
    assert "2 dari 21 kecamatan" in summary and "Tempursari" in summary


def test_an_invented_regency_has_no_completeness_and_no_office() -> None:
    catalogue = built(("Wanasari", "Kabupaten Tirtamaya"))
    assert catalogue.completeness == []
    (document,) = catalogue.documents
    assert document.office is not None and document.office.code is None


def test_the_order_of_documents_does_not_matter() -> None:
    places = (("Candipuro", LUMAJANG), ("Tempursari", "Kabupaten Tempursari"))
    assert built(*places) == built(*reversed(places))
