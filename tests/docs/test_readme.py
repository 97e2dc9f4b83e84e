"""What the README shows is what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main


@pytest.mark.slow
def test_the_matrix_of_the_readme_is_that_of_the_samples(tmp_path: Path) -> None:
    shown = [
        line.strip()
        for line in Path("README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("    | ") and any(sign in line for sign in "✓≠∅•")
    ]
    assert len(shown) == 4
    CliRunner().invoke(main, ["build", "samples/text", "--out", str(tmp_path)])
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in summary if line in shown] == shown
