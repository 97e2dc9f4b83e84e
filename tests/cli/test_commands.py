"""The command line as people use it: whole processes, exit statuses, what goes to which stream."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.engine.discover import find_documents
from tests.support.pdf_prints import printed, text, together

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "text"
SHEET = SAMPLES / "watugilang-iku-2024.lumajang.txt"
CLEAN = """INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH KABUPATEN WANAREJA
TAHUN 2024-2026
NOMOR : 188.45/07/KEP/39.04.02/2024

Instansi : KECAMATAN SUKAMULIH

| No. | Sasaran Strategis | Indikator Kinerja Utama | Rumus | Sumber Data | Penanggung Jawab |
| --- | --- | --- | --- | --- | --- |
| 1 | Meningkatnya tertib administrasi desa | Persentase desa lunas PBB | \
(Jumlah desa lunas PBB / Jumlah desa wajib PBB) x 100% | Laporan pelunasan PBB | Kasi Pemerintahan |

Sukamulih, 3 Mei 2024
CAMAT SUKAMULIH

BUDI CONTOH, S.IP.
NIP. 19700101 199501 1 999
"""


def iku(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main(prog_name='iku')", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def test_read_gives_the_record_on_standard_output_alone() -> None:
    run = iku("read", str(SHEET))
    assert run.returncode == 0
    assert run.stderr == b""
    assert json.loads(run.stdout)["kecamatan"] == "Watugilang"


def test_a_password_opens_a_locked_pdf_and_its_lack_is_told(tmp_path: Path) -> None:
    lines = (
        "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH",
        "Sasaran : Meningkatnya pelayanan",
        "Indikator : Nilai IKM",
        "Formulasi : Nilai rata-rata x 25",
        "Sumber Data : Laporan SKM",
    )
    page = [text(60, 80 + 30 * row, line) for row, line in enumerate(lines)]
    locked = tmp_path / "terkunci.pdf"
    locked.write_bytes(printed(together(*page), encrypt=StandardEncryption("kunci")))
    assert b"encrypted" in iku("read", str(locked)).stderr
    opened = iku("read", str(locked), "--password", "kunci")
    assert opened.returncode == 0, opened.stderr
    [indicator] = json.loads(opened.stdout)["holders"][0]["indicators"]
    assert indicator["name"] == "Nilai IKM"
    assert b"encrypted" in iku("check", str(locked)).stderr
    checked = iku("check", str(locked), "--password", "salah", "--password", "kunci", "--format", "json")
    assert json.loads(checked.stdout)["failures"] == []
    built = iku("build", str(locked), "--out", str(tmp_path / "hasil"), "--password", "kunci")
    assert (tmp_path / "hasil" / "catalogue.json").exists(), built.stderr


def test_standard_input_is_read_as_a_dash() -> None:
    run = iku("read", "-", stdin=CLEAN.encode("utf-16"))
    record = json.loads(run.stdout)
    assert record["document"]["name"] == "stdin"
    assert record["holders"][0]["indicators"][0]["formula"]["expression"] == (
        '"jumlah desa lunas pbb" / "jumlah desa wajib pbb" * 100%'
    )


def test_a_table_for_people_goes_to_standard_error() -> None:
    run = iku("read", str(SHEET), "--format", "table")
    assert (run.returncode, run.stdout) == (0, b"")
    assert "Watugilang" in run.stderr.decode()


def test_a_clean_decree_has_no_errors_or_warnings() -> None:
    run = iku("check", "-", stdin=CLEAN.encode())
    assert run.returncode == 0, run.stderr.decode()
    assert "0 error, 0 warning" in run.stderr.decode()


def test_check_quotes_what_is_wrong_and_where() -> None:
    broken = CLEAN.replace(") x 100%", ")").replace("/07/KEP", "/ /KEP")
    run = iku("check", "-", stdin=broken.encode())
    assert (run.returncode, run.stdout) == (1, b"")
    said = run.stderr.decode()
    assert "stdin:9: error F003" in said
    assert "    | (Jumlah desa lunas PBB / Jumlah desa wajib PBB)" in said
    assert "error I001" in said


def test_check_as_json_speaks_both_languages() -> None:
    run = iku("check", "--format", "json", str(SHEET))
    found = json.loads(run.stdout)
    assert found["documents"][0]["file"] == str(SHEET)
    assert all(finding["message"]["id"] and finding["message"]["en"] for finding in found["findings"])


def test_build_gives_the_same_bytes_whatever_the_order_of_files(tmp_path: Path) -> None:
    files = sorted(str(path) for path in SAMPLES.iterdir())
    one, two = tmp_path / "satu", tmp_path / "dua"
    first = iku("build", *files, "--out", str(one))
    second = iku("build", *reversed(files), "--out", str(two), "--quiet")
    assert (first.returncode, first.stdout) == (1, b"")
    assert (one / "catalogue.json").read_bytes() == (two / "catalogue.json").read_bytes()
    assert (one / "summary.md").read_bytes() == (two / "summary.md").read_bytes()
    assert "Kabupaten Mandalawening" in first.stderr.decode()
    written = [str(two / name) for name in ("catalogue.json", "summary.md", "build.json")]
    assert second.stderr.decode().splitlines() == written


def test_one_bad_document_costs_itself_alone(tmp_path: Path) -> None:
    folder = tmp_path / "masuk é"
    folder.mkdir()
    (folder / "keputusan camat.txt").write_text(CLEAN, "utf-8")
    (folder / "kosong.txt").write_bytes(b"")
    (folder / "anggaran.md").write_text("KEPUTUSAN CAMAT\nTENTANG\nANGGARAN\n\na\tb\n1\t2\n", "utf-8")
    (folder / "gambar.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    run = iku("build", str(folder), str(tmp_path / "tiada.txt"), "--out", str(tmp_path / "hasil"), "-q")
    assert run.returncode == 1
    catalogue = json.loads((tmp_path / "hasil" / "catalogue.json").read_text("utf-8"))
    assert [document["name"] for document in catalogue["documents"]] == ["keputusan camat.txt"]
    assert {failure["name"]: failure["status"] for failure in catalogue["failures"]} == {
        "anggaran.md": "other-decree",
        "gambar.txt": "damaged",
        "kosong.txt": "empty",
        "tiada.txt": "missing",
    }


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("penting")
    run = iku("build", str(SHEET), "--out", str(blocked / "hasil"))
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert blocked.read_text() == "penting"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["build"],
        ["build", "x.txt"],
        ["read"],
        ["read", "a", "b"],
        ["check", "--format", "xml", "a"],
        ["tidak"],
    ],
)
def test_wrong_use_is_told_from_findings(arguments: list[str]) -> None:
    run = iku(*arguments)
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Usage: iku" in run.stderr


def test_an_empty_folder_is_wrong_use(tmp_path: Path) -> None:
    run = iku("check", str(tmp_path))
    assert run.returncode == 2
    assert "no document" in run.stderr.decode()


def test_a_folder_cannot_be_read_as_a_file() -> None:
    run = iku("read", str(SAMPLES))
    assert (run.returncode, run.stdout) == (1, b"")
    assert "directory" in run.stderr.decode()


def test_definitions_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    (tmp_path / "salah.yaml").write_text("definitions:\n  - id: x\n    nama: salah\n", "utf-8")
    run = iku("check", str(SHEET), "--definitions", str(tmp_path))
    assert run.returncode == 2
    assert "salah.yaml" in run.stderr.decode()
    assert b"Traceback" not in run.stderr


def test_tables_of_the_program_that_cannot_be_used_blame_no_document(tmp_path: Path) -> None:
    broken = tmp_path / "keputusan.yaml"
    broken.write_text("decisions:\n- {verdict: same", "utf-8")
    run = iku("check", str(SHEET), "--decisions", str(broken))
    assert run.returncode == 2
    assert "keputusan.yaml" in run.stderr.decode()
    assert b"Traceback" not in run.stderr


def test_nothing_readable_leaves_the_last_good_catalogue(tmp_path: Path) -> None:
    assert iku("build", str(SHEET), "--out", str(tmp_path), "-q").returncode in (0, 1)
    good = (tmp_path / "catalogue.json").read_bytes()
    run = iku("build", str(tmp_path / "salah-ketik.txt"), "--out", str(tmp_path))
    assert run.returncode == 1
    assert "No document could be read" in run.stderr.decode()
    assert "stand as they were" in run.stderr.decode()
    assert (tmp_path / "catalogue.json").read_bytes() == good


def test_findings_stand_in_the_order_of_the_document_under_the_given_path(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        broken = CLEAN.replace(") x 100%", ")").replace("SUKAMULIH", f"SUKA{folder.upper()}MAJU")
        (tmp_path / folder / "iku.md").write_text(broken, "utf-8")
    run = iku("check", str(tmp_path))
    lines = [line for line in run.stderr.decode().splitlines() if line.startswith(str(tmp_path))]
    assert {line.split(":")[0] for line in lines} == {str(tmp_path / folder / "iku.md") for folder in "ab"}
    for folder in "ab":
        numbers = [int(line.split(":")[1]) for line in lines if line.startswith(str(tmp_path / folder))]
        assert numbers == sorted(numbers)


@pytest.mark.skipif(os.name == "nt", reason="signals are told otherwise there")
def test_an_interrupt_has_an_exit_status_of_its_own() -> None:
    code = """
from pipeline.cli import main, read
def interrupted(**_):
    raise KeyboardInterrupt
read.callback = interrupted
main(["read", "x"])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert run.returncode == 130
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("of", ["record", "catalogue"])
def test_the_published_schema_is_the_printed_one_and_describes_every_field(of: str) -> None:
    run = iku("schema", of)
    assert run.stdout == (ROOT / "normalized" / "schema" / f"{of}.json").read_bytes()
    schema = json.loads(run.stdout)
    models = [schema, *schema["$defs"].values()]
    bare = [
        f"{model.get('title')}.{name}"
        for model in models
        for name, field in model.get("properties", {}).items()
        if not field.get("description")
    ]
    assert bare == []


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from pipeline.cli import main; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    heavy = {"spacy", "pydantic", "rapidfuzz", "yaml", "rich", "lark", "numpy"}
    assert heavy.isdisjoint(loaded.stdout.split())


def test_every_command_has_help_that_tells_the_exit_status() -> None:
    for command in ("build", "check", "read", "schema"):
        run = iku(command, "--help")
        assert run.returncode == 0
        assert b"Exit status: 0 fine" in run.stdout


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise there")
def test_a_reader_that_goes_away_is_no_traceback() -> None:
    command = f"{sys.executable} -c 'from pipeline.cli import main; main()' read {SHEET} | head -c 1"
    run = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert b"Traceback" not in run.stderr


def test_a_closed_standard_input_is_told() -> None:
    closed = "import sys; sys.stdin = None; from pipeline.cli import main; main()"
    for command in (["read", "-"], ["check", "-"]):
        run = subprocess.run(
            [sys.executable, "-c", closed, *command],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 1
        assert "missing: Standard input is closed." in run.stderr


def test_a_folder_that_may_not_be_read_is_no_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(folder: Path, onerror: Callable[[OSError], None]) -> Iterator[object]:
        onerror(PermissionError(13, "Permission denied", str(folder / "tertutup")))
        return iter(())

    (tmp_path / "tertutup").mkdir()
    monkeypatch.setattr(os, "walk", walk)
    assert [path.name for path in find_documents([tmp_path])] == ["tertutup"]
