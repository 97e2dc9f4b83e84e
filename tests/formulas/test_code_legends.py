"""Legends of codes, named sides, measured values and weights: what stands around a formula."""

from __future__ import annotations

import pytest

from pipeline.formulas import read_formula

LUNAS = '"jumlah kios lunas" / "jumlah kios" * 100%'
GROWTH = '("jumlah tamu tahun t" - "jumlah tamu tahun t-1") / "jumlah tamu tahun t-1" * 100%'


@pytest.mark.parametrize(
    "printed",
    [
        "JKL/JK x 100%\nJKL = jumlah kios lunas\nJK = jumlah kios",
        "(JKL / JK) x 100%\nKeterangan:\nJKL : Jumlah kios lunas\nJK : Jumlah kios",
        "JKL/JK x 100% ket: JKL: Jumlah kios lunas JK: Jumlah kios",
        "P = (JKLU / JKSE) × 100%; P = persentase kios; JKLU = jumlah kios lunas; JKSE = jumlah kios",
        "n1/n2 x 100%, dimana n1 = jumlah kios lunas, n2 = jumlah kios",
        "A_1/A_2 x 100%; A_1 = jumlah kios lunas; A_2 = jumlah kios",
        "n₁/n₂ x 100%; n₁ = jumlah kios lunas; n₂ = jumlah kios",
        r"$P = \frac{n_1}{n_{2}} \times 100\%$ dengan n_1 = jumlah kios lunas dan n_2 = jumlah kios",
        "X/Y x 100%\n(X) = Jumlah kios lunas\n(Y) = Jumlah kios",
        "X/Y x 100% (X = jumlah kios lunas, Y = jumlah kios)",
        "Σ KL / Σ K x 100% (KL = kios lunas, K = kios)",
        "a/b x 100%\na. jumlah kios lunas\nb. jumlah kios",
        "a. Jumlah kios lunas\nb. Jumlah kios\nRumus : a/b x 100%",
        "Jumlah kios lunas = A\nJumlah kios = B\nA/B x 100%",
        "A/B x 100%, A = jumlah kios lunas = 12, B = jumlah kios = 15",
        "al/a2 x 100%; a1 = jumlah kios lunas; a2 = jumlah kios",
        "Pembilang : Jumlah kios lunas\nPenyebut : Jumlah kios\nx 100%",
        "Pembilang\nJumlah kios lunas\nPenyebut\nJumlah kios\nFaktor pengali : 100%",
        "Penyebut : Jumlah kios; Pembi1ang : Jumlah kios lunas; dikalikan 100%",
        "<table><tr><td>Pembilang</td><td>Jumlah kios lunas</td></tr>"
        "<tr><td>Penyebut</td><td>Jumlah kios</td></tr></table> x 100%",
        "(Pembilang Jumlah kios lunas) / (Penyebut Jumlah kios) x 100%",
        "Pembilang/Penyebut x 100%\nPembilang = jumlah kios lunas\nPenyebut = jumlah kios",
        "Pembilang (A): Jumlah kios lunas\nPenyebut (B): Jumlah kios\nRumus: A/B x 100%",
        "Rumus: A/B x 100%\nA (pembilang) = Jumlah kios lunas\nB (penyebut) = Jumlah kios",
        "Numerator: jumlah kios lunas. Denominator: jumlah kios. Dikali 100%\nSumber data: register",
        "Jumlah kios lunas : 12\n—————— x 100%\nJumlah kios : 15",
        "(Jumlah kios lunas : 12 kios / Jumlah kios : 15 kios) x 100%",
        "Jumlah kios lunas : 12\nJumlah kios : 15\n12/15 x 100% = 80%",
        "Rumiis : Jumlah kios lunas / J umlah kios x 100%\n5umber data : register",
        "Perband ingan antara jumlah kios lunas dengan jumlah kios dikalikan dcngan 100%",
        "Jumlah kios lunas dibagidengan jumlah kios dikalikan seratus per sen",
        "Jumlah kios lunas dibagijumlah kios x 100%",
        "JKL x 100%\n———————\nJK\nKet : JKL = jumlah kios lunas, JK = jumlah kios",
        "Jumlah kios lunas ÷ Jumlah kios, kernudian dikalikan 10O%",
    ],
)
def test_what_names_the_sides_is_one_expression(printed: str) -> None:
    reading = read_formula(printed)
    assert (reading.expression, reading.reason) == (LUNAS, None)


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        ("(Vt - Vt-1)/Vt-1 x 100%, Vt = jumlah tamu tahun t, Vt-1 = jumlah tamu tahun t-1", GROWTH),
        (
            r"$\frac{V_t - V_{t-1}}{V_{t-1}} \times 100\%$, "
            "V_t = jumlah tamu tahun t; V_{t-1} = jumlah tamu tahun t-1",
            GROWTH,
        ),
        (
            "(n - (n-1)) / (n-1) x 100%\nn = Jumlah izin tahun berjalan\nn-1 = Jumlah izin tahun lalu",
            '("jumlah izin tahun berjalan" - "jumlah izin tahun lalu") / "jumlah izin tahun lalu" * 100%',
        ),
        (
            "Jumlah kader hadir : 45 orang / Jumlah kader : 50 orang x 100%",
            '"jumlah kader hadir" / "jumlah kader" * 100%',
        ),
        ("40% capaian kerja + 60% capaian dana", '40% * "capaian kerja" + 60% * "capaian dana"'),
        (
            "(Bobot 40% x nilai rapat) + (b0bot 60% x nilai laporan)",
            '40% * "nilai rapat" + 60% * "nilai laporan"',
        ),
        ("Nilai rapat (40%) + Nilai laporan (60%)", '"nilai rapat" * 40% + "nilai laporan" * 60%'),
        (
            "Jumlah pegawai dengan nilai ≥ 76 / Jumlah pegawai x 100%",
            '"jumlah pegawai dengan nilai ≥ 76" / "jumlah pegawai" * 100%',
        ),
        (
            "Jumlah desa dengan serapan >= 80% dibagi jumlah desa dikali 100%",
            '"jumlah desa dengan serapan >= 80%" / "jumlah desa" * 100%',
        ),
        (
            r"$\frac{\text{Jumlah responden dengan nilai} \geq 3}{\text{Jumlah responden}}$",
            '"jumlah responden dengan nilai ≥ 3" / "jumlah responden"',
        ),
        (
            "Jumlah a selesai  Jumlah b selesai\n————— + —————\nJumlah a  Jumlah b\nx 100%",
            '"jumlah a selesai" / "jumlah a" + "jumlah b selesai" / "jumlah b" * 100%',
        ),
        (
            "Jumlah a selesai\n—————\nJumlah a\n+\nJumlah b selesai\n—————\nJumlah b",
            '"jumlah a selesai" / "jumlah a" + "jumlah b selesai" / "jumlah b"',
        ),
        (
            "Jumlah kios PBB / Jumlah kios x 100%. Ket: PBB = pajak bumi dan bangunan",
            '"jumlah kios pbb" / "jumlah kios" * 100%',
        ),
        ("Jumlah nilai unsur : 9 x 25", '"jumlah nilai unsur" / 9 * 25'),
    ],
)
def test_codes_weights_limits_and_sums_of_fractions(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("Pembilang : Jumlah kios lunas", "the denominator is lost"),
        ("JDT = 12 desa, JD = 15 desa, 15/12 x 100%", "only numbers are left"),
        ("Penyebut : Jumlah kios", "the numerator is lost"),
        (
            "a. Jumlah kios lunas / Jumlah kios x 100%\nb. Jumlah los / Jumlah kios x 100%",
            "several formulas are listed",
        ),
        ("Jumlah a\n———\nJumlah b\n\nJumlah c\n———\nJumlah d", "several fraction bars"),
    ],
)
def test_a_lost_side_or_a_second_formula_is_told(printed: str, reason: str) -> None:
    assert (read_formula(printed).expression, read_formula(printed).reason) == (None, reason)


@pytest.mark.parametrize(
    "printed",
    [
        "P = JK/JTx 100%\nJK = jumlah pegawai lulus\nJT = jumlah pegawai",
        "JKT dibagi JKS dikali 100%; J KT = jumlah pegawai; JKS = jumlah pegawai yang diuji",
        "Nilai rapat (40%) + Nilai laporan (60%)",
        "Rumus : (Jumlah kios lunas / Jiimiah kios yang ada) x 100%\nSiimbor data ; register",
    ],
)
def test_what_is_doubtful_is_not_given_for_sure(printed: str) -> None:
    assert read_formula(printed).confidence < 0.98


def test_a_code_that_is_spelled_like_a_label_is_a_code() -> None:
    reading = read_formula(
        "(NB x 60%) + (NK x 40%)\nNB : nilai kebersihan pasar\nNK : nilai kelengkapan sarana"
    )
    assert reading.expression == '"nilai kebersihan pasar" * 60% + "nilai kelengkapan sarana" * 40%'


def test_a_note_is_no_code() -> None:
    reading = read_formula("Jumlah kios lunas / Jumlah kios x 100%\nNB : data per 31 Desember")
    assert reading.expression == '"jumlah kios lunas" / "jumlah kios" * 100%'
