"""A cleaned formula as tokens: words, numbers, signs, brackets, fraction bars, line breaks."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import NamedTuple

from pipeline.formulas.reading.formula_vocabulary import reading_table, word_skeleton


class FormulaToken(NamedTuple):
    """One token and where it stands in the cleaned text.

    Kinds: word, number (text `12`, `0.5`, `100%`), sign (one of + - – — − / : ; , . & =), times, over, sum,
    rule, open, close, break, junk; later steps make operator (text one of + - * / =), code and drop the rest.
    """

    kind: str
    text: str
    start: int
    end: int


@cache
def _token_pattern() -> re.Pattern[str]:
    sums = "|".join(sorted(reading_table().sums))
    # The plain word comes first, as most tokens are plain words; a figure or an x may be something else.
    return re.compile(
        rf"""
        \ *(?:
          (?P<plain>[^\W\d_xX][^\W_]*(?:[-'&–](?!(?i:{sums})\b)[^\W_]+)*)
        | (?P<break>\n)
        | (?P<note>[(\[]?\*{{1,3}}[)\]]+|\*{{2,}}|\*+(?=\s*(?:\n|$)))
        | (?P<rule>(?:[—–_-]\ ?){{3,}}|—{{2,}}|-{{2,}}|={{3,}})
        | (?P<open>[(\[{{⦃])
        | (?P<close>[)\]}}⦄])
        | (?P<clock>(?:(?<=(?i:pukul)\ )|(?<=(?i:jam)\ ))[0-9]{{1,2}}[:.][0-9]{{2}}(?!\d))
        | (?P<bound>[≥≤<>]=?(?=\ ?[0-9]))
        | (?P<number>[0-9]+(?:[.,][0-9]+)*(?:\ ?%)?(?:(?![\w]|[.,][0-9])|(?=[xX×]\W)))
        | (?P<times>[xX]{{1,2}}(?![^\W_])|[xX](?=\d)|[×*])
        | (?P<over>÷)
        | (?P<sum>∑)
        | (?P<word>[^\W_]+(?:[-'&–](?!(?i:{sums})\b)[^\W_]+)*)
        | (?P<sign>[+\-–—−/:;,.&=])
        | (?P<junk>[^\s])
        )""",
        re.VERBOSE,
    )


_WORD_GROUPS = frozenset({"plain", "word", "clock", "bound"})
"""What is a word: so is the time whose colon divides nothing, and the sign of a limit, `≥ 3`."""
_CODED_MINUS = re.compile(r"(?P<left>[A-Z]\d?)[-–](?P<right>[A-Z]\d?)")


def tokenize_formula(text: str) -> list[FormulaToken]:
    """Return all tokens in order; meaningless marks are `junk`, a hyphen between codes is a minus."""
    tokens = []
    pattern, kinds = _token_pattern(), _group_kinds()
    for match in pattern.finditer(text):
        place = match.lastindex or 0
        kind, printed, (start, end) = kinds[place], match[place], match.span(place)
        if kind == "word":
            if ("-" in printed or "–" in printed) and (minus := _find_coded_minus(printed)):
                middle = start + minus
                tokens += [
                    FormulaToken("word", printed[:minus], start, middle),
                    FormulaToken("sign", "−", middle, middle + 1),
                    FormulaToken("word", printed[minus + 1 :], middle + 1, end),
                ]
                continue
        elif kind == "number":
            printed = normalize_number(printed)
        tokens.append(_make_token((kind, printed, start, end)))
    return tokens


_make_token: partial[FormulaToken] = partial(tuple.__new__, FormulaToken)
"""A token of its four fields; its own constructor takes twice as long, and this is done for every word."""


@cache
def _group_kinds() -> dict[int, str]:
    """Return the kind of token for each group of the pattern."""
    return {
        place: "word" if name in _WORD_GROUPS else name for name, place in _token_pattern().groupindex.items()
    }


def _find_coded_minus(word: str) -> int:
    """Return where the minus stands in `A-B`; 0 in any other word with a hyphen."""
    return max(word.find("-"), word.find("–")) if _CODED_MINUS.fullmatch(word) else 0


_ENGLISH_THOUSAND = re.compile(r"[1-9]\d{0,2}(?:(?:,000)+(?:\.00?)?|(?:,\d{3})+\.00?)")
_UNCERTAIN_THOUSAND = re.compile(r"(?!10{0,2}(?:,000)+$)[1-9]\d{0,2}(?:,\d{3})+")


def is_uncertain_number(printed: str) -> bool:
    """Return whether a comma may set apart thousands or decimals: `1,250`; of `100,000` it is plain."""
    return _UNCERTAIN_THOUSAND.fullmatch(printed) is not None


@lru_cache(maxsize=1024)
def normalize_number(number_text: str) -> str:
    """An Indonesian number in the linear syntax: `1.000` → `1000`, `0,111` → `0.111`, `100,00 %` → `100%`."""
    digits = number_text.rstrip("% ")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif _ENGLISH_THOUSAND.fullmatch(number_text):
        return number_text.replace(",", "").removesuffix(".00").removesuffix(".0")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return re.sub(r"^0+(?=\d)", "", digits) + "%" * ("%" in number_text)


def is_sum(token: FormulaToken) -> bool:
    """Return whether the token is ∑ or a word that counts, scanner damage allowed for."""
    return token.kind == "sum" or (token.kind == "word" and is_counting_word(token.text))


def starts_with_head(token: FormulaToken, *, spoken: bool = False) -> bool:
    """Return whether a quantity begins here with a capital: `… tepat waktu- Luas lahan`."""
    return (
        token.kind == "word"
        and (spoken or token.text[0].isupper())
        and token.text.lower() in reading_table().heads
    )


def word_bracket_end(tokens: list[FormulaToken], at: int) -> int:
    """Return where a bracket of plain words closes; 0 if it holds anything else."""
    for end in range(at + 1, len(tokens)):
        if tokens[end].kind == "close":
            return end if end > at + 1 else 0
        if tokens[end].kind != "word":
            break
    return 0


@lru_cache(maxsize=8192)
def is_sum_word(word: str) -> bool:
    """Return whether a word is the sum word itself, with at most one letter misread."""
    sum_word: str = reading_table().sum_word
    if word_skeleton(word) == word_skeleton(sum_word):
        return True
    from rapidfuzz.distance import OSA

    return abs(len(word) - len(sum_word)) < 2 and OSA.distance(word.lower(), sum_word, score_cutoff=1) <= 1


@lru_cache(maxsize=8192)
def is_counting_word(word: str) -> bool:
    """Return whether a word counts: the sum word, or one like it."""
    return is_sum_word(word) or word_skeleton(word) in _sum_skeletons()


@cache
def _sum_skeletons() -> frozenset[str]:
    return frozenset(map(word_skeleton, reading_table().sums))
