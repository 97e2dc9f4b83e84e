"""The public API: every name is there, typed, and costs nothing before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from extractors.errors import ReadStatus
from pipeline.cli.support.exit_codes import ExitCode, error_exit_code
from tests.support.engine_cases import sheet

HEAVY = ("spacy", "pydantic", "cv2", "numpy", "yaml", "rapidfuzz", "fsspec")


def _names_for_type_checkers() -> set[str]:
    tree = ast.parse(Path(pipeline.__file__).read_text("utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname for node in imports for alias in node.names if alias.asname}


def test_what_type_checkers_see_is_what_is_there() -> None:
    assert _names_for_type_checkers() == set(pipeline._MODULE_OF_NAME)
    assert all(getattr(pipeline, name) is not None for name in pipeline._MODULE_OF_NAME)
    with pytest.raises(AttributeError, match="no attribute 'nowhere'"):
        _ = pipeline.nowhere


@pytest.mark.parametrize("statement", ["import pipeline", "from pipeline.cli import main"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    script = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_decree_is_read_with_its_formulas_and_checked(tmp_path: Path) -> None:
    path = sheet(tmp_path, "WANASARI", formula="(Jumlah desa tangguh / Jumlah desa)")
    indicator = pipeline.read(path).holders[0].indicators[0]
    assert indicator.formula and indicator.formula.expression == '"jumlah desa tangguh" / "jumlah desa"'
    assert "formula_missing_times_100" in {finding.name for finding in pipeline.check([path])}


def test_names_are_matched_and_clustered() -> None:
    assert pipeline.match("Nilai Survei Kepuasan Masyarakat").target == "ikm"
    assert pipeline.Registry.load().match("Nilai SKM Kecamatan Sukamulih").target == "ikm"
    names = ("Persentase lumbung padi tertata", "Persentase lumbung padi yang tertata")
    (cluster,) = pipeline.cluster(pipeline.PlainMention(str(i), n, None) for i, n in enumerate(names))
    assert cluster.members == ("0", "1")


def test_a_definition_is_computed_from_a_file_of_figures(tmp_path: Path) -> None:
    file = tmp_path / "nilai.csv"
    file.write_text("Kecamatan;nilai rata-rata tertimbang\nWanasari;3,5\n", "utf-8")
    (row,) = pipeline.compute("ikm", file)
    assert (row.kecamatan, row.value) == ("Wanasari", 87.5)
    assert pipeline.compute("Indeks Kepuasan Masyarakat", file)[0].value == 87.5
    with pytest.raises(pipeline.DataError, match="No definition is “Jumlah bintang”"):
        pipeline.compute("Jumlah bintang", file)


def test_every_error_has_status_message_remedy_and_an_exit_status(tmp_path: Path) -> None:
    with pytest.raises(pipeline.ReadError) as caught:
        pipeline.read(tmp_path / "tidak-ada.txt")
    error = caught.value
    assert (error.status, error_exit_code(error)) == (ReadStatus.MISSING, ExitCode.FINDINGS)
    assert error.message and error.remedy and error.describe() == f"{error.message} {error.remedy}"
    assert error_exit_code(pipeline.NoDocumentError("nothing")) is ExitCode.USAGE
    assert error_exit_code(pipeline.BuildError("held")) is ExitCode.FINDINGS
    for name in pipeline._MODULE_OF_NAME:
        if name.endswith("Error"):
            assert issubclass(getattr(pipeline, name), pipeline.IkuError)
