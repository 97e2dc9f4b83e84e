"""Mending what reading broke: confused letters, torn and joined words, spellings.

A word is changed only when it is not known and the change makes it a known word, or a word of the other
side (``context``). Nothing here looks at meaning.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.words.fold import Word
from pipeline.words.morphology import analyse
from pipeline.words.numbers import with_numbers
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_CANDIDATES = 400
LONGEST_WORD = 40
SHORTEST_HALF = 3
LONGEST_PREFIX, LONGEST_ENDING = 6, 9
"""Letters round a root at most: ``memper-``, ``-kannya`` with a particle behind."""


class Context:
    """The words of the other side, and which words were looked for among them."""

    __slots__ = ("asked", "confused", "likes", "mended", "readable", "words")

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.likes = by_letters(words)
        self.asked: set[str] = set()

        self.confused: set[str] = set()
        """Letters (see ``coarse``) of words that were looked for with their letters confused."""
        self.mended: dict[str, tuple[Word, ...]] = {}
        """What single words were mended to: the same every time."""
        self.readable: dict[str, bool] = {}
        """Whether words can be read (see ``reads``)."""

    def __contains__(self, form: str) -> bool:
        self.asked.add(form)
        return form in self.words

    def may_hold(self, form: str) -> bool:
        """Whether the other side has a word that ``form`` may be once its letters are put right."""
        letters = coarse(form)
        self.confused.add(letters)
        return letters in self.likes


@lru_cache(maxsize=16384)
def by_letters(words: frozenset[str]) -> dict[str, frozenset[str]]:
    """Words by their letters, those that reading confuses made one."""
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(coarse(word), set()).add(word)
    return {letters: frozenset(alike) for letters, alike in found.items()}


def is_known(form: str, context: Context) -> bool:
    """Whether a word is in the tables, has a known root, or stands on the other side."""
    return in_tables(form) or form in context


@lru_cache(maxsize=65536)
def in_tables(form: str) -> bool:
    """Whether the tables explain a word; numbers and single signs need no explanation."""
    return (
        (not form.isalpha() and not any(c.isalpha() for c in form))
        or form in tables().words
        or analyse(form).known
    )


@lru_cache(maxsize=65536)
def variants(form: str) -> tuple[str, ...]:
    """What a word may have been before its letters were confused: fewest changes first, then by letters."""
    if not 3 <= len(form) <= LONGEST_WORD:
        return ()
    ocr = tables().grammar["ocr"]
    seen, layer = {form}, [form]
    for _ in range(ocr["most_changes"]):
        layer = sorted({v for w in layer for v in changes(w, ocr["confusions"])} - seen)
        layer = layer[: MOST_CANDIDATES - len(seen)]
        seen.update(layer)
    return tuple(sorted(seen - {form}, key=lambda v: (distance(form, v), v)))


def changes(form: str, confusions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The word with one confusion undone, at each place."""
    for read, meant in confusions:
        start = form.find(read)
        while start >= 0:
            yield form[:start] + meant + form[start + len(read) :]
            start = form.find(read, start + 1)


def distance(a: str, b: str) -> int:
    """Roughly how many letters two variants of one word differ in."""
    return abs(len(a) - len(b)) + sum(x != y for x, y in zip(a, b, strict=False))


def unconfused(form: str, context: Context) -> str:
    """The word with confused letters put right, or as it stands where nothing known comes of it."""
    if is_known(form, context) or len(form) < 4:
        return form
    if context.may_hold(form):
        for variant in variants(form):
            if variant in context.words:
                return variant
    if not may_be_known(form):
        return form
    return next((v for v in variants(form) if len(v) > 3 and in_tables(v) and not made_up(v, form)), form)


def made_up(variant: str, form: str) -> bool:
    """Whether a word came about by reading its last sign as the suffix ``-i`` behind a word (``desal``)."""
    return variant[-1] == "i" != form[-1] and in_tables(variant[:-1])


@lru_cache(maxsize=65536)
def may_be_known(form: str) -> bool:
    """Whether any word that letters were confused in may hold a known root: cheap, before trying them all."""
    letters = coarse(form)
    if letters.endswith(coarse("ir")):  # a loan ending, which stands for another
        return True
    ends = range(max(0, len(letters) - LONGEST_ENDING), len(letters) + 1)
    return any(letters[i:j] in cores() for i in range(LONGEST_PREFIX + 1) for j in ends if i < j)


@cache
def cores() -> frozenset[str]:
    """All known words and roots, confused letters made one; also without the letter a prefix swallows."""
    known = {*tables().words, *tables().roots}
    return frozenset(coarse(word[cut:]) for word in known for cut in (0, 1) if len(word) > cut + 2)


@lru_cache(maxsize=65536)
def coarse(form: str) -> str:
    """A word as all that it may be confused with: the same for any two that a few confusions part."""
    for read, meant in tables().grammar["ocr"]["coarse"].items():
        form = form.replace(read, meant)
    return skeleton(form)


@lru_cache(maxsize=65536)
def skeleton(form: str) -> str:
    """The word with all letters that reading confuses made one: equal skeletons may be one word."""
    for read, meant in tables().grammar["ocr"]["skeleton"].items():
        form = form.replace(read, meant)
    return form


def mend(words: Sequence[Word], context: Context) -> list[Word]:
    """Words joined, taken apart, put right and spelled as the glossary spells them."""
    words = with_numbers(words)
    if all([is_plain(word.form) for word in words]):
        return list(words)
    joined = join_compounds(join_torn(words, context))
    out: list[Word] = []
    for word in joined:
        if is_plain(word.form):
            out.append(word)
        else:
            out.extend(mended(word, context))
    return join_compounds(join_torn(out, context))


@lru_cache(maxsize=65536)
def is_plain(form: str) -> bool:
    """Whether a word stays as it is, whatever stands beside it: known, well spelled, in no compound."""
    if (
        form in tables().sets["passive_words"]
        or form in tables().sets["torn_prefixes"]
        or not in_tables(form)
        or spelled(form) != (form,)
    ):
        return False
    return not may_end_compound(form)


@lru_cache(maxsize=65536)
def may_end_compound(form: str) -> bool:
    """Whether a word may be the second of two that act as one."""
    return form.isalpha() and analyse(form).root in second_roots()


@cache
def second_roots() -> frozenset[str]:
    """Roots that a compound may end with."""
    return frozenset(second for _, second in tables().grammar["compounds"])


def mended(word: Word, context: Context) -> tuple[Word, ...]:
    """One word put right, taken apart and spelled well; its halves have no print of their own."""
    kept = context.mended.get(word.form)
    if kept is None:
        halves = apart(Word("", unconfused(word.form, context)), context)
        kept = tuple(Word(half.printed, form) for half in halves for form in spelled(half.form))
        context.mended[word.form] = kept
    return tuple([made if made.printed else Word(word.printed, made.form) for made in kept])


def spelled(form: str) -> tuple[str, ...]:
    """The word in its standard spelling or, for a short form, the words it stands for."""
    table = tables()
    forms = table.short.get(form) or (form,)
    return tuple(s for f in forms for s in table.spelling.get(f, (f,)))


def join_torn(words: Sequence[Word], context: Context) -> list[Word]:
    """Two or three pieces joined where one is no word and together they are (``kependu dukan``)."""
    passive = tables().sets["passive_words"] | tables().sets["torn_prefixes"]
    whole = [word.form not in passive and reads(word.form, context) for word in words]
    if all(whole):
        return list(words)
    out: list[Word] = []
    i = 0
    while i < len(words):
        sizes = [n for n in (3, 2) if not all(whole[i : i + n])]
        size = next((n for n in sizes if torn(words[i : i + n], n, context)), 1)
        out.append(together(words[i : i + size]))
        i += size
    return out


def torn(pieces: Sequence[Word], size: int, context: Context) -> bool:
    """Whether the pieces are one torn word: joined known, apart not; or ``di`` torn from its verb."""
    if len(pieces) < size or not all(p.form.isalnum() and not p.form.isdigit() for p in pieces):
        return False
    whole = "".join(p.form for p in pieces)
    if len(whole) > LONGEST_WORD:
        return False
    first, rest = pieces[0].form, whole[len(pieces[0].form) :]
    if first in tables().sets["passive_words"]:
        return size == 2 and passive_rest(rest)
    if size == 2 and first in tables().sets["torn_prefixes"] and torn_off(whole, rest):
        return True
    if all([reads(p.form, context) for p in pieces]):
        return False
    return whole in context or (in_tables(unconfused(whole, context)) and len(whole) > 4)


def torn_off(whole: str, rest: str) -> bool:
    """Whether a prefix was torn off its noun: the rest is no word of its own, the whole is one."""
    table = tables()
    plain = (
        rest in table.roots or rest in table.words or not rest.endswith(tuple(table.sets["nominal_suffixes"]))
    )
    return not plain and in_tables(whole) and analyse(whole).voice in ("state", "act", "bare")


def reads(form: str, context: Context) -> bool:
    """Whether a word is a word as it stands, or once its letters are put right."""
    kept = context.readable.get(form)
    if kept is None:
        kept = is_known(form, context) or is_known(unconfused(form, context), context)
        context.readable[form] = kept
    return kept


def passive_rest(rest: str) -> bool:
    """Whether what stands behind a lone ``di`` is a verb: a verb's root, or ``-kan``, ``-i``."""
    found = analyse(rest)
    if not found.known or found.voice != "bare" or rest in tables().sets["units"]:
        return False
    return found.word_class == "verbs" or found.root != rest


def together(pieces: Sequence[Word]) -> Word:
    """Pieces as one word."""
    return Word(" ".join(p.printed for p in pieces), "".join(p.form for p in pieces))


def join_compounds(words: Sequence[Word]) -> list[Word]:
    """Two roots that act as one joined with the affixes round both (``ditindak lanjuti``)."""
    if not any([may_end_compound(word.form) for word in words[1:]]):
        return list(words)
    pairs = compounds()
    out: list[Word] = []
    for word in words:
        if out and word.form.isalpha():
            left, right = analyse(out[-1].form), analyse(word.form)
            if (
                (left.root, right.root) in pairs
                and out[-1].form.endswith(left.root)
                and right.voice in ("bare", "thing")
            ):
                out[-1] = together([out[-1], word])
                continue
        out.append(word)
    return out


@cache
def compounds() -> frozenset[tuple[str, str]]:
    """Pairs of roots that act as one word."""
    return frozenset((first, second) for first, second in tables().grammar["compounds"])


def apart(word: Word, context: Context) -> list[Word]:
    """Two words that were printed as one, where it is no word and both halves are (``tepatwaktu``)."""
    form = word.form
    if len(form) < 2 * SHORTEST_HALF or not form.isalpha() or is_known(form, context):
        return [word]
    for cut in range(len(form) - SHORTEST_HALF, SHORTEST_HALF - 1, -1):
        left, right = form[:cut], form[cut:]
        if whole_word(left, context) and whole_word(right, context):
            return [Word(left, left), Word(right, right)]
    return [word]


def whole_word(form: str, context: Context) -> bool:
    """Whether a half can stand alone: a word of the other side, a stop word, or a longer known word."""
    return form in tables().sets["stop"] or (len(form) >= 4 and in_tables(form)) or form in context
