"""What a home keeps is for its owner alone, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.history.feedback import Rating
from assistant.settings import Settings
from corpus.intake.describe import Given
from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.building.uploads import take_upload
from index.home.added_sources import Registry
from index.home.edition_store import EditionStore
from index.home.paths import Home
from index.upkeep.backup import backup, restore
from index.upkeep.private_files import private_files
from index.upkeep.settled_clock import SettledClock
from tests.index.conftest import SMALL
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE


@pytest.fixture
def _open_umask() -> Iterator[None]:
    """Have files made for everybody, where nobody says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(root: Path) -> list[str]:
    """Return what others can reach and read below a folder that they may look into."""
    found = []
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [one for one in folders if (here / one).stat().st_mode & 0o077]
        found += [str((here / one).relative_to(root)) for one in folders]
        found += [
            str((here / one).relative_to(root))
            for one in files
            if (here / one).stat().st_mode & 0o077
        ]
    return sorted(found)


def use(root: Path, upload: Path) -> None:
    """Make every store of a home, as the commands, the page and the bot do."""
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    upload.write_text(SMALL, encoding="utf-8")
    take_upload(home, upload, "quay.md", Given())
    build_index(root)
    with closing(Assistant.open(Settings(home=root))) as assistant:
        answer = assistant.ask("Where are files of Quay stored?", thread="one", owner="web:ann")
        assistant.give_feedback(answer.id, Rating.UP, owner="web:ann")
    EditionStore(home.editions).in_use()
    SettledClock(home.clock).doubted_since()
    with closing(Inbox(root / FILE)) as inbox, inbox.hold():
        inbox.waiting()


@pytest.mark.usefixtures("_open_umask")
def test_whatever_the_umask_a_home_is_for_its_owner_alone(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir(mode=0o755)
    use(given, tmp_path / "upload.md")
    assert open_to_others(given) == []
    assert private_files(given).ok
    backup(given, tmp_path / "kept.tar.gz")
    restore(tmp_path / "kept.tar.gz", tmp_path / "again")
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0
    (tmp_path / "again").chmod(0o755)
    assert open_to_others(tmp_path / "again") == []


@pytest.mark.usefixtures("_open_umask")
def test_a_home_that_is_made_is_closed_to_others(tmp_path: Path) -> None:
    Home(tmp_path / "new").create()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["conversations.sqlite", "current", "builds"])
def test_what_others_can_read_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / "home")
    home.create()
    one = home.root / name
    if name != "builds":
        one.touch(mode=0o600)
    one.chmod(0o755 if one.is_dir() else 0o640)
    assert private_files(home.root).ok, "the home keeps others out"
    home.root.chmod(0o755)
    check = private_files(home.root)
    assert not check.ok
    assert f"can read {name}. Run `chmod -R go= {home.root}`" in check.detail
    one.chmod(one.stat().st_mode & ~0o077)
    assert private_files(home.root).ok


def test_of_many_the_first_are_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for number in range(9):
        (tmp_path / f"{number}.sqlite").touch()
        (tmp_path / f"{number}.sqlite").chmod(0o644)
    assert "4.sqlite and 4 more" in private_files(tmp_path).detail
