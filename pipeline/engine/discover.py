"""Find the files that a build reads; skipped files are reported."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.file_formats import UNREADABLE_ENDINGS
from extractors.file_names import printable_name
from extractors.media_type import FILE_ENDINGS
from extractors.own_outputs import HEAD_BYTES, is_own_output, is_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEARCHED_ENDINGS = FILE_ENDINGS | UNREADABLE_ENDINGS.keys()
"""Endings of files that are read, or rejected with an explanation."""
_OWN_ENDINGS = frozenset((".html", ".htm", ".md", ".json", ".xlsx"))
"""Endings of files that the program itself writes."""
_MOST_NAMES = 10
"""Number of names of skipped files in a message."""


@dataclass(frozen=True)
class FoundFiles:
    """The files under some paths."""

    documents: tuple[Path, ...]
    """Files to read, each once, sorted by name."""
    own_outputs: tuple[Path, ...] = ()
    """Files in folders that the program wrote itself."""
    other_files: tuple[Path, ...] = ()
    """Files in folders that are not documents."""

    def describe_skipped(self) -> list[str]:
        """Return a sentence on each kind of skipped files."""
        sentences = []
        for files, reason in (
            (self.own_outputs, "they were written by iku itself"),
            (self.other_files, "they are not documents"),
        ):
            if files:
                names = sorted({printable_name(file.name) for file in files})
                more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
                listed_names = ", ".join(names[:_MOST_NAMES]) + more
                sentences.append(f"Not read, because {reason}: {listed_names}.")
        return sentences


def search_paths(paths: Iterable[Path]) -> FoundFiles:
    """Return the files under the paths: those named, and all of the named folders.

    Folders are searched to the bottom; hidden files and folders are left out, and so are links to folders,
    which could lead in circles. A path that does not exist, or a folder that may not be read, stays among
    the documents, as do files of formats that are not read: reading them says so.
    """
    documents: set[Path] = set()
    own_outputs: set[Path] = set()
    other_files: set[Path] = set()
    for path in paths:
        if not path.is_dir():
            documents.add(path)
            continue
        for file in _files_in_folder(path):
            (_find_group(file, documents, own_outputs, other_files)).add(file)
    return FoundFiles(
        *(
            tuple(sorted(files, key=_name_order))
            for files in (documents, own_outputs - documents, other_files - documents)
        )
    )


def find_documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to read; see ``search_paths``."""
    return search_paths(paths).documents


def _name_order(path: Path) -> tuple[str, str]:
    return path.name, path.as_posix()


def _find_group(
    file: Path, documents: set[Path], own_outputs: set[Path], other_files: set[Path]
) -> set[Path]:
    """Return the group that a file in a folder belongs to."""
    ending = file.suffix.casefold()
    if ending in _OWN_ENDINGS:
        with suppress(OSError), file.open("rb") as stream:  # reading it will say what is wrong
            if is_own_output(stream):
                return own_outputs
            stream.seek(0)
            if ending == ".json" and not is_record(stream.read(HEAD_BYTES)):
                return other_files
    return documents if ending in SEARCHED_ENDINGS or not file.is_file() else other_files


def _files_in_folder(folder: Path) -> Iterator[Path]:
    """Yield all files of a folder and the folders in it that may not be read."""
    unreadable: list[Path] = []
    for root, folders, names in os.walk(
        folder, onerror=lambda error: unreadable.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root, name)
    yield from unreadable
