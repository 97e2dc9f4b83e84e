"""Generated decrees as PDFs in alternating page layouts, the same ones in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.generate import generate
from samples.paper import PAPERS, digital

if TYPE_CHECKING:
    from samples.printing.dress import Record


def printed(seed: int) -> bytes:
    """Return a generated decree as a digital PDF, in one of the layouts of its kind."""
    record, _ = generate(seed)
    layouts = [name for name, look in sorted(PAPERS.items()) if record["kind"] in look.kinds]
    return digital(record, layouts[seed % len(layouts)])


def many_pages(count: int) -> bytes:
    """Return a decree with so many posts that it has about ``count`` pages."""
    record = next(decree for decree, _ in map(generate, range(1000)) if decree["kind"] == "IKI")
    holders = list(record["holders"])
    seed = 1000
    while len(holders) < 10:
        decree: Record = generate(seed)[0]
        holders += decree["holders"] if decree["kind"] == "IKI" else []
        seed += 1
    per_page = _pages(digital({**record, "holders": holders[:10] * 12}, "posts")) / 120
    repeated = holders[:10] * (int(count / per_page / 10) + 1)
    return digital({**record, "holders": repeated[: round(count / per_page)]}, "posts")


def _pages(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count
