"""Small archives to build: sheets of invented kecamatan in several regencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.engine import BuildRequest, BuildResult, NullProgress, run_build
from pipeline.engine.executors import SerialExecutor

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.engine.request import DocumentFailure

SHEET = """INDIKATOR KINERJA UTAMA TAHUN 2024-2026

1. Instansi : KECAMATAN {name} KABUPATEN {regency}
2. Tugas Pokok : Membantu Bupati
3. Fungsi : a. pembinaan desa;
4. Tujuan : Terwujudnya desa tangguh
5. Indikator Tujuan : Indeks Pelayanan Publik

No.\tSasaran Strategis\tIndikator Kinerja Utama\tRumus / Formula\tSumber Data\tPenanggung Jawab
1\tMeningkatnya ketangguhan desa\tPersentase desa tangguh\t{formula}\tLaporan desa\tCamat
2\tMeningkatnya layanan\tNilai Survei Kepuasan Masyarakat\tNilai SKM\tLaporan SKM\tSekretaris
3\tTertibnya lumbung\tPersentase lumbung {crop} tertata\t(Lumbung tertata / lumbung) x 100%\tData\tKasi

{place}, 15 Januari 2024
CAMAT {name}

PEJABAT UJI
NIP. {nip}
"""
REGENCIES = {
    "TIRTAMAYA": ("WANASARI", "CIHERANG"),
    "MANDALAWENING": ("JATIRUMPUN", "WATUGILANG"),
    "ARGAPURA": ("SUMBERJATI",),
}


def sheet(folder: Path, name: str, regency: str = "TIRTAMAYA", **changed: str) -> Path:
    """One decree as a text; further values replace parts of it."""
    values = {
        "formula": "(Jumlah desa tangguh / Jumlah desa) x 100%",
        "nip": "19700312 199403 1 001",
        "crop": "padi",
        **changed,
    }
    path = folder / f"{name.casefold()}.txt"
    path.write_text(SHEET.format(name=name, regency=regency, place=name.title(), **values), "utf-8")
    return path


def archive(folder: Path) -> Path:
    """Five decrees of three regencies that share a NIP and clusters, one of no regency, and a bad file."""
    folder.mkdir(parents=True, exist_ok=True)
    for regency, names in REGENCIES.items():
        for number, name in enumerate(names):
            sheet(folder, name, regency, formula=f"(Desa tangguh / {'semua ' * number}desa) x 100%")
    nowhere = sheet(folder, "BANYUBIRU")
    nowhere.write_text(nowhere.read_text("utf-8").replace(" KABUPATEN TIRTAMAYA", ""), "utf-8")
    (folder / "kosong.txt").write_bytes(b"")
    return folder


class Heard(NullProgress):
    """Keeps what a build tells."""

    def __init__(self) -> None:
        self.fresh: dict[str, int] = {}
        self.said: list[str] = []
        self.failures: list[DocumentFailure] = []

    def start_stage(self, name: str, total: int, done: int) -> None:
        self.fresh[name] = total - done

    def send_message(self, text: str) -> None:
        self.said.append(text)

    def report_failure(self, failure: DocumentFailure) -> None:
        self.failures.append(failure)


def built(folder: Path, out: Path, heard: Heard | None = None, **wanted: object) -> BuildResult:
    """Build a folder in this process, its cache beside the outputs."""
    values: dict[str, object] = {"executor": SerialExecutor, "cache": str(out.parent / "cache"), **wanted}
    return run_build(BuildRequest((str(folder),), out, **values), heard)
