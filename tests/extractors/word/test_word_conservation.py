"""No run of text of a Word document vanishes: it is printed, furniture, or set aside."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from samples.office_files.word_file import (
    LETTERS,
    NUMBERS,
    cell,
    deleted,
    field,
    fraction,
    inserted,
    list_definitions,
    paragraph,
    run,
    table,
    text_box,
    word_file,
)
from tests.support.office_pages import all_words, read_word

WORD = st.text("bcdfghjklm", min_size=4, max_size=9)


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A piece of a paragraph, and the words that are in it."""
    words = draw(st.lists(WORD, min_size=1, max_size=3))
    text = f" {' '.join(words)} "
    kind = draw(
        st.sampled_from(["plain", "hidden", "inserted", "deleted", "field", "eq", "equation", "box", "link"])
    )
    if kind == "eq":
        return run(" ") + field(rf"EQ \f({' '.join(words)};{words[0]})") + run(" "), [*words, words[0]]
    if kind == "equation":
        return fraction(" ".join(words), words[0]), [*words, words[0]]
    made = {
        "plain": run(text),
        "hidden": run(text, "<w:vanish/>"),
        "inserted": inserted(text),
        "deleted": deleted(text),
        "field": field("REF judul", text),
        "box": text_box(paragraph(text)),
        "link": f"<w:hyperlink>{run(text)}</w:hyperlink>",
    }
    return made[kind], words


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A paragraph, perhaps an item of a list, and its words."""
    pieces = draw(st.lists(runs(), max_size=3))
    content = "".join(piece for piece, _ in pieces)
    list_id = draw(st.sampled_from(["", "1", "2"]))
    return paragraph(content, list_id=list_id), [word for _, words in pieces for word in words]


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A table with merged cells and perhaps a table in a cell, and its words."""
    width = draw(st.integers(1, 3))
    words: list[str] = []
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        row = []
        for _ in range(width):
            content, cell_words = draw(paragraphs())
            words += cell_words
            if draw(st.booleans()):
                inner, inner_words = draw(paragraphs())
                content += table([[cell(inner), cell(inner)]])
                words += inner_words * 2
            row.append(cell(content, merge=draw(st.sampled_from(["", "", "restart", "continue"]))))
        rows.append(row)
    return table(rows), words


@given(st.lists(st.one_of(paragraphs(), tables()), min_size=1, max_size=5), WORD, WORD)
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_document_is_kept_once(
    blocks: list[tuple[str, list[str]]], header: str, comment: str
) -> None:
    body = "".join(block for block, _ in blocks) + paragraph("penutup")
    parts = {
        "numbering": list_definitions(LETTERS, NUMBERS),
        "header": paragraph(header),
        "comments": f'<w:comment w:id="0" w:author="x">{paragraph(comment)}</w:comment>',
    }
    words = [word for _, block_words in blocks for word in block_words]
    got = Counter(word for word in all_words(read_word(word_file(body, parts=parts))) if word.isalpha())
    got -= Counter(word for word in got if len(word) < 4)
    assert got == Counter([*words, "penutup", header, comment])


@given(st.lists(paragraphs(), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_every_word_around_an_indicator_table_stands_in_the_record(
    blocks: list[tuple[str, list[str]]],
) -> None:
    rows = [
        ["No", "Sasaran Strategis", "Indikator Kinerja Utama", "Formulasi", "Sumber Data"],
        ["1", "Meningkatnya tertib desa", "Persentase desa tertib", "Desa tertib / Desa x 100%", "Rekap"],
    ]
    body = "".join(block for block, _ in blocks) + paragraph("INDIKATOR KINERJA UTAMA") + table(rows)
    numbering = {"numbering": list_definitions(LETTERS, NUMBERS)}
    record = extractors.read_bytes(word_file(body, parts=numbering), "konsep.docx").model_dump_json()
    assert [word for _, words in blocks for word in words if word not in record] == []
