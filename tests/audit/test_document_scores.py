"""Criteria and scores: what an evaluator may read off a decree, and where nothing may be said."""

from __future__ import annotations

from extractors.model.record import Decree
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, ScoreEntry, Smart
from tests.support.audit_cases import at_line, decree, formula, indicator


def _built(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(made, ()) for made in decrees], load_definitions())


def _smart(**changed: object) -> Smart:
    return _built(decree(indicator(**changed))).indicators[0].smart


def _score(catalogue: Catalogue, question: str) -> ScoreEntry:
    return next(s for s in catalogue.documents[0].scores if s.question == question)


def test_a_sound_indicator_meets_every_criterion_for_a_reason_in_both_languages() -> None:
    entry = _built(decree(indicator())).indicators[0]
    judged = [getattr(entry.smart, name) for name in Smart.model_fields]
    judged += [entry.operational_definition, entry.data_collection]
    assert all(one.value is True and one.reason.id and one.reason.en for one in judged)
    assert entry.smart.is_met is True


def test_a_rule_that_finds_something_fails_its_criterion_in_its_own_words() -> None:
    made = _built(decree(indicator(name="Kelancaran administrasi desa")))
    (found,) = [f for f in made.findings if f.code == "S005"]
    assert made.indicators[0].smart.measurable.value is False
    assert made.indicators[0].smart.measurable.reason == found.message


def test_what_ocr_damaged_is_not_judged() -> None:
    damaged = formula(None, "1")
    made = _built(decree(indicator(formula=damaged), origin="text"))
    assert made.indicators[0].operational_definition.value is None
    assert _score(made, "2.a.2").not_judgeable == 1
    assert (_score(made, "2.a.2").share, _score(made, "2.a.2").band) == (None, None)


def test_an_empty_formula_in_a_scan_is_open_and_in_a_digital_file_a_fault() -> None:
    for origin, value in (("text", None), ("digital", False)):
        made = _built(decree(indicator(formula=None), origin=origin))
        assert made.indicators[0].operational_definition.value is value


def test_without_period_target_or_span_of_time_an_indicator_is_not_timebound() -> None:
    made = _built(decree(indicator(), period=None, title="INDIKATOR KINERJA UTAMA KECAMATAN WANASARI"))
    assert made.indicators[0].smart.timebound.value is False
    assert made.indicators[0].smart.is_met is False


def test_an_indicator_that_no_duty_speaks_of_is_left_to_the_evaluator() -> None:
    entry = _smart(
        name="Persentase kendaraan laik jalan", formula=formula('"kendaraan laik jalan" / "kendaraan"')
    )
    assert entry.achievable.value is None
    assert entry.is_met is not True


def test_scores_count_what_could_be_judged_and_give_the_band() -> None:
    three = [indicator(name=f"Persentase desa tangguh {i}", objective=None) for i in "abc"]
    made = _built(decree(*three, indicator(data_sources=[]), number=None))
    collection, formal = _score(made, "2.a.3"), _score(made, "1.b.1")
    assert (collection.met, collection.judged, collection.share, collection.band) == (3, 4, 75.0, "c")
    assert (formal.met, formal.judged, formal.band) == (3, 4, "c")
    assert "3 dari 4" in collection.sentence.id and "75%" in collection.sentence.id
    assert "3 of 4" in collection.sentence.en


def test_scores_do_not_change_with_the_neighbours() -> None:
    own = decree(indicator())
    other = decree(indicator(responsible=["Camat"]), kecamatan="Ciherang")
    alone, together = _built(own), _built(own, other)
    name = alone.documents[0].id
    assert alone.documents[0].scores == next(d for d in together.documents if d.id == name).scores


def test_the_questions_stand_beside_the_scores() -> None:
    made = _built(decree(indicator()))
    assert [q.code for q in made.questions] == [s.question for s in made.documents[0].scores]


def test_a_doubtful_reading_blames_nobody() -> None:
    made = decree(indicator(formula=None), origin="scan")
    at_line(made, "/holders/0/indicators/0/name", 1, 0.4)
    entry = _built(made).indicators[0]
    assert entry.operational_definition.value is None
