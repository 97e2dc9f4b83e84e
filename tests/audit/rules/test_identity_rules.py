"""I rules: numbers, signatures, NIP and regions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.record import Decree
from pipeline.audit.domain.civil_servant_number import find_nip_problem
from pipeline.audit.domain.region_names import find_foreign_names, find_region_codes
from tests.support.audit_cases import decree, findings, indicator


@pytest.mark.parametrize(
    "number", ["188.4/ /35.07.27/2022", "188.45/....../KEP/2024", "/KEP/2024", "188.4/___/2024"]
)
def test_a_blank_serial_number_is_an_error(number: str) -> None:
    (found,) = findings(decree(indicator(), number=number), code="I001")
    assert (found.severity, found.place.quote) == ("error", number)


@pytest.mark.parametrize(
    "number", ["188.45/290/427.12/2017", "15/KPTS/IKU/BONTOA/2020", "100.3.3/KEP.03-RC/2024"]
)
def test_numbers_of_other_patterns_are_complete(number: str) -> None:
    year = int(number[-4:])
    period = {"start": year, "end": year + 2}
    title = "INDIKATOR KINERJA UTAMA KECAMATAN WANASARI"
    made = decree(indicator(), number=number, year=year, date=f"{year}-01-15", period=period, title=title)
    assert findings(made) == []


def test_missing_number_date_and_post_are_each_said() -> None:
    made = decree(
        indicator(), number=None, date=None, signatory={"name": "PEJABAT", "nip": "197003121994031001"}
    )
    assert [f.code for f in findings(made, code="I")] == ["I003", "I002", "I004"]


def test_a_signature_block_that_is_gone_may_be_on_a_page_that_is_gone() -> None:
    (found,) = findings(decree(indicator(), signatory=None), code="I004")
    assert found.cause == "uncertain"


@pytest.mark.parametrize(
    ("nip", "camat", "word"),
    [
        ("197302311998031003", True, "birth"),
        ("197302211998131003", True, "month"),
        ("197302211998033003", True, "sex"),
        ("197302211985031003", True, "age"),
        ("197302212030031003", True, "after the decree"),
    ],
)
def test_impossible_nips_are_told_apart(nip: str, camat: bool, word: str) -> None:
    why = find_nip_problem(nip, camat, date(2024, 1, 1))
    assert why is not None
    assert word in why.en


def test_months_of_a_contract_employee_are_not_judged() -> None:
    assert find_nip_problem("198501012022211003", is_camat=False, decree_date=None) is None


@given(st.from_regex(r"\A[0-9]{18}\Z"), st.booleans())
def test_any_eighteen_digits_are_judged(nip: str, camat: bool) -> None:
    why = find_nip_problem(nip, camat, None)
    assert why is None or (why.id and why.en)


def test_one_nip_in_two_kecamatan_asks_for_clarification() -> None:
    signatory = {"name": "PEJABAT", "position": "CAMAT", "nip": "197003121994031001"}
    pair = [decree(indicator(), kecamatan=k, signatory=signatory) for k in ("Wanasari", "Cigeulis Asri")]
    (found,) = findings(*pair, code="I006")
    assert (found.severity, found.cause, len(found.related)) == ("warning", "decree_fault", 1)


def test_an_officer_may_have_moved_between_two_decrees() -> None:
    signatory = {"name": "PEJABAT", "position": "CAMAT", "nip": "197003121994031001"}
    pair = [
        decree(indicator(), kecamatan=k, signatory=signatory, date=day)
        for k, day in (("Wanasari", "2024-01-15"), ("Cigeulis Asri", "2024-06-03"))
    ]
    assert [f.cause for f in findings(*pair, code="I006")] == ["uncertain"]


def test_region_codes_are_read_and_office_codes_are_none() -> None:
    assert find_region_codes("188.4/ /35.07.27/2022") == ["35.07.27"]
    assert find_region_codes("188.45/8/427.12/2022") == []


def test_a_number_with_another_region_code_does_not_fit() -> None:
    made = decree(indicator(), number="188.4/3/35.07.19/2024", region_code="35.07.27")
    assert [f.name for f in findings(made, code="I007")] == ["region_mismatch"]


def test_a_recital_of_another_kecamatan_was_copied() -> None:
    made = decree(indicator(), considerations=["bahwa Kecamatan Karangmulya perlu menetapkan indikator;"])
    (found,) = findings(made, code="I008")
    assert found.place.pointer == "/considerations/0"
    assert "Karangmulya" in found.message.id


@pytest.mark.parametrize(
    "text",
    [
        "INDIKATOR KINERJA UTAMA KECAMATAN WANASARI TAHUN 2024",
        "Kecamatan Wana Sari Kabupaten Tirtamaya",
        "Kecamatan setempat dan kecamatan lain",
        "KECAMATAN WANASAR1",
        "Camat selaku perangkat daerah",
        "Camat dan seluruh Kepala Seksi",
    ],
)
def test_the_own_name_and_running_text_are_no_other_kecamatan(text: str) -> None:
    assert (
        list(find_foreign_names(text, "kecamatan", "Wanasari"))
        + list(find_foreign_names(text, "camat", "Wanasari"))
        == []
    )


@pytest.mark.parametrize(("origin", "cause"), [("digital", "decree_fault"), ("scan", "uncertain")])
def test_one_person_has_one_nip_unless_a_scan_misread_it(origin: str, cause: str) -> None:
    signers = [
        {"name": name, "position": "CAMAT WANASARI", "nip": nip}
        for name, nip in (
            ("Drs. PEJABAT UJI, M.Si.", "197003121994031001"),
            ("PEJABAT UJI", "197003121994031002"),
        )
    ]
    pair = [
        decree(indicator(), origin=origin, signatory=signer, number=f"188/{n}/2024")
        for n, signer in enumerate(signers, 1)
    ]
    (found,) = findings(*pair, code="I009")
    assert (found.name, found.cause) == ("identity_conflict", cause)


def test_two_codes_for_one_kecamatan_do_not_fit() -> None:
    pair = [decree(indicator(), region_code=code) for code in ("35.59.01", "35.59.02")]
    assert len(findings(*pair, code="I007")) == 1


def _coded(kecamatan: str, code: str, serial: int) -> Decree:
    number = f"188.45/{serial}/KEP/{code}/2024"
    return decree(indicator(), kecamatan=kecamatan, number=number, region_code=code)


def test_the_code_of_a_neighbour_is_proved_by_the_own_decree_and_the_neighbours() -> None:
    own, copied, neighbour = (
        _coded("Wanasari", "35.59.01", 1),
        _coded("Wanasari", "35.59.02", 2),
        _coded("Ciherang", "35.59.02", 3),
    )
    (found,) = findings(own, copied, neighbour, code="I007")
    assert (found.severity, found.cause, found.place.pointer) == ("error", "decree_fault", "/number")
    assert found.place.quote == copied.number
    assert "Ciherang" in found.message.id


def test_one_code_in_two_kecamatan_is_wrong_in_one_of_them() -> None:
    pair = _coded("Wanasari", "35.59.02", 1), _coded("Ciherang", "35.59.02", 2)
    (found,) = findings(*pair, code="I016")
    assert (found.severity, found.cause) == ("error", "decree_fault")
    assert findings(*pair, code="I007") == []


@pytest.mark.parametrize(
    ("day", "code", "severity"),
    [
        ("2034-01-15", "I010", "error"),
        ("1924-01-15", "I010", "error"),
        ("2027-01-15", "I012", "warning"),
        ("2023-12-29", "I011", "warning"),
    ],
)
def test_a_date_is_impossible_or_only_beside_its_period(day: str, code: str, severity: str) -> None:
    found = {f.code: f.severity for f in findings(decree(indicator(), date=day), code="I01")}
    assert found.pop(code) == severity
    assert "I010" not in found and not (code == "I010" and found)


def test_a_duty_of_a_kecamatan_that_has_a_decree_was_copied_for_sure() -> None:
    made = decree(indicator())
    other = decree(indicator(), kecamatan="Ciherang", number="188.4/8/KEP/2024")
    holder = made.holders[0].model_copy(update={"duties": ["membina desa dalam wilayah Kecamatan Ciherang"]})
    copied = made.model_copy(update={"holders": [holder]})
    (alone,) = findings(copied, code="I008")
    (beside,) = [f for f in findings(copied, other, code="I008") if f.place.pointer.endswith("/duties/0")]
    assert (alone.severity, beside.severity) == ("warning", "error")


def test_one_nip_of_two_people_in_two_kecamatan_is_one_finding_that_names_both() -> None:
    def signed(name: str) -> dict[str, str]:
        return {"name": name, "position": "CAMAT", "nip": "197003121994031001"}

    pair = (
        decree(indicator(), signatory=signed("Drs. SEORANG")),
        decree(indicator(), kecamatan="Ciherang", signatory=signed("LAIN LAGI, S.Sos.")),
    )
    found = [f for f in findings(*pair) if f.code in ("I006", "I013")]
    assert [f.code for f in found] == ["I006"]
    assert "SEORANG" in found[0].message.id and "LAIN LAGI" in found[0].message.id
