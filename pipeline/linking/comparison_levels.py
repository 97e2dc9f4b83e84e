"""Compare two names level by level: each difference has a level, a kind and a cost; their sum decides.

The levels are measure, object (what is counted), population, action, qualifier, negation and number; places
are gone before. Equal at every level: one indicator. A word more, less or other at a level that makes another
indicator: another one. In between, a person is asked. Costs stand in ``levels.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.language.alignment.align import measures_agree, pair_tokens
from pipeline.language.alignment.token_similarity import SHARED_ROOT_SCORE
from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.name_brackets import is_blend_of
from pipeline.linking.level_tables import (
    Level,
    LoneKind,
    MeasureKind,
    PairKind,
    load_levels,
    load_synonyms,
    word_weight,
)
from pipeline.linking.word_levels import TokenFacts, joins_haver_and_thing, lone_kind, token_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.language.normal_form import NormalForm
    from pipeline.language.steps.token_roles import NameToken

DifferenceKind = Literal[PairKind, LoneKind, MeasureKind, "other"]
Decision = Literal["same", "review", "different"]
DOING_FAMILY = frozenset({"bare", "passive", "act", "state", "thing", "having"})
"""Voices in which one act or thing is named whoever does it."""
DOER_FAMILY = frozenset({"active", "agent", "act", "bare", "state"})
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
    is_known: bool = True
    """Whether the tables explain the words on both sides."""
    is_term: bool = False
    """Whether the word of one side is a term of the glossary, which means one thing."""


@dataclass(frozen=True)
class LevelComparison:
    """What two names differ in, what it costs, and what follows."""

    differences: tuple[LevelDifference, ...]
    shared: float
    """The share of content words (0 to 1) that belong together."""
    shared_words: int
    """How many content words of the one name belong to a word of the other."""
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
        return "review" if is_near or self._may_be_reworded() else "different"

    @property
    def may_cluster(self) -> bool:
        """Whether names that no definition covers belong together: the same, or likely synonyms apart."""
        if self.decision != "review":
            return self.decision == "same"
        is_near = self.cost <= load_levels().cluster
        return is_near and not any(d.kind in ("other", "voice", "event") for d in self.differences)

    def _may_be_reworded(self) -> bool:
        """Return whether one thing may stand in other words, so that only a person can say if it is the same.

        Words that no table knows may stand for anything. A known one is asked about where it is one more, or
        one in place of another of its level. More that contradict one another make another indicator.
        """
        asked = load_levels().asked
        told = [d for d in self.differences if d.kind in ("other", "unknown")]
        if not told or self.cost > asked.cost or self.shared < asked.shared:
            return False
        if any(d.level not in asked.levels for d in told):
            is_condition_more = len(told) == 1 and told[0].level == "qualifier" and not told[0].there
            return is_condition_more and self.shared >= asked.shared_with_condition
        known = [d for d in told if d.is_known]
        replaced = min(sum(bool(d.here) for d in known), sum(bool(d.there) for d in known))
        if self.shared_words < asked.shared_words and (known or len(told) > 1):
            return False
        if len(known) < len(told):
            return replaced == 0
        if len(known) > 1 + replaced:
            return False
        if replaced == 0:
            return True
        is_one_level = known[0].level == known[1].level != "population"
        return is_one_level and not any(d.is_term for d in known) and self.shared >= asked.shared_with_other


FEWEST_PARTS = 2
"""Words of a term that must stand in another name to be taken for it."""
RelatedPair = tuple["NameToken", "NameToken", "PairKind"]
"""Two words that belong together, and how."""


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
    related += pair_term_parts(rest_left, rest_right, related)
    related = pair_loose_abbreviations(rest_left, rest_right, related)
    differences += [pair_difference(kind, a, b) for a, b, kind in related]
    lone_left = [token for token in rest_left if all(token is not a for a, _, _ in related)]
    lone_right = [token for token in rest_right if all(token is not b for _, b, _ in related)]
    echoes = echo_words(left.tokens, lone_left) | echo_words(right.tokens, lone_right)
    partners = [(p.left, p.right) for p in pairs] + [(a, b) for a, b, _ in related]
    order_left = partner_order(partners, right)
    order_right = partner_order([(b, a) for a, b in partners], left)
    heads_differ = bool(lone_left and lone_right) and (
        lone_left[0] is left.tokens[0] and lone_right[0] is right.tokens[0]
    )
    kinds = [
        [
            None
            if heads_differ and token is normal.tokens[0]
            else "doing"
            if joins_haver_and_thing(token, normal.tokens, order)
            else lone_kind(token, normal, lone, echoes)
            for token in lone
        ]
        for normal, lone, order in ((left, lone_left, order_left), (right, lone_right, order_right))
    ]
    doings_differ = all("doing" in side for side in kinds)
    for lone, side, is_left in ((lone_left, kinds[0], True), (lone_right, kinds[1], False)):
        for token, kind in zip(lone, side, strict=True):
            shown: LoneKind | None = "doublet" if doings_differ and kind == "doing" else kind
            differences.append(lone_difference(token, shown, is_left=is_left))
    paired_count = 2 * (len(pairs) + len(related))
    open_count = sum(token.role != "neutral" for token in (*lone_left, *lone_right))
    shared = paired_count / (paired_count + open_count) if paired_count + open_count else 1.0
    shared_words = sum(p.left.role != "neutral" for p in pairs)
    likely_pairs = [(id(a), id(b)) for a, b, kind in related if kind != "unknown"]
    shared_words += min(len({a for a, _ in likely_pairs}), len({b for _, b in likely_pairs}))
    is_empty = not (left.tokens or right.tokens)
    return LevelComparison(
        tuple(d for d in differences if d.cost), shared, shared_words, paired_count > 0 or is_empty
    )


def partner_order(partners: Iterable[tuple[NameToken, NameToken]], other: NormalForm) -> dict[int, int]:
    """Return at which place of the other name each word's partner stands, by the id of the word."""
    places = {id(token): i for i, token in enumerate(other.tokens)}
    return {id(token): places[id(partner)] for token, partner in partners}


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


def pair_related(left: Sequence[NameToken], right: Sequence[NameToken], counts: bool) -> list[RelatedPair]:
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


def pair_term_parts(
    left: Sequence[NameToken], right: Sequence[NameToken], related: Sequence[RelatedPair]
) -> list[RelatedPair]:
    """Return pairs of a term and words of the other name that are most of what it stands for.

    Each such word is paired with the term, the first as a likely synonym, the others at no cost.
    """
    used = {id(token) for a, b, _ in related for token in (a, b)}
    pairs: list[RelatedPair] = []
    for terms, words, is_left in ((left, right, True), (right, left, False)):
        for term in terms:
            if term.analysis is not None or id(term) in used:
                continue
            inside = term_words().get(term.key, frozenset())
            parts = [word for word in words if word.analysis and word.form in inside and id(word) not in used]
            if len(parts) >= FEWEST_PARTS:
                used |= {id(token) for token in (term, *parts)}
                for part in parts:
                    kind: PairKind = "likely" if part is parts[0] else "same-form"
                    pairs.append((term, part, kind) if is_left else (part, term, kind))
    return pairs


def pair_loose_abbreviations(
    left: Sequence[NameToken], right: Sequence[NameToken], related: Sequence[RelatedPair]
) -> list[RelatedPair]:
    """Return the pairs, with each unknown abbreviation paired with all open words that it may stand for."""
    explained = {id(token) for a, b, kind in related if kind != "unknown" for token in (a, b)}
    pairs: list[RelatedPair] = []
    for tokens, words, is_left in ((left, right, True), (right, left, False)):
        open_words = [word for word in words if word.is_known and id(word) not in explained]
        unknown = [token for token in tokens if not token.is_known and id(token) not in explained]
        for token in [token for token in unknown if abbreviates_loosely(token, open_words)][:1]:
            for word in open_words:
                kind: PairKind = "unknown" if word is open_words[0] else "same-form"
                pairs.append((token, word, kind) if is_left else (word, token, kind))
    used = {id(token) for a, b, _ in pairs for token in (a, b)}
    return [*pairs, *(pair for pair in related if id(pair[0]) not in used and id(pair[1]) not in used)]


def abbreviates_loosely(token: NameToken, words: Sequence[NameToken]) -> bool:
    """Return whether a word is made of pieces of the words, or holds their initials but for one letter."""
    forms = [word.form for word in words]
    if len(forms) < FEWEST_PARTS:
        return False
    if is_blend_of(token.form, forms):
        return True
    letters = iter(token.form)
    is_as_long = abs(len(token.form) - len(forms)) <= 1
    return token.printed.isupper() and is_as_long and all(form[0] in letters for form in forms)


def related_kind(left: NameToken, right: NameToken, counts: bool) -> PairKind | None:
    """Return how two different words belong together; None where they do not."""
    a, b = token_facts(left), token_facts(right)
    if a.level == "negation" or b.level == "negation":
        return "likely" if a.level == b.level else None
    if left.analysis and right.analysis and a.roots & b.roots:
        return form_kind(left, right, a, b, counts)
    common = a.classes & b.classes
    if not common:
        return derived_kind(a, b) or ("unknown" if is_unknown_for_known(left, right) else None)
    if is_act_and_property(left, right) or is_act_and_property(right, left):
        return None
    is_certain = bool(common & load_synonyms().certain)
    if not is_certain:
        return "likely"
    if a.voice == b.voice or form_kind(left, right, a, b, counts) == "same-form":
        return "certain"
    return "likely"


def is_act_and_property(left: NameToken, right: NameToken) -> bool:
    """Return whether one word is an act and the other a property (``diperbaiki``: ``mantap``)."""
    analysis = right.analysis
    is_property = analysis is not None and analysis.voice == "bare" and analysis.word_class == "adjectives"
    is_reached = right.form in load_lexicon().grammar.states
    return left.voice == "passive" and is_property and not is_reached


def is_unknown_for_known(left: NameToken, right: NameToken) -> bool:
    """Return whether one of two words is known to no table, and may be another word for the other."""
    unknown = left if right.is_known else right
    if left.is_known == right.is_known or unknown.printed.isupper():
        return False
    return left.analysis is not None and right.analysis is not None


def derived_kind(a: TokenFacts, b: TokenFacts) -> PairKind | None:
    """Return how a noun of its own belongs to the root that it is made of (``layanan``: ``dilayani``)."""
    shared = (a.derived_from & b.roots) | (b.derived_from & a.roots)
    if not shared:
        return None
    roots = load_lexicon().roots
    return "derived" if any(roots.get(root) == "verbs" for root in shared) else "likely"


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
    is_known = left.is_known and right.is_known
    return LevelDifference(token_facts(left).level, kind, left.printed, right.printed, cost, is_known)


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
    """Return the words of all forms of each term of the glossary, as names are read, by its key."""
    words: dict[str, set[str]] = {}
    synonyms = load_lexicon().synonyms
    for rows in load_lexicon().phrases.values():
        for forms, phrase in rows:
            words.setdefault(phrase.key, set()).update(synonyms.get(form, form) for form in forms)
    return {key: frozenset(forms) for key, forms in words.items()}


def lone_difference(token: NameToken, kind: LoneKind | None, *, is_left: bool) -> LevelDifference:
    """Return the difference that a word makes which stands on one side only."""
    levels, level = load_levels(), token_facts(token).level
    cost = levels.lone[kind] if kind else levels.levels[level] * word_weight(token_facts(token).root)
    here, there = (token.printed, "") if is_left else ("", token.printed)
    return LevelDifference(level, kind or "other", here, there, cost, token.is_known, token.analysis is None)
