"""The summary: what a person reads of a build."""

from __future__ import annotations

import io

from audit_cases import at_line, decree, formula, indicator
from rich.console import Console

from extractors.record import Decree, Provenance
from pipeline.building import Read, assemble
from pipeline.catalogue import Catalogue, Failure, Place
from pipeline.linking import load
from pipeline.summary import markdown, place_of, show

OTHER = formula('"jumlah desa tangguh" / "jumlah desa yang direncanakan" * 100%')


def _made(*decrees: Decree, failures: tuple[Failure, ...] = ()) -> Catalogue:
    return assemble([Read(d, ()) for d in decrees], load(), failures=failures)


def _pair() -> Catalogue:
    return _made(decree(indicator()), decree(indicator(formula=OTHER), kecamatan="Ciherang"))


def test_kecamatan_stand_side_by_side() -> None:
    text = markdown(_pair())
    assert "## Kabupaten Tirtamaya · IKU 2024–2026" in text
    assert "| Ciherang | Wanasari |" in text


def test_formulas_that_disagree_name_who_uses_them() -> None:
    text = markdown(_pair())
    assert "2 versi untuk satu hal" in text
    assert "| jumlah desa tangguh / jumlah desa \\* 100% | Wanasari |" in text
    assert "| jumlah desa tangguh / jumlah desa yang direncanakan \\* 100% | Ciherang |" in text


def test_periods_are_kept_apart_and_undated_decrees_are_marked() -> None:
    old = decree(indicator(), kecamatan="Ciherang", period={"start": 2018, "end": 2022}, year=2018)
    undated = decree(indicator(), kecamatan="Batulayar", period=None, year=None, date=None)
    text = markdown(_made(decree(indicator()), old, undated))
    assert text.count("## Kabupaten Tirtamaya · IKU 20") == 2
    assert "Batulayar (tanpa tahun)" in text


def test_errors_come_first_and_say_file_and_line() -> None:
    made = at_line(
        decree(indicator(objective="Mengelola desa", formula=None)), "/holders/0/indicators/0/name", 12
    )
    text = markdown(_made(made))
    assert "**galat (error) F001** · `wanasari.txt:12`" in text
    assert text.index("F001") < text.index("S006")


def test_failures_say_what_to_do() -> None:
    failed = Failure(name="kosong.txt", status="empty", message="The file is empty.", mend="Scan it again.")
    assert "`kosong.txt` (empty): The file is empty. Scan it again." in markdown(_made(failures=(failed,)))


def test_a_sound_decree_has_nothing_to_report() -> None:
    assert "Tidak ada temuan" in markdown(_made(decree(indicator())))


def test_printed_signs_do_not_break_the_table() -> None:
    odd = indicator(name="Persentase desa | *tangguh* <b>\nbaru", objective="x")
    pair = decree(odd), decree(odd, kecamatan="Ciherang")
    rows = [
        line for line in markdown(_made(*pair)).splitlines() if "tangguh" in line and line.startswith("|")
    ]
    assert rows
    assert all(line.replace("\\|", "").count("|") == 4 for line in rows if "✓" in line or "•" in line)


def test_a_place_on_a_page_is_named_by_its_page() -> None:
    made = _made(decree(indicator()))
    where = Provenance(page=3, bbox=(0, 0, 1, 1), confidence=1)
    place = Place(document=made.documents[0].id, pointer="/title", quote="", provenance=where)
    assert place_of(made, place) == "wanasari.txt hlm. 3"


def test_the_terminal_shows_the_same_and_the_text_never_changes() -> None:
    made = _pair()
    console = Console(file=io.StringIO(), width=200, record=True)
    show(made, console)
    shown = console.export_text()
    assert "Ringkasan katalog" in shown
    assert "Ciherang" in shown
    assert markdown(made) == markdown(_pair())
