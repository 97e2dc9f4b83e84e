"""The own office: ``kecamatan``, with or without its name, adds nothing to what is measured."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.words.fold import Word
from pipeline.words.repair import Context, is_known, skeleton
from pipeline.words.tables import plain, tables

if TYPE_CHECKING:
    from collections.abc import Sequence


def drop_office(words: Sequence[Word], kecamatan: str, context: Context) -> list[Word]:
    """The words without the own office: leading prepositions, ``kecamatan``, its name, its kabupaten.

    Without ``kecamatan`` a name is told by its place: unknown words behind ``di kecamatan``, ``kec.`` or
    in capitals. The name of another kecamatan stays, and so do the words of terms (Musrenbang Kecamatan).
    """
    office = tables().grammar["office"]
    names = plain(kecamatan) if kecamatan else ()
    if not any([word.form in office["heads"] for word in words]) and not (names and ends_in(words, names)):
        return list(words)
    out: list[Word] = []
    i = 0
    while i < len(words):
        if words[i].form not in office["heads"] or counted(words, i) or in_term(words, i):
            size = own_name(words, i, names) if at_end(words, i, names) else 0
            out.extend(words[i : i + 1] if not size else ())
            i += max(size, 1)
            continue
        size = own_name(words, i + 1, names) or guessed_name(words, i, names, context)
        end = parent(words, i + 1 + size, context) if size else i + 1
        if size == 0 and other_name(words, i + 1, names, context):
            out.append(words[i])
        else:
            drop_leads(out, frozenset(office["leads"]), frozenset(office["places"]))
        i = end
    return out


def bare(kecamatan: str) -> str:
    """A kecamatan's name as printed, without ``Kecamatan`` or ``Kec.`` before it."""
    return _head().sub("", " ".join(kecamatan.split()))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(tables().grammar['office']['heads'])})\b\.?\s*", re.IGNORECASE)


def counted(words: Sequence[Word], i: int) -> bool:
    """Whether ``kecamatan`` at ``i`` is itself what is counted (``jumlah kecamatan yang …``)."""
    before = words[i - 1].form if i else ""
    after = words[i + 1].form if i + 1 < len(words) else ""
    measure = tables().measures.get(before, "")
    return measure in tables().grammar["office"]["counted_after"] and after in tables().sets["stop"]


def in_term(words: Sequence[Word], i: int) -> bool:
    """Whether the head at ``i`` belongs to a term of the glossary that began before it or begins with it."""
    for start in range(max(0, i - 5), i + 1):
        forms = [w.form for w in words[start : start + 10] if w.form not in tables().sets["inside_terms"]]
        place = len([w for w in words[start:i] if w.form not in tables().sets["inside_terms"]])
        for phrase, _ in tables().phrases.get(words[start].form, ()):
            if len(phrase) > place and tuple(forms[: len(phrase)]) == phrase and len(phrase) > 1:
                return True
    return False


def own_name(words: Sequence[Word], start: int, names: tuple[str, ...]) -> int:
    """How many words from ``start`` spell the kecamatan's name; 0 where they do not."""
    goal = skeleton("".join(names))
    for size in range(1, len(names) + 2) if names else ():
        got = "".join(w.form for w in words[start : start + size])
        if start + size <= len(words) and skeleton(got) == goal:
            return size
    return 0


def ends_in(words: Sequence[Word], names: tuple[str, ...]) -> bool:
    """Whether the last letters may be the kecamatan's name."""
    return skeleton("".join([word.form for word in words])).endswith(skeleton("".join(names)))


def at_end(words: Sequence[Word], i: int, names: tuple[str, ...]) -> bool:
    """Whether the name stands alone as the last words of the text."""
    size = own_name(words, i, names)
    return size > 0 and i > 0 and i + size == len(words)


def guessed_name(words: Sequence[Word], i: int, names: tuple[str, ...], context: Context) -> int:
    """How many unknown words behind the head at ``i`` are its name, where no name was given."""
    office = tables().grammar["office"]
    if names:
        return 0
    size = 0
    for word in words[i + 1 : i + 1 + office["longest_name"]]:
        if not word.form.isalpha() or is_known(word.form, context):
            break
        size += 1
    led = i > 0 and words[i - 1].form in office["leads"]
    capital = size > 0 and words[i + 1].printed[:1].isupper()
    return size if led or capital else 0


def other_name(words: Sequence[Word], start: int, names: tuple[str, ...], context: Context) -> bool:
    """Whether another kecamatan's name follows: capital, unknown, and not the own."""
    following = words[start] if start < len(words) else None
    return bool(
        names
        and following
        and following.printed[:1].isupper()
        and following.form.isalpha()
        and not is_known(following.form, context)
    )


def parent(words: Sequence[Word], start: int, context: Context) -> int:
    """Where the kabupaten's name behind the own office ends; ``start`` where none follows."""
    if start < len(words) and words[start].form in tables().grammar["office"]["parents"]:
        end = start + 1
        while end < len(words) and words[end].form.isalpha() and not is_known(words[end].form, context):
            end += 1
        return end
    return start


def drop_leads(out: list[Word], leads: frozenset[str], places: frozenset[str]) -> None:
    """Prepositions before the own office, and words of place behind them, taken off (never the first)."""
    end = len(out)
    while end > 1 and out[end - 1].form in places:
        end -= 1
    if end < len(out) and out[end - 1].form not in leads:
        return
    while end > 1 and out[end - 1].form in leads:
        end -= 1
    del out[end:]
