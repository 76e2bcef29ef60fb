"""`residency build`: finished indexes that machines share by a store."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import typer

from assistant.errors import SettingsError
from assistant.settings import Settings, build_store_of, server_of
from index.build_store.collect import Listing, listings
from index.build_store.fetch import Outcome
from index.build_store.published import opened
from index.build_store.sharing import collect_from, fetch_into, publish_from
from index.build_store.store_address import SETTING, BuildStore
from index.home.manifest import FORMAT
from ui.errors import ListError
from ui.shared.opened import say
from ui.shared.terminal_text import inert

app = typer.Typer(
    help="Publish finished indexes to a store that machines share, and fetch them from it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_UNITS = {"m": 60.0, "h": 3600.0, "d": 86400.0}
_MB = 2**20
Wait = Annotated[float, typer.Option(min=0, help="Seconds to wait for others that write.")]


@app.command("publish")
def publish_build(
    anew: Annotated[
        bool, typer.Option("--anew", help="Write every file again, those that are there too.")
    ] = False,
    wait: Wait = 1.0,
) -> None:
    """Publish the index of this home; `residency index` does so whenever it has built one."""
    settings, store = _store()
    done = publish_from(
        settings.home, store, server_of(settings), wait_s=wait, anew=anew, progress=_tell
    )
    print(f"build {done.name}: {done.files} files, {done.bytes / _MB:.1f} MB written")


@app.command("fetch")
def fetch_build(
    again: Annotated[
        bool, typer.Option("--again", help="Also where this home has the build already.")
    ] = False,
    wait: Wait = 1.0,
) -> None:
    """Fetch the published index into this home; a running server does so by itself."""
    settings, store = _store()
    found = fetch_into(
        settings.home, store, server_of(settings), wait_s=wait, again=again, progress=_tell
    )
    if found.outcome is Outcome.NOTHING:
        print(f"{store.address}: {found.outcome}")
        return
    taken = f", {found.bytes / _MB:.1f} MB" if found.outcome is Outcome.FETCHED else ""
    print(f"build {found.build or 'of this home'}: {found.outcome}{taken}")


@app.command("list")
def list_builds() -> None:
    """List the builds of the store: which is current, and which homes have them."""
    _, store = _store()
    found = listings(opened(store))
    if not found:
        print(f"{store.address}: {Outcome.NOTHING}")
    for one in found:
        print(inert(_line(one)))


@app.command("collect")
def collect_builds(
    after: Annotated[
        str, typer.Option(help="Keep what was replaced or reported since: 30m, 24h, 7d.")
    ] = "24h",
    wait: Wait = 1.0,
) -> None:
    """Delete builds of the store that were replaced and that no home reports any more.

    Publishing does so too, for those of more than a day ago. The current one stays.
    """
    settings, store = _store()
    gone = collect_from(
        store, server_of(settings), wait_s=wait, after_s=_seconds(after), progress=_tell
    )
    print(f"{len(gone.builds)} builds, {gone.files} files, {gone.bytes / _MB:.1f} MB deleted")


def _store() -> tuple[Settings, BuildStore]:
    settings = Settings.load()
    store = build_store_of(settings)
    if store is None:
        raise SettingsError(
            f"{SETTING}: not set, so that no index is shared. Set it as file:///FOLDER or "
            "s3://BUCKET/PLACE"
        )
    return settings, store


def _line(one: Listing) -> str:
    if one.build is None:
        return f"{one.name}  damaged: nobody can fetch it{' (current)' if one.current else ''}"
    size = f"{one.build.size / _MB:.1f} MB"
    if one.pointer is None:
        return f"{one.name}  published by half, never taken  {size}"
    told = [
        one.name, f"{one.pointer.published} by {one.pointer.by}", size, _state(one), _homes(one)
    ]  # fmt: skip
    if one.build.format != FORMAT:
        told.append(f"format {one.build.format}, this version reads {FORMAT}")
    return "  ".join(filter(None, told))


def _state(one: Listing) -> str:
    if one.current:
        return "current"
    when = datetime.fromtimestamp(one.since, UTC).isoformat(timespec="seconds")
    return f"replaced {when}"


def _homes(one: Listing) -> str:
    names = sorted({report.host for report in one.homes})
    return f"on {', '.join(names)}" if names else ""


def _seconds(after: str) -> float:
    found = re.fullmatch(r"\s*(\d{1,6})\s*([mhd])\s*", after)
    if found is None:
        raise ListError(f"--after {after}: no time. Write it as 30m, 24h or 7d")
    return int(found[1]) * _UNITS[found[2]]


def _tell(text: str) -> None:
    say(inert(text))
