"""Whether more or less of an indicator is better, as far as the decree or the words of its name say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.text_comparison import shares_content, strip_measures
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from pipeline.audit.core.audit_context import AuditedIndicator

Polarity = Literal["higher", "lower"]


def read_polarity(case: AuditedIndicator) -> Polarity | None:
    """Return which values are better; None where nothing says so.

    What the decree states goes first: its column, then its explanation. Then the objective: *Menurunnya
    stunting* for *Prevalensi stunting*. The name comes last: *Jumlah gangguan* should fall, *Persentase
    gangguan yang diselesaikan* should rise, and of *Jumlah surat masuk* nobody can tell.
    """
    return stated_polarity(case) or _polarity_of_objective(case) or _polarity_of_name(case.mention.name)


def stated_polarity(case: AuditedIndicator) -> Polarity | None:
    """Return what a column or the explanation of the decree says."""
    words = load_lexicon()
    for header, value in case.mention.indicator.extra.items():
        if words.polarity_headers.occurs_in(header):
            if words.polarity_low.occurs_in(value):
                return "lower"
            if words.polarity_high.occurs_in(value):
                return "higher"
    explanation = case.mention.indicator.explanation or ""
    if words.less_is_better.occurs_in(explanation):
        return "lower"
    return "higher" if words.more_is_better.occurs_in(explanation) else None


def _polarity_of_objective(case: AuditedIndicator) -> Polarity | None:
    words, name = load_lexicon(), case.mention.name
    objective = case.mention.indicator.objective or ""
    raised, lowered = words.raising.match_start(objective), words.lowering.match_start(objective)
    verb = raised or lowered
    if not verb or words.changes.occurs_in(name) or not shares_content(_quality_of(name), objective):
        return None
    if lowered:
        return "higher" if _is_remedied(name) else "lower"
    return None if words.unwanted.occurs_in(name) and not _is_remedied(name) else "higher"


def _quality_of(name: str) -> str:
    """Return what is said of the things that a name counts, without the things themselves (*desa*)."""
    words = [w for w in split_words(strip_measures(name)) if load_lexicon().countable_of_word(w) is None]
    return " ".join(words) or name


def _polarity_of_name(name: str) -> Polarity | None:
    words = load_lexicon()
    if words.unwanted.occurs_in(name):
        if _is_remedied(name) or words.reductions.occurs_in(name):
            return "higher"
        return None if words.changes.occurs_in(name) else "lower"
    measured = strip_measures(name)
    is_share_of_good = words.percentages.occurs_in(name) and (
        _is_remedied(name) or words.qualifiers.occurs_in(measured)
    )
    return "higher" if is_share_of_good or words.scores.match_start(name) else None


def _is_remedied(name: str) -> bool:
    """Return whether a participle behind the thing says that something was done about it."""
    return any(
        token.voice == "passive" and not load_lexicon().population_words.is_entry(token.printed.lower())
        for token in normalise_text(name).tokens
    )
