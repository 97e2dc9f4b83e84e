"""From terms to tokens: a key that stays the same under affixes, and a role in the meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.words.morphology import Analysis, analyse
from pipeline.words.tables import tables, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.words.fold import Word
    from pipeline.words.phrases import Term
    from pipeline.words.tables import Beside, Phrase

Role = Literal["content", "qualifier", "neutral"]
NEUTRAL_WEIGHT = 0.1
PASSIVE = "di-"
ACTIVE = "me-"


@dataclass(frozen=True)
class Token:
    """One word or phrase that carries meaning."""

    printed: str
    """As printed, blanks folded."""
    key: str
    """The same for all forms of one notion (``di-susun`` for *disusun* and *tersusun*)."""
    role: Role = "content"
    """``qualifier``: a condition; ``neutral``: may be there or not."""
    form: str = ""
    """The word in lower case after repair."""
    kind: str = ""
    """What sort of notion it is, for terms of the glossary (``document``, ``index`` …)."""
    known: bool = True
    """Whether the tables explain the word: an unknown one may be a misreading."""
    analysis: Analysis | None = None
    """The word taken apart; None for terms of the glossary."""

    @property
    def weight(self) -> float:
        """How much it weighs in a comparison."""
        return NEUTRAL_WEIGHT if self.role == "neutral" else 1.0

    @property
    def voice(self) -> str:
        """Voice of the word (see ``Analysis``); ``bare`` for terms."""
        return self.analysis.voice if self.analysis else "bare"


def read_tokens(terms: Sequence[Term], measures: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens of a name, stop words and repetitions dropped, neutral words marked."""
    table = tables()
    stop = table.sets["stop"]
    tokens = [token(word, phrase) for word, phrase in terms if phrase or word.form not in stop]
    tokens = without_echoes(doers_as_verbs(without_light_verbs(tokens)), terms)
    tokens = act_to_passive(with_neutral(tokens, measures), measures)
    return tuple(once(tokens))


@lru_cache(maxsize=65536)
def token(word: Word, phrase: Phrase | None) -> Token:
    """The token of one word or term, a condition where it is one."""
    if phrase:
        return as_qualifier(Token(word.printed, phrase.key, "content", word.form, phrase.kind))
    table = tables()
    form = table.synonyms.get(word.form, word.form)
    found = analyse(form)
    known = found.known or not form.isalpha() or form in table.words
    return as_qualifier(Token(word.printed, key_of(form, found), "content", form, "", known, found))


def key_of(form: str, found: Analysis) -> str:
    """The key of a word: root and voice, where the act, the state and the bare root of a verb are one."""
    root, voice = found.root, found.voice
    if form in tables().sets["doing"]:
        return min(tables().sets["doing"])
    if not found.known and voice == "bare":
        return village(form)
    reached = voice == "bare" and root in tables().sets["states"]
    if voice == "passive" or reached:
        return PASSIVE + root
    if voice in ("bare", "having") and found.word_class != "verbs":
        return root
    if voice in ("bare", "act", "state") and found.word_class in ("verbs", "unknown"):
        return root
    if voice == "state" and found.word_class == "adjectives":
        return root
    return {"active": ACTIVE + root, "having": f"ber-{root}", "agent": f"pe-{root}"}.get(
        voice, f"{voice}:{root}"
    )


def village(form: str) -> str:
    """An unknown abbreviation of a village thing with the long ending (``…des``: ``…desa``)."""
    for short, full in tables().grammar["village_endings"].items():
        if len(form) > len(full) and form.endswith(short):
            return form.removesuffix(short) + str(full)
    return form


def without_light_verbs(tokens: Sequence[Token]) -> list[Token]:
    """``mendapat pembinaan`` as ``dibina``, ``melaksanakan penyusunan`` as ``menyusun``."""
    light = light_verbs()
    if not any([t.form in light["either"] for t in tokens]):
        return list(tokens)
    out: list[Token] = []
    for this in tokens:
        before = out[-1].form if out else ""
        act = this.analysis is not None and (
            is_made(this.form, this.analysis)
            or (this.voice in ("act", "state") and this.analysis.word_class == "verbs")
        )
        if act and before in light["passive"]:
            verb = out.pop()
            key = PASSIVE + this.analysis.root if this.voice == "act" and this.analysis else this.key
            out.append(replace(this, key=key, printed=f"{verb.printed} {this.printed}"))
        elif before in light["passive"] and this.kind == "event":
            out[-1] = this
        elif act and this.analysis and this.voice == "act" and before in light["active"]:
            verb = out.pop()
            out.append(
                replace(this, key=ACTIVE + this.analysis.root, printed=f"{verb.printed} {this.printed}")
            )
        else:
            out.append(this)
    return out


def doers_as_verbs(tokens: Sequence[Token]) -> list[Token]:
    """A doer's noun between what is meant and its object as the verb (``keluarga penerima bantuan``)."""
    out = list(tokens)
    alike: dict[str, str] = tables().grammar["as_active"]
    for i in range(1, len(tokens) - 1):
        this, found = tokens[i], tokens[i].analysis
        thing = tokens[i - 1].analysis is None or tokens[i - 1].voice in ("bare", "thing")
        if found and found.voice == "agent" and found.word_class == "verbs" and thing:
            out[i] = replace(this, key=ACTIVE + alike.get(found.root, found.root))
    return out


def without_echoes(tokens: Sequence[Token], terms: Sequence[Term]) -> list[Token]:
    """The tokens without the last word of an expansion right behind its short form (``SKP pegawai``)."""
    last = {term.phrase.key: term.phrase.last for term in terms if term.phrase and term.phrase.last}
    if not last:
        return list(tokens)
    return [t for i, t in enumerate(tokens) if not i or t.form != last.get(tokens[i - 1].key)]


@cache
def light_verbs() -> dict[str, frozenset[str]]:
    """Verbs that say little before the noun of an act, by voice and all together."""
    passive, active = map(word_set, map(tables().grammar["light"].get, ("passive", "active")))
    return {"passive": passive, "active": active, "either": passive | active}


def act_to_passive(tokens: Sequence[Token], measures: tuple[str, ...]) -> list[Token]:
    """The act at the head of a share (``persentase penyelesaian konflik``) as what is done to its object.

    Under a count this holds only where counting the act counts the things (``telic``): a ``pembinaan`` is
    counted for itself. Where another verb says what was done, the head stays.
    """
    table = tables()
    head = next((i for i, t in enumerate(tokens) if may_head(t)), None)
    if head is None or head + 1 >= len(tokens):
        return list(tokens)
    this = tokens[head]
    found = this.analysis
    if found is None or not names_act(this.form, found):
        return list(tokens)
    others = any([t.key.startswith((PASSIVE, ACTIVE)) for i, t in enumerate(tokens) if i != head])
    share = bool(measures) and measures[-1] not in tables().sets["implied"]
    doing = table.has("done", this.form)
    event = table.has("doing", tokens[head + 1].form)  # jumlah fasilitasi kegiatan: kegiatan difasilitasi
    document = found.root in table.sets["on_documents"] and is_document(tokens[head + 1])
    counted = event or document or found.root in table.sets["telic"]
    if others or not (share or (counted and not doing)):
        return list(tokens)
    root = table.grammar["head_acts"].get(this.form, found.root)
    done = replace(this, key=PASSIVE + root, role="content")
    return [*tokens[:head], done, *tokens[head + 1 :]]


def may_head(this: Token) -> bool:
    """Whether a token may be what a name begins with: no word that says nothing, no condition before it."""
    if this.role == "qualifier" and this.analysis is None:
        return False
    return this.role != "neutral" or tables().has("done", this.form)


def names_act(form: str, found: Analysis) -> bool:
    """Whether a word is the noun of a verb: ``pe-…-an``, or a loan that is both (``fasilitasi``)."""
    grammar = tables().grammar
    loan = form in tables().sets["bare_acts"] or form.endswith(tuple(grammar["act_endings"]))
    verb = found.word_class == "verbs" and (found.voice == "act" or (found.voice == "bare" and loan))
    return verb or is_made(form, found) or form in grammar["head_acts"] or is_reached(form, found)


def is_reached(form: str, found: Analysis) -> bool:
    """Whether a word names a state brought about (``ketersediaan``) or a happening (``meningkatnya``)."""
    grammar = tables().grammar
    state = (
        found.voice == "state" and found.word_class == "verbs" and form.startswith(grammar["reached_prefix"])
    )
    return state or (found.voice == "active" and form.endswith(grammar["nominal_particle"]))


def is_made(form: str, found: Analysis) -> bool:
    """Whether a word is the act of making a thing or a state (``pengarsipan``, ``perbaikan``).

    ``per-…-an`` of a noun is no act but a kind of place or business (``perkebunan``).
    """
    if found.voice != "act" or found.word_class not in ("nouns", "adjectives"):
        return False
    return found.word_class == "adjectives" or not form.startswith("per")


def as_qualifier(this: Token) -> Token:
    """The token with its role where it is a condition."""
    sets = tables().sets["qualifiers"]
    root = this.analysis.root if this.analysis else this.form.replace(" ", "-")
    is_condition = this.kind == "qualifier" or root in sets or this.form in sets
    return replace(this, role="qualifier") if is_condition else this


def with_neutral(tokens: Sequence[Token], measures: tuple[str, ...]) -> list[Token]:
    """The tokens with those marked that say nothing new in their company; one always stays."""
    out = list(tokens)
    told = [i for i, this in enumerate(tokens) if may_say_nothing(this.form)]
    if not told:
        return out
    counts = counts_things(tokens)
    for i in told:
        form = tokens[i].form
        if (
            tables().has("neutral", form)
            or is_mere_doing(tokens, i)
            or any(applies(rule, tokens, i, measures, counts) for rule in rules_for(form))
        ):
            out[i] = replace(tokens[i], role="neutral")
    if all(t.role == "neutral" for t in out):
        out[-1] = replace(out[-1], role="content")
    return out


@lru_cache(maxsize=16384)
def rules_for(form: str) -> tuple[Beside, ...]:
    """The rules of ``neutral_beside`` that name a word."""
    return tuple(rule for rule in tables().beside if form in rule.words)


@lru_cache(maxsize=16384)
def may_say_nothing(form: str) -> bool:
    """Whether there is any company in which a word is neutral."""
    return tables().has("neutral", form) or tables().has("doing", form) or bool(rules_for(form))


def is_mere_doing(tokens: Sequence[Token], i: int) -> bool:
    """Whether the token only says that something was done, beside the act itself or in a document's name."""
    if not tables().has("doing", tokens[i].form):
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return (after is not None and is_act(after)) or (i > 0 and is_document(tokens[i - 1]))


def is_act(this: Token) -> bool:
    """Whether a token names an act that can be counted."""
    found = this.analysis
    verb = found is not None and found.word_class == "verbs" and found.voice in ("act", "bare")
    return (
        verb
        or this.kind == "forum"
        or tables().has("act_words", this.form)
        or this.form in tables().sets["doing"]
    )


def counts_things(tokens: Sequence[Token]) -> bool:
    """Whether what is counted is a document or an act: the first word that is not neutral by itself."""
    table = tables()
    head = next((t for t in tokens if not table.has("neutral", t.form)), None)
    return head is not None and (is_document(head) or is_act(head))


def is_document(this: Token) -> bool:
    """Whether a token names a document."""
    return this.kind == "document" or this.form in tables().sets["document_words"]


def applies(rule: Beside, tokens: Sequence[Token], i: int, measures: tuple[str, ...], counts: bool) -> bool:
    """Whether a rule of ``neutral_beside`` makes the token at ``i`` neutral."""
    this = tokens[i]
    if this.form not in rule.words or (
        rule.measure and rule.measure not in (measures or (tables().grammar["count"],))
    ):
        return False
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if rule.first and (after is None or not all(t.form in rule.words for t in tokens[:i])):
        return False
    if rule.counts and not counts:
        return False
    if rule.before_kind == "document" and not (after and is_document(after)):
        return False
    if (
        rule.after
        and not (before and {before.form, before.key} & rule.after)
        and not heads(rule, measures, i)
    ):
        return False
    return not (rule.before and not (after and {after.form, after.key} & rule.before))


def heads(rule: Beside, measures: tuple[str, ...], i: int) -> bool:
    """Whether the token at the head follows a measure that the rule names."""
    return i == 0 and bool(rule.after & set(measures))


def once(tokens: Iterable[Token]) -> list[Token]:
    """Each notion once: a repetition, or an abbreviation beside its expansion, says nothing new."""
    out: dict[str, Token] = {}
    for this in tokens:
        kept = out.get(this.key)
        if kept is None or kept.role == "neutral" != this.role:
            out[this.key] = this
    return list(out.values())
