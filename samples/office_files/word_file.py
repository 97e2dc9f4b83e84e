"""Word documents in XML: paragraphs, lists, tables, fields, equations, tracked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.office_files.package import XML_HEAD, content_types, escape_text, relationships, zip_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SIDE_PARTS = ("numbering", "styles", "comments", "footnotes", "header", "footer")
_ROOTS = {"header": "hdr", "footer": "ftr"}
LETTERS, NUMBERS, DASHES, OUTLINE = "1", "2", "3", "4"
"""Lists of ``LISTS``: a. b. c. · 1. 2. 3. · dashes · 1. with 1.1 below."""
LISTS = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(levels)
    )
    + "</w:abstractNum>"
    for number, levels in {
        LETTERS: [("lowerLetter", "%1.")],
        NUMBERS: [("decimal", "%1."), ("lowerLetter", "%2)")],
        DASHES: [("bullet", "-")],
        OUTLINE: [("decimal", "%1."), ("decimal", "%1.%2")],
    }.items()
)


def list_definitions(*lists: str, restarts: Mapping[str, int] | None = None) -> str:
    """Return ``numbering.xml`` with a list for each given kind, ids from 1; some start at another number."""
    rows = []
    for number, kind in enumerate(lists, start=1):
        start = (restarts or {}).get(str(number))
        override = (
            ""
            if start is None
            else f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        rows.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>')
    return LISTS + "".join(rows)


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>'


def paragraph(
    content: str = "", *, list_id: str = "", level: int = 0, bold: bool = False, properties: str = ""
) -> str:
    """Return a paragraph; plain text becomes a run, XML stays as it is."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    inner = content if content.startswith("<") or not content else run(content, "<w:b/>" if bold else "")
    return f"<w:p><w:pPr>{numbering}{properties}</w:pPr>{inner}</w:p>"


def inserted(text: str) -> str:
    """Return a text that somebody proposes to insert."""
    return f'<w:ins w:id="1" w:author="Bagian Hukum">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Return a text that somebody proposes to delete."""
    return (
        '<w:del w:id="2" w:author="Bagian Hukum"><w:r>'
        f'<w:delText xml:space="preserve">{escape_text(text)}</w:delText></w:r></w:del>'
    )


def field(code: str, result: str = "") -> str:
    """Return a field with its code, and the result that a program stored."""
    stored = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape_text(code)} </w:instrText></w:r>{stored}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def fraction(numerator: str, denominator: str) -> str:
    """Return an equation that is a fraction of two texts."""
    sides = "".join(
        f"<m:{side}><m:r><m:t>{escape_text(text)}</m:t></m:r></m:{side}>"
        for side, text in (("num", numerator), ("den", denominator))
    )
    return f"<m:oMath><m:f>{sides}</m:f></m:oMath>"


def text_box(content: str) -> str:
    """Return a run with a text box, as a new drawing and as the old one for old programs."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def cell(content: str = "", *, span: int = 1, merge: str = "") -> str:
    """Return a table cell of paragraphs, or of plain text; ``merge``: ``restart`` or ``continue``."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = content if content.startswith("<w:p>") or content.startswith("<w:tbl>") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells that are plain text are made cells."""
    printed_rows = (
        "".join(content if content.startswith("<w:tc>") else cell(content) for content in row) for row in rows
    )
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in printed_rows)}</w:tbl>"


def word_file(
    body: str, *, parts: Mapping[str, str] | None = None, external: Mapping[str, str] | None = None
) -> bytes:
    """Return a Word document.

    Args:
        body: paragraphs and tables.
        parts: content of further parts by kind: ``numbering``, ``comments``, ``footnotes``, ``header`` …
        external: addresses outside the file, by relationship id.
    """
    side_parts = {kind: (parts or {})[kind] for kind in _SIDE_PARTS if kind in (parts or {})}
    xml_parts = {"word/document.xml": _root("document", f"<w:body>{body}</w:body>")}
    xml_parts |= {
        f"word/{kind}.xml": _root(_ROOTS.get(kind, kind), content) for kind, content in side_parts.items()
    }
    types = {"word/document.xml": f"{_TYPE}.document.main+xml"}
    types |= {f"word/{kind}.xml": f"{_TYPE}.{kind}+xml" for kind in side_parts}
    return zip_parts(
        {
            "[Content_Types].xml": content_types(
                {"word/document.xml": f"{_TYPE}.document.main+xml", **types}
            ),
            "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
            **xml_parts,
            "word/_rels/document.xml.rels": relationships(
                {kind: f"{kind}.xml" for kind in side_parts}, external
            ),
        }
    )


def _root(name: str, content: str) -> str:
    return f"{XML_HEAD}<w:{name} {_NAMESPACES}>{content}</w:{name}>"
