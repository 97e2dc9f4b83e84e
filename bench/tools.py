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
"""Seconds after which OCRmyPDF is given up."""


@dataclass(frozen=True)
class Tool:
    """A way to read tables; ``rows`` gets the file and a folder for what lies between."""

    name: str
    rows: Callable[[Path, Path], list[Row]]
    modules: Sequence[str] = ()
    programs: Sequence[str] = ()
    scans: bool = True
    """Does it read scans at all?"""

    def missing(self) -> str:
        """What it needs and this machine does not have; empty where all is there."""
        modules = [name for name in self.modules if find_spec(name) is None]
        return ", ".join([*modules, *(name for name in self.programs if shutil.which(name) is None)])


def ours(path: Path, _: Path) -> list[Row]:
    """This project; a file that it refuses gives no row."""
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
    """The tables that pdfplumber finds by its defaults."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [row for page in document.pages for table in page.extract_tables() for row in table]


def recognised(path: Path, folder: Path) -> list[Row]:
    """OCRmyPDF with Tesseract for Indonesian, then pdfplumber."""
    made = folder / path.name
    command = ["ocrmypdf", "-l", "ind", "--skip-text", "--rotate-pages", "--deskew", str(path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    return plumbed(made, folder)


def imaged(path: Path, _: Path) -> list[Row]:
    """img2table with Tesseract for Indonesian; borderless tables too."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    found = PDF(str(path)).extract_tables(
        ocr=TesseractOCR(lang="ind"), implicit_rows=False, borderless_tables=True
    )
    return [
        [cell.value for cell in row]
        for tables in found.values()
        for table in tables
        for row in table.content.values()
    ]


def latticed(path: Path, _: Path) -> list[Row]:
    """The tables that camelot finds by rules, or where there are none by white space."""
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
