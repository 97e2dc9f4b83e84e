"""The vocabulary that officers edit: every mistake in it is told with file and place."""

from pathlib import Path

import pytest
import yaml

from extractors.errors import ConfigError
from extractors.knowledge import marked_yaml
from extractors.parser.vocabulary import vocabulary_tables


@pytest.mark.parametrize("name", ["labels", "headers", "words"])
def test_the_shipped_tables_can_be_used(name: str) -> None:
    assert vocabulary_tables.load_table(name)


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, written: str) -> str:
    """What is said of a table of this text."""
    (folder / f"{name}.yaml").write_text(written, "utf-8")
    monkeypatch.setattr(vocabulary_tables.resources, "files", lambda _: folder)
    with pytest.raises(ConfigError) as error:
        vocabulary_tables.load_table.__wrapped__(name)
    assert f"vocabulary/{name}.yaml" in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("indicators:\n  number: [No]\n", "line 2: indicators, number: a list of texts is expected; quote"),
        ("indicators:\n- number\n", "line 2: indicators: fields with lists are expected; check the indent"),
        ("indicators: {name: Indikator}\n", "a list of texts"),
        ("indicators: [", "is no YAML"),
        ("\nindicators: {formla: [Rumus]}\n", "line 2: indicators: unknown field “formla”"),
        ("indikator: {formula: [Rumus]}\n", "line 1: unknown group “indikator”"),
        ("- a\n", "table of named lists"),
        ("", "table of named lists"),
        ("indicators:\n  formula:\n  - Rumus\n  - ''\n", "line 4: indicators, formula: an entry is empty"),
        ("indicators:\n  formula:\n  -\n", "line 3: indicators, formula: a list of texts"),
        (
            "indicators:\n  formula: [Rumus]\n  unit: [' rumus']\n",
            "line 3: indicators, unit: “ rumus” stands already under indicators, formula",
        ),
        ("indicators:\n  unit: [a]\n  unit: [b]\n", "line 3: “unit” is given twice"),
        ("indicators: {unit: [a]}\n", "a field “activities” is expected"),
    ],
)
def test_a_mistake_names_file_line_and_what_is_wrong(
    written: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said in read(tmp_path, monkeypatch, "headers", written)


WORDS = (Path(vocabulary_tables.__file__).parent / "words.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("\nranks:", "\nrank:", "unknown group “rank”"),
        ("\nranks: [pembina,", "\nranks: [pembina, Pembina,", "ranks: “Pembina” stands already under ranks"),
        ("\nranks: [pembina,", "\nranks: [3,", "ranks: a list of texts"),
        ("\nranks: [pembina,", "\nranks: ['  ',", "ranks: an entry is empty"),
        ("\ndate_words: [tanggal]", "\ndate_words: tanggal", "date_words: a list of texts"),
        ("\ndate_words: [tanggal]", "", "a field “date_words” is expected"),
        ("  city: [kota]", "  town: [kota]", "region_names: unknown field “town”"),
        ("  city: [kota]\n", "", "a field “city” is expected"),
        ("  januari: 1\n", "  januari: 13\n", "months: “januari” needs the number of a month"),
        ("  januari: 1\n", "  januari: '1'\n", "months: “januari” needs the number of a month"),
        ("  januari: 1\n", "  januari:\n", "months: “januari” needs the number of a month"),
        ("  januari: 1\n", "  januari: 1\n  januari: 2\n", "“januari” is given twice"),
        ('digit_letters: {O: "0"', "digit_letters: {O: 0", "digit_letters: “O” needs a digit in quotes"),
        ('digit_letters: {O: "0"', 'digit_letters: {OO: "0"', "digit_letters: “OO” needs a digit in quotes"),
        ('letter_digits: {"0": o', 'letter_digits: {"0": oo', "letter_digits: “0” needs a letter"),
        ('letter_digits: {"0": o', "letter_digits: {0: o", "letter_digits: quote “0”"),
    ],
)
def test_a_mistake_in_a_word_list_is_told_with_its_line(
    here: str, there: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here in WORDS
    told = read(tmp_path, monkeypatch, "words", WORDS.replace(here, there, 1))
    assert said in told and ", line " in told


def test_a_table_with_control_characters_is_refused_without_libyaml_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marked_yaml, "YamlLoader", yaml.SafeLoader)
    with pytest.raises(ConfigError, match=r"a\.yaml: cannot be read: .*#x0007"):
        marked_yaml.parse_yaml_table("a: \x07b\n", "a.yaml")


def test_a_column_with_an_unknown_title_is_noted() -> None:
    import extractors

    text = "INDIKATOR KINERJA UTAMA\n\nIndikator Kinerja\tRumus\tTingkat Kesulitan\nNilai IKM\tx 25\tTinggi\n"
    decree = extractors.read_bytes(text.encode(), "a.txt")
    assert decree.holders[0].indicators[0].extra == {"Tingkat Kesulitan": "Tinggi"}
    assert [note.code for note in decree.notes] == ["unknown-column"]


def test_every_list_is_one_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary_tables, "load_table", lambda _: yaml.safe_load("{a: {b: [c]}}"))
    assert vocabulary_tables.word_list.__wrapped__("a/b") == ("c",)
    with pytest.raises(ConfigError):
        vocabulary_tables.word_list.__wrapped__("a/x")
