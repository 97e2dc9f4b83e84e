"""A decree that is there as text and as scan is one decree; two decrees that look alike are two."""

from pathlib import Path

import pytest

from extractors.model.record import Decree
from pipeline import build, read_decree
from pipeline.engine.stages.duplicates import find_duplicates
from pipeline.models.mention import document_id

SAMPLES = Path(__file__).parents[2] / "samples" / "text"


@pytest.fixture(scope="module")
def prints() -> list[Decree]:
    names = ("sendangmulih-iku-2024.html.md", "sendangmulih-iku-2024.keputusan.md")
    return [read_decree.read(SAMPLES / name) for name in names]


def test_two_prints_are_one_decree_whatever_their_order(prints: list[Decree]) -> None:
    found = find_duplicates(prints)
    assert len(found) == 1
    assert found == find_duplicates(reversed(prints))
    assert set(found) | set(found.values()) == {document_id(decree) for decree in prints}


def test_text_stands_for_the_decree_before_its_scan(prints: list[Decree]) -> None:
    text, scan = (decree.model_copy(deep=True) for decree in prints)
    scan.document.origin = "scan"
    assert find_duplicates([scan, text]) == {document_id(scan): document_id(text)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "188.45/99/KEP/2024"),
        ("date", "2025-01-02"),
        ("kind", "IKI"),
        ("regency", "Kabupaten Tirtamaya"),
    ],
)
def test_another_number_date_kind_or_regency_is_another_decree(
    prints: list[Decree], field: str, value: str
) -> None:
    one, other = (decree.model_copy(deep=True) for decree in prints)
    setattr(other, field, value)
    assert find_duplicates([one, other]) == {}


@pytest.mark.parametrize("number", [None, "188.45/ /KEP/2024", "188.45/.../KEP/2024"])
def test_under_no_number_or_a_blank_one_another_signatory_is_another_decree(
    prints: list[Decree], number: str | None
) -> None:
    one, other = (decree.model_copy(deep=True) for decree in prints)
    for decree in (one, other):
        decree.number = number
    assert one.signatory and other.signatory
    assert len(find_duplicates([one, other])) == 1
    other.signatory.nip = "197001011995011999"
    assert find_duplicates([one, other]) == {}
    other.signatory.nip, other.signatory.name = None, "PEJABAT LAIN"
    assert find_duplicates([one, other]) == {}
    other.signatory.name = None  # not read: that speaks for nobody else
    assert len(find_duplicates([one, other])) == 1


def test_other_indicators_are_another_decree_even_under_one_blank_number(prints: list[Decree]) -> None:
    one, other = (decree.model_copy(deep=True) for decree in prints)
    for indicator in other.holders[0].indicators:
        indicator.name = f"Jumlah rapat {indicator.number} yang lain sama sekali"
    assert find_duplicates([one, other]) == {}


def test_a_further_print_is_listed_and_neither_audited_nor_counted() -> None:
    catalogue = build([SAMPLES])
    further = {document.id for document in catalogue.documents if document.print_of}
    assert len(further) == 3
    assert further.isdisjoint(indicator.document for indicator in catalogue.indicators)
    assert further.isdisjoint(finding.place.document for finding in catalogue.findings)
