"""Styles: what a paragraph or a run inherits (numbering, bold, hidden) through chains of styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.word.xml_names import W, child_value, is_on, to_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.office_package import Element

_MAX_BASES = 20
"""Styles that one is based on; longer chains are circles."""
_BODY_LEVEL = 9
"""Outline level of text that is no heading."""


@dataclass(frozen=True, slots=True)
class _Style:
    base: str | None
    paragraph_properties: Element | None
    run_properties: Element | None


@dataclass(slots=True)
class StyleSheet:
    """The styles of a document."""

    styles: dict[str, _Style] = field(default_factory=dict)
    default_paragraph_style: str | None = None
    default_run_properties: Element | None = None

    @classmethod
    def from_xml(cls, root: Element | None) -> StyleSheet:
        """Return the styles of ``styles.xml``; none where the part is missing."""
        sheet = cls()
        if root is None:
            return sheet
        sheet.default_run_properties = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for node in root.iter(f"{W}style"):
            name = node.get(f"{W}styleId", "")
            sheet.styles[name] = _Style(
                child_value(node, "basedOn"), node.find(f"{W}pPr"), node.find(f"{W}rPr")
            )
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true"):
                sheet.default_paragraph_style = name
        return sheet

    def _chain(self, name: str | None) -> Iterator[_Style]:
        """Yield a style and those that it is based on."""
        for _ in range(_MAX_BASES):
            style = self.styles.get(name or "")
            if style is None:
                return
            yield style
            name = style.base

    def paragraph_style(self, properties: Element | None) -> str | None:
        """Return the style of a paragraph with these properties."""
        return child_value(properties, "pStyle") or self.default_paragraph_style

    def find_list(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list of a paragraph and its level; its own, or that of its style."""
        nodes = [properties] + [s.paragraph_properties for s in self._chain(self.paragraph_style(properties))]
        level: int | None = None
        for node in nodes:
            numbering = node.find(f"{W}numPr") if node is not None else None
            if numbering is None:
                continue
            if level is None and (level_text := child_value(numbering, "ilvl")) is not None:
                level = to_number(level_text)
            if (list_id := child_value(numbering, "numId")) is not None:
                return None if list_id == "0" else (list_id, level or 0)
        return None

    def is_heading(self, properties: Element | None) -> bool:
        """Return whether a paragraph has an outline level: a heading of the document."""
        nodes = [properties] + [s.paragraph_properties for s in self._chain(self.paragraph_style(properties))]
        for node in nodes:
            if (level := child_value(node, "outlineLvl")) is not None:
                return to_number(level, _BODY_LEVEL) < _BODY_LEVEL
        return False

    def run_switch(self, name: str, run_properties: Element | None, paragraph: Element | None) -> bool:
        """Return whether a run is bold (``b``) or hidden (``vanish``), by itself or by its styles."""
        own = is_on(run_properties, name)
        if own is not None:
            return own
        chains = (child_value(run_properties, "rStyle"), self.paragraph_style(paragraph))
        for style_name in chains:
            for style in self._chain(style_name):
                if (inherited := is_on(style.run_properties, name)) is not None:
                    return inherited
        return bool(is_on(self.default_run_properties, name))
