"""Runs of words as quantities, numbers with their units, and where one operand ends and the next begins.

A line break, or a second sum word, where no operator stands is a lost fraction bar or mere wrapping.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.formulas.reading.formula_reading import Omission, OmissionKind, Repair, describe_omission
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.structure.bracket_groups import (
    BracketGroup,
    BracketItem,
    is_division,
    is_wordy,
)
from pipeline.formulas.reading.tokens.formula_tokenizer import (
    FormulaToken,
    is_counting_word,
    is_sum,
    is_sum_word,
    is_uncertain_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODE_MARK = "\ue000"
"""What the text of an operand begins with that is a code."""


class FormulaPart(NamedTuple):
    """An operand, operator or bar of one level. Kinds: quantity, number, group, operator, rule.

    `starts_sum` where a quantity begins with a sum word;
    `left_out` is the unit behind a number or the measured value behind a quantity; `spoken` where an
    operator was a word.
    """

    kind: str
    text: str = ""
    inner: tuple[FormulaPart, ...] = ()
    starts_sum: bool = False
    left_out: str = ""
    spoken: bool = False


_NO_JOINT = -1
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


class OperandParser:
    """Walks the items of one bracket level once."""

    def __init__(self, items: list[BracketItem], text: str) -> None:
        self.items, self.text = items, text
        self.repairs: list[Repair] = []
        self.at = 0
        self.measured_value = ""
        kinds = {item.kind for item in items if isinstance(item, FormulaToken)}
        signs = {item.text for item in items if isinstance(item, FormulaToken) and item.kind == "operator"}
        self.divided = "/" in signs or "rule" in kinds
        self.added = "+" in signs
        self.computes = "operator" in kinds or "rule" in kinds
        self.scaled = "number" in kinds and any(
            isinstance(item, FormulaToken) and item.kind == "number" and item.text in _scale_texts()
            for item in items
        )

    def parse_parts(self) -> tuple[list[FormulaPart | BracketGroup], list[Repair]]:
        """Return quantities, numbers, operators, bars and the groups still to be resolved, and repairs."""
        parts: list[FormulaPart | BracketGroup] = []
        while self.at < len(self.items):
            item = self.items[self.at]
            if isinstance(item, BracketGroup):
                self._append_group(item, parts)
            elif item.kind in {"operator", "rule"}:
                parts.append(FormulaPart(item.kind, item.text, spoken=item.end - item.start > 3))
                self.at += 1
            elif item.kind == "code":
                parts.append(FormulaPart("quantity", CODE_MARK + item.text))
                self.at += 1
            elif is_sum(item) and self._is_code_next():
                self.at += 1
                counted = self.items[self.at]
                assert isinstance(counted, FormulaToken)
                parts.append(FormulaPart("quantity", f"{CODE_MARK}∑{counted.text}", starts_sum=True))
                self.at += 1
            elif item.kind == "number" and (self.computes or not self._words_follow()):
                follows_bar = self._follows_bar()
                self.at += 1
                if is_uncertain_number(self.text[item.start : item.end].strip()):
                    self.repairs.append(Repair.UNCERTAIN_NUMBER)
                if self._is_weight(item.text):
                    self.repairs.append(Repair.WEIGHT_BEFORE_QUANTITY)
                    parts += [FormulaPart("number", item.text), FormulaPart("operator", "*")]
                    continue
                parts.append(
                    FormulaPart("number", item.text, left_out="" if follows_bar else self._skip_unit())
                )
            elif item.kind in {"word", "sum", "number"}:
                self._append_quantity(parts)
            else:
                self.at += 1
        return parts, self.repairs

    def _is_code_next(self) -> bool:
        after = self.items[self.at + 1] if self.at + 1 < len(self.items) else None
        return isinstance(after, FormulaToken) and after.kind == "code"

    def _append_group(self, item: BracketGroup, parts: list[FormulaPart | BracketGroup]) -> None:
        self.at += 1
        if not item.items:
            return
        parts.append(item)

    def _is_weight(self, number: str) -> bool:
        """`40% nilai A + …`: a share straight before words weighs them; other numbers have a unit there."""
        following = self._token_after(self.at - 1)
        words = following is not None and following.kind in {"word", "sum"}
        return words and number.endswith("%") and number != "100%"

    def _follows_bar(self) -> bool:
        """`———— x 100% b`: what follows the multiplier is the denominator and no unit."""
        before = self.items[max(0, self.at - 2) : self.at]
        return [item.kind for item in before if isinstance(item, FormulaToken)] == ["rule", "operator"]

    def _words_follow(self) -> bool:
        return any(
            isinstance(item, FormulaToken) and item.kind in {"word", "sum"}
            for item in self.items[self.at + 1 :]
        )

    def _skip_unit(self) -> str:
        """Pass over the unit behind a number, `3 (tiga) dokumen`, and return it."""
        start = self.at
        while self.at < len(self.items):
            item = self.items[self.at]
            if isinstance(item, BracketGroup):
                if not is_wordy(item) or _begins_with_sum(item):
                    break
            elif item.kind == "break":
                following = self._token_after(self.at)
                if following is None or is_sum(following) or following.kind == "number":
                    break
                if following.text[0].isupper() and not self._single_word_left():
                    break
            elif item.kind in {"operator", "rule", "sum", "code"} or is_sum(item):
                break
            self.at += 1
        unit = self.items[start : self.at]
        if not any(isinstance(item, BracketGroup) or item.kind == "word" for item in unit):
            return ""
        return self.text[unit[0].start : unit[-1].end]

    def _single_word_left(self) -> bool:
        """Whether a lone word ends the formula on the next line: the wrapped unit of the number before it."""
        rest = [
            item
            for item in self.items[self.at :]
            if not (isinstance(item, FormulaToken) and item.kind == "break")
        ]
        return len(rest) == 1 and isinstance(rest[0], FormulaToken) and rest[0].kind == "word"

    def _token_after(self, at: int) -> FormulaToken | None:
        """Return the next token that is no line break; None before a group and at the end."""
        for item in self.items[at + 1 :]:
            if isinstance(item, BracketGroup):
                return None
            if item.kind != "break":
                return item
        return None

    def _append_quantity(self, parts: list[FormulaPart | BracketGroup]) -> None:
        """One run of words as a quantity; a bar is put where a second sum begins."""
        pieces: list[str] = []
        self.measured_value = ""
        first = last = self.items[self.at]
        joint = _NO_JOINT
        """Where the word before ends: what begins there is printed without a blank between them."""
        assert isinstance(first, FormulaToken)
        sums = is_sum(first)
        if first.kind == "sum" and self._append_group_sum(parts):
            return
        while self.at < len(self.items):
            item = self.items[self.at]
            if isinstance(item, FormulaToken) and item.kind == "word" and not is_counting_word(item.text):
                pieces.append(item.text if joint == item.start or not pieces else f" {item.text}")
                last, joint = item, item.end
            elif isinstance(item, BracketGroup):
                if not pieces or item.fixed or not self._absorb_bracket(item, pieces):
                    break
                last, joint = item, _NO_JOINT
            elif item.kind in {"operator", "rule", "code"}:
                break
            elif item.kind == "break":
                if self._is_fraction_break(item, first, last):
                    self.at += 1
                    self._append_bar(parts, pieces, sums)
                    return
            elif pieces and is_sum(item) and self._starts_second_sum(item, first, last, pieces):
                self.repairs.append(Repair.SUMS_AS_FRACTION)
                self._append_bar(parts, pieces, sums)
                return
            else:
                if word := self._token_word(item, last):
                    pieces.append(word if joint == item.start or not pieces else f" {word}")
                last, joint = item, _NO_JOINT if item.kind == "sum" else item.end
            self.at += 1
        words = _join_words(pieces) + self._full_stop(last)
        parts.append(FormulaPart("quantity", words, starts_sum=sums, left_out=self.measured_value))

    def _full_stop(self, last: BracketItem) -> str:
        """Return the full stop behind a quantity's last token if it is the word's own."""
        if not isinstance(last, FormulaToken):
            return ""
        stop = last.start if last.text == "." else last.end
        if self.text[stop : stop + 1] != ".":
            return ""
        if self._ends_short_form(stop):
            return "."
        if self.at < len(self.items):
            self.repairs.append(Repair.FULL_STOP_DROPPED)
        return ""

    def _ends_short_form(self, stop: int) -> bool:
        """Return whether the full stop at a quantity's end is its own, as it is elsewhere: `kes.`."""
        word = _LAST_WORD.search(self.text, 0, stop)
        if word is None:
            return False
        if word.group().lower() in reading_vocabulary().table.abbreviations:
            return True
        following = re.findall(rf"(?<!\w){word.group()}\. ?([a-z]{{2,}})", self.text)
        return any(word_skeleton(after) not in reading_vocabulary().joint_words for after in following)

    def _append_bar(self, parts: list[FormulaPart | BracketGroup], pieces: list[str], sums: bool) -> None:
        parts += [
            FormulaPart("quantity", _join_words(pieces), starts_sum=sums, left_out=self.measured_value),
            FormulaPart("rule", "implied"),
        ]

    def _token_word(self, item: FormulaToken, last: BracketItem) -> str:
        """Return what a sum, a number or a sign is in words; a sum word behind ∑ says nothing new."""
        vocabulary = reading_vocabulary()
        if item.kind == "sum":
            return vocabulary.sum_word
        if isinstance(last, FormulaToken) and last.kind == "sum" and is_sum(item):
            return ""
        if item.kind == "word" and is_sum_word(item.text):
            if item.text.lower() != vocabulary.sum_word:
                self.repairs.append(Repair.SUM_WORD_REPAIRED)
            return vocabulary.sum_word
        return self.text[item.start : item.end] if item.kind == "number" else item.text

    def _append_group_sum(self, parts: list[FormulaPart | BracketGroup]) -> bool:
        """∑ before a bracket: of words it makes one quantity, before a calculation it says nothing."""
        following = self.items[self.at + 1] if self.at + 1 < len(self.items) else None
        if not isinstance(following, BracketGroup):
            return False
        self.at += 2
        if is_wordy(following) and following.items:
            inner = " ".join(self.text[following.start + 1 : max(following.end - 1, following.start)].split())
            parts.append(
                FormulaPart("quantity", f"{reading_vocabulary().sum_word} {inner}".lower(), starts_sum=True)
            )
        else:
            self.repairs.append(Repair.SUM_OF_BRACKET)
            parts.append(following)
        return True

    def _absorb_bracket(self, item: BracketGroup, pieces: list[str]) -> bool:
        """Take a bracket into the run of words, unless it is a measured value or another sum."""
        if not item.items:
            return True
        if any(isinstance(inner, FormulaToken) and inner.kind == "code" for inner in item.items):
            return False
        if _begins_with_sum(item) and item.items[1:]:
            return False
        if not is_wordy(item) and any(is_division(inner) for inner in item.items):
            return False
        tokens = [inner for inner in item.items if isinstance(inner, FormulaToken)]
        numbers = [token for token in tokens if token.kind == "number"]
        words = [token for token in tokens if token.kind == "word"]
        if not words and [token.text for token in numbers] == ["100%"]:
            return False
        if not words and len(numbers) == 1 and numbers[0].text.endswith("%") and self.added:
            self.repairs.append(Repair.WEIGHT_IN_BRACKETS)
            return False
        column_words = reading_vocabulary().table.column_words
        if numbers and not words and len(pieces) == 1 and pieces[0].lower() in column_words:
            pieces.append(f" {numbers[0].text}")  # `kolom (5)`
        elif (
            numbers
            and len(words) <= 1
            and not (words and words[0].text.lower() in reading_vocabulary().table.periods)
        ):
            self.repairs.append(Repair.MEASURED_VALUE_DROPPED)
            self.measured_value = self.text[item.start : item.end]
        else:
            printed = self.text[item.start : item.end]
            pieces.append(f" {printed}")
        return True

    def _is_fraction_break(self, item: FormulaToken, first: FormulaToken, last: BracketItem) -> bool:
        """Return whether the line break at this place is a fraction's bar."""
        vocabulary, following = reading_vocabulary(), self._token_after(self.at)
        if self.divided or following is None or following.kind not in {"word", "sum"}:
            return False
        if isinstance(last, FormulaToken) and last.text.lower() in vocabulary.table.connectives:
            return False
        if is_sum(following):
            self.repairs.append(Repair.LINES_AS_FRACTION)
            return True
        capital = following.text[0].isupper()
        starts_with_head = first.text.lower() in vocabulary.table.heads or is_sum(first)
        if following.text.lower() in vocabulary.table.heads and capital and (self.scaled or starts_with_head):
            self.repairs.append(Repair.LINES_AS_FRACTION)
            return True
        is_only_break = (
            sum(
                isinstance(element, FormulaToken) and element.kind == "break"
                for element in self.items[: self.at + 1]
            )
            == 1
        )
        if capital and self.scaled and is_only_break and not is_sum(first) and self._is_last_line():
            self.repairs.append(Repair.PLAIN_LINES_AS_FRACTION)
            return True
        return False

    def _is_last_line(self) -> bool:
        """Return whether no other line of words follows the next one."""
        rest = [item for item in self.items[self.at + 1 :] if isinstance(item, FormulaToken)]
        return not any(a.kind == "break" and b.kind == "word" for a, b in pairwise(rest))

    def _starts_second_sum(
        self, item: FormulaToken, first: FormulaToken, last: BracketItem, pieces: list[str]
    ) -> bool:
        """Return whether a sum word in the midst of a run starts another operand."""
        if isinstance(last, FormulaToken) and (
            last.text.lower() in reading_vocabulary().table.connectives or last.text == ","
        ):
            return False
        if self.divided or not is_sum(first) or len(pieces) < 2 or last is first:
            return False
        return item.kind == "sum" or item.text[0].isupper() or not first.text[0].isupper()


def _begins_with_sum(item: BracketGroup) -> bool:
    first = item.items[0] if item.items else None
    return is_sum(first) if isinstance(first, FormulaToken) else False


def _join_words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).lower().split()).strip(" .,;:-–—=&'/")


@cache
def _scale_texts() -> frozenset[str]:
    multipliers = reading_vocabulary().table.multipliers
    return multipliers | {f"{number}%" for number in multipliers}


def is_scale(part: FormulaPart) -> bool:
    """Return whether the number at a denominator's end multiplies the whole: 100%, 100, 1000."""
    return (
        part.kind == "number"
        and not part.left_out
        and (part.text.endswith("%") or part.text in reading_vocabulary().table.multipliers)
    )


def without_unit(part: FormulaPart) -> FormulaPart:
    """Return the part without its unit, to compare two sides by what they say."""
    return part._replace(left_out="")


def iter_left_out(parts: Iterable[FormulaPart]) -> Iterator[Omission]:
    """Yield the units and the measured values that the operands do not hold."""
    for part in parts:
        if part.left_out:
            kind = OmissionKind.UNIT if part.kind == "number" else OmissionKind.MEASURED_VALUE
            yield describe_omission(kind, part.left_out)
        yield from iter_left_out(part.inner)


def is_plain_operator(item: FormulaPart | BracketGroup, signs: str = "+-*/") -> bool:
    """Return whether the part is one of these operators."""
    return isinstance(item, FormulaPart) and item.kind == "operator" and item.text in signs
