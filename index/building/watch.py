"""Builds the index whenever what it is built of changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from index.building.build import Progress, build_index
from index.building.options import Options
from index.errors import IndexingError
from index.home.added_sources import Registry
from index.home.paths import Home

_SETTLED_MS = 1_500
"""Milliseconds within which several changes count as one."""
_LOOK_MS = 1_000
_ROUND = 60
"""Looks without a notice of a change, a second each, after which the documents are looked at all
the same: network folders give no notices."""


def watch(
    root: Path,
    options: Options,
    *,
    stop: threading.Event,
    progress: Progress = lambda message: None,
    built: Callable[[str], None] = lambda build: None,
) -> None:
    """Build now and after every change until `stop` is set.

    `built` hears the id of each build. A build that fails is told by `progress` and tried again
    with the next change: the last index goes on answering.
    """
    home = Home(root)
    home.create()
    for _ in _changes(home, stop):
        try:
            built(build_index(root, options=options, progress=progress))
        except IndexingError as error:
            progress(str(error))


def _changes(home: Home, stop: threading.Event) -> Iterator[None]:
    """Yield once at the start, and then whenever something changed or a round is over.

    The notices begin before the first build: what changes during a build is not missed.
    """
    from watchfiles import watch as watched

    while not stop.is_set():
        paths = _watched(home)
        notices = watched(
            *paths, stop_event=stop, debounce=_SETTLED_MS, rust_timeout=_LOOK_MS,
            yield_on_timeout=True, ignore_permission_denied=True,
        )  # fmt: skip
        for look, changes in enumerate(notices):
            if changes or look % _ROUND == 0:
                yield
            if _watched(home) != paths:
                break


def _watched(home: Home) -> list[Path]:
    """Return the folders and files to watch; of what is not there, the nearest that is."""
    paths = [home.documents, *(source.path for source in Registry(home.registry).sources())]
    return sorted({_nearest(path) for path in paths})


def _nearest(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
