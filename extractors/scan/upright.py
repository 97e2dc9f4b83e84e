"""Which way is up: quarter turns seen by the shapes of text lines, half turns by the letters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.scan.engine import Engine, Reading
from extractors.scan.images import Image

_SAMPLES = 12
_SURE = 0.25  # share of votes below which a page is upright without more ado


def lies(quads: NDArray[np.float32]) -> bool:
    """Do the lines of text run up or down the page? Long lines tell, short ones hardly."""
    along = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    across = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return bool(np.maximum(0, across - along).sum() > np.maximum(0, along - across).sum())


def stands_on_head(engine: Engine, lines: list[Image]) -> bool:
    """Are the lines of this page upside down? The classifier votes; where it wavers, reading decides."""
    samples = sorted(lines, key=lambda line: -line.shape[1])[:_SAMPLES]
    vote = engine.turned(samples)
    if not samples or vote < _SURE:
        return False
    some = samples[::3]
    as_is = _confidence(engine.read(some))
    turned = _confidence(engine.read([np.ascontiguousarray(line[::-1, ::-1]) for line in some]))
    return turned > as_is


def _confidence(readings: list[Reading]) -> float:
    sure = [value for reading in readings for value in reading.sure]
    return float(np.mean(sure)) if sure else 0.0
