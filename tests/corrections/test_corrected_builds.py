"""Corrections in a build: replayed, marked, reported, and the same bytes in memory as in a folder."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import pipeline
from extractors.model.record import Provenance
from pipeline.audit import audit_decrees
from pipeline.corrections.apply_corrections import replay_corrections
from pipeline.corrections.correction_file import CorrectionEntry, append_corrections, load_corrections
from pipeline.read_decree import read_formulas
from pipeline.reports import summary
from pipeline.reports.location_text import describe_location
from tests.support.audit_cases import context, decree, formula, indicator
from tests.support.engine_cases import Heard, archive, built

FORMULA = "/holders/0/indicators/0/formula"
PRINTED = "(Desa tangguh / desa) x 100%"


def entry(file: Path, pointer: str, read: Any, value: Any, **more: Any) -> CorrectionEntry:
    """A correction of a document by its bytes."""
    fields = {"reason": "salah baca", "who": "Bagian Organisasi", **more}
    return CorrectionEntry(
        document=f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}",
        pointer=pointer,
        read=read,
        value=value,
        when=datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
        **fields,
    )


def rows(out: Path) -> dict[str, dict[str, Any]]:
    """What ``build.json`` says of each file."""
    files = json.loads((out / "build.json").read_bytes())["files"]
    return {Path(row["file"]).name: row for row in files}


def test_a_corrected_build_gives_the_same_bytes_and_reads_its_formula_again(tmp_path: Path) -> None:
    folder, out, file = archive(tmp_path / "in"), tmp_path / "out", tmp_path / "corrections.yaml"
    built(folder, out)
    document = folder / "wanasari.txt"
    corrections = [
        entry(document, FORMULA, PRINTED, "(Jumlah desa tangguh / Jumlah dusun) x 100%"),
        entry(document, "/holders/0/indicators/2", "Persentase lumbung padi tertata", None),
        entry(document, "/number", None, "188.4/5/2024"),
    ]
    append_corrections(file, corrections)
    heard = Heard()
    result = built(folder, out, heard, corrections=file)
    assert (heard.fresh["read"], heard.said, result.is_unchanged) == (1, [], False)
    catalogue = pipeline.build([folder], corrections=load_corrections(file))
    assert (out / "catalogue.json").read_text("utf-8") == catalogue.to_json()
    assert (out / "summary.md").read_text("utf-8") == summary.render_summary(catalogue)
    (entry_of_it,) = [d for d in catalogue.documents if d.name == "wanasari.txt"]
    assert {pointer: mark.read for pointer, mark in entry_of_it.corrected.items()} == {
        f"{FORMULA}/raw": PRINTED,
        "/number": None,
    }
    first, second = [i for i in catalogue.indicators if i.document == entry_of_it.id]
    assert first.formula and first.formula.expression == '"jumlah desa tangguh" / "jumlah dusun" * 100%'
    assert first.formula_provenance and first.formula_provenance.corrected
    assert describe_location(first.formula_provenance).id.endswith(" (dikoreksi)")
    assert second.name == "Nilai Survei Kepuasan Masyarakat"
    assert "2 isian dikoreksi oleh orang dalam 1 dokumen" in summary.render_summary(catalogue)
    assert rows(out)["wanasari.txt"]["corrected"] == 3 and rows(out)["ciherang.txt"]["corrected"] == 0
    assert built(folder, out, corrections=file).is_unchanged


def test_lapsed_corrections_and_disagreements_are_reported_at_every_build(tmp_path: Path) -> None:
    folder, out, file = archive(tmp_path / "in"), tmp_path / "out", tmp_path / "corrections.yaml"
    document = folder / "wanasari.txt"
    append_corrections(
        file,
        [
            entry(document, FORMULA, "(Desa langguh / desa) x 100%", "A / B"),
            entry(document, "/place", "Wanasari", "Wanasri"),
            entry(document, "/place", "Wanasari", "Wonosari", who="Camat"),
        ],
    )
    for _ in range(2):
        heard = Heard()
        built(folder, out, heard, corrections=file)
        assert any("wanasari.txt" in said and "has lapsed" in said for said in heard.said)
        assert any("Camat to “Wonosari”" in said for said in heard.said)
        (out / "build.json").unlink()
    built(folder, out, corrections=file)
    assert len(rows(out)["wanasari.txt"]["open_corrections"]) == 2
    assert "2 koreksi perlu dilihat lagi" in (out / "summary.md").read_text("utf-8")
    documents = json.loads((out / "catalogue.json").read_bytes())["documents"]
    assert [d["place"] for d in documents if d["name"] == "wanasari.txt"] == ["Wonosari"]


def test_a_value_that_does_not_fit_costs_its_document_alone(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    wrong = entry(folder / "wanasari.txt", "/year", 2024, "dua ribu")
    catalogue = pipeline.build([folder], corrections=[wrong])
    failures = {failure.name: failure for failure in catalogue.failures}
    assert failures["wanasari.txt"].status == "corrections" and "/year" in failures["wanasari.txt"].message
    assert len(catalogue.documents) == 5


def test_a_person_names_the_office_and_the_heading_stays_as_printed(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    plain = pipeline.build([folder])
    (printed,) = [d for d in plain.documents if d.name == "banyubiru.txt"]
    read = printed.office.code if printed.office else None
    corrections = [entry(folder / "banyubiru.txt", "/office", read, "35.08.03")]
    (document,) = [
        d for d in pipeline.build([folder], corrections=corrections).documents if d.name == "banyubiru.txt"
    ]
    assert document.office is not None
    assert (document.office.code, document.office.evidence, document.office.certainty) == (
        "35.08.03",
        ["corrected"],
        1.0,
    )
    assert document.kecamatan == "Banyubiru"


def test_a_revoked_correction_leaves_the_build_as_it_was(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    correction = entry(folder / "wanasari.txt", "/place", "Wanasari", "Wonosari")
    revoked = correction.model_copy(update={"revoked": True})
    assert pipeline.build([folder], corrections=[correction, revoked]) == pipeline.build([folder])


@pytest.mark.parametrize("origin", ["scan", "text"])
def test_findings_of_a_corrected_value_are_the_decrees_own(origin: str) -> None:
    scanned = decree(
        indicator(
            formula=formula('"jumlah desa tangguh" / "jumlah desa"', "Jumlah desa tangguh / Jumlah desa")
        ),
        origin=origin,
    )
    scanned.provenance[f"{FORMULA}/raw"] = Provenance(lines=(3, 3), confidence=0.4)
    before = {f.code: f.cause for f in audit_decrees(context(scanned)) if f.place.pointer == FORMULA}
    assert before["F003"] == "uncertain" and "O004" in before
    correction = CorrectionEntry(
        document=f"sha256:{scanned.document.sha256}",
        pointer=FORMULA,
        read="Jumlah desa tangguh / Jumlah desa",
        value="Jumlah desa tangguh / Jumlah desa nyata",
        reason="salah baca",
        who="Camat",
        when=datetime(2026, 11, 28, tzinfo=UTC),
    )
    corrected = read_formulas(replay_corrections(scanned, [correction]).decree)
    after = {f.code: f.cause for f in audit_decrees(context(corrected)) if f.place.pointer == FORMULA}
    assert after["F003"] == "decree_fault" and not any(code.startswith("O") for code in after)
