"""The audit on the command line: rules and their pages, settings, waivers, marked quotes, two years."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.audit import load_rulebook
from pipeline.cli import main
from pipeline.cli.decrees.check_command import marked_line
from tests.cli.test_commands import CLEAN

pytestmark = pytest.mark.slow


FAULTY = CLEAN.replace(" x 100%", "").replace("Laporan pelunasan PBB", "Seksi Pemerintahan")


def iku(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "sukamulih.md"
    file.write_text(FAULTY, "utf-8")
    return file


def test_rules_are_listed_by_family_and_as_json() -> None:
    listed = iku("rules")
    assert listed.exit_code == 0 and len(listed.stdout.splitlines()) == len(load_rulebook())
    family = iku("rules", "--family", "i", "--language", "en").stdout.splitlines()
    assert {line[0] for line in family} == {"I"} and "Serial number of the decree blank" in family[0]
    pages = json.loads(iku("rules", "--format", "json").stdout)
    assert [page["code"] for page in pages] == sorted(load_rulebook())
    assert all(page["example"]["bad"] and page["why"]["en"] for page in pages)


def test_a_rule_is_explained_in_both_languages_and_as_markdown() -> None:
    assert "Persentase tanpa × 100%" in iku("explain", "f003").stdout
    english = iku("explain", "F003", "--language", "en", "--format", "markdown").stdout
    assert english.startswith("# F003 · Percentage without × 100%") and "## Why it matters" in english
    assert json.loads(iku("explain", "F003", "--format", "json").stdout)["code"] == "F003"


def test_an_unknown_rule_is_wrong_use_and_says_which_there_are() -> None:
    run = iku("explain", "F999")
    assert run.exit_code == 2 and "F001 to F023" in run.stderr


def test_families_are_letters_in_either_case_and_told_as_capitals() -> None:
    assert iku("rules", "--family", "f").stdout == iku("rules", "--family", "F").stdout != ""
    run = iku("rules", "--family", "Z")
    assert run.exit_code == 2 and "'F', 'K', 'I', 'S', 'O'" in run.stderr


def test_check_marks_the_words_concerned(faulty: Path) -> None:
    run = iku("check", str(faulty), "--language", "en")
    assert run.exit_code == 1 and "\x1b" not in run.stderr
    lines = run.stderr.splitlines()
    at = next(i for i, line in enumerate(lines) if "error F003" in line)
    assert lines[at].startswith(f"{faulty}:9: ")
    told = json.loads(iku("check", str(faulty), "--format", "json").stdout)
    ids = {finding["id"] for finding in told["findings"] if finding["code"] == "F003"}
    assert lines[at].rpartition(" [")[2].removesuffix("]") in ids, "iku waive asks for the id"
    assert lines[at + 1].lstrip().startswith("| (Jumlah desa lunas PBB / Jumlah desa wajib PBB)")
    assert set(lines[at + 2].partition("|")[2].strip()) == {"^"}
    assert lines[-1].startswith("1 document: ")


@pytest.mark.parametrize(
    ("quote", "marks", "shown", "under"),
    [
        ("satu dua tiga", ["dua"], "satu dua tiga", "     ^^^"),
        ("satu dua", [], "satu dua", "^^^^^^^^"),
        ("satu\n  dua", ["satu  dua"], "satu dua", "^^^^^^^^"),
        ("Satu", ["satu"], "Satu", "^^^^"),
        ("satu", ["lain"], "satu", "^^^^"),
        ("", [], "", ""),
    ],
)
def test_marks_stand_under_their_words(quote: str, marks: list[str], shown: str, under: str) -> None:
    assert marked_line(quote, marks) == (shown, under)


def test_a_long_quote_is_cut_round_its_mark() -> None:
    text = "kata " * 60 + "SALAH " + "kata " * 60
    shown, under = marked_line(text, ["SALAH"], width=40)
    assert shown.startswith("…") and shown.endswith("…") and len(shown) == 42
    assert shown[under.index("^") : under.rindex("^") + 1] == "SALAH"


def test_settings_are_found_in_the_working_folder_and_named(faulty: Path) -> None:
    assert iku("check", str(faulty)).exit_code == 1
    faulty.with_name("audit.yaml").write_text("ignore: [F, S, I]\n", "utf-8")
    run = iku("check", str(faulty))
    assert run.exit_code == 0 and "Settings of the audit: audit.yaml" in run.stderr


def test_wrong_settings_are_wrong_use(faulty: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("select:\n  - F999\n", "utf-8")
    run = iku("check", str(faulty), "--config", str(other))
    assert run.exit_code == 2 and "other.yaml, line 2: no rule has the code 'F999'" in run.stderr


def test_a_finding_is_waived_and_comes_back_when_the_text_changes(faulty: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert iku("build", str(faulty), "--out", str(out), "-q").exit_code == 1
    made = json.loads((out / "catalogue.json").read_text("utf-8"))
    serious = [f for f in made["findings"] if f["severity"] != "info"]
    assert {f["code"] for f in serious} == {"F003", "S007"}
    for finding in serious:
        told = iku(
            "waive", str(out / "catalogue.json"), finding["id"], "--reason", "sedang diubah", "--who", "IR"
        )
        assert told.exit_code == 0, told.stderr
    again = iku("build", str(faulty), "--out", str(out))
    assert again.exit_code == 0 and "2 waivers, 2 in use" in again.stderr
    assert "2 temuan lain sudah diketahui" in (out / "summary.md").read_text("utf-8")
    made = json.loads((out / "catalogue.json").read_text("utf-8"))
    assert sum(f["waived"] is not None for f in made["findings"]) == 2
    twice = iku("waive", str(out / "catalogue.json"), serious[0]["id"], "--reason", "lagi", "--who", "IR")
    assert twice.exit_code == 2 and "already accepted by IR" in twice.stderr
    faulty.write_text(FAULTY.replace("Seksi Pemerintahan", "Seksi Ketertiban"), "utf-8")
    run = iku("check", str(faulty), "--config", str(out / "audit.yaml"), "--language", "en")
    assert run.exit_code == 1
    assert "waived F003" in run.stderr and "= IR, " in run.stderr and "sedang diubah" in run.stderr
    assert "warning S007" in run.stderr and "1 fit no finding" in run.stderr


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        (["F003-0000000000", "--reason", "x", "--who", "y"], "has no finding"),
        (["ID", "--reason", " ", "--who", "y"], "must say something"),
        (["ID", "--reason", "x", "--who", "y", "--until", "2001-01-01"], "is in the past"),
    ],
)
def test_a_waiver_that_means_nothing_is_refused(
    faulty: Path, tmp_path: Path, extra: list[str], why: str
) -> None:
    out = tmp_path / "out"
    iku("build", str(faulty), "--out", str(out), "-q")
    made = json.loads((out / "catalogue.json").read_text("utf-8"))
    arguments = [made["findings"][0]["id"] if part == "ID" else part for part in extra]
    run = iku("waive", str(out / "catalogue.json"), *arguments)
    assert run.exit_code == 2 and why in run.stderr
    assert not (out / "audit.yaml").exists()


def test_two_years_of_one_kecamatan_are_held_against_each_other(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(CLEAN, "utf-8")
    new.write_text(CLEAN.replace("Jumlah desa wajib PBB)", "Jumlah dusun)"), "utf-8")
    assert iku("diff", str(old), str(old)).exit_code == 0
    run = iku("diff", str(old), str(new), "--language", "en")
    assert run.exit_code == 1
    assert "changed: Persentase desa lunas PBB" in run.stdout and "formula (differs" in run.stdout
    assert "1 of 1 indicators kept" in run.stdout and "one planning period" in run.stdout
    made = json.loads(iku("diff", str(old), str(new), "--format", "json").stdout)
    assert made["indicators"][0]["changes"][0]["verdict"] == "differs"


def test_a_catalogue_of_several_needs_a_choice(faulty: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(CLEAN.replace("SUKAMULIH", "CIBARU").replace("Sukamulih", "Cibaru"), "utf-8")
    out = tmp_path / "out"
    iku("build", str(faulty), str(other), "--out", str(out), "-q")
    catalogue = str(out / "catalogue.json")
    run = iku("diff", catalogue, catalogue)
    assert run.exit_code == 2 and "IKU Cibaru (2024), IKU Sukamulih (2024)" in run.stderr
    assert iku("diff", catalogue, catalogue, "--kecamatan", "cibaru").exit_code == 0


def test_what_cannot_be_compared_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "x.json"
    broken.write_text("{}", "utf-8")
    run = iku("diff", str(broken), str(broken))
    assert run.exit_code == 2 and "neither a record nor a catalogue" in run.stderr
    empty = tmp_path / "empty.md"
    empty.write_text("", "utf-8")
    assert iku("diff", str(empty), str(empty)).exit_code == 1


def test_check_tells_a_fact_once_with_every_place_and_id(tmp_path: Path) -> None:
    row = "| 2 | Meningkatnya ketertiban | Persentase desa tertib | (Jumlah desa tertib / Jumlah desa) "
    row += "| Seksi Ketertiban | Kasi Ketertiban |\n"
    path = tmp_path / "berulang.md"
    path.write_text(FAULTY.replace("\nSukamulih, 3 Mei", f"{row}\nSukamulih, 3 Mei"), "utf-8")
    run = iku("check", str(path), "--language", "en")
    checked = json.loads(iku("check", str(path), "--format", "json").stdout)
    groups = checked["finding_groups"]
    folded = {id_ for group in groups for id_ in (*group["recurrences"], *group["echoes"])}
    assert folded
    for finding in checked["findings"]:
        (line,) = [line for line in run.stderr.splitlines() if line.endswith(f"[{finding['id']}]")]
        assert line.startswith("    ") == (finding["id"] in folded)
        assert finding["message"]["en"] in line
