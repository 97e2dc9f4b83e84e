"""Input of a row a line: names, or JSON objects. A line that cannot be used costs itself alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.files import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator


_ENDS = "\x85\u2028\u2029"


class Lines:
    """The lines of a file or of standard input, and how many of them could not be used."""

    def __init__(self, file: str) -> None:
        self.file = "standard input" if file == STANDARD_INPUT else file
        self._path = file
        self.bad = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of each line, without its end."""
        if self._path == STANDARD_INPUT:
            if sys.stdin is None:
                raise click.UsageError("Standard input is closed: give a file, or pipe one in.")
            raw = sys.stdin.buffer
            yield from _decoded(raw)
            return
        try:
            with Path(self._path).open("rb") as raw:
                yield from _decoded(raw)
        except OSError as error:
            raise click.UsageError(f"{self._path}: cannot be read: {error.strerror}.") from None

    def objects(self) -> Iterator[dict[str, Any]]:
        """The JSON object of each line that is not blank; each has a text ``name``."""
        for number, line in self:
            if line.strip() and (row := self.parsed(number, line)) is not None:
                yield row

    def parsed(self, number: int, line: str) -> dict[str, Any] | None:
        """A line's JSON object, or None: then it was said what is wrong."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            self.refused(number, f"is no JSON: {error}")
            return None
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            self.refused(number, 'needs an object with a text "name"')
            return None
        for key in ("kecamatan", "objective", "regency"):
            if row.get(key) is not None and not isinstance(row[key], str):
                self.refused(number, f'"{key}" must be a text or null')
                return None
        if type(row.get("year")) not in (int, type(None)):
            self.refused(number, '"year" must be a whole number or null')
            return None
        return row

    def refused(self, number: int, why: str) -> None:
        """Say what is wrong with a line."""
        self.bad += 1
        click.echo(f"{self.file}, line {number}: {why}", err=True)


def _decoded(raw: Any) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(raw, start=1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
        yield number, text.rstrip("\r\n")


def write(row: dict[str, Any]) -> None:
    """A JSON object as a line of standard output; signs that some programs end lines at are escaped."""
    text = json.dumps(row, ensure_ascii=False)
    for sign in _ENDS:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    try:
        click.echo(text.encode())
    except UnicodeEncodeError:  # half a character, as JSON may hold it
        click.echo(json.dumps(row).encode())
