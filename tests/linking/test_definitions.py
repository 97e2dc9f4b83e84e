"""The reviewed definitions, and the errors of definition files that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.linking import DefinitionError, Registry, load_definitions

GOLD = Path("../shared/corpus/gold")
ENTRY = """
- id: izin_pct
  name: Persentase izin yang terbit
  formula: '"jumlah izin yang terbit" / "jumlah permohonan izin" * 100%'
  unit: "%"
  scope: {regency: null, from_year: null}
  basis: {kind: local-consensus, source: contoh, evidence: unverified}
  level: agency
"""


def write(folder: Path, *entries: str, name: str = "a.yaml") -> Path:
    (folder / name).write_text("definitions:" + "".join(entries), encoding="utf-8")
    return folder


def test_the_reviewed_definitions_load_in_order_of_id() -> None:
    ids = [d.id for d in load_definitions()]
    assert ids == sorted(set(ids))
    assert {"ikm", "kehadiran_pns_pct", "dokumen_desa_tepat_waktu_pct"} <= set(ids)


def test_only_what_was_seen_in_a_regulation_is_called_law() -> None:
    law = {d.id: d.basis for d in load_definitions() if d.basis.kind == "regulation"}
    assert "ikm" in law
    assert "konflik_diselesaikan_pct" not in law
    assert all("Permen" in b.source and b.evidence != "unverified" for b in law.values())


def test_a_value_that_an_evaluator_gives_says_why_it_has_no_formula() -> None:
    ipp = next(d for d in load_definitions() if d.id == "indeks_pelayanan_publik")
    assert ipp.formula is None
    assert ipp.formula_reason


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("decree", ["candipuro", "ranuyoso", "ngantang"])
def test_every_indicator_of_the_real_decrees_has_its_definition(decree: str) -> None:
    registry = Registry(load_definitions())
    record = json.loads((GOLD / f"{decree}.json").read_text(encoding="utf-8"))
    names = [i["name"] for h in record["holders"] for i in h["indicators"]]
    lost = [
        n
        for n in names
        if registry.match(n, record["kecamatan"], None, record["regency"]).kind != "definition"
    ]
    assert names
    assert lost == []


def test_a_folder_of_one_definition(tmp_path: Path) -> None:
    (found,) = load_definitions(write(tmp_path, ENTRY))
    assert found.names == ("Persentase izin yang terbit",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("level: agency", "level: agency\n  levle: agency", "levle"),
        (" * 100%'", " * 100% +'", "formula"),
        ("unit: ", "units: ", "units"),
        ("regency: null", "regency: Wirasana", "regency"),
        ("kind: local-consensus", "kind: law", "kind"),
        ("  formula: '\"jumlah", "  formula_reason: x\n  formula: '\"jumlah", "formula"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    write(tmp_path, ENTRY.replace(old, new))
    with pytest.raises(DefinitionError, match=r"a\.yaml, line \d+, definitions\.0") as caught:
        load_definitions(tmp_path)
    assert message in str(caught.value)


def test_two_entries_cannot_share_an_id(tmp_path: Path) -> None:
    write(tmp_path, ENTRY, ENTRY.replace("izin yang terbit\n", "usaha yang tumbuh\n", 1))
    with pytest.raises(DefinitionError, match="id izin_pct is already that of"):
        load_definitions(tmp_path)


def test_two_entries_cannot_share_a_name_however_it_is_spelled(tmp_path: Path) -> None:
    other = ENTRY.replace("izin_pct", "lain_pct").replace("Persentase izin yang", "Prosentase ijin")
    write(tmp_path, ENTRY)
    write(tmp_path, other, name="b.yaml")
    with pytest.raises(DefinitionError, match=r"b\.yaml.*is already that of a\.yaml"):
        load_definitions(tmp_path)


def test_a_regency_may_define_a_national_name_for_itself(tmp_path: Path) -> None:
    own = ENTRY.replace("izin_pct", "own_pct").replace("regency: null", "regency: Kabupaten Malang")
    assert len(load_definitions(write(tmp_path, ENTRY, own))) == 2


def of(regency: str, key: str = "izin_pct") -> str:
    return ENTRY.replace("izin_pct", key).replace("regency: null", f"regency: {regency}")


@pytest.mark.parametrize("spelled", ["Kabupaten Malang", "Kab. Malang", "KAB MALANG", "kabupaten malang"])
def test_a_regency_is_known_however_it_is_written(tmp_path: Path, spelled: str) -> None:
    (found,) = load_definitions(write(tmp_path, of(spelled)))
    assert found.scope.regency == "Kabupaten Malang"


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("Kabupaten Lumajamg", "Kabupaten Lumajang"), ("Kabupaten Batu", "Kota Batu"), ("Kota Xyzzy", None)],
)
def test_an_unknown_regency_is_told_with_file_line_and_what_may_be_meant(
    tmp_path: Path, wrong: str, nearest: str | None
) -> None:
    write(tmp_path, ENTRY, of(wrong, "lain_pct"))
    with pytest.raises(DefinitionError) as caught:
        load_definitions(tmp_path)
    told = str(caught.value)
    assert told.startswith("a.yaml, line 10 (lain_pct): scope.regency: no regency")
    assert wrong in told and f"regencies: [{wrong}]" in told
    assert (f"nearest: '{nearest}'" in told) if nearest else ("nearest" not in told)


def test_a_regency_that_the_list_lacks_can_be_declared_for_the_whole_folder(tmp_path: Path) -> None:
    write(tmp_path, of("KAB. WIRASANA"))
    (tmp_path / "b.yaml").write_text("regencies: [Kabupaten Wirasana]\ndefinitions: []\n", encoding="utf-8")
    (found,) = load_definitions(tmp_path)
    assert found.scope.regency == "Kabupaten Wirasana"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("regencies: Kabupaten X\n", "a.yaml, line 1, regencies: a list is expected"),
        ("regencies:\n- Kabupaten X\n- Wirasana\n", "a.yaml, line 3, regencies.1: write 'Wirasana' as"),
        ("regencies: [Kota]\n", "a.yaml, line 1, regencies.0: write"),
        ("regencies: [3]\n", "a.yaml, line 1, regencies.0: a text is expected"),
        ("regency: [Kota X]\n", "a.yaml, line 1, regency: unknown field"),
        ("definitions: []\n", "a.yaml, line 2: “definitions” is given twice"),
        ("[a]: 3\n", "a.yaml, line 1: a name is expected"),
    ],
)
def test_a_head_that_would_be_passed_over_is_refused(tmp_path: Path, head: str, told: str) -> None:
    (tmp_path / "a.yaml").write_text(f"{head}definitions:{ENTRY}", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_definitions(tmp_path)
    assert told in str(caught.value)


def test_a_decree_however_it_writes_its_regency_finds_the_regencys_definition(tmp_path: Path) -> None:
    registry = Registry(load_definitions(write(tmp_path, of("Kabupaten Pangkajene dan Kepulauan"))))
    for printed in (
        "Kabupaten Pangkajene Dan Kepulauan",
        "KABUPATEN PANGKAJENE DAN KEPULAUAN",
        "Kab. Pangkep",
    ):
        assert registry.match("Persentase izin yang terbit", regency=printed).target == "izin_pct"
    for other in ("Kota Pangkep", "Kabupaten Mandalawening", None):
        assert registry.match("Persentase izin yang terbit", regency=other).kind != "definition"


def test_anchors_that_repeat_a_node_without_end_are_read_in_time(tmp_path: Path) -> None:
    """Ten aliases on each of nine levels are a thousand million nodes, if each is visited."""
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 9)]
    (tmp_path / "a.yaml").write_text("\n".join(["l0: &l0 [x]", *levels]), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"a\.yaml"):
        load_definitions(tmp_path)


@pytest.mark.parametrize("text", ["", "[", "definitions: 3", "\x00"])
def test_a_file_that_is_no_list_of_definitions(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"a\.yaml"):
        load_definitions(tmp_path)
