"""The clauses of a cell: statements, definitions of codes, equations, explanations, notes, targets."""

from __future__ import annotations

from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.statements.clause_patterns import (
    ends_sentence,
    find_used_codes,
    is_clause_joint,
    is_computing_sign,
    is_divisor,
    is_initial,
    is_list_letter,
    is_operator_word,
    match_bracket_remark,
    match_calculation,
    match_equation,
    match_label,
    match_named_value,
    match_step,
    match_target,
    next_marker,
    starts_sentence,
    starts_words,
)
from pipeline.formulas.reading.statements.clauses import Clause, ClauseKind, ClauseStart
from pipeline.formulas.reading.statements.code_keys import is_joint_word, match_code
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken, is_sum


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
                clauses += self._close_clause(start, body, printed_from, at, explained, labelled)
                start, printed_from, body = ClauseStart(ClauseKind.STATEMENT, at), at, []
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
        fresh = fresh and not (at > 1 and is_initial(self.tokens[at - 2 : at], token))
        joined = before is not None and before.kind == "word" and is_clause_joint(before.text)
        if before is not None and before.text == ":" and (introduced := self._match_introduced(at)):
            return introduced
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
                if equation := match_equation(self.tokens, at):
                    return equation
            elif current.kind is ClauseKind.DEFINITION and (
                self._is_used_code(token.text) or token.kind == "open"
            ):
                return match_calculation(self.tokens, at)
        if not (fresh or joined):
            alternative = (
                before is not None and before.text.lower() in reading_vocabulary().table.alternatives
            )
            return match_calculation(self.tokens, at) if alternative else None
        return self._match_plain_start(at, joined, current)

    def _match_plain_start(self, at: int, joined: bool, current: ClauseStart) -> ClauseStart | None:
        """Return a note, a target, an equation, a calculation in codes or a sentence that begins here."""
        token, before = self.tokens[at], self.tokens[at - 1] if at else None
        if token.kind == "note" and at + 1 < len(self.tokens) and (before is None or before.kind == "break"):
            return ClauseStart(ClauseKind.NOTE, at + 1)
        if remark := self._match_remark(at, joined):
            return remark
        table = reading_vocabulary().table
        if current.kind is ClauseKind.DEFINITION and at == current.body:
            equation = match_equation(self.tokens, at) if current.listed else None
            return equation if equation is not None and equation.kind is ClauseKind.EQUATION else None
        starts_line = before is None or before.kind in {"break", "note"} or before.text in {";", "."}
        continues_list = before is not None and before.text == "," and current.kind in _STATED_KINDS
        if before is not None and before.text == "," and (equation := self._match_repeated_name(at)):
            return equation
        concludes = joined and before is not None and before.text.lower() not in table.list_joints
        concludes = concludes and before is not None and before.text.lower() not in table.separators
        if (starts_line or concludes or at == current.body or continues_list) and (
            equation := match_equation(self.tokens, at)
        ):
            return equation
        if (
            before is not None
            and (before.kind == "break" or before.text == "," or ends_sentence(self.tokens, at))
            and not joined
        ):
            behind_rule = at > 1 and self.tokens[at - 2].kind == "rule"
            if not behind_rule and (calculation := match_calculation(self.tokens, at)):
                return calculation
        if before is None:
            return None
        if before.text == ";" and not is_joint_word(token.text):
            return ClauseStart(ClauseKind.STATEMENT, at)
        if joined and before.text.lower() in reading_vocabulary().table.conclusions:
            return ClauseStart(ClauseKind.STATEMENT, at)
        return (
            ClauseStart(ClauseKind.STATEMENT, at, sentence=True) if starts_sentence(self.tokens, at) else None
        )

    def _match_introduced(self, at: int) -> ClauseStart | None:
        """Return the definition with an equals sign that begins behind a colon: `Variabel : X = …`."""
        definition = self._match_definition(at, True, None, signed=True)
        return definition if definition and self.tokens[definition.body - 1].text == "=" else None

    def _match_repeated_name(self, at: int) -> ClauseStart | None:
        """Return the equation behind a comma that says what a name before it is: `… , skor = a + b`."""
        equation = match_equation(self.tokens, at)
        if equation is None or equation.kind is not ClauseKind.EQUATION:
            return None
        name = [token.text.lower() for token in self.tokens[at : equation.body - 1]]
        earlier = [token.text.lower() for token in self.tokens[:at]]
        repeats = any(earlier[start : start + len(name)] == name for start in range(len(earlier)))
        return equation if repeats else None

    def _match_remark(self, at: int, joined: bool) -> ClauseStart | None:
        """Return a target, a named value, a step or a remark behind a comma that begins here."""
        if not joined and (target := match_target(self.tokens, at)):
            return target
        before = self.tokens[at - 1] if at else None
        tail_words = reading_vocabulary().table.tail_words
        if before is not None and before.text == "," and self.tokens[at].text.lower() in tail_words:
            return ClauseStart(ClauseKind.STATEMENT, at, label="explanation")
        return match_named_value(self.tokens, at) or match_step(self.tokens, at)

    def _match_bracket(self, at: int, current: ClauseStart) -> ClauseStart | None:
        """Return what begins behind an opening bracket that holds a legend, a label or a target."""
        if at + 2 >= len(self.tokens) or match_code(self.tokens, at) is not None:
            return None
        begin = (
            self._match_definition(at + 1, True, current, signed=True)
            or match_named_value(self.tokens, at + 1)
            or match_target(self.tokens, at + 1)
            or self._match_label(at + 1, True)
            or match_bracket_remark(self.tokens, at)
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
        if (
            not fresh
            and kind == "formula"
            and token.text[0].isupper()
            and match_calculation(self.tokens, end)
        ):
            return ClauseStart(ClauseKind.STATEMENT, end, label=kind)
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
        elif not signed and not (broken and token.text[0].isupper()):
            explains = kind == "explanation" and self._match_definition(end, True, None) is not None
            if broken or not explains:
                return None
        return ClauseStart(ClauseKind.STATEMENT, end + (signed or (broken and sign is not None)), label=kind)

    def _is_used_code(self, text: str) -> bool:
        """Return whether a code stands somewhere beside a sign that computes: `NB x 60%`."""
        if self.used_codes is None:
            self.used_codes = find_used_codes(self.tokens)
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
            and is_list_letter(span.key)
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
            if sign.text == ":" and is_divisor(self.tokens, end + 1):
                return None
            fits = starts_words(first) or (is_equals and first.kind in {"open", "times", "number"})
            if fits and (
                fresh
                or (
                    first.kind in {"word", "sum"}
                    and (is_equals or len(span.key) > 1 or self._is_used_code(span.key))
                )
            ):
                return ClauseStart(ClauseKind.DEFINITION, end + 1, span.key)
        if fresh and span.listed and not signed and match_calculation(self.tokens, end):  # `(3) (1) : (2)`
            return ClauseStart(ClauseKind.DEFINITION, end, span.key, listed=True)
        counts = sign is not None and is_sum(sign)  # `kolom 3 jumlah desa`
        is_column = counts and (" " in span.key or self._is_used_code(span.key))
        if (
            signed
            or sign is None
            or not (span.listed or listed_letter or is_column)
            or not starts_words(sign)
        ):
            return None
        follows_list = (
            current is not None
            and current.listed
            and span.key == next_marker(current.key)
            and not (at and (is_computing_sign(self.tokens[at - 1]) or self.tokens[at - 1].text == ":"))
        )  # `(1) … (2) …` in one line
        if (
            is_joint_word(sign.text)
            or len(sign.text) < 2 - (sign.kind == "sum")
            or not (fresh or follows_list)
        ):
            return None
        return ClauseStart(ClauseKind.DEFINITION, end, span.key, listed=True)


_STATED_KINDS = frozenset({ClauseKind.VALUE, ClauseKind.DEFINITION})
_NAMED_KINDS = frozenset({ClauseKind.EQUATION, ClauseKind.VALUE})


_STATING_KINDS = frozenset({ClauseKind.STATEMENT, ClauseKind.EQUATION})


def _join_continued(clauses: list[Clause]) -> list[Clause]:
    """Return the clauses, those that go on with a calculation joined to it: `… . Hasilnya dikali 25`."""
    joined: list[Clause] = []
    for clause in clauses:
        goes_on = clause.kind is ClauseKind.STATEMENT and _continues(clause.tokens)
        main = next((before for before in reversed(joined) if before.kind in _STATING_KINDS), None)
        if goes_on and main is not None:
            main.tokens = [*main.tokens, *clause.tokens]
            main.printed = [*main.printed, *clause.printed]
        else:
            joined.append(clause)
    return joined


def _continues(tokens: list[FormulaToken]) -> bool:
    """Return whether a clause begins with an operator, or with words that lead to one."""
    if tokens[0].kind == "over" or (tokens[0].kind == "times" and tokens[1:2] and tokens[1].kind == "number"):
        return True
    for token in tokens:
        if token.kind != "word":
            return False
        if is_operator_word(token):
            return True
        if word_skeleton(token.text) not in reading_vocabulary().fillers_before:
            return False
    return False


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
            and (is_clause_joint(token.text) or token.text.lower() in reading_vocabulary().table.alternatives)
        )
    )
