"""The clauses of a cell: statements, definitions of codes, equations, explanations, notes, targets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.code_keys import is_code, is_joint_word, match_code
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken

LONGEST_NAME = 14
"""Tokens of the name on an equation's left side."""
_VALUE_TOKENS = 8
_ROMAN = re.compile(r"[IVX]{1,4}")


class ClauseKind(Enum):
    """What a clause is."""

    STATEMENT = "statement"
    DEFINITION = "definition"
    EQUATION = "equation"
    VALUE = "value"
    NOTE = "footnote"
    TARGET = "target"


class ClauseStart(NamedTuple):
    """Where a clause begins: its kind, the code or the tokens of its name, and its first token."""

    kind: ClauseKind
    body: int
    key: str = ""
    listed: bool = False
    sentence: bool = False
    label: str = ""
    """`formula` or `explanation` where a label opens it."""


@dataclass(slots=True, eq=False)
class Clause:
    """One clause: its tokens without its name; `printed` with it."""

    kind: ClauseKind
    tokens: list[FormulaToken]
    printed: list[FormulaToken]
    key: str = ""
    name: list[FormulaToken] = field(default_factory=list)
    listed: bool = False
    sentence: bool = False
    labelled: bool = False
    explained: bool = False


def split_clauses(tokens: list[FormulaToken]) -> list[Clause]:
    """Return the clauses of a cell in their order."""
    return _ClauseSplitter(tokens).split()


class _ClauseSplitter:
    """Walks the tokens once."""

    def __init__(self, tokens: list[FormulaToken]) -> None:
        self.tokens = tokens
        self.has_rule = any(token.kind == "rule" for token in tokens)
        self.open_closes: set[int] = set()
        """Closing brackets of a legend in brackets."""
        self.used_codes: frozenset[str] | None = None

    def split(self) -> list[Clause]:
        tokens, clauses = self.tokens, []
        start, printed_from = ClauseStart(ClauseKind.STATEMENT, 0), 0
        body: list[FormulaToken] = []
        explained = labelled = False
        at = depth = 0
        while at < len(tokens):
            token = tokens[at]
            begin = self._match_start(at, start) if depth == 0 else None
            if begin is not None and begin.body > at - (begin.kind is ClauseKind.STATEMENT):
                clauses += self._close_clause(start, body, printed_from, at, explained, labelled)
                if begin.label:
                    explained, labelled = begin.label == "explanation", begin.label == "formula"
                start, printed_from, body = begin, at, []
                if begin.body > at:
                    at = begin.body
                    continue
            if token.kind == "open":
                depth += 1
            elif token.kind == "close" and at in self.open_closes:
                at += 1
                continue
            elif token.kind == "close" and depth:
                depth -= 1
            body.append(token)
            at += 1
        clauses += self._close_clause(start, body, printed_from, at, explained, labelled)
        return _join_continued(clauses)

    def _close_clause(
        self,
        start: ClauseStart,
        body: list[FormulaToken],
        printed_from: int,
        end: int,
        explained: bool,
        labelled: bool,
    ) -> list[Clause]:
        body = _trim_clause(body, last=end >= len(self.tokens))
        if not body:
            return []
        name = self.tokens[printed_from : start.body - 1] if start.kind in _NAMED_KINDS else []
        printed = _trim_clause(self.tokens[printed_from:end], last=False)
        return [
            Clause(
                start.kind, body, printed, start.key, name, start.listed, start.sentence, labelled, explained
            )
        ]

    def _match_start(self, at: int, current: ClauseStart) -> ClauseStart | None:
        """Return what begins at a place, if anything does."""
        token = self.tokens[at]
        before = self.tokens[at - 1] if at else None
        fresh = before is None or at == current.body or before.kind in {"break", "note", "junk"}
        fresh = fresh or (before is not None and before.kind == "sign" and before.text in ",;.")
        joined = before is not None and before.kind == "word" and _is_clause_joint(before.text)
        if token.kind == "open" and token.text != "⦃" and (begin := self._match_bracket(at, current)):
            return begin
        if token.kind in {"word", "times"} and (label := self._match_label(at, fresh or joined)):
            return label
        if fresh or joined or current.kind is ClauseKind.DEFINITION or self._is_used_code(token.text):
            definition = self._match_definition(at, fresh or joined, current)
            if definition is not None:
                return definition
        if not (fresh or joined) and before is not None and before.kind in {"word", "number", "close"}:
            if current.kind is ClauseKind.EQUATION and token.text[0].isupper():
                if equation := self._match_equation(at):
                    return equation
            elif current.kind is ClauseKind.DEFINITION and self._is_used_code(token.text):
                return self._match_calculation(at)
        if not (fresh or joined):
            alternative = (
                before is not None and before.text.lower() in reading_vocabulary().table.alternatives
            )
            return self._match_calculation(at) if alternative else None
        return self._match_plain_start(at, joined, current)

    def _match_plain_start(self, at: int, joined: bool, current: ClauseStart) -> ClauseStart | None:
        """Return a note, a target, an equation, a calculation in codes or a sentence that begins here."""
        token, before = self.tokens[at], self.tokens[at - 1] if at else None
        if token.kind == "note" and at + 1 < len(self.tokens) and (before is None or before.kind == "break"):
            return ClauseStart(ClauseKind.NOTE, at + 1)
        if not joined and (target := self._match_target(at)):
            return target
        if step := self._match_step(at):
            return step
        table = reading_vocabulary().table
        if before is not None and before.text == "," and token.text.lower() in table.tail_words:
            return ClauseStart(ClauseKind.STATEMENT, at, label="explanation")
        if current.kind is ClauseKind.DEFINITION and at == current.body:
            return None
        starts_line = before is None or before.kind in {"break", "note"} or before.text in {";", "."}
        continues_list = before is not None and before.text == "," and current.kind in _STATED_KINDS
        concludes = joined and before is not None and before.text.lower() not in table.list_joints
        concludes = concludes and before is not None and before.text.lower() not in table.separators
        if (starts_line or concludes or at == current.body or continues_list) and (
            equation := self._match_equation(at)
        ):
            return equation
        if (
            before is not None
            and (before.kind == "break" or before.text == "," or self._ends_sentence(at))
            and not joined
        ):
            behind_rule = at > 1 and self.tokens[at - 2].kind == "rule"
            if not behind_rule and (calculation := self._match_calculation(at)):
                return calculation
        if before is None:
            return None
        if before.text == ";" and not is_joint_word(token.text):
            return ClauseStart(ClauseKind.STATEMENT, at)
        if joined and before.text.lower() in reading_vocabulary().table.conclusions:
            return ClauseStart(ClauseKind.STATEMENT, at)
        return ClauseStart(ClauseKind.STATEMENT, at, sentence=True) if self._starts_sentence(at) else None

    def _match_step(self, at: int) -> ClauseStart | None:
        """Return what begins behind the number of a step: `Tahap 2 : …`."""
        step_words = reading_vocabulary().table.step_words
        if self.tokens[at].text.lower() not in step_words or at + 2 >= len(self.tokens):
            return None
        number, sign = self.tokens[at + 1 : at + 3]
        if not (number.kind == "number" or is_code(number.text)) or sign.text not in {":", ".", ","}:
            return None
        return ClauseStart(ClauseKind.STATEMENT, at + 3)

    def _match_bracket(self, at: int, current: ClauseStart) -> ClauseStart | None:
        """Return what begins behind an opening bracket that holds a legend, a label or a target."""
        if at + 2 >= len(self.tokens) or match_code(self.tokens, at) is not None:
            return None
        begin = (
            self._match_definition(at + 1, True, current, signed=True)
            or self._match_target(at + 1)
            or self._match_label(at + 1, True)
        )
        signed = begin is not None and self.tokens[begin.body - 1].text in {":", "="}
        if begin is None or (
            begin.kind is ClauseKind.STATEMENT and not (signed and begin.label == "explanation")
        ):
            return None
        depth = 0
        for place in range(at, len(self.tokens)):
            depth += (self.tokens[place].kind == "open") - (self.tokens[place].kind == "close")
            if not depth:
                self.open_closes.add(place)
                break
        return begin

    def _match_label(self, at: int, fresh: bool) -> ClauseStart | None:
        kind, end = match_label(self.tokens, at)
        if not kind:
            return None
        sign = self.tokens[end] if end < len(self.tokens) else None
        signed = sign is not None and sign.text in {":", "="}
        broken = sign is None or sign.kind == "break"
        token = self.tokens[at]
        if self._is_used_code(token.text):
            return None
        if not fresh:
            before = self.tokens[at - 1]
            inline = (
                signed
                and before.kind != "sum"
                and (
                    token.text[0].isupper()
                    or self._match_definition(end + 1, True, None, signed=True) is not None
                )
            )
            if not inline or (kind == "explanation" and before.text[:1].isupper() and before.kind == "word"):
                return None
        elif (kind == "formula" and not (signed or broken)) or (
            not signed and not (token.text[0].isupper() or self._match_definition(end, True, None))
        ):
            return None
        return ClauseStart(ClauseKind.STATEMENT, end + (signed or (broken and sign is not None)), label=kind)

    def _is_used_code(self, text: str) -> bool:
        """Return whether a code stands somewhere beside a sign that computes: `NB x 60%`."""
        if self.used_codes is None:
            operands = {
                operand
                for before, after in pairwise(self.tokens)
                for operand, sign in ((before, after), (after, before))
                if _is_computing_sign(sign)
            }
            for before, sign, after in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
                if sign.text == ":" and is_code(before.text) and is_code(after.text):
                    operands |= {before, after}
            self.used_codes = frozenset(operand.text for operand in operands if _is_code_token(operand))
        return text in self.used_codes

    def _match_definition(
        self, at: int, fresh: bool, current: ClauseStart | None, *, signed: bool = False
    ) -> ClauseStart | None:
        """Return the definition of a code that begins here: `A = …`, `(1) …`, `a. …`."""
        if at >= len(self.tokens):
            return None
        span = match_code(self.tokens, at)
        listed_letter = False
        if (
            span is not None
            and not span.listed
            and span.end == at + 1
            and _is_list_letter(span.key)
            and not signed
        ):
            mark = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            listed_letter = mark is not None and (mark.kind == "close" or mark.text == ".")
        if span is None:
            return None
        end = span.end + listed_letter
        sign = self.tokens[end] if end < len(self.tokens) else None
        first = self.tokens[end + 1] if end + 1 < len(self.tokens) else None
        is_equals = sign is not None and (
            sign.text == "=" or sign.text.lower() in reading_vocabulary().table.equals_words
        )
        if first is not None and sign is not None and (is_equals or sign.text == ":"):
            if sign.text == ":" and self._is_divisor(end + 1):
                return None
            fits = _starts_words(first) or (is_equals and first.kind in {"open", "times", "number"})
            if fits and (
                fresh
                or (
                    first.kind in {"word", "sum"}
                    and (is_equals or len(span.key) > 1 or self._is_used_code(span.key))
                )
            ):
                return ClauseStart(ClauseKind.DEFINITION, end + 1, span.key)
        if signed or sign is None or not (span.listed or listed_letter) or not _starts_words(sign):
            return None
        follows_list = (
            current is not None and current.listed and span.key == _next_marker(current.key)
        )  # `(1) … (2) …` in one line
        if (
            is_joint_word(sign.text)
            or len(sign.text) < 2 - (sign.kind == "sum")
            or not (fresh or follows_list)
        ):
            return None
        return ClauseStart(ClauseKind.DEFINITION, end, span.key, listed=True)

    def _is_divisor(self, at: int) -> bool:
        """Return whether a code stands behind a colon as an operand: `(X : Y)`."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        ends = after is None or after.kind in {"close", "times", "over", "break"} or after.text in {";", ","}
        return ends and is_code(self.tokens[at].text)

    def _match_equation(self, at: int) -> ClauseStart | None:
        """Return the equation or the measured value whose name begins here: `NRR tertimbang = …`."""
        end = at
        while end < len(self.tokens) and end - at <= LONGEST_NAME and _is_name_token(self.tokens[end]):
            end += 1
        name = self.tokens[at:end]
        if (
            not name
            or name[0].kind == "sign"
            or _is_clause_joint(name[0].text)
            or any(map(_is_operator_word, name))
        ):
            return None
        if end + 1 >= len(self.tokens) or not any(token.kind == "word" for token in name) or _is_ratio(name):
            return None
        sign, first = self.tokens[end], self.tokens[end + 1]
        if sign.text not in {"=", ":"} or first.kind == "rule" or first.text in {"=", ":"}:
            return None
        if self._ends_value(end + 1):
            return None if self.has_rule else ClauseStart(ClauseKind.VALUE, end + 1)
        if sign.text == ":":
            calculation = self._match_calculation(end + 1)
            return calculation and ClauseStart(ClauseKind.EQUATION, end + 1)
        if first.kind == "number" and self._measures(end + 2):
            return None
        return ClauseStart(ClauseKind.EQUATION, end + 1) if at or first.kind != "break" else None

    def _measures(self, at: int) -> bool:
        """Return whether the number before a place was measured: a unit or another equals sign follows."""
        if (
            at < len(self.tokens)
            and self.tokens[at].kind == "word"
            and not is_joint_word(self.tokens[at].text)
        ):
            return True
        for token in self.tokens[at:]:
            if token.kind == "break" or token.text == ";":
                return False
            if token.text == "=":
                return True
        return False

    def _ends_value(self, at: int) -> bool:
        """Return whether a measured value stands here and nothing else up to the clause's end."""
        digits, table = False, reading_vocabulary().table
        for place in range(at, min(at + _VALUE_TOKENS, len(self.tokens) + 1)):
            token = self.tokens[place] if place < len(self.tokens) else None
            after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
            if token is None or token.kind == "break" or token.text == ";":
                return digits
            if token.text == "," and not (after is not None and after.text in "-–"):
                next_word = after.text.lower() if after is not None else ""
                return digits and (not is_joint_word(next_word) or next_word in table.conclusions)
            if token.kind == "number":
                digits = True
            elif not (
                digits or token.text.lower() in reading_vocabulary().table.currency or token.text == "."
            ) or (token.kind != "word" and token.text not in ".,-–"):
                return False
        return False

    def _match_target(self, at: int) -> ClauseStart | None:
        """Return the target that begins here: `target : 85%`."""
        if self.tokens[at].text.lower() not in reading_vocabulary().table.target_words:
            return None
        end = at + 1
        while end < min(len(self.tokens), at + 4) and self.tokens[end].kind != "number":
            if self.tokens[end].text.lower() not in _target_joints():
                return None
            end += 1
        return ClauseStart(ClauseKind.TARGET, end) if self._ends_target(end) else None

    def _ends_target(self, at: int) -> bool:
        if at >= len(self.tokens) or self.tokens[at].kind != "number":
            return False
        rest = self.tokens[at + 1 : at + 4]
        return not any(token.kind in {"times", "over", "operator"} or token.text in "/+" for token in rest)

    def _match_calculation(self, at: int) -> ClauseStart | None:
        """Return a calculation in codes or numbers alone that begins here and fills its line."""
        operands = codes = signs = 0
        for token in self.tokens[at:]:
            if token.kind == "break" or token.text in {";", "."}:
                break
            if token.kind == "number" or _is_code_token(token):
                operands += 1
                codes += token.kind == "word"
            elif (
                token.kind == "over" or token.text in "/:+" or word_skeleton(token.text) in _division_words()
            ):
                if not operands:
                    return None
                signs += 1
            elif not (
                token.kind in {"open", "close", "times"}
                or token.text in "=-−–"
                or (token.kind == "word" and is_joint_word(token.text))
                or word_skeleton(token.text) in reading_vocabulary().percent_words
            ):
                return None
        return ClauseStart(ClauseKind.STATEMENT, at) if operands > 1 and signs and codes != 1 else None

    def _starts_sentence(self, at: int) -> bool:
        token = self.tokens[at]
        return self._ends_sentence(at) and token.kind in {"word", "sum"} and not token.text[0].islower()

    def _ends_sentence(self, at: int) -> bool:
        """Return whether the full stop before a place ends a sentence, and no short form."""
        if at < 2 or self.tokens[at - 1].text != ".":
            return False
        last = self.tokens[at - 2].text.lower()
        is_short = last in reading_vocabulary().table.abbreviations or (len(last) < 2 and last.isalpha())
        return not is_short and self.tokens[at].start > self.tokens[at - 1].end


_STATED_KINDS = frozenset({ClauseKind.VALUE, ClauseKind.DEFINITION})
_NAMED_KINDS = frozenset({ClauseKind.EQUATION, ClauseKind.VALUE})


def _join_continued(clauses: list[Clause]) -> list[Clause]:
    """Return the clauses, those that go on with a calculation joined to it: `… . Hasilnya dikali 25`."""
    joined: list[Clause] = []
    for clause in clauses:
        goes_on = clause.kind is ClauseKind.STATEMENT and _continues(clause.tokens)
        if goes_on and joined and joined[-1].kind in {ClauseKind.STATEMENT, ClauseKind.EQUATION}:
            joined[-1].tokens = [*joined[-1].tokens, *clause.tokens]
            joined[-1].printed = [*joined[-1].printed, *clause.printed]
        else:
            joined.append(clause)
    return joined


def _continues(tokens: list[FormulaToken]) -> bool:
    """Return whether an operator in words follows nothing but words that lead to it."""
    for token in tokens:
        if token.kind != "word":
            return False
        if _is_operator_word(token):
            return True
        if word_skeleton(token.text) not in reading_vocabulary().fillers_before:
            return False
    return False


def match_label(tokens: list[FormulaToken], at: int) -> tuple[str, int]:
    """Return the kind of the label at a place and the token behind it; no kind where none begins."""
    for words, kind in _labels_by_first_word().get(_label_word(tokens[at].text), ()):
        end = at + len(words)
        if end <= len(tokens) and tuple(_label_word(token.text) for token in tokens[at:end]) == words:
            return kind, end
    return "", at


def _label_word(text: str) -> str:
    word = text.lower()
    return word.removesuffix("nya") if len(word) > 6 else word


@cache
def _labels_by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    labels = reading_vocabulary().table.labels
    entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, names in (("formula", labels.formula), ("explanation", labels.explanation)):
        for name in names:
            words = tuple(name.replace("/", " / ").split())
            entries.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in entries.items()}


@cache
def _division_words() -> frozenset[str]:
    return frozenset(
        words[0]
        for phrases in reading_vocabulary().phrases.values()
        for words, sign in phrases
        if sign in "/+"
    )


@cache
def _target_joints() -> frozenset[str]:
    table = reading_vocabulary().table
    return table.value_words | table.equals_words | table.periods | {":", "="}


def _is_operator_word(token: FormulaToken) -> bool:
    return token.kind == "word" and word_skeleton(token.text) in reading_vocabulary().operator_starts


def _is_clause_joint(text: str) -> bool:
    return text.lower() in reading_vocabulary().table.clause_joints


def _is_name_token(token: FormulaToken) -> bool:
    return (
        token.kind in {"word", "number", "open", "close"} and token.text != "⦃" and token.text != "⦄"
    ) or token.text in {"%", "-", "–", "/", "&"}


def _is_ratio(tokens: list[FormulaToken]) -> bool:
    """Return whether a slash stands free between the tokens, or between two codes."""
    for at, token in enumerate(tokens):
        if token.text == "/" and 0 < at < len(tokens) - 1:
            before, after = tokens[at - 1], tokens[at + 1]
            if (before.end < token.start and token.end < after.start) or (
                is_code(before.text) and is_code(after.text) and len(before.text) < 3
            ):
                return True
    return False


def _is_computing_sign(token: FormulaToken) -> bool:
    return token.kind in {"times", "over"} or token.text in {"/", "+", "⦃", "⦄"} or _is_operator_word(token)


def _is_code_token(token: FormulaToken) -> bool:
    return token.kind in {"word", "times"} and is_code(token.text) and not is_joint_word(token.text)


def _is_list_letter(key: str) -> bool:
    return len(key) == 1 or _ROMAN.fullmatch(key) is not None


def _starts_words(token: FormulaToken) -> bool:
    return token.kind == "sum" or (token.kind == "word" and token.text[0].isalpha())


def _next_marker(key: str) -> str:
    return f"#{int(key[1:]) + 1}" if key.startswith("#") and key[1:].isdigit() else ""


def _is_time(tokens: list[FormulaToken]) -> bool:
    """Return whether two words are a time: `tahun lalu`."""
    table = reading_vocabulary().table
    period, word = tokens[0].text.lower(), tokens[-1].text.lower()
    return len(tokens) > 1 and period in table.periods and word in table.time_words


def _trim_clause(tokens: list[FormulaToken], *, last: bool) -> list[FormulaToken]:
    """Return the tokens without separators and joints at their ends; the last clause keeps its last word."""
    start, end = 0, len(tokens)
    while end > start and _is_clause_end(tokens[end - 1]):
        if tokens[end - 1].kind == "word" and (last or _is_time(tokens[max(0, end - 2) : end])):
            break
        end -= 1
    while start < end and (
        tokens[start].kind in {"break", "junk"} or tokens[start].text in {",", ";", ".", ":", "="}
    ):
        start += 1
    return tokens[start:end]


def _is_clause_end(token: FormulaToken) -> bool:
    return (
        token.kind in {"break", "junk", "note"}
        or token.text in {",", ";", ".", ":", "="}
        or (token.kind == "open" and token.text != "⦃")
        or (
            token.kind == "word"
            and (
                _is_clause_joint(token.text) or token.text.lower() in reading_vocabulary().table.alternatives
            )
        )
    )
