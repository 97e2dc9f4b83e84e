"""The loader of YAML tables: what does not fit is named with file, line and entry."""

from __future__ import annotations

import pytest
from pydantic import Field

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, parse_table


class Office(TableModel):
    name: str
    ranks: tuple[str, ...] = ()


class Offices(TableModel):
    offices: tuple[Office, ...]
    months: dict[str, int] = Field(default_factory=dict)


def test_a_table_that_fits_becomes_its_model() -> None:
    table = parse_table("offices:\n- {name: Camat, ranks: [Pembina]}\n", "a.yaml", Offices)
    assert table.offices == (Office(name="Camat", ranks=("Pembina",)),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("offices:\n- name: Camat\n  rank: x\n", "a.yaml, line 3, offices.0.rank: unknown field."),
        ("offices:\n- ranks: []\n", "a.yaml, line 2, offices.0.name: this field is missing."),
        ("offices:\n- name: No\n", "a.yaml, line 2, offices.0.name: a text is expected; put quotes"),
        ("offices:\n  name: Camat\n", "a.yaml, line 1, offices: a list is expected; check the indent."),
        (
            "offices: []\nmonths:\n  mei: lima\n",
            "a.yaml, line 3, months.mei: Input should be a valid integer",
        ),
        ("offices: []\noffices: []\n", "a.yaml, line 2: “offices” is given twice."),
        ("offices: [", "a.yaml, line 2: this is not valid YAML"),
        ("- a\n", "a.yaml, line 1: named fields are expected"),
        ("", "a.yaml, line 1: named fields are expected"),
        ("a: &x [1]\nb: *x\n", "a.yaml, line 1: anchors (&) and aliases (*) are not allowed"),
        ("a: \x07b\n", "a.yaml: the file cannot be read"),
        ("[" * 60, "more than 40 levels deep"),
    ],
)
def test_a_mistake_names_file_line_and_entry(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_table(text, "a.yaml", Offices)
    assert message in str(error.value)


def test_a_file_with_many_mistakes_names_the_first_and_counts_the_rest() -> None:
    text = "offices:\n" + "- {}\n" * 20
    with pytest.raises(ConfigError, match="and 15 more mistakes"):
        parse_table(text, "a.yaml", Offices)
