"""Glyphs to words: in the order of painting, then by position where a word was painted in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from pdfplumber.utils.geometry import objects_to_bbox
from pdfplumber.utils.text import WordExtractor

from extractors.model.passage import Box
from extractors.pdf.content.glyph_text import UNKNOWN_GLYPH
from extractors.pdf.content.painted_page import Char

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
    """One word: its letters along the line of writing. An end is closed where white space was painted."""

    chars: tuple[Char, ...]
    open_start: bool = False
    open_end: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(char["text"] for char in self.chars)

    @property
    def box(self) -> Box:
        """``x0, top, x1, bottom`` in points."""
        return objects_to_bbox(cast("list[dict[str, Any]]", self.chars))

    @property
    def size(self) -> float:
        """Size of its largest letter, in points."""
        return max(char["size"] for char in self.chars)

    @property
    def turn(self) -> int:
        """Turn of its line of writing, in degrees; -1 for a slant."""
        return self.chars[0]["turn"]

    @property
    def start(self) -> float:
        """Where it begins along the line of writing."""
        return self.chars[0]["start"]

    @property
    def end(self) -> float:
        """Where it ends along the line of writing."""
        return self.chars[-1]["end"]

    @property
    def base(self) -> float:
        """Its baseline, across the line of writing."""
        return self.chars[0]["base"]

    @property
    def is_bold(self) -> bool:
        """Is most of it bold?"""
        return 2 * sum(char["bold"] for char in self.chars) > len(self.chars)

    @property
    def named_share(self) -> float:
        """The share of its letters that its font names, 0 to 1."""
        return 1 - sum(UNKNOWN_GLYPH in char["text"] for char in self.chars) / len(self.chars)


class PaintedWordExtractor(WordExtractor):
    """pdfplumber's words in the order of painting, by gaps that follow the letters' own size."""

    def char_begins_new_word(
        self,
        prev_char: dict[str, Any],
        curr_char: dict[str, Any],
        direction: object = "ltr",
        x_tolerance: float = 0,
        y_tolerance: float = 0,
    ) -> bool:
        """Does white space, another line, another turn or another colour part two letters?"""
        size = max(prev_char["size"], curr_char["size"])
        gap = curr_char["start"] - prev_char["end"]
        is_same_line = (
            curr_char["turn"] == prev_char["turn"]
            and _same_colour(prev_char, curr_char)
            and abs(curr_char["base"] - prev_char["base"]) <= BASELINE_SHIFT * size
        )
        widest = WORD_GAP * min(prev_char["size"], curr_char["size"])
        return not (is_same_line and MOST_KERNING * size <= gap <= widest)


def build_words(chars: Iterable[Char]) -> list[TextRun]:
    """Return the words of a page, printed or not; one that is printed twice in place is given once."""
    return list(_drop_overprints(_join_pieces(_painted_runs(chars))))


def _painted_runs(chars: Iterable[Char]) -> Iterator[TextRun]:
    """Yield words as they were painted: white space, a gap or a jump ends one."""
    painted_chars = _merge_double_strokes(chars)
    extractor = PaintedWordExtractor(expand_ligatures=False)
    position = 0
    for run in extractor.iter_chars_to_words(cast("list[dict[str, Any]]", painted_chars), "ltr"):
        end_before = position
        while painted_chars[position]["text"] == " ":
            position += 1
        is_open_start = position == end_before
        position += len(run)
        is_open_end = position == len(painted_chars) or painted_chars[position]["text"] != " "
        yield TextRun(tuple(cast("list[Char]", run)), is_open_start, is_open_end)


def _merge_double_strokes(chars: Iterable[Char]) -> list[Char]:
    """Return the letters; one that is painted again a little aside, for bold, is given once."""
    merged: list[Char] = []
    for char in chars:
        if char["text"] != " " and merged and _is_overprint(merged[-1], char):
            merged[-1] = {**merged[-1], "bold": True}
        else:
            merged.append(char)
    return merged


def _same_colour(last: Mapping[str, Any], char: Mapping[str, Any]) -> bool:
    """Of one colour, nearly: white letters after black ones are not printed with them."""
    return bool(abs((last["light"] or 0.0) - (char["light"] or 0.0)) <= 0.5)


def _is_overprint(last: Char, char: Char) -> bool:
    """Is it the same letter in nearly the same place?"""
    return (
        char["text"] == last["text"]
        and abs(char["start"] - last["start"]) <= 0.15 * last["size"]
        and abs(char["base"] - last["base"]) <= 0.15 * last["size"]
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
            word = TextRun(word.chars + words[j].chars, word.open_start, words[j].open_end)
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
            if j is None or j in used or not _same_colour(word.chars[-1], words[j].chars[0]):
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
            bold_chars: list[Char] = [{**char, "bold": True} for char in unique_words[twin].chars]
            unique_words[twin] = replace(unique_words[twin], chars=tuple(bold_chars))
    return iter(unique_words)


def _overlap_share(a: Box, b: Box) -> float:
    """Of the smaller box the share that both cover."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0
