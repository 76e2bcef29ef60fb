"""What a test asks of a bot, and what it sees of it in the local Slack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.ui.slack.fake import FakeSlack, Message

LOGS = "How long are Intune audit logs kept?"
SENTENCE = "Audit logs are retained for up to one year for security purposes."


def texts(message: Message) -> str:
    """Return all that a message shows."""
    return "\n".join([message.text, *read(message.blocks)])


def read(value: Any) -> Iterator[str]:
    """Yield the texts and the addresses in blocks or a view."""
    if isinstance(value, dict):
        yield from (str(value[name]) for name in ("text", "url") if name in value)
        for part in value.values():
            yield from read(part)
    elif isinstance(value, list):
        for part in value:
            yield from read(part)


def answer_in(slack: FakeSlack, channel: str, thread: str, many: int = 1) -> Message:
    """Wait for so many answers in a thread; return the last."""
    return slack.wait(
        lambda: found if len(found := slack.answers(channel, thread)) >= many else None
    )[-1]


def asked(slack: FakeSlack, user: str, text: str = LOGS) -> tuple[str, str, Message]:
    """Ask in a direct message; return its channel, its thread and the answer."""
    told = slack.dm(user, text)
    slack.deliver(told)
    channel, ts = f"D{user[1:]}", str(told.body["event"]["ts"])
    return channel, ts, answer_in(slack, channel, ts)


def stays_silent(slack: FakeSlack, channel: str, many: int = 0) -> None:
    """Fail where the bot says more in a channel than it did."""
    slack.settle()
    assert len(slack.answers(channel)) == many


def owner(slack: FakeSlack, user: str) -> str:
    """Return the owner of a user's conversations."""
    return f"slack:{slack.team}:{user}"
