"""Input of a row a line: names, or JSON objects. A line that cannot be used costs itself alone."""

from __future__ import annotations

import io
import json
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from pipeline.cli.files import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

YEARS = (1900, 2199)
"""What counts as a year: the first and the last."""
_ENDS = "\x85\u2028\u2029"
_HEAD = 8192
"""Bytes at the beginning by which it is seen that a file is no text."""
MOST_ODD = 10
"""A text has fewer signs than one in so many that are none."""


class Lines:
    """The lines of a file or of standard input, and how many of them could not be used."""

    def __init__(self, file: str) -> None:
        self.file = "standard input" if file == STANDARD_INPUT else file
        self._path = file
        self.bad = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Number (from 1) and text of each line, without its end."""
        yield from self._read(_decoded)

    def objects(self) -> Iterator[dict[str, Any]]:
        """The JSON object of each line that is not blank; each has a text ``name``.

        What is no text at all is told once, and so is that there was no line.
        """
        blank = True
        for number, line in self._read(self._text):
            if line.strip():
                blank = False
                if (row := self.parsed(number, line)) is not None:
                    yield row
        if blank:
            click.echo(f"{self.file}: there was no line.", err=True)

    def _read(self, reading: Callable[[BinaryIO], Iterator[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
        if self._path == STANDARD_INPUT:
            if sys.stdin is None:
                raise click.UsageError("Standard input is closed: give a file, or pipe one in.")
            yield from reading(sys.stdin.buffer)
            return
        try:
            with Path(self._path).open("rb") as raw:
                yield from reading(raw)
        except OSError as error:
            raise click.UsageError(f"{self._path}: cannot be read: {error.strerror}.") from None

    def _text(self, raw: BinaryIO) -> Iterator[tuple[int, str]]:
        """The lines of what is a text by its first bytes, and holds no zero byte behind them."""
        begin = raw.read(_HEAD)
        begin += raw.readline()
        if _is_binary(begin):
            raise self._no_text()
        for number, line in _decoded(chain(io.BytesIO(begin), raw)):
            if "\0" in line:
                raise self._no_text()
            yield number, line

    def _no_text(self) -> click.UsageError:
        return click.UsageError(f"{self.file}: is no text; JSON lines in UTF-8 are expected.")

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
        year = row.get("year")
        if year is not None and not (type(year) is int and YEARS[0] <= year <= YEARS[1]):
            self.refused(number, f'"year" must be a year ({YEARS[0]} to {YEARS[1]}) or null')
            return None
        return row

    def refused(self, number: int, why: str) -> None:
        """Say what is wrong with a line."""
        self.bad += 1
        click.echo(f"{self.file}, line {number}: {why}", err=True)


def _is_binary(begin: bytes) -> bool:
    """Whether a file that begins so is no text in UTF-8, but a picture, a PDF, an archive."""
    if b"\0" in begin or begin.lstrip().startswith(b"%PDF-"):
        return True
    text = begin.decode("utf-8", "replace")
    odd = sum(sign == "\ufffd" or (sign < " " and sign not in "\t\n\r\f\v") for sign in text)
    return odd * MOST_ODD > len(text)


def _decoded(raw: Iterable[bytes]) -> Iterator[tuple[int, str]]:
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
