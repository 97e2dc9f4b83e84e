"""Generated decrees on disk in alternating layouts, the same ones in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.generate import generate
from samples.printing import LAYOUTS

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, count: int) -> list[Path]:
    """Write the first ``count`` generated decrees as text files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in range(count):
        _, texts = generate(seed)
        layout = sorted(texts)[seed % len(texts)]
        path = folder / f"decree-{seed:04}.{LAYOUTS[layout].suffix}"
        path.write_text(texts[layout], encoding="utf-8")
        paths.append(path)
    return paths
