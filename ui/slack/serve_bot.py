"""Runs the bot: what was left is taken up, what comes is answered, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from assistant.app import Assistant
from assistant.history.database import utc_now
from assistant.settings import Settings, database_of
from index.home.database_server import SETTING
from index.home.paths import Home
from index.upkeep.settled_clock import SettledClock
from ui.shared import logs
from ui.shared.bounds.answered_in_turn import AnsweredInTurn
from ui.shared.bounds.connections import PatientProtocol
from ui.shared.logs import note
from ui.shared.opened import say
from ui.shared.retention import retained
from ui.slack.buttons import view_of
from ui.slack.core import Core, Limits
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import FILE
from ui.slack.incoming.bolt import Connection, Door, bolt_app, socket_mode
from ui.slack.incoming.signed_requests import http_app
from ui.slack.outgoing.posting import Slack, web_client
from ui.slack.setup.check_setup import Identity
from ui.slack.thread_switching import take_short_turns
from ui.slack.types import Address, Ours
from ui.slack.worker import Workers
from ui.telemetry.incoming import Door as CameBy
from ui.telemetry.observed import observed, require_packages

_KNOWN = timedelta(days=7)
"""For how long what was answered is known again; Slack repeats for hours at most."""
_ENGAGED = timedelta(days=90)
"""For how long a thread is listened to in which nobody asked any more."""


def serve(settings: Settings, identity: Identity, address: Address | None) -> None:
    """Run the bot until it is told to stop: at an address, or over Socket Mode without one.

    Any number of bots answer what lies on one server. Raises BotRuns where another bot works on
    the file of the same home, InboxError, PortBusy, and the errors of `Assistant.open`.
    """
    require_packages(settings)
    logs.configure()
    take_short_turns()
    stop = _told_to_stop()
    with ExitStack() as stack:
        stack.enter_context(logs.dead_told())
        inbox = stack.enter_context(closing(Inbox.of(settings)))
        stack.enter_context(inbox.hold())
        if inbox.is_shared:
            _tell_of_file(settings.home / FILE)
        assistant = stack.enter_context(closing(AnsweredInTurn.open(settings, progress=_say)))
        waiting = (("slack", inbox.waiting),)
        stack.enter_context(observed(assistant, CameBy.SLACK, waiting))
        workers = _workers(settings, identity, assistant, inbox)
        slack = Slack(web_client(settings), identity.user)
        door = Door(
            inbox,
            Ours(identity.user, identity.app, frozenset((identity.team,))),
            arrived=workers.wake,
            show=lambda wish: slack.show(wish.trigger, view_of(wish, assistant)),
        )
        stack.enter_context(closing(door))
        note("taken up", waiting=inbox.recover())
        clock = SettledClock(Home(settings.home).clock)
        stack.enter_context(retained(lambda: _deleted(assistant, inbox), clock))
        stack.enter_context(assistant.following(lambda text: note("builds", said=text)))
        stack.enter_context(workers.running())
        secret = settings.slack_signing_secret.get_secret_value()
        app = bolt_app(web_client(settings), identity, secret, door)
        if address is None:
            token = settings.slack_app_token.get_secret_value()
            _connect(socket_mode(app, web_client(settings), token), stop)
        else:
            _listen(http_app(app, secret), address, stop)


def _tell_of_file(path: Path) -> None:
    """Tell of what a bot of before took into a file, which nobody answers who uses a server."""
    with closing(Inbox(path)) as before:
        waiting = before.waiting()
    if waiting:
        _say(
            f"{path}: {waiting} things that the bot was told wait in this file, and it works on a "
            f"server now. To have them answered, run it once without {SETTING}"
        )


def _workers(settings: Settings, identity: Identity, assistant: Assistant, inbox: Inbox) -> Workers:
    limits = Limits(
        settings.slack_questions_per_minute, settings.slack_channel_questions_per_minute
    )
    persons = settings.slack_person_channel
    return Workers(
        Core(assistant, limits, has_persons=bool(persons), server=database_of(settings)),
        Slack(web_client(settings), identity.user),
        inbox,
        persons=persons,
        many=settings.slack_workers,
    )


def _connect(handler: Connection, stop: threading.Event) -> None:
    """Hold the connection of Socket Mode until the bot is told to stop."""
    handler.connect()
    _say("connected; interrupt to stop")
    try:
        stop.wait()
    finally:
        handler.close()


def _listen(app: Starlette, address: Address, stop: threading.Event) -> None:
    """Take requests at an address until the bot is told to stop."""
    server = uvicorn.Server(
        uvicorn.Config(
            app, host=address.host, port=address.port, log_config=None,
            access_log=False, ws="none", server_header=False, lifespan="off",
            http=PatientProtocol,
        )
    )  # fmt: skip
    thread = threading.Thread(target=server.run, name="residency-slack-http", daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        stop.wait(0.02)
    if server.started:
        port = server.servers[0].sockets[0].getsockname()[1]
        _say(f"listening on http://{address.host}:{port}; interrupt to stop")
        while thread.is_alive() and not stop.wait(0.5):
            pass
    server.should_exit = True
    thread.join()


def _told_to_stop() -> threading.Event:
    """Return what is set when the process is told to stop; a second word ends it at once."""
    stop = threading.Event()

    def told(number: int, frame: object) -> None:  # noqa: ARG001
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    return stop


def _deleted(assistant: Assistant, inbox: Inbox) -> dict[str, int]:
    """Delete what is kept for long enough; return how many answers and keys it was."""
    now = utc_now()
    keys = inbox.prune(now - _KNOWN, now - _ENGAGED)
    return {"deleted": assistant.expire(), "keys": keys}


def _say(text: str) -> None:
    say(text)
    sys.stderr.flush()
