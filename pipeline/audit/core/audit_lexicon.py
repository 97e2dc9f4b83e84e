"""The words that audit rules look for, from ``audit_words.yaml``, compiled once."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.audit.core.phrase_pattern import Phrases
from pipeline.models.findings import Wording


class ConversionFactor(TableModel):
    """A conversion factor that decrees misread as a number of things."""

    factor: int
    noun: str
    count: int


class DocumentDeadline(TableModel):
    """The last month, or the months after the fiscal year, by which a village document is due."""

    document: str
    words: Phrases
    month: int
    months_after: int | None
    running: Phrases
    """Words that put a date into the very fiscal year, where the document is due before it."""
    law: Wording
    """What the regulation fixes, as a clause."""
    basis: str


class ShortName(TableModel):
    """A short name that means another document unless it is printed in full."""

    meant: str
    full: Phrases


class AuditLexicon(TableModel):
    """All lists of ``audit_words.yaml``; what each is for is written there."""

    measures: Phrases
    no_measures: Phrases
    counts: Phrases
    percentages: Phrases
    scores: Phrases
    qualities: Phrases
    activities: Phrases
    process_verbs: Phrases
    qualifiers: Phrases
    participles: Phrases
    participle_markers: Phrases
    neutral_participles: Phrases
    condition_synonyms: tuple[Phrases, ...]
    population_words: Phrases
    periods: Phrases
    obligations: Phrases
    vague: Phrases
    settled: Phrases
    conjunctions: Phrases
    units: Phrases
    activity_words: Phrases
    documents: Phrases
    defining_words: Phrases
    definition_words: Phrases
    collective: Phrases
    people: Phrases
    titles: Phrases
    heads: dict[str, str]
    head: Phrases
    post_fillers: Phrases
    own_titles: Phrases
    officers: Phrases
    name_enders: Phrases
    factors: tuple[ConversionFactor, ...]
    months: dict[str, int]
    numerals: dict[str, int]
    deadline_markers: Phrases
    month_units: Phrases
    other_documents: Phrases
    deadlines: tuple[DocumentDeadline, ...]
    graded: Phrases
    polarity_headers: Phrases
    polarity_low: Phrases
    polarity_high: Phrases
    less_is_better: Phrases
    more_is_better: Phrases
    lowering: Phrases
    raising: Phrases
    changes: Phrases
    reductions: Phrases
    unwanted: Phrases
    beyond_whole: Phrases
    ratio_words: Phrases
    countables: tuple[Phrases, ...]
    times: Phrases
    acts: Phrases
    own_services: Phrases
    outside_sources: Phrases
    output_phrases: Phrases
    evidence_phrases: Phrases
    label_iku: Phrases
    label_iki: Phrases
    setting: Phrases
    citing: Phrases
    plans: Phrases
    wider_plans: Phrases
    sakip: Phrases
    year_before: Phrases
    sum_words: Phrases
    titles_male: Phrases
    titles_female: Phrases
    spellings: dict[str, str]
    replaced_terms: dict[str, str]
    short_names: dict[str, ShortName]
    bounds: Phrases
    countable: Phrases
    own_regulations: Phrases
    institutions: Phrases
    own_officers: Phrases
    means: Phrases
    calculation_headers: Phrases
    cumulative: Phrases
    baseline_headers: Phrases
    regents: Phrases
    mayors: Phrases
    persons: Phrases
    administrative_units: Phrases
    activity_kinds: dict[str, Phrases]

    def countable_of_unit(self, unit: str) -> Phrases | None:
        """Return the kind of countable thing that a unit names; None for any other unit."""
        return next((group for group in self.countables if group.occurs_in(unit)), None)

    def countable_of_word(self, word: str) -> Phrases | None:
        """Return the kind of countable thing that one word is; None for any other word."""
        return next((group for group in self.countables if word and group.is_entry(word)), None)


@cache
def load_lexicon() -> AuditLexicon:
    """Return the audit's words, read once."""
    return load_table("pipeline.audit.core", "audit_words.yaml", AuditLexicon)
