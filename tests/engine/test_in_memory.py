"""Building: which files are read, one failure costing one file, and the same bytes every time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

import extractors
from extractors.model.record import Decree
from pipeline import build
from pipeline.atomic_write import write_atomically
from pipeline.engine.discover import find_documents
from pipeline.linking import Decision, load_definitions
from tests.support.pdf_prints import printed, text, together

SAMPLES = Path(__file__).parents[2] / "samples/text"
SHEET = """INDIKATOR KINERJA UTAMA TAHUN 2024-2026

1. Instansi : KECAMATAN {name} KABUPATEN TIRTAMAYA
2. Tugas Pokok : Membantu Bupati
3. Fungsi : a. pembinaan desa;
4. Tujuan : Terwujudnya desa tangguh
5. Indikator Tujuan : Indeks Pelayanan Publik

No.\tSasaran Strategis\tIndikator Kinerja Utama\tRumus / Formula\tSumber Data\tPenanggung Jawab
1\tMeningkatnya ketangguhan desa\tPersentase desa tangguh\t{formula}\tLaporan desa\tCamat

{place}, 15 Januari 2024
CAMAT {name}

PEJABAT UJI
NIP. 19700312 199403 1 001
"""


def _sheet(folder: Path, name: str, below: str = "Jumlah desa") -> Path:
    path = folder / f"{name.casefold()}.txt"
    path.write_text(
        SHEET.format(name=name, place=name.title(), formula=f"(Jumlah desa tangguh / {below}) x 100%"),
        "utf-8",
    )
    return path


def test_folders_are_searched_and_hidden_or_foreign_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "inner/a.md", ".hidden.txt", ".git/c.txt", "notes.xyz", "B.HTML"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    assert [p.name for p in find_documents([tmp_path])] == ["B.HTML", "a.md", "b.txt"]


def test_a_file_named_by_itself_is_tried_and_named_twice_is_read_once(tmp_path: Path) -> None:
    odd = tmp_path / "decree.xyz"
    assert find_documents([odd, odd]) == (odd,)


def test_kecamatan_are_compared_and_the_same_build_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = _sheet(tmp_path, "WANASARI"), _sheet(tmp_path, "CIHERANG", "Jumlah desa rencana")
    there, back = build([one, two]), build([two, one, tmp_path])
    assert [d.kecamatan for d in there.documents] == ["Ciherang", "Wanasari"]
    assert "denominator_variant" in {f.name for f in there.findings}
    assert there.to_json() == back.to_json()


def test_the_same_content_under_two_names_is_one_document(tmp_path: Path) -> None:
    one = _sheet(tmp_path, "WANASARI")
    (tmp_path / "again.txt").write_bytes(one.read_bytes())
    (document,) = build([tmp_path]).documents
    assert (document.name, document.also_named) == ("again.txt", ["wanasari.txt"])


def test_a_bad_document_costs_itself_alone(tmp_path: Path) -> None:
    _sheet(tmp_path, "WANASARI")
    (tmp_path / "empty.txt").write_bytes(b"")
    made = build([tmp_path, tmp_path / "missing.txt"])
    assert len(made.documents) == 1
    assert [(f.name, f.status) for f in made.failures] == [("empty.txt", "empty"), ("missing.txt", "missing")]
    assert all(f.message and f.mend for f in made.failures)


def test_an_error_of_the_program_is_a_failure_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sheet(tmp_path, "WANASARI")
    _sheet(tmp_path, "CIHERANG")
    sound = extractors.read_bytes

    def broken(data: bytes, name: str, password: str | None = None) -> Decree:
        if name == "ciherang.txt":
            raise ZeroDivisionError
        return sound(data, name, password)

    monkeypatch.setattr(extractors, "read_bytes", broken)
    made = build([tmp_path])
    assert [d.kecamatan for d in made.documents] == ["Wanasari"]
    assert [(f.status, "ZeroDivisionError" in f.message) for f in made.failures] == [("failed", True)]


def test_bytes_can_be_given_by_name(tmp_path: Path) -> None:
    data = _sheet(tmp_path, "WANASARI").read_bytes()
    (document,) = build([], contents={"stdin": data}).documents
    assert document.name == "stdin"


def test_a_decision_wins_over_the_match(tmp_path: Path) -> None:
    path = _sheet(tmp_path, "WANASARI")
    definition = load_definitions()[0]
    decision = Decision.model_validate(
        {
            "verdict": "same",
            "text": "Persentase desa tangguh",
            "definition": definition.id,
            "who": "penelaah",
            "when": "2026-01-02",
        }
    )
    (linked,) = build([path], decisions=[decision]).indicators
    assert (linked.link.kind, linked.link.target) == ("definition", definition.id)


def test_what_no_definition_covers_becomes_a_cluster(tmp_path: Path) -> None:
    for name in ("WANASARI", "CIHERANG"):
        _sheet(tmp_path, name)
    made = build([tmp_path], definitions=[])
    assert [len(c.members) for c in made.clusters] == [2]
    assert {i.link.target for i in made.indicators} == {made.clusters[0].id}


def test_a_write_that_fails_leaves_the_older_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "catalogue.json"
    write_atomically({target: "old"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically({target: "new"})
    assert target.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["catalogue.json"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="samples/text is not here")
def test_the_samples_build_without_failure() -> None:
    made = build([SAMPLES])
    assert made.failures == []
    assert {f.severity for f in made.findings} >= {"error", "warning"}


def test_passwords_are_tried_in_turn_on_locked_pdfs(tmp_path: Path) -> None:
    def locked(name: str, password: str) -> None:
        lines = (
            f"INDIKATOR KINERJA UTAMA KECAMATAN {name[0].upper()}ATUMULIH",
            "Sasaran : Meningkatnya pelayanan",
            "Indikator : Nilai IKM",
            "Formulasi : Nilai rata-rata x 25",
            "Sumber Data : Laporan SKM",
        )
        drawn = together(*(text(50, 80 + 20 * i, line) for i, line in enumerate(lines)))
        (tmp_path / name).write_bytes(printed(drawn, encrypt=StandardEncryption(password)))

    locked("satu.pdf", "kunci")
    locked("dua.pdf", "lain")
    locked("tiga.pdf", "hilang")
    made = build([tmp_path], passwords=["lain", "kunci"])
    assert sorted(document.name for document in made.documents) == ["dua.pdf", "satu.pdf"]
    (failure,) = made.failures
    assert (failure.name, failure.status) == ("tiga.pdf", "encrypted")
    assert "--password" in failure.mend
