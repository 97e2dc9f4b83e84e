"""The engine: what a build in memory gives, from any cache, by any workers, and no more work than is due."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

import pipeline
from extractors.errors import ConfigError
from pipeline.audit.settings.audit_settings import apply_settings, load_settings
from pipeline.engine import BuildRequest, run_build
from pipeline.engine.executors import SerialExecutor, TaskFailure, TaskResult, WorkerTask, process_limits
from pipeline.engine.executors.process_pool import ProcessPool
from pipeline.engine.executors.protocol import JobT, ResultT, discard_message
from pipeline.engine.stages import read_job as tasks
from pipeline.engine.stages.regency_jobs import link_regency
from pipeline.errors import BuildError, NoDocumentError
from pipeline.reports import summary
from samples.hostile import cases
from tests.support.engine_cases import Heard, archive, built, sheet

NOTHING = {"read": 0, "link": 0, "compare": 0, "audit": 0}


def _same_as_in_memory(folder: Path, out: Path) -> None:
    made = pipeline.build([folder])
    assert (out / "catalogue.json").read_text("utf-8") == made.to_json()
    assert (out / "summary.md").read_text("utf-8") == summary.render_summary(made)


def test_the_bytes_are_those_of_a_build_in_memory(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    (folder / "lagi").mkdir()
    shutil.copy(folder / "wanasari.txt", folder / "lagi/a-wanasari.md")
    outcome = built(folder, tmp_path / "out")
    assert (outcome.documents, len(outcome.failures), outcome.has_serious_findings) == (6, 1, True)
    _same_as_in_memory(folder, tmp_path / "out")
    findings = json.loads((tmp_path / "out/catalogue.json").read_bytes())["findings"]
    beyond = [f for f in findings if f["code"] == "I006"]
    assert beyond and {p["document"] for p in beyond[0]["related"]}, "one NIP signs in several regencies"


@pytest.mark.slow
def test_neither_workers_nor_cache_nor_order_change_a_byte(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    built(folder, tmp_path / "satu")
    two = built(folder, tmp_path / "dua", cache=None, executor=lambda: ProcessPool(2))
    assert two.documents_read == 6, "what failed was not read"
    for name in ("catalogue.json", "summary.md"):
        assert (tmp_path / "satu" / name).read_bytes() == (tmp_path / "dua" / name).read_bytes()


def test_an_unchanged_build_does_nothing(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    first = built(folder, out)
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}

    def nobody() -> ProcessPool:
        raise AssertionError("there is no work")

    again = built(folder, out, executor=nobody)
    assert again.is_unchanged and not first.is_unchanged
    assert (again.documents, again.failures, again.has_serious_findings) == (6, first.failures, True)
    assert {path: path.stat().st_mtime_ns for path in out.iterdir() if path in before} == before


def test_an_unchanged_build_loads_nothing_heavy(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out, cache=str(out / ".iku-cache"))
    script = (
        "import sys; from pipeline.cli import main\n"
        f"try: main(['build', {str(folder)!r}, '--out', {str(out)!r}])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'pydantic', 'cv2', 'onnxruntime', 'numpy', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Nothing has changed" in done.stderr
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["catalogue.json", "summary.md", "build.json"])
def test_outputs_that_were_touched_are_written_again(tmp_path: Path, name: str) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    right = (out / "catalogue.json").read_bytes()
    (out / name).write_text("{}", "utf-8")
    heard = Heard()
    assert not built(folder, out, heard).is_unchanged
    assert (out / "catalogue.json").read_bytes() == right
    assert heard.fresh == NOTHING


def test_a_changed_document_costs_itself_and_its_regency(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    sheet(folder, "WANASARI", formula="(Desa tangguh / desa rencana) x 100%")
    heard = Heard()
    outcome = built(folder, out, heard)
    assert (outcome.documents_read, heard.fresh["read"], heard.fresh["link"]) == (1, 1, 1)
    _same_as_in_memory(folder, out)


def test_a_document_that_is_gone_is_gone(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    (folder / "sumberjati.txt").unlink()
    heard = Heard()
    built(folder, out, heard)
    assert heard.fresh["read"] == heard.fresh["link"] == 0
    _same_as_in_memory(folder, out)


def test_a_changed_definition_links_anew_and_reads_no_page(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    reviewed = Path(__file__).parents[2] / "normalized/definitions"
    definitions = shutil.copytree(reviewed, tmp_path / "definitions")
    built(folder, out, definitions=definitions)
    first = json.loads((out / "catalogue.json").read_bytes())
    file = definitions / "pelayanan.yaml"
    changed = file.read_text("utf-8").replace("name: Indeks Kepuasan Masyarakat\n", "name: Indeks Uji Lain\n")
    file.write_text(changed, "utf-8")
    heard = Heard()
    built(folder, out, heard, definitions=definitions)
    assert (heard.fresh["read"], heard.fresh["link"]) == (0, 4)
    assert json.loads((out / "catalogue.json").read_bytes())["documents"] == first["documents"]


def test_the_same_file_under_another_name_is_not_read_again(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    (folder / "ciherang.txt").rename(folder / "keputusan.txt")
    heard = Heard()
    built(folder, out, heard)
    assert (heard.fresh["read"], heard.fresh["link"]) == (0, 0)
    _same_as_in_memory(folder, out)


def test_damaged_entries_are_seen_and_made_anew(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    right = (out / "catalogue.json").read_bytes()
    for kind in sorted(path.name for path in (tmp_path / "cache").iterdir() if path.is_dir()):
        for path in (tmp_path / "cache" / kind).rglob("*"):
            if path.is_file():
                data = bytearray(path.read_bytes())
                data[len(data) // 2] ^= 4
                path.write_bytes(data)
        (out / "build.json").unlink()
        built(folder, out)
        assert (out / "catalogue.json").read_bytes() == right, kind


def test_settings_hold_as_in_memory_and_a_changed_waiver_reads_nothing(tmp_path: Path) -> None:
    folder, out, file = archive(tmp_path / "in"), tmp_path / "out", tmp_path / "audit.yaml"
    made = pipeline.build([folder])
    finding = next(f for f in made.findings if f.severity == "warning")
    waiver = {"fingerprint": finding.fingerprint, "code": finding.code, "reason": "sudah diketahui"}
    rows = [{**waiver, "of": "uji coba", "who": "uji", "when": "2026-01-02"}]
    file.write_text(json.dumps({"ignore": ["S"], "waivers": rows}), "utf-8")
    built(folder, out)
    heard = Heard()
    built(folder, out, heard, settings=file)
    assert heard.fresh["read"] == heard.fresh["link"] == 0
    right = apply_settings(made, load_settings(file), date.today())
    assert (out / "catalogue.json").read_text("utf-8") == right.to_json()
    assert (out / "summary.md").read_text("utf-8") == summary.render_summary(right)
    assert "1 waivers, " in heard.said[0] and "fit no finding" not in heard.said[0]


def test_what_became_of_each_file_is_told(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    heard = Heard()
    built(folder, out, heard)
    assert [(f.name, f.status) for f in heard.failures] == [("kosong.txt", "empty")]
    files = {Path(row["file"]).name: row for row in json.loads((out / "build.json").read_bytes())["files"]}
    assert len(files) == 7
    assert files["kosong.txt"]["status"] == "empty" and files["kosong.txt"]["reason"]
    assert files["wanasari.txt"]["status"] == "ok" and not files["wanasari.txt"]["cached"]
    assert files["wanasari.txt"]["seconds"] >= 0 and files["wanasari.txt"]["ocr_share"] == 0
    sheet(folder, "WANASARI", crop="jagung")
    built(folder, out)
    rows = {Path(row["file"]).name: row for row in json.loads((out / "build.json").read_bytes())["files"]}
    assert [name for name, row in sorted(rows.items()) if not row["cached"]] == ["wanasari.txt"]


def test_where_nothing_can_be_read_the_last_outputs_stand(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    before = (out / "catalogue.json").read_bytes()
    for path in folder.iterdir():
        path.write_bytes(b"")
    assert built(folder, out).documents == 0
    assert (out / "catalogue.json").read_bytes() == before
    rows = json.loads((out / "build.json").read_bytes())["files"]
    assert {row["status"] for row in rows} == {"empty"}
    assert not built(folder, out).is_unchanged, "the outputs that stand are not those of these files"
    archive(folder)
    built(folder, out)
    _same_as_in_memory(folder, out)


def test_a_folder_without_documents_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(NoDocumentError):
        built(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_every_document_fails_it_is_told_of_each(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(b"")
    outcome = built(tmp_path / "in", tmp_path / "out", cache=None)
    assert (outcome.documents, outcome.documents_read, len(outcome.failures)) == (0, 0, 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".iku.lock", "build.json"]
    (row,) = json.loads((tmp_path / "out/build.json").read_bytes())["files"]
    assert row["status"] == "empty" and row["reason"]


def test_a_folder_that_was_emptied_gives_the_catalogue_of_nothing_if_that_is_asked_for(
    tmp_path: Path,
) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out)
    for path in folder.iterdir():
        path.unlink()
    outcome = built(folder, out, empty=True)
    assert (outcome.documents, outcome.failures) == (0, ())
    _same_as_in_memory(folder, out)
    assert built(folder, out, empty=True).is_unchanged


@pytest.mark.slow
def test_documents_given_as_bytes_are_built_too(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    data = (folder / "wanasari.txt").read_bytes()
    (folder / "wanasari.txt").unlink()
    built(folder, out, contents={"stdin": data}, executor=lambda: ProcessPool(1))
    made = pipeline.build([folder], contents={"stdin": data})
    assert (out / "catalogue.json").read_text("utf-8") == made.to_json()


def test_a_shared_folder_or_bucket_holds_input_and_cache(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    folder = archive(tmp_path / "in")
    memory = fsspec.filesystem("memory")
    for path in folder.iterdir():
        memory.pipe_file(f"/archive/{path.name}", path.read_bytes())
    heard = Heard()
    for name in ("satu", "dua"):
        run_build(
            BuildRequest(("memory://archive",), tmp_path / name, SerialExecutor, cache="memory://kept"), heard
        )
    assert heard.fresh == NOTHING
    made = pipeline.build([folder])
    assert (tmp_path / "satu/catalogue.json").read_text("utf-8") == made.to_json()


def test_a_lost_group_ends_the_build_with_its_name(tmp_path: Path) -> None:
    class Losing(SerialExecutor):
        def run(
            self,
            tasks: Iterable[WorkerTask[JobT, ResultT]],
            say: Callable[[str], None] = discard_message,
        ) -> Iterator[TaskResult[JobT, ResultT]]:
            for task in tasks:
                if task.function is link_regency:
                    yield TaskResult(task, None, 0.0, TaskFailure("crashed", "it fell"))
                else:
                    yield from super().run([task])

    folder = archive(tmp_path / "in")
    with pytest.raises(BuildError, match="it fell"):
        built(folder, tmp_path / "out", executor=Losing)
    assert not (tmp_path / "out/catalogue.json").exists()


def test_definitions_that_cannot_be_used_are_told_before_anything_is_read(tmp_path: Path) -> None:
    broken = tmp_path / "definitions"
    broken.mkdir()
    (broken / "rusak.yaml").write_text("definitions: [\n", "utf-8")
    heard = Heard()
    with pytest.raises(ConfigError, match=r"rusak\.yaml"):
        built(archive(tmp_path / "in"), tmp_path / "out", heard, definitions=broken)
    assert not heard.fresh


def test_what_a_killed_build_without_a_cache_left_is_taken_away(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    for name in (".iku-scratch-abc/decree/aa", ".iku-scratch-def"):
        (out / name).mkdir(parents=True)
    (out / ".iku-scratch-abc/decree/aa/x").write_bytes(b"x")
    (out / ".catalogue.json.x1.part").write_bytes(b"{")
    (out / ".audit.html.x1.part").write_bytes(b"another program's")
    built(folder, out, cache=None)
    hidden = sorted(path.name for path in out.iterdir() if path.name.startswith("."))
    assert hidden == [".audit.html.x1.part", ".iku.lock"]


@pytest.mark.parametrize(
    ("case", "pages"), [("count-too-high", 2), ("count-huge", 2), ("count-too-low", 2), ("plain", 2)]
)
def test_a_file_gets_time_for_the_pages_that_it_has_whatever_it_counts(case: str, pages: int) -> None:
    made = next(one for one in cases() if one.name == f"structure-{case}.pdf").make()
    asked: list[float] = []
    process_limits.set_deadline_handler(asked.append)
    try:
        tasks._extend_deadline(made, 60.0, ())
        tasks._extend_deadline(made, None, ())
    finally:
        process_limits._deadline_handler = None
    assert len(asked) == 1 and 60 < asked[0] <= 60 + pages * tasks.PAGE_SECONDS


def test_no_file_gets_more_time_than_for_a_thousand_pages() -> None:
    class Endless:
        """Has every page that is asked for."""

        def __len__(self) -> int:
            return 2_000_000_000

        def get_page_size(self, number: int) -> tuple[float, float]:
            return 595.0, 842.0

    assert tasks._count_pages(Endless()) == tasks.MAX_TIMED_PAGES


def test_a_folder_that_is_built_into_itself_does_not_read_its_outputs(tmp_path: Path) -> None:
    folder = archive(tmp_path / "in")
    first, again = built(folder, folder), built(folder, folder)
    assert again.is_unchanged
    assert again.failures == first.failures
