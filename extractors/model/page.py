"""The page model: what every reader gives and the only thing the parser sees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extractors.model.passage import EMPTY_PASSAGE, Passage


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one paragraph or list item where the reader knows them."""

    text: Passage
    bullet: bool = False
    """A list mark stood before it (``-``, ``•``, a list item of the markup) and was taken off."""
    heading: bool = False
    """Marked as a heading, or wholly bold."""
    gap: bool = False
    """White space above sets it apart from the line before."""
    own_paragraph: bool = False
    """In a cell: the break before it is the writer's (a paragraph, a line break), not the printer's."""
    parts: tuple[Passage, ...] = ()
    """Of a row of a small table within a cell: its cells, the text being all of them side by side."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines. ``covered`` cells belong to the merged cell above them."""

    lines: tuple[Line, ...] = ()
    covered: bool = False

    def __bool__(self) -> bool:
        return any(line.text for line in self.lines)

    @property
    def text(self) -> Passage:
        """The whole cell as one folded text."""
        return Passage.join(" ", (line.text for line in self.lines)).fold_whitespace()


COVERED_CELL = Cell(covered=True)
EMPTY_CELL = Cell()

TableRow = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; every row has as many cells as the widest."""

    rows: tuple[TableRow, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)


Block = Line | Table


class AsideReason(StrEnum):
    """Why a text of the file is not printed in its place; the code of the note that quotes it."""

    DELETED = "deleted-text"
    HIDDEN = "hidden-text"
    COMMENT = "comment-text"
    FOOTNOTE = "footnote-text"
    FIELD_CODE = "field-code"
    OLD_EQUATION = "equation-unread"
    PICTURE = "picture-unread"
    EXTERNAL = "external-content"
    HIDDEN_CELLS = "hidden-cells"
    MISSING_VALUE = "value-missing"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something of the file that is no part of the printed text; a note tells and quotes it."""

    reason: AsideReason
    text: Passage = EMPTY_PASSAGE
    detail: str = ""
    """Who, where or what: the author of a change, the name of a sheet, the kind of an object."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page in reading order. Texts have a single page without a number."""

    blocks: tuple[Block, ...]
    number: int | None = None
    size: tuple[float, float] | None = None
    """Width and height in points, as a viewer shows the page."""
    excluded_text: Passage = EMPTY_PASSAGE
    """Words printed on it that are no part of its text; a note quotes them."""
    furniture: tuple[Passage, ...] = ()
    """Headers and footers, where the reader knows them."""
    asides: tuple[Aside, ...] = ()
    """What the file holds beside its printed text."""
