"""What a name is looked up by, and a cheap test that two names are different, before they are compared.

A comparison costs a hundred times what the test costs, and most names that share a word are different ones.
The test errs on one side only: names that may be one, or that a person may be asked about, pass.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.name_brackets import SHORTEST_ACRONYM
from pipeline.language.steps.spelling_repair import letter_skeleton
from pipeline.linking.comparison_levels import measure_differences, term_words
from pipeline.linking.level_tables import load_levels
from pipeline.linking.word_levels import token_facts

if TYPE_CHECKING:
    from pipeline.language import NormalForm
    from pipeline.language.steps.token_roles import NameToken

LONGEST_ACRONYM = 5
"""Letters up to which an unknown word may stand for several words."""
MOST_ACRONYM_WORDS = 8


class NameFamilies(NamedTuple):
    """The words of a name with all that may be paired with them."""

    normal: NormalForm
    keys: frozenset[str]
    """Words, roots and classes of synonyms of all tokens."""
    inside: frozenset[str]
    """Words of the terms that the name holds."""
    telling: tuple[frozenset[str], ...]
    """The keys of each word that makes another indicator where the other name has none of its family."""
    initials: frozenset[str]
    """First letters of all words, those that reading confuses made one."""
    unknown_initials: frozenset[str]
    """First letters of the unknown words that are too long for acronyms."""
    spare: int
    """How many words of another name the unknown words may stand for."""


def name_families(normal: NormalForm) -> NameFamilies:
    """Return what a name is looked up by."""
    families = [token_family(token) for token in normal.tokens]
    telling = tuple(
        family
        for i, (token, family) in enumerate(zip(normal.tokens, families, strict=True))
        if is_telling(token) and not any(family & other for j, other in enumerate(families) if i != j)
    )
    unknown = [token.form for token in normal.tokens if not (token.is_known or is_quiet(token))]
    spare = sum(MOST_ACRONYM_WORDS if len(form) <= LONGEST_ACRONYM else 1 for form in unknown)
    inside = [term_words().get(token.key, frozenset()) for token in normal.tokens if not token.analysis]
    return NameFamilies(
        normal,
        keys=frozenset().union(*families),
        inside=frozenset().union(*inside),
        telling=telling,
        initials=frozenset(letter_skeleton(token.form[:1]) for token in normal.tokens),
        unknown_initials=frozenset(
            letter_skeleton(form[0]) for form in unknown if len(form) > LONGEST_ACRONYM
        ),
        spare=spare,
    )


def possible_acronyms(normal: NormalForm) -> frozenset[str]:
    """Return the initials of all runs of words of a name that an acronym may stand for."""
    initials = "".join(word[0] for token in normal.tokens for word in token.form.split())
    sizes = range(SHORTEST_ACRONYM, LONGEST_ACRONYM + 1)
    return frozenset(initials[i : i + size] for size in sizes for i in range(len(initials) - size + 1))


@lru_cache(maxsize=65536)
def token_family(token: NameToken) -> frozenset[str]:
    """Return all that a word may be paired by: its key, its roots, its classes."""
    facts = token_facts(token)
    return frozenset(
        {
            token.key,
            token.form,
            *facts.roots,
            *facts.derived_from,
            *(f"class {number}" for number in facts.classes),
        }
    )


@lru_cache(maxsize=65536)
def is_telling(token: NameToken) -> bool:
    """Return whether a word always says what is measured, whatever stands beside it."""
    return token.is_known and token.role != "neutral" and not is_quiet(token)


@lru_cache(maxsize=65536)
def is_quiet(token: NameToken) -> bool:
    """Return whether a word may say little in some company."""
    grammar, levels = load_lexicon().grammar, load_levels()
    quiet = (
        levels.helping_words,
        grammar.doing,
        grammar.light.passive,
        grammar.light.active,
        levels.counter_words,
    )
    return (
        token.form in load_lexicon().measures
        or any(token.form in words for words in quiet)
        or not levels.category_words.isdisjoint((token.form, token_facts(token).root))
    )


def may_be_same(left: NameFamilies, right: NameFamilies) -> bool:
    """Return whether two names may be one: every telling word has its family, or an unknown word, there."""
    for one, other in ((left, right), (right, left)):
        missing = sum([1 for family in one.telling if family.isdisjoint(other.keys | other.inside)])
        if missing > other.spare:
            return False
        if other.spare < MOST_ACRONYM_WORDS and not one.unknown_initials <= other.initials:
            return False
    differences = measure_differences(left.normal.measures, right.normal.measures)
    return sum(difference.cost for difference in differences) <= load_levels().link
