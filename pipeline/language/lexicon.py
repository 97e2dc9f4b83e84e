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

from extractors.errors import ConfigError
from extractors.knowledge.marked_yaml import check_fields, load_yaml_table
from pipeline.language.glossary_schema import check_glossary

PackageYamlLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ENTRY_WORD = re.compile(r"[nt]-\d\b|\d+(?:[.,]\d+)*%?|[^\W_]+")


def read_package_yaml(package: str, name: str) -> Any:
    """The content of a YAML table that is installed with ``package``. Raises ConfigError."""
    try:
        return yaml.load(files(package).joinpath(name).read_text(encoding="utf-8"), Loader=PackageYamlLoader)
    except yaml.YAMLError as error:
        raise ConfigError(f"{package.replace('.', '/')}/{name}: {error}") from error


def entry_words(text: str) -> tuple[str, ...]:
    """The words of a table entry in lower case, punctuation dropped (``KTP-el``: ``ktp``, ``el``)."""
    return tuple(ENTRY_WORD.findall(text.lower()))


@dataclass(frozen=True)
class PrefixRule:
    """A verb or noun prefix: what comes off, what the root then begins with, and the voice it makes."""

    text: str
    restores: tuple[str, ...]
    before: str
    voice: str


@dataclass(frozen=True)
class ContextRule:
    """A word that says nothing new in certain company; see ``neutral_beside`` of the grammar."""

    words: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    before_kind: str
    measure: str
    first: bool
    counts: bool


@dataclass(frozen=True)
class GlossaryPhrase:
    """A notion of the glossary as normalisation needs it: its key, and what sort of thing it is."""

    key: str
    kind: str
    last_word: str = ""
    """The last word of the expansion: behind the short form it says nothing new (``SKP pegawai``)."""


@dataclass(frozen=True)
class ContextualTerm:
    """A short form that means ``key`` only where one of ``near`` stands in the same text."""

    key: str
    near: frozenset[str]


@dataclass(frozen=True)
class LanguageLexicon:
    """Everything that normalisation knows, in the form in which it is looked up."""

    grammar: dict[str, Any]
    roots: dict[str, str]
    prefixes: tuple[PrefixRule, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], GlossaryPhrase], ...]]
    contextual: dict[str, ContextualTerm]
    periods: tuple[tuple[str, ...], ...]
    short: dict[str, tuple[str, ...]]
    spelling: dict[str, tuple[str, ...]]
    synonyms: dict[str, str]
    measures: dict[str, str]
    context_rules: tuple[ContextRule, ...]
    sets: dict[str, frozenset[str]]
    words: frozenset[str]

    def has_word(self, name: str, word: str) -> bool:
        """Whether ``word`` stands in the word set ``name`` of the grammar (``stop``, ``units`` …)."""
        return word in self.sets[name]


WORD_SETS = (
    *("stop", "conjunctions", "neutral", "qualifiers", "negations", "units", "percent_units"),
    *("document_words", "act_words", "telic", "particles", "implied", "percent_for", "combine"),
    *("passive_words", "doing", "done", "on_documents", "states", "bare_acts", "nominal_suffixes"),
    *("torn_prefixes", "inside_terms", "shares", "always_percent"),
)
GRAMMAR_PARTS = frozenset(
    (
        *WORD_SETS,
        *("act_endings", "as_active", "compounds", "count", "guess_from", "guess_suffixes"),
        *("head_acts", "light", "loan_endings", "measures", "neutral_beside", "nominal"),
        *("nominal_particle", "numbered", "ocr", "office", "ordinals", "percent", "prefixes"),
        *("reached_prefix", "silent_after", "suffixes", "symbols", "synonyms", "verbal"),
        *("village_endings", "year_words"),
    )
)
"""The parts of the grammar: another name there would be passed over."""
WORD_CLASSES = ("verbs", "nouns", "adjectives")
"""Word classes; where a root stands in two, the first counts."""
AFFIX_SETS = frozenset(("particles", "nominal_suffixes"))
"""Sets of word parts, which are no words by themselves."""


def word_set(value: Any) -> frozenset[str]:
    """A set of words, given as a YAML list or as words between blanks."""
    return frozenset(value.split() if isinstance(value, str) else (str(v) for v in value or ()))


def parse_prefixes(rows: list[dict[str, Any]]) -> tuple[PrefixRule, ...]:
    """Prefixes, longest first, so that ``memper-`` is tried before ``me-``."""
    rules = [
        PrefixRule(r["prefix"], tuple(r.get("restore", [""])), r.get("before", ""), r["voice"]) for r in rows
    ]
    return tuple(sorted(rules, key=lambda p: -len(p.text)))


def parse_context_rules(rows: list[dict[str, Any]]) -> tuple[ContextRule, ...]:
    """The rules for words that are neutral beside others."""
    return tuple(
        ContextRule(
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


def join_compound_words(words: tuple[str, ...], compounds: list[list[str]]) -> tuple[str, ...]:
    """The words with compounds written as one, as names are read (``kerja sama``: ``kerjasama``)."""
    out: list[str] = []
    for word in words:
        if out and [out[-1], word] in compounds:
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def build_phrase_table(
    terms: list[dict[str, Any]], conjunctions: frozenset[str], compounds: list[list[str]]
) -> dict[str, tuple[tuple[tuple[str, ...], GlossaryPhrase], ...]]:
    """Word sequences of all terms by their first word, longest first; conjunctions inside do not count."""
    phrases_by_words: dict[tuple[str, ...], GlossaryPhrase] = {}
    for term in terms:
        last_word = (entry_words(term.get("expansion") or "") or ("",))[-1]
        phrase = GlossaryPhrase(" ".join(entry_words(term["term"])), term.get("kind", ""), last_word)
        for form in (term["term"], term.get("expansion"), *term.get("variants", ())):
            words = tuple(
                w for w in join_compound_words(entry_words(form or ""), compounds) if w not in conjunctions
            )
            if words:
                phrases_by_words.setdefault(words, phrase)
    table: dict[str, list[tuple[tuple[str, ...], GlossaryPhrase]]] = {}
    for words in sorted(phrases_by_words, key=lambda w: (-len(w), w)):
        table.setdefault(words[0], []).append((words, phrases_by_words[words]))
    return {first_word: tuple(rows) for first_word, rows in table.items()}


def root_classes(roots: dict[str, str]) -> dict[str, str]:
    """Every root with its word class; where a root stands in two classes the first listed counts."""
    classes: dict[str, str] = {}
    for name in WORD_CLASSES:
        for root in roots[name].split():
            classes.setdefault(root, name)
    return classes


@cache
def load_lexicon() -> LanguageLexicon:
    """All tables, read once."""
    grammar, nodes = load_yaml_table("pipeline.language", "grammar.yaml")
    check_fields(grammar, nodes, GRAMMAR_PARTS, "pipeline/language/grammar.yaml", sorted(GRAMMAR_PARTS))
    glossary, nodes = load_yaml_table("normalized", "glossary.yaml")
    check_glossary(glossary, nodes, entry_words)
    roots, nodes = load_yaml_table("pipeline.language", "roots.yaml")
    check_fields(roots, nodes, WORD_CLASSES, "pipeline/language/roots.yaml", WORD_CLASSES)
    sets = {name: word_set(grammar[name]) for name in WORD_SETS}
    phrases = build_phrase_table(glossary["terms"], sets["inside_terms"], grammar["compounds"])
    short = {k: entry_words(v) for k, v in glossary["short"].items()}
    spelling = {k: entry_words(v) for k, v in glossary["spelling"].items()}
    measures = {form: m for m, forms in grammar["measures"].items() for form in forms}
    synonyms = {form: word for word, forms in grammar["synonyms"].items() for form in forms}
    in_phrases = {w for rows in phrases.values() for words, _ in rows for w in words}
    return LanguageLexicon(
        grammar=grammar,
        roots=root_classes(roots),
        prefixes=parse_prefixes(grammar["prefixes"]),
        phrases=phrases,
        contextual={
            row["variant"].lower(): ContextualTerm(
                " ".join(entry_words(row["means"])), frozenset(row["near"])
            )
            for row in glossary["contextual"]
        },
        periods=tuple(entry_words(p) for p in glossary["period_phrases"]),
        short=short,
        spelling=spelling,
        synonyms=synonyms,
        measures=measures,
        context_rules=parse_context_rules(grammar["neutral_beside"]),
        sets=sets,
        words=frozenset(
            in_phrases
            | set(short)
            | set(spelling)
            | set(measures)
            | set().union(*(sets[n] for n in WORD_SETS if n not in AFFIX_SETS))
        ),
    )
