"""``iku cache``: what builds keep."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.options import CACHE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cache import Store

_address = click.argument("address", metavar="CACHE", envvar="IKU_CACHE")
DAYS = 7.0


@click.group(short_help="What builds keep: show, verify, prune.")
def cache() -> None:
    """Look after the cache CACHE of `iku build`: DIR/.iku-cache, or what --cache named.

    A cache may be deleted at any time; the next build then computes everything anew. Only what a build put
    there is looked at or taken away; a folder that is no cache is refused.
    """


@cache.command(short_help="What lies in it.")
@_address
def show(address: str) -> None:
    """Count the entries and bytes of CACHE, by kind."""
    from pipeline.cache.tending import content

    with _cache(address) as store:
        found = content(store)
    for kind in sorted(found.entries):
        click.echo(f"{kind:10} {found.entries[kind]:8} entries {_size(found.size[kind]):>12}", err=True)
    total = f"{found.entries.total():8} entries {_size(found.size.total()):>12}"
    click.echo(f"{'all':10} {total}", err=True)


@cache.command(short_help="Check every entry's checksum; damaged ones are taken away.")
@_address
def verify(address: str) -> None:
    """Read every entry of CACHE and DELETE those that are damaged: the next build makes them again."""
    from pipeline.cache.tending import damaged
    from pipeline.cli.files import leave

    with _cache(address) as store:
        found = damaged(store)
    for name in found:
        click.echo(f"{name}: damaged, taken away.", err=True)
    click.echo(f"{len(found)} damaged.", err=True)
    leave(Exit.FINDINGS if found else Exit.FINE)


@cache.command(short_help="Take away what is no longer needed.")
@_address
@click.option(
    "--days",
    type=click.FloatRange(0),
    default=DAYS,
    show_default=True,
    help="Only what is older; builds that are at work need what is young.",
)
@click.option("--all", "everything", is_flag=True, help="Everything, whatever its age.")
def prune(address: str, days: float, everything: bool) -> None:
    """Take away the entries of CACHE that no last build into any folder stands on."""
    from pipeline.cache import tending

    with _cache(address) as store:
        count, size = tending.prune(store, days, everything=everything)
    click.echo(f"{count} entries taken away, {_size(size)}.", err=True)


@contextmanager
def _cache(address: str) -> Iterator[Store]:
    """The cache at an address; what is none, or cannot be read or written, is told."""
    from pipeline.cache import CacheError
    from pipeline.cache.tending import is_cache
    from pipeline.cli.files import leave

    store = _store(address)
    try:
        if not is_cache(store):
            raise click.BadParameter(f"{address} is no cache of iku{_near(address)}.", param_hint="CACHE")
        yield store
    except CacheError as error:
        click.echo(str(error), err=True)
        leave(Exit.FINDINGS)


def _store(address: str) -> Store:
    from pathlib import Path

    from pipeline.cache import Store, place_at
    from pipeline.cache.places import is_remote

    if not is_remote(address) and not Path(address).is_dir():
        raise click.BadParameter(f"there is no cache at {address}", param_hint="CACHE")
    try:
        return Store(place_at(address))
    except (ValueError, ImportError) as error:  # no such protocol, or its library is not installed
        raise click.BadParameter(f"{address}: {error}", param_hint="CACHE") from None


def _near(address: str) -> str:
    """Where the cache is, if the folder of a build's outputs was given."""
    from pathlib import Path

    inside = Path(address, CACHE)
    return f"; there is one at {inside}" if inside.is_dir() else ""


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"
