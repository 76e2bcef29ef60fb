"""Runs the bot: what was left is taken up, what comes is answered, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType
from typing import TYPE_CHECKING

from assistant.app import Assistant
from assistant.keeping import utc_now
from assistant.settings import Settings
from ui import logs
from ui.logs import note
from ui.slack.bolt import Door, bolt_app, socket_mode
from ui.slack.check import Identity
from ui.slack.core import Core, Limits
from ui.slack.inbox import Inbox
from ui.slack.posting import Slack
from ui.slack.types import Look, Ours, Reason
from ui.slack.worker import Workers

if TYPE_CHECKING:
    from slack_sdk.models.views import View

_KNOWN = timedelta(days=7)
"""For how long what was answered is known again; Slack repeats for about an hour."""
_DAY_S = 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the bot listens for requests of Slack."""

    host: str
    port: int


def serve(
    settings: Settings,
    identity: Identity,
    address: Address | None,
    announce: Callable[[str], None] = print,
) -> None:
    """Run the bot until it is told to stop: at an address, or over Socket Mode without one.

    Raises SlackError where another bot of the same home runs or the address is taken, and the
    errors of `Assistant.open`.
    """
    logs.configure()
    with ExitStack() as stack:
        inbox = stack.enter_context(closing(Inbox.of(settings.home)))
        stack.enter_context(inbox.hold())
        assistant = stack.enter_context(closing(Assistant.open(settings)))
        slack = Slack(_client(settings), identity.user)
        core = Core(
            assistant,
            Limits(settings.slack_questions_per_minute, settings.slack_channel_questions_per_minute),
            has_persons=bool(settings.slack_person_channel),
        )
        workers = Workers(
            core, slack, inbox,
            persons=settings.slack_person_channel, many=settings.slack_workers,
        )  # fmt: skip
        door = stack.enter_context(
            closing(
                Door(
                    inbox,
                    Ours(identity.user, identity.bot, identity.app, (identity.team,)),
                    arrived=workers.wake,
                    show=lambda view: slack.show(view.trigger, _view(assistant, view)),
                )
            )
        )
        note("taken up", waiting=inbox.recover())
        stack.enter_context(_kept_short(assistant, inbox))
        stack.enter_context(workers.running())
        app = bolt_app(_client(settings), identity, settings, door)
        if address is None:
            _connected(app, settings, announce, identity)
        else:
            _listening(app, settings, address, announce, identity)
