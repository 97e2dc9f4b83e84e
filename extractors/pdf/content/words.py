"""Glyphs to words: in the order of painting, then by position where a word was painted in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.model.passage import Box
from extractors.pdf.content.glyph_text import UNKNOWN_GLYPH
from extractors.pdf.content.page_content import Glyph

WORD_GAP = 0.15
"""Of the letters' size: white space this wide parts words, even without a space in the layer.

Inside words of the corpus the widest gap is 0.03, between words without a space the narrowest 0.17.
"""
MOST_KERNING = -0.5
"""A step back further than this, in the letters' size, begins a new word (kerning stays within 0.2)."""
BASELINE_SHIFT = 0.35
"""A baseline that moves further, in the letters' size, is another line; less is a raised letter."""
PIECE_GAP = 0.1
"""Pieces of one word, painted apart, lie closer than this."""
SAME_PRINT = 0.7
"""Two prints of a word whose boxes share this much of their area are one print, made bold or shaded."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """One word: its glyphs along the line of writing. An end is closed where white space was painted."""

    glyphs: tuple[Glyph, ...]
    open_start: bool = False
    open_end: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        """``x0, top, x1, bottom`` in points."""
        return (
            min(glyph.x0 for glyph in self.glyphs),
            min(glyph.top for glyph in self.glyphs),
            max(glyph.x1 for glyph in self.glyphs),
            max(glyph.bottom for glyph in self.glyphs),
        )

    @property
    def size(self) -> float:
        """Of its largest letter, in points."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def turn(self) -> int:
        """Of its line of writing, in degrees; -1 for a slant."""
        return self.glyphs[0].turn

    @property
    def start(self) -> float:
        """Where it begins along the line of writing."""
        return self.glyphs[0].start

    @property
    def end(self) -> float:
        """Where it ends along the line of writing."""
        return self.glyphs[-1].end

    @property
    def base(self) -> float:
        """Its baseline, across the line of writing."""
        return self.glyphs[0].base

    @property
    def is_bold(self) -> bool:
        """Is most of it bold?"""
        return 2 * sum(glyph.bold for glyph in self.glyphs) > len(self.glyphs)

    @property
    def named_share(self) -> float:
        """The share of its letters that its font names, 0 to 1."""
        return 1 - sum(UNKNOWN_GLYPH in glyph.text for glyph in self.glyphs) / len(self.glyphs)


def build_words(glyphs: Iterable[Glyph]) -> list[TextRun]:
    """The words of a page, printed or not; one that is printed twice in place is given once."""
    return list(_drop_overprints(_join_pieces(_painted_runs(glyphs))))


def _painted_runs(glyphs: Iterable[Glyph]) -> Iterator[TextRun]:
    """Words as they were painted: white space, a gap or a jump ends one."""
    run: list[Glyph] = []
    after_blank = False
    open_start = False
    for glyph in glyphs:
        if not glyph.text:
            if run:
                yield TextRun(tuple(run), open_start, open_end=False)
                run = []
            after_blank = True
            continue
        if run and _is_overprint(run[-1], glyph):
            run[-1] = run[-1]._replace(bold=True)
            continue
        if run and not _continues_word(run[-1], glyph):
            yield TextRun(tuple(run), open_start, open_end=True)
            run = []
        if not run:
            open_start = not after_blank
        after_blank = False
        run.append(glyph)
    if run:
        yield TextRun(tuple(run), open_start, open_end=True)


def _continues_word(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    return (
        glyph.turn == last.turn
        and _same_colour(last, glyph)
        and abs(glyph.base - last.base) <= BASELINE_SHIFT * size
        and MOST_KERNING * size <= glyph.start - last.end <= WORD_GAP * min(last.size, glyph.size)
    )


def _same_colour(last: Glyph, glyph: Glyph) -> bool:
    """Of one colour, nearly: white letters after black ones are not printed with them."""
    return abs((last.light or 0.0) - (glyph.light or 0.0)) <= 0.5


def _is_overprint(last: Glyph, glyph: Glyph) -> bool:
    """The same letter painted anew, a little aside: a bold of sorts."""
    return (
        glyph.text == last.text
        and abs(glyph.start - last.start) <= 0.15 * last.size
        and abs(glyph.base - last.base) <= 0.15 * last.size
    )


def _join_pieces(runs: Iterable[TextRun]) -> list[TextRun]:
    """Joins pieces that stand close on one line and were parted by no white space."""
    words = list(runs)
    starts = {
        (word.turn, round(word.base), round(word.start)): i for i, word in enumerate(words) if word.open_start
    }
    used: set[int] = set()
    joined: list[TextRun] = []
    for i in sorted(range(len(words)), key=lambda i: words[i].start):  # the first piece before the next
        if i in used:
            continue
        word = words[i]
        used.add(i)
        while word.open_end and (j := _find_next_piece(word, words, starts, used)) is not None:
            used.add(j)
            word = TextRun(word.glyphs + words[j].glyphs, word.open_start, words[j].open_end)
        joined.append(word)
    return joined


def _find_next_piece(
    word: TextRun, words: list[TextRun], starts: dict[tuple[int, int, int], int], used: set[int]
) -> int | None:
    """Where the piece that follows a word stands, if one does."""
    base, end = round(word.base), round(word.end)
    for across in (base, base - 1, base + 1):
        for along in (end, end + 1, end - 1):
            j = starts.get((word.turn, across, along))
            if j is None or j in used or not _same_colour(word.glyphs[-1], words[j].glyphs[0]):
                continue
            gap = words[j].start - word.end
            if -2 * PIECE_GAP * word.size <= gap <= PIECE_GAP * word.size:
                return j
    return None


def _drop_overprints(words: list[TextRun]) -> Iterator[TextRun]:
    """Leaves out a word that lies on the same word; what was printed twice is bold."""
    sides: dict[str, tuple[float, float]] = {}
    boxes = [word.box for word in words]
    for word, (x0, top, x1, bottom) in zip(words, boxes, strict=True):
        width, height = sides.get(word.text, (1.0, 1.0))
        sides[word.text] = max(width, x1 - x0), max(height, bottom - top)
    indexes_by_place: dict[
        tuple[str, int, int], list[int]
    ] = {}  # on a grid as wide as the widest word of that text
    unique_words: list[TextRun] = []
    for word, box in zip(words, boxes, strict=True):
        width, height = sides[word.text]
        x, y = int((box[0] + box[2]) / 2 // width), int((box[1] + box[3]) / 2 // height)
        nearby = [
            i
            for dx in (0, -1, 1)
            for dy in (0, -1, 1)
            for i in indexes_by_place.get((word.text, x + dx, y + dy), ())
        ]
        twin = next(
            (i for i in sorted(nearby) if _overlap_share(unique_words[i].box, box) >= SAME_PRINT), None
        )
        if twin is None:
            indexes_by_place.setdefault((word.text, x, y), []).append(len(unique_words))
            unique_words.append(word)
        else:
            bold_glyphs = tuple(glyph._replace(bold=True) for glyph in unique_words[twin].glyphs)
            unique_words[twin] = TextRun(
                bold_glyphs, unique_words[twin].open_start, unique_words[twin].open_end
            )
    return iter(unique_words)


def _overlap_share(a: Box, b: Box) -> float:
    """Of the smaller box the share that both cover."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0
