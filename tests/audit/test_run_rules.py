"""The rule book, and how hits become findings."""

from __future__ import annotations

import re

from pipeline.audit import load_checks, load_rulebook
from pipeline.audit.core.audit_context import Location, Violation
from pipeline.audit.run_rules import merge_violations, natural_sort_key
from tests.support.audit_cases import at_line, decree, findings, indicator

PLACEHOLDER = re.compile(r"\{\w+\}")


def test_every_rule_has_its_function_and_every_function_its_rule() -> None:
    assert load_checks().keys() == load_rulebook().keys()


def test_codes_follow_their_families() -> None:
    assert all(re.fullmatch(r"[FKISO]\d{3}", code) for code in load_rulebook())


def test_both_languages_have_the_same_placeholders_or_those_of_their_language() -> None:
    def plain(text: str) -> set[str]:
        return {
            name.removesuffix("_id}").removesuffix("_en}").rstrip("}") for name in PLACEHOLDER.findall(text)
        }

    for rule in load_rulebook().values():
        for wording in (rule.title, rule.message, rule.expected, rule.recommendation):
            assert plain(wording.id) == plain(wording.en), rule.code


def test_ocr_rules_never_blame_the_decree() -> None:
    causes = {code: rule.cause for code, rule in load_rulebook().items() if code.startswith("O")}
    assert causes.pop("O006") == "uncertain", "a page that is lost is no damage by OCR"
    assert set(causes.values()) == {"ocr_artefact"}


def test_what_is_not_verified_is_no_regulation() -> None:
    grounds = [ground for rule in load_rulebook().values() for ground in rule.basis]
    assert all(ground.evidence != "unverified" or ground.kind != "regulation" for ground in grounds)


def test_a_finding_quotes_and_says_where_it_was_read() -> None:
    made = decree(indicator(objective="Mengelola arsip"))
    at_line(made, "/holders/0/indicators/0/objective", 7)
    (found,) = findings(made)
    assert found.place.quote == "Mengelola arsip"
    assert found.place.provenance is not None
    assert found.place.provenance.lines == (7, 7)


def test_an_empty_field_points_to_its_indicators_name() -> None:
    made = at_line(decree(indicator(formula=None)), "/holders/0/indicators/0/name", 9)
    (found,) = findings(made)
    assert found.place.provenance is not None
    assert found.place.provenance.lines == (9, 9)


def test_findings_are_in_order_have_their_own_ids_and_come_out_the_same() -> None:
    empty = (indicator(name=f"Kerukunan warga {n}", formula=None) for n in "bcdefghijkl")
    made = decree(indicator(), *empty)
    found = findings(made)
    assert found == findings(made)
    assert len({f.id for f in found}) == len(found)
    assert [f.place.pointer for f in found if f.code == "F001"][-1] == "/holders/0/indicators/11/formula"
    assert not any(PLACEHOLDER.search(f.message.id + f.expected.en) for f in found)


def test_a_printed_brace_stays_as_it_is() -> None:
    (found,) = findings(decree(indicator(name="Persentase {name} desa", formula=None)), code="F001")
    assert "{name} desa" in found.message.id


def test_item_ten_comes_after_item_nine() -> None:
    assert natural_sort_key("/indicators/9/name") < natural_sort_key("/indicators/10/name")


def test_only_equal_cells_of_one_holder_are_merged() -> None:
    made = decree(indicator(), indicator())

    def hit(pointer: str, quote: str) -> Violation:
        return Violation((Location(made, pointer, quote),), {"source": quote})

    cell = "/holders/0/indicators/{}/data_sources/0"
    hits = [hit(cell.format(0), "Seksi"), hit(cell.format(1), "Seksi"), hit(cell.format(1), "Bidang")]
    assert [len(h.locations) for h in merge_violations(hits)] == [2, 1]


def test_a_very_long_text_and_very_many_indicators_are_audited_in_bounded_time() -> None:
    long = indicator(name="Persentase " + "a" * 50_000, objective="b1" * 20_000)
    many = [indicator(name="Jumlah rapat", formula=None, number=n) for n in range(400)]
    assert findings(decree(long, *many))


def test_dates_are_told_in_words_in_each_language() -> None:
    for day, code in (("2027-01-15", "I012"), ("2023-01-15", "I011"), ("2034-01-15", "I010")):
        (found,) = findings(decree(indicator(), date=day), code=code)
        assert f"15 Januari {day[:4]}" in found.message.id and day not in found.message.id
        assert f"15 January {day[:4]}" in found.message.en and day not in found.message.en


def test_no_text_of_a_finding_repeats_a_cell_of_hundreds_of_thousands_of_letters() -> None:
    cell = "Jumlah desa lunas " * 36_000
    made = findings(decree(indicator(formula={"raw": cell, "expression": None}), origin="text"))
    assert {f.code for f in made} >= {"F007", "O002"}
    for finding in made:
        texts = (finding.place.quote, *finding.place.marks)
        for wording in (finding.message, finding.expected, finding.recommendation):
            texts += (wording.id, wording.en)
        assert max(map(len, texts)) < 3000, finding.code
    assert any("…" in finding.message.id for finding in made)
