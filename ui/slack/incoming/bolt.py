"""The bot's side of Slack's own framework: what comes is checked, stored and acknowledged.

Nothing is answered here. Bolt checks signatures and keeps the connection; `take_in` stores before
anything is acknowledged, so that what Slack believes to be delivered is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, cast

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.url_verification import UrlVerification
from slack_sdk import WebClient

from ui.errors import UiError
from ui.shared.logs import note
from ui.slack.inbox.event_store import Inbox
from ui.slack.inbox.types import Engagement
from ui.slack.incoming.understood import understood
from ui.slack.outgoing.posting import TryAgain, Undeliverable
from ui.slack.setup.check_setup import Identity
from ui.slack.types import Ours, Question, Surface, Wish, Withdrawn

_LOG = logging.getLogger("residency.slack")
_OK = 200
_LATER = 503
_PING_S = 3
"""How often a connection is looked after; one that says nothing four times over is made anew."""
_ASKS = ("?", "？", "؟", ";")
"""What questions end with, in several scripts."""


class Door:
    """Takes in what Slack tells, once; shows what has to be shown while a press is fresh."""

    def __init__(
        self,
        inbox: Inbox,
        ours: Ours,
        *,
        arrived: Callable[[], None],
        show: Callable[[Wish], None],
    ) -> None:
        """Prepare; `arrived` is told of work, `show` opens views and may take its time."""
        self._inbox = inbox
        self._ours = ours
        self._arrived = arrived
        self._show = show
        self._showing = ThreadPoolExecutor(4, thread_name_prefix="residency-slack-view")

    def take_in(self, body: dict[str, Any]) -> BoltResponse:
        """Store what came, if it is for us; the response acknowledges it."""
        found = understood(body, self._ours)
        try:
            match found.at_once:
                case Withdrawn():
                    self._inbox.withdraw(found.at_once.key)
                case Wish():
                    self._showing.submit(self._shown, found.at_once)
            arrival = found.arrival
            if arrival and self._is_wanted(arrival.told) and self._inbox.put(arrival):
                self._arrived()
        except UiError as error:
            # Not acknowledged: Slack tells it again.
            note("not stored", error=str(error))
            return BoltResponse(status=_LATER, body="")
        return BoltResponse(status=_OK, body="")

    def _is_wanted(self, told: object) -> bool:
        """Tell whether something is for us: in a thread, not all that is said is.

        One who asked us there before goes on; others are taken to speak to us when they ask.
        """
        if not isinstance(told, Question) or told.surface is not Surface.THREAD:
            return True
        part = self._inbox.engaged(told.place)
        asks = told.text.rstrip().endswith(_ASKS)
        return part is Engagement.MINE or (part is Engagement.OTHER and asks)

    def _shown(self, view: Wish) -> None:
        try:
            self._show(view)
        except (TryAgain, Undeliverable) as error:
            note("view not opened", reason=str(error))
        except Exception:  # noqa: BLE001 - one press of many; whoever pressed presses again
            _LOG.exception("a view could not be opened")

    def close(self) -> None:
        """Let go of the threads."""
        self._showing.shutdown(wait=False, cancel_futures=True)


def bolt_app(client: WebClient, identity: Identity, secret: str, door: Door) -> App:
    """Return the Bolt app that lets everything checked through to a door.

    Without a signing secret nothing that comes over HTTP is believed; Socket Mode needs none.
    """
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_token=client.token,
        bot_id=identity.bot,
        bot_user_id=identity.user,
    )
    return App(
        client=client,
        signing_secret=secret,
        before_authorize=_TakingIn(door),
        # Known from the start: an acknowledgement waits for no call.
        authorize=lambda **_: result,
        token_verification_enabled=False,
    )


class _TakingIn(UrlVerification):
    """Hands bodies to a door, and nothing further on; but for what proves an address.

    It comes before whatever takes for granted how a body is made: `understood` does not.
    """

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,
        next: Callable[[], BoltResponse],  # noqa: A002, ARG002 - the names are Bolt's
    ) -> BoltResponse:
        """Return the acknowledgement."""
        return super().process(req=req, resp=resp, next=lambda: self._door.take_in(req.body))


class Connection(Protocol):
    """What Slack tells everything over."""

    def connect(self) -> None:
        """Connect, and again whenever the connection is lost."""
        ...

    def close(self) -> None:
        """End it."""
        ...


def socket_mode(app: App, client: WebClient, token: str) -> Connection:
    """Return the connection of Socket Mode; to be connected and closed."""
    handler = SocketModeHandler(app, app_token=token, web_client=client, ping_interval=_PING_S)
    return cast("Connection", handler)
