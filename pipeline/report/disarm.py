"""Printed text made harmless to look at: signs that hide, reorder or end text become visible."""

from __future__ import annotations

import re
from typing import Any

from pipeline.catalogue import Catalogue

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, which XML does not allow
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reorder what is read
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # are not seen
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # are no characters
)


def shown(text: str) -> str:
    """The text with each such sign as its number: ``[U+202E]``."""
    return _HIDDEN.sub(lambda m: f"[U+{ord(m.group()):04X}]", text.replace("\r", " "))


def disarmed(catalogue: Catalogue) -> Catalogue:
    """The same catalogue with every text made visible: whatever is shown of it goes through here."""
    return Catalogue.model_validate(_disarmed(catalogue.model_dump()))


def _disarmed(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {_disarmed(key): _disarmed(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_disarmed(held) for held in value]
    return value
