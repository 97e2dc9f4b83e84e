"""``iku cache``: what builds keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.support.command_options import CACHE_FOLDER
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from pipeline.engine.cache import CacheStore

_cache_argument = click.argument("address", metavar="CACHE", envvar="IKU_CACHE")
PRUNE_AFTER_DAYS = 7.0


@click.group(short_help="What builds keep: show, verify, prune.")
def cache() -> None:
    """Look after the cache CACHE of `iku build`: DIR/.iku-cache, or what --cache named.

    A cache may be deleted at any time; the next build then computes everything anew. Only what a build put
    there is looked at or taken away; a folder that is no cache is refused.
    """


@cache.command(short_help="What lies in it.")
@_cache_argument
def show(address: str) -> None:
    """Count the entries and bytes of CACHE, by kind."""
    from pipeline.engine.cache.maintenance import count_contents

    statistics = count_contents(_open_cache(address))
    for kind in sorted(statistics.entries):
        click.echo(
            f"{kind:10} {statistics.entries[kind]:8} entries {_format_size(statistics.size[kind]):>12}",
            err=True,
        )
    total = f"{statistics.entries.total():8} entries {_format_size(statistics.size.total()):>12}"
    click.echo(f"{'all':10} {total}", err=True)


@cache.command(short_help="Check every entry's checksum; damaged ones are taken away.")
@_cache_argument
def verify(address: str) -> None:
    """Read every entry of CACHE and DELETE those that are damaged: the next build makes them again."""
    from pipeline.cli.support.standard_streams import exit_with
    from pipeline.engine.cache.maintenance import find_damaged

    damaged_names = find_damaged(_open_cache(address))
    for name in damaged_names:
        click.echo(f"{name}: damaged, taken away.", err=True)
    click.echo(f"{len(damaged_names)} damaged.", err=True)
    exit_with(ExitCode.FINDINGS if damaged_names else ExitCode.FINE)


@cache.command(short_help="Take away what is no longer needed.")
@_cache_argument
@click.option(
    "--days",
    type=click.FloatRange(0),
    default=PRUNE_AFTER_DAYS,
    show_default=True,
    help="Only what is older; builds that are at work need what is young.",
)
@click.option("--all", "everything", is_flag=True, help="Everything, whatever its age.")
def prune(address: str, days: float, everything: bool) -> None:
    """Take away the entries of CACHE that no last build into any folder stands on."""
    from pipeline.engine.cache import maintenance

    count, size = maintenance.prune_entries(_open_cache(address), days, everything=everything)
    click.echo(f"{count} entries taken away, {_format_size(size)}.", err=True)


def _open_cache(address: str) -> CacheStore:
    """Return the cache at an address. Raises BadParameter where there is none."""
    from pipeline.engine.cache.maintenance import is_cache

    store = _open_store(address)
    if not is_cache(store):
        raise click.BadParameter(
            f"{address} is no cache of iku{_nearby_cache_hint(address)}.", param_hint="CACHE"
        )
    return store


def _open_store(address: str) -> CacheStore:
    from pathlib import Path

    from pipeline.engine.cache import CacheStore, open_storage
    from pipeline.engine.cache.storage import is_remote

    if not is_remote(address) and not Path(address).is_dir():
        raise click.BadParameter(f"there is no cache at {address}", param_hint="CACHE")
    try:
        return CacheStore(open_storage(address))
    except (ValueError, ImportError) as error:  # no such protocol, or its library is not installed
        raise click.BadParameter(f"{address}: {error}", param_hint="CACHE") from None


def _nearby_cache_hint(address: str) -> str:
    """Where the cache is, if the folder of a build's outputs was given."""
    from pathlib import Path

    cache_folder = Path(address, CACHE_FOLDER)
    return f"; there is one at {cache_folder}" if cache_folder.is_dir() else ""


def _format_size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} kB"
