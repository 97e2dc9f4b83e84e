"""From terms to tokens: a key that stays the same under affixes, and a role in the meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.language.lexicon import load_lexicon
from pipeline.language.morphology import WordAnalysis, analyse_word
from pipeline.language.steps.spelling_repair import is_capital_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.language.lexicon import GlossaryPhrase
    from pipeline.language.steps.glossary_terms import GlossaryTerm
    from pipeline.language.table_models import ContextRule
    from pipeline.language.word_tokenizer import WordForm

TokenRole = Literal["content", "qualifier", "neutral"]
NEUTRAL_WEIGHT = 0.1
PASSIVE = "di-"
ACTIVE = "me-"


@dataclass(frozen=True)
class NameToken:
    """One word or phrase that carries meaning."""

    printed: str
    """As printed, blanks folded."""
    key: str
    """The same for all forms of one notion (``di-susun`` for *disusun* and *tersusun*)."""
    role: TokenRole = "content"
    """``qualifier``: a condition; ``neutral``: may be there or not."""
    form: str = ""
    """The word in lower case after repair."""
    kind: str = ""
    """What sort of notion it is, for terms of the glossary (``document``, ``index`` …)."""
    is_known: bool = True
    """Whether the tables explain the word: an unknown one may be a misreading."""
    analysis: WordAnalysis | None = None
    """The word taken apart; None for terms of the glossary."""

    def __hash__(self) -> int:
        """Hash what tells most tokens apart: they are looked up very often."""
        return hash((self.key, self.printed))

    @property
    def weight(self) -> float:
        """How much it weighs in a comparison."""
        return NEUTRAL_WEIGHT if self.role == "neutral" else 1.0

    @property
    def voice(self) -> str:
        """Voice of the word (see ``Analysis``); ``bare`` for terms."""
        return self.analysis.voice if self.analysis else "bare"


def read_tokens(terms: Sequence[GlossaryTerm], measures: tuple[str, ...]) -> tuple[NameToken, ...]:
    """Return the tokens of a name, stop words and repetitions dropped, neutral words marked."""
    lexicon = load_lexicon()
    stop = lexicon.grammar.stop
    tokens = [build_token(word, phrase) for word, phrase in terms if phrase or word.form not in stop]
    tokens = drop_echoes(convert_agents_to_verbs(merge_light_verbs(tokens)), terms)
    tokens = convert_act_to_passive(mark_neutral(tokens, measures), measures)
    return tuple(drop_repetitions(tokens))


@lru_cache(maxsize=65536)
def build_token(word: WordForm, phrase: GlossaryPhrase | None) -> NameToken:
    """Return the token of one word or term, a condition where it is one."""
    if phrase:
        return mark_qualifier(NameToken(word.printed, phrase.key, "content", word.form, phrase.kind))
    lexicon = load_lexicon()
    form = lexicon.synonyms.get(word.form, word.form)
    analysis = analyse_word(form)
    is_explained = analysis.is_known or not form.isalpha() or form in lexicon.words
    if is_capital_abbreviation(word):
        is_explained = False
    return mark_qualifier(
        NameToken(word.printed, token_key(form, analysis), "content", form, "", is_explained, analysis)
    )


def token_key(form: str, analysis: WordAnalysis) -> str:
    """The key of a word: root and voice, where the act, the state and the bare root of a verb are one."""
    root, voice = analysis.root, analysis.voice
    if form in load_lexicon().grammar.doing:
        return min(load_lexicon().grammar.doing)
    if not analysis.is_known and voice == "bare":
        return expand_village_ending(form)
    is_reached = voice == "bare" and root in load_lexicon().grammar.states
    if voice == "passive" or is_reached:
        return PASSIVE + root
    if voice in ("bare", "having") and analysis.word_class != "verbs":
        return root
    if voice in ("bare", "act", "state") and analysis.word_class in ("verbs", "unknown"):
        return root
    if voice == "state" and analysis.word_class == "adjectives":
        return root
    return {"active": ACTIVE + root, "having": f"ber-{root}", "agent": f"pe-{root}"}.get(
        voice, f"{voice}:{root}"
    )


def expand_village_ending(form: str) -> str:
    """Return an unknown abbreviation of a village thing with the long ending (``…des``: ``…desa``)."""
    for short, full in load_lexicon().grammar.village_endings.items():
        if len(form) > len(full) and form.endswith(short):
            return form.removesuffix(short) + str(full)
    return form


def merge_light_verbs(tokens: Sequence[NameToken]) -> list[NameToken]:
    """``mendapat pembinaan`` as ``dibina``, ``melaksanakan penyusunan`` as ``menyusun``."""
    light = light_verbs()
    if not any([t.form in light["either"] for t in tokens]):
        return list(tokens)
    out: list[NameToken] = []
    for token in tokens:
        before = out[-1].form if out else ""
        is_act_noun = token.analysis is not None and (
            is_act_of_making(token.form, token.analysis)
            or (token.voice in ("act", "state") and token.analysis.word_class == "verbs")
        )
        if is_act_noun and before in light["passive"]:
            verb = out.pop()
            key = PASSIVE + token.analysis.root if token.voice == "act" and token.analysis else token.key
            out.append(replace(token, key=key, printed=f"{verb.printed} {token.printed}"))
        elif before in light["passive"] and token.kind == "event":
            out[-1] = token
        elif is_act_noun and token.analysis and token.voice == "act" and before in light["active"]:
            verb = out.pop()
            out.append(
                replace(token, key=ACTIVE + token.analysis.root, printed=f"{verb.printed} {token.printed}")
            )
        else:
            out.append(token)
    return out


def convert_agents_to_verbs(tokens: Sequence[NameToken]) -> list[NameToken]:
    """A doer's noun between what is meant and its object as the verb (``keluarga penerima bantuan``)."""
    out = list(tokens)
    active_roots: dict[str, str] = load_lexicon().grammar.as_active
    for i in range(1, len(tokens) - 1):
        token, analysis = tokens[i], tokens[i].analysis
        follows_thing = tokens[i - 1].analysis is None or tokens[i - 1].voice in ("bare", "thing")
        if analysis and analysis.voice == "agent" and analysis.word_class == "verbs" and follows_thing:
            out[i] = replace(token, key=ACTIVE + active_roots.get(analysis.root, analysis.root))
    return out


def drop_echoes(tokens: Sequence[NameToken], terms: Sequence[GlossaryTerm]) -> list[NameToken]:
    """The tokens without the last word of an expansion right behind its short form (``SKP pegawai``)."""
    last_words = {
        term.phrase.key: term.phrase.last_word for term in terms if term.phrase and term.phrase.last_word
    }
    if not last_words:
        return list(tokens)
    return [t for i, t in enumerate(tokens) if not i or t.form != last_words.get(tokens[i - 1].key)]


@cache
def light_verbs() -> dict[str, frozenset[str]]:
    """Return verbs that say little before the noun of an act, by voice and all together."""
    light = load_lexicon().grammar.light
    return {"passive": light.passive, "active": light.active, "either": light.passive | light.active}


def convert_act_to_passive(tokens: Sequence[NameToken], measures: tuple[str, ...]) -> list[NameToken]:
    """The act at the head of a share (``persentase penyelesaian konflik``) as what is done to its object.

    Under a count this holds only where counting the act counts the things (``telic``): a ``pembinaan`` is
    counted for itself. Where another verb says what was done, the head stays.
    """
    lexicon = load_lexicon()
    head = next((i for i, t in enumerate(tokens) if may_be_head(t)), None)
    if head is None or head + 1 >= len(tokens):
        return list(tokens)
    token = tokens[head]
    analysis = token.analysis
    if analysis is None or not names_act(token.form, analysis):
        return list(tokens)
    has_other_verb = any([t.key.startswith((PASSIVE, ACTIVE)) for i, t in enumerate(tokens) if i != head])
    share = bool(measures) and measures[-1] not in load_lexicon().grammar.implied
    doing = token.form in lexicon.grammar.done
    event = (
        tokens[head + 1].form in lexicon.grammar.doing
    )  # jumlah fasilitasi kegiatan: kegiatan difasilitasi
    document = analysis.root in lexicon.grammar.on_documents and names_document(tokens[head + 1])
    counts_things_done = event or document or analysis.root in lexicon.grammar.telic
    if has_other_verb or not (share or (counts_things_done and not doing)):
        return list(tokens)
    root = lexicon.grammar.head_acts.get(token.form, analysis.root)
    passive_head = replace(token, key=PASSIVE + root, role="content")
    return [*tokens[:head], passive_head, *tokens[head + 1 :]]


def may_be_head(token: NameToken) -> bool:
    """Whether a token may be what a name begins with: no word that says nothing, no condition before it."""
    if token.role == "qualifier" and token.analysis is None:
        return False
    return token.role != "neutral" or (token.form in load_lexicon().grammar.done)


def names_act(form: str, analysis: WordAnalysis) -> bool:
    """Return whether a word is the noun of a verb: ``pe-…-an``, or a loan that is both (``fasilitasi``)."""
    grammar = load_lexicon().grammar
    loan = form in load_lexicon().grammar.bare_acts or form.endswith(tuple(grammar.act_endings))
    verb = analysis.word_class == "verbs" and (analysis.voice == "act" or (analysis.voice == "bare" and loan))
    return (
        verb
        or is_act_of_making(form, analysis)
        or form in grammar.head_acts
        or is_reached_state(form, analysis)
    )


def is_reached_state(form: str, analysis: WordAnalysis) -> bool:
    """Whether a word names a state brought about (``ketersediaan``) or a happening (``meningkatnya``)."""
    grammar = load_lexicon().grammar
    state = (
        analysis.voice == "state"
        and analysis.word_class == "verbs"
        and form.startswith(grammar.reached_prefix)
    )
    return state or (analysis.voice == "active" and form.endswith(grammar.nominal_particle))


def is_act_of_making(form: str, analysis: WordAnalysis) -> bool:
    """Return whether a word is the act of making a thing or a state (``pengarsipan``, ``perbaikan``).

    ``per-…-an`` of a noun is no act but a kind of place or business (``perkebunan``).
    """
    if analysis.voice != "act" or analysis.word_class not in ("nouns", "adjectives"):
        return False
    return analysis.word_class == "adjectives" or not form.startswith("per")


def mark_qualifier(token: NameToken) -> NameToken:
    """Return the token with its role where it is a condition."""
    sets = load_lexicon().grammar.qualifiers
    root = token.analysis.root if token.analysis else token.form.replace(" ", "-")
    is_property = token.voice not in ("passive", "active", "act")
    is_condition = token.kind == "qualifier" or (is_property and root in sets) or token.form in sets
    return replace(token, role="qualifier") if is_condition else token


def mark_neutral(tokens: Sequence[NameToken], measures: tuple[str, ...]) -> list[NameToken]:
    """Return the tokens with those marked that say nothing new in their company; one always stays."""
    out = list(tokens)
    neutral_indices = [i for i, token in enumerate(tokens) if may_be_neutral(token.form)]
    if not neutral_indices:
        return out
    counts = counts_things(tokens)
    for i in neutral_indices:
        form = tokens[i].form
        if (
            (form in load_lexicon().grammar.neutral)
            or is_mere_doing(tokens, i)
            or any(rule_applies(rule, tokens, i, measures, counts) for rule in rules_for_word(form))
        ):
            out[i] = replace(tokens[i], role="neutral")
    if all(t.role == "neutral" for t in out):
        out[-1] = replace(out[-1], role="content")
    return out


@lru_cache(maxsize=16384)
def rules_for_word(form: str) -> tuple[ContextRule, ...]:
    """Return the rules of ``neutral_beside`` that name a word."""
    return tuple(rule for rule in load_lexicon().grammar.neutral_beside if form in rule.words)


@lru_cache(maxsize=16384)
def may_be_neutral(form: str) -> bool:
    """Return whether there is any company in which a word is neutral."""
    return (
        (form in load_lexicon().grammar.neutral)
        or (form in load_lexicon().grammar.doing)
        or bool(rules_for_word(form))
    )


def is_mere_doing(tokens: Sequence[NameToken], i: int) -> bool:
    """Whether the token only says that something was done, beside the act itself or in a document's name."""
    if tokens[i].form not in load_lexicon().grammar.doing:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return (after is not None and is_countable_act(after)) or (i > 0 and names_document(tokens[i - 1]))


def is_countable_act(token: NameToken) -> bool:
    """Return whether a token names an act that can be counted."""
    analysis = token.analysis
    verb = analysis is not None and analysis.word_class == "verbs" and analysis.voice in ("act", "bare")
    return (
        verb
        or token.kind == "forum"
        or token.form.replace(" ", "") in load_lexicon().grammar.act_words
        or token.form in load_lexicon().grammar.doing
    )


def counts_things(tokens: Sequence[NameToken]) -> bool:
    """Whether what is counted is a document or an act: the first word that is not neutral by itself."""
    lexicon = load_lexicon()
    head = next((t for t in tokens if t.form not in lexicon.grammar.neutral), None)
    return head is not None and (names_document(head) or is_countable_act(head))


def names_document(token: NameToken) -> bool:
    """Return whether a token names a document."""
    return token.kind == "document" or token.form in load_lexicon().grammar.document_words


def rule_applies(
    rule: ContextRule, tokens: Sequence[NameToken], i: int, measures: tuple[str, ...], counts: bool
) -> bool:
    """Return whether a rule of ``neutral_beside`` makes the token at ``i`` neutral."""
    token = tokens[i]
    if token.form not in rule.words or (
        rule.measure and rule.measure not in (measures or (load_lexicon().grammar.count,))
    ):
        return False
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if rule.first and (after is None or not all(t.form in rule.words for t in tokens[:i])):
        return False
    if rule.counts and not counts:
        return False
    if rule.before_kind == "document" and not (after and names_document(after)):
        return False
    if (
        rule.after
        and not (before and {before.form, before.key} & rule.after)
        and not heads_after_measure(rule, measures, i)
    ):
        return False
    return not (rule.before and not (after and {after.form, after.key} & rule.before))


def heads_after_measure(rule: ContextRule, measures: tuple[str, ...], i: int) -> bool:
    """Return whether the token at the head follows a measure that the rule names."""
    return i == 0 and bool(rule.after & set(measures))


def drop_repetitions(tokens: Iterable[NameToken]) -> list[NameToken]:
    """Return each notion once: a repetition, or an abbreviation beside its expansion, says nothing new."""
    out: dict[str, NameToken] = {}
    for token in tokens:
        previous = out.get(token.key)
        if previous is None or previous.role == "neutral" != token.role:
            out[token.key] = token
    return list(out.values())
