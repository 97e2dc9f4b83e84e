"""The record: what one decree becomes.

The public contract of the project: these models, the JSON Schema made from them, the catalogue and
every export speak the same names. A field that the document does not have is ``None`` or an empty
list; nothing is invented, and nothing printed in a table is dropped.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic.dataclasses import dataclass

from extractors.model.decree_kind import DecreeKind

SCHEMA_VERSION: Literal["2"] = "2"
"""Version of the record's shape; ``docs/decisions/0005`` says what changed."""


IndicatorLevel = Literal["tujuan", "sasaran", "program", "kegiatan", "subkegiatan"]
"""Levels of planning, from the goal down."""

Quarter = Annotated[int, Field(ge=1, le=4)]
"""Triwulan I to IV."""


class StrictModel(BaseModel):
    """Base of every part of the record: unknown fields are refused, so that a misspelling is seen."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Coverage(StrictModel):
    """Where the words of the document went: each ends in a field, in furniture or in a note."""

    words: Annotated[int, Field(ge=0)]
    """Printed words in the document."""
    fields: Annotated[int, Field(ge=0)]
    """Words that stand in a field of the record."""
    furniture: Annotated[int, Field(ge=0)]
    """Words of known furniture: labels, table headers, list markers, letterheads, page numbers."""
    notes: Annotated[int, Field(ge=0)]
    """Words that no field takes; a note quotes them."""


class Document(StrictModel):
    """The file that was read."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the file's bytes in hexadecimal: the document's identity."""
    name: str
    """File name only, never a path."""
    media_type: str
    """Media type of the file, for example ``application/pdf`` or ``text/plain``."""
    pages: int | None
    """Number of pages; null for plain text."""
    origin: Literal["digital", "scan", "text", "mixed"]
    """``digital``: a text layer; ``scan``: read by OCR; ``text``: already OCR'd; ``mixed``: pages of both."""
    coverage: Coverage
    """How many words were placed in fields, in furniture and in notes."""

    _scanned: int = PrivateAttr(default=0)

    @property
    def scanned_pages(self) -> int:
        """Pages that were read by OCR as a whole.

        Lives only between extractor and build: it is no part of the record.
        """
        return self._scanned


class Period(StrictModel):
    """Years of planning that the indicators are fixed for."""

    start: int
    """First year of the period."""
    end: int
    """Last year of the period."""


class Signatory(StrictModel):
    """Who signed the decree, as printed in the signature block."""

    name: str | None = None
    """Name with titles, as printed."""
    position: str | None = None
    """The post as printed (``CAMAT X``); null where only an office is named."""
    nip: Annotated[str, Field(pattern="^[0-9]{18}$")] | None = None
    """Civil servant number (NIP), its 18 digits only."""


class Formula(StrictModel):
    """How an indicator is computed: as printed, and as read."""

    raw: str
    """The printed formula, white space folded; on a page a fraction's bar is written ``/``."""
    expression: str | None = None
    """Its reading in the linear syntax (quoted quantities, ``+ - * /``, numbers); null where unread."""

    _printed: str = PrivateAttr(default="")

    @property
    def printed_text(self) -> str:
        """The formula with its line breaks, which stacked fractions need; ``raw`` where they are not known.

        Lives only between extractor and formula reader: it is no part of the record.
        """
        return self._printed or self.raw

    @classmethod
    def from_printed(cls, printed: str) -> Formula:
        """A formula from its printed text, line breaks kept for the formula reader."""
        formula = cls(raw=" ".join(printed.split()))
        formula._printed = printed
        return formula


class Target(StrictModel):
    """The value aimed at in one year."""

    year: int | None
    """Year of the target; null where its column names none."""
    value: str
    """The printed value."""


class QuarterTarget(StrictModel):
    """The value aimed at by the end of a quarter (Target Triwulan)."""

    year: int | None
    """Year of the quarter; null where the document names none."""
    quarter: Quarter
    """Triwulan."""
    value: str
    """The printed value."""


class Baseline(StrictModel):
    """The value that the plan starts from (Kondisi Awal)."""

    year: int | None
    """Year in which it was measured; null where its column names none."""
    value: str
    """The printed value."""


class Realisation(StrictModel):
    """The value that was reached (Realisasi, Capaian)."""

    year: int | None
    """Year in which it was reached; null where its column names none."""
    quarter: Quarter | None = None
    """Triwulan; null where the value is of the whole year."""
    value: str | None = None
    """The printed value; null where money alone is reported."""
    budget: int | None = None
    """Rupiah spent; null where none is printed."""


class Indicator(StrictModel):
    """One indicator as one decree prints it."""

    number: int | None = None
    """Number of the item or row as printed; null where the table has none."""
    objective: str | None = None
    """Sasaran (Strategis) or Kinerja Utama that it serves, filled down a merged cell."""
    group: str | None = None
    """The section row across the table above it (``MISI PERTAMA …``), where objectives have a column too."""
    level: IndicatorLevel | None = None
    """Level of planning, where the form has a group of columns for each; else null."""
    name: str
    """Indikator Kinerja (Utama or Individu) as printed."""
    formula: Formula | None = None
    """Rumus, Formulasi; null where the cell is empty."""
    explanation: str | None = None
    """Penjelasan, Alasan: definitions and conditions, not the formula."""
    unit: str | None = None
    """Satuan as printed."""
    baseline: Baseline | None = None
    """Kondisi Awal."""
    targets: list[Target] = []
    """Targets by year."""
    quarter_targets: list[QuarterTarget] = []
    """Targets by quarter (Target Triwulan)."""
    realisations: list[Realisation] = []
    """Values reached, by year or by quarter."""
    data_sources: list[str] = []
    """Sumber Data, one entry a printed item."""
    responsible: list[str] = []
    """Penanggung Jawab, one entry a printed item, filled down a merged cell."""
    extra: dict[str, str] = {}
    """Any other column of the table: printed header to cell."""


class Holder(StrictModel):
    """Whose performance is measured: the agency (IKU) or one position (IKI)."""

    type: Literal["agency", "position"]
    """``agency`` (Instansi) or ``position`` (Jabatan)."""
    name: str | None = None
    """Instansi or Jabatan as printed."""
    duties: list[str] = []
    """Tugas, Tugas Pokok, one entry a printed item."""
    functions: list[str] = []
    """Fungsi, one entry a lettered or numbered item."""
    goal: str | None = None
    """Tujuan."""
    goal_indicator: str | None = None
    """Indikator Tujuan."""
    indicators: list[Indicator] = []
    """The holder's indicators in printed order."""


class Activity(StrictModel):
    """A row of an annex table: a kind of facilitation, coordination or recommendation."""

    category: Literal["facilitation", "coordination", "recommendation"]
    """Jenis Fasilitasi, Jenis Koordinasi or Jenis Rekomendasi."""
    number: int | None = None
    """Number of the row as printed."""
    name: str
    """The kind of activity as printed."""
    activities: list[str] = []
    """Uraian Aktivitas, one entry a numbered item."""
    outputs: list[str] = []
    """Output Aktivitas, one entry a numbered item."""
    evidence: list[str] = []
    """Bukti Pendukung, one entry a numbered item, filled down a merged cell."""


class Party(StrictModel):
    """One of the two who sign a Perjanjian Kinerja. Neither is a holder by itself."""

    role: Literal["first", "second"]
    """``first``: who promises; ``second``: the superior who receives the promise."""
    name: str | None = None
    """Name with titles, as printed."""
    position: str | None = None
    """Jabatan as printed."""


class Program(StrictModel):
    """A row of the table of programmes and budgets in the annex of a Perjanjian Kinerja."""

    name: str
    """Programme, activity or sub-activity as printed."""
    budget: int | None = None
    """Anggaran in rupiah; null where none is printed."""
    note: str | None = None
    """Keterangan as printed."""


OmittedIfNone = Field(exclude_if=lambda value: value is None)
"""Left out of the JSON where there is nothing to say (a text has no pages, a page no line numbers)."""


class Correction(StrictModel):
    """A person put right what was read."""

    read: str | None
    """What had been read; null where the field was empty."""
    who: str
    """Who corrected it."""
    when: str
    """Date, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True, config=StrictModel.model_config)
class Provenance:
    """Where a leaf of the record was read: a page, lines of a text, a place in Word, or a cell of a sheet."""

    page: Annotated[int | None, OmittedIfNone] = None
    """Page, from 1; absent where the source has no pages."""
    bbox: Annotated[tuple[float, float, float, float] | None, OmittedIfNone] = None
    """Box in PDF points ``[x0, top, x1, bottom]`` on the page as a viewer shows it."""
    lines: Annotated[tuple[int, int] | None, OmittedIfNone] = None
    """First and last line, from 1; text sources only."""
    part: Annotated[str | None, OmittedIfNone] = None
    """Part of a Word document: ``document``, ``header1``, ``footnotes`` and so on."""
    paragraph: Annotated[int | None, OmittedIfNone] = None
    """Paragraph of the part, or of the cell where ``table`` is given, from 1."""
    table: Annotated[int | None, OmittedIfNone] = None
    """Table of the part, from 1; Word only."""
    row: Annotated[int | None, OmittedIfNone] = None
    """Row of the table, from 1; Word only."""
    sheet: Annotated[str | None, OmittedIfNone] = None
    """Name of the sheet; spreadsheets only."""
    cell: Annotated[int | str | None, OmittedIfNone] = None
    """Cell of the row, from 1 (Word), or the cell's address such as ``C7`` (spreadsheets)."""
    confidence: Annotated[float, Field(ge=0, le=1)]
    """How sure the reading is, from 0 to 1."""
    corrected: Annotated[Correction | None, OmittedIfNone] = None
    """Who put the reading right, where somebody did."""


class DateParts(StrictModel):
    """Day, month and year as printed, of a date that is no day of the calendar."""

    day: int | None
    """Day; null where it is left blank."""
    month: int
    """Month as a number."""
    year: int
    """Year."""


class Note(StrictModel):
    """A doubt of the extractor: never silent."""

    code: str
    """Stable code of the kind of doubt, for example ``unplaced-text``."""
    message: str
    """What was seen, in words; quotes the text concerned."""
    pointer: str
    """JSON Pointer of the field concerned; empty for the whole record."""
    pages: Annotated[tuple[int, int] | None, OmittedIfNone] = None
    """First and last page concerned; absent where the note is not about pages."""
    status: Annotated[str | None, OmittedIfNone] = None
    """Why a page was not read, for programs (``damaged``, ``too-large`` …)."""
    printed: Annotated[str | None, OmittedIfNone] = None
    """The printed words that the note is about, in full."""
    date: Annotated[DateParts | None, OmittedIfNone] = None
    """The parts of a printed date that is no day of the calendar."""


def upgrade_version(version: object) -> object:
    """Return the present version for one that lacks nothing but later fields."""
    return SCHEMA_VERSION if version == "1" else version


class Decree(StrictModel):
    """One decree: what is printed in it, and where."""

    schema_version: Annotated[Literal["2"], BeforeValidator(upgrade_version)] = SCHEMA_VERSION
    """Version of this shape. A record of version 1 is taken over: version 2 only adds fields."""
    document: Document
    """The file that the decree was read from."""
    kind: DecreeKind | None
    """``IKU``: indicators of an agency; ``IKI``: indicators of positions; ``PK``: Perjanjian Kinerja;
    ``renstra``, ``renja`` (also RKT): plans; ``report``: what was reached. Null where it cannot be told."""
    title: str | None = None
    """What follows TENTANG in the decree or its annex; else the first heading. Of a Perjanjian Kinerja
    ``PERJANJIAN KINERJA TAHUN …``."""
    number: str | None = None
    """Nomor keputusan as printed, blanks included."""
    year: int | None = None
    """Year of the document itself: from the number, else the date, else the period's first; of a
    Perjanjian Kinerja from the title. Never that of a letter or regulation that it cites."""
    period: Period | None = None
    """Planning period named in the title or a heading (TAHUN 2024-2026)."""
    kecamatan: str | None = None
    """Name of the kecamatan alone, in title case."""
    regency: str | None = None
    """``Kabupaten X`` or ``Kota X``, as the document says of itself."""
    region_code: str | None = None
    """Kemendagri code (``35.07.27``), only where it is printed."""
    place: str | None = None
    """Place of enactment."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    """Date of enactment, ISO 8601."""
    signatory: Signatory | None = None
    """Who signed; of a Perjanjian Kinerja the first party."""
    parties: list[Party] = []
    """Of a Perjanjian Kinerja: who promises, and who receives the promise."""
    considerations: list[str] = []
    """Menimbang, one entry a lettered item."""
    legal_basis: list[str] = []
    """Mengingat, one entry a numbered item."""
    dictums: list[str] = []
    """KESATU, KEDUA, …: one entry a dictum."""
    holders: list[Holder] = []
    """Agency or positions with their indicators, in printed order."""
    activities: list[Activity] = []
    """Rows of the annex tables Jenis Fasilitasi, Koordinasi and Rekomendasi."""
    programs: list[Program] = []
    """Programmes and budgets in the annex of a Perjanjian Kinerja."""
    provenance: dict[str, Provenance] = {}
    """JSON Pointer of every non-null leaf above to where it was read."""
    notes: list[Note] = []
    """What the extractor was unsure of."""


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record, made from these models."""
    model_schema = Decree.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model_schema}
