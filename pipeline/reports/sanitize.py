"""Make printed text safe to display: characters that hide, reorder or end text become visible."""

from __future__ import annotations

import re
from typing import Any

from pipeline.models.catalogue import Catalogue

_HIDDEN_SIGNS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, which XML does not allow
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # change the reading order
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # invisible
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # not characters
)


def reveal_hidden(text: str) -> str:
    """Return the text with each such character as its code point: ``[U+202E]``."""
    return _HIDDEN_SIGNS.sub(lambda m: f"[U+{ord(m.group()):04X}]", text.replace("\r", " "))


def sanitize_catalogue(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with ``reveal_hidden`` applied to every text; reports show only such texts."""
    return Catalogue.model_validate(_sanitize_value(catalogue.model_dump()))


def _sanitize_value(value: Any) -> Any:
    if isinstance(value, str):
        return reveal_hidden(value)
    if isinstance(value, dict):
        return {_sanitize_value(key): _sanitize_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_sanitize_value(item) for item in value]
    return value
