"""Pages: digital ones compared with extraction, scans with OCR, memory by number of pages."""

from __future__ import annotations

import io
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Figure, in_turns, program
from bench.papers import many_pages, printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DIGITAL, SCANNED = range(8), range(2)
"""Seeds of the generated decrees."""
DIGITAL_RUNS, SCANNED_RUNS = 5, 2
FEW, MANY = 30, 300
CHILD = """
import json, sys
from pathlib import Path
from bench.memory import peak
from extractors import read_bytes
decree = read_bytes(Path(sys.argv[1]).read_bytes(), "x.pdf")
print(json.dumps([decree.document.pages, peak()]))
"""


def extract(pdf: bytes) -> None:
    """Extract words and edges with pdfplumber: the floor of digital pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.extract_words()
            _ = page.edges
            page.close()


def recogniser() -> Callable[[bytes], None]:
    """Return a function that runs RapidOCR on the pages at the reader's resolution: the floor of scans."""
    import pypdfium2
    import rapidocr

    from extractors.ocr.image_input import DPI

    threads = os.cpu_count() or 1
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
        }
    )

    def recognise(pdf: bytes) -> None:
        document = pypdfium2.PdfDocument(pdf)
        for number in range(len(document)):
            engine(document[number].render(scale=DPI / 72).to_numpy())
        document.close()

    return recognise


def each(action: Callable[[bytes], object], files: Sequence[bytes]) -> Callable[[], None]:
    """Apply the action to all files."""

    def run() -> None:
        for file in files:
            action(file)

    return run


def figures() -> Iterator[Figure]:
    """Measure digital pages, scans, and memory."""
    from extractors import read_bytes
    from samples.paper.scans import scan

    def ours(pdf: bytes) -> object:
        return read_bytes(pdf, "x.pdf")

    files = [printed(seed) for seed in DIGITAL]
    taken, floor = in_turns(each(ours, files), each(extract, files), DIGITAL_RUNS)
    yield Figure(f"{len(files)} digital decrees", taken, floor, "pdfplumber extracting words and edges")
    scans = [scan(printed(seed), "office", seed) for seed in SCANNED]
    taken, floor = in_turns(each(ours, scans), each(recogniser(), scans), SCANNED_RUNS)
    yield Figure(f"{len(scans)} scanned decrees", taken, floor, "RapidOCR on the same images")
    with tempfile.TemporaryDirectory() as folder:
        (few, low), (many, high) = (peak(Path(folder), pages) for pages in (FEW, MANY))
    if low and high:
        held = f"{few:.0f} pages (1.0: no growth)"
        yield Figure(f"peak memory, {many:.0f} digital pages", high, low, held, "MB")


def peak(folder: Path, pages: int) -> tuple[float, float]:
    """Return number of pages and peak memory (MB; 0 if unknown) of reading in its own process."""
    path = folder / f"{pages}.pdf"
    path.write_bytes(many_pages(pages))
    read, megabytes = json.loads(program(["-c", CHILD, str(path)]).splitlines()[-1])
    return read, megabytes
