"""The bot's side of Slack's own framework: what comes is checked, stored and acknowledged.

Nothing is answered here. Bolt checks signatures and keeps the connection; `take_in` stores before
anything is acknowledged, so that what Slack believes to be delivered is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from ui.errors import UiError
from ui.logs import note
from ui.slack.incoming import Ours, Reason, Understood, understood
from ui.slack.types import Look, Question, Surface

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from ui.slack.check import Identity
    from ui.slack.inbox import Inbox

_LOG = logging.getLogger("residency.slack")
_OK = 200
_LATER = 503


class Door:
    """Takes in what Slack tells, once; shows what has to be shown while a press is fresh."""

    def __init__(
        self,
        inbox: Inbox,
        ours: Ours,
        *,
        arrived: Callable[[], None],
        show: Callable[[Look | Reason], None],
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
        if found.view is not None:
            self._showing.submit(self._shown, found.view)
        try:
            if self._is_wanted(found) and self._inbox.put(found.arrival):
                self._arrived()
        except UiError as error:
            # Not acknowledged: Slack tells it again.
            note("not stored", error=str(error))
            return BoltResponse(status=_LATER, body="")
        return BoltResponse(status=_OK, body="")

    def _is_wanted(self, found: Understood) -> bool:
        if found.arrival is None:
            return False
        told = found.arrival.told
        if not isinstance(told, Question):
            return True
        if told.surface is Surface.MENTION:
            self._inbox.engage(told.place)
        return told.surface is not Surface.THREAD or self._concerns_us(told)

    def _concerns_us(self, told: Question) -> bool:
        """Tell whether somebody speaks to us in a thread without naming us.

        One who asked us there before goes on; others are taken to speak to us when they ask.
        """
        ...

    def _shown(self, view: Look | Reason) -> None:
        try:
            self._show(view)
        except Exception:  # one press of many; whoever pressed presses again
            _LOG.exception("a view could not be opened")

    def close(self) -> None:
        """Let go of the threads."""
        self._showing.shutdown(wait=False, cancel_futures=True)


def bolt_app(client: WebClient, identity: Identity, secret: str, door: Door) -> App:
    """Return the Bolt app that lets everything checked through to a door.

    Without a signing secret requests over HTTP are not believed; Socket Mode needs none.
    """
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user,
    )
    app = App(
        client=client,
        signing_secret=secret,
        # Known from the start: an acknowledgement waits for no call.
        authorize=lambda **_: result,
        token_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    def take_in(body: dict[str, Any]) -> BoltResponse:
        return door.take_in(body)

    app.use(take_in)
    return app
