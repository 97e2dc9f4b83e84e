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

_MODEL_FOLDER = Path(rapidocr.__file__).parent / "models"
_DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
_RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"
_ORIENTATION_MODEL = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"

_LINE_HEIGHT = 48  # pixels of a line as the reading model wants it
_BATCH_SIZE = 6
_MAX_LINE_WIDTH = 48 * 60  # a line is never scaled to more pixels than this

_ALPHABET = "".join(map(chr, range(33, 127))) + "∑Σ×÷±√≤≥≠≈°²³½¼¾·•●○■□▪►→✓–—−“”‘’…§©®"
"""What Indonesian decrees print. The model knows 18 000 characters more, all of them misreadings here:
specks over a letter become accents, table lines Chinese strokes."""


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line as read: a text, and for each of its characters where it stands and how sure it is."""

    text: str
    positions: tuple[float, ...] = ()
    """Middle of each character, as a fraction of the line's width."""
    confidences: tuple[float, ...] = ()
    """Confidence of each character, 0 to 1."""


class OcrEngine:
    """Finds and reads lines of text. Use ``engine()``, which makes it once."""

    def __init__(self, threads: int) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        config = rapidocr.RapidOCR(params=_engine_params(threads)).cfg
        for part in (config.Det, config.Cls, config.Rec):
            part.engine_cfg = config.EngineConfig.onnxruntime
        self._detector = TextDetector(config.Det)
        self._turns = TextClassifier(config.Cls)
        self._reader = TextRecognizer(config.Rec)
        characters = self._reader.postprocess_op.character
        kept_classes = [
            i for i, character in enumerate(characters) if character in _ALPHABET or character == " "
        ]
        self._classes = np.array([0, *(i for i in kept_classes if i)])
        self._characters = ["", *(characters[i] for i in kept_classes if i)]

    def find_lines(self, image: Image) -> NDArray[np.float32]:
        """Return the text lines of an RGB or grey image, n × 4 corners × (x, y), clockwise from top left."""
        boxes = self._detector(_to_rgb(image)).boxes
        if boxes is None:
            return np.zeros((0, 4, 2), np.float32)
        return np.asarray(boxes, np.float32)

    def upside_down_share(self, lines: list[Image]) -> float:
        """The share of lines that seem to stand on their heads (0 to 1); 0.5 where there is no line."""
        if not lines:
            return 0.5
        votes = self._turns([_to_rgb(line[:, : line.shape[0] * 4]) for line in lines]).cls_res or []
        return float(np.mean([score if "180" in label else 1 - score for label, score in votes]))

    def read_lines(self, lines: list[Image]) -> list[LineReading]:
        """Return the text of each line image, in the order given."""
        scaled = [_scale_line(line) for line in lines]
        order = sorted(range(len(scaled)), key=lambda i: scaled[i].shape[-1])
        readings = [LineReading("")] * len(scaled)
        for start in range(0, len(order), _BATCH_SIZE):
            group = order[start : start + _BATCH_SIZE]
            width = max(scaled[i].shape[-1] for i in group)
            batch = np.zeros((len(group), 3, _LINE_HEIGHT, width), np.float32)
            for row, i in enumerate(group):
                batch[row, :, :, : scaled[i].shape[-1]] = scaled[i] / 127.5 - 1
            scores = self._reader.session(batch)[:, :, self._classes]
            for row, i in enumerate(group):
                readings[i] = self._decode_scores(scores[row], scaled[i].shape[-1] / width)
        return readings

    def _decode_scores(self, scores: NDArray[np.float32], share: float) -> LineReading:
        """Characters from the model's scores (steps × classes); the line fills ``share`` of the steps."""
        best_classes = scores.argmax(axis=1)
        new_steps = np.flatnonzero(
            (best_classes != 0) & (best_classes != np.concatenate([[-1], best_classes[:-1]]))
        )
        steps = len(best_classes) * share
        confidences = scores[new_steps, best_classes[new_steps]]
        return LineReading(
            "".join(self._characters[best_classes[i]] for i in new_steps),
            tuple(min(1.0, (float(i) + 0.5) / steps) for i in new_steps),
            tuple(float(s) for s in confidences),
        )


def _engine_params(threads: int) -> dict[str, Any]:
    return {
        "Global.log_level": "critical",
        "Det.model_path": str(_MODEL_FOLDER / _DETECTION_MODEL),
        "Det.limit_side_len": 32,  # the image comes in the size that it is to be searched in
        "Cls.model_path": str(_MODEL_FOLDER / _ORIENTATION_MODEL),
        "Rec.model_path": str(_MODEL_FOLDER / _RECOGNITION_MODEL),
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
    }


def _to_rgb(image: Image) -> Image:
    return image if image.ndim == 3 else np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2))


def _scale_line(image: Image) -> Image:
    """Return a line in the height that the model reads, its width in proportion."""
    height, width = image.shape[:2]
    scaled_width = min(_MAX_LINE_WIDTH, max(16, round(width * _LINE_HEIGHT / max(1, height))))
    scaled = cv2.resize(image, (scaled_width, _LINE_HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(scaled if scaled.ndim == 2 else scaled.transpose(2, 0, 1), np.uint8)


@lru_cache(maxsize=1)
def get_engine() -> OcrEngine:
    """Return the process's engine, made at the first call, with a thread for each processor it may use.

    ``OMP_NUM_THREADS`` holds it to fewer, as other native libraries.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    thread_limit = os.environ.get("OMP_NUM_THREADS", "")
    return OcrEngine(
        min(4, processors or 1, int(thread_limit) if thread_limit.isdecimal() and int(thread_limit) else 4)
    )
