"""Generated names of indicators, the same ones in every run."""

from __future__ import annotations

from random import Random

MEASURES = ("Persentase", "Jumlah", "Rata-rata persentase", "Nilai", "Indeks")
THINGS = """desa|kelurahan|kelompok tani|posyandu|sekolah dasar|pasar rakyat|jalan lingkungan
rumah tidak layak huni|bank sampah|karang taruna|kader kesehatan|balita|ibu hamil|lansia
pelaku usaha mikro|koperasi|saluran irigasi
izin usaha|permohonan layanan|pengaduan masyarakat|laporan keuangan|dokumen perencanaan|aset daerah|pegawai
perangkat desa|badan permusyawaratan desa|lembaga kemasyarakatan|tempat ibadah|sanggar seni|objek wisata
kejadian kebakaran|gangguan ketertiban|konflik sosial|usulan musrenbang|penerima bantuan|keluarga miskin
surat masuk|surat keluar|arsip|rapat koordinasi|wajib pajak|lahan pertanian|embung|taman bacaan"""
VERBS = """dibina|difasilitasi|diselesaikan|dilaporkan|diverifikasi|dikoordinasikan|ditindaklanjuti|disusun
diterbitkan|tersedia|terpelihara|tercatat|terlayani|terlatih|terdata|terawasi|direvitalisasi|mandiri|berkembang|aktif"""
QUALIFIERS = ("", "", "", "tepat waktu", "sesuai standar", "dengan baik")


def indicators(count: int, seed: int = 0) -> list[str]:
    """Return distinct names, sorted."""
    random = Random(seed)
    things, verbs = _words(THINGS), _words(VERBS)
    out: set[str] = set()
    while len(out) < count:
        thing, other = random.sample(things, 2)
        joined = f"{thing} dan {other}" if random.random() < 0.3 else thing
        parts = (random.choice(MEASURES), joined, "yang", random.choice(verbs), random.choice(QUALIFIERS))
        out.add(" ".join(part for part in parts if part))
    return sorted(out)


def printed(name: str, random: Random) -> str:
    """Return a printed variant of a name: other case, short forms, a misread letter, an additional word."""
    changes = (
        lambda n: n.upper(),
        lambda n: n.replace("Persentase", "Prosentase").replace(" yang ", " yg "),
        lambda n: n.replace("Persentase", "%").replace(" yang ", " "),
        lambda n: f"{n} (%)" if n.startswith("Persentase") else f"{n} Kecamatan",
        lambda n: _misread(n, random),
        lambda n: n.replace(" dan ", " & "),
        lambda n: n.replace(" yang ", " yang telah "),
        lambda n: n,
    )
    return random.choice(changes)(name)


def _misread(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    return name[:at] + {"l": "1", "o": "0", "i": "l", "m": "rn"}.get(name[at], name[at]) + name[at + 1 :]


def _words(table: str) -> list[str]:
    return [word for line in table.splitlines() for word in line.split("|")]
