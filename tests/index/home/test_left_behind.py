"""What a killed process leaves goes at the next start; what somebody works on stays."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from index.home.faults.held_folder import clear_folders, held_folder
from index.home.faults.left_behind import (
    BACKUP,
    REPLACED,
    clear_left,
    kept_aside,
    noted_backup,
    restoring,
)
from index.home.paths import Home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no locks that end with a process")


def _die_within(parent: Path, prefix: str) -> Path:
    """Return a folder that a process held which was killed."""

    def work() -> None:
        with held_folder(parent, prefix) as folder:
            (folder / "part").write_text("begun")
            os._exit(9)

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(30)
    (left,) = (one for one in parent.iterdir() if one.name.startswith(prefix))
    return left


def test_a_held_folder_is_gone_at_the_end_and_stays_until_then(tmp_path: Path) -> None:
    with held_folder(tmp_path, ".a-") as folder:
        (folder / "file").touch()
        clear_folders(tmp_path, ".a-")
        assert (folder / "file").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_held_goes(tmp_path: Path) -> None:
    left = _die_within(tmp_path, ".a-")
    (tmp_path / ".another").mkdir()
    with held_folder(tmp_path, ".a-") as folder:
        clear_folders(tmp_path, ".a-")
        assert folder.exists()
    assert not left.exists()
    assert [one.name for one in tmp_path.iterdir()] == [".another"]


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch()
    (tmp_path / ".a-link").symlink_to(tmp_path / "elsewhere")
    clear_folders(tmp_path, ".a-")
    assert (tmp_path / "elsewhere" / "file").exists()


def test_the_folder_of_a_killed_backup_is_found_by_its_note(tmp_path: Path) -> None:
    home, place = Home(tmp_path / "home"), tmp_path / "backups"
    home.create()
    place.mkdir()
    left = _die_within(place, BACKUP)
    home.unfinished.mkdir()
    (home.unfinished / "note").write_text(str(place))
    with noted_backup(home, place), held_folder(place, BACKUP) as lively:
        clear_left(home)
        assert lively.exists()
        assert home.unfinished.exists()
    assert not left.exists()
    clear_left(home)
    assert not home.unfinished.exists()


def test_a_note_deletes_nothing_but_folders_of_backups(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    (home.unfinished).mkdir()
    (tmp_path / "precious").mkdir()
    (home.unfinished / "a").write_text(str(tmp_path))
    (home.unfinished / "b").write_text("relative/../path")
    clear_left(home)
    assert (tmp_path / "precious").exists()
    assert not home.unfinished.exists()


def test_a_home_that_a_killed_restore_moved_aside_is_put_back(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    left = _die_within(tmp_path, restoring(home.root))
    before = tmp_path / f"{kept_aside(home.root)}1"
    before.mkdir()
    (before / "conversations.sqlite").write_text("kept")
    (left / REPLACED).write_text(before.name)
    (left / home.root.name).mkdir()
    clear_left(home)
    assert (home.root / "conversations.sqlite").read_text() == "kept"
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


def test_a_home_that_was_replaced_stays_aside(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    left = _die_within(tmp_path, restoring(home.root))
    before = tmp_path / f"{kept_aside(home.root)}1"
    before.mkdir()
    (before / "conversations.sqlite").write_text("kept")
    (left / REPLACED).write_text(before.name)
    (tmp_path / f"{kept_aside(home.root)}2" / "builds").mkdir(parents=True)
    clear_left(home)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", before.name]


def test_a_name_that_leads_elsewhere_is_not_put_back(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    left = _die_within(tmp_path, restoring(home.root))
    (tmp_path / "other").mkdir()
    (left / REPLACED).write_text("other")
    clear_left(home)
    assert [one.name for one in tmp_path.iterdir()] == ["other"]


def test_files_that_were_being_written_go_once_nobody_can_be_writing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    uploads = home.documents / "uploads"
    uploads.mkdir()
    old = [home.root / "current.12.new", uploads / ".a.md.part"]
    for path in old:
        path.touch()
        os.utime(path, (time.time() - 3600,) * 2)
    young = uploads / ".b.md.part"
    young.touch()
    (uploads / "a.md").write_text("# A")
    clear_left(home)
    assert not any(map(Path.exists, old))
    assert young.exists()
    assert (uploads / "a.md").exists()


def test_folders_of_builds_and_encoders_that_were_begun_go(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    (home.builds / ".abc.123").mkdir()
    (home.builds / ".abc.fetch").mkdir()
    (home.models / ".def.456").mkdir()
    clear_left(home)
    assert [one.name for one in home.builds.iterdir()] == [".abc.fetch"]
    assert list(home.models.iterdir()) == []
