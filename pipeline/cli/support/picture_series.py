"""Pictures that are pages of one decree: put together with ``--as-one``, offered where they look like it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.errors import ReadStatus
from extractors.picture_archive import combine_pictures, natural_order
from pipeline.cli.support.exit_codes import ExitCode
from pipeline.cli.support.standard_streams import STANDARD_INPUT, exit_with, print_read_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PICTURE_ENDINGS = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff"))
_LAST_NUMBER = re.compile(r"(\d{1,9})(?=\D*$)")
_INCOMPLETE = frozenset((ReadStatus.NO_TABLE, ReadStatus.OTHER_DECREE))
"""What reading a page by itself comes to, where it lacks the table or the heading."""


def combine_as_one(paths: tuple[str, ...], name: str | None) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """Return the paths without the pictures among them, and those pictures as one document of this name.

    Pictures of a folder are ordered by the numbers in their names; those that are named keep their order.
    """
    if name is None:
        return paths, {}
    import extractors

    pictures, other_paths = _collect_pictures(paths)
    if not pictures:
        raise click.BadParameter("There is no picture under the given paths.", param_hint="--as-one")
    try:
        data = combine_pictures([extractors.read_content(path) for path in pictures])
    except extractors.ReadError as error:
        print_read_error(name, error)
        exit_with(ExitCode.FINDINGS)
        raise
    listed_names = ", ".join(path.name for path in pictures)
    click.echo(f"{name}: {len(pictures)} pictures read as one document: {listed_names}.", err=True)
    return other_paths, {name: data}


def _collect_pictures(paths: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the pictures under the paths, and the paths of everything else."""
    pictures: list[Path] = []
    other_paths: list[str] = []
    for path in paths:
        if path == STANDARD_INPUT:
            other_paths.append(path)
        elif Path(path).is_dir():
            files = sorted((f for f in Path(path).iterdir() if not f.name.startswith(".")), key=natural_order)
            pictures += (file for file in files if _is_picture(file))
            other_paths += (str(file) for file in files if not _is_picture(file))
        elif _is_picture(Path(path)):
            pictures.append(Path(path))
        else:
            other_paths.append(path)
    return pictures, tuple(other_paths)


def _is_picture(path: Path) -> bool:
    return path.suffix.casefold() in PICTURE_ENDINGS


def find_picture_series(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the names of pictures that differ in a running number alone, as photographs of one decree do.

    >>> find_picture_series(["IMG_7.jpg", "IMG_8.jpg", "IMG_12.jpg", "sk.pdf"])
    [('IMG_7.jpg', 'IMG_8.jpg')]
    """
    numbered_names: dict[str, list[tuple[int, str]]] = {}
    for name in set(names):
        match = _LAST_NUMBER.search(Path(name).stem)
        if _is_picture(Path(name)) and match is not None:
            pattern = f"{name[: match.start()]}#{name[match.end() :]}".casefold()
            numbered_names.setdefault(pattern, []).append((int(match.group()), name))
    series: list[list[str]] = []
    for _, members in sorted(numbered_names.items()):
        members.sort()
        series.append([members[0][1]])
        for (previous, _), (number, name) in pairwise(members):
            if number == previous + 1:
                series[-1].append(name)
            else:
                series.append([name])
    return [tuple(names) for names in series if len(names) > 1]


def offer_as_one(names: Iterable[str], incomplete_names: Iterable[str]) -> None:
    """Say which pictures look like pages of one decree: a series of which one does not stand by itself."""
    incomplete = set(incomplete_names)
    for series in find_picture_series(names):
        if incomplete.intersection(series):
            click.echo(
                f"{series[0]} … {series[-1]}: {len(series)} pictures that look like pages of one decree. "
                "To read them as one, name them in order with --as-one NAME.",
                err=True,
            )


def incomplete_pictures(failures: Iterable[tuple[str, str]]) -> list[str]:
    """Return the names of files that lack what a decree needs, from names and statuses."""
    return [name for name, status in failures if status in _INCOMPLETE]
