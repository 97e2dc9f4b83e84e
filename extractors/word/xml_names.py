"""Names of the XML elements and attributes of Word documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.office_package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741

VAL = f"{W}val"


def child_value(element: Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a child, or nothing where there is no such child or value."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else child.get(VAL)


def is_on(element: Element | None, name: str) -> bool | None:
    """Return whether a property that is switched on or off is on; nothing where it is not set."""
    child = element.find(f"{W}{name}") if element is not None else None
    if child is None:
        return None
    return child.get(VAL, "true") not in ("false", "0", "off")


def to_number(text: str | None, default: int = 0) -> int:
    """Return a whole number of an attribute; the default where it is none or absurdly large."""
    if text is None or len(text) > 9:
        return default
    try:
        return int(text)
    except ValueError:
        return default
