"""The tables of comparing: they load, and their entries can all be found."""

from __future__ import annotations

import pytest

from pipeline.language.lexicon import load_lexicon
from pipeline.linking.level_tables import load_levels, load_synonyms, synonym_key, word_weight


def test_no_class_of_synonyms_names_one_word_twice() -> None:
    for row in load_lexicon().synonym_classes:
        keys = [synonym_key(word) for word in row.words]
        assert len(set(keys)) == len(keys), row.words


def test_every_class_is_found_by_each_of_its_words() -> None:
    index = load_synonyms()
    for number, row in enumerate(load_lexicon().synonym_classes):
        assert all(number in index.classes[synonym_key(word)] for word in row.words), row.words
        assert (number in index.certain) == row.certain


def test_a_common_word_says_less_than_a_rare_one() -> None:
    assert word_weight("laporan") < word_weight("surat") < 1
    assert word_weight("qwandur") == 1


@pytest.mark.parametrize("kind", ["certain", "likely", "voice", "event"])
def test_one_sure_pair_links_and_one_doubtful_pair_asks(kind: str) -> None:
    levels = load_levels()
    cost = levels.pairs[kind]  # type: ignore[index]
    assert (cost <= levels.link) == (kind == "certain")
    assert cost <= levels.review
