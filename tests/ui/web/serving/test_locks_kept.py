"""What serves opens its stores by SQLite alone: closing one otherwise drops the locks on it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.settings import Settings
from index.upkeep.backup import backup
from index.upkeep.doctor import inspect
from tests.ui.conftest import serving
from ui.web.serving.home_stores import kept_checks

_watched: list[Path] = []
_opened: list[str] = []


def _note(event: str, details: tuple[object, ...]) -> None:
    if event != "open" or not _watched or not isinstance(details[0], str | os.PathLike):
        return
    path, flags = Path(details[0]), details[2]
    makes = isinstance(flags, int) and bool(flags & os.O_EXCL)
    if path.parent == _watched[0] and path.suffix == ".sqlite" and not makes:
        _opened.append(str(path))


@contextmanager
def _watching(home: Path) -> Iterator[None]:
    # A hook stays for good: it notes nothing while nothing is watched.
    sys.addaudithook(_note)
    _watched[:], _opened[:] = [home], []
    try:
        yield
    finally:
        _watched.clear()


def test_a_look_at_the_stores_of_a_page_opens_them_by_sqlite_alone(
    untouched_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    settings = Settings(home=home, questions_per_minute=0)
    with serving(settings) as page, _watching(home):
        asked = {"question": "How long are Intune audit logs kept?", "thread": ""}
        assert httpx.post(f"{page}answers", json=asked, timeout=60).status_code == 200
        assert httpx.get(f"{page}readyz", timeout=30).status_code == 200
        assert all(one.ok for one in kept_checks(settings))
        assert inspect(home)
        backup(home, tmp_path / "home.tar.gz", embedded=True)
        assert _opened == []
        # The watch sees what it is to see.
        (home / "conversations.sqlite").read_bytes()
        assert _opened == [str(home / "conversations.sqlite")]
