"""``iku find``: for people and for programs, with its exit statuses."""

from __future__ import annotations

import json

from click.testing import CliRunner

from pipeline.cli import main

CATALOGUE = "normalized/catalogue.json"


def test_json_lines_say_where_something_was_found() -> None:
    result = CliRunner().invoke(main, ["find", CATALOGUE, "IKM"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and rows
    assert {row["found_in"] for row in rows} <= {"name", "definition", "numerator", "denominator", "formula"}


def test_people_are_shown_name_place_and_formula() -> None:
    result = CliRunner().invoke(main, ["find", CATALOGUE, "--denominator", "desa", "--format", "text"])
    assert result.exit_code == 0
    assert "Kabupaten Mandalawening" in result.stdout and "indicators." in result.stderr


def test_finding_nothing_is_a_status_and_asking_nothing_is_wrong_use() -> None:
    nothing = CliRunner().invoke(main, ["find", CATALOGUE, "kapal selam nuklir"])
    assert (nothing.exit_code, nothing.stdout) == (1, "") and "No indicator" in nothing.stderr
    assert CliRunner().invoke(main, ["find", CATALOGUE]).exit_code == 2
    assert CliRunner().invoke(main, ["find", "no-such-file.json", "x"]).exit_code == 2
