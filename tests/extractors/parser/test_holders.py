"""Whose indicators they are, and which objective each has, where no label says it."""

from __future__ import annotations

from extractors.model.page import Cell, Line, Page, Table
from extractors.model.passage import Passage, PrintedPlace
from extractors.model.record import Decree
from extractors.parser import parse_pages


def printed(text: str, gap: bool = False) -> Line:
    return Line(Passage.from_text(text, PrintedPlace(lines=(1, 1))), gap=gap)


def record(*blocks: Line | Table) -> Decree:
    document = {"sha256": "0" * 64, "name": "a.pdf", "media_type": "application/pdf", "pages": 1}
    parsed, _ = parse_pages([Page(blocks)], {**document, "origin": "digital"})
    return parsed.to_decree()


def table(title: str, name: str) -> Table:
    rows = (("No", title, "Formula", "Sumber Data"), ("1", name, f"Jumlah {name}", "SPJ"))
    return Table(tuple(tuple(Cell((printed(text),)) for text in row) for row in rows))


HEAD = printed("INDIKATOR KINERJA UTAMA PERANGKAT DAERAH")


def test_agencies_that_head_their_tables_are_holders() -> None:
    decree = record(
        HEAD,
        printed("I. KECAMATAN SUKAMULIH", gap=True),
        table("Indikator Kinerja", "Desa tertib"),
        printed("II. DINAS PERTANIAN", gap=True),
        table("Indikator Kinerja", "Petani aktif"),
    )
    assert [(h.type, h.name, [i.name for i in h.indicators]) for h in decree.holders] == [
        ("agency", "KECAMATAN SUKAMULIH", ["Desa tertib"]),
        ("agency", "DINAS PERTANIAN", ["Petani aktif"]),
    ]


def test_a_sentence_about_an_agency_heads_no_table() -> None:
    decree = record(
        HEAD,
        table("Indikator Kinerja", "Desa tertib"),
        printed("Kecamatan menyusun laporan setiap bulan.", gap=True),
        table("Indikator Kinerja", "Petani aktif"),
    )
    assert len(decree.holders) == 1


def test_the_old_form_titles_its_indicators_uraian() -> None:
    assert record(HEAD, table("Uraian", "Desa tertib")).holders[0].indicators[0].name == "Desa tertib"


def pairs(*lines: str) -> list[tuple[str, str | None]]:
    decree = record(HEAD, *(printed(text, gap=True) for text in lines))
    return [(i.name, i.objective) for holder in decree.holders for i in holder.indicators]


def test_an_objective_may_stand_behind_its_indicator() -> None:
    assert pairs(
        "Indikator : Desa tertib",
        "Sasaran : Meningkatnya ketertiban",
        "Formula : Jumlah desa tertib",
        "Indikator : Petani aktif",
        "Sasaran : Meningkatnya panen",
        "Formula : Jumlah petani aktif",
    ) == [("Desa tertib", "Meningkatnya ketertiban"), ("Petani aktif", "Meningkatnya panen")]


def test_an_objective_before_its_indicators_holds_for_all_of_them() -> None:
    assert pairs(
        "Sasaran : Meningkatnya ketertiban",
        "Indikator : Desa tertib",
        "Indikator : Dusun tertib",
        "Sasaran : Meningkatnya panen",
        "Indikator : Petani aktif",
    ) == [
        ("Desa tertib", "Meningkatnya ketertiban"),
        ("Dusun tertib", "Meningkatnya ketertiban"),
        ("Petani aktif", "Meningkatnya panen"),
    ]


def test_the_last_officer_of_a_list_is_no_objective() -> None:
    lines = ("Penanggung Jawab :", "a. Kasi Pemerintahan", "b. Sekretaris Kecamatan")
    decree = record(
        HEAD,
        printed("Sasaran : Meningkatnya ketertiban", gap=True),
        printed("Indikator : Desa tertib", gap=True),
        *(printed(text) for text in lines),
        printed("Indikator : Petani aktif", gap=True),
    )
    first, second = decree.holders[0].indicators
    assert first.responsible == ["Kasi Pemerintahan", "Sekretaris Kecamatan"]
    assert second.objective == "Meningkatnya ketertiban"
