"""`residency index`: builds the index of the documents, once or whenever they change."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings, build_options
from index.building.build import build_index
from index.building.options import Options
from index.building.watch import watch as build_on_change
from index.home.manifest import read_manifest
from index.home.paths import Home
from ui.shared.opened import say
from ui.shared.terminal_text import inert


def index(
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: build again whenever documents change.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try files again that failed and did not change.")
    ] = False,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another process that builds.")
    ] = 1.0,
) -> None:
    """Build the index of the documents; does nothing when nothing changed."""
    settings = Settings.load()
    options = build_options(settings, wait, retry=retry)
    if watch:
        _watch(settings, options)
        return
    started = time.perf_counter()
    build = build_index(settings.home, options=options, progress=lambda text: say(inert(text)))
    if _told(settings.home, build, time.perf_counter() - started):
        raise typer.Exit(1)


def _watch(settings: Settings, options: Options) -> None:
    say("watching the documents; interrupt to stop")
    build_on_change(
        settings.home,
        options,
        stop=threading.Event(),
        progress=lambda text: say(inert(text)),
        built=lambda build: None,
    )


def _told(home: Path, build: str, seconds: float) -> int:
    """Tell what an index holds; return how many files failed."""

    manifest = read_manifest(Home(home).current())
    line = f"index {build}: {len(manifest.documents)} documents, {manifest.chunks} chunks"
    failed = manifest.counts["failed files"]
    if failed:
        line += f", {failed} files failed (`residency corpus status --failed`)"
    print(f"{line}, {seconds:.1f} s")
    return failed
