"""The tools that are compared: each turns a PDF into rows of cells."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

Row = Sequence[str | None]
TIMEOUT = 600.0
"""Time limit of OCRmyPDF, in seconds."""


@dataclass(frozen=True)
class Tool:
    """A tool that reads tables; ``rows`` gets the file and a folder for intermediate files."""

    name: str
    rows: Callable[[Path, Path], list[Row]]
    modules: Sequence[str] = ()
    programs: Sequence[str] = ()
    scans: bool = True
    """Whether it can read scans."""

    def missing(self) -> str:
        """Return what the tool needs and this machine lacks; empty if nothing."""
        modules = [name for name in self.modules if find_spec(name) is None]
        return ", ".join([*modules, *(name for name in self.programs if shutil.which(name) is None)])


def ours(path: Path, _: Path) -> list[Row]:
    """Return the rows of this project; none for a rejected file."""
    from pipeline import ReadError, read

    try:
        decree = read(path)
    except ReadError:
        return []
    return [
        [indicator.name, indicator.formula.raw if indicator.formula else None]
        for holder in decree.holders
        for indicator in holder.indicators
    ]


def plumbed(path: Path, _: Path) -> list[Row]:
    """Return the tables that pdfplumber finds by default."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [row for page in document.pages for table in page.extract_tables() for row in table]


def recognised(path: Path, folder: Path) -> list[Row]:
    """Return the tables of pdfplumber after OCRmyPDF with Tesseract for Indonesian."""
    ocr_file = folder / path.name
    command = ["ocrmypdf", "-l", "ind", "--skip-text", "--rotate-pages", "--deskew", str(path), str(ocr_file)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    return plumbed(ocr_file, folder)


def imaged(path: Path, _: Path) -> list[Row]:
    """Return the tables of img2table with Tesseract for Indonesian, borderless ones included."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    tables_by_page = PDF(str(path)).extract_tables(
        ocr=TesseractOCR(lang="ind"), implicit_rows=False, borderless_tables=True
    )
    return [
        [cell.value for cell in row]
        for tables in tables_by_page.values()
        for table in tables
        for row in table.content.values()
    ]


def latticed(path: Path, _: Path) -> list[Row]:
    """Return the tables that camelot finds by rulings, otherwise by white space."""
    import camelot

    for flavor in ("lattice", "stream"):
        tables = camelot.read_pdf(str(path), pages="all", flavor=flavor)
        if len(tables):
            return [list(row) for table in tables for row in table.data]
    return []


TOOLS = (
    Tool("this project", ours),
    Tool("pdfplumber `extract_tables`", plumbed, ["pdfplumber"]),
    Tool("OCRmyPDF (Tesseract `ind`), pdfplumber", recognised, ["pdfplumber"], ["ocrmypdf", "tesseract"]),
    Tool("img2table (Tesseract `ind`)", imaged, ["img2table"], ["tesseract"]),
    Tool("camelot", latticed, ["camelot"], scans=False),
)
"""In the order of the report."""
