"""A home on a disk that is full, or may not be written: each store says so, and answers go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.errors import AssistantError, LibraryError
from assistant.history.feedback import Rating
from assistant.model.chat_model import Usage
from assistant.model.ledger import Ledger
from assistant.model.session import LEDGER
from assistant.settings import Settings
from assistant.types import Answer, Profile
from corpus.errors import CorpusError
from corpus.intake.describe import UNDESCRIBED
from index.building.build import build_index
from index.building.documents import add
from index.building.uploads import take_upload
from index.errors import IndexingError
from index.home.edition_store import EditionStore
from index.home.paths import Home
from index.upkeep.backup import backup
from tests.commands import residency
from tests.index.home.test_edition_store import fresh
from tests.sharing import made_once
from tests.soak import whole_home
from tests.soak.whole_home import OWNER, QUESTION, SAYS, USERS
from tests.ui.slack.told import asked
from ui.errors import UiError
from ui.questionnaires.jobs import Jobs
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE as INBOX
from ui.web.access.users_file import Users
from ui.web.serving.home_stores import faults

_SPARE_MB = 12
_LETS_GO_S = 20.0
_MUST_FAIL = {"upload", "user", "questionnaire", "arrival", "edition", "backup"}
"""What needs more room than a store may have left within its file."""
_MENDABLE = (AssistantError, CorpusError, IndexingError, UiError)


class _Disk:
    """A home on a disk of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.home = place / "home"
        self._filler = place / "filler"

    def fill(self) -> None:
        """Take all that is left."""
        with self._filler.open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass

    def free(self) -> None:
        """Give it back."""
        self._filler.unlink()

    def remount(self, how: str) -> None:
        """Let it be written, or no more, once Chroma has let go of its files: it does so in a
        thread of its own, after the last that held it.
        """
        command = ["mount", "-o", f"remount,{how}", str(self.place)]
        until = time.monotonic() + _LETS_GO_S
        while (done := subprocess.run(command, capture_output=True, check=False)).returncode:
            assert time.monotonic() < until, (done.stderr, _open_files(self.place))
            time.sleep(0.1)


def _open_files(under: Path) -> list[str]:
    """Return which process has which file open."""
    found = []
    for one in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if str(one.readlink()).startswith(str(under)):
                found.append(f"{one}: {one.readlink()}")
    return found


@pytest.fixture
def disk(run_folder: Path, tmp_path: Path) -> Iterator[_Disk]:
    """A home with something in every store, on a disk with little more room than it takes."""
    whole = made_once(run_folder, "whole", whole_home.make)
    size = sum(one.size for one in whole_home.files(whole)) // 2**20 + _SPARE_MB
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        shutil.copytree(whole, place / "home")
        yield _Disk(place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _writes(disk: _Disk, assistant: Assistant, elsewhere: Path) -> dict[str, Callable[[], object]]:
    """Return a use of each store that writes."""
    home, root = Home(disk.home), disk.home
    document = elsewhere / "more.md"
    document.write_text("# Where Weir keeps keys\n\nKeys of Weir are stored in Narvik.\n")
    known = assistant.ask(QUESTION, owner="", keep=True, use_library=False)

    def told(arrival: int) -> None:
        with closing(Inbox(root / INBOX)) as inbox:
            inbox.put(asked(arrival, text="x" * 20_000))

    return {
        "judgement": lambda: assistant.give_feedback(known.id, Rating.UP, correction="x" * 1_900),
        "profile": lambda: assistant.keep_profile("ann", Profile(country="Sweden")),
        "approval": lambda: whole_home.approve(assistant, known.id),
        "source": lambda: add(home, str(document)),
        "upload": lambda: take_upload(home, document, "weir.md", UNDESCRIBED),
        "index": lambda: build_index(root),
        "edition": lambda: EditionStore(home.editions).take(fresh(os.urandom(20_000).hex())),
        "user": lambda: Users(root / USERS).add("ben", "another pass phrase"),
        "questionnaire": lambda: Jobs.of(assistant).add(
            OWNER, whole_home.questions_file(elsewhere), "asked.csv"
        ),
        "arrival": lambda: told(2),
        "ledger": lambda: Ledger(root / LEDGER).spend(Usage(1, 1)),
        "backup": lambda: backup(root, disk.place / "backup.tar.gz"),
    }


def _said(
    disk: _Disk, assistant: Assistant, elsewhere: Path, spoil: Callable[[], None]
) -> dict[str, str]:
    """Return what each use says that fails; those that do not fail are not in it."""
    writes = _writes(disk, assistant, elsewhere)
    spoil()
    said = {}
    for name, write in writes.items():
        try:
            write()
        except _MENDABLE as error:
            said[name] = str(error)
    return said


def _answer(assistant: Assistant) -> Answer:
    return assistant.ask(QUESTION, thread="t", owner="")


def test_a_full_disk_is_named_in_every_store_and_answers_go_on(disk: _Disk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with closing(Assistant.open(Settings(home=disk.home))) as assistant:
        _answer(assistant)
        said = _said(disk, assistant, tmp_path / "elsewhere", disk.fill)
        answer = _answer(assistant)
        assert SAYS in answer.text
        assert any("not recorded" in one for one in answer.caveats)
        assert said.keys() >= _MUST_FAIL
        for name, told in {**said, "answer": answer.caveats[-1]}.items():
            assert "space" in told, (name, told)
            assert "ermissions" not in told, (name, told)
            assert "way to begin" not in told, (name, told)
    left = residency("ask", QUESTION, "--thread", "t", home=disk.home)
    assert (left.returncode, SAYS in left.stdout) == (0, True), left.stderr
    disk.free()
    whole = residency("doctor", home=disk.home, RESIDENCY_USERS_FILE=str(disk.home / USERS))
    assert "PROBLEM" not in whole.stdout.replace("PROBLEM  disk", ""), whole.stdout
    with closing(Assistant.open(Settings(home=disk.home))) as assistant:
        assert len(assistant.kept.threads.turns("", "t")) >= 2
        assert len(assistant.library.entries()) == 1


def test_a_home_that_may_not_be_written_answers_and_says_so_in_every_store(
    disk: _Disk, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    with closing(Assistant.open(Settings(home=disk.home))) as assistant:
        _writes(disk, assistant, tmp_path / "elsewhere")
    disk.remount("ro")
    left = residency("ask", QUESTION, "--thread", "t", home=disk.home)
    assert (left.returncode, SAYS in left.stdout) == (0, True), left.stderr
    assert "make the disk writable" in left.stdout
    with closing(Assistant.open(Settings(home=disk.home))) as assistant:
        assert len(assistant.kept.threads.turns("", "t")) == 1
        assert len(assistant.library.entries()) == 1
        assert assistant.profile("") == Profile(country="Norway")
        known = assistant.kept.threads.messages("", "t")[0].answer
        assert known is not None
        writes = {
            "judgement": lambda: assistant.give_feedback(known.id, Rating.UP),
            "profile": lambda: assistant.keep_profile("ann", Profile(country="Sweden")),
            "source": lambda: add(Home(disk.home), str(tmp_path)),
            "index": lambda: build_index(disk.home),
            "edition": lambda: EditionStore(Home(disk.home).editions).take(fresh("new")),
            "user": lambda: Users(disk.home / USERS).add("ben", "another pass phrase"),
            "questionnaire": lambda: Jobs.of(assistant).add(
                OWNER, whole_home.questions_file(tmp_path / "elsewhere"), "asked.csv"
            ),
            "ledger": lambda: Ledger(disk.home / LEDGER).spend(Usage(1, 1)),
            "backup": lambda: backup(disk.home, disk.home.parent / "backup.tar.gz"),
        }
        for name, write in writes.items():
            with pytest.raises(_MENDABLE) as raised:
                write()
            told = str(raised.value)
            assert "writable" in told or "you may write" in told, (name, told)
            assert "way to begin" not in told, (name, told)
            assert "Free space" not in told, (name, told)
    done = backup(disk.home, tmp_path / "elsewhere" / "backup.tar.gz")
    assert done.files > 10
    assert faults(Settings(home=disk.home)) == {}
    looked = residency("doctor", home=disk.home, RESIDENCY_USERS_FILE=str(disk.home / USERS))
    assert looked.returncode == 0, looked.stdout


def test_a_library_that_cannot_be_read_is_told_in_the_answer(
    run_folder: Path, tmp_path: Path
) -> None:
    whole = made_once(run_folder, "whole", whole_home.make)
    home = Path(shutil.copytree(whole, tmp_path / "home"))
    (home / "library.sqlite").write_bytes(b"no database" * 1_000)
    with closing(Assistant.open(Settings(home=home))) as assistant:
        answer = _answer(assistant)
        assert SAYS in answer.text
        told = " ".join(answer.caveats)
        assert "approved an answer" in told
        assert "library.sqlite" in told
        assert len(assistant.kept.threads.turns("", "t")) == 2
        with pytest.raises(LibraryError, match="Move the file away"):
            assistant.library.entries()
    assert faults(Settings(home=home)) == {"approved answers": "damaged"}
