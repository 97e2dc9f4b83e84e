"""Remove places from names: where something is measured says nothing of what is measured.

A place is told by its position: behind ``Kecamatan``, ``Kec.`` or ``Camat``, behind a preposition and
``Kelurahan`` or ``Desa``, or at the end. Its name may be made of ordinary words (``Kec. Balai Permata``) and
need not be that of the decree's own office.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon import entry_words, load_lexicon
from pipeline.language.morphology import analyse_word
from pipeline.language.steps.spelling_repair import RepairContext, is_in_lexicon, letter_skeleton
from pipeline.language.word_tokenizer import WordForm

if TYPE_CHECKING:
    from collections.abc import Sequence


def drop_office(words: Sequence[WordForm], kecamatan: str, context: RepairContext) -> list[WordForm]:
    """Return the words without places: their prepositions, ``kecamatan``, names, and the kabupaten behind.

    ``kecamatan`` is the name of the own office (empty: not known). What belongs to a term stays (Musrenbang
    Kecamatan), and so does a ``kecamatan`` that is itself counted.
    """
    office = load_lexicon().grammar.office
    names = entry_words(kecamatan) if kecamatan else ()
    if office.heads.isdisjoint([word.form for word in words]) and not may_name_place(words, names):
        return list(words)
    case_tells = has_plain_words(words)
    kept_words: list[WordForm] = []
    i = 0
    while i < len(words):
        is_head = words[i].form in office.heads
        if is_head and not is_counted_thing(words, i):
            size = own_name_length(words, i + 1, names) or place_name_length(words, i, case_tells, context)
            if is_in_term(words, i):
                kept_words.append(words[i])
            else:
                drop_leads(kept_words, office.leads, office.places)
            i = parent_end(words, i + 1 + size) if size else i + 1
            continue
        size = 0 if is_head else unheaded_place_length(words, i, names, case_tells)
        if size:
            drop_leads(kept_words, office.leads, office.places)
        else:
            kept_words.append(words[i])
        i = parent_end(words, i + size) if size else i + 1
    return kept_words


def strip_kecamatan_prefix(kecamatan: str) -> str:
    """Return a kecamatan's name as printed, without ``Kecamatan`` or ``Kec.`` before it."""
    return _head_pattern().sub("", " ".join(kecamatan.split()))


@cache
def _head_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(load_lexicon().grammar.office.heads, key=len, reverse=True))
    return re.compile(rf"\A(?:{heads})\b\.?\s*", re.IGNORECASE)


def is_counted_thing(words: Sequence[WordForm], i: int) -> bool:
    """Return whether ``kecamatan`` at ``i`` is itself what is counted (``jumlah kecamatan yang …``)."""
    before = words[i - 1].form if i else ""
    after = words[i + 1].form if i + 1 < len(words) else ""
    lexicon = load_lexicon()
    return (
        lexicon.measures.get(before, "") in lexicon.grammar.office.counted_after
        and after in lexicon.grammar.stop
    )


def is_in_term(words: Sequence[WordForm], i: int) -> bool:
    """Return whether the head at ``i`` belongs to a term of the glossary that begins before it or with it."""
    lexicon = load_lexicon()
    for start in range(max(0, i - 5), i + 1):
        forms = [w.form for w in words[start : start + 10] if w.form not in lexicon.grammar.inside_terms]
        place = len([w for w in words[start:i] if w.form not in lexicon.grammar.inside_terms])
        for phrase, _ in lexicon.phrases.get(words[start].form, ()):
            if len(phrase) > place and tuple(forms[: len(phrase)]) == phrase and len(phrase) > 1:
                return True
    return False


def own_name_length(words: Sequence[WordForm], start: int, names: tuple[str, ...]) -> int:
    """Return how many words from ``start`` spell the own kecamatan's name; 0 where they do not."""
    goal = letter_skeleton("".join(names))
    for size in range(1, len(names) + 2) if names else ():
        joined_forms = "".join(w.form for w in words[start : start + size])
        if start + size <= len(words) and letter_skeleton(joined_forms) == goal:
            return size
    return 0


def may_name_place(words: Sequence[WordForm], names: tuple[str, ...]) -> bool:
    """Return whether a place may stand in the words without ``kecamatan``: cheap, before they are read."""
    if any([word.form in load_lexicon().grammar.office.place_leads for word in words]):
        return True
    letters = letter_skeleton("".join([word.form for word in words]))
    return bool(names) and letters.endswith(letter_skeleton("".join(names)))


def has_plain_words(words: Sequence[WordForm]) -> bool:
    """Return whether capitals tell names: some content word of the text begins with a small letter."""
    lexicon = load_lexicon()
    return any(
        w.printed[:1].islower() and w.form.isalpha() and w.form not in lexicon.grammar.stop for w in words
    )


def place_name_length(words: Sequence[WordForm], head: int, case_tells: bool, context: RepairContext) -> int:
    """Return how many words behind the head at ``head`` are the name of a place; 0 where none is printed.

    Where the text is in small letters, a name has capitals. In a heading, all of whose words have them, it
    is a run of simple words up to a stop word, a verb, a condition or a bracket: derived words
    (``pemerintahan``) and terms are no names.
    """
    office = load_lexicon().grammar.office
    has_lead = head > 0 and words[head - 1].form in office.leads
    size = 0
    for word in words[head + 1 : head + 1 + office.longest_name]:
        begins_name = not size and word.form in office.may_begin_names and word.printed[:1].isupper()
        if not begins_name and not may_be_in_name(word, case_tells, has_lead, context):
            break
        size += 1
    if size and not case_tells and not is_place_bounded(words, head, head + 1 + size, context):
        return 0
    return size


def may_be_in_name(word: WordForm, case_tells: bool, has_lead: bool, context: RepairContext) -> bool:
    """Return whether a word may be part of a place's name; in small letters only where no table knows it."""
    if not word.form.isalpha() or len(word.form) < 3 or is_name_boundary(word.form):
        return False
    if word.printed[:1].isupper():
        return case_tells or is_simple_word(word.form)
    return has_lead and not is_in_lexicon(word.form) and word.form not in context


def is_place_bounded(words: Sequence[WordForm], head: int, end: int, context: RepairContext) -> bool:
    """Return whether a name that no capitals tell is told by what stands round it, or by being no word."""
    office = load_lexicon().grammar.office
    if words[head].form in office.short_heads or (head and words[head - 1].form in office.leads):
        return True
    if not any(is_in_lexicon(word.form) or word.form in context for word in words[head + 1 : end]):
        return words[head + 1].printed[:1].isupper()
    is_printed_name = words[head + 1].printed[:1].isupper()
    return is_printed_name and (end >= len(words) or is_name_boundary(words[end].form))


@lru_cache(maxsize=16384)
def is_name_boundary(form: str) -> bool:
    """Return whether a word ends a place's name: a stop word, a condition, a verb, a unit, a higher place."""
    lexicon = load_lexicon()
    if (
        form in lexicon.grammar.stop
        or form in lexicon.grammar.office.parents
        or form in lexicon.grammar.office.heads
    ):
        return True
    if (
        form in lexicon.grammar.qualifiers
        or form in lexicon.grammar.office.never_in_names
        or form in lexicon.grammar.year_words
    ):
        return True
    analysis = analyse_word(form)
    return analysis.is_known and analysis.voice in ("passive", "active") and form != analysis.root


@lru_cache(maxsize=16384)
def is_simple_word(form: str) -> bool:
    """Return whether a word has no affixes and is no term of its own, as most words of place names."""
    if not is_name_word(form):
        return False
    analysis = analyse_word(form)
    is_derived_root = form.startswith(("pe", "ke")) and form.endswith("an") and analysis.is_known
    return analysis.voice == "bare" and not is_derived_root


def unheaded_place_length(words: Sequence[WordForm], i: int, names: tuple[str, ...], case_tells: bool) -> int:
    """Return how many words from ``i`` are a place without ``kecamatan`` before it; 0 where they are none.

    The own name as the last words; a village with its name, or a name alone at the end, behind a
    preposition of place. Only capitals in a text of small letters tell such names.
    """
    own = own_name_length(words, i, names)
    if own and i and i + own == len(words):
        return own
    office = load_lexicon().grammar.office
    if not case_tells or not i or words[i - 1].form not in office.place_leads:
        return 0
    start = i + 1 if words[i].form in office.villages else i
    end = start
    while end < len(words) and end - start < office.longest_name and is_capitalised_name(words[end]):
        end += 1
    is_place = end > start and (start > i or end == len(words)) and not is_in_term(words, start)
    return end - i if is_place else 0


@lru_cache(maxsize=16384)
def is_name_word(form: str) -> bool:
    """Return whether a word may be in a name that no head tells: it ends none, and is no term by itself."""
    is_term = any(len(phrase) == 1 for phrase, _ in load_lexicon().phrases.get(form, ()))
    return not is_term and not is_name_boundary(form)


def is_capitalised_name(word: WordForm) -> bool:
    """Return whether a word is printed as a name: a capital, then small letters, and no verb or stop word."""
    return word.printed.istitle() and len(word.printed) > 2 and is_name_word(word.form)


def parent_end(words: Sequence[WordForm], start: int) -> int:
    """Return where the kabupaten's name behind a place ends; ``start`` where none follows."""
    office = load_lexicon().grammar.office
    if start < len(words) and words[start].form in office.parents:
        end = start + 1
        while (
            end < len(words)
            and end - start <= office.longest_name
            and words[end].form.isalpha()
            and not is_name_boundary(words[end].form)
        ):
            end += 1
        return end
    return start


def drop_leads(kept_words: list[WordForm], leads: frozenset[str], places: frozenset[str]) -> None:
    """Remove prepositions at the end, and words of place behind them, but never the first word."""
    end = len(kept_words)
    while end > 1 and kept_words[end - 1].form in places:
        end -= 1
    if end < len(kept_words) and kept_words[end - 1].form not in leads:
        return
    while end > 1 and kept_words[end - 1].form in leads:
        end -= 1
    del kept_words[end:]
