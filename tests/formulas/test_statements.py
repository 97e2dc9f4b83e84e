"""Cells that state a formula in several clauses: numbered operands, equations, legends, remarks, values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formulas import OmissionKind, Repair, read_formula

PUPUK = '"jumlah kelompok penerima pupuk" / "jumlah kelompok pemohon pupuk" * 100%'
A, B = "Jumlah kelompok penerima pupuk", "Jumlah kelompok pemohon pupuk"


@pytest.mark.parametrize(
    "printed",
    [
        f"(1) {A}\n(2) {B}\nRumus: (1) : (2) x 100%",
        f"1. {A}\n2. {B}\n(1)/(2) x 100%",
        f"1) {A}; 2) {B}. Rumus = 1)/2) x 100%",
        f"a) {A}\nb) {B}\nCapaian: a)/b) x 100%",
        f"I. {A}\nII. {B}\nI/II x 100%",
        f"Kolom 6 dibagi kolom 5 dikali 100%\nKolom 5 = {B}\nKolom 6 = {A}",
        f"Kolom (6) : kolom (5) x 100%, (5) = {B}, (6) = {A}",
        f"Kolom 6 ({A.lower()}) dibagi kolom 5 ({B.lower()}) dikali 100%",
        f"Kolom 6 dibagi kolom 5 dikali 100%. Kolom 5 berisi {B.lower()}, kolom 6 berisi {A.lower()}",
        f"[1] / [2] x 100%\n[1] {A}\n[2] {B}",
        f"{A} (1) dibagi {B} (2) dikali 100%",
        f"1. {A} : 24 kelompok\n2. {B} : 30 kelompok\nPersentase = (1)/(2) x 100%",
        f"1. {A} (P)\n2. {B} (Q)\nP/Q x 100%",
        f"P ({A.lower()}) dibagi Q ({B.lower()}) dikali 100%",
        f"(1) {A}\n(2) {B}\n(3) (1) : (2) x 100%",
        f"(1) {A} / (2) {B} x 100%",
        f"(a) {A} (b) {B} (a)/(b) x 100%",
    ],
)
def test_numbered_operands_and_columns_stand_for_what_they_name(printed: str) -> None:
    assert read_formula(printed).expression == PUPUK


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        ("NRR = nilai unsur / jumlah unsur; IKM = NRR x 25", '"nilai unsur" / "jumlah unsur" * 25'),
        ("IKM = NRR x 25\nNRR = nilai unsur : jumlah unsur", '"nilai unsur" / "jumlah unsur" * 25'),
        ("NRR = Nilai unsur / Jumlah unsur IKM = NRR x 25", '"nilai unsur" / "jumlah unsur" * 25'),
        (
            "Nilai Rata-rata (NRR) = Nilai unsur / Jumlah unsur\nIKM = NRR x 25",
            '"nilai unsur" / "jumlah unsur" * 25',
        ),
        (
            "Tahap 1: skor dasar = nilai unsur / jumlah unsur. Tahap 2: indeks = skor dasar x 25",
            '"nilai unsur" / "jumlah unsur" * 25',
        ),
        (
            "P = jumlah kios tertib / jumlah kios\nQ = jumlah los tertib / jumlah los\nIndeks = (P + Q) / 2",
            '("jumlah kios tertib" / "jumlah kios" + "jumlah los tertib" / "jumlah los") / 2',
        ),
        ("Nilai unsur dibagi jumlah unsur. Hasilnya dikali 25", '"nilai unsur" / "jumlah unsur" * 25'),
        (
            "T = T1 + T2\nT1 = jumlah tamu pagi\nT2 = jumlah tamu sore",
            '"jumlah tamu pagi" + "jumlah tamu sore"',
        ),
    ],
)
def test_steps_are_substituted(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    "printed",
    [
        f"Keterangan : a = {A.lower()} ; b = {B.lower()}. Rumus : a/b x 100%",
        f"Jika a = {A.lower()} dan b = {B.lower()}, maka capaian = a/b x 100%",
        f"a = {A} b = {B} a/b x 100%",
        f"a adalah {A.lower()}; b adalah {B.lower()}; maka rumusnya a/b x 100%",
        f"X1/X2 x 100%; X1 = {A.lower()}; X2 = {B.lower()}",
        f"{A} = P\n{B} = Q\nP : Q x 100%",
    ],
)
def test_a_legend_may_stand_before_and_in_the_line(printed: str) -> None:
    assert read_formula(printed).expression == PUPUK


@pytest.mark.parametrize(
    "printed",
    [
        f"{A} (24) / {B} (30) x 100% = 80%",
        f"{A} sebanyak 24 kelompok dibagi {B.lower()} sebanyak 30 kelompok dikali 100%",
        f"{A} / {B} x 100% = 24/30 x 100% = 80%",
        f"{A} : 24\n{B} : 30\nCapaian : 24/30 x 100% = 80%",
        f"{A} = 24 kelompok, {B.lower()} = 30 kelompok, sehingga 24/30 x 100% = 80%",
        f"24 ({A.lower()}) / 30 ({B.lower()}) x 100%",
        f"24/30 x 100% = 80% (24 = {A.lower()}, 30 = {B.lower()})",
        f"{A} adalah 24, {B.lower()} adalah 30, sehingga capaian = 24/30 x 100% = 80%",
    ],
)
def test_measured_values_are_left_out(printed: str) -> None:
    assert read_formula(printed).expression == PUPUK


@pytest.mark.parametrize(
    "printed",
    [
        f"{A} terhadap {B.lower()} x 100%",
        f"{A} per {B.lower()} x 100%",
        f"{A} dari {B.lower()} dikali 100%",
        f"{A} berbanding {B.lower()} dikali 100%",
        f"Hasil pembagian {A.lower()} dengan {B.lower()}, lalu kalikan 100%",
        f"Capaian diperoleh dengan membandingkan {A.lower()} dengan {B.lower()} dikali 100%",
        f"Pengukuran tiap bulan. Caranya, {A.lower()} dibagi {B.lower()} lalu dikali seratus persen.",
    ],
)
def test_words_that_divide_two_counts_divide(printed: str) -> None:
    assert read_formula(printed).expression == PUPUK


@pytest.mark.parametrize(
    "printed",
    ["Jumlah kunjungan per bulan", "Tingkat kepatuhan terhadap aturan", "Nilai evaluasi dari inspektorat"],
)
def test_the_same_words_within_a_name_do_not(printed: str) -> None:
    assert read_formula(printed).expression == f'"{printed.lower()}"'


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        (f"{A}*) / {B} x 100%\n*) data dinas", OmissionKind.FOOTNOTE),
        (f"{A} 1) / {B} 2) x 100%\n1) data dinas\n2) data desa", OmissionKind.FOOTNOTE),
        (f"{A} / {B} x 100% (target 90%)", OmissionKind.TARGET),
        (f"{A} / {B} x 100%, target: 90%", OmissionKind.TARGET),
        (f"{A} / {B} x 100%\nSumber data : register", OmissionKind.EXPLANATION),
        (f"{A} / {B} x 100% (satuan: persen)", OmissionKind.EXPLANATION),
    ],
)
def test_what_is_left_out_is_said_with_its_kind(printed: str, kind: OmissionKind) -> None:
    reading = read_formula(printed)
    assert reading.expression == PUPUK
    assert {omission.kind for omission in reading.omissions} == {kind}


REMARKS = [
    "\nKet: data tiap triwulan",
    "\nSumber data : register",
    " (target 90%)",
    " = 80%",
    "*)",
    "\n*) data desa",
]
LABELS = ["", "Rumus : ", "Formula = ", "Cara menghitung: ", "Capaian = ", "= "]
FORMS = [
    "{a} / {b} x 100%",
    "({a} : {b}) x 100%",
    "{a} dibagi {b} dikali 100%",
    "{a}\n———— x 100%\n{b}",
    "P/Q x 100%\nP = {a}\nQ = {b}",
    "{a} terhadap {b} x 100%",
]


@given(
    st.sampled_from(FORMS),
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(REMARKS), max_size=2, unique=True),
)
def test_labels_and_remarks_never_change_a_formula(form: str, label: str, remarks: list[str]) -> None:
    lines = "\n" in form  # a result or a mark stands behind a calculation, not behind a name
    kept = [remark for remark in remarks if not lines or remark.startswith("\n")]
    printed = (
        label + form.format(a=A, b=B.lower() if "dibagi" in form else B) + "".join(sorted(kept, reverse=True))
    )
    reading = read_formula(printed)
    assert reading.expression in {PUPUK, PUPUK.replace(' / "', ' * 100% / "').removesuffix(" * 100%")}


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("{ EMBED Equation.3 }", "object"),
        ("![](gambar_2.png)", "picture"),
        ("[gambar rumus]", "picture"),
        ("#REF!", "spreadsheet"),
        ("=SUM(B4:B9)/C10*100%", "spreadsheet"),
        ("MIN(realisasi/target x 100%; 100%)", "minimum"),
        ("Nilai tertinggi dari capaian fisik dan capaian keuangan", "minimum"),
        ("Jika realisasi melebihi target maka 100%", "condition"),
        ("Realisasi / Target x 100% apabila target ada, selain itu 0", "condition"),
        ("Tepat waktu = 100%\nTerlambat = 75%", "only measured values"),
        ("Kriteria | Bobot | Nilai\nKehadiran | 40 | 80", "table"),
        ("Jumlah sapi yang ....... x 100%", "blank"),
    ],
)
def test_what_the_syntax_cannot_hold_is_unreadable_and_never_a_quantity(printed: str, reason: str) -> None:
    reading = read_formula(printed)
    assert reading.expression is None
    assert reason in (reading.reason or "")
    assert not reading.is_empty


def test_a_reference_to_an_annex_is_an_empty_cell() -> None:
    assert read_formula("Terlampir").is_empty


def test_a_definition_that_uses_itself_ends() -> None:
    reading = read_formula("A = B + C; B = A + C; C = A + B")
    assert (reading.expression is None) == (reading.reason is not None)


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah a dari jumlah b",
        "Jumlah kader adalah kader yang dibina",
        "Nilai rumus 1) dan 2) menurut jumlah",
        "Persentase jumlah a terhadap jumlah b",
        "skor/responden x 25",
        "Untuk laporan, jumlah kader aktif / jumlah kader x 10",
    ],
)
def test_words_of_a_formula_left_in_a_quantity_are_not_given_for_sure(printed: str) -> None:
    assert read_formula(printed).confidence < 0.9


def test_another_reading_that_is_nearly_as_likely_is_said() -> None:
    first = "Jumlah a dibagi jumlah b dikali 100%. Jumlah c dibagi jumlah d dikali 100%."
    assert Repair.OTHER_READING in read_formula(first).repairs
