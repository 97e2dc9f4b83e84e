"""Reviewing: questions asked once, decisions appended at once, workbooks there and back, drafts."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pipeline.cli import main
from pipeline.language.highlight import mark_differences
from pipeline.linking import (
    Decision,
    DecisionError,
    DecisionReplay,
    Link,
    find_conflicts,
    load_decisions,
    load_definitions,
)
from pipeline.linking.decision_log import append_decision
from pipeline.review import definition_drafts, review_workbook
from pipeline.review.answer_sheet import AnswerSheetError
from pipeline.review.review_words import review_words

pytestmark = pytest.mark.slow


DOUBTFUL = "Persentase desa yang menyetor PBB"
"""Only a likely synonym keeps it from ``Persentase desa lunas PBB``."""
TODAY = date(2026, 11, 20)


def decree(kecamatan: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(
        f"| {n} | Meningkatnya tertib desa | {name} | {formula} | Laporan | Kasi Pemerintahan |"
        for n, (name, formula) in enumerate(rows, start=1)
    )
    return f"""INDIKATOR KINERJA UTAMA KECAMATAN {kecamatan.upper()} KABUPATEN WANAREJA
TAHUN 2024-2026

Instansi : KECAMATAN {kecamatan.upper()}

| No. | Sasaran Strategis | Indikator Kinerja Utama | Rumus | Sumber Data | Penanggung Jawab |
| --- | --- | --- | --- | --- | --- |
{lines}

{kecamatan}, 3 Mei 2024
CAMAT {kecamatan.upper()}

BUDI CONTOH, S.IP.
NIP. 19700101 199501 1 999
"""


ROWS = {
    "Sukamulih": [
        (DOUBTFUL, "(Jumlah desa lunas PBB / Jumlah desa wajib PBB) x 100%"),
        ("Persentase kelompok tani padi aktif", "Jumlah kelompok tani aktif / Jumlah kelompok tani x 100%"),
    ],
    "Sukasari": [
        (f"{DOUBTFUL} ", "(Jumlah desa lunas PBB / Jumlah desa) x 100%"),
        (
            "Prosentase kelompok tani padi yg aktif",
            "Jumlah kelompok tani aktif / Jumlah kelompok tani * 100%",
        ),
    ],
    "Sukadana": [
        (f"={DOUBTFUL}", "(Jumlah desa lunas PBB / Jumlah desa wajib PBB) x 100%"),
        ("Persentase kelompok tani padi aktif", "Jumlah kelompok tani aktif / Jumlah desa x 100%"),
    ],
}


def iku(*arguments: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of decrees with its catalogue, built once."""
    made = tmp_path_factory.mktemp("decrees")
    for kecamatan, rows in ROWS.items():
        (made / f"{kecamatan}.txt").write_text(decree(kecamatan, rows), encoding="utf-8")
    done = iku("build", made, "--out", made, "-q")
    assert done.exit_code in (0, 1), done.stderr
    return made


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder of decrees with its catalogue, for one test to decide upon."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def kinds(folder: Path) -> list[str]:
    made = json.loads((folder / "catalogue.json").read_text("utf-8"))
    return sorted(i["link"]["kind"] for i in made["indicators"] if "menyetor" in i["name"])


def decisions(folder: Path) -> list[tuple[str, str | None]]:
    file = folder / "decisions.yaml"
    return [(d.verdict, d.definition) for d in load_decisions(file)] if file.exists() else []


def test_a_decision_is_written_at_once_replayed_and_not_asked_again(folder: Path) -> None:
    assert "review" in kinds(folder)
    run = iku("review", folder / "catalogue.json", "--who", "BO", typed="1\n1\n1\n")
    assert run.exit_code == 0
    assert set(decisions(folder)) == {("same", "desa_lunas_pbb_pct")}
    iku("build", folder, "--out", folder, "-q")
    assert kinds(folder) == ["definition"] * 3
    again = iku("review", folder / "catalogue.json", "--who", "BO")
    assert "Nothing is left" in again.stderr


def test_one_text_is_asked_once_however_many_print_it(folder: Path) -> None:
    run = iku("review", folder / "catalogue.json", "--who", "BO", typed="n\nq\n")
    assert len(decisions(folder)) == 1
    assert "Sukasari" in run.stderr and "Sukamulih" in run.stderr


def test_quitting_keeps_what_was_decided_and_the_rest_is_asked_later(folder: Path) -> None:
    file = folder / "catalogue.json"
    iku("review", file, "--who", "BO", typed="n\nq\n")
    iku("review", file, "--who", "BO", typed="q\n")
    assert decisions(folder) == [("new", None)]
    first = iku("review", file, "--who", "BO", typed="s\n" * 9)
    assert "0 decided" in first.stderr
    assert decisions(folder) == [("new", None)]


def test_undo_appends_and_asks_again(folder: Path) -> None:
    run = iku("review", folder / "catalogue.json", "--who", "BO", typed="x\nu\n1\nq\n")
    assert decisions(folder) == [
        ("not-an-indicator", None),
        ("revoked", None),
        ("same", "desa_lunas_pbb_pct"),
    ]
    assert "1 decided" in run.stderr
    nothing = iku("review", folder / "catalogue.json", "--who", "BO", typed="u\nq\n")
    assert "nothing to undo" in nothing.stderr


def test_the_differing_words_are_marked() -> None:
    here, there = mark_differences("Persentase desa pelunasan PBB", "Persentase desa lunas PBB")
    assert [piece for piece, differs in here if differs] == ["pelunasan"]
    assert [piece for piece, differs in there if differs] == ["lunas"]
    assert "".join(piece for piece, _ in here) == "Persentase desa pelunasan PBB"


def test_a_workbook_goes_there_and_back(folder: Path) -> None:
    book, file = folder / "tinjauan.xlsx", folder / "catalogue.json"
    assert iku("review", file, "--export", book).exit_code == 0
    opened = load_workbook(book)
    sheet = opened[review_words().sheet]
    texts = [cell.value for cell in sheet["A"][1:]]
    assert DOUBTFUL in texts
    for row in range(2, sheet.max_row + 1):
        assert all(cell.data_type != "f" for cell in sheet[row]), "a decree's text became a formula"
        sheet.cell(row, 7).value = "sama" if sheet.cell(row, 1).value == DOUBTFUL else "mungkin"
        sheet.cell(row, 9).value = "Bagian Organisasi"
    opened.save(book)
    run = iku("review", file, "--import", book)
    assert run.exit_code == (1 if len(texts) > 1 else 0)
    assert decisions(folder) == [("same", "desa_lunas_pbb_pct")]
    twice = iku("review", file, "--import", book)
    assert "decided already" in twice.stderr
    assert len(decisions(folder)) == 1


def test_a_file_that_is_no_workbook_is_told_in_our_words(tmp_path: Path) -> None:
    contents = {
        "damaged or of another kind": b"PK no",
        "its content is of another kind": b"nama,putusan\n",
        "save it again as .xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600,
    }
    for told, content in contents.items():
        for name in ("x.xlsx", "x.csv"):
            wrong = tmp_path / name
            wrong.write_bytes(content)
            with pytest.raises(AnswerSheetError) as caught:
                review_workbook.read_answers(wrong, (), {}, "BO", TODAY)
            message = str(caught.value)
            assert message.startswith(f"{name}: is not an Excel workbook (.xlsx); ") and told in message
            assert "openpyxl" not in message and "zip" not in message


def test_importing_what_is_no_workbook_is_wrong_use(folder: Path) -> None:
    wrong = folder / "x.xlsx"
    wrong.write_bytes(b"")
    run = iku("review", folder / "catalogue.json", "--import", wrong)
    assert run.exit_code == 2
    assert "x.xlsx: is not an Excel workbook" in run.stderr


def test_a_catalogue_that_is_none_is_told(tmp_path: Path) -> None:
    wrong = tmp_path / "catalogue.json"
    wrong.write_text("[1]", encoding="utf-8")
    run = iku("propose", wrong)
    assert run.exit_code == 2
    assert "is not a catalogue" in run.stderr


def test_a_draft_has_the_formula_of_most_and_tells_who_differs(folder: Path) -> None:
    run = iku("propose", folder / "catalogue.json")
    assert run.exit_code == 0
    file = folder / "drafts.yaml"
    file.write_bytes(run.stdout_bytes)
    (draft,) = load_definitions(file)
    assert draft.formula == '"jumlah kelompok tani aktif" / "jumlah kelompok tani" * 100%'
    assert draft.notes is not None and "Sukadana" in draft.notes.en and "Sukasari" not in draft.notes.en
    assert draft.scope.regency == "Kabupaten Wanareja"
    assert draft.aliases == ("Prosentase kelompok tani padi yg aktif",)
    assert draft.unit == "%", "printed nowhere, but the name is a percentage"
    answer = iku(
        "match", "% kelompok tani padi yang aktif", "--registry", file, "--regency", "Kabupaten Wanareja"
    )
    assert json.loads(answer.stdout)["definition"] == draft.id


def test_ids_of_drafts_do_not_clash() -> None:
    assert definition_drafts._new_id("Jumlah surat", {"jumlah_surat"}) == "jumlah_surat_2"
    assert definition_drafts._new_id("100 %", set()) == "indikator_100"
    long = "Persentase desa yang menyusun dokumen perencanaan pembangunan desa"
    assert definition_drafts._new_id(long, set()) == "persentase_desa_yang_menyusun_dokumen_perencanaan"
    assert len(definition_drafts._new_id("x" * 200, set())) == 60


def test_a_tie_is_told_as_a_tie() -> None:
    tied = [
        definition_drafts.FormulaForm('"a" / "b"', ("Satu", "Dua")),
        definition_drafts.FormulaForm('"a" / "c"', ("Empat", "Tiga")),
    ]
    told = definition_drafts._draft_note(tied, ("Dua", "Empat", "Satu", "Tiga"))
    assert "No formula is that of most: 2 formulas with 2/4 kecamatan" in told.en
    assert "Tidak ada rumus mayoritas" in told.id and "Empat, Tiga" in told.id


def test_at_a_tie_a_percentage_times_a_hundred_percent_stands_above(tmp_path: Path) -> None:
    name, share = "Persentase embung warga terawat", "Jumlah embung warga terawat / Jumlah embung warga"
    for kecamatan, formula in {"Sukamulya": share, "Sukarasa": f"({share}) x 100%"}.items():
        (tmp_path / f"{kecamatan}.txt").write_text(decree(kecamatan, [(name, formula)]), encoding="utf-8")
    iku("build", tmp_path, "--out", tmp_path, "-q")
    made = yaml.safe_load(iku("propose", tmp_path / "catalogue.json").stdout)
    (draft,) = made["definitions"]
    assert draft["formula"].endswith("* 100%")
    assert "No formula is that of most" in draft["notes"]["en"]


def test_names_that_ocr_may_have_spoilt_or_that_name_an_office_are_no_aliases() -> None:
    assert definition_drafts._is_clean_alias("Prosentase RKP Desa yg tepat waktu", "Sukasari")
    assert not definition_drafts._is_clean_alias("Persentase kelompoktani padi aktif", "Sukasari")
    assert not definition_drafts._is_clean_alias("Nilai SKM Kecamatan Sukasari", "Sukasari")


def test_a_decision_in_one_regency_holds_however_the_regency_is_written() -> None:
    decided = DecisionReplay([one("same", definition="surat", regency="Kab. Malang")])
    assert decided.find_decisions("Jumlah surat", "Kabupaten Malang")
    assert not decided.find_decisions("Jumlah surat", "Kota Malang")


def one(verdict: str = "new", who: str = "BO", **fields: object) -> Decision:
    return Decision.model_validate(
        {"verdict": verdict, "text": "Jumlah surat", "who": who, "when": TODAY, **fields}
    )


def test_appending_changes_nothing_that_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    by_hand = "# oleh tangan\ndecisions:\n- {verdict: new, text: 'a: b', who: X, when: 2026-01-02}  # tetap\n"
    file.write_text(by_hand, encoding="utf-8")
    append_decision(file, one(note='"kutip" # bukan komentar\nbaris dua'))
    assert file.read_text("utf-8").startswith(by_hand.rstrip())
    assert [d.text for d in load_decisions(file)] == ["a: b", "Jumlah surat"]


@pytest.mark.parametrize(
    "spoilt",
    [
        "decisions:\n  - {verdict: new, text: a, who: X, wh",
        "decisions:\n  - {verdict: new, text: a, who: X, when: 2026-01-02}\nlain: 3\n",
        "decisions: 3\n",
        "decisions:\n  - {verdict: mungkin, text: a, who: X, when: 2026-01-02}\n",
    ],
)
def test_a_spoilt_file_is_told_and_left_alone(tmp_path: Path, spoilt: str) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(spoilt, encoding="utf-8")
    with pytest.raises(DecisionError, match=r"decisions\.yaml"):
        append_decision(file, one())
    assert file.read_text("utf-8") == spoilt
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_two_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    program = (
        "import sys, datetime, pathlib\n"
        "from pipeline.linking import Decision\n"
        "from pipeline.linking.decision_log import append_decision\n"
        "for n in range(15):\n"
        "    made = Decision(verdict='new', text=f'{sys.argv[2]} {n}', who='X', when=datetime.date.today())\n"
        "    append_decision(pathlib.Path(sys.argv[1]), made)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(file), who]) for who in ("A", "B")]
    assert [one.wait(60) for one in running] == [0, 0]
    texts = [d.text for d in load_decisions(file)]
    assert sorted(texts) == sorted(f"{who} {n}" for who in "AB" for n in range(15))


def test_a_file_nested_beyond_all_use_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text("decisions: " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(DecisionError, match="levels deep"):
        load_decisions(file)


def link(without: frozenset[str]) -> Link:
    return Link("cluster", None, 0.5, "dari kata-katanya")


def test_a_decision_on_a_definition_that_changed_comes_up_again() -> None:
    made = one("same", definition="surat", version="0123abcd")
    assert (
        DecisionReplay([made], {"surat": "0123abcd"}).apply("Jumlah surat", None, link).kind == "definition"
    )
    again = DecisionReplay([made], {"surat": "ffffffff"}).apply("Jumlah surat", None, link)
    assert again.kind == "review" and "berubah" in again.reason
    assert DecisionReplay([made], {}).apply("Jumlah surat", None, link).kind == "review"


def test_what_was_taken_back_no_longer_holds() -> None:
    replay = DecisionReplay([one("same", definition="surat"), one("revoked")])
    assert replay.apply("Jumlah surat", None, link).kind == "cluster"
    assert replay.find_decisions("Jumlah surat") == ()


def test_two_people_who_disagree_are_told_one_who_thinks_again_is_not() -> None:
    earlier, later = one("same", "A", definition="surat"), one("new", "B")
    (found,) = find_conflicts([earlier, later])
    assert (found.earlier, found.later) == (earlier, later)
    assert not list(find_conflicts([earlier, one("new", "A")]))
    assert not list(find_conflicts([earlier, one("revoked", "B"), later]))
    assert not list(find_conflicts([earlier, one("different", "B", definition="kurir")]))
    assert list(find_conflicts([earlier, one("different", "B", definition="surat")]))


@pytest.mark.parametrize("text", ["a\x85b", "a\u2028b", "\x7f", "\ufeffx", "😀", "[/red]"])
def test_any_text_can_be_decided_on(tmp_path: Path, text: str) -> None:
    file = tmp_path / "decisions.yaml"
    append_decision(file, one(text=text))
    assert [d.text for d in load_decisions(file)] == [text]


def test_an_answer_that_is_no_answer_is_asked_again(folder: Path) -> None:
    run = iku("review", folder / "catalogue.json", "--who", "[/red]", typed="²\nq\n")
    assert run.exit_code == 0
    assert "Please answer" in run.stderr
    assert decisions(folder) == []


def test_an_empty_export_is_a_workbook() -> None:
    out = io.BytesIO()
    review_workbook.export_questions([], out)
    assert load_workbook(io.BytesIO(out.getvalue()))[review_words().sheet].max_row == 1


def test_a_second_reviewer_is_told_what_was_just_answered_elsewhere(tmp_path: Path) -> None:
    from pipeline.review.questions import Question
    from pipeline.review.review_session import AnsweredElsewhere, ReviewSession

    file = tmp_path / "decisions.yaml"
    asked = [Question(name, "mungkin", (), (), None) for name in ("Jumlah satu", "Jumlah dua", "Jumlah tiga")]
    one, other = (ReviewSession(asked, {}, file, who, TODAY) for who in ("kasi", "sekcam"))
    one.decide("new")
    with pytest.raises(AnsweredElsewhere) as told:
        other.decide("not-an-indicator")
    assert (told.value.decision.who, told.value.decision.verdict) == ("kasi", "new")
    assert len(load_decisions(file)) == 1, "nothing was written before it was told"
    other.decide("not-an-indicator")
    assert [d.who for d in load_decisions(file)] == ["kasi", "sekcam"], "overruling it, knowingly, is allowed"
    one.decide("new")
    assert [d.text for d in other.take_foreign_decisions()] == ["Jumlah dua"]
    assert other.current_question is asked[2] and other.take_foreign_decisions() == []
    one.undo()
    one.skip()
    assert other.take_foreign_decisions() == [], "what was taken back was not decided"
