"""Settings of the audit: rules chosen and graded, findings waived until their text changes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from extractors.model.record import Decree
from pipeline.audit.settings import waivers
from pipeline.audit.settings.audit_settings import (
    SettingsError,
    apply_settings,
    find_unused_waivers,
    read_settings,
)
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding
from tests.support.audit_cases import decree, indicator

TODAY = date(2026, 11, 27)


def _built(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(made, ()) for made in decrees], load_definitions())


def _faulty(**changed: object) -> Catalogue:
    return _built(decree(indicator(formula=None, data_sources=[]), **changed))


def _the(catalogue: Catalogue, code: str) -> Finding:
    (found,) = [f for f in catalogue.findings if f.code == code]
    return found


def _waived(catalogue: Catalogue, code: str, until: date | None = None) -> str:
    entry = waivers.build_waiver(
        catalogue, _the(catalogue, code), "tercantum di lampiran", "IR", TODAY, until
    )
    return f"waivers:\n  - {entry.model_dump_json(exclude_none=True)}\n"


def test_rules_are_selected_and_ignored_by_code_and_family() -> None:
    made = _faulty()
    assert {f.code for f in made.findings} == {"F001", "S002"}
    for text, left in (
        ("select: [F]", {"F001"}),
        ("ignore: [F001]", {"S002"}),
        ("select: [F, S]\nignore: [S002]", {"F001"}),
        ("", {"F001", "S002"}),
    ):
        changed = apply_settings(made, read_settings(text, "audit.yaml"), TODAY)
        assert {f.code for f in changed.findings} == {r.code for r in changed.rules} == left


def test_a_rules_own_grade_goes_before_its_familys() -> None:
    made = _built(decree(indicator(formula=None), indicator(name="Persentase desa siaga", unit="Dokumen")))
    changed = apply_settings(made, read_settings("severity: {F: info, F001: warning}", "audit.yaml"), TODAY)
    assert {f.code: f.severity for f in changed.findings if f.code[0] == "F"} == {
        "F001": "warning",
        "F016": "info",
    }


def test_scores_do_not_follow_the_settings() -> None:
    made = _faulty()
    changed = apply_settings(made, read_settings("ignore: [F, S]", "audit.yaml"), TODAY)
    assert changed.documents[0].scores == made.documents[0].scores


def test_a_waived_finding_stays_visible_as_such() -> None:
    made = _faulty()
    changed = apply_settings(made, read_settings(_waived(made, "F001"), "audit.yaml"), TODAY)
    accepted = _the(changed, "F001").waived
    assert accepted is not None and (accepted.reason, accepted.who) == ("tercantum di lampiran", "IR")
    assert _the(changed, "S002").waived is None


def test_a_waiver_holds_for_another_scan_and_ends_where_the_text_changes() -> None:
    made = _faulty()
    settings = read_settings(_waived(made, "F001"), "audit.yaml")
    scan = _faulty(place="Wanasari Kota")  # another file, the same cell
    assert scan.documents[0].id != made.documents[0].id
    assert _the(apply_settings(scan, settings, TODAY), "F001").waived is not None
    renamed = _built(decree(indicator(formula=None, name="Persentase desa siaga")))
    assert _the(apply_settings(renamed, settings, TODAY), "F001").waived is None
    assert len(find_unused_waivers(settings, renamed.findings)) == 1
    elsewhere = _faulty(kecamatan="Ciherang")
    assert _the(apply_settings(elsewhere, settings, TODAY), "F001").waived is None


def test_a_waiver_with_a_last_day_ends_after_it() -> None:
    made = _faulty()
    settings = read_settings(_waived(made, "F001", until=date(2026, 12, 31)), "audit.yaml")
    assert _the(apply_settings(made, settings, date(2026, 12, 31)), "F001").waived is not None
    assert _the(apply_settings(made, settings, date(2027, 1, 1)), "F001").waived is None


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("select: [F]\nignore:\n  - X999\n", 3, "no rule has the code 'X999'"),
        ("severity:\n  F003: grave\n", 2, "'error', 'warning' or 'info'"),
        ("select: [F]\nselect: [K]\n", 2, "'select' stands twice"),
        ("selekt: [F]\n", 1, "Extra inputs"),
        ("waivers:\n  - {fingerprint: 0123456789abcdef, code: F003}\n", 2, "reason: Field required"),
        ("select: [F\n", 2, "is no YAML"),
        ("- F003\n", 1, "needs select"),
        ("waivers:\n  - code: Q1\n", 2, "no rule has the code 'Q1'"),
    ],
)
def test_wrong_settings_are_refused_with_file_line_and_reason(text: str, line: int, why: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(text, "audit.yaml")
    assert f"audit.yaml, line {line}: " in str(caught.value)
    assert why in str(caught.value)


def test_waivers_are_appended_and_what_stands_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "audit.yaml"
    file.write_text("# ours\nignore: [S029]  # spelling is another matter\n", "utf-8")
    made = _faulty()
    for code in ("F001", "S002"):
        waivers.append_waiver(
            file, waivers.build_waiver(made, _the(made, code), 'kata "lain": #1', "IR", TODAY)
        )
    text = file.read_text("utf-8")
    assert text.startswith("# ours\nignore: [S029]  # spelling is another matter\n")
    settings = read_settings(text, "audit.yaml")
    assert [w.code for w in settings.waivers] == ["F001", "S002"]
    assert settings.waivers[0].reason == 'kata "lain": #1' and settings.ignore == ("S029",)
    assert all(f.waived for f in apply_settings(made, settings, TODAY).findings)


def test_what_is_accepted_already_is_not_accepted_again_until_its_last_day_is_over(tmp_path: Path) -> None:
    file = tmp_path / "audit.yaml"
    made = _faulty()
    found = _the(made, "F001")
    waivers.append_waiver(file, waivers.build_waiver(made, found, "diperbaiki 2025", "IR", TODAY, TODAY))
    before = file.read_text("utf-8")
    with pytest.raises(SettingsError, match=r"already accepted by IR, .*: diperbaiki 2025"):
        waivers.append_waiver(file, waivers.build_waiver(made, found, "lain", "BO", TODAY))
    assert file.read_text("utf-8") == before
    waivers.append_waiver(file, waivers.build_waiver(made, found, "lain", "BO", TODAY + timedelta(days=1)))
    assert [w.who for w in read_settings(file.read_text("utf-8"), "audit.yaml").waivers] == ["IR", "BO"]


def test_waivers_that_are_not_the_last_part_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "audit.yaml"
    before = "waivers:\nignore: [S029]\n"
    file.write_text(before, "utf-8")
    made = _faulty()
    with pytest.raises(SettingsError, match="cannot be appended"):
        waivers.append_waiver(file, waivers.build_waiver(made, _the(made, "F001"), "ya", "IR", TODAY))
    assert file.read_text("utf-8") == before
