"""Compare two names level by level: each difference has a level, a kind and a cost; their sum decides.

The levels are measure, object (what is counted), population, action, qualifier, negation and number; places
are gone before. Equal at every level: one indicator. A word more, less or other at a level that makes another
indicator: another one. In between, a person is asked. Costs stand in ``levels.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.language.alignment.align import measures_agree, pair_tokens
from pipeline.language.alignment.token_similarity import SHARED_ROOT_SCORE
from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.token_roles import is_countable_act, names_document
from pipeline.linking.level_tables import (
    Level,
    LoneKind,
    MeasureKind,
    PairKind,
    load_levels,
    load_synonyms,
    word_weight,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.language.normal_form import NormalForm
    from pipeline.language.steps.token_roles import NameToken

DifferenceKind = Literal[PairKind, LoneKind, MeasureKind, "other"]
Decision = Literal["same", "review", "different"]
DOING_FAMILY = frozenset({"bare", "passive", "act", "state", "thing", "having"})
"""Voices in which one act or thing is named whoever does it."""
DOER_FAMILY = frozenset({"active", "agent", "act", "bare"})
"""Voices in which one act is named that somebody does."""


@dataclass(frozen=True)
class LevelDifference:
    """One difference of two names."""

    level: Level
    kind: DifferenceKind
    here: str
    """The words of the left name; empty where it has none."""
    there: str
    """The words of the right name; empty where it has none."""
    cost: float


@dataclass(frozen=True)
class LevelComparison:
    """What two names differ in, what it costs, and what follows."""

    differences: tuple[LevelDifference, ...]
    shared: float
    """The share of content words (0 to 1) that belong together."""
    has_common_words: bool

    @property
    def cost(self) -> float:
        """What all differences cost together."""
        return round(sum(difference.cost for difference in self.differences), 4)

    @property
    def likeness(self) -> float:
        """Likeness from 0 to 1: the less the costs, the more words are shared."""
        return round(self.shared / (1 + self.cost), 4)

    @property
    def decision(self) -> Decision:
        """Whether the names are one, are two, or a person must say."""
        levels = load_levels()
        if not self.has_common_words:
            return "different"
        if self.cost <= levels.link:
            return "same"
        is_near = self.cost <= levels.review and self.shared >= levels.least_shared
        return "review" if is_near or self._has_one_word_more() else "different"

    def _has_one_word_more(self) -> bool:
        """Return whether the left name only says one thing more, and shares nearly everything."""
        added = load_levels().added
        if self.cost > added.cost or self.shared < added.shared:
            return False
        others = [difference for difference in self.differences if difference.kind == "other"]
        return (
            len(others) == 1
            and bool(others[0].here and not others[0].there)
            and (others[0].level in added.levels)
        )


class TokenFacts(NamedTuple):
    """What a token is compared by."""

    root: str
    roots: frozenset[str]
    """All roots that the word may have."""
    voice: str
    classes: frozenset[int]
    level: Level


def compare_levels(left: NormalForm, right: NormalForm) -> LevelComparison:
    """Return the differences of two names, level by level. Symmetric but for the sides."""
    pairs, rest_left, rest_right = pair_tokens(left.tokens, right.tokens)
    counts = not (is_share(left) or is_share(right))
    differences = list(measure_differences(left.measures, right.measures))
    for pair in pairs:
        if pair.score < 1:
            damage: PairKind = "damaged" if pair.score >= SHARED_ROOT_SCORE else "guessed"
            differences.append(pair_difference(damage, pair.left, pair.right))
    related = pair_related(rest_left, rest_right, counts)
    differences += [pair_difference(kind, a, b) for a, b, kind in related]
    lone_left = [token for token in rest_left if all(token is not a for a, _, _ in related)]
    lone_right = [token for token in rest_right if all(token is not b for _, b, _ in related)]
    echoes = echo_words(left.tokens, lone_left) | echo_words(right.tokens, lone_right)
    heads_differ = bool(lone_left and lone_right) and (
        lone_left[0] is left.tokens[0] and lone_right[0] is right.tokens[0]
    )
    for normal, lone in ((left, lone_left), (right, lone_right)):
        for token in lone:
            is_other_head = heads_differ and token is normal.tokens[0]
            kind = None if is_other_head else lone_kind(token, normal, lone, echoes)
            differences.append(lone_difference(token, kind, is_left=normal is left))
    paired_count = 2 * (len(pairs) + len(related))
    open_count = sum(token.role != "neutral" for token in (*lone_left, *lone_right))
    shared = paired_count / (paired_count + open_count) if paired_count + open_count else 1.0
    has_common_words = bool(paired_count) or not (left.tokens or right.tokens)
    return LevelComparison(tuple(d for d in differences if d.cost), shared, has_common_words)


def is_share(normal: NormalForm) -> bool:
    """Return whether a name measures a share, and not a count or a value."""
    implied = load_lexicon().grammar.implied
    return bool(normal.measures) and normal.measures[-1] not in implied


def measure_differences(left: tuple[str, ...], right: tuple[str, ...]) -> Iterable[LevelDifference]:
    """Return the difference of two measures, or nothing where they agree."""
    if measures_agree(left, right):
        return
    costs, grammar = load_levels(), load_lexicon().grammar
    core_left = tuple(m for m in left if m not in grammar.implied)
    core_right = tuple(m for m in right if m not in grammar.implied)
    if core_left == core_right and grammar.count not in (*left, *right):
        return
    kind: DifferenceKind = "other"
    cost = costs.levels["measure"]
    openly = grammar.percent_for | {grammar.percent}
    if not left or not right or (set(left) <= openly and set(right) <= openly):
        kind, cost = "open", costs.measures["open"]
    yield LevelDifference("measure", kind, " ".join(left), " ".join(right), cost)


def pair_related(
    left: Sequence[NameToken], right: Sequence[NameToken], counts: bool
) -> list[tuple[NameToken, NameToken, PairKind]]:
    """Return pairs of words that are not equal but belong together, the nearest first, each word once."""
    candidates = [
        (load_levels().pairs[kind], i, j, kind)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (kind := related_kind(a, b, counts)) is not None
    ]
    used_left: set[int] = set()
    used_right: set[int] = set()
    related = []
    for _, i, j, kind in sorted(candidates):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            related.append((left[i], right[j], kind))
    return related


def related_kind(left: NameToken, right: NameToken, counts: bool) -> PairKind | None:
    """Return how two different words belong together; None where they do not."""
    a, b = token_facts(left), token_facts(right)
    if a.level == "negation" or b.level == "negation":
        return None
    if left.analysis and right.analysis and a.roots & b.roots:
        return form_kind(left, right, a, b, counts)
    common = a.classes & b.classes
    if not common:
        return None
    is_certain = bool(common & load_synonyms().certain)
    if not is_certain:
        return "likely"
    if a.voice == b.voice or form_kind(left, right, a, b, counts) == "same-form":
        return "certain"
    return "likely"


def form_kind(
    left: NameToken, right: NameToken, a: TokenFacts, b: TokenFacts, counts: bool
) -> PairKind | None:
    """Return how two forms of one root belong together."""
    voices = {a.voice, b.voice}
    events = load_levels().event_words
    if counts and (left.form in events) != (right.form in events):
        return "event"
    if voices <= DOING_FAMILY or voices <= DOER_FAMILY:
        return "same-form"
    return "voice"


def pair_difference(kind: PairKind, left: NameToken, right: NameToken) -> LevelDifference:
    """Return the difference of two words that belong together."""
    cost = load_levels().pairs[kind]
    return LevelDifference(token_facts(left).level, kind, left.printed, right.printed, cost)


def echo_words(tokens: Sequence[NameToken], lone: Sequence[NameToken]) -> set[str]:
    """Return roots, and words of terms, of the tokens of a name that have a partner."""
    lone_ids = {id(token) for token in lone}
    words: set[str] = set()
    for token in tokens:
        if id(token) not in lone_ids:
            words.add(token_facts(token).root)
            words |= term_words().get(token.key, frozenset()) if token.analysis is None else frozenset()
    return words


@lru_cache(maxsize=1)
def term_words() -> dict[str, frozenset[str]]:
    """Return the words of all forms of each term of the glossary, by its key."""
    words: dict[str, set[str]] = {}
    for rows in load_lexicon().phrases.values():
        for forms, phrase in rows:
            words.setdefault(phrase.key, set()).update(forms)
    return {key: frozenset(forms) for key, forms in words.items()}


def lone_difference(token: NameToken, kind: LoneKind | None, *, is_left: bool) -> LevelDifference:
    """Return the difference that a word makes which stands on one side only."""
    levels, level = load_levels(), token_facts(token).level
    cost = levels.lone[kind] if kind else levels.levels[level] * word_weight(token_facts(token).root)
    here, there = (token.printed, "") if is_left else ("", token.printed)
    return LevelDifference(level, kind or "other", here, there, cost)


def lone_kind(
    token: NameToken, normal: NormalForm, lone: Sequence[NameToken], echoes: set[str]
) -> LoneKind | None:
    """Return why a word that stands alone says little; None where it says what is measured."""
    levels, lexicon, facts = load_levels(), load_lexicon(), token_facts(token)
    if facts.level == "negation":
        return None
    if token.role == "neutral" or helps_verb(token, normal):
        return "neutral"
    if token.analysis and (token.form in echoes or facts.root in echoes):
        return "echo"
    if {token.form, facts.root} & levels.category_words or token.form in lexicon.measures:
        return "category"
    if token.form in levels.extent_words and is_share(normal):
        return "category"
    if says_only_doing(token, normal):
        return "doing"
    if token.form in lexicon.grammar.done:
        return "doublet"
    is_unit = token.form in lexicon.grammar.units and not names_document(token)
    if is_unit and facts.level != "population" and len(normal.content) > 1 and normal.content[0] is token:
        return "counter"
    partners = [other for other in normal.tokens if other not in lone]
    is_doublet = facts.classes and any(facts.classes & token_facts(other).classes for other in partners)
    return "doublet" if is_doublet else None


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
    return TokenFacts(root, frozenset(roots), token.voice, classes, token_level(token))


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
