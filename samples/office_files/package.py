"""Office packages: named parts in a zip, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zip_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the parts as a zip, in their order, not packed: the bytes depend on no library's version."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def content_types(parts: Mapping[str, str]) -> str:
    """Return ``[Content_Types].xml`` for parts with their types."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'{XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: Mapping[str, str], external: Mapping[str, str] | None = None) -> str:
    """Return a relationships part: ids ``rId1``… for targets by kind, then those outside the file."""
    rows = [
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIP}/{kind.rstrip("0123456789")}" '
        f"Target={quoteattr(target)}/>"
        for number, (kind, target) in enumerate(targets.items(), start=1)
    ]
    rows += [
        f'<Relationship Id="{name}" Type="{_RELATIONSHIP}/image" Target={quoteattr(target)} '
        'TargetMode="External"/>'
        for name, target in (external or {}).items()
    ]
    return (
        f'{XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(rows)}</Relationships>"
    )


def escape_text(text: str) -> str:
    """Return a text with the signs of markup escaped."""
    return escape(text)
