"""The mixtures that OCR engines emit become lines and tables, every word on its line."""

from extractors.model.page import Line, Table
from extractors.model.passage import word_place
from extractors.text.text_blocks import parse_blocks


def read(text: str) -> list[Line | Table]:
    return list(parse_blocks(text))


def lines(text: str) -> list[str]:
    return [block.text.text for block in read(text) if isinstance(block, Line)]


def cells(text: str) -> list[list[list[str]]]:
    """Rows of cells of lines of the first table."""
    table = next(block for block in read(text) if isinstance(block, Table))
    return [[[line.text.text for line in cell.lines] for cell in row] for row in table.rows]


def test_markdown_is_taken_off_and_remembered() -> None:
    heading, bullet, mail = read(
        "## **Fungsi :**\n- b) mengelola *aset*\nemail : [kec\\_x@y.id](mailto:kec_x@y.id)"
    )
    assert isinstance(heading, Line) and isinstance(bullet, Line) and isinstance(mail, Line)
    assert (heading.text.text, heading.heading) == ("Fungsi :", True)
    assert (bullet.text.text, bullet.bullet) == ("b) mengelola aset", True)
    assert mail.text.text == "email : kec_x@y.id"


def test_bold_over_several_lines_leaves_no_stars() -> None:
    assert lines("**INDIKATOR KINERJA UTAMA\nKECAMATAN SUKAMULIH**") == [
        "INDIKATOR KINERJA UTAMA",
        "KECAMATAN SUKAMULIH",
    ]


def test_a_multiplication_star_and_an_underscore_in_a_word_are_no_emphasis() -> None:
    assert lines("Jumlah A * 100 * 2\nnama_berkas_satu") == ["Jumlah A * 100 * 2", "nama_berkas_satu"]


def test_page_numbers_keep_their_dashes_and_rules_vanish() -> None:
    assert lines("- 3 -\n---\n***\nisi") == ["- 3 -", "isi"]


def test_blank_lines_set_apart() -> None:
    first, second, third = read("satu\ndua\n\ntiga")
    assert [isinstance(b, Line) and b.gap for b in (first, second, third)] == [True, False, True]


def test_tab_separated_rows_are_a_table_with_markup_in_its_cells() -> None:
    table = cells("No.\tIndikator\n1\t<p>1. Nilai <u>IKM</u></p> <p>2. Nilai SAKIP</p>\n2\tA<br>B &amp; C\n")
    assert table == [
        [["No."], ["Indikator"]],
        [["1"], ["1. Nilai IKM", "2. Nilai SAKIP"]],
        [["2"], ["A", "B & C"]],
    ]


def test_list_items_are_marked() -> None:
    table = next(b for b in read("Sumber\tX\n<ul><li>Satu</li><li>Dua\t\n") if isinstance(b, Table))
    assert [(line.text.text, line.bullet) for line in table.rows[1][0].lines] == [
        ("Satu", True),
        ("Dua", True),
    ]


def test_a_line_without_tabs_between_two_rows_goes_on_with_the_row_above() -> None:
    assert cells("a\tb\n1\tsatu\nlanjutan\n2\tdua\n")[1] == [["1"], ["satu", "lanjutan"]]


def test_pipes_inside_a_formula_or_escaped_do_not_cut_the_cell() -> None:
    table = cells("| No | Rumus |\n|----|:---:|\n| 1 | $\\frac{|a|}{b}$ |\n| 2 | a \\| b |")
    assert table[1:] == [[["1"], ["$\\frac{|a|}{b}$"]], [["2"], ["a | b"]]]


def test_latex_is_left_as_it_stands() -> None:
    assert lines(r"$\frac{\text{Jumlah *a*}}{\text{Jumlah b}} \times 100\%$") == [
        r"$\frac{\text{Jumlah *a*}}{\text{Jumlah b}} \times 100\%$"
    ]
    assert lines(r"\left( \frac{a}{b} \right) \times 100 \%") == [r"\left( \frac{a}{b} \right) \times 100 \%"]


def test_a_displayed_formula_over_several_lines_is_one_line() -> None:
    assert lines("$$\n\\frac{a}{b}\n\\times 100\\%\n$$\nakhir") == [
        r"$$ \frac{a}{b} \times 100\% $$",
        "akhir",
    ]


def test_html_spans_cover_the_cells_they_merge() -> None:
    text = """Sebelum <table><tr><th>No</th><th colspan="2">Target</th></tr>
<tr><td rowspan=2>1</td><td>80</td><td>85</td></tr>
<tr><td>90<td>95</table> Sesudah"""
    before, table, after = read(text)
    assert isinstance(before, Line) and isinstance(table, Table) and isinstance(after, Line)
    assert (before.text.text, after.text.text) == ("Sebelum", "Sesudah")
    assert [[c.text.text if c else "^" * c.covered for c in row] for row in table.rows] == [
        ["No", "Target", "^"],
        ["1", "80", "85"],
        ["^", "90", "95"],
    ]
    assert {word_place(w).lines for w in table.rows[2][2].text.words} == {(3, 3)}


def test_a_nested_table_is_read_as_lines_of_its_cell() -> None:
    inner = "<table><tr><td>dalam</td><td>juga</td></tr></table>"
    text = f"<table><tr><td>luar{inner}akhir</td><td>b</td></tr></table>"
    assert cells(text) == [[["luar", "dalam", "juga", "akhir"], ["b"]]]


def test_markup_that_never_closes_or_nests_without_end_takes_linear_time() -> None:
    assert lines("<b>" * 100_000 + "isi") == ["isi"]
    deep = "<table><tr><td>" * 20_000 + "isi"
    assert "isi" in str(cells(deep))
    assert lines("<a " * 100_000)  # nothing closes
    assert lines("**" * 100_000 + "isi")


def test_scripts_and_styles_are_not_printed() -> None:
    assert lines("<style>\nbody { color: red }\n</style>\nisi <script>alert(1)</script>") == ["isi"]


def test_headings_on_the_line_of_a_minified_table_stay_lines_of_their_own() -> None:
    page = (
        "<html><head><meta charset=utf-8><title>x</title></head><body><nav>Beranda</nav><h3>LAMPIRAN</h3>"
        "<h4>INDIKATOR KINERJA UTAMA<br>KECAMATAN SUKAMULIH</h4><table><tr><td>No</td></tr></table>"
        "<p>Catatan</p><footer>Hak cipta</footer></body></html>"
    )
    blocks = [block for block in read(page) if isinstance(block, Line)]
    assert [(line.text.text, line.heading) for line in blocks] == [
        ("Beranda", False),
        ("LAMPIRAN", True),
        ("INDIKATOR KINERJA UTAMA", True),
        ("KECAMATAN SUKAMULIH", True),
        ("Catatan", False),
        ("Hak cipta", False),
    ]
