"""The summary: what a person reads of a build."""

from __future__ import annotations

import io

from rich.console import Console

from extractors.model.record import Decree, Provenance
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Failure, Place
from pipeline.reports.summary import format_place, print_summary, render_summary
from tests.support.audit_cases import at_line, decree, formula, indicator

OTHER = formula('"jumlah desa tangguh" / "jumlah desa yang direncanakan" * 100%')


def _made(*decrees: Decree, failures: tuple[Failure, ...] = ()) -> Catalogue:
    return build_from_decrees([ReadDocument(d, ()) for d in decrees], load_definitions(), failures=failures)


def _pair() -> Catalogue:
    return _made(decree(indicator()), decree(indicator(formula=OTHER), kecamatan="Ciherang"))


def test_kecamatan_stand_side_by_side() -> None:
    text = render_summary(_pair())
    assert "## Kabupaten Tirtamaya · IKU 2024–2026" in text
    assert "| Ciherang | Wanasari |" in text


def test_formulas_that_disagree_name_who_uses_them() -> None:
    text = render_summary(_pair())
    assert "2 versi untuk satu hal" in text
    assert "| jumlah desa tangguh / jumlah desa \\* 100% | Wanasari |" in text
    assert "| jumlah desa tangguh / jumlah desa yang direncanakan \\* 100% | Ciherang |" in text


def test_periods_are_kept_apart_and_undated_decrees_are_marked() -> None:
    old = decree(indicator(), kecamatan="Ciherang", period={"start": 2018, "end": 2022}, year=2018)
    undated = decree(indicator(), kecamatan="Batulayar", period=None, year=None, date=None)
    text = render_summary(_made(decree(indicator()), old, undated))
    assert text.count("## Kabupaten Tirtamaya · IKU 20") == 2
    assert "Batulayar (tanpa tahun)" in text


def test_errors_come_first_and_say_file_and_line() -> None:
    made = at_line(
        decree(indicator(objective="Mengelola desa", formula=None)), "/holders/0/indicators/0/name", 12
    )
    text = render_summary(_made(made))
    assert "**galat (error) F001** · `wanasari.txt:12`" in text
    assert text.index("F001") < text.index("S006")


def test_failures_say_what_to_do() -> None:
    failed = Failure(name="kosong.txt", status="empty", message="The file is empty.", mend="Scan it again.")
    assert "`kosong.txt` (empty): The file is empty. Scan it again." in render_summary(
        _made(failures=(failed,))
    )


def test_a_sound_decree_has_nothing_to_report() -> None:
    assert "Tidak ada temuan" in render_summary(_made(decree(indicator())))


def test_printed_signs_do_not_break_the_table() -> None:
    odd = indicator(name="Persentase desa | *tangguh* <b>\nbaru", objective="x")
    pair = decree(odd), decree(odd, kecamatan="Ciherang")
    rows = [
        line
        for line in render_summary(_made(*pair)).splitlines()
        if "tangguh" in line and line.startswith("|")
    ]
    assert rows
    assert all(line.replace("\\|", "").count("|") == 4 for line in rows if "✓" in line or "•" in line)


def test_a_place_on_a_page_is_named_by_its_page() -> None:
    made = _made(decree(indicator()))
    where = Provenance(page=3, bbox=(0, 0, 1, 1), confidence=1)
    place = Place(document=made.documents[0].id, pointer="/title", quote="", provenance=where)
    assert format_place(made, place) == "wanasari.txt hlm. 3"


def test_the_terminal_shows_the_same_and_the_text_never_changes() -> None:
    made = _pair()
    console = Console(file=io.StringIO(), width=200, record=True)
    print_summary(made, console)
    shown = console.export_text()
    assert "Ringkasan katalog" in shown
    assert "Ciherang" in shown
    assert render_summary(made) == render_summary(_pair())
