"""The tables of the words package: they load, and they do not contradict each other."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon import build_phrase_table, entry_words, join_compound_words, load_lexicon
from pipeline.language.morphology import analyse_word
from pipeline.language.table_models import TermRow


def test_every_term_has_a_key_that_is_found_again_by_its_own_name() -> None:
    for rows in load_lexicon().phrases.values():
        for words, phrase in rows:
            assert words
            assert phrase.key


def test_regency_documents_are_never_those_of_the_village() -> None:
    keys = {words: p.key for rows in load_lexicon().phrases.values() for words, p in rows}
    assert keys[("rkpd",)] == "rkpd"
    assert keys[("rkpdes",)] == "rkpdesa"
    assert keys[("apbd",)] == "apbd"
    assert keys[("apb", "desa")] == "apbdesa"


def test_neutral_words_and_qualifiers_are_apart() -> None:
    grammar = load_lexicon().grammar
    assert not grammar.neutral & grammar.qualifiers
    assert not grammar.stop & grammar.qualifiers
    assert not grammar.stop & grammar.negations


def test_spellings_lead_to_a_form_that_is_itself_standard() -> None:
    spelling = load_lexicon().spelling
    assert not [k for k, forms in spelling.items() if any(f in spelling for f in forms)]


@pytest.mark.parametrize("name", ["telic"])
def test_roots_named_in_the_grammar_are_in_the_list_of_roots(name: str) -> None:
    missing = [r for r in getattr(load_lexicon().grammar, name) if not analyse_word(r).is_known]
    assert missing == []


def test_longer_phrases_come_first_and_conjunctions_do_not_count() -> None:
    terms = (TermRow(term="AB", expansion="alfa dan beta"), TermRow(term="ABC", expansion="alfa beta gama"))
    table = build_phrase_table(terms, frozenset({"dan"}), ())
    assert [words for words, _ in table["alfa"]] == [("alfa", "beta", "gama"), ("alfa", "beta")]


def test_compounds_of_an_expansion_are_read_as_names_are() -> None:
    assert (
        join_compound_words(entry_words("Badan Kerja Sama Antar Desa"), (("kerja", "sama"),))[1]
        == "kerjasama"
    )
