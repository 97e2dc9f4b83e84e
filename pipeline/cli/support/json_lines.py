"""Input with one row per line: names, or JSON objects. An unusable line costs itself alone."""

from __future__ import annotations

import io
import json
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from pipeline.cli.support.standard_streams import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

YEAR_RANGE = (1900, 2199)
"""The first and the last valid year."""
_LINE_SEPARATORS = "\x85\u2028\u2029"
_HEAD_BYTES = 8192
"""First bytes of a file, by which a binary file is recognised."""
ODD_SIGN_RATIO = 10
"""A file with more than one unprintable character in this many is not a text."""


class InputLines:
    """The lines of a file or of standard input, and the number of unusable ones."""

    def __init__(self, file: str) -> None:
        self.file = "standard input" if file == STANDARD_INPUT else file
        self._path = file
        self.bad = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Yield the number (from 1) and the text of each line."""
        yield from self._read_lines(_decode_lines)

    def read_objects(self) -> Iterator[dict[str, Any]]:
        """Yield the JSON object of each line that is not blank; each has a text ``name``.

        A binary file and an empty file are reported once.
        """
        blank = True
        for number, line in self._read_lines(self._text_lines):
            if line.strip():
                blank = False
                if (row := self.parse_object(number, line)) is not None:
                    yield row
        if blank:
            click.echo(f"{self.file}: there was no line.", err=True)

    def _read_lines(
        self, decoder: Callable[[BinaryIO], Iterator[tuple[int, str]]]
    ) -> Iterator[tuple[int, str]]:
        if self._path == STANDARD_INPUT:
            if sys.stdin is None:
                raise click.UsageError("Standard input is closed: give a file, or pipe one in.")
            yield from decoder(sys.stdin.buffer)
            return
        try:
            with Path(self._path).open("rb") as raw:
                yield from decoder(raw)
        except OSError as error:
            raise click.UsageError(f"{self._path}: cannot be read: {error.strerror}.") from None

    def _text_lines(self, raw: BinaryIO) -> Iterator[tuple[int, str]]:
        """Yield the lines of a text file; a zero byte later in the file is an error, too."""
        head = raw.read(_HEAD_BYTES)
        head += raw.readline()
        if _is_binary(head):
            raise self._not_text_error()
        for number, line in _decode_lines(chain(io.BytesIO(head), raw)):
            if "\0" in line:
                raise self._not_text_error()
            yield number, line

    def _not_text_error(self) -> click.UsageError:
        return click.UsageError(f"{self.file}: this is not a text file; JSON lines in UTF-8 are expected.")

    def parse_object(self, number: int, line: str) -> dict[str, Any] | None:
        """Return the JSON object of a line, or None after reporting what is wrong."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            self.reject_line(number, f"not valid JSON: {error}")
            return None
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            self.reject_line(number, 'needs an object with a text "name"')
            return None
        for key in ("kecamatan", "objective", "regency"):
            if row.get(key) is not None and not isinstance(row[key], str):
                self.reject_line(number, f'"{key}" must be a text or null')
                return None
        year = row.get("year")
        if year is not None and not (type(year) is int and YEAR_RANGE[0] <= year <= YEAR_RANGE[1]):
            self.reject_line(number, f'"year" must be a year ({YEAR_RANGE[0]} to {YEAR_RANGE[1]}) or null')
            return None
        return row

    def reject_line(self, number: int, reason: str) -> None:
        """Report what is wrong with a line."""
        self.bad += 1
        click.echo(f"{self.file}, line {number}: {reason}", err=True)


def _is_binary(head: bytes) -> bool:
    """Return whether a file with these first bytes is binary: an image, a PDF or an archive."""
    if b"\0" in head or head.lstrip().startswith(b"%PDF-"):
        return True
    text = head.decode("utf-8", "replace")
    odd_count = sum(sign == "\ufffd" or (sign < " " and sign not in "\t\n\r\f\v") for sign in text)
    return odd_count * ODD_SIGN_RATIO > len(text)


def _decode_lines(raw: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(raw, start=1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
        yield number, text.rstrip("\r\n")


def write_json_line(row: dict[str, Any]) -> None:
    """Print a JSON object as one line; characters that some programs take for line ends are escaped."""
    text = json.dumps(row, ensure_ascii=False)
    for sign in _LINE_SEPARATORS:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    try:
        click.echo(text.encode())
    except UnicodeEncodeError:  # half a character, as JSON may hold it
        click.echo(json.dumps(row).encode())
