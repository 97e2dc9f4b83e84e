"""Lines of a cell; a bar with text above and below it is a fraction and is written ``/``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout import lines
from extractors.layout.regions import Region
from extractors.passage import Box, Passage
from extractors.printed import PrintedWord, Rule

_NEEDS_BRACKETS = re.compile(r"(?<=\s)[+−–—x×X*/:÷-](?=\s)")


def read(words: Sequence[PrintedWord], region: Region, bounds: Box) -> list[Passage]:
    """The printed lines of a cell, each fraction on one line."""
    bars = [bar for bar in region.bars if _inside(bar, bounds)]
    return _read(list(words), sorted(bars, key=lambda bar: -bar.length))


def _read(words: list[PrintedWord], bars: list[Rule]) -> list[Passage]:
    for i, bar in enumerate(bars):
        above, below = _sides(words, bar)
        if not above or not below:
            continue
        side = {id(word) for word in (*above, *below)}
        rest = [word for word in words if id(word) not in side]
        before, behind, over, under = _around(rest, bar)
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
    numerator = _side(_read(above, bars))
    denominator = _side(_read(below, bars))
    inner = Passage.glue([numerator, lines.text(" / "), denominator])
    if (before or behind) and not _bracketed(before, behind):
        inner = Passage.glue([lines.text("("), inner, lines.text(")")])
    head = [lines.passage(row) for row in lines.rows(before)]
    tail = [lines.passage(row) for row in lines.rows(behind)]
    return Passage.join(" ", [*head, inner, *tail])


def _side(read: Sequence[Passage]) -> Passage:
    side = Passage.join(" ", read)
    if _NEEDS_BRACKETS.search(side.text) and not _is_bracketed(side.text):
        return Passage.glue([lines.text("("), side, lines.text(")")])
    return side


def _is_bracketed(text: str) -> bool:
    """Is the whole text one bracket?"""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for i, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return i == len(text) - 1
    return False


def _bracketed(before: Sequence[PrintedWord], behind: Sequence[PrintedWord]) -> bool:
    """Do printed brackets stand round the fraction?"""
    opened = any(word.word.text.rstrip()[-1:] in "([" for word in before)
    return opened and any(word.word.text.lstrip()[:1] in ")]" for word in behind)


def _sides(words: Sequence[PrintedWord], bar: Rule) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """The words over and under a bar, as far as they follow one another without a gap."""
    y = (bar.top + bar.bottom) / 2
    within = [w for w in words if bar.x0 - 3 <= (w.box[0] + w.box[2]) / 2 <= bar.x1 + 3]
    above = _run([w for w in within if (w.box[1] + w.box[3]) / 2 < y], y, upwards=True)
    below = _run([w for w in within if (w.box[1] + w.box[3]) / 2 > y], y, upwards=False)
    return above, below


def _run(words: Sequence[PrintedWord], y: float, upwards: bool) -> list[PrintedWord]:
    out: list[PrintedWord] = []
    rows = lines.rows(words)
    height = lines.height(words)
    for row in reversed(rows) if upwards else rows:
        top, bottom = min(w.box[1] for w in row), max(w.box[3] for w in row)
        distance = y - bottom if upwards else top - y
        if distance > 0.8 * height:
            break
        out += row
        y = top if upwards else bottom
    return out


def _around(
    rest: Sequence[PrintedWord], bar: Rule
) -> tuple[list[PrintedWord], list[PrintedWord], list[PrintedWord], list[PrintedWord]]:
    """The other words: before and behind the bar on its level, over and under the fraction."""
    y = (bar.top + bar.bottom) / 2
    before: list[PrintedWord] = []
    behind: list[PrintedWord] = []
    over: list[PrintedWord] = []
    under: list[PrintedWord] = []
    for word in rest:
        height = word.box[3] - word.box[1]
        level = abs((word.box[1] + word.box[3]) / 2 - y) < 0.9 * height
        if level and word.box[0] >= bar.x1 - 3:
            behind.append(word)
        elif level and word.box[2] <= bar.x0 + 3:
            before.append(word)
        elif (word.box[1] + word.box[3]) / 2 < y:
            over.append(word)
        else:
            under.append(word)
    return before, behind, over, under


def _inside(bar: Rule, bounds: Box) -> bool:
    x, y = (bar.x0 + bar.x1) / 2, (bar.top + bar.bottom) / 2
    return bounds[0] < x < bounds[2] and bounds[1] + 1 < y < bounds[3] - 1
