"""Workbooks in XML: sheets of cells with texts, numbers, merged ranges, borders and formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from samples.office_files.package import XML_HEAD, content_types, escape_text, relationships, zip_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAIN, BORDERED, PERCENT, MONEY, DATE = range(5)
"""Styles of cells."""
_STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;Rp&quot;#,##0"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="2"><border><left/></border><border><left style="thin"/></border></borders>'
    '<cellXfs count="5"><xf/><xf borderId="1"/><xf numFmtId="10" borderId="1"/>'
    '<xf numFmtId="164" borderId="1"/><xf numFmtId="14"/></cellXfs>'
)


@dataclass
class SheetContent:
    """A sheet to be written."""

    name: str
    rows: dict[int, dict[str, str | float]] = field(default_factory=dict)
    """Cells by row and column letters."""
    merged: Sequence[str] = ()
    styles: dict[str, int] = field(default_factory=dict)
    """Style of a cell by its name (``C7``)."""
    default_style: int = PLAIN
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    formulas: dict[str, str] = field(default_factory=dict)
    """Formulas by cell; a cell without a value was never calculated."""


def workbook_file(*sheets: SheetContent) -> bytes:
    """Return a workbook."""
    sheet_parts = {
        f"xl/worksheets/sheet{number}.xml": _sheet_xml(sheet) for number, sheet in enumerate(sheets, start=1)
    }
    rows = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if sheet.hidden else "/>")
        for number, sheet in enumerate(sheets, start=1)
    )
    targets = {f"worksheet{number}": f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)}
    namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return zip_parts(
        {
            "[Content_Types].xml": content_types(
                {
                    "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
                    "xl/styles.xml": f"{_TYPE}.styles+xml",
                    **dict.fromkeys(sheet_parts, f"{_TYPE}.worksheet+xml"),
                }
            ),
            "_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": f'{XML_HEAD}<workbook xmlns="{_NAMESPACE}" {namespace}>'
            f"<sheets>{rows}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relationships({**targets, "styles": "styles.xml"}),
            "xl/styles.xml": f'{XML_HEAD}<styleSheet xmlns="{_NAMESPACE}">{_STYLES}</styleSheet>',
            **sheet_parts,
        }
    )


def _sheet_xml(sheet: SheetContent) -> str:
    rows = "".join(
        f'<row r="{number}"'
        + (' hidden="1">' if number in sheet.hidden_rows else ">")
        + "".join(_cell_xml(sheet, f"{letters}{number}", value) for letters, value in cells.items())
        + "</row>"
        for number, cells in sheet.rows.items()
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    merged_xml = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'{XML_HEAD}<worksheet xmlns="{_NAMESPACE}"><sheetData>{rows}</sheetData>{merged_xml}</worksheet>'


def _cell_xml(sheet: SheetContent, name: str, value: str | float) -> str:
    style = sheet.styles.get(name, sheet.default_style)
    formula = f"<f>{escape_text(sheet.formulas[name])}</f>" if name in sheet.formulas else ""
    if isinstance(value, str) and not formula:
        return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{escape_text(value)}</t></is></c>'
    stored = f"<v>{value}</v>" if value != "" else ""
    return f'<c r="{name}" s="{style}">{formula}{stored}</c>'
