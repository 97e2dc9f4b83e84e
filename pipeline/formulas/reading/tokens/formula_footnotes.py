"""Marks of footnotes behind words: `*)`, `1)`, a raised figure; they are no operators and no codes."""

from __future__ import annotations

from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken


def drop_footnote_marks(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], frozenset[str]]:
    """Return the tokens without footnote marks behind words, and the figures that were marks.

    The mark with which a note itself begins, at a line's start, stays.
    """
    if not any(token.kind in {"note", "close"} or token.text == "*" for token in tokens):
        return tokens, frozenset()
    kept: list[FormulaToken] = []
    figures: set[str] = set()
    depth = 0
    for at, token in enumerate(tokens):
        before = kept[-1] if kept else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        depth += token.kind == "open"
        if before is not None and before.text == "*" and _is_starred_figure(kept, token, after):
            kept.pop()
            continue
        if token.text == "*" and _is_star(before, token, after):
            if before is None:
                continue
            token = token._replace(kind="note")
        if token.kind == "note" and before is not None and before.kind != "break":
            continue
        if token.kind == "close" and depth:
            depth -= 1
        elif token.kind == "close" and len(kept) > 1 and _is_mark(kept[-2], kept[-1]):
            figures.add(kept.pop().text)
            continue
        elif token.kind == "note" and after is not None and after.kind == "break":
            continue
        kept.append(token)
    return kept, frozenset(figures)


def _is_mark(before: FormulaToken, figure: FormulaToken) -> bool:
    """Return whether a figure before a closing bracket that was never opened marks a footnote."""
    is_figure = len(figure.text) == 1 and (figure.kind == "word" or figure.text.isdigit())
    return is_figure and (before.kind == "word" or before.text.endswith("%"))


def _is_starred_figure(kept: list[FormulaToken], figure: FormulaToken, after: FormulaToken | None) -> bool:
    """Return whether a figure at a star behind a word is its footnote's: `desa *1 / …`."""
    star = kept[-1]
    apart = len(kept) > 1 and kept[-2].kind == "word" and kept[-2].end < star.start
    ends = after is None or after.kind in {"times", "over", "break"} or after.text in "/:"
    return apart and ends and figure.start == star.end and figure.text.isdigit() and len(figure.text) == 1


def _is_star(before: FormulaToken | None, star: FormulaToken, after: FormulaToken | None) -> bool:
    """Return whether a star is a mark: at a word with a sign behind it, or at the beginning of a note."""
    if after is None or before is None or before.kind == "break":
        return True
    touches_word = before.kind == "word" and before.end == star.start
    return touches_word and (after.kind in {"times", "over", "close"} or after.text in "/:,;.")
