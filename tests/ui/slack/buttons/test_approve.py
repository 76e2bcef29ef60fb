"""Who approves an answer by Slack, and what is kept of it: from the press to the library."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.library.types import Entry, ToKeep
from assistant.settings import Settings
from assistant.types import Answer
from tests.assistant.library.library_values import ANA, approval
from tests.ui.slack.fake import FakeSlack, Payload
from tests.ui.slack.fake.client import Message
from ui.library.may_approve import slack_approver
from ui.slack.buttons.approve import APPROVE, APPROVE_BUTTON
from ui.slack.core import Core
from ui.slack.inbox.event_store import Inbox
from ui.slack.incoming.understood import understood
from ui.slack.outgoing.posting import Slack, web_client
from ui.slack.types import Offer, Ours
from ui.slack.worker import Workers

LOGS = "How long are Intune audit logs kept?"
NAMED = ("U0ANN=Ann Lee", "U0BOB")
_SOON_S = 60.0


@dataclass
class _Bot:
    """A bot at work for a fake workspace, with a library of its own."""

    assistant: Assistant
    fake: FakeSlack
    inbox: Inbox

    def told(self, payload: Payload) -> None:
        """Take what Slack tells, and wait until all is done."""
        arrival = understood(payload.body, Ours(self.fake.bot_user())).arrival
        assert arrival
        self.inbox.put(arrival)
        end = time.monotonic() + _SOON_S
        while self.inbox.waiting():
            assert time.monotonic() < end
            time.sleep(0.02)

    def asked(self, user: str, question: str = LOGS) -> Message:
        """Return the answer to a question in the room."""
        self.told(self.fake.mention(user, "C0ROOM", question)[0])
        return [one for one in self.fake.answers("C0ROOM") if _buttons(one)][-1]

    def press(self, user: str, answer: Message) -> str:
        """Press *Approve* below an answer; return what is said about it."""
        self.told(self.fake.press(user, "C0ROOM", answer.ts, APPROVE))
        return _said(self.fake.answers("C0ROOM")[-1])

    def entries(self) -> tuple[Entry, ...]:
        return self.assistant.library.entries()


@pytest.fixture
def bot(untouched_home: Path, tmp_path: Path) -> Iterator[_Bot]:
    home = Path(shutil.copytree(untouched_home, tmp_path / "home"))
    assistant = Assistant.open(Settings(home=home, slack_approvers=NAMED))
    with FakeSlack() as fake:
        with _working(assistant, fake, tmp_path) as inbox:
            yield _Bot(assistant, fake, inbox)
        assert fake.faults == []
    assistant.close()


@contextmanager
def _working(assistant: Assistant, fake: FakeSlack, path: Path) -> Iterator[Inbox]:
    settings = Settings(slack_api_url=f"{fake.url}/api/", slack_bot_token=SecretStr(fake.bot_token))
    inbox = Inbox(path / "slack.sqlite")
    slack = Slack(web_client(settings), fake.bot_user())
    with Workers(Core(assistant), slack, inbox).running():
        yield inbox
    inbox.close()


def _said(message: Message) -> str:
    """Return what a message says, without what keeps Slack from reading marks in it."""
    return message.text.replace("\u2060", "")


def _buttons(message: Message) -> list[str]:
    found = [each for block in message.blocks for each in block.get("elements", ())]
    return [str(one["action_id"]) for one in found if "action_id" in one]


def test_an_approver_keeps_an_answer_once_and_it_is_given_from_then_on(bot: _Bot) -> None:
    answer = bot.asked("U0ANN")
    assert APPROVE in _buttons(answer)
    said = bot.press("U0ANN", answer)
    (entry,) = bot.entries()
    assert f"Approved by Ann Lee ({entry.id})" in said
    assert (entry.question, entry.approval.approver) == (LOGS, "Ann Lee")
    assert not entry.stands_on_nothing
    bot.press("U0ANN", answer)
    assert len(bot.assistant.library.happened(entry.id)) == 1
    given = bot.asked("U0EVE")
    assert "Approved by Ann Lee on" in given.text
    assert APPROVE not in _buttons(given)


def test_nobody_else_sees_the_button_or_presses_it_to_effect(bot: _Bot) -> None:
    assert APPROVE not in _buttons(bot.asked("U0EVE"))
    answer = bot.asked("U0BOB")
    assert "RESIDENCY_SLACK_APPROVERS" in bot.press("U0EVE", answer)
    assert bot.entries() == ()
    assert "Approved by Slack user U0BOB" in bot.press("U0BOB", answer)


def test_an_answer_from_within_a_conversation_is_not_taken(bot: _Bot) -> None:
    first = bot.asked("U0ANN")
    told, _ = bot.fake.mention("U0ANN", "C0ROOM", f"And in the EU? {LOGS}", first.thread)
    bot.told(told)
    within = [one for one in bot.fake.answers("C0ROOM") if APPROVE in _buttons(one)][-1]
    assert within.ts != first.ts
    assert "message of its own" in bot.press("U0ANN", within)
    assert bot.entries() == ()


def test_an_answer_that_is_gone_is_refused_with_what_to_do(bot: _Bot) -> None:
    answer = bot.asked("U0ANN")
    bot.assistant.kept.threads.forget(f"slack:{answer.team}:U0ANN")
    said = bot.press("U0ANN", answer)
    assert "Approved" not in said
    assert bot.entries() == ()


def test_what_contradicts_names_the_commands_that_settle_it(bot: _Bot) -> None:
    answer = bot.asked("U0ANN")
    bot.assistant.library.keep((ToKeep(approval(LOGS, "For ten years.")),), ANA)
    said = bot.press("U0ANN", answer)
    assert "residency library withdraw ID" in said
    assert all(one.id in said for one in bot.entries())
    assert len(bot.entries()) == 2


def test_who_has_the_right_is_named_by_the_setting() -> None:
    assert [getattr(slack_approver(user, NAMED), "name", None) for user in ("U0ANN", "U0BOB")] == [
        "Ann Lee", "Slack user U0BOB",
    ]  # fmt: skip
    assert slack_approver("U0EVE", NAMED) is None
    assert slack_approver("", ("=Nobody",)) is None


def test_the_button_stands_below_fresh_answers_for_approvers_alone(assistant: Assistant) -> None:
    answer: Answer = assistant.ask(LOGS, use_library=False)
    assert not APPROVE_BUTTON.below(answer, Offer())
    assert len(APPROVE_BUTTON.below(answer, Offer(approve=True))) == 1
