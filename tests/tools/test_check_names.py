"""The check of names knows a bare participle, adverb or pronoun from a name."""

from __future__ import annotations

import pytest

from tools.check_names import is_bare_word


@pytest.mark.parametrize("name", ["told", "merged", "beside", "anew", "theirs", "telling"])
def test_a_word_that_names_nothing_is_refused(name: str) -> None:
    assert is_bare_word(name)


@pytest.mark.parametrize("name", ["merge_edges", "read", "heading", "merged_edges", "find_label", "feed"])
def test_a_verb_or_a_value_is_a_name(name: str) -> None:
    assert not is_bare_word(name)
