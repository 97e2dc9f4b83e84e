"""The vocabulary that officers edit: every mistake in it is told with file and place."""

from pathlib import Path

import pytest
import yaml

from extractors.errors import TableError
from extractors.parse import wordlists


@pytest.mark.parametrize("name", ["labels", "headers", "words"])
def test_the_shipped_tables_can_be_used(name: str) -> None:
    assert wordlists.table(name)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("indicators:\n  number: [No]\n", "quote words"),
        ("indicators:\n- number\n", "check the indent"),
        ("indicators: {name: Indikator}\n", "a list of texts"),
        ("indicators: [", "headers.yaml"),
        ("indicators: {formla: [Rumus]}\n", "unknown field “formla”"),
        ("indikator: {formula: [Rumus]}\n", "unknown group “indikator”"),
        ("- a\n", "table of named lists"),
    ],
)
def test_a_mistake_names_the_file_and_what_is_wrong(
    written: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "headers.yaml").write_text(written, "utf-8")
    monkeypatch.setattr(wordlists.resources, "files", lambda _: tmp_path)
    with pytest.raises(TableError) as error:
        wordlists.table.__wrapped__("headers")
    assert said in str(error.value)
    assert "headers.yaml" in str(error.value)


def test_a_column_with_an_unknown_title_is_noted() -> None:
    import extractors

    text = "INDIKATOR KINERJA UTAMA\n\nIndikator Kinerja\tRumus\tTingkat Kesulitan\nNilai IKM\tx 25\tTinggi\n"
    decree = extractors.read_bytes(text.encode(), "a.txt")
    assert decree.holders[0].indicators[0].extra == {"Tingkat Kesulitan": "Tinggi"}
    assert [note.code for note in decree.notes] == ["unknown-column"]


def test_every_list_is_one_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordlists, "table", lambda _: yaml.safe_load("{a: {b: [c]}}"))
    assert wordlists.words.__wrapped__("a/b") == ("c",)
    with pytest.raises(TableError):
        wordlists.words.__wrapped__("a/x")
