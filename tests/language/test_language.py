"""How kecamatan say one thing in several ways, and different things in nearly the same words."""

from __future__ import annotations

import pytest

from pipeline.language import align_names

SAME = """
Jumlah UMKM yang mendapatkan pembinaan|Jumlah pelaku UMKM yang dibina
Persentase BUM Desa dengan kategori sehat|Persentase BUMDes yang sehat
Jumlah kader Posyandu yang mengikuti pelatihan|Jumlah kader posyandu yang dilatih
Persentase temuan Inspektorat yang selesai|Persentase temuan hasil pemeriksaan Inspektorat yang diselesaikan
Nilai akuntabilitas kinerja kecamatan|Nilai AKIP
Persentase kelurahan dengan data penduduk mutakhir|Persentase kelurahan dengan data kependudukan mutakhir
Persentase jalan desa yang mantap|Persentase jalan desa dalam kondisi mantap
Persentase balita yang ditimbang di posyandu|Prosentase balita ditimbang di Posyandu (%)
Persentase balita yang ditimbang di posyandu|% penimbangan balita di posyandu
Jumlah rumah tidak layak huni yang diperbaiki|Jumlah perbaikan RTLH (unit)
Jumlah rumah tidak layak huni yang diperbaiki|Jml RUTILAHU yg telah diperbaiki
Persentase surat keterangan yang diterbitkan tepat waktu|Persentase penerbitan surat keterangan tepat waktu
Persentase pengaduan masyarakat yang diselesaikan|Tingkat penyelesaian pengaduan masyarakat (%)
Persentase anak putus sekolah yang difasilitasi|Persentase fasilitasi anak putus sekolah
Jumlah kejadian bencana yang ditangani|Jumlah penanganan kejadian bencana
Persentase kejadian bencana yang ditangani|Persentase kejadian bencana yang tertangani
Persentase RT/RW yang aktif|Persentase RT dan RW aktif
Jumlah kelompok tani yang dibina|Jumlah Poktan binaan
Jumlah arsip inaktif yang dimusnahkan|Jumlah arsip inaktif yang telah dimusnahkan (berkas)
Persentase aset yang terinventarisasi|Persentase inventarisasi aset
Persentase barang milik daerah yang terinventarisasi|Persentase BMD yang diinventarisir
Jumlah pemilih pemula yang mendapat sosialisasi|Jumlah pemilih pemula yang memperoleh sosialisasi
Persentase perangkat desa yang mengikuti bimtek|Persentase aparatur desa yang mengikuti bimbingan teknis
Rata-rata lama waktu pelayanan KTP|Rata-rata waktu pelayanan KTP-el
Jumlah kunjungan perpustakaan desa|Banyaknya kunjungan perpusdes
Persentase keluarga berisiko stunting yang didampingi|Persentase pendampingan keluarga risiko stunting
Persentase bayi yang mendapat imunisasi dasar lengkap|Cakupan bayi mendapatkan imunisasi dasar lengkap
Cakupan imunisasi dasar lengkap|Cakupan imunisasi dasar lengkap (%)
Prevalensi stunting|Persentase prevalensi stunting
Prevalensi balita stunting (%)|Prevalensi balita stunting
Angka kematian ibu|AKI
Jumlah bank sampah yang aktif|Jumlah bank sampah aktif (unit)
Jumlah peserta rapat koordinasi|Jumlah peserta rakor (orang)
Jumlah peraturan desa yang dievaluasi|Jumlah Perdes yang dievaluasi
Jumlah rancangan peraturan desa yang dievaluasi|Jumlah evaluasi Raperdes
Nilai evaluasi AKIP kecamatan|Nilai SAKIP
Persentase penyerapan anggaran|Persentase realisasi anggaran
Persentase penyerapan anggaran|Persentase anggaran yang terserap
Persentase temuan hasil pemeriksaan yang ditindaklanjuti|Persentase tindak lanjut temuan hasil pemeriksaan
Jumlah dokumen kependudukan yang diterbitkan|Jumlah penerbitan dokumen kependudukan
Persentase penduduk yang memiliki akta kelahiran|Persentase penduduk ber-akta kelahiran
Persentase penduduk yang memiliki akta kelahiran|Persentase penduduk yang mempunyai akte lahir
Jumlah anggota Linmas yang terlatih|Jumlah anggota Satlinmas yang dilatih
Persentase pos kamling yang aktif|Persentase poskamling aktif
Jumlah koperasi yang sehat|Jumlah koperasi sehat (unit)
Persentase jalan desa dalam kondisi baik|Persentase jalan desa kondisi baik
Jumlah sengketa tanah yang dimediasi|Jumlah mediasi sengketa tanah
Jumlah penyandang disabilitas yang menerima bantuan|Jumlah penyandang disabilitas penerima bantuan
Jumlah pasangan usia subur yang menjadi peserta KB|Jumlah PUS peserta Keluarga Berencana
Persentase wajib pajak yang membayar PBB-P2|Persentase WP yang membayar PBB P2
Persentase tunggakan PBB yang tertagih|Persentase penagihan tunggakan PBB
Jumlah hari libur nasional|Jumlah hari libur nasional (hari)
Persentase sarana dan prasarana kantor dalam kondisi baik|Persentase sarpras kantor yang berkondisi baik
Persentase sarana dan prasarana kantor yang dipelihara|Persentase pemeliharaan sarana prasarana kantor
Jumlah lembaga adat yang difasilitasi|Jumlah lembaga adat terfasilitasi
Jumlah penerbitan rekomendasi izin keramaian|Jumlah rekomendasi izin keramaian yang diterbitkan
Persentase pelanggaran Perda yang ditindak|Persentase penindakan pelanggaran peraturan daerah
Persentase ASN yang melaporkan LHKASN|Persentase Aparatur Sipil Negara yang melaporkan LHKASN
Persentase ODGJ yang mendapatkan layanan|Persentase orang dengan gangguan jiwa yang memperoleh pelayanan
Jumlah desa berstatus mandiri|Jumlah desa dengan status mandiri
Persentase desa berkategori mandiri|Persentase desa kategori mandiri
Jumlah laporan bulanan yang disampaikan tepat waktu|Jumlah penyampaian laporan bulanan tepat waktu
Persentase pelayanan administrasi sesuai SOP|Persentase pelayanan administrasi yang sesuai dengan SOP
Persentase pegawai yang hadir tepat waktu|Persentase kehadiran pegawai tepat waktu
Persentase jalan lingkungan yang terbangun|Persentase pembangunan jalan lingkungan
Jumlah wirausaha baru|Jumlah wira usaha baru (orang)
Jumlah informasi publik yang dipublikasikan melalui website|Jumlah publikasi informasi publik melalui website
Indeks profesionalitas ASN|Nilai Indeks Profesionalitas Aparatur Sipil Negara (IP-ASN)
Persentase peserta musrenbang perempuan|Persentase peserta perempuan dalam Musrenbang
Jumlah kegiatan keagamaan yang difasilitasi|Jumlah fasilitasi kegiatan keagamaan
Jumlah Desa Tangguh Bencana yang terbentuk|Jumlah Destana yang dibentuk
Persentase PBB-P2 yang lunas|Persentase pelunasan PBB-P2
Jumlah tempat ibadah yang mendapat bantuan|Jumlah rumah ibadah yang memperoleh bantuan
Persentase kepuasan masyarakat|Tingkat kepuasan masyarakat (%)
Persentase kasus KDRT yang ditangani|Persentase penanganan kasus kekerasan dalam rumah tangga
Persentase kendaraan dinas laik jalan|Persentase kendaraan dinas yang laik jalan (unit)
Jumlah pohon yang ditanam|Jumlah pohon yang tertanam (batang)
Persentase siswa yang melanjutkan sekolah|Persentase murid yang melanjutkan sekolah
Persentase desa yang memiliki sistem informasi desa|Persentase desa yang mempunyai Sistem lnformasi Desa (SID)
Jumlah tenaga kerja yang terserap|Jumlah tenaga kerja terserap (orang)
Persentase lulusan pelatihan yang bekerja|Persentase lulusan pelatihan yang telah bekerja
Jumlah penyuluhan kesehatan|Jumlah kegiatan penyuluhan kesehatan yang dilaksanakan
Jumlah rapat koordinasi lintas sektor|Jumlah pelaksanaan rapat koordinasi lintas sektor (kali)
Persentase ketersediaan dokumen perencanaan|Persentase dokumen perencanaan yang tersedia
Persentase keaktifan kader posyandu|Persentase kader posyandu yang aktif
Persentase terselesaikannya konflik|Persentase konflik yang terselesaikan
Persentase ketepatan waktu penyampaian laporan|Persentase penyampaian laporan tepat waktu
Persentase tertib administrasi desa|Persentase desa tertib administrasi
Persentase terlaksananya musyawarah desa|Persentase musyawarah desa yang terlaksana
Jumlah terlaksananya kegiatan gotong royong|Jumlah kegiatan gotong royong yang terlaksana
Jumlah tersusunnya laporan keuangan|Jumlah laporan keuangan yang disusun
Persentase meningkatnya partisipasi masyarakat|Persentase peningkatan partisipasi masyarakat
"""
OTHER = """
Jumlah UMKM yang dibina|Jumlah koperasi yang dibina
Persentase BUMDes kategori sehat|Persentase BUMDes yang aktif
Jumlah kader Posyandu yang mengikuti lomba|Jumlah kader posyandu yang dilatih
Persentase temuan Inspektorat yang diselesaikan|Persentase temuan BPK yang diselesaikan
Nilai akuntabilitas kinerja kecamatan|Nilai akuntabilitas kinerja kelurahan
Persentase jalan desa dalam kondisi mantap|Persentase jembatan desa dalam kondisi mantap
Persentase jalan desa dalam kondisi rusak|Persentase jalan desa dalam kondisi baik
Jumlah surat masuk|Jumlah surat keluar
Jumlah KTP yang dicetak|Jumlah KTP yang direkam
Persentase KK yang dicetak|Persentase KTP yang dicetak
Jumlah posyandu aktif|Jumlah posyandu lansia aktif
Jumlah PKL yang ditertibkan|Jumlah PKL yang ditata
Persentase balita gizi buruk|Persentase balita gizi kurang
Jumlah desa yang menetapkan APBDes|Jumlah desa yang menyampaikan APBDes
Persentase realisasi PAD|Persentase realisasi PADes
Persentase realisasi ADD|Persentase realisasi DD
Jumlah kelompok tani|Jumlah kelompok wanita tani
Jumlah penerima PKH|Jumlah penerima BPNT
Jumlah rumah layak huni|Jumlah rumah tidak layak huni
Persentase pengaduan yang diterima|Persentase pengaduan yang diselesaikan
Persentase konflik yang ditangani|Persentase konflik yang diselesaikan
Jumlah pegawai yang naik pangkat|Jumlah pegawai yang naik gaji berkala
Jumlah laporan kinerja|Jumlah laporan keuangan
Persentase jalan dalam kondisi baik|Persentase jalan dalam kondisi rusak
Jumlah pelatihan UMKM|Jumlah UMKM yang dilatih
Jumlah kader yang dilatih|Jumlah kader yang aktif
Jumlah desa mandiri|Jumlah desa maju
Persentase RT aktif|Persentase RW aktif
Jumlah siswa SD|Jumlah siswa SMP
Angka partisipasi kasar|Angka partisipasi murni
Jumlah aset yang dihapus|Jumlah aset yang diinventarisasi
Persentase arsip aktif yang ditata|Persentase arsip inaktif yang ditata
Persentase anggaran yang terserap|Persentase pendapatan yang terealisasi
Persentase penyelesaian tindak lanjut LHP|Persentase penyelesaian LHP
Jumlah kelurahan yang lunas PBB|Jumlah desa yang lunas PBB
Rata-rata waktu penyelesaian surat|Rata-rata jumlah penyelesaian surat
Persentase pegawai yang disiplin|Persentase pegawai yang melanggar disiplin
Persentase BUMDes yang aktif|Persentase BUMDes yang sehat
Persentase desa siaga aktif|Persentase desa siaga
Jumlah patroli wilayah|Jumlah peserta patroli wilayah
Laporan semester I|Laporan semester II
Jumlah laporan triwulan I|Jumlah laporan triwulan III
Jumlah perkebunan rakyat|Jumlah kebun rakyat
Persentase ASN yang mengikuti diklat|Persentase ASN yang mengikuti pelatihan
Jumlah tokoh agama yang dibina|Jumlah tokoh pemuda yang dibina
Jumlah akta kelahiran|Jumlah akta kematian
Persentase bayi imunisasi lengkap|Persentase balita imunisasi lengkap
Persentase usulan musrenbangdes yang diakomodir|Persentase usulan musrenbangcam yang diakomodir
Jumlah sosialisasi narkoba|Jumlah sosialisasi bencana
Persentase sampah yang terangkut|Persentase sampah yang terkelola
Persentase penurunan angka kemiskinan|Persentase angka kemiskinan
Jumlah ibu hamil KEK|Jumlah ibu hamil
Jumlah perempuan korban kekerasan yang ditangani|Jumlah anak korban kekerasan yang ditangani
Nilai IKM|Nilai IPP
Nilai SAKIP|Nilai RB
Jumlah PNS|Jumlah ASN
Jumlah PPPK|Jumlah PNS
Persentase peserta musrenbang yang hadir|Persentase peserta musrenbang perempuan yang hadir
Jumlah DPA|Jumlah DPPA
Persentase pemilih yang terdaftar|Persentase pemilih yang hadir
Jumlah desa yang memiliki BUMDes|Jumlah desa yang tidak memiliki BUMDes
Persentase layanan tepat waktu|Persentase layanan tepat sasaran
Persentase dokumen tepat waktu|Persentase dokumen tidak tepat waktu
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [(one, other) for one, _, other in (line.partition("|") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_one_thing_in_other_words(one: str, other: str) -> None:
    assert align_names(one, other).same
    assert align_names(other, one).same


@pytest.mark.parametrize(("one", "other"), pairs(OTHER))
def test_another_thing_in_like_words(one: str, other: str) -> None:
    assert not align_names(one, other).same
    assert not align_names(other, one).same
