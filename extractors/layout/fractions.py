"""Lines of a cell; a bar with text above and below it is a fraction and is written ``/``."""

from __future__ import annotations

from collections.abc import Sequence

from extractors import fraction
from extractors.layout import lines
from extractors.passage import Box, Passage
from extractors.printed import PrintedWord, Rule

TALL = 1.7
"""Heights of letters: a taller sign is a bracket round a fraction."""


def read(words: Sequence[PrintedWord], bars: Sequence[Rule], bounds: Box) -> list[Passage]:
    """The printed lines of a cell, each fraction on one line."""
    inside = [bar for bar in bars if _inside(bar, bounds)]
    return _read(list(words), sorted(inside, key=lambda bar: -bar.length))


def _read(words: list[PrintedWord], bars: list[Rule]) -> list[Passage]:
    for i, bar in enumerate(bars):
        above, below = _sides(words, bar)
        if not above or not below or _underlines(bar, above):
            continue
        side = {id(word) for word in (*above, *below)}
        rest = [word for word in words if id(word) not in side]
        before, behind, over, under = _around(rest, bar, [*above, *below])
        others = bars[i + 1 :]
        fraction = _fraction(above, below, bar, before, behind, others)
        return [*_read(over, others), fraction, *_read(under, others)]
    return [lines.passage(row) for row in lines.rows(words)]


def _fraction(
    above: list[PrintedWord],
    below: list[PrintedWord],
    bar: Rule,
    before: list[PrintedWord],
    behind: list[PrintedWord],
    bars: list[Rule],
) -> Passage:
    """``before (numerator / denominator) behind``, brackets where they are needed."""
    inner = fraction.over(_read(above, bars), _read(below, bars))
    if (before or behind) and not _bracketed(before, behind):
        inner = fraction.bracketed(inner)
    head = [lines.passage(row) for row in lines.rows(before)]
    tail = [lines.passage(row) for row in lines.rows(behind)]
    return Passage.join(" ", [*head, inner, *tail])


def _bracketed(before: Sequence[PrintedWord], behind: Sequence[PrintedWord]) -> bool:
    """Do printed brackets stand round the fraction?"""
    opened = any(word.text.rstrip()[-1:] in "([" for word in before)
    return opened and any(word.text.lstrip()[:1] in ")]" for word in behind)


def _sides(words: Sequence[PrintedWord], bar: Rule) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """The words over and under a bar, as far as they belong to its fraction."""
    y = (bar.top + bar.bottom) / 2
    usual = lines.height(words)
    rows = lines.rows([w for w in words if w.box[3] - w.box[1] < TALL * usual])  # no bracket round it
    over = [row for row in rows if _middle(row) < y]
    under = [row for row in rows if _middle(row) > y]
    return _side_rows(over[::-1], bar, y, upwards=True), _side_rows(under, bar, y, upwards=False)


def _side_rows(rows: Sequence[list[PrintedWord]], bar: Rule, y: float, upwards: bool) -> list[PrintedWord]:
    """The words of the lines next to a bar: none beyond its ends, no gap, all set as the first one is."""
    out: list[PrintedWord] = []
    centred: bool | None = None
    for row in rows:
        inside = [w for w in row if _on(bar, w)]
        beyond = [w for w in row if w not in inside]
        if not inside:
            continue  # what stands beside the fraction
        if beyond and _touch(inside, beyond):
            break
        top, bottom = min(w.box[1] for w in inside), max(w.box[3] for w in inside)
        height = lines.height(inside)
        distance = y - bottom if upwards else top - y
        if distance > (0.9 if not out else 0.5) * height:
            break
        off = abs((inside[0].box[0] + inside[-1].box[2]) / 2 - (bar.x0 + bar.x1) / 2)
        if centred is None:
            centred = off < 4 and inside[0].box[0] - bar.x0 > 4
        elif centred and off > 6:
            break
        out += inside
        y = top if upwards else bottom
    return out


def _on(bar: Rule, word: PrintedWord) -> bool:
    """Does a word stand over or under a bar, and not begin where the bar ends, as ``x 100%`` does?"""
    return bar.x0 - 4 <= (word.box[0] + word.box[2]) / 2 <= bar.x1 + 4 and word.box[0] < bar.x1 - 2


def _touch(inside: Sequence[PrintedWord], beyond: Sequence[PrintedWord]) -> bool:
    """Does a line go on beyond the bar's end, a word's space away?"""
    start, end, space = inside[0].box[0], inside[-1].box[2], 0.6 * lines.height(inside)
    return any(-1 < w.box[0] - end < space or -1 < start - w.box[2] < space for w in beyond)


def _middle(row: Sequence[PrintedWord]) -> float:
    return sum(w.box[1] + w.box[3] for w in row) / (2 * len(row))


def _underlines(bar: Rule, above: Sequence[PrintedWord]) -> bool:
    """Does a bar touch the words above it, as wide as they are? A fraction's bar keeps its distance."""
    last = lines.rows(above)[-1]
    touches = max(w.box[3] for w in last) >= bar.top - 0.2
    as_wide = abs(last[0].box[0] - bar.x0) < 2.5 and abs(last[-1].box[2] - bar.x1) < 2.5
    return touches and as_wide


def _around(
    rest: Sequence[PrintedWord], bar: Rule, fraction: Sequence[PrintedWord]
) -> tuple[list[PrintedWord], list[PrintedWord], list[PrintedWord], list[PrintedWord]]:
    """The other words: before and behind the fraction on its level, over and under it."""
    top, bottom = min(w.box[1] for w in fraction), max(w.box[3] for w in fraction)
    before: list[PrintedWord] = []
    behind: list[PrintedWord] = []
    over: list[PrintedWord] = []
    under: list[PrintedWord] = []
    for word in rest:
        y = (word.box[1] + word.box[3]) / 2
        level = top < y < bottom
        if level and word.box[0] >= bar.x1 - 4:
            behind.append(word)
        elif level and word.box[2] <= bar.x0 + 4:
            before.append(word)
        elif y < (bar.top + bar.bottom) / 2:
            over.append(word)
        else:
            under.append(word)
    return before, behind, over, under


def _inside(bar: Rule, bounds: Box) -> bool:
    x, y = (bar.x0 + bar.x1) / 2, (bar.top + bar.bottom) / 2
    return bounds[0] < x < bounds[2] and bounds[1] + 1 < y < bounds[3] - 1
