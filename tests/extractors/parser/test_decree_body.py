"""The decree around its tables: labels, body, signature, names; found by words, through OCR damage."""

import pytest

import extractors
from extractors.errors import ReadError
from extractors.model.record import Decree
from extractors.parser.document import printed_dates

TABLE = """
No.\tSasaran\tIndikator Kinerja Utama\tRumus\tSumber Data\tPenanggung Jawab
1\tMeningkatnya pelayanan\tNilai IKM\tRata-rata tertimbang x 25\tLaporan SKM\tCamat
"""

DECREE = """PEMERINTAH KABUPATEN WANA REJA
KECAMATAN SUKA MULIH
Jl. Raya Suka Mulih No. 7 Telp. (0399) 731442
SUKA MULIH - 67285

KEPUTUSAN CAMAT SUKA MULIH
NOMOR : 188.45/ /KEP/39.04.02/2024

TENTANG

INDIKATOR KINERJA UTAMA
KECAMATAN SUKA MULIH TAHUN 2024-2026

CAMAT SUKA MULIH,

Menimbang : a. bahwa perlu ukuran keberhasilan;
b. bahwa ukuran itu ditetapkan dengan keputusan;
Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014;
2. Peraturan Presiden Nomor 29 Tahun 2014;

MEMUTUSKAN :
Menetapkan : KEPUTUSAN CAMAT TENTANG INDIKATOR KINERJA UTAMA.
KESATU : Indikator Kinerja Utama ditetapkan sebagaimana
Lampiran Keputusan ini.
KEDUA : Keputusan ini berlaku sejak ditetapkan.

Ditetapkan di Suka Mulih
pada tanggal 19 Pebruari 2024
CAMAT SUKA MULIH,

Dra. SITI CONTOHWATI, M.Si.
Pembina Tk. I
NlP. 19700101 199003 2 001

LAMPIRAN : KEPUTUSAN CAMAT SUKA MULIH
NOMOR : 188.45/ /KEP/39.04.02/2024
TANGGAL : 19 FEBRUARI 2024

INDIKATOR KINERJA UTAMA

Nama Organisasi : Kecamatan Suka Mulih Kabupaten Wana Reja
"""


def read(text: str) -> Decree:
    return extractors.read_bytes(text.encode(), "keputusan.md")


def test_a_whole_decree() -> None:
    decree = read(DECREE + TABLE)
    assert decree.kind == "IKU"
    assert decree.title == "INDIKATOR KINERJA UTAMA KECAMATAN SUKA MULIH TAHUN 2024-2026"
    assert decree.number == "188.45/ /KEP/39.04.02/2024"
    assert (decree.year, decree.region_code) == (2024, "39.04.02")
    assert decree.period is not None and (decree.period.start, decree.period.end) == (2024, 2026)
    assert (decree.kecamatan, decree.regency) == ("Suka Mulih", "Kabupaten Wana Reja")
    assert (decree.place, decree.date) == ("Suka Mulih", "2024-02-19")
    assert decree.signatory is not None
    assert decree.signatory.name == "Dra. SITI CONTOHWATI, M.Si."
    assert decree.signatory.position == "CAMAT SUKA MULIH"
    assert decree.signatory.nip == "197001011990032001"
    assert decree.considerations == [
        "bahwa perlu ukuran keberhasilan;",
        "bahwa ukuran itu ditetapkan dengan keputusan;",
    ]
    assert len(decree.legal_basis) == 2
    assert decree.dictums == [
        "Indikator Kinerja Utama ditetapkan sebagaimana Lampiran Keputusan ini.",
        "Keputusan ini berlaku sejak ditetapkan.",
    ]
    assert decree.holders[0].name == "Kecamatan Suka Mulih Kabupaten Wana Reja"
    assert decree.document.coverage.notes == 0


def test_torn_and_damaged_labels_are_found() -> None:
    text = """INDIKATOR KINERJA UTAMA
lnstansi : KECAMATAN SUKAMULIH
Tuqas Pok ok : Membantu Bupati
F ungsi : a. membina desa;
b. mengawasi desa;
Tujuan
: Terwujudnya kecamatan tertib
Indikator Tujiian : Indeks Pelayanan Publik
"""
    [holder] = read(text + TABLE).holders
    assert holder.name == "KECAMATAN SUKAMULIH"
    assert holder.duties == ["Membantu Bupati"]
    assert holder.functions == ["membina desa;", "mengawasi desa;"]
    assert (holder.goal, holder.goal_indicator) == ("Terwujudnya kecamatan tertib", "Indeks Pelayanan Publik")


def test_an_explicit_nil_is_told_from_an_empty_field() -> None:
    text = "INDIKATOR KINERJA INDIVIDU\n1. Jabatan : BENDAHARA\n2. Tugas :\n3. Fungsi : -\n"
    decree = read(text + TABLE)
    assert {(note.code, note.pointer) for note in decree.notes} == {
        ("empty-field", "/holders/0/duties"),
        ("explicit-nil", "/holders/0/functions"),
    }


def test_every_post_is_a_holder_with_its_own_table() -> None:
    posts = ("SEKRETARIS KECAMATAN", "KASI PEMERINTAHAN", "KASUBAG KEUANGAN")
    parts = [f"## 1. Jabatan : {post}\n2. Tugas : a) mengelola;\n{TABLE}" for post in posts]
    decree = read("INDIKATOR KINERJA INDIVIDU\nKECAMATAN SUKAMULIH\n\n" + "\n".join(parts))
    assert decree.kind == "IKI"
    assert [(h.name, len(h.indicators)) for h in decree.holders] == [(post, 1) for post in posts]


def test_a_post_printed_as_a_heading_above_its_table() -> None:
    decree = read(f"INDIKATOR KINERJA INDIVIDU\n\nKASI PEMERINTAHAN\n{TABLE}\nBENDAHARA\n{TABLE}")
    assert [h.name for h in decree.holders] == ["KASI PEMERINTAHAN", "BENDAHARA"]


def test_indicators_in_labelled_blocks_without_a_table() -> None:
    text = """INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH
Sasaran : Meningkatnya tertib administrasi
Indikator : Persentase desa tertib
Formulasi :
Jumlah desa tertib
------------------ x 100%
Jumlah desa
Penjelasan : Tertib berarti lengkap.
Sumber Data : - Register desa - Buku profil
Penanggung Jawab : Kasi Pemerintahan
b. Meningkatnya pelayanan
Indikator : Nilai IKM
Formulasi : Rata-rata tertimbang x 25
"""
    first, second = read(text).holders[0].indicators
    assert first.objective == "Meningkatnya tertib administrasi"
    assert first.formula is not None
    assert first.formula.printed_text.splitlines()[1].endswith("x 100%")
    assert first.explanation == "Tertib berarti lengkap."
    assert first.data_sources == ["Register desa", "Buku profil"]
    assert (second.objective, second.name) == ("Meningkatnya pelayanan", "Nilai IKM")


def test_a_detail_adds_what_the_table_lacks_and_does_not_repeat_the_indicator() -> None:
    detail = "\nIndikator : Nilai IKM\nFormulasi : Rata-rata tertimbang x 100\nPenjelasan :\nHasil survei.\n"
    decree = read("INDIKATOR KINERJA UTAMA\nInstansi : KECAMATAN SUKAMULIH\n" + TABLE + detail)
    [one] = decree.holders[0].indicators
    assert one.formula is not None and one.formula.raw == "Rata-rata tertimbang x 25"
    assert one.explanation == "Hasil survei."
    assert [note.code for note in decree.notes] == ["detail-differs"]


def test_annex_tables_are_activities_with_their_evidence_filled_down() -> None:
    annex = """
1. JENIS KOORDINASI :

NO.\tJENIS KOORDINASI\tURAIAN KOORDINASI\tOUTPUT AKTIVITAS\tBUKTI PENDUKUNG
1\t2\t4\t3\t5
1.\tKoordinasi pendampingan desa\t1. Rapat; 2. Kunjungan\t1. Notula\t1. Undangan 2. Daftar hadir
2.\tKoordinasi kawasan\tMusyawarah\tBerita acara\t
"""
    first, second = read("INDIKATOR KINERJA UTAMA\n" + TABLE + annex).activities
    assert (first.category, first.number, first.name) == ("coordination", 1, "Koordinasi pendampingan desa")
    assert first.activities == ["Rapat;", "Kunjungan"]
    assert second.evidence == first.evidence == ["Undangan", "Daftar hadir"]


@pytest.mark.parametrize(
    ("block", "name", "position"),
    [
        (
            "CAMAT SUKAMULIH\n\nBUDI CONTOH, S.IP.\nNIP. 19700101 199501 1 999",
            "BUDI CONTOH, S.IP.",
            "CAMAT SUKAMULIH",
        ),
        ("KECAMATAN SUKAMULIH\nBUDI CONTOH\nNPM 19700101 199501 1 999", "BUDI CONTOH", None),
        (
            "Plt. CAMAT SUKAMULIH,\nttd\nBUDI CONTOH\nPenata Tk. I\nNIP 197001011995011999",
            "BUDI CONTOH",
            "Plt. CAMAT SUKAMULIH",
        ),
        (
            "KEPALA DINAS SOSIAL\nDAN PEMBERDAYAAN\n\nBUDI CONTOH NIP : 19700101 199501 1 999",
            "BUDI CONTOH",
            "KEPALA DINAS SOSIAL DAN PEMBERDAYAAN",
        ),
    ],
)
def test_signatures(block: str, name: str, position: str | None) -> None:
    decree = read(f"INDIKATOR KINERJA UTAMA\n{TABLE}\nSukamulih, 3 Mei 2024\n{block}\n")
    assert decree.signatory is not None
    assert (decree.signatory.name, decree.signatory.position) == (name, position)
    assert decree.signatory.nip == "197001011995011999"
    assert (decree.place, decree.date) == ("Sukamulih", "2024-05-03")


def test_a_signature_without_nip() -> None:
    decree = read(
        f"INDIKATOR KINERJA UTAMA\n{TABLE}\nSukamulih, 3 Mei 2024\nCAMAT SUKAMULIH\n\nBUDI CONTOH\n"
    )
    assert decree.signatory is not None
    assert (decree.signatory.name, decree.signatory.nip) == ("BUDI CONTOH", None)


def test_a_region_is_never_completed_from_geography() -> None:
    decree = read("INDIKATOR KINERJA UTAMA KECAMATAN CANDIPURO\n" + TABLE)
    assert (decree.kecamatan, decree.regency, decree.region_code) == ("Candipuro", None, None)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("17 Mei 2023", "2023-05-17"),
        ("01 Nopember 2021", "2021-11-01"),
        ("3 Pebruari 2O24", "2024-02-03"),
        ("19 FEBRUARI 2024", "2024-02-19"),
        ("5-12-2024", "2024-12-05"),
        ("17 Agustos 2023", "2023-08-17"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    found = printed_dates.find_date(f"Sukamulih, {printed}")
    assert found is not None and found.iso == iso


def test_a_note_on_an_impossible_date_holds_its_parts() -> None:
    decree = read(f"INDIKATOR KINERJA UTAMA\n{TABLE}\nSukamulih, 31 Februari 2024\nCAMAT SUKAMULIH\n")
    note = next(note for note in decree.notes if note.code == "date-incomplete")
    assert note.date is not None and note.printed == "31 Februari 2024"
    assert (note.date.day, note.date.month, note.date.year) == (31, 2, 2024)


@pytest.mark.parametrize("printed", ["31 Februari 2024", "00 Mei 2024", "   Mei 2024", "12-13-2024"])
def test_a_date_that_cannot_be_is_not_made_up(printed: str) -> None:
    found = printed_dates.find_date(printed)
    assert found is None or found.iso is None
    decree = read(f"INDIKATOR KINERJA UTAMA\n{TABLE}\nSukamulih, {printed}\nCAMAT SUKAMULIH\n")
    assert decree.date is None


def test_what_a_form_does_not_say_is_noted_and_never_dropped() -> None:
    said = [
        "Memperhatikan : Surat Bupati tentang penyusunan indikator;",
        "INDIKATOR KINERJA UTAMA INI DICABUT OLEH KEPUTUSAN YANG BARU",
        "Kecamatan ini berpenduduk 12345 jiwa",
        "Salinan keputusan ini disampaikan kepada semua pihak terkait;",
    ]
    for sentence in said:
        decree = read(f"INDIKATOR KINERJA UTAMA\nKECAMATAN SUKAMULIH\n\n{sentence}\n{TABLE}")
        quoted = " ".join(note.message for note in decree.notes)
        assert all(word in quoted for word in sentence.split(" : ")[-1].split()), sentence


def test_a_regulation_s_number_at_a_line_s_start_does_not_end_the_list() -> None:
    text = DECREE.replace(
        "2. Peraturan Presiden Nomor 29 Tahun 2014;",
        "2. Peraturan Menteri\nNomor 89 Tahun 2021 tentang Kinerja;\n3. Peraturan Presiden\nTentang SAKIP;",
    )
    decree = read(text + TABLE)
    assert decree.legal_basis[1:] == [
        "Peraturan Menteri Nomor 89 Tahun 2021 tentang Kinerja;",
        "Peraturan Presiden Tentang SAKIP;",
    ]
    assert decree.number == "188.45/ /KEP/39.04.02/2024"


def test_two_signatures_side_by_side() -> None:
    block = (
        "Mengetahui,\tSukamulih, 3 Mei 2024\nSEKRETARIS KECAMATAN\tCAMAT SUKAMULIH\n"
        "ANI CONTOH, S.E.\tBUDI CONTOH, S.IP.\n"
        "NIP. 19700101 199501 2 998\tNIP. 19700101 199501 1 999\n"
    )
    decree = read(f"INDIKATOR KINERJA UTAMA\n{TABLE}\n{block}")
    assert decree.signatory is not None
    assert (decree.signatory.name, decree.signatory.nip) == ("BUDI CONTOH, S.IP.", "197001011995011999")
    assert decree.signatory.position == "CAMAT SUKAMULIH"
    assert decree.date == "2024-05-03"
    assert "ANI CONTOH" in " ".join(note.message for note in decree.notes)


def test_dictums_beyond_the_tenth() -> None:
    names = ("KESEPULUH", "KESEBELAS", "KEDUABELAS")
    more = "".join(f"{name} : Ketentuan {name.lower()}.\n" for name in names)
    decree = read(DECREE.replace("Ditetapkan di", f"{more}Ditetapkan di", 1) + TABLE)
    assert len(decree.dictums) == 5


def test_letter_spaced_words_and_damaged_labels_are_read() -> None:
    text = DECREE.replace("TENTANG\n\nIND", "T E N T A N G\n\nIND")
    text = text.replace("MEMUTUSKAN :", "M E M U T U S K A N :")
    decree = read(text.replace("NOMOR : 188", "N0M0R : 188") + TABLE)
    assert decree.title == "INDIKATOR KINERJA UTAMA KECAMATAN SUKA MULIH TAHUN 2024-2026"
    assert decree.number == "188.45/ /KEP/39.04.02/2024"
    assert decree.document.coverage.notes == 0


def test_a_nip_through_ocr_damage_is_read_and_noted() -> None:
    decree = read(DECREE.replace("19700101 199003 2 001", "197OO101 1990O3 2 OO1") + TABLE)
    assert decree.signatory is not None and decree.signatory.nip == "197001011990032001"
    assert "digits-repaired" in [note.code for note in decree.notes]


def test_a_title_in_small_letters() -> None:
    decree = read(f"Indikator Kinerja Utama Tahun 2025 - 2029\n\nInstansi : KECAMATAN SUKAMULIH\n{TABLE}")
    assert decree.title == "Indikator Kinerja Utama Tahun 2025 - 2029"
    assert decree.period is not None and decree.period.end == 2029


def test_a_budget_with_indicators_is_no_decree_on_them() -> None:
    table = "No\tIndikator Kinerja\tTarget\tPagu Anggaran (Rp)\n1\tJumlah desa\t5\t100\n"
    text = f"DOKUMEN PELAKSANAAN ANGGARAN\n\n{table}"
    with pytest.raises(ReadError):
        read(text)


def test_the_title_of_a_decree_that_changes_another_goes_on_with_its_number_and_title() -> None:
    changed = DECREE.replace(
        "INDIKATOR KINERJA UTAMA\nKECAMATAN SUKA MULIH TAHUN 2024-2026",
        "PERUBAHAN ATAS KEPUTUSAN CAMAT SUKA MULIH\nNOMOR 188.45/3/KEP/39.04.02/2023 TENTANG\n"
        "INDIKATOR KINERJA UTAMA",
        1,
    ).replace("TENTANG\n\nPERUBAHAN", "TENTANG PERUBAHAN")
    decree = read(changed + TABLE)
    assert decree.title == (
        "PERUBAHAN ATAS KEPUTUSAN CAMAT SUKA MULIH NOMOR 188.45/3/KEP/39.04.02/2023 TENTANG "
        "INDIKATOR KINERJA UTAMA"
    )
    assert decree.number == "188.45/ /KEP/39.04.02/2024"


def test_the_place_of_adoption_below_the_last_dictum_is_no_part_of_it() -> None:
    decree = read(DECREE.replace("ditetapkan.\n\nDitetapkan di", "ditetapkan.\nDitetapkan di") + TABLE)
    assert decree.dictums[-1] == "Keputusan ini berlaku sejak ditetapkan."
    assert (decree.place, str(decree.date)) == ("Suka Mulih", "2024-02-19")
