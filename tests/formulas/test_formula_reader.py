"""Reading printed formulas: the ways decrees write a computation, and what scanners make of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import FormulaError
from pipeline.formulas import format_expression, parse_expression, read_formula
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary

SAPI = '"jumlah sapi sehat" / "jumlah sapi" * 100%'


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah sapi sehat / Jumlah sapi x 100%",
        "Jumlah sapi sehat/Jumlah sapi x 100 %",
        "(Jumlah sapi sehat : Jumlah sapi) X 100%",
        "[Jumlah sapi sehat ÷ Jumlah sapi] × 100%",
        "∑ sapi sehat ∑ sapi x 100%",
        "Σ sapi sehat\nΣ sapi x 100%",
        "Jumlah sapi sehat Jumlah sapi x 100%",
        "Jumlah sapi sehat x 100% Jumlah sapi",
        "Jumlah sapi sehat\n—————————— x 100%\nJumlah sapi",
        "Jumlah sapi sehat ———————— x 100% Jumlah sapi",
        "Jumlah sapi sehat\n__________\nJumlah sapi\nx 100%",
        "               Jumlah sapi sehat\nPersentase = -------------- x 100% = 90%\n     Jumlah sapi",
        "Jumlah sapi sehat dibagi jumlah sapi dikali 100%",
        "Jumlah sapi sehat dibagi dengan jumlah sapi, kemudian hasilnya dikalikan seratus persen",
        "Perbandingan antara jumlah sapi sehat dengan jumlah sapi dikali 100%",
        "Dihitung dengan cara membagi jumlah sapi sehat dengan jumlah sapi dikali 100%",
        "Rumus : Jumlah sapi sehat : Jumlah sapi x 100%",
        "Persentase sapi sehat = Jumlah sapi sehat / Jumlah sapi x 100% = 90%",
        "Persentase sapi sehat adalah jumlah sapi sehat dibagi jumlah sapi dikali 100%",
        "Ini kesehatan ternak. Cara menghitung : jumlah sapi sehat dibagi jumlah sapi dikali 100%.",
        "Jumlah sapi sehat dibagi jumlah sapi dikali 100%. Data diambil dari laporan bulanan.",
        "Jumlah sapi sehat = 90 ekor / Jumlah sapi = 100 ekor x 100% = 90%",
        "Jumlah sapi sehat (90) / Jumlah sapi (100) x 100%",
        "Jumlah sapi sehat (A) dibagi jumlah sapi (B) dikali 100% atau A/B x 100%",
        "A/B x 100%\nA = Jumlah sapi sehat\nB = Jumlah sapi",
        "A/B x 100%, dimana A adalah jumlah sapi sehat dan B adalah jumlah sapi",
        "P = (n/N) x 100%\nn : jumlah sapi sehat\nN : jumlah sapi",
        "A = Jumlah sapi sehat, B = Jumlah sapi, (A/B) x 100%",
        r"$\frac{\text{Jumlah sapi sehat}}{\text{Jumlah sapi}} \times 100\%$",
        r"$$\left[ \dfrac{\sum \mathrm{sapi\ sehat}}{\sum \mathrm{sapi}} \right] \times 100 \%$$",
        r"Persentase sapi = $\frac{\text{Jumlah sapi sehat}}{\text{Jumlah sapi}}$ x 100%",
        "<p>Jumlah sapi sehat<br>----------- x 100%</p>Jumlah sapi",
        "Ｊumlah\u00a0sapi\u200b sehat ∕ Jumlah sapi × １００％",
    ],
)
def test_all_ways_to_print_a_percentage_are_one_expression(printed: str) -> None:
    reading = read_formula(printed)
    assert (reading.expression, reading.reason) == (SAPI, None)
    assert reading.confidence >= 0.8


@pytest.mark.parametrize(
    ("printed", "repair"),
    [
        ("Jumlah sapi sehat / Jumlah sapi x 10096", "hundred percent"),
        ("Jumlah sapi sehat / Jumlah sapi x lOO%", "hundred percent"),
        ("Jumlah sapi sehat / Jumlah sapi xI00 %", "hundred percent"),
        ("Jumlah sapi sehat / Jumlah sapi x 100 o/o", "hundred percent"),
        ("Jumlah sapi sehat dibagi jumlah sapi dika1i 1OO persen", "hundred"),
        ("Jumlah sapi sehat d1bagi jumlah sapi dikali 100%", "operator word repaired"),
        ("Jurnlah sapi sehat / Jum1ah sapi x 100%", "sum word repaired"),
        ("Jumlah sapi se-\nhat / Jumlah sapi x 100%", "torn word joined"),
        ("(Jumlah sapi sehat / Jumlah sapi x 100%", "bracket closed"),
        ("Jumlah sapi sehat / Jumlah sapi) x 100%", "bracket opened"),
        (r"$\frac{\text{Jumlah sapi sehat}}{\text{Jumlah sapi} \times 100\%$", "brace closed"),
        (r"$\frac{\sum \text{sapi sehat}}{\text{X 100\%}}$ \(\Sigma\) sapi", None),
        (
            r"Jumlah sapi sehat \frac{\text{Jumlah sapi}}{\text{Jumlah sapi}} \times 100\%",
            "doubled denominator dropped",
        ),
        ("∑ sapi sehat ∑ sapi ∑ sapi x 100%", "doubled denominator dropped"),
        ("Jumlah sapi sehat I Jumlah sapi x 100%", "slash repaired"),
        ("(Jumlah sapi sehat / Jumlah sapi) 100%", "multiplication sign lost"),
    ],
)
def test_scanner_damage_is_repaired_and_named(printed: str, repair: str | None) -> None:
    reading = read_formula(printed)
    assert reading.expression == SAPI
    assert repair is None or repair in reading.repairs


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        ("Jumlah desa x 3 (tiga) dokumen", '"jumlah desa" * 3'),
        ("(Jumlah kematian : Jumlah kelahiran) x 100.000", '"jumlah kematian" / "jumlah kelahiran" * 100000'),
        ("0,111 x jumlah nilai unsur x 25", '0.111 * "jumlah nilai unsur" * 25'),
        ("1/2 (Nilai apel + Nilai rapat)", '1 / 2 * ("nilai apel" + "nilai rapat")'),
        (
            "Selisih antara jumlah kasus tahun lalu dan jumlah kasus tahun ini",
            '"jumlah kasus tahun lalu" - "jumlah kasus tahun ini"',
        ),
        ("Panen tahun n – Panen tahun n - 1", '"panen tahun n" - "panen tahun n-1"'),
        (
            "Rata-rata dari nilai apel, nilai rapat, dan nilai lembur",
            '("nilai apel" + "nilai rapat" + "nilai lembur") / 3',
        ),
        (r"$\left(1 - \frac{\text{Hari alpa}}{\text{Hari kerja}}\right) \times 100\%$",
         '(1 - "hari alpa" / "hari kerja") * 100%'),
        ("∑ guru X (∑ hari - ∑ izin) x 100% ∑ guru X ∑ hari",
         '"jumlah guru" * ("jumlah hari" - "jumlah izin") / ("jumlah guru" * "jumlah hari") * 100%'),
        ("(Jumlah PAUD sehat + Jumlah SD sehat) / Jumlah desa x 2 x 100%",
         '("jumlah paud sehat" + "jumlah sd sehat") / ("jumlah desa" * 2) * 100%'),
    ],
)  # fmt: skip
def test_numbers_sums_and_products(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    "printed",
    [
        "Nilai rata-rata pelayanan e-KTP",
        "Jumlah draf/konsep surat",
        "Jumlah pasar desa / kelurahan yang tertib",
        "Jumlah perkara menurut Perdes No. 7/2021",
        "Jumlah masalah - masalah sosial",
        "Jumlah rapat dalam 12 bulan",
        "Jumlah laporan keuangan serta jumlah laporan barang",
        "Survei Kepuasan Masyarakat (SKM)",
        "Jumlah warga yang\ndilayani di kantor",
    ],
)
def test_a_name_is_one_quantity_in_its_printed_words(printed: str) -> None:
    reading = read_formula(printed)
    assert reading.expression == f'"{" ".join(printed.lower().split())}"'
    assert reading.confidence == 1


def test_slashes_of_words_do_not_divide_beside_one_that_does() -> None:
    reading = read_formula("Jumlah RT/RW dan/atau dusun siaga / Jumlah RT/RW dan/atau dusun x 100%")
    assert reading.expression == '"jumlah rt/rw dan/atau dusun siaga" / "jumlah rt/rw dan/atau dusun" * 100%'


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("", "nothing is printed"),
        (" \n — ", "nothing is printed"),
        ("Nihil", "nothing is printed"),
        ("........ / ........ x 100%", "a blank is left"),
        ("~ ¦ x — // %", "is lost"),
        (r"$\frac{}{} \times 100\%$", "is lost"),
        ("Jumlah sapi sehat\n———— x 100%", "denominator is lost"),
        ("Jumlah sapi sehat / x 100%", "denominator is lost"),
        ("———— x 100%\nJumlah sapi", "numerator is lost"),
        ("/ Jumlah sapi x 100%", "numerator is lost"),
        ("Jumlah sapi tahun n – ∑ sapi tahun n-1 ————————", "denominator is lost"),
        ("J~l h s p / j m x 1 %", "debris"),
        ("Jumlah / Jumlah x 100%", "names nothing"),
        ("Jumlah sapi / 0 x 100%", "division by zero"),
        ("- Jumlah sapi\n- Jumlah kuda", "several formulas"),
        ("x 100%", "only a multiplier"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_not_guessed(printed: str, reason: str) -> None:
    reading = read_formula(printed)
    assert reading.expression is None
    assert reading.confidence == 0
    assert reason in (reading.reason or "")


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah sapi sehat + Jumlah kuda sehat / Jumlah ternak x 100%",
        "Jumlah kasus dikurangi jumlah selesai dibagi jumlah kasus",
        "Sapi sehat\nSapi seluruhnya\nx 100%",
        "(Jumlah sapi sehat) (Jumlah sapi + Jumlah kuda) x 100%",
        "a / b x 100%",
        "Jumlah sapi yang sehat dan",
        "Capaian/Target x 100%",
    ],
)
def test_a_doubtful_reading_has_little_confidence(printed: str) -> None:
    reading = read_formula(printed)
    assert reading.expression is not None
    assert 0 < reading.confidence < 0.8
    assert reading.repairs


def test_raw_is_the_print_with_white_space_folded() -> None:
    reading = read_formula("  Jumlah   sapi\n\t/ Jumlah kuda ")
    assert reading.raw == "Jumlah sapi / Jumlah kuda"
    assert reading.cleaned == "Jumlah sapi\n/ Jumlah kuda"


def test_every_repair_has_its_confidence() -> None:
    assert all(0 < trust <= 1 for trust in reading_vocabulary().table.confidence.values())


@pytest.mark.parametrize(
    "printed",
    [
        "x" * 100_000,
        "(" * 10_000,
        "(" * 3_000 + "Jumlah sapi" + ")" * 3_000,
        r"\frac{" * 1_300,
        r"\frac" * 1_500,
        "{" * 7_900,
        "Jumlah sapi + " * 500 + "Jumlah sapi",
        "A = b\n" * 1_300,
        "a/" * 3_900,
        "∑ " * 3_900,
        "\x00\x1b[31m\ud800\ufffe",
        "<" * 7_000,
        "Jumlah sapi (1) " * 400,
        "Jumlah sapi) " * 600,
        ") " * 3_900,
        "Pembilang " * 800,
        "JKT = jumlah sapi; " * 420,
        "jumlah sapi = B\n" * 500,
        "\u202e\u200f" * 3_900,
    ],
)
def test_hostile_print_costs_bounded_time_and_never_fails(printed: str) -> None:
    started = time.process_time()
    reading = read_formula(printed)
    assert time.process_time() - started < 5
    assert (reading.expression is None) == (reading.reason is not None)


PIECES = st.sampled_from(
    [
        *r"Jumlah sapi ∑ / x 100% ( ) [ ——— = 12 A B : . , - ÷ \frac{ } { \text{ $ n-1 1.000 0,5 |".split(),
        *"dibagi dikali dikurangi atau dan Rumus: Keterangan: adalah persen Realisasi".split(),
        *(
            "\n",
            "\\",
            "rata-rata dari",
            "selisih antara",
            '"',
            "a.",
            "b.",
            "JKT",
            "JK",
            "V_{t-1}",
            "(A)",
            ">= 80",
            "KTdibagiKS",
            "dikali100%",
            "(dibagi)",
            "= lS",
        ),
        *"Pembilang Penyebut: bobot 40% + 1/3 ≥ Sumber dibagijumlah per sen J umlah <td> \u202e".split(),
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80))
@example('" = "')
@example("rata-rata dari rata-rata dari , rata-rata dari")
@example("Realisasi dibagi x 0,5 0,5 ∑ ——— + 12")
def test_any_print_gives_a_formula_or_a_reason(printed: str) -> None:
    reading = read_formula(printed)
    assert read_formula(printed) == reading
    if reading.expression is None:
        assert reading.reason
        assert reading.confidence == 0
    else:
        assert format_expression(parse_expression(reading.expression)) == reading.expression
        assert 0 < reading.confidence <= 1
        assert reading.reason is None


def test_importing_the_package_loads_no_parser() -> None:
    code = (
        "import sys, json, pipeline.formulas\n"
        "print(json.dumps([name for name in ('lark', 'spacy') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        (
            "∑ gangguan yang\ndiselesaikan\n: ∑ gangguan yang\ndilaporkan x\n100%",
            '"jumlah gangguan yang diselesaikan" / "jumlah gangguan yang dilaporkan" * 100%',
        ),
        (
            "Jumlah usulan yang dibahas :\nJumlah usulan x 100%",
            '"jumlah usulan yang dibahas" / "jumlah usulan" * 100%',
        ),
        ("Nilai rata-rata tertimbang X 25\nUnsur", '"nilai rata-rata tertimbang" * 25'),
        (
            "(Nilai awal -\nNilai akhir) / Nilai\nawal x 100%",
            '("nilai awal" - "nilai akhir") / "nilai awal" * 100%',
        ),
        ("Realisasi belanja ———————— x 100% Pagu belanja", '"realisasi belanja" / "pagu belanja" * 100%'),
        (
            "∑ surat selesai / ∑ permohonan surat\nketerangan x 100%",
            '"jumlah surat selesai" / "jumlah permohonan surat keterangan" * 100%',
        ),
    ],
)
def test_lines_that_a_narrow_cell_wraps_do_not_change_the_formula(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        (
            "Jumlah desa tangguh:Jumlah desa rawan x 100%",
            '"jumlah desa tangguh" / "jumlah desa rawan" * 100%',
        ),
        (
            "Rumus: Jumlah izin terbit: Jumlah izin masuk x 100%",
            '"jumlah izin terbit" / "jumlah izin masuk" * 100%',
        ),
        ("(Jumlah hari siaga bencana/365) x 100%", '"jumlah hari siaga bencana" / 365 * 100%'),
        ("Jumlah laporan bulanan/12 x 100%", '"jumlah laporan bulanan" / 12 * 100%'),
        (
            r"$\frac{\text{Skor IDM}_{n} - \text{Skor IDM}_{n-1}}{\text{Skor IDM}_{n-1}} \times 100\%$",
            '("skor idm n" - "skor idm n-1") / "skor idm n-1" * 100%',
        ),
        (
            r"$\frac{\sum_{i=1}^{n} \text{kader aktif}}{\sum \text{kader}}$",
            '"jumlah kader aktif" / "jumlah kader"',
        ),
        (
            "Jumlah rapat pukul 08:00 / Jumlah rapat x 100%",
            '"jumlah rapat pukul 08:00" / "jumlah rapat" * 100%',
        ),
        (
            "Realisasi belanja Rp. 450.000.000,- / Pagu belanja Rp 500.000.000 x 100%",
            '"realisasi belanja" / "pagu belanja" * 100%',
        ),
        ("Jumlah izin disetujui / Jumlah izin x 1009%", '"jumlah izin disetujui" / "jumlah izin" * 100%'),
        (
            r"$\frac{1}{2} \left(\text{nilai kehadiran} + \text{nilai kinerja}\right)$",
            '1 / 2 * ("nilai kehadiran" + "nilai kinerja")',
        ),
        (
            "Jumlah desa tertib dibagi dg jumlah desa dikali 100%",
            '"jumlah desa tertib" / "jumlah desa" * 100%',
        ),
    ],
)
def test_forms_of_a_hold_out(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah izin terbit / Jumlah izin x 120%",
        "(Jumlah izin - Jumlah izin) / Jumlah izin x 100%",
    ],
)
def test_what_no_decree_means_is_never_given_for_sure(printed: str) -> None:
    assert read_formula(printed).confidence < 0.8


def test_a_number_that_nobody_counts_to_is_refused() -> None:
    assert read_formula(f"jumlah desa / {'9' * 5000} x 100%").reason == "a number is too long"
    with pytest.raises(FormulaError, match="digits"):
        parse_expression(f'"jumlah desa" / {"9" * 5000}')
