"""The own office: ``kecamatan``, with or without its name, adds nothing to what is measured."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon import entry_words, load_lexicon
from pipeline.language.steps.spelling_repair import RepairContext, is_known_word, letter_skeleton
from pipeline.language.word_tokenizer import WordForm

if TYPE_CHECKING:
    from collections.abc import Sequence


def drop_office(words: Sequence[WordForm], kecamatan: str, context: RepairContext) -> list[WordForm]:
    """The words without the own office: leading prepositions, ``kecamatan``, its name, its kabupaten.

    Without ``kecamatan`` a name is told by its place: unknown words behind ``di kecamatan``, ``kec.`` or
    in capitals. The name of another kecamatan stays, and so do the words of terms (Musrenbang Kecamatan).
    """
    office = load_lexicon().grammar["office"]
    names = entry_words(kecamatan) if kecamatan else ()
    if not any([word.form in office["heads"] for word in words]) and not (
        names and may_end_in_name(words, names)
    ):
        return list(words)
    kept_words: list[WordForm] = []
    i = 0
    while i < len(words):
        if words[i].form not in office["heads"] or is_counted_thing(words, i) or is_in_term(words, i):
            size = own_name_length(words, i, names) if is_name_at_end(words, i, names) else 0
            kept_words.extend(words[i : i + 1] if not size else ())
            i += max(size, 1)
            continue
        size = own_name_length(words, i + 1, names) or guess_name_length(words, i, names, context)
        end = parent_end(words, i + 1 + size, context) if size else i + 1
        if size == 0 and is_other_office(words, i + 1, names, context):
            kept_words.append(words[i])
        else:
            drop_leads(kept_words, frozenset(office["leads"]), frozenset(office["places"]))
        i = end
    return kept_words


def strip_kecamatan_prefix(kecamatan: str) -> str:
    """A kecamatan's name as printed, without ``Kecamatan`` or ``Kec.`` before it."""
    return _head_pattern().sub("", " ".join(kecamatan.split()))


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(load_lexicon().grammar['office']['heads'])})\b\.?\s*", re.IGNORECASE)


def is_counted_thing(words: Sequence[WordForm], i: int) -> bool:
    """Whether ``kecamatan`` at ``i`` is itself what is counted (``jumlah kecamatan yang …``)."""
    before = words[i - 1].form if i else ""
    after = words[i + 1].form if i + 1 < len(words) else ""
    measure = load_lexicon().measures.get(before, "")
    return (
        measure in load_lexicon().grammar["office"]["counted_after"] and after in load_lexicon().sets["stop"]
    )


def is_in_term(words: Sequence[WordForm], i: int) -> bool:
    """Whether the head at ``i`` belongs to a term of the glossary that began before it or begins with it."""
    for start in range(max(0, i - 5), i + 1):
        forms = [
            w.form for w in words[start : start + 10] if w.form not in load_lexicon().sets["inside_terms"]
        ]
        place = len([w for w in words[start:i] if w.form not in load_lexicon().sets["inside_terms"]])
        for phrase, _ in load_lexicon().phrases.get(words[start].form, ()):
            if len(phrase) > place and tuple(forms[: len(phrase)]) == phrase and len(phrase) > 1:
                return True
    return False


def own_name_length(words: Sequence[WordForm], start: int, names: tuple[str, ...]) -> int:
    """How many words from ``start`` spell the kecamatan's name; 0 where they do not."""
    goal = letter_skeleton("".join(names))
    for size in range(1, len(names) + 2) if names else ():
        joined_forms = "".join(w.form for w in words[start : start + size])
        if start + size <= len(words) and letter_skeleton(joined_forms) == goal:
            return size
    return 0


def may_end_in_name(words: Sequence[WordForm], names: tuple[str, ...]) -> bool:
    """Whether the last letters may be the kecamatan's name."""
    return letter_skeleton("".join([word.form for word in words])).endswith(letter_skeleton("".join(names)))


def is_name_at_end(words: Sequence[WordForm], i: int, names: tuple[str, ...]) -> bool:
    """Whether the name stands alone as the last words of the text."""
    size = own_name_length(words, i, names)
    return size > 0 and i > 0 and i + size == len(words)


def guess_name_length(
    words: Sequence[WordForm], i: int, names: tuple[str, ...], context: RepairContext
) -> int:
    """How many unknown words behind the head at ``i`` are its name, where no name was given."""
    office = load_lexicon().grammar["office"]
    if names:
        return 0
    size = 0
    for word in words[i + 1 : i + 1 + office["longest_name"]]:
        if not word.form.isalpha() or is_known_word(word.form, context):
            break
        size += 1
    has_lead = i > 0 and words[i - 1].form in office["leads"]
    is_capitalised = size > 0 and words[i + 1].printed[:1].isupper()
    return size if has_lead or is_capitalised else 0


def is_other_office(
    words: Sequence[WordForm], start: int, names: tuple[str, ...], context: RepairContext
) -> bool:
    """Whether another kecamatan's name follows: capital, unknown, and not the own."""
    following = words[start] if start < len(words) else None
    return bool(
        names
        and following
        and following.printed[:1].isupper()
        and following.form.isalpha()
        and not is_known_word(following.form, context)
    )


def parent_end(words: Sequence[WordForm], start: int, context: RepairContext) -> int:
    """Where the kabupaten's name behind the own office ends; ``start`` where none follows."""
    if start < len(words) and words[start].form in load_lexicon().grammar["office"]["parents"]:
        end = start + 1
        while end < len(words) and words[end].form.isalpha() and not is_known_word(words[end].form, context):
            end += 1
        return end
    return start


def drop_leads(out: list[WordForm], leads: frozenset[str], places: frozenset[str]) -> None:
    """Prepositions before the own office, and words of place behind them, taken off (never the first)."""
    end = len(out)
    while end > 1 and out[end - 1].form in places:
        end -= 1
    if end < len(out) and out[end - 1].form not in leads:
        return
    while end > 1 and out[end - 1].form in leads:
        end -= 1
    del out[end:]
