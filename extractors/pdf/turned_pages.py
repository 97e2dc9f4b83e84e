"""Digital pages whose writing stands sideways or on its head: read from their text layer, turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.model.passage import Box
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling, turn_box_upright
from extractors.pdf.content.words import TextRun

MOST_SIDEWAYS = 0.6
"""Share of the words from which it is the page that is turned."""
LEAST_SIDEWAYS = 12
"""Words. Fewer are the title of a column, set upright in a table that fills the page."""

_Page = TypeVar("_Page", bound=PrintedPage)


def find_page_turn(words: Sequence[TextRun]) -> int:
    """Return the turn of a page's writing, anticlockwise in degrees; 0 where a viewer shows it upright."""
    if len(words) < LEAST_SIDEWAYS:
        return 0
    turn, count = Counter(word.turn for word in words).most_common(1)[0]
    return turn if turn > 0 and count > MOST_SIDEWAYS * len(words) else 0


def turn_page_upright(page: _Page, turn: int) -> _Page:
    """Return a page with its words, rules and fills placed for the layout as if it were printed upright.

    The words' references keep their places on the page as a viewer shows it.
    """
    if not turn:
        return page

    def turn_box(box: Box) -> Box:
        return turn_box_upright(box, turn, page.width, page.height)

    def turn_words(words: Sequence[PrintedWord]) -> tuple[PrintedWord, ...]:
        return tuple(
            replace(word, box=turn_box(word.box), turn=(word.turn - turn) % 360 if word.turn >= 0 else -1)
            for word in words
        )

    is_sideways = turn in (90, 270)
    return replace(
        page,
        width=page.height if is_sideways else page.width,
        height=page.width if is_sideways else page.height,
        words=turn_words(page.words),
        excluded_words=turn_words(page.excluded_words),
        rulings=tuple(Ruling(*turn_box((r.x0, r.top, r.x1, r.bottom))) for r in page.rulings),
        fills=tuple(turn_box(fill) for fill in page.fills),
    )
