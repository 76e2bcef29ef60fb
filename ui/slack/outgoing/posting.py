"""What the bot says in a workspace, each message once: also after a kill, or a call without reply.

Every message carries the name of what it replies to. Where it is not known whether a message
arrived, the thread is looked through for it before it is posted again.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from assistant.settings import Settings
from ui.slack.markup import plain, shown_text
from ui.slack.payload import Payload
from ui.slack.types import Message

_LOG = logging.getLogger("residency.slack")
EVENT = "residency_answer"
"""Type of the metadata that our messages carry."""
STREAM = 0
"""Part under which a message is noted that is still being streamed; parts count from 1."""
_TOO_MANY = 429
_FAILED = 500
_TIMEOUT_S = 20
_LIMITED_S = 5.0
"""How long is waited where Slack turns a call away and does not say until when."""
_FAILED_S = 1.0
"""How long is waited after the first call that failed; each time it is twice as long."""
_PASSING = frozenset(
    ("ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
     "request_timeout", "team_added_to_org")
)  # fmt: skip
"""Errors that go by."""
_CODE = re.compile("[a-z_]+")
_STATUS = "is looking in the documents …"
_PAGE = 200


def web_client(settings: Settings) -> WebClient:
    """Return a client of the bot's own token, which tries nothing again by itself."""
    return WebClient(
        settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=_TIMEOUT_S,
        retry_handlers=[],
    )


class Undeliverable(Exception):
    """A place where nothing can be said any more, or something that cannot be said there."""


class TryAgain(Exception):
    """A call that failed and may succeed later."""

    def __init__(self, reason: str, seconds: float, *, certain: bool) -> None:
        """Tell why and when; `certain` where the call surely had no effect."""
        super().__init__(reason)
        self.seconds = seconds
        self.certain = certain


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes."""

    channel: str
    thread: str = ""
    """Time stamp of the message that the thread hangs on; empty for a message of its own."""
    since: str = ""
    """Time stamp before which nothing of ours can be; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours that a thread has."""

    ts: str
    key: str
    """What it replies to; empty for a message whose stream was never finished."""
    part: int


class Slack:
    """Calls to the Web API that are each done once."""

    def __init__(self, client: WebClient, bot_user: str) -> None:
        self._client = client
        self._bot_user = bot_user
        self._turned_away: dict[tuple[str, str], float] = {}
        """Until when a method must not be called for a channel."""

    def post(self, target: Target, message: Message, key: str, part: int, parts: int) -> str:
        """Post a message; return its time stamp."""
        with self._calling("chat.postMessage", target.channel):
            reply = self._client.chat_postMessage(
                channel=target.channel,
                thread_ts=target.thread or None,
                text=message.text,
                blocks=list(message.blocks) or None,
                metadata=_metadata(key, part, parts),
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
            )
        return str(reply["ts"])

    def rewrite(self, target: Target, ts: str, message: Message, key: str, parts: int) -> None:
        """Make a message that was left unfinished the first part of a reply."""
        with self._calling("chat.update", target.channel):
            try:
                self._client.chat_stopStream(channel=target.channel, ts=ts)
            except SlackApiError as error:
                if _code(error) != "message_not_in_streaming_state":
                    raise
            self._client.chat_update(
                channel=target.channel,
                ts=ts,
                text=message.text,
                blocks=list(message.blocks),
                metadata=_metadata(key, 1, parts).to_dict(),
            )

    def start_stream(self, target: Target, text: str, team: str, user: str) -> str:
        """Begin a message that grows; return its time stamp."""
        with self._calling("chat.startStream", target.channel):
            reply = self._client.chat_startStream(
                channel=target.channel,
                thread_ts=target.thread,
                markdown_text=text,
                recipient_team_id=team,
                recipient_user_id=user,
            )
        return str(reply["ts"])

    def append(self, target: Target, ts: str, text: str) -> None:
        """Let a message grow."""
        with self._calling("chat.appendStream", target.channel):
            self._client.chat_appendStream(channel=target.channel, ts=ts, markdown_text=text)

    def stop_stream(self, target: Target, ts: str, message: Message, key: str, parts: int) -> None:
        """Finish a message that grew, with what comes below its text."""
        with self._calling("chat.stopStream", target.channel):
            self._client.chat_stopStream(
                channel=target.channel,
                ts=ts,
                blocks=list(message.blocks),
                metadata=_metadata(key, 1, parts).to_dict(),
            )

    def respond(self, address: str, message: Message) -> None:
        """Say something that one user alone sees, at the address that came with the wish."""
        with _understood():
            reply = WebhookClient(address).send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
            )
            if reply.status_code != 200:
                raise _of_status(reply.status_code, reply.headers, reply.body)

    def ours(self, target: Target) -> tuple[Ours, ...]:
        """Return the messages that the bot has at a target."""
        return tuple(self._ours(target))

    def said_before(self, target: Target) -> tuple[str, ...]:
        """Return what people wrote in a thread before the message that `target.since` names, as
        plain text, the oldest first.
        """
        every = map(Payload, self._messages(target, ""))
        before = [one for one in every if one.text("ts") < target.since]
        before.sort(key=lambda one: one.text("ts"))
        return tuple(
            plain(shown_text(one), self._bot_user)
            for one in before
            if one.text("user") != self._bot_user and not one.has("bot_id")
        )

    def _ours(self, target: Target) -> Iterator[Ours]:
        for message in self._messages(target, target.since):
            mine = message.get("user") == self._bot_user
            if mine and message.get("ts", "") > target.since:
                yield _read(message)

    def _messages(self, target: Target, oldest: str) -> Iterator[Mapping[str, Any]]:
        cursor = ""
        while True:
            with _understood():
                reply = self._page(target, oldest, cursor)
            yield from reply["messages"]
            cursor = (reply.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    @contextmanager
    def _calling(self, method: str, channel: str) -> Iterator[None]:
        """Call a method as `_understood`; not before the time until which it was turned away."""
        place, now = (method, channel), time.monotonic()
        wait = self._turned_away.get(place, now) - now
        if wait > 0:
            raise TryAgain("rate limited", wait, certain=True)
        self._turned_away.pop(place, None)
        try:
            with _understood():
                yield
        except TryAgain as error:
            if error.certain:
                self._turned_away[place] = time.monotonic() + error.seconds
            raise

    def _page(self, target: Target, oldest: str, cursor: str) -> SlackResponse:
        given: dict[str, Any] = {
            "channel": target.channel,
            "oldest": oldest or None,
            "limit": _PAGE,
            "cursor": cursor or None,
            "include_all_metadata": True,
        }
        if target.thread:
            return self._client.conversations_replies(ts=target.thread, **given)
        return self._client.conversations_history(**given)

    def show(self, trigger: str, view: View) -> None:
        """Open a view for somebody who pressed a button."""
        with _understood():
            self._client.views_open(trigger_id=trigger, view=view)

    def link(self, target: Target) -> str:
        """Return the address of the message that a thread hangs on; empty where there is none."""
        if not target.thread:
            return ""
        try:
            reply = self._client.chat_getPermalink(channel=target.channel, message_ts=target.thread)
        except (SlackClientError, OSError, HTTPException):
            # It only helps to find the conversation.
            return ""
        return str(reply["permalink"])

    def status(self, target: Target) -> None:
        """Show that the bot is at work, where that can be shown."""
        try:
            self._client.assistant_threads_setStatus(
                channel_id=target.channel, thread_ts=target.thread, status=_STATUS
            )
        except (SlackClientError, OSError, HTTPException) as error:
            _LOG.debug("status: %s", error)

    def prompts(self, channel: str, questions: Sequence[str]) -> None:
        """Offer questions above the field in which a user writes."""
        with _understood():
            self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel,
                prompts=[{"title": question, "message": question} for question in questions],
            )


def _metadata(key: str, part: int, parts: int) -> Metadata:
    return Metadata(EVENT, {"key": key, "part": part, "parts": parts})


def _read(message: Mapping[str, Any]) -> Ours:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    if metadata.get("event_type") != EVENT:
        return Ours(str(message["ts"]), "", 0)
    return Ours(str(message["ts"]), str(payload.get("key", "")), int(payload.get("part", 0)))


def parts_of(key: str, every: Iterable[Ours]) -> dict[int, str]:
    """Return the time stamps of the parts of a reply that are there."""
    return {one.part: one.ts for one in every if one.key == key}


@contextmanager
def _understood() -> Iterator[None]:
    """Tell what will pass from what will not; raise TryAgain or Undeliverable."""
    try:
        yield
    except SlackApiError as error:
        raise _of_reply(error) from error
    except (SlackClientError, OSError, HTTPException) as error:
        # The call may have had its effect: nobody replied.
        raise TryAgain(type(error).__name__, _FAILED_S, certain=False) from error


def _of_reply(error: SlackApiError) -> TryAgain | Undeliverable:
    status, headers = error.response.status_code, error.response.headers
    if status == _TOO_MANY or status >= _FAILED:
        return _of_status(status, headers, _code(error))
    code = _code(error)
    if code in _PASSING or not _CODE.fullmatch(code):
        # Of what is no word of Slack's, something on the way was the author.
        return TryAgain(code[:80], _FAILED_S, certain=False)
    return Undeliverable(code)


def _of_status(status: int, headers: Mapping[str, Any], said: str) -> TryAgain | Undeliverable:
    if status == _TOO_MANY:
        return TryAgain("rate limited", _retry_after(headers), certain=True)
    if status >= _FAILED:
        return TryAgain(f"status {status}", _FAILED_S, certain=False)
    return Undeliverable(f"status {status}: {said}")


def _retry_after(headers: Mapping[str, Any]) -> float:
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    text = str(found[0] if isinstance(found, list) and found else found)
    return float(text) if text.isascii() and text.isdecimal() else _LIMITED_S


def _code(error: SlackApiError) -> str:
    """Return what Slack calls the error; its reply may be no JSON at all."""
    data = error.response.data
    return str(data.get("error", "")) if isinstance(data, dict) else "no JSON"
