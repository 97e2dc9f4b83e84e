"""Which words and signs compute: `dibagi`, `x` and ` - ` become operators, the hyphen of `n-1` does not.

Slashes and colons are left for `divisions`, as they can only be told from all of the formula.
"""

from __future__ import annotations

from itertools import zip_longest

from pipeline.formulas import torn
from pipeline.formulas.knowledge import knowledge, skeleton
from pipeline.formulas.tokens import Token, is_sum

_OPERAND_ENDS = frozenset({"word", "number", "close", "code", "sum"})
_COMPUTING = frozenset({"over", "sign", "times"})
"""Kinds of tokens that may become operators by themselves."""
_DASHES = frozenset("-–—")
_SIGNS = {"+": "+", "−": "-", "÷": "/", "=": "="}


def find(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """The tokens with every certain operator of kind `operator`, fillers and stray marks taken out."""
    tokens = torn.mended(tokens, repairs)
    known = knowledge()
    said = {skeleton(token.text) for token in tokens}  # most steps look for words that are not there at all
    if not known.weight_words.isdisjoint(said):
        tokens = _drop_weight_words(tokens)
    tokens = _phrases(tokens, repairs)
    if not known.opener_cues.isdisjoint(said):
        tokens = _openers(tokens, repairs)
    if not known.slash_cues.isdisjoint(said):
        tokens = _damaged_slashes(tokens, repairs)
    tokens = [_sign(tokens, at) if token.kind in _COMPUTING else token for at, token in enumerate(tokens)]
    if not _DASHES.isdisjoint(said):
        tokens = _join_glue(tokens, repairs)
    if not known.number_cues.isdisjoint(said):
        tokens = _number_words(tokens)
    return _drop_fillers(_drop_junk(tokens, repairs))


def _drop_weight_words(tokens: list[Token]) -> list[Token]:
    """`bobot 40% x …`: the word before a share carries nothing."""
    words = knowledge().weight_words
    return [
        token
        for token, after in zip_longest(tokens, tokens[1:])
        if not (after and after.text.endswith("%") and skeleton(token.text) in words)
    ]


def is_operator(token: Token | None, signs: str = "+-*/") -> bool:
    """Whether the token is one of these operators."""
    return token is not None and token.kind == "operator" and token.text in signs


def _phrases(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """Operators written in words, the longest phrase first."""
    known, at = knowledge(), 0
    begins = {
        at
        for at, token in enumerate(tokens)
        if token.kind == "word" and skeleton(token.text) in known.phrase_starts
    }
    if not begins:
        return tokens
    out: list[Token] = []
    while at < len(tokens):
        token = tokens[at]
        length, sign = _phrase_at(tokens, at) if at in begins else (0, "")
        if length and out and out[-1].kind in _OPERAND_ENDS | {"sign", "break"}:
            printed = [word.text.lower() for word in tokens[at : at + length]]
            if any(_is_damaged(word) for word in printed):
                repairs.append("operator word repaired")
            out.append(Token("operator", sign, token.start, tokens[at + length - 1].end))
            at += length
            while at < len(tokens) and skeleton(tokens[at].text) in known.fillers_after:
                at += 1
        else:
            out.append(token)
            at += 1
    return out


def _phrase_at(tokens: list[Token], at: int) -> tuple[int, str]:
    known = knowledge()
    first = skeleton(tokens[at].text)
    if at + 1 < len(tokens) and tokens[at + 1].kind == "word" and len(first) + len(tokens[at + 1].text) > 4:
        torn = known.phrases.get(first + skeleton(tokens[at + 1].text), ())
        if any(len(words) == 1 for words, _ in torn):
            return 2, torn[-1][1]
    for words, sign in known.phrases.get(first, ()):
        following = tokens[at : at + len(words)]
        if len(following) < len(words) or any(
            skeleton(t.text) != w for t, w in zip(following, words, strict=True)
        ):
            continue
        after = tokens[at + len(words)] if at + len(words) < len(tokens) else None
        numeric = after is not None and (after.kind == "number" or skeleton(after.text) in known.number_words)
        if first in known.only_before_sum:
            fits = after is not None and is_sum(after)
        else:
            fits = numeric or not (first in known.only_before_number or sign == "=")
        if fits:
            return len(words), sign
    return 0, ""


def _is_damaged(word: str) -> bool:
    return word not in torn.operator_words()


def _openers(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """`perbandingan antara a dengan b` and `selisih antara a dan b` as operations."""
    known = knowledge()
    words = [skeleton(token.text) if token.kind == "word" else "" for token in tokens]
    for at in range(len(tokens)):
        if at and tokens[at - 1].kind not in {"operator", "open", "break", "sign"}:
            continue
        for phrase, sign in known.openers:
            if tuple(words[at : at + len(phrase)]) != phrase:
                continue
            if (split := _separator(tokens, at + len(phrase))) is None:
                continue
            repairs.append("comparison read as division")
            operator = Token("operator", sign, tokens[split].start, tokens[split].end)
            return [*tokens[:at], *tokens[at + len(phrase) : split], operator, *tokens[split + 1 :]]
    return tokens


def _separator(tokens: list[Token], start: int) -> int | None:
    """The separating word before which one operand ends and after which a head starts the other.

    Where the first operand is a sum, so is the other if any is: `jumlah a dengan nilai b dengan jumlah …`.
    """
    known = knowledge()
    headed = None
    for at in range(start + 1, len(tokens) - 1):
        if tokens[at].kind == "operator":
            break
        after = tokens[at + 1]
        if skeleton(tokens[at].text) not in known.separators:
            continue
        if is_sum(after) or (after.text.lower() in known.heads and not is_sum(tokens[start])):
            return at
        if after.text.lower() in known.heads:
            headed = headed or at
    return headed


def _damaged_slashes(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """`I` or `|` between an operand and a sum word was a slash."""
    damage = knowledge().slash_damage
    worn = [at for at in range(1, len(tokens) - 1) if tokens[at].text in damage]
    worn = [at for at in worn if tokens[at - 1].kind in {"word", "close"} and is_sum(tokens[at + 1])]
    if not worn:
        return tokens
    repairs.append("slash repaired")
    return [
        token._replace(kind="operator", text="/") if at in worn else token for at, token in enumerate(tokens)
    ]


def _sign(tokens: list[Token], at: int) -> Token:
    """The token at this place, as an operator if its sign or letter computes here."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind == "over" or (token.kind == "sign" and token.text in _SIGNS):
        return token._replace(kind="operator", text=_SIGNS[token.text])
    if token.kind == "times":
        multiplies = token.text in "×*" or (
            before is not None and before.kind in _OPERAND_ENDS | {"break", "rule"}
        )
        numeric = after is not None and after.kind == "number"
        other = "operator" if multiplies or numeric else "word"
        return token._replace(kind=other, text="*" if other == "operator" else token.text)
    if token.kind == "sign" and token.text in "-–—" and _is_minus(token, before, after):
        return token._replace(kind="operator", text="-")
    return token


def _is_minus(token: Token, before: Token | None, after: Token | None) -> bool:
    """A dash subtracts between two operands when it stands free or touches a bracket or a sum word.

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
        or ((is_sum(after) or _is_head(after)) and (left or right))
    )


def _is_head(token: Token) -> bool:
    """Whether a quantity begins here with a capital: `… tepat waktu- Luas lahan`."""
    return token.kind == "word" and token.text[0].isupper() and token.text.lower() in knowledge().heads


def _join_glue(tokens: list[Token], repairs: list[str]) -> list[Token]:
    """`n - 1` as one word; a list's dash at the start dropped, one before a later line read as minus."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        dash = token.kind == "sign" and token.text in "-–—"
        if dash and at + 1 == len(tokens) and out:
            repairs.append("dangling dash dropped")
            continue
        if dash and (not out or out[-1].kind in {"break", "open"}) and at + 1 < len(tokens):
            if len(out) > 1 and out[-2].kind in _OPERAND_ENDS and is_sum(tokens[at + 1]):
                repairs.append("dash at a line's start read as minus")
                out.append(token._replace(kind="operator", text="-"))
            continue
        year = len(out) > 1 and out[-1].kind == "sign" and out[-1].text in "-–—" and out[-2].kind == "word"
        if year and token.kind == "number" and len(token.text) == 1 and len(out[-2].text) == 1:
            word = out[-2]
            out[-2:] = [Token("word", f"{word.text}-{token.text}", word.start, token.end)]
            continue
        out.append(token)
    return out


def _number_words(tokens: list[Token]) -> list[Token]:
    """`seratus persen` after an operator is 100%; `100 persen` too."""
    known, at = knowledge(), 0
    out: list[Token] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "word" and out and out[-1].kind == "operator":
            for length in (3, 2, 1):
                spelled = " ".join(skeleton(word.text) for word in tokens[at : at + length])
                if spelled in known.number_words and len(tokens) >= at + length:
                    last = tokens[at + length - 1]
                    token = Token("number", known.number_words[spelled], token.start, last.end)
                    at += length - 1
                    break
        percent = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind == "number" and percent and skeleton(percent.text) in known.percent_words:
            token = Token("number", token.text.rstrip("%") + "%", token.start, percent.end)
            at += 1
        out.append(token)
        at += 1
    return out


def _drop_junk(tokens: list[Token], repairs: list[str]) -> list[Token]:
    kept = [token for token in tokens if token.kind != "junk"]
    if len(kept) < len(tokens):
        repairs.append("stray mark dropped")
    return kept


def _drop_fillers(tokens: list[Token]) -> list[Token]:
    """Take out `, kemudian hasilnya` before an operator."""
    fillers = knowledge().fillers_before
    out: list[Token] = []
    for token in tokens:
        if token.kind == "operator" and is_operator(token):
            while out and out[-1].kind in {"word", "sign"} and skeleton(out[-1].text) in fillers:
                if len(out) > 1 and out[-2].text.lower() in knowledge().periods:
                    break  # `tahun lalu` is part of the quantity
                out.pop()
        out.append(token)
    return out
