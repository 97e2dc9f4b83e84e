"""What one word of a name is compared by: its roots, voice and level, and whether it says little alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language.lexicon import load_lexicon
from pipeline.language.morphology import analyse_word, decompose_word
from pipeline.language.steps.token_roles import is_countable_act
from pipeline.linking.level_tables import Level, LoneKind, load_levels, load_synonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.language.normal_form import NormalForm
    from pipeline.language.steps.token_roles import NameToken


class TokenFacts(NamedTuple):
    """What a token is compared by."""

    root: str
    roots: frozenset[str]
    """All roots that the word may have."""
    derived_from: frozenset[str]
    """Known roots inside a word that is a root of its own (``layan`` in ``layanan``)."""
    voice: str
    classes: frozenset[int]
    level: Level


def lone_kind(
    token: NameToken, normal: NormalForm, lone: Sequence[NameToken], echoes: set[str]
) -> LoneKind | None:
    """Return why a word that stands alone says little; None where it says what is measured."""
    levels, lexicon, facts = load_levels(), load_lexicon(), token_facts(token)
    if facts.level == "negation":
        return None
    if token.role == "neutral" or helps_verb(token, normal):
        return "neutral"
    if token.analysis and not echoes.isdisjoint((token.form, facts.root)):
        return "echo"
    if {token.form, facts.root} & levels.category_words or token.form in lexicon.measures:
        return "category"
    if says_only_doing(token, normal):
        return "doing"
    if token.form in lexicon.grammar.done:
        return "doublet"
    if stands_before_counted(token, normal):
        return "counter"
    partners = [other for other in normal.tokens if other not in lone]
    is_doublet = facts.classes and any(facts.classes & token_facts(other).classes for other in partners)
    return "doublet" if is_doublet else None


def joins_haver_and_thing(token: NameToken, tokens: Sequence[NameToken], places: dict[int, int]) -> bool:
    """Return whether a verb of having stands between two words that follow one another in the other name.

    ``places`` holds the place of each word's partner there by the id of the word.
    """
    if token.form not in load_lexicon().grammar.having:
        return False
    i = tokens.index(token)
    before = [places[id(other)] for other in tokens[:i] if id(other) in places]
    behind = [places[id(other)] for other in tokens[i + 1 :] if id(other) in places]
    return bool(before and behind) and max(before) < min(behind)


def is_doing_verb(token: NameToken) -> bool:
    """Return whether a word says that something was done at all (``dilaksanakan``, ``pelaksanaan``)."""
    return token_facts(token).root in {analyse_word(form).root for form in load_lexicon().grammar.done}


def stands_before_counted(token: NameToken, normal: NormalForm) -> bool:
    """Return whether a word at the head only says in what unit, or that people, are counted."""
    levels = load_levels()
    if normal.content[0] is not token or len(normal.content) < 2:
        return False
    following = normal.content[1]
    names_people = following.voice == "agent" or token_facts(following).level == "population"
    return token.form in levels.counter_words or (token.form in levels.person_words and names_people)


def helps_verb(token: NameToken, normal: NormalForm) -> bool:
    """Return whether a word only helps the verb behind it (``berhasil dimediasi``)."""
    if token.form not in load_levels().helping_words:
        return False
    following = normal.tokens[normal.tokens.index(token) + 1 :][:1]
    return any(
        other.voice in ("passive", "active") or token_facts(other).level in ("action", "qualifier")
        for other in following
    )


def says_only_doing(token: NameToken, normal: NormalForm) -> bool:
    """Return whether a word says only that an act is done or received that stands behind it."""
    grammar = load_lexicon().grammar
    if token.form not in grammar.doing | grammar.light.passive | grammar.light.active:
        return False
    place = normal.tokens.index(token)
    if any(other is not token and is_doing_verb(other) for other in normal.tokens):
        return True
    return any(
        is_countable_act(other) or other.voice == "act" or token_facts(other).level == "action"
        for other in normal.tokens[place + 1 : place + 3]
        if other.form not in grammar.doing
    )


@lru_cache(maxsize=65536)
def token_facts(token: NameToken) -> TokenFacts:
    """Return what a token is compared by."""
    root = token.analysis.root if token.analysis else token.key
    roots = {root, *(token.analysis.other_roots if token.analysis else ())}
    roots.add(load_lexicon().grammar.head_acts.get(token.form, root))
    index = load_synonyms().classes
    classes = frozenset().union(*(index.get(word, ()) for word in roots))
    derived = inner_roots(token.form) if token.analysis and token.form == root else frozenset()
    return TokenFacts(root, frozenset(roots), derived, token.voice, classes, token_level(token))


def inner_roots(form: str) -> frozenset[str]:
    """Return the known roots that a word is made of, itself left out."""
    lexicon = load_lexicon()
    return frozenset(root for root, _ in decompose_word(form, lexicon) if root in lexicon.roots) - {form}


def token_level(token: NameToken) -> Level:
    """Return the level on which a word stands."""
    grammar = load_lexicon().grammar
    if token.form in grammar.negations:
        return "negation"
    if token.role == "qualifier":
        return "qualifier"
    if any(c.isdigit() for c in token.form) and not any(c.isalpha() for c in token.form):
        return "number"
    if token.form in load_levels().population_words or token.kind in ("staff", "body"):
        return "population"
    if token.analysis and token.analysis.word_class == "verbs" and token.voice not in ("thing", "agent"):
        return "action"
    return "object"
