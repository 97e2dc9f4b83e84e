"""Which words and signs compute: `dibagi`, `x` and ` - ` become operators, the hyphen of `n-1` does not.

Slashes and colons are left for `division_signs`, as they can only be told from all of the formula.
"""

from __future__ import annotations

from itertools import zip_longest

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens import torn_words
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum, starts_with_head
from pipeline.formulas.reading.tokens.number_words import parse_number_words, replace_number_words

_OPERAND_ENDS = frozenset({"word", "number", "close", "code", "sum"})
_OPERATOR_CANDIDATES = frozenset({"over", "sign", "times"})
"""Kinds of tokens that may become operators by themselves."""
_LONGEST_OPENER = 4
_DASHES = frozenset("-–—")
_OPERATOR_SIGNS = {"+": "+", "−": "-", "÷": "/", "=": "="}


def mark_operators(
    tokens: list[FormulaToken], *, named: bool = False
) -> tuple[list[FormulaToken], list[Repair]]:
    """Return the tokens with every certain operator of kind `operator`, fillers and stray marks taken out."""
    repairs: list[Repair] = []
    tokens, found_repairs = torn_words.join_torn_words(tokens)
    repairs += found_repairs
    vocabulary = reading_vocabulary()
    skeletons = {
        word_skeleton(token.text) for token in tokens
    }  # most steps look for words that are not there at all
    if not vocabulary.weight_words.isdisjoint(skeletons):
        tokens = _drop_weight_words(tokens)
    tokens, found_repairs = _mark_phrases(tokens)
    repairs += found_repairs
    if not vocabulary.opener_cues.isdisjoint(skeletons):
        tokens, found_repairs = _mark_openers(tokens)
        repairs += found_repairs
    if not vocabulary.slash_cues.isdisjoint(skeletons):
        tokens, found_repairs = _repair_slashes(tokens)
        repairs += found_repairs
    tokens = [
        _mark_sign(tokens, at, named) if token.kind in _OPERATOR_CANDIDATES else token
        for at, token in enumerate(tokens)
    ]
    if not _DASHES.isdisjoint(skeletons):
        tokens, found_repairs = _join_hyphens(tokens)
        repairs += found_repairs
    if not vocabulary.number_cues.isdisjoint(skeletons):
        tokens = replace_number_words(tokens)
    tokens, found_repairs = _drop_junk(tokens)
    repairs += found_repairs
    return _drop_fillers(tokens), repairs


def _drop_weight_words(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """`bobot 40% x …`: the word before a share carries nothing."""
    words = reading_vocabulary().weight_words
    return [
        token
        for token, after in zip_longest(tokens, tokens[1:])
        if not (after and after.text.endswith("%") and word_skeleton(token.text) in words)
    ]


def is_operator(token: FormulaToken | None, signs: str = "+-*/") -> bool:
    """Return whether the token is one of these operators."""
    return token is not None and token.kind == "operator" and token.text in signs


def _mark_phrases(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Operators written in words, the longest phrase first."""
    repairs: list[Repair] = []
    vocabulary, at = reading_vocabulary(), 0
    phrase_places = {
        at
        for at, token in enumerate(tokens)
        if token.kind == "word" and word_skeleton(token.text) in vocabulary.phrase_starts
    }
    if not phrase_places:
        return tokens, repairs
    marked_tokens: list[FormulaToken] = []
    while at < len(tokens):
        token = tokens[at]
        length, sign = _match_phrase(tokens, at) if at in phrase_places else (0, "")
        if length and marked_tokens and marked_tokens[-1].kind in _OPERAND_ENDS | {"sign", "break"}:
            phrase_words = [word.text.lower() for word in tokens[at : at + length]]
            if any(_is_damaged(word) for word in phrase_words):
                repairs.append(Repair.OPERATOR_WORD_REPAIRED)
            marked_tokens.append(FormulaToken("operator", sign, token.start, tokens[at + length - 1].end))
            at += length
            while at < len(tokens) and word_skeleton(tokens[at].text) in vocabulary.fillers_after:
                at += 1
        else:
            marked_tokens.append(token)
            at += 1
    return marked_tokens, repairs


def _match_phrase(tokens: list[FormulaToken], at: int) -> tuple[int, str]:
    vocabulary = reading_vocabulary()
    first = word_skeleton(tokens[at].text)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "word" and len(first) + len(tokens[at + 1].text) > 4:
        joined_phrases = vocabulary.phrases.get(first + word_skeleton(tokens[at + 1].text), ())
        if any(len(words) == 1 and sign != "=" for words, sign in joined_phrases):
            return 2, joined_phrases[-1][1]
    for words, sign in vocabulary.phrases.get(first, ()):
        following = tokens[at : at + len(words)]
        if len(following) < len(words) or any(
            word_skeleton(t.text) != w for t, w in zip(following, words, strict=True)
        ):
            continue
        after = tokens[at + len(words)] if at + len(words) < len(tokens) else None
        numeric = after is not None and (
            after.kind == "number" or parse_number_words([word_skeleton(after.text)]) is not None
        )
        if first in vocabulary.only_before_sum:
            fits = after is not None and is_sum(after)
        else:
            fits = numeric or not (first in vocabulary.only_before_number or sign == "=")
        if fits:
            return len(words), sign
    return 0, ""


def _is_damaged(word: str) -> bool:
    return word not in torn_words.operator_words()


def _mark_openers(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """`perbandingan antara a dengan b` and `selisih antara a dan b` as operations."""
    repairs: list[Repair] = []
    vocabulary = reading_vocabulary()
    words = [word_skeleton(token.text) if token.kind == "word" else "" for token in tokens]
    for at in range(len(tokens)):
        before = tokens[at - 1] if at else None
        states = before is not None and before.text.lower() in vocabulary.table.equals_words
        if before is not None and not states and before.kind not in {"operator", "open", "break", "sign"}:
            continue
        for phrase, sign in vocabulary.openers:
            if tuple(words[at : at + len(phrase)]) != phrase:
                continue
            if (split := _find_separator(tokens, at + len(phrase))) is None:
                continue
            repairs.append(Repair.COMPARISON_AS_DIVISION)
            operator = FormulaToken("operator", sign, tokens[split].start, tokens[split].end)
            return [*tokens[:at], *tokens[at + len(phrase) : split], operator, *tokens[split + 1 :]], repairs
    return tokens, repairs


def starts_opener(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a phrase begins here that opens an operation of two operands."""
    vocabulary = reading_vocabulary()
    if word_skeleton(tokens[at].text) not in vocabulary.opener_starts:
        return False
    words = tuple(word_skeleton(token.text) for token in tokens[at : at + _LONGEST_OPENER])
    return any(words[: len(phrase)] == phrase for phrase, _ in vocabulary.openers)


def _find_separator(tokens: list[FormulaToken], start: int) -> int | None:
    """Return the separating word before which one operand ends and after which a head starts the other.

    Where the first operand is a sum, so is the other if any is: `jumlah a dengan nilai b dengan jumlah …`.
    """
    vocabulary = reading_vocabulary()
    head_place = None
    places: list[int] = []
    for at in range(start + 1, len(tokens) - 1):
        if tokens[at].kind == "operator":
            break
        after = tokens[at + 1]
        if word_skeleton(tokens[at].text) not in vocabulary.separators:
            continue
        places.append(at)
        if is_sum(after) or (after.text.lower() in vocabulary.table.heads and not is_sum(tokens[start])):
            return at
        if after.text.lower() in vocabulary.table.heads:
            head_place = head_place or at
    return head_place or (places[0] if len(places) == 1 else None)


def _repair_slashes(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """`I` or `|` between an operand and a sum word was a slash."""
    repairs: list[Repair] = []
    damage = reading_vocabulary().table.slash_damage
    slash_places = [at for at in range(1, len(tokens) - 1) if tokens[at].text in damage]
    slash_places = [
        at for at in slash_places if tokens[at - 1].kind in {"word", "close"} and is_sum(tokens[at + 1])
    ]
    if not slash_places:
        return tokens, repairs
    repairs.append(Repair.SLASH_REPAIRED)
    return [
        token._replace(kind="operator", text="/") if at in slash_places else token
        for at, token in enumerate(tokens)
    ], repairs


def _mark_sign(tokens: list[FormulaToken], at: int, named: bool) -> FormulaToken:
    """Return the token at this place, as an operator if its sign or letter computes here."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind == "over" or (token.kind == "sign" and token.text in _OPERATOR_SIGNS):
        return token._replace(kind="operator", text=_OPERATOR_SIGNS[token.text])
    if token.kind == "times":
        multiplies = token.text in "×*" or (
            before is not None and before.kind in _OPERAND_ENDS | {"break", "rule"}
        )
        number_follows = after is not None and after.kind == "number"
        new_kind = "operator" if multiplies or number_follows else "word"
        return token._replace(kind=new_kind, text="*" if new_kind == "operator" else token.text)
    if token.kind == "sign" and token.text in "-–—" and _is_minus(token, before, after):
        if token.text == "-" and not named and not _subtracts(tokens, at):
            return token
        return token._replace(kind="operator", text="-")
    return token


def _subtracts(tokens: list[FormulaToken], at: int) -> bool:
    """Return whether a free hyphen subtracts: an operand begins behind it, or something else computes.

    Between the words of one name it does not, `Laporan LK - SKPD`.
    """
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.kind != "word" or is_sum(after) or starts_with_head(after, spoken=True):
        return True
    first_words = {
        token.text.lower()
        for place, token in enumerate(tokens[:at])
        if not place or tokens[place - 1].kind != "word"
    }
    return after.text.lower() in first_words - {tokens[at - 1].text.lower()} or any(
        token.kind in {"operator", "over", "rule", "open", "times"} or token.text in "+/:"
        for place, token in enumerate(tokens)
        if place != at
    )


def _is_minus(token: FormulaToken, before: FormulaToken | None, after: FormulaToken | None) -> bool:
    """Return a dash subtracts between two operands when it stands free or touches a bracket or a sum word.

    At a line's end a free dash subtracts; one that touches its word only breaks it.
    """
    if after is not None and after.kind == "break" and before is not None and before.kind in _OPERAND_ENDS:
        return before.end < token.start
    if (
        before is None
        or after is None
        or before.kind in {"break", "open"}
        or after.kind in {"break", "close"}
    ):
        return False
    if before.kind == "word" and len(before.text) == 1 and after.kind == "number" and len(after.text) == 1:
        return False  # the year `n - 1`
    if before.kind == after.kind == "word" and before.text.lower() == after.text.lower():
        return False  # a doubled word, `masalah - masalah`
    left, right = before.end < token.start, token.end < after.start
    return (
        (left and right)
        or before.kind == "close"
        or after.kind == "open"
        or ((is_sum(after) or starts_with_head(after)) and (left or right))
    )


def _join_hyphens(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """`n - 1` as one word; a list's dash at the start dropped, one before a later line read as minus."""
    repairs: list[Repair] = []
    joined_tokens: list[FormulaToken] = []
    for at, token in enumerate(tokens):
        is_dash = token.kind == "sign" and token.text in "-–—"
        if is_dash and at + 1 == len(tokens) and joined_tokens:
            repairs.append(Repair.DANGLING_DASH_DROPPED)
            continue
        if (
            is_dash
            and (not joined_tokens or joined_tokens[-1].kind in {"break", "open"})
            and at + 1 < len(tokens)
        ):
            if len(joined_tokens) > 1 and joined_tokens[-2].kind in _OPERAND_ENDS and is_sum(tokens[at + 1]):
                repairs.append(Repair.DASH_AS_MINUS)
                joined_tokens.append(token._replace(kind="operator", text="-"))
            continue
        is_year = (
            len(joined_tokens) > 1
            and joined_tokens[-1].kind == "sign"
            and joined_tokens[-1].text in "-–—"
            and joined_tokens[-2].kind == "word"
        )
        if is_year and token.kind == "number" and len(token.text) == 1 and len(joined_tokens[-2].text) == 1:
            word = joined_tokens[-2]
            joined_tokens[-2:] = [FormulaToken("word", f"{word.text}-{token.text}", word.start, token.end)]
            continue
        joined_tokens.append(token)
    return joined_tokens, repairs


def _drop_junk(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    repairs: list[Repair] = []
    meaningful_tokens = [token for token in tokens if token.kind not in {"junk", "note"}]
    if any(token.kind == "junk" for token in tokens):
        repairs.append(Repair.STRAY_MARK_DROPPED)
    return meaningful_tokens, repairs


def _drop_fillers(tokens: list[FormulaToken]) -> list[FormulaToken]:
    """Take out `, kemudian hasilnya` before an operator."""
    fillers = reading_vocabulary().fillers_before
    remaining_tokens: list[FormulaToken] = []
    for token in tokens:
        if token.kind == "operator" and is_operator(token):
            while (
                remaining_tokens
                and remaining_tokens[-1].kind in {"word", "sign"}
                and not (len(remaining_tokens) == 1 or remaining_tokens[-2].kind in {"operator", "open"})
                and word_skeleton(remaining_tokens[-1].text) in fillers
            ):
                if (
                    len(remaining_tokens) > 1
                    and remaining_tokens[-2].text.lower() in reading_vocabulary().table.periods
                ):
                    break  # `tahun lalu` is part of the quantity
                remaining_tokens.pop()
        remaining_tokens.append(token)
    return remaining_tokens
