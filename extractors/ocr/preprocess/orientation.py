"""Which way is up: quarter turns seen by the shapes of text lines, half turns by the letters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.image_input import Image
from extractors.ocr.recognise.ocr_engine import LineReading, OcrEngine

_MAX_SAMPLES = 12
_MIN_TURNED_VOTE = 0.25  # share of votes below which a page is upright without more ado


def runs_vertically(quads: NDArray[np.float32]) -> bool:
    """Do the lines of text run up or down the page? Long lines tell, short ones hardly."""
    line_lengths = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    line_heights = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return bool(
        np.maximum(0, line_heights - line_lengths).sum() > np.maximum(0, line_lengths - line_heights).sum()
    )


def is_upside_down(engine: OcrEngine, lines: list[Image]) -> bool:
    """Are the lines of this page upside down? The classifier votes; where it wavers, reading decides."""
    samples = sorted(lines, key=lambda line: -line.shape[1])[:_MAX_SAMPLES]
    vote = engine.upside_down_share(samples)
    if not samples or vote < _MIN_TURNED_VOTE:
        return False
    lines_to_read = samples[::3]
    upright_confidence = _mean_confidence(engine.read_lines(lines_to_read))
    turned_confidence = _mean_confidence(
        engine.read_lines([np.ascontiguousarray(line[::-1, ::-1]) for line in lines_to_read])
    )
    return turned_confidence > upright_confidence


def _mean_confidence(readings: list[LineReading]) -> float:
    confidences = [value for reading in readings for value in reading.confidences]
    return float(np.mean(confidences)) if confidences else 0.0
