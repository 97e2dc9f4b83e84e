"""Columns to fields: what a title, the cells, the neighbours and the header's levels say, in one score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model.page import TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.tables import cell_evidence, title_cues
from extractors.parser.tables.cell_evidence import ACTIVITY_CATEGORIES
from extractors.parser.tables.header_rows import YEAR, ColumnTitles, is_column_numbering
from extractors.parser.vocabulary import ocr_digits
from extractors.parser.vocabulary.column_titles import header_table

STRONG_TITLE = 0.75
"""Score of a title from which the column is named by it."""
CELLS_OF_NAMED_COLUMN = 0.25
"""Share of the cells' weight that counts where a strong title names the column."""
SINGLE_FIELDS = frozenset(
    "objective name formula formula_or_explanation unit data_sources responsible source_or_responsible "
    "position".split()
)
"""Fields of which a table has one column (or one for each level of planning)."""
YEAR_FIELDS = ("target", "baseline", "realisation")
VALUE_FIELDS = (*YEAR_FIELDS, "realised_budget", "quarter_row")
"""Fields of values: of a year, or of a quarter; ``quarter_row`` holds those of four quarters in one cell."""
CORE_FIELDS = frozenset(
    "objective formula formula_or_explanation explanation target data_sources responsible unit realisation "
    "source_or_responsible".split()
)
"""Fields one of which a table of indicators has besides their names."""
FORMULA_FIELDS = frozenset({"formula", "formula_or_explanation"})
_LEVEL_FIELDS = ("goal", "program")
_YEAR_ALONE = re.compile(r"\W*(?:[^\W\d_]{1,5}\.?\s+)?(?:19|20)\d\d\W*")
_QUARTER = re.compile(r"(?<![^\W_])(IV|III|II|I|[1-4])(?![^\W_])")
_QUARTER_BY_NUMERAL = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What one column holds: a field, or ``extra`` under its printed title."""

    field: str
    title: str
    likeness: float = 1.0
    year: int | None = None
    quarter: int | None = None
    level: str | None = None
    """Of a column of names, or of programmes kept as ``extra``: the level that its title names."""
    is_known: bool = True
    """Its title or its cells say what it holds; else it is kept under its title and noted."""
    source: Passage = EMPTY_PASSAGE
    """The title where it is printed."""


@dataclass(frozen=True, slots=True)
class _ColumnEvidence:
    titles: ColumnTitles
    title_scores: dict[str, title_cues.TitleScore]
    cell_scores: dict[str, float]
    cell_kinds: dict[str, float]
    year: int | None
    quarter: int | None

    def total(self, field: str) -> float:
        """The sum of all that speaks for a field."""
        if self.titles.own_title and not self.title_scores and field in YEAR_FIELDS:
            return 0.0  # numbers under an unknown title may be anything
        share = CELLS_OF_NAMED_COLUMN if self.strongest_title >= STRONG_TITLE else 1.0
        return self.title_score(field) + share * self.cell_scores.get(field, 0.0)

    def title_score(self, field: str) -> float:
        """What its titles say of a field."""
        title = self.title_scores.get(field)
        return title.score if title else 0.0

    @property
    def strongest_title(self) -> float:
        return max((title.score for title in self.title_scores.values()), default=0.0)

    def likeness(self, field: str) -> float:
        title = self.title_scores.get(field)
        return title.likeness if title else 1.0


def assign_columns(
    titles: Sequence[ColumnTitles], rows: Sequence[TableRow], family: str
) -> list[MappedColumn]:
    """Return the field of each column of a table from its titles and the cells of its rows."""
    sample = [row for row in rows[: cell_evidence.MOST_CELLS] if not is_column_numbering(row)]
    evidence = [_collect_evidence(titles, i, sample, family) for i in range(len(titles))]
    if family != "indicators":
        named_fields = _name_category_by_cells([_named_field(item) for item in evidence], sample)
        columns = [_column(item, field) for item, field in zip(evidence, named_fields, strict=True)]
        return _number_duplicate_titles(columns)
    fields = _split_spanned_columns(evidence, _choose_fields(evidence))
    fields = _keep_one_level(evidence, fields)
    columns = [_column(item, field) for item, field in zip(evidence, fields, strict=True)]
    for i in range(1, len(columns)):
        if columns[i].field == "extra" and not titles[i].titles and titles[i - 1].titles:
            columns[i] = replace(columns[i - 1])  # a wall within the column to its left
    return _number_duplicate_titles(columns)


def _name_category_by_cells(fields: list[str], rows: Sequence[TableRow]) -> list[str]:
    """The fields, a kind of activities that no title names told by the words that the cells begin with."""
    if ACTIVITY_CATEGORIES & set(fields):
        return fields
    for i, field in enumerate(fields):
        texts = [row[i].text.text for row in rows if i < len(row) and row[i] and sum(map(bool, row)) > 1]
        categories = [cell_evidence.find_activity_category(text) for text in texts]
        if field == "extra" and categories and all(categories):
            return [*fields[:i], categories[0] or field, *fields[i + 1 :]]
    return fields


def find_value_column(title: Passage) -> MappedColumn | None:
    """Return the column of values that a title alone names (``Target 2025``); nothing for other titles."""
    columns = assign_columns([ColumnTitles((title,))], [], "indicators")
    return columns[0] if columns[0].field in YEAR_FIELDS else None


def score_assignment(columns: Sequence[MappedColumn], titles: Sequence[ColumnTitles], family: str) -> float:
    """Return how much a header explains; 0 where it is none of a table of this family."""
    scores: dict[str, float] = {}
    for column, column_titles in zip(columns, titles, strict=True):
        title = _merge_title_scores(column_titles, family).get(column.field)
        if column.field != "extra" and title is not None:
            scores[column.field] = max(scores.get(column.field, 0.0), min(title.score, 1.0) * title.likeness)
    if family != "indicators":
        has_category = any(column.field in ACTIVITY_CATEGORIES for column in columns)
        is_titled = bool(scores.keys() & ACTIVITY_CATEGORIES)
        is_complete = has_category and len(scores if is_titled else scores.keys() - {"number"}) >= 2
        return sum(scores.values()) if is_complete else 0.0
    named_fields = {field for field, score in scores.items() if score >= STRONG_TITLE - 0.2}
    has_name = any(column.field == "name" for column in columns)
    other_fields = named_fields - {"name", "number", *_LEVEL_FIELDS}
    is_named = scores.get("name", 0.0) >= STRONG_TITLE or bool(other_fields & FORMULA_FIELDS)
    is_complete = has_name and len(other_fields & CORE_FIELDS) >= (1 if is_named else 2)
    return sum(scores.values()) if is_complete else 0.0


def assign_untitled_columns(rows: Sequence[TableRow], width: int) -> list[MappedColumn] | None:
    """Return the fields of a table without titles; nothing where its cells are no indicators."""
    columns = assign_columns([ColumnTitles(())] * width, rows, "indicators")
    if sum(column.field in VALUE_FIELDS for column in columns) > 1:
        # which of several columns of numbers is the target, nothing says: they are kept by their number
        columns = [
            replace(column, field="extra", title=f"({i})") if column.field in VALUE_FIELDS else column
            for i, column in enumerate(columns, 1)
        ]
    fields = {column.field for column in columns}
    is_complete = "name" in fields and len(fields & CORE_FIELDS) >= 2
    return columns if is_complete and len(rows) >= 2 else None


def _collect_evidence(
    titles: Sequence[ColumnTitles], index: int, rows: Sequence[TableRow], family: str
) -> _ColumnEvidence:
    column_titles = titles[index]
    is_indicators = family == "indicators"
    texts = [row[index].text.text for row in rows if index < len(row)] if is_indicators else []
    kinds = cell_evidence.describe_column(texts)
    title = ocr_digits.repair_digits(column_titles.own_title)
    year = YEAR.search(title) or YEAR.search(ocr_digits.repair_digits(column_titles.full_title))
    return _ColumnEvidence(
        column_titles,
        _merge_title_scores(column_titles, family),
        cell_evidence.score_cells(kinds),
        kinds,
        int(year.group(1)) if year else None,
        _find_quarter(column_titles),
    )


def _merge_title_scores(titles: ColumnTitles, family: str) -> dict[str, title_cues.TitleScore]:
    """What the levels of a header say of one column: its own title first, then those that span it."""
    own = YEAR.sub(" ", ocr_digits.repair_digits(titles.own_title))
    scores = dict(title_cues.score_title(own, family))
    is_named = max((score.score for score in scores.values()), default=0.0) >= STRONG_TITLE
    if titles.spanning and not is_named:
        spanning = YEAR.sub(" ", ocr_digits.repair_digits(titles.spanning_title))
        for text in (f"{spanning} {own}", spanning, *(title.text for title in titles.titles)):
            for field, score in title_cues.score_title(text, family).items():
                if field not in scores or score.score > scores[field].score:
                    scores[field] = score
    if family == "indicators" and not any(field in scores for field in YEAR_FIELDS):
        names_time = _find_quarter(titles) is not None or _YEAR_ALONE.fullmatch(
            ocr_digits.repair_digits(titles.own_title)
        )
        if names_time and not any(score.score >= STRONG_TITLE for score in scores.values()):
            scores["target"] = title_cues.TitleScore(1.0, 1.0)  # a year or quarter alone is that of a target
    return scores


def _names_quarters(title: str) -> bool:
    """Does a title say that its columns are quarters (``Triwulan``)?"""
    words = "|".join(header_table().quarters)
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", title, re.IGNORECASE) is not None


def _find_quarter(titles: ColumnTitles) -> int | None:
    """The quarter of a column under a title that names quarters (``Triwulan``)."""
    if not _names_quarters(titles.full_title):
        return None
    for title in reversed(titles.titles):
        match = _QUARTER.search(title.text)
        if match and (title.text.strip() == match.group() or len(_QUARTER.findall(title.text)) == 1):
            return _QUARTER_BY_NUMERAL.get(match.group(1)) or int(match.group(1))
    return None


def _choose_fields(evidence: Sequence[_ColumnEvidence]) -> list[str]:
    """The field of each column: the best supported first; of fields that a table has once, the best only."""
    table = cell_evidence.evidence_table()
    fields = ["extra"] * len(evidence)
    ranked = sorted(
        (
            (-item.total(field), i, field)
            for i, item in enumerate(evidence)
            for field in item.title_scores.keys() | item.cell_scores.keys()
            if field != "extra" or item.title_score("extra") > 0 or item.total("extra") >= table.least_score
        ),
    )
    settled: set[int] = set()
    taken: set[str] = set()
    for negative_total, i, field in ranked:
        least = table.least_score
        if field == "name" and "name" not in taken and evidence[i].strongest_title < STRONG_TITLE:
            least = table.least_untitled_name
        if i in settled or -negative_total < least:
            continue
        if field in SINGLE_FIELDS and field in taken and evidence[i].title_score(field) < STRONG_TITLE:
            continue
        settled.add(i)
        taken.add(field)
        fields[i] = field
    return _weigh_neighbours(evidence, fields)


def _weigh_neighbours(evidence: Sequence[_ColumnEvidence], fields: list[str]) -> list[str]:
    """The fields, those of columns that say little for themselves settled by what stands beside them."""
    if "name" not in fields:
        return fields
    table = cell_evidence.evidence_table()
    name_index = fields.index("name")
    for index in range(name_index):
        if fields[index] == "responsible" and evidence[index].total("responsible") < STRONG_TITLE:
            fields[index] = "extra"  # an office in front of the indicators is what they are of
    left = next((i for i in range(name_index - 1, -1, -1) if fields[i] != "number"), None)
    beside = [(left, table.before_name), (name_index + 1, table.behind_name)]
    for i, weights in beside:
        if i is None or i >= len(fields) or fields[i] != "extra":
            continue
        item = evidence[i]
        says_nothing = not item.cell_kinds and not item.titles.titles
        if item.strongest_title >= table.least_score or says_nothing:
            continue
        totals = {
            field: item.total(field) + weight
            for field, weight in weights.items()
            if field not in SINGLE_FIELDS or field not in fields
        }
        best = max(totals, key=lambda field: totals[field], default=None)
        if best is not None and totals[best] >= min(table.least_score, table.least_untitled_name):
            fields[i] = best
    return fields


def _split_spanned_columns(evidence: Sequence[_ColumnEvidence], fields: list[str]) -> list[str]:
    """The fields, those of columns that number the items of the column to their right under one title."""
    for i in range(len(fields) - 1):
        shares_title = evidence[i].titles.titles and evidence[i].titles == evidence[i + 1].titles
        numbers_items = fields[i + 1] in ("name", "objective")
        if shares_title and numbers_items and "running_number" in evidence[i].cell_kinds:
            fields[i] = "number"
    return fields


def _keep_one_level(evidence: Sequence[_ColumnEvidence], fields: list[str]) -> list[str]:
    """The fields of a table that prints indicators of several levels side by side.

    The indicators are those of the objective; what stands from the name of another level on (``Program``,
    ``Indikator Program``) is kept as ``extra``.
    """
    names = [i for i, field in enumerate(fields) if field == "name"]
    if len(names) > 1:
        level_of = {i: _level_rank(evidence[i].titles.full_title) for i in names}
        main = min(names, key=lambda i: (level_of[i], i))
        starts = sorted(_group_start(fields, i) for i in names)
        start = _group_start(fields, main)
        end = next((s for s in starts if s > start), len(fields))
        fields = [
            field if start <= i < end or (field == "number" and i < start) else "extra"
            for i, field in enumerate(fields)
        ]
    if "objective" not in fields and "goal" in fields:
        fields[fields.index("goal")] = "objective"
    return fields


def _level_rank(title: str) -> int:
    """The place of an indicator's level: of an objective (or none named), a goal, a programme."""
    return {"tujuan": 1, "program": 2, "kegiatan": 2, "subkegiatan": 2}.get(_find_level(title) or "", 0)


def _find_level(title: str) -> str | None:
    """The one level of planning that the title of a column of names tells (``Indikator Program``)."""
    levels = [
        level
        for level, words in header_table().levels.items()
        if re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", title, re.IGNORECASE)
    ]
    if "subkegiatan" in levels:
        levels = [level for level in levels if level != "kegiatan"]
    return levels[0] if len(levels) == 1 else None


def _group_start(fields: Sequence[str], name_index: int) -> int:
    """Where the columns of one level begin: at the objective or programme right before its indicator."""
    start = name_index
    while start > 0 and fields[start - 1] in ("objective", "number", *_LEVEL_FIELDS):
        start -= 1
    return start


def _named_field(item: _ColumnEvidence) -> str:
    """The field that a column's title names; ``extra`` where it names none."""
    best = max(item.title_scores, key=lambda field: item.title_scores[field].score, default="extra")
    return best if item.title_score(best) >= STRONG_TITLE - 0.2 else "extra"


def _column(item: _ColumnEvidence, field: str) -> MappedColumn:
    titles = item.titles
    has_level = field in ("name", "program")
    is_known = field != "extra" or item.strongest_title >= STRONG_TITLE or not titles.titles
    if field == "budget" and "realisation" in title_cues.score_title(titles.spanning_title, "indicators"):
        field = "realised_budget"
    elif field in ("program", "budget"):
        field = "extra"
    elif field == "target" and item.quarter is None and _names_quarters(titles.full_title):
        field = "quarter_row"
    has_full_title = field == "extra" or field in VALUE_FIELDS
    return MappedColumn(
        field,
        titles.full_title if has_full_title else titles.own_title or titles.full_title,
        item.likeness(field),
        item.year if field in VALUE_FIELDS else None,
        item.quarter if field in VALUE_FIELDS else None,
        _find_level(titles.full_title) if has_level else None,
        is_known,
        titles.source,
    )


def _number_duplicate_titles(columns: list[MappedColumn]) -> list[MappedColumn]:
    """Columns of the record's ``extra`` with titles of their own, where two are printed alike."""
    title_counts: dict[str, int] = {}
    numbered_columns: list[MappedColumn] = []
    for i, column in enumerate(columns):
        is_repeated = i > 0 and columns[i - 1].source is column.source and column.title == ""
        if column.field == "extra" and not is_repeated:
            title_counts[column.title] = title_counts.get(column.title, 0) + 1
            if title_counts[column.title] > 1:
                column = replace(column, title=f"{column.title} ({title_counts[column.title]})")
        numbered_columns.append(column)
    return numbered_columns
