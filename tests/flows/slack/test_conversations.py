"""Conversations: they outlive the bot, belong to one user in one thread, and can be deleted."""

from __future__ import annotations

import subprocess
import time
from datetime import timedelta
from pathlib import Path

from assistant.history.database import utc_now
from assistant.history.store import Kept
from index.home.paths import Home
from index.upkeep.settled_clock import Running, SettledClock
from tests.assistant.history.kept_values import answer, turn
from tests.commands import residency
from tests.flows.slack.conftest import OVER_SOCKET, Bot
from tests.flows.slack.seen import LOGS, answer_in, asked, owner, texts
from tests.ui.slack.fake import FakeSlack

pytestmark = OVER_SOCKET
_AGAIN_S = 1
FOLDERS = "Are public folders supported in Multi-Geo?"
MOVED = "and can they be moved to satellite locations?"


def _forget(home: Path, user_owner: str) -> str:
    done = residency("conversations", "forget", "--owner", user_owner, home=home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _files_with(home: Path, text: str) -> list[Path]:
    # A process that reads the files of SQLite itself loses the locks that it has on them.
    found = subprocess.run(
        ["grep", "-rlaF", text, str(home)], capture_output=True, text=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr
    return [Path(line) for line in found.stdout.splitlines()]


def _standalone(bot: Bot, user_owner: str) -> list[str]:
    """Return what the questions of an owner were understood as."""
    threads = Kept(bot.home).threads
    return [
        turn.standalone
        for one in threads.conversations(user_owner)
        for turn in threads.turns(user_owner, one.thread)
    ]


def test_a_conversation_goes_on_after_the_bot_was_killed(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    both = slack.mention(user, "C0ROOM", FOLDERS)
    slack.deliver(*both)
    ts = both[0].body["event"]["ts"]
    answer_in(slack, "C0ROOM", ts)
    bot.kill()
    bot.start()
    slack.deliver(slack.post("C0ROOM", user, MOVED, ts))
    follows = answer_in(slack, "C0ROOM", ts, 2)
    assert "satellite" in texts(follows)
    _, leaned = _standalone(bot, owner(slack, user))
    assert "public folders" in leaned.lower()


def test_a_question_leans_on_nothing_of_other_threads_channels_and_users(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    slack.channel("C0OTHER", name="other")
    both = slack.mention(user, "C0ROOM", FOLDERS)
    slack.deliver(*both)
    root = both[0].body["event"]["ts"]
    answer_in(slack, "C0ROOM", root)
    elsewhere = slack.mention(user, "C0OTHER", MOVED)
    beside = slack.mention(user, "C0ROOM", MOVED)
    other = f"{user}4"
    within = slack.mention(other, "C0ROOM", MOVED, root)
    slack.deliver(*elsewhere, *beside, *within)
    answer_in(slack, "C0OTHER", elsewhere[0].body["event"]["ts"])
    answer_in(slack, "C0ROOM", beside[0].body["event"]["ts"])
    answer_in(slack, "C0ROOM", root, 2)
    understood = _standalone(bot, owner(slack, user)) + _standalone(bot, owner(slack, other))
    assert sorted(understood) == sorted([FOLDERS, *[MOVED] * 3])


def test_what_is_forgotten_is_in_no_file_and_is_not_answered(
    bot: Bot, slack: FakeSlack, user: str
) -> None:
    secret = f"quxolotl{user.lower()}"
    channel, thread, said = asked(slack, user, f"{LOGS[:-1]} at {secret}?")
    slack.deliver(slack.press(user, channel, said.ts, "feedback", "up"))
    slack.trouble("ratelimited", "chat.*", every=1, times=20, retry_after=str(_AGAIN_S))
    waits = slack.dm(user, f"How long does {secret} wait?", thread)
    slack.deliver(waits)
    slack.wait(lambda: [one for one in slack.calls() if one.outcome == "ratelimited"])
    assert _files_with(bot.home, secret)
    assert "1 answers deleted" not in _forget(bot.home, owner(slack, f"{user}1"))
    assert "2 answers deleted" in _forget(bot.home, owner(slack, user))
    slack.calm()
    slack.wait(lambda: _files_with(bot.home, secret) == [], 3)
    assert _standalone(bot, owner(slack, user)) == []
    before = len(slack.answers(channel))
    # One that was being answered would be tried again by now.
    time.sleep(_AGAIN_S + 0.5)
    assert len(slack.answers(channel)) == before
    assert _files_with(bot.home, secret) == []


def _let_clock_settle(home: Path) -> None:
    """Look at the clock of a home as if it had gone on evenly for two days."""
    path = Home(home).clock
    path.unlink(missing_ok=True)
    now, seconds = utc_now(), time.clock_gettime(time.CLOCK_BOOTTIME)
    start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    for ago in (timedelta(days=2), timedelta()):
        running = Running(start, seconds - ago.total_seconds())
        doubted = SettledClock(path, lambda at=now - ago: at, lambda one=running: one)
        is_doubted = doubted.doubted_since() is not None
    assert not is_doubted


def test_what_is_old_is_deleted_when_the_bot_starts(bot: Bot, slack: FakeSlack, user: str) -> None:
    mine = owner(slack, user)
    old = Kept(bot.home, now=lambda: utc_now() - timedelta(days=31)).threads
    recent = Kept(bot.home, now=lambda: utc_now() - timedelta(days=29)).threads
    old.add(mine, "slack:T:C:1.1", turn("quxolotlold"), answer("a-old", "quxolotlold"))
    recent.add(mine, "slack:T:C:2.2", turn("Asked lately?"), answer("a-new"))
    bot.stop()
    _let_clock_settle(bot.home)
    bot.environment["RESIDENCY_RETENTION_DAYS"] = "30"
    bot.start()
    del bot.environment["RESIDENCY_RETENTION_DAYS"]
    slack.wait(lambda: '"event": "retention"' in bot.said())
    threads = Kept(bot.home).threads
    assert [one.thread for one in threads.conversations(mine)] == ["slack:T:C:2.2"]
    assert bot.waiting() == 0
    assert _files_with(bot.home, "quxolotlold") == []
