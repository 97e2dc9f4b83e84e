"""The text of Word documents: runs, lists, fields, equations, tracked changes, what is beside the text."""

from __future__ import annotations

import pytest

from extractors.model.office_address import WordAddress
from extractors.model.page import AsideReason, Line
from extractors.model.passage import word_place
from samples.office_files.word_file import (
    DASHES,
    LETTERS,
    NUMBERS,
    OUTLINE,
    deleted,
    field,
    fraction,
    inserted,
    list_definitions,
    paragraph,
    run,
    text_box,
)
from tests.support.office_pages import aside_texts, line_texts, read_body, table_texts


def test_a_word_that_is_spread_over_runs_is_one_word() -> None:
    page = read_body(paragraph(run("Persen") + run("tase de") + run("sa mandiri", "<w:i/>")))
    [line] = page.blocks
    assert isinstance(line, Line)
    assert line.text.text == "Persentase desa mandiri"
    assert len(line.text.words) == 3
    assert word_place(line.text.words[0]).address == WordAddress("document", paragraph=1)


def test_lists_are_printed_with_their_numbers_and_dashes() -> None:
    body = (
        paragraph("melayani warga;", list_id="1")
        + paragraph("membina desa;", list_id="1")
        + paragraph("laporan", list_id="2")
        + paragraph("rekap bulanan", list_id="3")
        + paragraph("rekap tahunan", list_id="3", level=1)
        + paragraph("penutup", list_id="3")
    )
    page = read_body(body, {"numbering": list_definitions(LETTERS, DASHES, NUMBERS)})
    assert line_texts(page) == [
        "a. melayani warga;",
        "b. membina desa;",
        "• laporan",
        "1. rekap bulanan",
        "a) rekap tahunan",
        "2. penutup",
    ]


def test_lists_of_one_kind_count_on_and_restart_where_they_say_so() -> None:
    body = "".join(paragraph(f"butir {i}", list_id=list_id) for i, list_id in enumerate("1122"))
    numbering = list_definitions(NUMBERS, NUMBERS, restarts={"2": 5})
    assert line_texts(read_body(body, {"numbering": numbering})) == [
        "1. butir 0",
        "2. butir 1",
        "5. butir 2",
        "6. butir 3",
    ]


def test_a_number_of_several_levels_is_a_mark_before_its_text_and_a_text_alone() -> None:
    body = paragraph("Sasaran", list_id="1") + paragraph("Indikator", list_id="1", level=1)
    body += paragraph(list_id="1", level=1)
    page = read_body(body, {"numbering": list_definitions(OUTLINE)})
    assert line_texts(page) == ["1. Sasaran", "• Indikator", "1.2"]


def test_inserted_text_is_taken_and_deleted_text_is_quoted_in_a_note() -> None:
    page = read_body(paragraph(run("Target ") + deleted("83,53") + inserted("83,50") + run(" persen")))
    assert line_texts(page) == ["Target 83,50 persen"]
    assert aside_texts(page) == [("deleted-text", "83,53")]
    assert page.asides[0].detail == "Bagian Hukum"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next_one() -> None:
    mark = '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'
    page = read_body(paragraph(run("Jumlah desa "), properties=mark) + paragraph("yang mandiri"))
    assert line_texts(page) == ["Jumlah desa yang mandiri"]


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (field(r"EQ \f(Jumlah desa maju;Jumlah desa)"), "Jumlah desa maju / Jumlah desa"),
        (field(r"EQ \f(Jumlah A + Jumlah B,Jumlah desa)"), "(Jumlah A + Jumlah B) / Jumlah desa"),
        (field(r"EQ \f(\(A + B\);C)"), "(A + B) / C"),
        (field('SYMBOL 229 \\f "Symbol" \\s 11'), "∑"),
        (field("DOCPROPERTY Camat", "Sendang Mulih"), "Sendang Mulih"),
        (fraction("Jumlah surat selesai", "Jumlah surat"), "Jumlah surat selesai / Jumlah surat"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0E5"/></w:r>', "∑"),
        ("<w:r><w:t>Siskeu</w:t><w:softHyphen/><w:t>des</w:t></w:r>", "Siskeudes"),
        ("<w:r><w:t>KTP</w:t><w:noBreakHyphen/><w:t>el</w:t></w:r>", "KTP-el"),
    ],
)
def test_fields_equations_and_signs_are_printed_as_word_draws_them(content: str, printed: str) -> None:
    page = read_body(paragraph(run("Rumus: ") + content + run(" x 100%")))
    assert line_texts(page) == [f"Rumus: {printed} x 100%"]
    assert page.asides == ()


def test_the_text_behind_a_field_that_never_ends_is_printed() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    page = read_body(paragraph(opened + run("Ditetapkan di Sendang Mulih")) + paragraph("CAMAT"))
    assert line_texts(page) == ["Ditetapkan di Sendang Mulih", "CAMAT"]


def test_a_field_within_the_code_of_a_formula_is_part_of_it() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    head, tail = (f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in (r"EQ \f(", ";Jumlah desa)"))
    body = paragraph(begin + head + field("REF x", "Jumlah desa maju") + tail + end)
    assert line_texts(read_body(body)) == ["Jumlah desa maju / Jumlah desa"]


def test_an_equation_with_a_root_is_latex() -> None:
    root = "<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>a</m:t></m:r></m:e></m:rad></m:oMath>"
    assert line_texts(read_body(paragraph(root))) == [r"$\sqrt{a}$"]


def test_a_text_box_is_read_once() -> None:
    page = read_body(paragraph(run("Keputusan") + text_box(paragraph("KONSEP"))))
    assert line_texts(page) == ["Keputusan", "KONSEP"]


def test_hidden_text_is_set_aside_also_by_its_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="catatan"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="turunan"><w:basedOn w:val="catatan"/></w:style>'
    )
    body = paragraph(
        run("tampak ") + run("rahasia ", "<w:vanish/>") + run("dalam", '<w:rStyle w:val="turunan"/>')
    )
    page = read_body(body, {"styles": styles})
    assert line_texts(page) == ["tampak"]
    assert aside_texts(page) == [("hidden-text", "rahasia"), ("hidden-text", "dalam")]


def test_headers_are_furniture_and_comments_and_footnotes_are_set_aside() -> None:
    parts = {
        "header": paragraph("Konsep Bagian Organisasi"),
        "comments": '<w:comment w:id="0" w:author="Sekcam">' + paragraph("mohon dicek") + "</w:comment>",
        "footnotes": '<w:footnote w:type="separator" w:id="-1">'
        + paragraph("garis")
        + '</w:footnote><w:footnote w:id="1">'
        + paragraph("data semester II")
        + "</w:footnote>",
    }
    page = read_body(paragraph("isi"), parts)
    assert [passage.text for passage in page.furniture] == ["Konsep Bagian Organisasi"]
    assert aside_texts(page) == [("footnote-text", "data semester II"), ("comment-text", "mohon dicek")]


def test_an_old_equation_object_is_told_of() -> None:
    body = paragraph('<w:r><w:object><o:OLEObject ProgID="Equation.3" r:id="rId9"/></w:object></w:r>')
    page = read_body(body + paragraph("isi"))
    assert [(aside.reason, aside.detail) for aside in page.asides] == [
        (AsideReason.OLD_EQUATION, "Equation.3")
    ]


def test_line_breaks_part_lines_and_empty_paragraphs_set_apart() -> None:
    page = read_body(
        paragraph("<w:r><w:t>KEPUTUSAN</w:t><w:br/><w:t>CAMAT</w:t></w:r>")
        + paragraph()
        + paragraph("TENTANG")
    )
    lines = [block for block in page.blocks if isinstance(block, Line)]
    assert [(line.text.text, line.gap) for line in lines] == [
        ("KEPUTUSAN", True),
        ("CAMAT", False),
        ("TENTANG", True),
    ]


def test_signatures_set_side_by_side_with_tabs_are_columns() -> None:
    tab = "<w:r><w:tab/><w:tab/></w:r>"
    page = read_body(
        paragraph(run("PIHAK KEDUA,") + tab + run("PIHAK PERTAMA,"))
        + paragraph()
        + paragraph(run("HARDIMAN") + tab + run("RINI"))
        + paragraph(tab + run("NIP. 198207192001122001"))
    )
    assert table_texts(page) == [
        ["PIHAK KEDUA,", "PIHAK PERTAMA,"],
        ["HARDIMAN", "RINI"],
        ["", "NIP. 198207192001122001"],
    ]


def test_labels_with_tabs_before_their_colon_are_lines() -> None:
    tab = "<w:r><w:tab/></w:r>"
    page = read_body("".join(paragraph(run(name) + tab + run(f": {name}a")) for name in ("Nama", "Jabatan")))
    assert line_texts(page) == ["Nama : Namaa", "Jabatan : Jabatana"]


def test_a_paragraph_in_bold_or_with_an_outline_level_is_a_heading() -> None:
    body = paragraph("LAMPIRAN", bold=True) + paragraph("Bab", properties='<w:outlineLvl w:val="0"/>')
    body += paragraph(run("Indikator ", "<w:b/>") + run("kinerja"))
    page = read_body(body)
    assert [block.heading for block in page.blocks if isinstance(block, Line)] == [True, True, False]
