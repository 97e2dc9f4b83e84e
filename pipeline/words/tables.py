"""The tables that normalisation reads: grammar and roots of this package, and the reviewed glossary.

Code holds no Indonesian words; it reads them here. Every table is loaded once and never changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from extractors.errors import TableError
from extractors.marked import check_fields, read_marked
from pipeline.words.checking import check_glossary

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORD = re.compile(r"[nt]-\d\b|\d+(?:[.,]\d+)*%?|[^\W_]+")


def read_yaml(package: str, name: str) -> Any:
    """The content of a YAML table that is installed with ``package``. Raises TableError."""
    try:
        return yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), Loader=Loader)
    except yaml.YAMLError as error:
        raise TableError(f"{package.replace('.', '/')}/{name}: {error}") from error


def plain(text: str) -> tuple[str, ...]:
    """The words of a table entry in lower case, punctuation dropped (``KTP-el``: ``ktp``, ``el``)."""
    return tuple(WORD.findall(text.lower()))


@dataclass(frozen=True)
class Prefix:
    """A verb or noun prefix: what comes off, what the root then begins with, and the voice it makes."""

    text: str
    restores: tuple[str, ...]
    before: str
    voice: str


@dataclass(frozen=True)
class Beside:
    """A word that says nothing new in certain company; see ``neutral_beside`` of the grammar."""

    words: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    before_kind: str
    measure: str
    first: bool
    counts: bool


@dataclass(frozen=True)
class Phrase:
    """A notion of the glossary as normalisation needs it: its key, and what sort of thing it is."""

    key: str
    kind: str
    last: str = ""
    """The last word of the expansion: behind the short form it says nothing new (``SKP pegawai``)."""


@dataclass(frozen=True)
class Contextual:
    """A short form that means ``key`` only where one of ``near`` stands in the same text."""

    key: str
    near: frozenset[str]


@dataclass(frozen=True)
class Tables:
    """Everything that normalisation knows, in the form in which it is looked up."""

    grammar: dict[str, Any]
    roots: dict[str, str]
    prefixes: tuple[Prefix, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Phrase], ...]]
    contextual: dict[str, Contextual]
    periods: tuple[tuple[str, ...], ...]
    short: dict[str, tuple[str, ...]]
    spelling: dict[str, tuple[str, ...]]
    synonyms: dict[str, str]
    measures: dict[str, str]
    beside: tuple[Beside, ...]
    sets: dict[str, frozenset[str]]
    words: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        """Whether ``word`` stands in the word set ``name`` of the grammar (``stop``, ``units`` …)."""
        return word in self.sets[name]


SETS = (
    *("stop", "conjunctions", "neutral", "qualifiers", "negations", "units", "percent_units"),
    *("document_words", "act_words", "telic", "particles", "implied", "percent_for", "combine"),
    *("passive_words", "doing", "done", "on_documents", "states", "bare_acts", "nominal_suffixes"),
    *("torn_prefixes", "inside_terms", "shares", "always_percent"),
)
GRAMMAR = frozenset(
    (
        *SETS,
        *("act_endings", "as_active", "compounds", "count", "guess_from", "guess_suffixes"),
        *("head_acts", "light", "loan_endings", "measures", "neutral_beside", "nominal"),
        *("nominal_particle", "numbered", "ocr", "office", "ordinals", "percent", "prefixes"),
        *("reached_prefix", "silent_after", "suffixes", "symbols", "synonyms", "verbal"),
        *("village_endings", "year_words"),
    )
)
"""The parts of the grammar: another name there would be passed over."""
ROOTS = ("verbs", "nouns", "adjectives")
"""Word classes; where a root stands in two, the first counts."""
AFFIXES = frozenset(("particles", "nominal_suffixes"))
"""Sets of word parts, which are no words by themselves."""


def word_set(value: Any) -> frozenset[str]:
    """A set of words, given as a YAML list or as words between blanks."""
    return frozenset(value.split() if isinstance(value, str) else (str(v) for v in value or ()))


def prefixes(rows: list[dict[str, Any]]) -> tuple[Prefix, ...]:
    """Prefixes, longest first, so that ``memper-`` is tried before ``me-``."""
    made = [Prefix(r["prefix"], tuple(r.get("restore", [""])), r.get("before", ""), r["voice"]) for r in rows]
    return tuple(sorted(made, key=lambda p: -len(p.text)))


def besides(rows: list[dict[str, Any]]) -> tuple[Beside, ...]:
    """The rules for words that are neutral beside others."""
    return tuple(
        Beside(
            words=word_set(r["words"]),
            after=word_set(r.get("after")),
            before=word_set(r.get("before")),
            before_kind=r.get("before_kind", ""),
            measure=r.get("measure", ""),
            first=bool(r.get("first")),
            counts=bool(r.get("counts")),
        )
        for r in rows
    )


def joined(words: tuple[str, ...], compounds: list[list[str]]) -> tuple[str, ...]:
    """The words with compounds written as one, as names are read (``kerja sama``: ``kerjasama``)."""
    out: list[str] = []
    for word in words:
        if out and [out[-1], word] in compounds:
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def phrase_table(
    terms: list[dict[str, Any]], conjunctions: frozenset[str], compounds: list[list[str]]
) -> dict[str, tuple[tuple[tuple[str, ...], Phrase], ...]]:
    """Word sequences of all terms by their first word, longest first; conjunctions inside do not count."""
    found: dict[tuple[str, ...], Phrase] = {}
    for term in terms:
        last = (plain(term.get("expansion") or "") or ("",))[-1]
        phrase = Phrase(" ".join(plain(term["term"])), term.get("kind", ""), last)
        for form in (term["term"], term.get("expansion"), *term.get("variants", ())):
            words = tuple(w for w in joined(plain(form or ""), compounds) if w not in conjunctions)
            if words:
                found.setdefault(words, phrase)
    table: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    for words in sorted(found, key=lambda w: (-len(w), w)):
        table.setdefault(words[0], []).append((words, found[words]))
    return {first: tuple(rows) for first, rows in table.items()}


def root_classes(roots: dict[str, str]) -> dict[str, str]:
    """Every root with its word class; where a root stands in two classes the first listed counts."""
    classes: dict[str, str] = {}
    for name in ROOTS:
        for root in roots[name].split():
            classes.setdefault(root, name)
    return classes


@cache
def tables() -> Tables:
    """All tables, read once."""
    grammar, nodes = read_marked("pipeline.words", "grammar.yaml")
    check_fields(grammar, nodes, GRAMMAR, "pipeline/words/grammar.yaml", sorted(GRAMMAR))
    glossary, nodes = read_marked("normalized", "glossary.yaml")
    check_glossary(glossary, nodes, plain)
    roots, nodes = read_marked("pipeline.words", "roots.yaml")
    check_fields(roots, nodes, ROOTS, "pipeline/words/roots.yaml", ROOTS)
    sets = {name: word_set(grammar[name]) for name in SETS}
    phrases = phrase_table(glossary["terms"], sets["inside_terms"], grammar["compounds"])
    short = {k: plain(v) for k, v in glossary["short"].items()}
    spelling = {k: plain(v) for k, v in glossary["spelling"].items()}
    measures = {form: m for m, forms in grammar["measures"].items() for form in forms}
    synonyms = {form: word for word, forms in grammar["synonyms"].items() for form in forms}
    in_phrases = {w for rows in phrases.values() for words, _ in rows for w in words}
    return Tables(
        grammar=grammar,
        roots=root_classes(roots),
        prefixes=prefixes(grammar["prefixes"]),
        phrases=phrases,
        contextual={
            row["variant"].lower(): Contextual(" ".join(plain(row["means"])), frozenset(row["near"]))
            for row in glossary["contextual"]
        },
        periods=tuple(plain(p) for p in glossary["period_phrases"]),
        short=short,
        spelling=spelling,
        synonyms=synonyms,
        measures=measures,
        beside=besides(grammar["neutral_beside"]),
        sets=sets,
        words=frozenset(
            in_phrases
            | set(short)
            | set(spelling)
            | set(measures)
            | set().union(*(sets[n] for n in SETS if n not in AFFIXES))
        ),
    )
