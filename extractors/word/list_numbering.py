"""Automatic numbers of lists, rendered as Word prints them: ``numbering.xml`` and a counter for each list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.word.xml_names import VAL, W, child_value, is_on, to_number

if TYPE_CHECKING:
    from extractors.office_package import Element

_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip
_MAX_LEVELS = 9
_MAX_LETTERS = 20
"""Times that a letter is repeated (``aaa`` is 55)."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    restart_after: int | None = None
    """Level (from 1) whose items restart this one; 0 never; none given: every higher level."""
    legal: bool = False
    """All numbers in it are printed in digits."""


@dataclass(slots=True)
class ListNumbering:
    """The lists of a document and how far each has been counted."""

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    """Levels by abstract list."""
    abstract_ids: dict[str, str] = field(default_factory=dict)
    """The abstract list of each list."""
    overrides: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Levels that begin again at a number when the list is used first."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _used_lists: set[str] = field(default_factory=set)

    @classmethod
    def from_xml(cls, root: Element | None) -> ListNumbering:
        """Return the lists of ``numbering.xml``; none where the part is missing."""
        lists = cls()
        if root is None:
            return lists
        style_links: dict[str, str] = {}
        for node in root.iter(f"{W}abstractNum"):
            abstract_id = node.get(f"{W}abstractNumId", "")
            lists.levels[abstract_id] = _read_levels(node)
            if style := child_value(node, "styleLink"):
                style_links[style] = abstract_id
        for node in root.iter(f"{W}abstractNum"):
            if (linked := child_value(node, "numStyleLink")) in style_links:
                lists.levels[node.get(f"{W}abstractNumId", "")] = lists.levels[style_links[linked or ""]]
        for node in root.iter(f"{W}num"):
            list_id = node.get(f"{W}numId", "")
            lists.abstract_ids[list_id] = child_value(node, "abstractNumId") or ""
            for override in node.iter(f"{W}lvlOverride"):
                level = to_number(override.get(f"{W}ilvl"))
                lists.overrides.setdefault(list_id, {}).update(_read_levels(override))
                if (start := child_value(override, "startOverride")) is not None:
                    lists.restarts.setdefault(list_id, {})[level] = to_number(start, 1)
        return lists

    def _level(self, list_id: str, level: int) -> ListLevel | None:
        override = self.overrides.get(list_id, {}).get(level)
        return override or self.levels.get(self.abstract_ids.get(list_id, ""), {}).get(level)

    def next_label(self, list_id: str, level: int) -> str | None:
        """Return the label of the list's next item; nothing where the list is unknown.

        A label is ``-`` or another sign, or made of numbers (``1.``, ``a)``, ``2.1``).
        """
        list_level = self._level(list_id, level)
        if list_level is None or not 0 <= level < _MAX_LEVELS:
            return None
        counts = self._advance(list_id, level, list_level)
        if list_level.number_format == "none":
            return _PLACEHOLDER.sub("", list_level.text)

        def number_text(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            inner = self._level(list_id, index) or ListLevel()
            count = counts[index] if counts[index] is not None else inner.start
            number_format = "decimal" if list_level.legal else inner.number_format
            return format_number(count or 0, number_format)

        return _PLACEHOLDER.sub(number_text, list_level.text)

    def _advance(self, list_id: str, level: int, list_level: ListLevel) -> list[int | None]:
        counts = self._counts.setdefault(self.abstract_ids.get(list_id, list_id), [None] * _MAX_LEVELS)
        if list_id not in self._used_lists:
            self._used_lists.add(list_id)
            for restarted_level, start in self.restarts.get(list_id, {}).items():
                if 0 <= restarted_level < _MAX_LEVELS:
                    counts[restarted_level] = start - 1
        count = counts[level]
        counts[level] = list_level.start if count is None else count + 1
        for lower in range(level + 1, _MAX_LEVELS):
            lower_level = self._level(list_id, lower)
            restart_after = lower_level.restart_after if lower_level else None
            if restart_after is None or level < restart_after:
                counts[lower] = None
        return counts

    def is_bullet(self, list_id: str, level: int) -> bool:
        """Return whether the items of a list are marked with a sign instead of a number."""
        list_level = self._level(list_id, level)
        return list_level is not None and list_level.number_format == "bullet"


def _read_levels(node: Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for level_node in node.iter(f"{W}lvl"):
        restart = child_value(level_node, "lvlRestart")
        text_node = level_node.find(f"{W}lvlText")
        levels[to_number(level_node.get(f"{W}ilvl"))] = ListLevel(
            child_value(level_node, "numFmt") or "decimal",
            text_node.get(VAL, "") if text_node is not None else "",
            to_number(child_value(level_node, "start"), 0),
            None if restart is None else to_number(restart),
            bool(is_on(level_node, "isLgl")),
        )
    return levels


def format_number(number: int, number_format: str) -> str:
    """Return a number as a list prints it; formats of other languages in digits.

    >>> format_number(4, "lowerRoman"), format_number(28, "lowerLetter"), format_number(7, "decimalZero")
    ('iv', 'bb', '07')
    """
    if number_format in ("lowerLetter", "upperLetter"):
        repeats, index = divmod(max(number, 1) - 1, 26)
        letters = chr(ord("a") + index) * min(repeats + 1, _MAX_LETTERS)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format in ("lowerRoman", "upperRoman"):
        roman, rest = "", min(max(number, 0), 3999)
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman.upper() if number_format == "upperRoman" else roman
    if number_format == "decimalZero":
        return f"{number:02}"
    if number_format == "decimalEnclosedParen":
        return f"({number})"
    return str(number)
