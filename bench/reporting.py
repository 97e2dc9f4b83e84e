"""The report on two hundred kecamatan: its size, and the time to render it and to open it in Chromium."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import RUNS, Failure, Figure, seconds
from extractors.model.record import Decree
from pipeline import reports
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from samples.generate import generate

if TYPE_CHECKING:
    from pipeline.models.catalogue import Catalogue

MANY = 200
LONGEST_OPENING, LARGEST = 3.0, 15.0
"""Required limits of the page, in seconds and megabytes."""
BROWSER = "chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def catalogue(count: int = MANY) -> Catalogue:
    """Return a catalogue of kecamatan of one regency and period, from generated decrees."""
    reads: list[ReadDocument] = []
    seed = 0
    while len(reads) < count:
        record, _ = generate(seed)
        seed += 1
        if record["kind"] == "IKU":
            number = len(reads) + 1
            record |= {
                "kecamatan": f"{record['kecamatan']} {number}",
                "regency": "Kabupaten Mandalawening",
                "year": 2024,
                "period": {"start": 2024, "end": 2026},
            }
            reads.append(ReadDocument(Decree.model_validate(_placed(record, number)), ()))
    return build_from_decrees(reads, load_definitions())


def _placed(record: dict[str, object], number: int) -> dict[str, object]:
    """Return the record of a PDF with places of names and formulas, as a reader returns it."""
    place = {"page": 2, "bbox": [80.0, 200.0, 300.0, 240.0], "confidence": 0.98}
    holders = record["holders"]
    assert isinstance(holders, list)
    pointers = [
        f"/holders/{h}/indicators/{i}/{field}"
        for h, holder in enumerate(holders)
        for i, _ in enumerate(holder["indicators"])
        for field in ("name", "formula/raw")
    ]
    document = {
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "name": f"keputusan-{number:03}.pdf",
        "media_type": "application/pdf",
        "pages": 4,
        "origin": "digital",
        "coverage": {"words": 400, "fields": 400, "furniture": 0, "notes": 0},
    }
    return {**record, "document": document, "provenance": dict.fromkeys(pointers, place)}


def opening(page: Path) -> float:
    """Return the median seconds from navigation to the rendered page."""
    from playwright.sync_api import sync_playwright

    took = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which(BROWSER), args=FLAGS)
        for _ in range(RUNS):
            opened = browser.new_page(viewport={"width": 1360, "height": 900})
            start = time.perf_counter()
            opened.goto(page.as_uri())
            opened.evaluate(DRAWN)
            took.append(time.perf_counter() - start)
            opened.close()
        browser.close()
    return median(took)


def figures() -> list[Figure | Failure]:
    """Measure size, rendering and opening."""
    report_catalogue = catalogue()
    files: dict[str, bytes] = {}
    making = seconds(lambda: files.update(reports.render_report_files(report_catalogue)))
    size = len(files["audit.html"]) / 1e6
    results: list[Figure | Failure] = [
        Figure(f"report of {MANY} kecamatan", making, 60.0, "a minute"),
        Figure(f"audit.html of {MANY}, without pictures", size, LARGEST, "the limit", "MB"),
    ]
    if shutil.which(BROWSER) is None:
        return [*results, Failure("opening audit.html", f"no {BROWSER} on this machine")]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "audit.html"
        page.write_bytes(files["audit.html"])
        results.append(Figure(f"opening audit.html of {MANY}", opening(page), LONGEST_OPENING, "the limit"))
    return results
