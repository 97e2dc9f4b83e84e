"""The vocabulary's YAML tables of labels and words, checked when they are read."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from extractors.errors import ConfigError
from extractors.knowledge.yaml_loader import TableModel, load_table

PACKAGE = "extractors.parser.vocabulary"


def _check_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Raise where a list holds an empty text, or one text twice."""
    folded_words = [" ".join(word.casefold().split()) for word in words]
    if "" in folded_words:
        raise ValueError("an entry is empty.")
    for word in words:
        if folded_words.count(" ".join(word.casefold().split())) > 1:
            raise ValueError(f"“{word}” is given twice.")
    return words


WordList = Annotated[tuple[str, ...], AfterValidator(_check_words)]
Month = Annotated[int, Field(ge=1, le=12, strict=True)]
Digit = Annotated[str, Field(pattern=r"^\d$", strict=True)]
Letter = Annotated[str, Field(pattern=r"^[^\W\d_]$")]
Character = Annotated[str, Field(min_length=1, max_length=1, strict=True)]


class LabelGroup(TableModel):
    """Fields and their labels; a label is one field's alone, since only one of two would ever be found."""

    @model_validator(mode="after")
    def _check_labels(self) -> Self:
        """Raise where one label stands under two fields."""
        field_by_label: dict[str, str] = {}
        for field, labels in self:
            for label in labels:
                folded = " ".join(label.casefold().split())
                if field_by_label.setdefault(folded, field) != field:
                    raise ValueError(f"“{label}” stands under {field_by_label[folded]}, too.")
        return self


class HolderLabels(LabelGroup):
    """Labels before the name of an agency or a post."""

    agency: WordList
    position: WordList


class BlockLabels(LabelGroup):
    """Labels of what is printed of a holder as a whole."""

    duties: WordList
    functions: WordList
    goal: WordList
    goal_indicator: WordList


class DetailLabels(LabelGroup):
    """Labels of the fields of one indicator outside a table."""

    objective: WordList
    name: WordList
    formula: WordList
    explanation: WordList
    unit: WordList
    data_sources: WordList
    responsible: WordList


class BodyLabels(LabelGroup):
    """Labels of the body of a decree."""

    number: WordList
    title: WordList
    considerations: WordList
    legal_basis: WordList
    enacting: WordList
    annex: WordList
    place: WordList
    date: WordList


class DictumLabels(LabelGroup):
    """Labels of dictums."""

    dictum: WordList


class OtherLabels(LabelGroup):
    """Labels that are known, but of no field of the record."""

    other: WordList


class LabelTable(TableModel):
    """The table of labels (``labels.yaml``)."""

    holder: HolderLabels
    block: BlockLabels
    detail: DetailLabels
    body: BodyLabels
    dictum: DictumLabels
    other: OtherLabels

    def iterate_labels(self) -> list[tuple[str, str, str]]:
        """Return group, field and text of each label."""
        return [
            (group, field, label) for group, fields in self for field, labels in fields for label in labels
        ]


class FurnitureWords(TableModel):
    """Lists of ``words.yaml`` under ``furniture``."""

    letterhead_starts: WordList
    contact_words: WordList
    body_starts: WordList
    page: WordList


class RegionWords(TableModel):
    """Lists of ``words.yaml`` under ``region_names``."""

    district: WordList
    district_heads: WordList
    regency: WordList
    city: WordList


class FractionWords(TableModel):
    """Lists of ``words.yaml`` under ``fraction_sides``."""

    numerator: WordList
    denominator: WordList


class ActivityWords(TableModel):
    """Lists of ``words.yaml`` under ``activity_words``."""

    facilitation: WordList
    coordination: WordList
    recommendation: WordList


class WordTable(TableModel):
    """The table of words (``words.yaml``): what each list holds is said there."""

    title_starts: WordList
    title_openers: WordList
    title_ends: WordList
    name_stops: WordList
    region_names: RegionWords
    region_line_starts: WordList
    region_code_labels: WordList
    period_joints: WordList
    post_starts: WordList
    office_starts: WordList
    ranks: WordList
    signature_marks: WordList
    date_words: WordList
    months: dict[str, Month]
    furniture: FurnitureWords
    activity_words: ActivityWords
    measure_starts: WordList
    open_ends: WordList
    explanation_cues: WordList
    fraction_sides: FractionWords
    copulas: WordList
    formula_cues: WordList
    announcements: WordList
    operators: WordList
    remark_starts: WordList
    nil: WordList
    hyphen_keepers: WordList
    final_letters: WordList
    holder_posts: WordList
    holder_agencies: WordList
    consideration_starts: WordList
    digit_letters: dict[Character, Digit]
    letter_digits: dict[Digit, Letter]
    heading_words: WordList
    budget_words: WordList
    diagram_words: WordList
    head_posts: WordList


@cache
def label_table() -> LabelTable:
    """Return the table of labels."""
    return load_table(PACKAGE, "labels.yaml", LabelTable)


@cache
def word_table() -> WordTable:
    """Return the table of words."""
    return load_table(PACKAGE, "words.yaml", WordTable)


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return a list of ``words.yaml``; ``name`` may be a path (``furniture/page``).

    Raises:
        ConfigError: there is no such list.
    """
    try:
        words: tuple[str, ...] = attrgetter(name.replace("/", "."))(word_table())
    except AttributeError:
        raise ConfigError(f"{PACKAGE.replace('.', '/')}/words.yaml: the list “{name}” is missing.") from None
    return words
