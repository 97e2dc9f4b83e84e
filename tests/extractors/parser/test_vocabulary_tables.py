"""The vocabulary that officers edit: every mistake in it is told with file and place."""

from importlib.resources import files

import pytest

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, parse_table
from extractors.parser.tables.cell_evidence import CellEvidenceTable
from extractors.parser.vocabulary import vocabulary_tables
from extractors.parser.vocabulary.column_titles import HeaderTable
from extractors.parser.vocabulary.vocabulary_tables import LabelTable, WordTable

MODELS: dict[str, type[TableModel]] = {
    "labels.yaml": LabelTable,
    "words.yaml": WordTable,
    "headers.yaml": HeaderTable,
    "cell_evidence.yaml": CellEvidenceTable,
}


def shipped_text(name: str) -> str:
    """Return the text of a table as it is installed."""
    return files(vocabulary_tables.PACKAGE).joinpath(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_tables_can_be_used(name: str) -> None:
    assert parse_table(shipped_text(name), name, MODELS[name])


@pytest.mark.parametrize(
    ("name", "shipped", "written", "message"),
    [
        ("headers.yaml", "    strong: [satuan]", "    strong: [no]", "indicators.unit.strong.0: a text"),
        ("headers.yaml", "    strong: [satuan]", "    strong: satuan", "indicators.unit.strong: a list"),
        ("headers.yaml", "    strong: [satuan]", "    strng: [satuan]", "unknown field"),
        ("headers.yaml", "  unit:\n", "  formula:\n", "“formula” is given twice"),
        ("headers.yaml", "indicators:\n", "indikator:\n", "unknown field"),
        ("headers.yaml", "    strong: [satuan]", "    strong: ['']", "an entry is empty"),
        ("cell_evidence.yaml", "least_score: 0.55", "least_score: banyak", "least_score"),
        ("labels.yaml", "    - Fungsi\n", "    - Tugas\n", "“Tugas” stands under duties, too"),
        ("words.yaml", "\nranks:", "\nrank:", "unknown field"),
        ("words.yaml", "\nranks: [pembina,", "\nranks: [pembina, Pembina,", "is given twice"),
        ("words.yaml", "\nranks: [pembina,", "\nranks: [3,", "a text is expected"),
        ("words.yaml", "\nranks: [pembina,", "\nranks: ['  ',", "an entry is empty"),
        ("words.yaml", "\ndate_words: [tanggal]", "", "date_words: this field is missing"),
        ("words.yaml", "  januari: 1\n", "  januari: 13\n", "months.januari"),
        ("words.yaml", "  januari: 1\n", "  januari: '1'\n", "months.januari"),
        ("words.yaml", '{O: "0"', "{O: 0", "digit_letters.O"),
        ("words.yaml", '{O: "0"', '{OO: "0"', "digit_letters.OO"),
        ("words.yaml", '{"0": o', '{"0": oo', "letter_digits.0"),
    ],
)
def test_a_mistake_is_told_with_its_file_line_and_entry(
    name: str, shipped: str, written: str, message: str
) -> None:
    text = shipped_text(name)
    assert shipped in text
    with pytest.raises(ConfigError) as error:
        parse_table(text.replace(shipped, written, 1), name, MODELS[name])
    assert message in str(error.value) and str(error.value).startswith(f"{name}, line ")


def test_a_column_with_an_unknown_title_is_noted() -> None:
    import extractors

    text = "INDIKATOR KINERJA UTAMA\n\nIndikator Kinerja\tRumus\tTingkat Kesulitan\nNilai IKM\tx 25\tTinggi\n"
    decree = extractors.read_bytes(text.encode(), "a.txt")
    assert decree.holders[0].indicators[0].extra == {"Tingkat Kesulitan": "Tinggi"}
    assert [note.code for note in decree.notes] == ["unknown-column"]


def test_a_list_within_a_group_is_named_by_its_path() -> None:
    assert "halaman" in vocabulary_tables.word_list("furniture/page")
    with pytest.raises(ConfigError, match="furniture/pages"):
        vocabulary_tables.word_list("furniture/pages")
