"""The kinds of documents; apart from the record, so that the command line knows them without loading it."""

from __future__ import annotations

from typing import Literal

DecreeKind = Literal["IKU", "IKI", "PK", "renstra", "renja", "report"]
"""Kinds of documents: indicators of an agency, of positions, a Perjanjian Kinerja, two plans, a report."""
