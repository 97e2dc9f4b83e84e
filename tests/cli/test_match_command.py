"""``iku match`` and ``iku cluster``: for other programs, a row a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.linking import json_api
from pipeline.linking.external_registry import load_registry

NAMES = ["Persentase desa lunas PBB", "Indeks Kepuasan Masyarakat", "Jumlah surat keluar"]


def iku(*arguments: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def rows(run: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.fixture
def registry(tmp_path: Path) -> str:
    file = tmp_path / "names.json"
    file.write_text(json.dumps(NAMES), encoding="utf-8")
    return str(file)


def test_names_are_answered_in_order_by_index(registry: str) -> None:
    run = iku(
        "match", "Nilai SKM", "Prosentase Desa lunas PBB (%)", "Jumlah surat masuk", "--registry", registry
    )
    assert [row["definition"] for row in rows(run)] == [1, 0, None]
    assert set(rows(run)[0]) == {"name", "definition", "score", "review", "reasons"}
    assert run.exit_code == 0


def test_each_line_gives_one_line_and_a_bad_one_costs_itself(registry: str) -> None:
    typed = (
        'Nilai SKM\n\n{"name": "Nilai SKM Kecamatan Sukamulih", "kecamatan": "Sukamulih"}\n{"nam": 3}\nX\n'
    )
    run = iku("match", "-", "--registry", registry, typed=typed)
    assert [row["definition"] for row in rows(run)] == [1, None, 1, None]
    assert "line 4" in run.stderr
    assert run.exit_code == 1


def test_an_empty_name_is_refused_and_an_empty_line_answered_as_such(registry: str) -> None:
    run = iku("match", "Nilai SKM", " ", "--registry", registry)
    assert run.exit_code == 2 and "A name is empty" in run.stderr and not run.stdout
    lines = iku("match", "-", "--registry", registry, typed='Nilai SKM\n\n{"name": ""}\n🙂\n%\n')
    assert [row["definition"] for row in rows(lines)] == [1, None, None, None, None]
    reasons = [row["reasons"][0] for row in rows(lines)]
    assert reasons[1] == reasons[2] == "nama ini kosong"
    assert "tidak memuat kata" in reasons[3]
    assert lines.exit_code == 0


def test_explaining_shows_what_each_step_did(registry: str) -> None:
    run = iku("match", "Prosentase Desa lunas PBB Kec. Wonosari", "--kecamatan", "Wonosari", "--explain")
    assert rows(run)[0]["definition"] == "desa_lunas_pbb_pct"
    assert "office" in run.stderr and "→" in run.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "list of 1"),
        ("[]", "list of 1"),
        ('["a", "a"]', "already entry 0"),
        ('["a", 3]', "entry 1"),
        ('["a",\n "b"', "line 2"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_a_bad_list_of_names_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "names.json"
    file.write_text(text, encoding="utf-8")
    run = iku("match", "x", "--registry", str(file))
    assert run.exit_code == 2
    assert "names.json" in run.stderr and told in run.stderr


def test_a_regency_is_kabupaten_or_kota() -> None:
    run = iku("match", "x", "--regency", "Wanareja")
    assert run.exit_code == 2
    assert "Kabupaten X" in run.stderr
    assert iku("match", "x", "--regency", "KAB. MALANG").exit_code == 0


def test_a_misspelt_regency_is_told_with_the_nearest(tmp_path: Path) -> None:
    run = iku("match", "x", "--regency", "Kabupaten Lumajnag")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "no regency 'Kabupaten Lumajnag' is known (nearest: 'Kabupaten Lumajang')" in run.stderr
    assert iku("match", "x", "--regency", "Kabupaten Qqqq Xxxx").exit_code == 2
    file = tmp_path / "own.yaml"
    file.write_text(
        "regencies: [Kabupaten Mandalawening]\n"
        "definitions:\n"
        "  - id: surat_masuk\n"
        "    name: Jumlah surat masuk\n"
        "    formula: '\"jumlah surat masuk\"'\n"
        "    unit: surat\n"
        "    scope: {regency: Kabupaten Mandalawening, from_year: null}\n"
        "    basis: {kind: local-consensus, source: contoh, evidence: unverified}\n"
        "    level: agency\n",
        encoding="utf-8",
    )
    own = ["match", "Jumlah surat masuk", "--registry", str(file), "--regency"]
    assert rows(iku(*own, "KAB. MANDALAWENING"))[0]["definition"] == "surat_masuk"
    assert "nearest: 'Kabupaten Mandalawening'" in iku(*own, "Kabupaten Mandalaweming").stderr


@pytest.mark.parametrize("year", ["-5", "0", "24", "20245", "x"])
def test_what_is_no_year_is_refused(registry: str, year: str) -> None:
    run = iku("match", "Nilai SKM", "--registry", registry, "--year", year)
    assert (run.exit_code, run.stdout) == (2, "") and "--year" in run.stderr
    if year != "x":
        typed = f'{{"name": "Nilai SKM", "year": {year}}}\nNilai SKM\n'
        run = iku("match", "-", "--registry", registry, typed=typed)
        assert len(rows(run)) == 1 and "line 1" in run.stderr and '"year"' in run.stderr
    assert iku("match", "Nilai SKM", "--registry", registry, "--year", "2024").exit_code == 0


@pytest.mark.parametrize("line", ["[1,2]", "null", "true", "12345", "1.5", ' ["Nilai SKM"]'])
def test_json_that_is_no_name_costs_its_line(registry: str, line: str) -> None:
    run = iku("match", "-", "--registry", registry, typed=f"Nilai SKM\n{line}\nNilai SKM\n")
    assert [row["name"] for row in rows(run)] == ["Nilai SKM", "Nilai SKM"]
    assert run.exit_code == 1
    (told,) = run.stderr.splitlines()
    assert "line 2" in told


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('"Nilai SKM"', "Nilai SKM"),
        ('"Nilai \\u0053KM"', "Nilai SKM"),
        ('""', ""),
        ('"Nilai" SKM', '"Nilai" SKM'),
        ("[IKU 1] Nilai SKM", "[IKU 1] Nilai SKM"),
        ("NaN", "NaN"),
        ("100 %", "100 %"),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_a_name_is_a_json_string_or_any_other_text(registry: str, line: str, name: str) -> None:
    run = iku("match", "-", "--registry", registry, typed=line)
    assert [row["name"] for row in rows(run)] == [name]
    assert run.exit_code == 0


@pytest.mark.parametrize("name", ["", " ", "12345", "desa " * 2500, "指标名称", "\u202eadad", "🙂", "\x00"])
def test_odd_names_mean_nothing_and_break_nothing(registry: str, name: str) -> None:
    (answer,) = json_api.match_queries([json_api.NameQuery(name)], load_registry(Path(registry)))
    assert answer["definition"] is None
    assert answer["reasons"]


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_name_is_answered(name: str) -> None:
    (answer,) = json_api.match_queries([json_api.NameQuery(name)], load_registry())
    assert answer["name"] == name
    assert 0 <= answer["score"] <= 1


def test_clusters_keep_each_line_and_do_not_hang_on_their_order() -> None:
    given_rows = [
        {"name": "Persentase kelompok tani padi aktif", "objective": None, "kecamatan": "A"},
        {"name": "% kelompok tani padi yg aktif", "objective": "x", "kecamatan": "B", "more": 3},
        {"name": "Jumlah kelompok tani padi aktif", "kecamatan": "C"},
    ]
    run = iku("cluster", "-", typed="\n".join(map(json.dumps, given_rows)))
    first, second, third = rows(run)
    assert first["cluster"] == second["cluster"] != third["cluster"]
    assert second["more"] == 3
    turned = iku("cluster", "-", typed="\n".join(map(json.dumps, reversed(given_rows))))
    assert [row["cluster"] for row in rows(turned)] == [row["cluster"] for row in (third, second, first)]


def test_lines_that_are_no_mentions_are_told() -> None:
    run = iku(
        "cluster",
        "-",
        typed='{"name": "Nilai SKM"}\n[]\nx\n{"name": "a", "kecamatan": 3}\n\n{"name": "a", "year": "x"}',
    )
    assert len(rows(run)) == 1
    assert run.exit_code == 1
    for number in (2, 3, 4, 6):
        assert f"line {number}" in run.stderr


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 300,
        b"\n%PDF-1.4 only letters\n" + b"x\n" * 5000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 100,
        bytes(20_000),
        '{"name": "Nilai SKM"}\n'.encode("utf-16"),
        bytes(range(1, 256)) * 200,
        b'{"name": "Nilai SKM"}\n' * 1000 + b"\x00" * 10,
    ],
    ids=["pdf", "pdf below a blank", "png", "zeros", "utf-16", "no zeros", "zeros late"],
)
@pytest.mark.parametrize("piped", [False, True])
def test_what_is_no_text_is_one_error(tmp_path: Path, data: bytes, piped: bool) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(data)
    run = iku("cluster", "-", typed=data) if piped else iku("cluster", str(file))
    assert (run.exit_code, run.stdout) == (2, "")
    assert "not a text file" in run.stderr and len(run.stderr.splitlines()) < 6


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff\n"])
def test_an_input_without_a_line_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(text, encoding="utf-8")
    run = iku("cluster", str(file))
    assert (run.exit_code, run.stdout) == (0, "")
    assert run.stderr == f"{file}: there was no line.\n"


def test_a_text_with_some_spoilt_letters_is_still_one() -> None:
    good = b'{"name": "Nilai SKM"}\n'
    run = iku("cluster", "-", typed=good * 500 + b'{"name": "Nilai \xe9 SKM"}\n' + good * 500)
    assert len(rows(run)) == 1001 and run.exit_code == 0


def test_a_file_that_does_not_exist_is_wrong_use() -> None:
    assert iku("cluster", "gone.jsonl").exit_code == 2
