"""Drafts and photographs at the command line: comments in Word, a page to send, pictures as one document."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import extractors
from extractors.model.page import AsideReason
from extractors.own_outputs import OWN_MARK
from extractors.picture_archive import combine_pictures, extract_pictures
from extractors.word import read_word
from pipeline.cli import main
from pipeline.cli.support.picture_series import find_picture_series, offer_as_one

DRAFT = Path(__file__).parents[2] / "samples" / "office" / "sendangmulih-iku-2024.naskah.docx"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def commented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("cek") / "catatan.docx"
    result = run("check", DRAFT, "--comment", target)
    assert result.exit_code == 1
    assert target.exists()
    return target


def comments(path: Path) -> list[tuple[str, str]]:
    [page] = read_word(path.read_bytes())
    return [(a.detail, a.text.text) for a in page.asides if a.reason is AsideReason.COMMENT]


def test_findings_become_comments_beside_those_that_were_there(commented: Path) -> None:
    by_author = [author for author, _ in comments(commented)]
    assert by_author[0] == "Sekcam"
    assert set(by_author[1:]) == {OWN_MARK}


def test_a_comment_stands_at_the_cell_that_its_finding_is_about(commented: Path) -> None:
    findings = json.loads(run("check", DRAFT, "--format", "json").stdout)["findings"]
    inverted = next(f for f in findings if f["place"]["provenance"] and "PBB-P2" in f["place"]["quote"])
    assert inverted["place"]["provenance"].keys() >= {"part", "table", "row", "cell"}
    xml = zipfile.ZipFile(commented).read("word/document.xml").decode()
    ids = [
        number for number, (_, text) in enumerate(comments(commented)) if text.startswith(inverted["code"])
    ]
    marked_texts = [xml.split(f'commentRangeStart w:id="{i}"')[1].split("</w:p>")[0] for i in ids]
    assert any("PBB-P2" in text for text in marked_texts)


def test_the_text_of_the_draft_stays_as_it_was(commented: Path) -> None:
    before, after = (extractors.read_bytes(path.read_bytes(), "a.docx") for path in (DRAFT, commented))
    assert after.holders == before.holders
    assert after.dictums == before.dictums
    names = [zipfile.ZipFile(path).namelist() for path in (DRAFT, commented)]
    assert names[0] == names[1]


def test_comments_are_never_written_over_the_draft_or_into_another_kind_of_file(tmp_path: Path) -> None:
    draft = tmp_path / "a.docx"
    draft.write_bytes(DRAFT.read_bytes())
    assert run("check", draft, "--comment", draft).exit_code == 2
    text = tmp_path / "a.txt"
    text.write_text("isi", encoding="utf-8")
    assert run("check", text, "--comment", tmp_path / "b.docx").exit_code == 2
    assert draft.read_bytes() == DRAFT.read_bytes()


def test_places_in_a_draft_are_told_so_that_a_person_finds_them() -> None:
    stderr = run("check", DRAFT).stderr
    assert ": tabel " in stderr
    assert ", baris " in stderr


def test_a_page_to_send_comes_on_standard_output() -> None:
    result = run("check", DRAFT, "--format", "html")
    assert result.stdout.startswith("<!doctype html>")
    assert "PBB-P2" in result.stdout


def picture(shade: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (40, 60), shade).save(buffer, "PNG")
    return buffer.getvalue()


def test_pictures_are_put_together_in_order_and_taken_apart_again() -> None:
    pictures = [picture(shade) for shade in (200, 10, 90)]
    data = combine_pictures(pictures)
    assert data == combine_pictures(pictures)
    assert list(extract_pictures(data)) == pictures


def test_only_pictures_can_be_read_as_one(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("isi", encoding="utf-8")
    result = run("read", text, "--as-one", "sk")
    assert result.exit_code == 2
    assert "no picture" in result.stderr
    assert run("read", text, text).exit_code == 2


def test_pages_without_a_word_are_told_as_one_document(tmp_path: Path) -> None:
    for number in (2, 10, 1):
        (tmp_path / f"hal {number}.png").write_bytes(picture(255))
    result = run("read", tmp_path, "--as-one", "sk-camat")
    assert "sk-camat: 3 pictures read as one document: hal 1.png, hal 2.png, hal 10.png." in result.stderr
    assert result.exit_code == 1


def test_photographs_that_follow_each_other_are_a_series() -> None:
    names = [
        "IMG_0012.jpg",
        "IMG_0013.jpg",
        "IMG_0020.jpg",
        "lampiran (2).png",
        "lampiran (1).png",
        "sk.pdf",
        "9.txt",
    ]
    assert find_picture_series(names) == [
        ("IMG_0012.jpg", "IMG_0013.jpg"),
        ("lampiran (1).png", "lampiran (2).png"),
    ]


def test_a_series_is_offered_where_one_of_it_does_not_stand_by_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    offer_as_one(["a1.jpg", "a2.jpg", "b1.jpg", "b2.jpg"], ["a2.jpg"])
    told = capsys.readouterr().err
    assert "a1.jpg … a2.jpg: 2 pictures that look like pages of one decree" in told
    assert "b1.jpg" not in told
