"""``python -m tools.update_places FOLDER``: update the list of provinces, regencies and kecamatan.

``FOLDER`` is the unpacked npm package ``idn-area-data`` (``npm pack idn-area-data``). Its data follow the
decree of the Minister of Home Affairs on codes of administrative areas; villages and islands are ignored. A
package with implausibly few rows is rejected, so that an incomplete one does not empty the list.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

TARGET = Path(__file__).parents[1] / "normalized" / "places"
LEAST = {"provinces": 38, "regencies": 514, "districts": 7_200}
"""Number of rows below which a file is considered damaged."""


def main(arguments: Sequence[str]) -> int:
    """Write the three files and the edition; return 2 for wrong use or a damaged package."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    package = Path(arguments[0])
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    rows = {name: _read_rows(package / "data" / f"{name}.csv") for name in LEAST}
    for name, least in LEAST.items():
        if len(rows[name]) < least:
            print(
                f"{name}.csv has {len(rows[name])} rows, at least {least} are expected: nothing was written."
            )
            return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    _write_rows("provinces.csv", ("code", "name"), ((r["code"], r["name"]) for r in rows["provinces"]))
    _write_rows("regencies.csv", ("code", "name"), ((r["code"], r["name"]) for r in rows["regencies"]))
    _write_rows("kecamatan.csv", ("code", "name"), ((r["code"], r["name"]) for r in rows["districts"]))
    (TARGET / "EDITION").write_text(f"idn-area-data {version}\n", "utf-8")
    print({name: len(row_count) for name, row_count in rows.items()})
    return 0


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write_rows(name: str, header: Sequence[str], rows: Iterable[tuple[str, str]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
