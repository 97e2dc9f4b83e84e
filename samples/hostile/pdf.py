"""Write PDFs object by object, so that each can be wrong in one way, with a decree's page in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = (
    (
        "1",
        "Meningkatnya pelayanan",
        "Persentase usulan warga",
        "Usulan selesai / Usulan x 100%",
        "Buku usulan",
    ),
    (
        "2",
        "Meningkatnya ketertiban",
        "Nilai kepuasan warga",
        "Jumlah nilai / Jumlah unsur x 25",
        "Laporan survei",
    ),
)
TITLES = ("No", "Sasaran", "Indikator Kinerja Utama", "Formulasi", "Sumber Data")
INDICATORS = len(ROWS)
"""On a page of the decree."""
_COLUMNS = (40, 70, 220, 370, 520, 640)


def decree(first: int = 0) -> bytes:
    """Return the contents of a page with a table of two indicators; ``first`` makes their names unique."""
    out = ["0.7 w"]
    if not first:
        out += _line(200, 560, "INDIKATOR KINERJA UTAMA KECAMATAN WATUGILANG KABUPATEN MANDALAWENING", 11)
    rows = [TITLES, *((str(first + int(row[0])), *row[1:]) for row in ROWS)]
    top = 540
    for number, row in enumerate(rows):
        for left, right, text in zip(_COLUMNS, _COLUMNS[1:], row, strict=False):
            out.append(f"{left} {top - 30} {right - left} 30 re S")
            shown = f"{text} {first}" if first and number and left == _COLUMNS[2] else text
            out += _line(left + 3, top - 18, shown, 8)
        top -= 30
    return "\n".join(out).encode()


def _line(x: int, y: int, text: str, size: int) -> list[str]:
    return [f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET"]


@dataclass(slots=True)
class Pdf:
    """Objects by number. 1 is the catalogue, 2 the page tree, 3 a font; others come with ``add``."""

    objects: dict[int, bytes] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    trailer: bytes = b""
    """More entries of the trailer."""
    catalogue: bytes = b""
    box: bytes = b"[0 0 842 595]"

    def __post_init__(self) -> None:
        self.objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

    def add(self, body: bytes) -> int:
        """Return a further object; its number."""
        number = max(self.objects) + 1
        self.objects[number] = body
        return number

    def stream(self, data: bytes, entries: bytes = b"", length: bytes | None = None) -> int:
        """Return a further stream; its number."""
        return self.add(packed(data, entries, length))

    def page(self, contents: bytes | None = None, resources: bytes = b"", entries: bytes = b"") -> int:
        """Add a page with contents (``None``: a decree's) and further entries; return its number."""
        drawn = decree(10 * len(self.pages)) if contents is None else contents
        body = self.stream(drawn)
        return self.bare(b"/Contents %d 0 R%s" % (body, entries), resources)

    def bare(self, entries: bytes, resources: bytes = b"") -> int:
        """Return a page without contents but these entries."""
        document = b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>%s>>%s>>" % (resources, entries)
        self.pages.append(self.add(document))
        return self.pages[-1]

    def whole(self) -> dict[int, bytes]:
        """Return all objects, catalogue and page tree among them unless there already."""
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        tree = b"<</Type/Pages/Count %d/Kids[%s]/MediaBox%s>>" % (len(self.pages), kids, self.box)
        catalogue = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalogue
        return {1: catalogue, 2: tree, **self.objects}

    def bytes(self, *, xref: bytes | None = None, start: int | None = None) -> bytes:
        """Return the file; ``xref`` and ``start`` in place of its right index and the index's place."""
        objects = self.whole()
        out, places = bodies(objects)
        begin = len(out) if start is None else start
        out += table(places) if xref is None else xref
        size = max(objects) + 1
        return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
            size,
            self.trailer,
            begin,
        )


def packed(data: bytes, entries: bytes = b"", length: bytes | None = None) -> bytes:
    """Return the body of a stream object."""
    told = b"%d" % len(data) if length is None else length
    return b"<<%s/Length %s>>stream\n%s\nendstream" % (entries, told, data)


def bodies(
    objects: dict[int, bytes], head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
) -> tuple[bytes, dict[int, int]]:
    """Return the objects one after the other, and where each begins."""
    parts, at, places = [head], len(head), {}
    for number, body in sorted(objects.items()):
        places[number] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    return b"".join(parts), places


def table(places: dict[int, int]) -> bytes:
    """Return the index of a file."""
    rows = [b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)]
    for number in range(1, max(places) + 1):
        kept = places.get(number)
        rows.append(b"0000000000 65535 f \n" if kept is None else b"%010d 00000 n \n" % kept)
    return b"".join(rows)


def one(
    contents: bytes | None, resources: bytes = b"", objects: Sequence[bytes] = (), entries: bytes = b""
) -> bytes:
    """Return a decree's page, and a second page; ``objects`` are numbered from 10."""
    document = Pdf()
    document.objects.update(enumerate(objects, 10))
    document.page()
    document.page(contents, resources, entries)
    return document.bytes()
