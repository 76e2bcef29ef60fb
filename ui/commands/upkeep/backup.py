"""`residency backup` and `residency restore`: a home in one file, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings, database_of
from index.upkeep.backup import backup as pack
from index.upkeep.backup import default_name
from index.upkeep.backup import restore as bring_back
from ui.shared.terminal_text import inert


def backup(
    target: Annotated[
        Path | None, typer.Argument(help="File to make, or the folder for it; here by default.")
    ] = None,
    embedded: Annotated[
        bool,
        typer.Option("--embedded", help="Take in embedded texts, which save time and can be huge."),
    ] = False,
) -> None:
    """Pack index, documents, sources and conversations into one file, while others go on."""
    place, settings = target or Path(), Settings.load()
    done = pack(
        settings.home,
        place / default_name() if place.is_dir() else place,
        embedded=embedded,
    )
    packed = _size(done.path.stat().st_size)
    print(f"{done.path}: {_what(done.build)}, {done.files} files, {_size(done.bytes)} in {packed}")
    _say(done.notes)
    if server := database_of(settings):
        _say([_NOT_IN_IT.format(server=server)])


_NOT_IN_IT = (
    "conversations, approved answers, questionnaires and the model's replies are in {server} and "
    "not in it: keep those with pg_dump"
)


def restore(
    archive: Annotated[Path, typer.Argument(help="File that `residency backup` made.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what is in the home folder.")
    ] = False,
) -> None:
    """Bring a home folder back from a backup."""
    home = Settings.load().home
    done = bring_back(archive, home, replace=replace)
    kept = f"; what was there is in {done.replaced}" if done.replaced else ""
    print(f"{home}: {_what(done.build)}, {done.files} files, {_size(done.bytes)} restored{kept}")
    _say(done.notes)
    _say(
        f"{source} is not on this machine: the next `residency index` drops its documents"
        for source in done.missing
    )


def _what(build: str) -> str:
    return f"index {build}" if build else "no index"


def _size(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"


def _say(notes: Iterable[str]) -> None:
    for note in notes:
        print(f"residency: {inert(note)}", file=sys.stderr)
