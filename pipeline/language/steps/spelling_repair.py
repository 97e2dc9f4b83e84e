"""Repair what reading broke: confused letters, torn and joined words, spellings.

A word is changed only when it is not known and the change makes it a known word, or a word of the other
side (``context``). Nothing here looks at meaning.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.language.lexicon import load_lexicon
from pipeline.language.morphology import analyse_word
from pipeline.language.steps.ordinals import replace_ordinals
from pipeline.language.word_tokenizer import WordForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_CANDIDATES = 400
LONGEST_WORD = 40
SHORTEST_HALF = 3
SHORTEST_CONFUSED = 3
"""Letters from which confused ones are put right: three only towards a word of the other side."""
SHORTEST_SPELLED = 5
"""Letters from which a word with one letter wrong is still told from other words."""
LONG_WORD = 9
"""Letters from which two may be wrong."""
LONGEST_PREFIX, LONGEST_ENDING = 6, 9
"""Letters round a root at most: ``memper-``, ``-kannya`` with a particle behind."""


class RepairContext:
    """The words of the other side, and which words were looked for among them."""

    __slots__ = ("asked", "confused", "likes", "readable", "repaired", "spellings", "words")

    def __init__(self, words: frozenset[str], *, spells: bool = False) -> None:
        self.words = words
        self.spellings = group_by_length(words) if spells else {}
        """Words by length towards which a word with a letter wrong is spelled; empty: none is."""
        self.likes = group_by_letters(words)
        self.asked: set[str] = set()

        self.confused: set[str] = set()
        """Letters (see ``coarse``) of words that were looked for with their letters confused."""
        self.repaired: dict[str, tuple[WordForm, ...]] = {}
        """What single words were repaired to: the same every time."""
        self.readable: dict[str, bool] = {}
        """Whether words can be read (see ``reads``)."""

    def __contains__(self, form: str) -> bool:
        self.asked.add(form)
        return form in self.words

    def may_hold_confused(self, form: str) -> bool:
        """Return whether the other side has a word that ``form`` may be once its letters are put right."""
        letters = coarse_letters(form)
        self.confused.add(letters)
        return letters in self.likes


def group_by_length(words: frozenset[str]) -> dict[int, list[str]]:
    """Return the words of letters that are long enough to be told from others, sorted, by length."""
    groups: dict[int, list[str]] = {}
    for word in sorted(words):
        if word.isalpha() and len(word) >= SHORTEST_SPELLED:
            groups.setdefault(len(word), []).append(word)
    return groups


@lru_cache(maxsize=16384)
def group_by_letters(words: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return words by their letters, those that reading confuses made one."""
    groups: dict[str, set[str]] = {}
    for word in words:
        groups.setdefault(coarse_letters(word), set()).add(word)
    return {letters: frozenset(group) for letters, group in groups.items()}


def is_known_word(form: str, context: RepairContext) -> bool:
    """Return whether a word is in the tables, has a known root, or stands on the other side."""
    return is_in_lexicon(form) or form in context


@lru_cache(maxsize=65536)
def is_in_lexicon(form: str) -> bool:
    """Return whether the tables explain a word; numbers and single signs need no explanation."""
    return (
        (not form.isalpha() and not any(c.isalpha() for c in form))
        or form in load_lexicon().words
        or analyse_word(form).is_known
    )


@lru_cache(maxsize=65536)
def ocr_variants(form: str) -> tuple[str, ...]:
    """What a word may have been before its letters were confused: fewest changes first, then by letters."""
    if not 3 <= len(form) <= LONGEST_WORD:
        return ()
    ocr = load_lexicon().grammar.ocr
    forms, layer = {form}, [form]
    for _ in range(ocr.most_changes):
        layer = sorted({v for w in layer for v in undo_confusions(w, ocr.confusions)} - forms)
        layer = layer[: MOST_CANDIDATES - len(forms)]
        forms.update(layer)
    return tuple(sorted(forms - {form}, key=lambda v: (variant_distance(form, v), v)))


def undo_confusions(form: str, confusions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Return the word with one confusion undone, at each place."""
    for read, meant in confusions:
        start = form.find(read)
        while start >= 0:
            yield form[:start] + meant + form[start + len(read) :]
            start = form.find(read, start + 1)


def variant_distance(a: str, b: str) -> int:
    """Roughly how many letters two variants of one word differ in."""
    return abs(len(a) - len(b)) + sum(x != y for x, y in zip(a, b, strict=False))


def correct_confusions(form: str, context: RepairContext) -> str:
    """Return the word with confused letters put right, or as it stands where nothing known comes of it."""
    if len(form) < SHORTEST_CONFUSED or is_known_word(form, context):
        return form
    if context.may_hold_confused(form):
        for variant in ocr_variants(form):
            if variant in context.words:
                return variant
    if len(form) == SHORTEST_CONFUSED or not may_hold_known_root(form):
        return form
    return next(
        (v for v in ocr_variants(form) if len(v) > 3 and is_in_lexicon(v) and not is_false_suffix(v, form)),
        form,
    )


def nearest_spelling(form: str, context: RepairContext) -> str | None:
    """Return the one word of the context that an unknown word is a misprint of; None where none or two are.

    One letter may be wrong, missing, too many or swapped; two in a long word.
    """
    if len(form) < SHORTEST_SPELLED or not context.spellings:
        return None
    most_edits = 1 if len(form) < LONG_WORD else 2
    nearest: list[tuple[int, str]] = []
    for length in range(len(form) - most_edits, len(form) + most_edits + 1):
        words = context.spellings.get(length, [])
        hits = process.extract(form, words, scorer=OSA.distance, score_cutoff=most_edits, limit=3)
        nearest += [(round(distance), word) for word, distance, _ in hits if not turns_round(form, word)]
    nearest.sort()
    is_single = len(nearest) == 1 or (len(nearest) > 1 and nearest[0][0] < nearest[1][0])
    return nearest[0][1] if is_single else None


def is_misspelled(form: str, context: RepairContext) -> bool:
    """Return whether an unknown word is a known one, or a word of the context, with letters wrong."""
    return correct_confusions(form, context) != form or nearest_spelling(form, context) is not None


def turns_round(form: str, word: str) -> bool:
    """Return whether only one of two words begins with a negation (``non…``)."""
    return any(form.startswith(n) != word.startswith(n) for n in load_lexicon().grammar.negations)


def is_false_suffix(variant: str, form: str) -> bool:
    """Whether a word came about by reading its last sign as the suffix ``-i`` behind a word (``desal``)."""
    return variant[-1] == "i" != form[-1] and is_in_lexicon(variant[:-1])


@lru_cache(maxsize=65536)
def may_hold_known_root(form: str) -> bool:
    """Whether any word that letters were confused in may hold a known root: cheap, before trying them all."""
    letters = coarse_letters(form)
    if letters.endswith(coarse_letters("ir")):  # a loan ending, which stands for another
        return True
    ends = range(max(0, len(letters) - LONGEST_ENDING), len(letters) + 1)
    return any(letters[i:j] in known_cores() for i in range(LONGEST_PREFIX + 1) for j in ends if i < j)


@cache
def known_cores() -> frozenset[str]:
    """All known words and roots, confused letters made one; also without the letter a prefix swallows."""
    known_words = {*load_lexicon().words, *load_lexicon().roots}
    return frozenset(
        coarse_letters(word[cut:]) for word in known_words for cut in (0, 1) if len(word) > cut + 2
    )


@lru_cache(maxsize=65536)
def coarse_letters(form: str) -> str:
    """Return a word as all that it may be confused with: the same for any two that a few confusions part."""
    for read, meant in load_lexicon().grammar.ocr.coarse.items():
        form = form.replace(read, meant)
    return letter_skeleton(form)


@lru_cache(maxsize=65536)
def letter_skeleton(form: str) -> str:
    """Return the word with all letters that reading confuses made one: equal skeletons may be one word."""
    for read, meant in load_lexicon().grammar.ocr.skeleton.items():
        form = form.replace(read, meant)
    return form


def repair_words(words: Sequence[WordForm], context: RepairContext) -> list[WordForm]:
    """Return words joined, taken apart, put right and spelled as the glossary spells them."""
    words = replace_ordinals(words)
    if all([needs_no_repair(word.form) for word in words]):
        return list(words)
    joined_words = join_compounds(join_torn_words(words, context))
    heads = load_lexicon().grammar.office.heads
    out: list[WordForm] = []
    names_place = False
    in_capitals = all(word.printed.isupper() for word in words if word.form.isalpha())
    for word in joined_words:
        # A name behind Kecamatan is no misprint: it is not taken apart.
        names_place = word.printed[:1].isupper() and (names_place or (bool(out) and out[-1].form in heads))
        is_abbreviation = not in_capitals and is_capital_abbreviation(word)
        if is_abbreviation or needs_no_repair(word.form) or (names_place and word.form not in heads):
            out.append(word)
        else:
            out.extend(repair_word(word, context))
    return join_compounds(join_torn_words(out, context))


@lru_cache(maxsize=65536)
def needs_no_repair(form: str) -> bool:
    """Whether a word stays as it is, whatever stands beside it: known, well spelled, in no compound."""
    if (
        form in load_lexicon().grammar.passive_words
        or form in load_lexicon().grammar.torn_prefixes
        or not is_in_lexicon(form)
        or standard_spelling(form) != (form,)
    ):
        return False
    return not may_end_compound(form)


@lru_cache(maxsize=65536)
def may_end_compound(form: str) -> bool:
    """Return whether a word may be the second of two that act as one."""
    return form.isalpha() and analyse_word(form).root in second_roots()


@cache
def second_roots() -> frozenset[str]:
    """Return roots that a compound may end with."""
    return frozenset(second for _, second in load_lexicon().grammar.compounds)


def repair_word(word: WordForm, context: RepairContext) -> tuple[WordForm, ...]:
    """One word put right, taken apart and spelled well; its halves have no print of their own."""
    repaired_words = context.repaired.get(word.form)
    if repaired_words is None:
        corrected = correct_confusions(word.form, context)
        if not is_known_word(corrected, context):
            corrected = nearest_spelling(corrected, context) or corrected
        halves = split_joined_word(WordForm("", corrected), context)
        repaired_words = tuple(
            WordForm(half.printed, form) for half in halves for form in standard_spelling(half.form)
        )
        context.repaired[word.form] = repaired_words
    return tuple([piece if piece.printed else WordForm(word.printed, piece.form) for piece in repaired_words])


def standard_spelling(form: str) -> tuple[str, ...]:
    """Return the word in its standard spelling or, for a short form, the words it stands for."""
    lexicon = load_lexicon()
    forms = lexicon.short.get(form) or (form,)
    return tuple(s for f in forms for s in lexicon.spelling.get(f, (f,)))


def is_capital_abbreviation(word: WordForm) -> bool:
    """Return whether a short form of a stop word stands in capitals, and so abbreviates another (``PD``)."""
    words = load_lexicon().short.get(word.form)
    return words is not None and word.printed.isupper() and load_lexicon().grammar.stop.issuperset(words)


def join_torn_words(words: Sequence[WordForm], context: RepairContext) -> list[WordForm]:
    """Return two or three pieces joined where one is no word and together they are (``kependu dukan``)."""
    prefix_words = load_lexicon().grammar.passive_words | load_lexicon().grammar.torn_prefixes
    readable = [word.form not in prefix_words and is_readable(word.form, context) for word in words]
    if all(readable):
        return list(words)
    out: list[WordForm] = []
    i = 0
    while i < len(words):
        sizes = [n for n in (3, 2) if not all(readable[i : i + n])]
        size = next((n for n in sizes if is_torn_word(words[i : i + n], n, context)), 1)
        out.append(merge_words(words[i : i + size]))
        i += size
    return out


def is_torn_word(pieces: Sequence[WordForm], size: int, context: RepairContext) -> bool:
    """Return whether the pieces are one torn word: joined known, apart not; or ``di`` torn from its verb."""
    if len(pieces) < size or not all(p.form.isalnum() and not p.form.isdigit() for p in pieces):
        return False
    joined_form = "".join(p.form for p in pieces)
    if len(joined_form) > LONGEST_WORD:
        return False
    first, rest = pieces[0].form, joined_form[len(pieces[0].form) :]
    if first in load_lexicon().grammar.office.heads:
        return False
    if first in load_lexicon().grammar.passive_words:
        return size == 2 and is_passive_verb(rest)
    if size == 2 and first in load_lexicon().grammar.torn_prefixes and is_torn_prefix(joined_form, rest):
        return True
    if all([is_readable(p.form, context) for p in pieces]):
        return False
    return joined_form in context or (
        is_in_lexicon(correct_confusions(joined_form, context)) and len(joined_form) > 4
    )


def is_torn_prefix(joined_form: str, rest: str) -> bool:
    """Return whether a prefix was torn off its noun: the rest is no word of its own, the whole is one."""
    lexicon = load_lexicon()
    may_be_word = (
        rest in lexicon.roots
        or rest in lexicon.words
        or not rest.endswith(tuple(lexicon.grammar.nominal_suffixes))
    )
    return (
        not may_be_word
        and is_in_lexicon(joined_form)
        and analyse_word(joined_form).voice in ("state", "act", "bare")
    )


def is_readable(form: str, context: RepairContext) -> bool:
    """Return whether a word is a word as it stands, or once its letters are put right."""
    readable = context.readable.get(form)
    if readable is None:
        readable = is_known_word(form, context) or is_known_word(correct_confusions(form, context), context)
        context.readable[form] = readable
    return readable


def is_passive_verb(rest: str) -> bool:
    """Return whether what stands behind a lone ``di`` is a verb: a verb's root, or ``-kan``, ``-i``."""
    analysis = analyse_word(rest)
    if not analysis.is_known or analysis.voice != "bare" or rest in load_lexicon().grammar.units:
        return False
    return analysis.word_class == "verbs" or analysis.root != rest


def merge_words(pieces: Sequence[WordForm]) -> WordForm:
    """Return pieces as one word."""
    return WordForm(" ".join(p.printed for p in pieces), "".join(p.form for p in pieces))


def join_compounds(words: Sequence[WordForm]) -> list[WordForm]:
    """Return two roots that act as one joined with the affixes round both (``ditindak lanjuti``)."""
    if not any([may_end_compound(word.form) for word in words[1:]]):
        return list(words)
    pairs = compound_roots()
    out: list[WordForm] = []
    for word in words:
        if out and word.form.isalpha():
            left, right = analyse_word(out[-1].form), analyse_word(word.form)
            if (
                (left.root, right.root) in pairs
                and out[-1].form.endswith(left.root)
                and right.voice in ("bare", "thing")
            ):
                out[-1] = merge_words([out[-1], word])
                continue
        out.append(word)
    return out


@cache
def compound_roots() -> frozenset[tuple[str, str]]:
    """Return pairs of roots that act as one word."""
    return frozenset((first, second) for first, second in load_lexicon().grammar.compounds)


def split_joined_word(word: WordForm, context: RepairContext) -> list[WordForm]:
    """Return two words that were printed as one, where it is no word and both halves are (``tepatwaktu``)."""
    form = word.form
    if len(form) < 2 * SHORTEST_HALF or not form.isalpha() or is_known_word(form, context):
        return [word]
    for cut in range(len(form) - SHORTEST_HALF, SHORTEST_HALF - 1, -1):
        left, right = form[:cut], form[cut:]
        if can_stand_alone(left, context) and can_stand_alone(right, context):
            return [WordForm(left, left), WordForm(right, right)]
    return [word]


def can_stand_alone(form: str, context: RepairContext) -> bool:
    """Whether a half can stand alone: a word of the other side, a stop word, or a longer known word."""
    return form in load_lexicon().grammar.stop or (len(form) >= 4 and is_in_lexicon(form)) or form in context
