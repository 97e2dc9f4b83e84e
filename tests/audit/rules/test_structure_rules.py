"""S rules: fields that a decree must have, and what they must hold."""

from __future__ import annotations

import pytest

from extractors.model.record import Note
from pipeline.audit.domain.village_deadlines import find_contradictions
from tests.support.audit_cases import decree, findings, formula, indicator


@pytest.mark.parametrize(
    ("field", "empty", "code"),
    [("objective", None, "S001"), ("data_sources", [], "S002"), ("responsible", [], "S003")],
)
def test_an_empty_field_is_found_once_for_the_holder(field: str, empty: object, code: str) -> None:
    rows = [indicator(**{field: empty}), indicator(name="Jumlah warga terlatih", **{field: empty})]
    (found,) = [f for f in findings(decree(*rows), code="S") if f.name == "missing_field"]
    assert (found.code, len(found.related)) == (code, 1)


def test_a_position_answers_for_its_own_indicators() -> None:
    made = decree(indicator(responsible=[]), kind="IKI", holder="KASI PEMERINTAHAN")
    assert findings(made) == []


def test_functions_are_asked_of_heads_and_not_of_clerks() -> None:
    for holder, expected in (("KASI PEMERINTAHAN", 1), ("CAMAT", 1), ("PRAMU TAMAN", 0)):
        made = decree(indicator(), kind="IKI", holder=holder)
        made.holders[0].functions = []
        assert len(findings(made, code="S004")) == expected


@pytest.mark.parametrize(("code", "expected"), [("explicit-nil", 0), ("empty-field", 1)])
@pytest.mark.parametrize("holder", ["KASI PEMERINTAHAN", "PRAMU TAMAN"])
def test_a_dash_for_functions_is_a_nil_and_an_empty_label_a_gap(
    code: str, expected: int, holder: str
) -> None:
    made = decree(indicator(), kind="IKI", holder=holder)
    made.holders[0].functions = []
    made.notes.append(Note(code=code, message="Fungsi", pointer="/holders/0/functions"))
    assert len(findings(made, code="S004")) == expected


@pytest.mark.parametrize(
    "name", ["Kelancaran tata usaha", "Meningkatnya kerukunan warga", "Lomba desa tingkat kabupaten"]
)
def test_a_name_without_measure_cannot_be_measured(name: str) -> None:
    (found,) = findings(decree(indicator(name=name)), code="S005")
    assert found.severity == "error"


@pytest.mark.parametrize(
    "name",
    [
        "Prosentase desa tangguh",
        "Jurnlah warga terlatih",
        "Rata-rata lama layanan",
        "Nilai SAKIP",
        "Warga terlatih (%)",
    ],
)
def test_measures_are_known_in_every_spelling(name: str) -> None:
    assert findings(decree(indicator(name=name)), code="S005") == []


def test_smoothness_cannot_be_counted() -> None:
    assert len(findings(decree(indicator(name="Jumlah kelancaran layanan")), code="S005")) == 1


def test_an_activity_is_said_to_be_one() -> None:
    found = findings(decree(indicator(name="Survei kepuasan warga")), code="S")
    assert [f.name for f in found] == ["indicator_is_activity"]


@pytest.mark.parametrize(("objective", "count"), [("Mengoptimalkan layanan", 1), ("Meningkatnya layanan", 0)])
def test_an_objective_is_a_result(objective: str, count: int) -> None:
    assert len(findings(decree(indicator(objective=objective)), code="S006")) == count


@pytest.mark.parametrize(
    "source",
    ["Seluruh Seksi", "Kasi Pemerintahan", "Dinas Sosial dan Seluruh Desa", "Seluruh aktivitas fasilitasi"],
)
def test_a_unit_or_person_is_no_source(source: str) -> None:
    (found,) = findings(decree(indicator(data_sources=[source])), code="S007")
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "source", ["Laporan Seksi Pemerintahan", "Rekapitulasi desa", "DPA Kecamatan", "Aplikasi Siskeudes"]
)
def test_a_document_of_a_unit_is_a_source(source: str) -> None:
    assert findings(decree(indicator(data_sources=[source])), code="S") == []


def test_a_source_merged_over_two_rows_is_found_once() -> None:
    rows = [
        indicator(data_sources=["Seluruh Seksi"]),
        indicator(name="Jumlah warga terlatih", data_sources=["Seluruh Seksi"]),
    ]
    (found,) = findings(decree(*rows), code="S007")
    assert len(found.related) == 1


def test_a_definition_is_no_source() -> None:
    text = "Desa dikatakan tangguh apabila mempunyai rencana aksi"
    found = findings(decree(indicator(data_sources=[text])), code="S")
    assert [f.name for f in found] == ["definition_misplaced"]


@pytest.mark.parametrize("officers", [["Seluruh Pejabat"], ["Kasi A", "Kasi B", "Kasi C", "Kasubag D"]])
def test_everybody_is_nobody(officers: list[str]) -> None:
    assert len(findings(decree(indicator(responsible=officers)), code="S008")) == 1


def test_the_camat_among_many_answers_for_them() -> None:
    officers = ["Camat", "Kasi A", "Kasi B", "Kasi C"]
    assert findings(decree(indicator(responsible=officers)), code="S008") == []


def test_the_same_indicator_under_two_objectives_is_a_duplicate() -> None:
    again = indicator(number=2, objective="Terwujudnya desa mandiri")
    (found,) = findings(decree(indicator(), again), code="S009")
    assert found.place.pointer.endswith("/1")


def test_one_word_left_out_everywhere_is_still_the_same_indicator() -> None:
    long = indicator(
        name="Persentase realisasi penyaluran bantuan",
        formula=formula('"realisasi penyaluran bantuan" / "pagu penyaluran bantuan" * 100%'),
    )
    short = indicator(
        name="Persentase realisasi bantuan", formula=formula('"realisasi bantuan" / "pagu bantuan" * 100%')
    )
    assert len(findings(decree(long, short), code="S009")) == 1


def test_a_condition_more_is_another_indicator() -> None:
    plain = indicator(name="Jumlah laporan desa", formula=formula('"jumlah laporan desa yang diterima"'))
    timely = indicator(
        name="Jumlah laporan desa tepat waktu",
        formula=formula('"jumlah laporan desa tepat waktu yang diterima"'),
    )
    assert findings(decree(plain, timely), code="S009") == []


def test_a_gap_between_targets_is_found() -> None:
    targets = [{"year": 2024, "value": "80"}, {"year": 2026, "value": "90"}]
    (found,) = findings(decree(indicator(targets=targets)), code="S011")
    assert "2025" in found.message.id
    assert findings(decree(indicator(targets=[])), code="S011") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("RKP Desa ditetapkan paling lambat 31 Desember tahun berjalan.", 1),
        ("RKPDes ditetapkan paling lambat akhir September.", 0),
        ("RKPDesa ditetapkan paling lambat bulan Agustus.", 0),
        ("APBDesa ditetapkan paling lambat 31 Desember tahun anggaran sebelumnya", 0),
        ("LPPDesa disampaikan paling lambat 3 bulan setelah tahun anggaran berakhir", 0),
        ("LPPDesa disampaikan paling lambat enam bulan setelah tahun anggaran berakhir", 1),
        ("RPJM Desa ditetapkan paling lambat 31 Desember", 0),
        ("RKPDesa dan APBDesa ditetapkan paling lambat 31 Desember", 0),
        ("RKPDesa tepat waktu: akhir September. APBDesa ditetapkan paling lambat 31 Desember", 0),
        (
            "RKPDes paling lambat September, APBDes paling lambat Desember, LPPDes paling lambat 31 Mei",
            1,
        ),
        ("RKPDes paling lambat 30 September, APBDes 31 Desember dan LPPDes 30 April", 1),
        ("RKPDes paling lambat 30 September, APBDes 31 Desember dan LPPDes 31 Maret", 0),
        ("RKPDes, APBDes dan LPPDes disampaikan paling lambat 31 Desember", 0),
        ("RKPDes ditetapkan paling lambat September dan LPPD disampaikan paling lambat Juni", 0),
        ("LPPDesa disampaikan paling lambat 30-06 tahun berikutnya", 1),
        ("LPPDesa disampaikan selambat-lambatnya 31/3 tahun berikutnya", 0),
        ("LPPDesa disampaikan selambatnya 120 (seratus dua puluh) hari sesudah tahun anggaran", 1),
        ("LPPDesa disampaikan maksimal 90 hari sesudah tahun anggaran", 0),
        ("LPPDesa disampaikan maksimal 30 April", 1),
    ],
)
def test_deadlines_later_than_the_law_are_found(text: str, count: int) -> None:
    assert len(list(find_contradictions(text, ""))) == count


@pytest.mark.parametrize("field", ["explanation", "name", "objective"])
def test_a_late_deadline_is_found_wherever_an_indicator_states_it(field: str) -> None:
    late = "Persentase desa yang menyampaikan LPPDesa paling lambat 31 Mei tahun berikutnya"
    found = findings(decree(indicator(**{field: late})), code="S012")
    assert [f.place.pointer for f in found] == [f"/holders/0/indicators/0/{field}"]


def test_a_sentence_without_subject_speaks_of_the_indicator() -> None:
    assert (
        len(
            list(
                find_contradictions(
                    "ditetapkan paling lambat Desember", "Persentase desa yang menetapkan RKPDesa"
                )
            )
        )
        == 1
    )


def test_a_word_of_quality_needs_criteria() -> None:
    vague = indicator(
        name="Persentase desa dengan administrasi baik",
        formula=formula('"jumlah desa administrasi baik" / "jumlah desa" * 100%'),
    )
    assert len(findings(decree(vague), code="S014")) == 1
    assert findings(decree(vague | {"explanation": "Baik: buku lengkap."}), code="S014") == []
    settled = indicator(name="Jumlah hari kerja efektif")
    assert findings(decree(settled), code="S014") == []


@pytest.mark.parametrize(
    ("kind", "dictum", "count"),
    [
        ("IKU", "Menetapkan Indikator Kinerja Individu Kecamatan Wanasari.", 1),
        ("IKI", "Indikator Kinerja Utama tercantum dalam Lampiran Keputusan ini.", 1),
        ("IKU", "Indikator Kinerja Utama tercantum dalam Lampiran Keputusan ini.", 0),
        ("IKI", "Indikator Kinerja Utama yang ditetapkan dengan Keputusan Camat Nomor 7 tetap berlaku.", 0),
        ("IKI", "Indikator Kinerja Individu dijabarkan dari Indikator Kinerja Utama dalam Lampiran.", 0),
        ("IKU", "Indikator Kinerja Individu ditetapkan tersendiri dengan mengacu pada keputusan ini.", 0),
    ],
)
def test_a_dictum_calls_what_it_sets_by_its_name(kind: str, dictum: str, count: int) -> None:
    holder = "KASI PEMERINTAHAN" if kind == "IKI" else ""
    made = decree(indicator(), kind=kind, holder=holder, dictums=[dictum])
    assert [f.place.pointer for f in findings(made, code="S026")] == ["/dictums/0"] * count


def test_a_crowd_of_people_is_no_source_even_for_a_post() -> None:
    severities = [
        findings(decree(indicator(data_sources=[source]), kind="IKI", holder="KASUBAG UMUM"), code="S007")[
            0
        ].severity
        for source in ("Semua petugas", "Kasubag Umum")
    ]
    assert severities == ["warning", "info"]


def test_criteria_in_the_column_of_sources_are_misplaced_and_not_missing() -> None:
    criteria = "Kondisi baik adalah kondisi yang memenuhi seluruh butir penilaian tahunan"
    made = decree(indicator(name="Persentase kios dalam kondisi baik", data_sources=[criteria]))
    assert findings(made, code="S014") == [] and len(findings(made, code="S010")) == 1


@pytest.mark.parametrize(("holder", "count"), [("KASUBAG KEUANGAN", 0), ("KASI PELAYANAN", 1)])
def test_what_a_post_is_for_is_relevant_to_it(holder: str, count: int) -> None:
    made = indicator(name="Jumlah laporan keuangan", objective="Meningkatnya akuntabilitas")
    assert len(findings(decree(made, kind="IKI", holder=holder), code="S021")) == count
