"""The words of the samples: labels of the forms, sentences of the decrees, lists of the generator."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(table: str) -> dict[str, Any]:
    """Return the table ``vocabulary/TABLE.yaml``; FileNotFoundError where there is none."""
    text = (files("samples") / "vocabulary" / f"{table}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=Loader)
    return loaded
