"""The OCR engine: PP-OCRv6 by RapidOCR on ONNX Runtime, with the models that its wheel carries.

One engine a process, made when the first scan is read. Nothing is ever fetched: the models' paths are
given, so RapidOCR has nothing to look for.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from rapidocr.ch_ppocr_cls import TextClassifier
from rapidocr.ch_ppocr_det import TextDetector
from rapidocr.ch_ppocr_rec import TextRecognizer

Image = NDArray[np.uint8]

_MODELS = Path(rapidocr.__file__).parent / "models"
_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
_TURNS = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"

_HEIGHT = 48  # pixels of a line as the reading model wants it
_BATCH = 6
_WIDEST = 48 * 60  # a line is never scaled to more pixels than this

_PRINTED = "".join(map(chr, range(33, 127))) + "∑Σ×÷±√≤≥≠≈°²³½¼¾·•●○■□▪►→✓–—−“”‘’…§©®"
"""What Indonesian decrees print. The model knows 18 000 characters more, all of them misreadings here:
specks over a letter become accents, table lines Chinese strokes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read: a text, and for each of its characters where it stands and how sure it is."""

    text: str
    at: tuple[float, ...] = ()
    """Middle of each character, as a fraction of the line's width."""
    sure: tuple[float, ...] = ()
    """Confidence of each character, 0 to 1."""


class Engine:
    """Finds and reads lines of text. Use ``engine()``, which makes it once."""

    def __init__(self, threads: int) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        config = rapidocr.RapidOCR(params=_settings(threads)).cfg
        for part in (config.Det, config.Cls, config.Rec):
            part.engine_cfg = config.EngineConfig.onnxruntime
        self._detector = TextDetector(config.Det)
        self._turns = TextClassifier(config.Cls)
        self._reader = TextRecognizer(config.Rec)
        known = self._reader.postprocess_op.character
        kept = [i for i, character in enumerate(known) if character in _PRINTED or character == " "]
        self._classes = np.array([0, *(i for i in kept if i)])
        self._characters = ["", *(known[i] for i in kept if i)]

    def find(self, image: Image) -> NDArray[np.float32]:
        """The text lines of an RGB or grey image, n × 4 corners × (x, y), clockwise from top left."""
        found = self._detector(_coloured(image)).boxes
        if found is None:
            return np.zeros((0, 4, 2), np.float32)
        return np.asarray(found, np.float32)

    def turned(self, lines: list[Image]) -> float:
        """The share of lines that seem to stand on their heads (0 to 1); 0.5 where there is no line."""
        if not lines:
            return 0.5
        votes = self._turns([_coloured(line[:, : line.shape[0] * 4]) for line in lines]).cls_res or []
        return float(np.mean([score if "180" in label else 1 - score for label, score in votes]))

    def read(self, lines: list[Image]) -> list[Reading]:
        """The text of each line image, in the order given."""
        scaled = [_line(line) for line in lines]
        order = sorted(range(len(scaled)), key=lambda i: scaled[i].shape[-1])
        readings = [Reading("")] * len(scaled)
        for start in range(0, len(order), _BATCH):
            group = order[start : start + _BATCH]
            width = max(scaled[i].shape[-1] for i in group)
            batch = np.zeros((len(group), 3, _HEIGHT, width), np.float32)
            for row, i in enumerate(group):
                batch[row, :, :, : scaled[i].shape[-1]] = scaled[i] / 127.5 - 1
            scores = self._reader.session(batch)[:, :, self._classes]
            for row, i in enumerate(group):
                readings[i] = self._decode(scores[row], scaled[i].shape[-1] / width)
        return readings

    def _decode(self, scores: NDArray[np.float32], share: float) -> Reading:
        """Characters from the model's scores (steps × classes); the line fills ``share`` of the steps."""
        best = scores.argmax(axis=1)
        new = np.flatnonzero((best != 0) & (best != np.concatenate([[-1], best[:-1]])))
        steps = len(best) * share
        sure = scores[new, best[new]]
        return Reading(
            "".join(self._characters[best[i]] for i in new),
            tuple(min(1.0, (float(i) + 0.5) / steps) for i in new),
            tuple(float(s) for s in sure),
        )


def _settings(threads: int) -> dict[str, Any]:
    return {
        "Global.log_level": "critical",
        "Det.model_path": str(_MODELS / _DETECTOR),
        "Det.limit_side_len": 32,  # the image comes in the size that it is to be searched in
        "Cls.model_path": str(_MODELS / _TURNS),
        "Rec.model_path": str(_MODELS / _READER),
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
    }


def _coloured(image: Image) -> Image:
    return image if image.ndim == 3 else np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2))


def _line(image: Image) -> Image:
    """A line in the height that the model reads, its width in proportion."""
    height, width = image.shape[:2]
    wanted = min(_WIDEST, max(16, round(width * _HEIGHT / max(1, height))))
    scaled = cv2.resize(image, (wanted, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(scaled if scaled.ndim == 2 else scaled.transpose(2, 0, 1), np.uint8)


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The process's engine, made at the first call, with a thread for each processor it may use.

    ``OMP_NUM_THREADS`` holds it to fewer, as other native libraries.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return Engine(min(4, processors or 1, int(asked) if asked.isdecimal() and int(asked) else 4))
